//! From Meta's code to a sealed token: exchange, lengthen, verify, keep.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;

use super::{callback::end, chooser::Who, credentials::seal, grant, instagram, read_assets, signup};
use crate::{
    apps::App,
    clock::Timestamp,
    db::{
        attempts::{self, Attempt, Phase, Purpose},
        connections::{self, Connection, ConnectionStatus, Grant},
        credentials::CredentialKind,
        set_up_links, staged_grants, to_json,
    },
    error::{Error, Result},
    ids::{ConnectionId, CredentialId, SetUpLinkId},
    meta::{AccessToken, AppId, Expiry, GraphClient, PermissionStatus, Person, RedirectBinding, TokenFacts, TokenKind},
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log, ways},
};

/// Turns the code into a connection and starts reading its assets. What goes wrong is kept with the attempt. A code works
/// once, so this runs to its end even when the browser leaves.
///
/// # Errors
/// When the database fails.
pub(super) async fn finish(
    services: &Services,
    attempt: Attempt,
    code: SecretString,
    binding: RedirectBinding,
) -> Result<()> {
    let own = services.clone();
    services.to_the_end(async move { use_code(&own, &attempt, &code, &binding).await }).await
}

/// Turns a token that was checked into a connection and starts reading its assets, as [`finish`] does with a code.
///
/// # Errors
/// When the database fails.
pub(super) async fn finish_with_token(
    services: &Services,
    attempt: Attempt,
    token: AccessToken,
    facts: TokenFacts,
    person: Person,
) -> Result<()> {
    let own = services.clone();
    let brought = Brought { token, facts, person, became: None };
    let keeping = async move {
        let connected = match app_of(&own, &attempt) {
            Ok(app) => keep(&own, &app, &attempt, &brought).await,
            Err(error) => Err(error),
        };
        go_on(&own, &attempt, connected).await
    };
    services.to_the_end(keeping).await
}

async fn use_code(
    services: &Services,
    attempt: &Attempt,
    code: &SecretString,
    binding: &RedirectBinding,
) -> Result<()> {
    let connected = connect(services, attempt, code, binding).await;
    go_on(services, attempt, connected).await
}

/// Reading comes next, or the reason why not.
async fn go_on(services: &Services, attempt: &Attempt, connected: Result<ConnectionId>) -> Result<()> {
    match connected {
        Ok(connection) => {
            let now = services.clock().now();
            attempts::mark_connected(services.db(), &attempt.tenant_id, &attempt.id, &connection, now).await?;
            read_assets::spawn(services, attempt, connection);
            Ok(())
        }
        Err(error) => {
            end(services, attempt, Phase::Failed, &error.explain()).await?;
            match error {
                Error::Internal(_) => Err(error),
                told => {
                    tracing::warn!(attempt = %attempt.id, error = %told, "the code did not become a connection");
                    Ok(())
                }
            }
        }
    }
}

async fn connect(
    services: &Services,
    attempt: &Attempt,
    code: &SecretString,
    binding: &RedirectBinding,
) -> Result<ConnectionId> {
    let app = app_of(services, attempt)?;
    let brought = redeem(services, &app, code, binding).await?;
    if ends_soon(&brought.facts, services.clock().now()) {
        return Err(Error::Refused(failures::token_ends_soon()));
    }
    let Some(link) = &attempt.set_up_link_id else {
        let connection = keep(services, &app, attempt, &brought).await?;
        signup::keep_what_was_onboarded(services, attempt, &connection, &brought.facts).await?;
        return Ok(connection);
    };
    use_link(services, attempt, link).await?;
    let connection = keep(services, &app, attempt, &brought).await?;
    set_up_links::update_connection(services.db(), &attempt.tenant_id, link, &connection).await?;
    Ok(connection)
}

/// A token that a login or a person brought.
struct Brought {
    token: AccessToken,
    /// What Meta says of it.
    facts: TokenFacts,
    person: Person,
    /// What became of each permission that the person was asked for, where Meta told.
    became: Option<Vec<PermissionStatus>>,
}

