//! Ad accounts (Meta reference §5.5).

use serde_json::json;

use crate::graph::fields::FieldSpec;
use crate::graph::render::{Field, View};

pub(super) fn field(view: &View<'_>, i: usize, spec: &FieldSpec) -> Field {
    let Some(account) = view.world.ad_accounts.get(i) else { return Field::Unknown };
    match spec.name.as_str() {
        "account_id" => Field::of(account.account_id()),
        "name" => Field::of(account.name.as_str()),
        "account_status" => Field::of(account.account_status),
        "disable_reason" => Field::of(account.disable_reason),
        "currency" => Field::of(account.currency.as_str()),
        "timezone_name" => Field::of(account.timezone_name.as_str()),
        "amount_spent" => Field::of(account.amount_spent.as_str()),
        "balance" => Field::of(account.balance.as_str()),
        "spend_cap" => Field::of(account.spend_cap.as_str()),
        "owner" => Field::maybe(account.business.as_deref()),
        "business" => Field::maybe(
            view.world
                .businesses
                .iter()
                .find(|business| Some(&business.id) == account.business.as_ref())
                .map(|business| json!({"id": business.id, "name": business.name})),
        ),
        _ => Field::Unknown,
    }
}
