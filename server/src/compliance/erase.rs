//! Erasing what is known of a person at Meta.

use crate::{
    clock::Timestamp,
    db::{
        audit,
        connections::{self, Erased, ErasedWords},
        to_json,
    },
    error::Result,
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::failures::{self, log},
};

const NAME: &str = "Somebody whose data was deleted";
const GRANTED: &str = "The connection was confirmed at Meta, by somebody whose data was deleted since.";

/// Erases who granted, in every tenant: name, id, tokens, what the grants reached with its routes, and the lines that name the
/// person. What others granted to reach the same assets stays. Can be repeated: what is erased is not found again.
pub(super) async fn erase(services: &Services, app: &str, person: &str, until: Timestamp) -> Result<Erased> {
    let (db, now) = (services.db(), services.clock().now());
    let problem = to_json(&failures::connect::erased())?;
    let mut all = Erased::default();
    for grant in connections::list_by_person_across_tenants(db, app, person, until).await? {
        let tenant = &grant.tenant_id;
        // Before the grant, which knows the name: a stop in between only leads to doing this once more.
        let named = ("connection.", grant.meta_user_name.as_str(), NAME);
        audit::erase_target(db, tenant, services.chain_key().await?, named).await?;
        let said = observe::said_by_other(services, "Meta", "person.erased", grant.id.as_str()).await?;
        let words = ErasedWords { name: NAME, granted: GRANTED, problem: &problem, said };
        let erased = connections::erase_person(db, &grant, &words, now).await?;
        all.connections += erased.connections;
        all.credentials += erased.credentials;
        all.assets += erased.assets;
        let note = Note::problem("person_erased", log::person_erased());
        observe::log(services, tenant, &grant.id, vec![note]).await?;
        services.live().tenant_changed(tenant, Hint::Asset);
    }
    Ok(all)
}