async fn redeem(services: &Services, app: &App, code: &SecretString, binding: &RedirectBinding) -> Result<Brought> {
    let graph = &app.graph;
    if graph.app().is_instagram() {
        let (token, facts, person) = instagram::redeem(graph, code, binding, services.clock().now()).await?;
        return Ok(Brought { token, facts, person, became: None });
    }
    let first = graph.exchange_code(code, binding).await?.token;
    let (token, facts) = lengthen(graph, first).await?;
    let (person, became) = tokio::join!(graph.me(&token), became(app, &token, &facts));
    Ok(Brought { person: person?, token, facts, became })
}

/// What became of the permissions that a person was asked for, when some are missing: declined, lapsed and never asked for look
/// alike in the token. Of a system user Meta keeps no such list. Without an answer the connect goes on all the same.
async fn became(app: &App, token: &AccessToken, facts: &TokenFacts) -> Option<Vec<PermissionStatus>> {
    let missing = !grant::Permissions::compare(facts, &app.login.login).missing.is_empty();
    if facts.kind != TokenKind::User || !missing {
        return None;
    }
    match app.graph.permissions(token).await {
        Ok(all) => Some(all),
        Err(error) => {
            tracing::info!(reason = error.stable_code(), "Meta did not say what became of the permissions");
            None
        }
    }
}

/// A set-up link works once: for the first session that brings a grant by it.
async fn use_link(services: &Services, attempt: &Attempt, link: &SetUpLinkId) -> Result<()> {
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    let known = set_up_links::get(db, tenant, link).await?.filter(|known| known.revoked_at.is_none());
    let known = known.ok_or_else(|| Error::Refused(ways::link_withdrawn()))?;
    let who = Who::began(services, attempt).await?;
    let said = who.did(services, "set_up_link.used", &known.name).await?;
    if set_up_links::mark_used(db, tenant, link, &attempt.session_hash, &said, services.clock().now()).await? {
        Ok(())
    } else {
        Err(Error::Refused(ways::link_used()))
    }
}

/// The app that the attempt was begun with: another may be in use by now.
pub(super) fn app_of(services: &Services, attempt: &Attempt) -> Result<Arc<App>> {
    let whole = match attempt.meta_app_id.as_str() {
        "" => services.app_for(&attempt.tenant_id),
        id => services.app_of(id),
    }?;
    match attempt.purpose {
        Purpose::Instagram => whole.instagram.clone().ok_or(Error::Conflict(failures::instagram_not_set_up())),
        Purpose::Assets | Purpose::Whatsapp => Ok(whole),
    }
}

/// A person's token becomes long-lived; a system user's lives as its configuration says (Meta reference §4.2, §4.5).
async fn lengthen(graph: &GraphClient, first: AccessToken) -> Result<(AccessToken, TokenFacts)> {
    let facts = verified(graph, &first).await?;
    // A token without an end would only get one (Meta reference §4.2: Marketing API).
    if facts.kind != TokenKind::User || facts.expires_at == Expiry::Never {
        return Ok((first, facts));
    }
    let long = graph.exchange_long_lived(&first).await?.token;
    let facts = verified(graph, &long).await?;
    Ok((long, facts))
}

/// Whether the exchange gave one of the tokens that live an hour or two (Meta reference §4.2; §11, row 24). One that lasts longer
/// may be an old one on its last day: that is announced, not refused.
fn ends_soon(facts: &TokenFacts, now: Timestamp) -> bool {
    const LEAST: Duration = Duration::from_secs(3 * 3600);
    matches!(facts.expires_at, Expiry::At(end) if end < now.plus(LEAST))
}

/// What Meta says about the token, which must be valid and ours: a token is never kept on the word of the exchange alone
/// (Meta reference §11, row 36).
async fn verified(graph: &GraphClient, token: &AccessToken) -> Result<TokenFacts> {
    let facts = graph.debug_token(token).await?;
    if !facts.is_valid {
        return Err(Error::Refused(failures::token_invalid()));
    }
    if facts.app_id != graph.app().app_id {
        return Err(Error::Refused(failures::token_of_other_app()));
    }
    Ok(facts)
}

