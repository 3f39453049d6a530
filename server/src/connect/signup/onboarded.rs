//! What an Embedded Signup onboarded: what the window said, as far as the token covers it, else what the token names newest.

use serde::{Deserialize, Serialize};

use super::SignupEvent;
use crate::{
    asset_kind::AssetKind,
    db::{
        assets::Asset,
        attempts::{self, Attempt, Purpose},
        from_json, to_json,
    },
    error::Result,
    ids::ConnectionId,
    meta::{Permission, Targets, TokenFacts},
    observe::{self, Note},
    services::Services,
};

/// An account, and the number when one was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarded {
    /// The WhatsApp account's id at Meta.
    pub waba_id: String,
    /// The number's id at Meta; every number of the account when absent.
    pub phone_number_id: Option<String>,
}

impl Onboarded {
    /// What the window said.
    pub(super) fn hinted(event: &SignupEvent) -> Option<Self> {
        let waba_id = event.waba_id.as_ref()?.to_string();
        Some(Self { waba_id, phone_number_id: event.phone_number_id.as_ref().map(ToString::to_string) })
    }

    /// The newest account that the token names; nothing when it covers all of them without naming any.
    fn newest(facts: &TokenFacts) -> Option<Self> {
        match facts.granular.targets(&Permission::WHATSAPP_BUSINESS_MANAGEMENT)? {
            Targets::All => None,
            Targets::These(ids) => ids.first().map(|id| Self { waba_id: id.clone(), phone_number_id: None }),
        }
    }

    /// Whether an asset is what was onboarded: the number that was named, else each of the account's; the account itself.
    pub fn holds(&self, asset: &Asset) -> bool {
        match asset.kind {
            AssetKind::WhatsappAccount => asset.meta_id == self.waba_id,
            AssetKind::WhatsappNumber => {
                asset.parent_meta_id.as_deref() == Some(self.waba_id.as_str())
                    && self.phone_number_id.as_ref().is_none_or(|number| *number == asset.meta_id)
            }
            _ => false,
        }
    }
}

/// Compares what the window said with what the token covers (Meta reference §2.6, §4.6), and keeps what is so.
pub(in crate::connect) async fn keep_what_was_onboarded(
    services: &Services,
    attempt: &Attempt,
    connection: &ConnectionId,
    facts: &TokenFacts,
) -> Result<()> {
    if attempt.purpose != Purpose::Whatsapp {
        return Ok(());
    }
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    // The attempt was read before the window's word was kept with it.
    let kept = attempts::get(db, tenant, &attempt.id).await?.and_then(|attempt| attempt.onboarded);
    let hinted: Option<Onboarded> = kept.as_deref().map(from_json).transpose()?;
    let covers = |one: &Onboarded| facts.granular.covers(&Permission::WHATSAPP_BUSINESS_MANAGEMENT, &one.waba_id);
    let foreign = hinted.as_ref().is_some_and(|one| !covers(one));
    let onboarded = hinted.filter(covers).or_else(|| Onboarded::newest(facts));
    let json = onboarded.as_ref().map(to_json).transpose()?;
    attempts::update_onboarded(db, tenant, &attempt.id, json.as_deref()).await?;
    let note = if foreign {
        Note::problem(
            "signup_hint",
            "The browser named a WhatsApp account that the access does not cover. It was left out.",
        )
    } else {
        Note::ok("signup_finished", "WhatsApp was set up in Meta's window.")
    };
    observe::log(services, tenant, connection, vec![note]).await
}
