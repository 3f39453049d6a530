//! What taking a connection apart consists of, in order, and what is left out of it and why.

use super::DisconnectChoices;
use crate::{
    asset_kind::AssetKind,
    connect::{
        found_assets::AssetDetail,
        unsubscribe::{Carrier, carriers},
    },
    db::{
        assets::{self, Asset},
        connections::{self, Connection},
        credentials::{self, CredentialKind},
        disconnections::{Step, StepKind, StepState},
        from_json, history,
    },
    error::Result,
    explanation::Explanation,
    ids::TenantId,
    services::Services,
    words::failures::log,
};

/// The steps of taking `connection` apart. What a person did not choose is not among them.
///
/// # Errors
/// When the database fails.
pub(super) async fn build(
    services: &Services,
    tenant: &TenantId,
    connection: &Connection,
    choices: DisconnectChoices,
) -> Result<Vec<Step>> {
    let all = assets::list_by_connection(services.db(), tenant, &connection.id).await?;
    let numbers: Vec<&Asset> =
        all.iter().filter(|asset| asset.selected && asset.kind == AssetKind::WhatsappNumber).collect();
    let mut steps = Vec::new();
    // What was taken out of the choice a moment ago may not be unsubscribed yet.
    let for_others = assets::list_carrying_others_across_tenants(services.db(), &connection.id).await?;
    for carrier in carriers(&all, |asset| asset.selected || asset.pending) {
        let shared = for_others.contains(&carrier.meta_id);
        if carrier.kind == AssetKind::WhatsappAccount && !shared {
            steps.push(about(StepKind::ClearOverride, &carrier));
            let own = numbers.iter().filter(|number| number.parent_meta_id.as_deref() == Some(&carrier.meta_id));
            steps.extend(own.map(|number| of_asset(StepKind::ClearOverride, number)));
        }
        let step = about(StepKind::Unsubscribe, &carrier);
        steps.push(if shared { skipped(step, &log::kept())? } else { step });
    }
    if choices.deregister {
        for number in numbers {
            let detail: AssetDetail = from_json(&number.detail)?;
            let step = of_asset(StepKind::Deregister, number);
            steps.push(if detail.on_business_app { skipped(step, &log::stays_on_business_app())? } else { step });
        }
    }
    if choices.revoke {
        let step = step(StepKind::Revoke, None, "", &connection.meta_user_name);
        let others = connections::count_others_of_person_across_tenants(services.db(), connection).await?;
        steps.push(match connection.token_kind {
            CredentialKind::SystemUser => skipped(step, &log::grant_of_system_user())?,
            CredentialKind::Instagram => skipped(step, &log::grant_of_instagram())?,
            _ if others > 0 => skipped(step, &log::grant_needed())?,
            _ => step,
        });
    }
    let drop = step(StepKind::DropTokens, None, "", &connection.meta_user_name);
    let kept = credentials::list(services.db(), tenant, &connection.id).await?;
    let pins = kept.iter().any(|one| one.kind == CredentialKind::Pin);
    steps.push(if pins { drop.saying(&log::tokens_deleted_but_pins())? } else { drop });
    if choices.erase {
        let brings =
            |asset: &&Asset| asset.selected && !matches!(asset.kind, AssetKind::AdAccount | AssetKind::Business);
        let brought = history::count_by_asset(services.db(), tenant, &connection.id).await?;
        for asset in all.iter().filter(brings) {
            let total = brought.get(&asset.id).copied().unwrap_or_default();
            steps.push(Step { total, ..of_asset(StepKind::Erase, asset) });
        }
    }
    for (position, step) in (1..).zip(&mut steps) {
        step.position = position;
    }
    Ok(steps)
}

fn about(kind: StepKind, carrier: &Carrier) -> Step {
    step(kind, Some(carrier.kind), &carrier.meta_id, &carrier.name)
}

fn of_asset(kind: StepKind, asset: &Asset) -> Step {
    step(kind, Some(asset.kind), &asset.meta_id, &asset.name)
}

fn step(kind: StepKind, asset_kind: Option<AssetKind>, meta_id: &str, name: &str) -> Step {
    Step {
        position: 0,
        kind,
        asset_kind,
        meta_id: meta_id.to_owned(),
        name: name.to_owned(),
        state: StepState::Waiting,
        sentence: String::new(),
        explanation: None,
        done: 0,
        total: 0,
        at: None,
    }
}

fn skipped(step: Step, why: &Explanation) -> Result<Step> {
    Step { state: StepState::Skipped, ..step }.saying(why)
}
