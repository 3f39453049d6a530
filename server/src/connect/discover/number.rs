//! Reading one number again.

use super::{
    fields::{self, Detail},
    found::FoundNumber,
    rows::NumberRow,
    walk::is_unknown_field,
};
use crate::meta::{AccessToken, GraphCall, GraphClient, MetaError, PhoneNumberId};

/// A number as Meta tells it now. Where the version does not know every field, those that it does.
///
/// # Errors
/// `NotFound` when the token cannot see it, and whatever else Meta refuses.
pub(in crate::connect) async fn read_number(
    graph: &GraphClient,
    id: &PhoneNumberId,
    token: &AccessToken,
) -> Result<FoundNumber, MetaError> {
    let ask = async |detail| {
        let fields = fields::number(graph.app().graph_version, detail);
        graph.call::<NumberRow>(GraphCall::get("{phone}", id.as_str(), token).with("fields", fields)).await
    };
    let row = match ask(Detail::Full).await {
        Err(error) if is_unknown_field(&error) => ask(Detail::Lean).await?,
        answer => answer?,
    };
    Ok(row.found())
}
