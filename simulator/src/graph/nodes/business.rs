//! Business portfolios and the assets they own or are given (Meta reference §5.3).

use serde_json::Value;

use super::page::visible;
use super::person::{AD_ROW, PAGE_ROW};
use super::{picture_url, waba};
use crate::graph::errors::GraphError;
use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, View};
use crate::world::Node;

pub(super) fn field(view: &View<'_>, i: usize, spec: &FieldSpec) -> Result<Field, GraphError> {
    let Some(business) = view.world.businesses.get(i) else { return Ok(Field::Unknown) };
    let id = business.id.as_str();
    let mine = |other: &String| other == id;
    Ok(match spec.name.as_str() {
        "name" => Field::of(business.name.as_str()),
        "verification_status" => Field::of(business.verification_status.as_str()),
        "link" => Field::of(format!("https://business.facebook.com/{id}")),
        "profile_picture_uri" => Field::of(picture_url(view, id)),
        "created_time" => Field::of(crate::clock::graph_time(1_600_000_000)),
        "timezone_id" => Field::of(1),
        "primary_page" => match business.primary_page.as_deref().and_then(|page| view.state.node(page)) {
            Some(page) if view.access.node(&view.world, page) => Field::Node(page, &["name"]),
            _ => Field::Absent,
        },
        "owned_pages" => Field::nodes(visible(view, |page| page.business.as_deref() == Some(id)), PAGE_ROW),
        "client_pages" => Field::nodes(visible(view, |page| page.clients.iter().any(mine)), PAGE_ROW),
        "owned_ad_accounts" => ad_accounts(view, |account| account.business.as_deref() == Some(id)),
        "client_ad_accounts" => ad_accounts(view, |account| account.clients.iter().any(mine)),
        "owned_whatsapp_business_accounts" => whatsapp(view, spec, |account| account.business.as_deref() == Some(id))?,
        "client_whatsapp_business_accounts" => whatsapp(view, spec, |account| account.clients.iter().any(mine))?,
        _ => Field::Unknown,
    })
}

fn ad_accounts(view: &View<'_>, wanted: impl Fn(&crate::world::AdAccount) -> bool) -> Field {
    if !view.access.granted_any(&["ads_read", "ads_management"]) {
        return Field::Denied(GraphError::missing_permission(
            "(#200) Requires either of ads_read or ads_management permission to manage the object.",
        ));
    }
    let rows = (0..view.world.ad_accounts.len())
        .filter(|i| wanted(&view.world.ad_accounts[*i]) && view.access.ad_account(&view.world, *i));
    Field::nodes(rows.map(Node::AdAccount).collect::<Vec<_>>(), AD_ROW)
}

/// WABAs, newest first unless `sort` says otherwise; `filtering` by creation time (Meta reference §5.4).
fn whatsapp(
    view: &View<'_>,
    spec: &FieldSpec,
    wanted: impl Fn(&crate::world::WhatsAppAccount) -> bool,
) -> Result<Field, GraphError> {
    if !view.access.granted("whatsapp_business_management") {
        return Ok(Field::Denied(GraphError::missing_permission(
            "(#200) Requires whatsapp_business_management permission to manage the object.",
        )));
    }
    let after = created_after(spec)?;
    let accounts = &view.world.whatsapp_accounts;
    let mut rows: Vec<usize> = (0..accounts.len())
        .filter(|i| wanted(&accounts[*i]) && accounts[*i].creation_time > after && view.access.waba(&view.world, *i))
        .collect();
    rows.sort_by_key(|i| std::cmp::Reverse(accounts[*i].creation_time));
    if spec.modifier("sort").is_some_and(|sort| sort.contains("ascending")) {
        rows.reverse();
    }
    Ok(Field::nodes(rows.into_iter().map(Node::Waba).collect::<Vec<_>>(), waba::ROW))
}

fn created_after(spec: &FieldSpec) -> Result<i64, GraphError> {
    let Some(text) = spec.modifier("filtering") else { return Ok(i64::MIN) };
    let rules: Vec<Value> =
        serde_json::from_str(text).map_err(|_| GraphError::new(100, "(#100) Param filtering must be an array"))?;
    let mut after = i64::MIN;
    for rule in rules {
        if rule["field"] == "creation_time" && rule["operator"] == "GREATER_THAN" {
            let value = &rule["value"];
            after = value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(after);
        }
    }
    Ok(after)
}