/// Keeps the grant. Two returns at once of one person make one connection: the later one renews what the earlier made.
async fn keep(services: &Services, app: &App, attempt: &Attempt, brought: &Brought) -> Result<ConnectionId> {
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        if let Some(id) = keep_once(services, app, attempt, brought).await? {
            return Ok(id);
        }
    }
    Err(Error::Conflict(failures::disconnected()))
}

/// `None` when the person's connection was made or taken apart between looking and writing.
async fn keep_once(
    services: &Services,
    app: &App,
    attempt: &Attempt,
    Brought { token, facts, person, became }: &Brought,
) -> Result<Option<ConnectionId>> {
    let tenant = &attempt.tenant_id;
    let known = known_connection(services, &app.id, attempt, person).await?;
    let id = known.as_ref().map_or_else(|| ConnectionId::new(services.ids()), |connection| connection.id.clone());
    let kind = grant::credential_kind(facts.kind)
        .filter(|kind| matches!(kind, CredentialKind::User | CredentialKind::SystemUser | CredentialKind::Instagram))
        .ok_or_else(|| Error::Refused(failures::token_invalid()))?;
    let name = person.name.as_deref().unwrap_or("Somebody at Meta");
    let compared = grant::Permissions::compare(facts, &app.login.login);
    let permissions = to_json(&match became {
        Some(all) => compared.told(all),
        None => compared,
    })?;
    let credential = CredentialId::new(services.ids());
    let sealed = seal(services, tenant, &credential, token)?;
    let kept = Grant {
        id: &id,
        connected_by: &attempt.user_id,
        meta_app_id: app.id.as_str(),
        meta_user_id: person.id.as_str(),
        meta_user_name: name,
        token: grant::token_state(facts, kind, &permissions, services.clock().now(), &id),
        credential: &credential,
        sealed: &sealed,
    };
    let who = Who::began(services, attempt).await?;
    let line = match (&known, attempt.set_up_link_id.is_some()) {
        (Some(_), false) => log::renewed(name.to_owned()),
        (Some(_), true) => log::renewed_for(name.to_owned(), who.name.clone()),
        (None, false) => log::granted(name.to_owned()),
        (None, true) => log::granted_for(name.to_owned(), who.name.clone()),
    };
    // What stands is not touched before it is known what the new grant covers.
    if known.as_ref().is_some_and(|known| known.status != ConnectionStatus::Pending) {
        let (superseded, now) = (to_json(&ways::superseded())?, services.clock().now());
        if !staged_grants::insert(services.db(), tenant, &attempt.id, &kept, &superseded, now).await? {
            return Ok(None);
        }
        observe::log(services, tenant, &id, vec![Note::ok("granted", line)]).await?;
        return Ok(Some(id));
    }
    let action = if known.is_some() { "connection.renewed" } else { "connection.granted" };
    let said = who.did(services, action, name).await?;
    match connections::upsert(services.db(), tenant, &kept, &said, services.clock().now()).await {
        Ok(true) => {}
        Ok(false) | Err(Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    }
    observe::log(services, tenant, &id, vec![Note::ok("granted", line)]).await?;
    Ok(Some(id))
}

/// The connection that this grant renews: the one that was asked for, or the one that this person has already.
async fn known_connection(
    services: &Services,
    app: &AppId,
    attempt: &Attempt,
    person: &Person,
) -> Result<Option<Connection>> {
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    if let Some(id) = &attempt.reconnects
        && let Some(connection) = connections::get(db, tenant, id).await?
        && connection.status != ConnectionStatus::Disconnected
        // A person has another id in each app, so their grant to another app is another connection.
        && connection.meta_app_id == app.as_str()
    {
        if connection.meta_user_id != person.id.as_str() {
            let signed_in = person.name.clone().unwrap_or_else(|| person.id.to_string());
            return Err(Error::Refused(failures::other_person(signed_in, connection.meta_user_name)));
        }
        return Ok(Some(connection));
    }
    connections::find_by_person(db, tenant, app.as_str(), person.id.as_str()).await
}
