//! Tokens in and out of the vault.

use std::collections::HashMap;

use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    db::{
        assets::Asset,
        connections::{self, Connection, Entered},
        credentials::{self, Credential, CredentialKind, PURPOSE},
        from_json, staged_grants, to_json,
    },
    error::{Error, Result},
    explanation::Explanation,
    ids::{AttemptId, ConnectionId, CredentialId, TenantId},
    meta::AccessToken,
    services::Services,
    vault::{Place, Sealed},
    words::failures::connect as failures,
};

fn place<'a>(tenant: &'a TenantId, id: &'a CredentialId) -> Place<'a> {
    Place { tenant: tenant.as_str(), purpose: PURPOSE, row: id.as_str() }
}

/// Seals a token for the row that will hold it.
pub(super) fn seal(services: &Services, tenant: &TenantId, id: &CredentialId, token: &AccessToken) -> Result<Sealed> {
    let secret = SecretString::from(token.expose().to_owned());
    services.vault().seal(place(tenant, id), &secret).map_err(Error::internal)
}

/// Seals and keeps a number's PIN; what follows when a person entered it is kept with it.
///
/// # Errors
/// [`Error::NotFound`] when the connection was taken apart; when the database fails.
pub(super) async fn keep_pin(
    services: &Services,
    tenant: &TenantId,
    number: &Asset,
    pin: &SecretString,
    entered: Option<&Entered<'_>>,
) -> Result<()> {
    let id = CredentialId::new(services.ids());
    let sealed = services.vault().seal(place(tenant, &id), pin).map_err(Error::internal)?;
    let kept = (&id, number.meta_id.as_str(), &sealed);
    connections::upsert_pin(services.db(), tenant, &number.connection_id, kept, entered, services.clock().now()).await
}

/// The PIN that is kept for a number, also of an earlier connection: it is the number's. One that does not open is as good as
/// none.
///
/// # Errors
/// When the database fails.
pub(super) async fn find_pin(services: &Services, tenant: &TenantId, number: &Asset) -> Result<Option<SecretString>> {
    let kept = credentials::find_pin(services.db(), tenant, &number.meta_id).await?;
    Ok(kept.and_then(|kept| services.vault().open(place(tenant, &kept.id), &kept.sealed).ok()))
}

fn open(services: &Services, credential: &Credential) -> Result<AccessToken> {
    let opened = services.vault().open(place(&credential.tenant_id, &credential.id), &credential.sealed);
    match opened {
        Ok(secret) => Ok(AccessToken::new(secret.expose_secret())),
        Err(error) => {
            tracing::error!(credential = %credential.id, %error, "a sealed credential does not open");
            Err(Error::Conflict(failures::credential_lost()))
        }
    }
}

/// The token of the person or system user behind a connection.
///
/// # Errors
/// [`Error::Conflict`] when it is gone or does not open.
pub(super) async fn main_token(
    services: &Services,
    tenant: &TenantId,
    connection: &ConnectionId,
) -> Result<AccessToken> {
    main_credential(services, tenant, connection).await.map(|(token, _)| token)
}

/// The same with the credential that holds it.
///
/// # Errors
/// As [`main_token`].
pub(super) async fn main_credential(
    services: &Services,
    tenant: &TenantId,
    connection: &ConnectionId,
) -> Result<(AccessToken, Credential)> {
    match credentials::find_main(services.db(), tenant, connection).await? {
        Some(credential) => Ok((open(services, &credential)?, credential)),
        None => {
            let connection = connections::get(services.db(), tenant, connection).await?;
            Err(why_gone(connection.and_then(|connection| connection.problem)))
        }
    }
}

/// The token to read an attempt's assets with: of the grant that it brought, when that waits beside the connection's own.
///
/// # Errors
/// As [`main_token`].
pub(super) async fn token_of_attempt(
    services: &Services,
    tenant: &TenantId,
    attempt: &AttemptId,
    connection: &ConnectionId,
) -> Result<AccessToken> {
    credential_of_attempt(services, tenant, attempt, connection).await.map(|(token, _)| token)
}

/// The same with the credential that holds it.
///
/// # Errors
/// As [`main_token`].
pub(super) async fn credential_of_attempt(
    services: &Services,
    tenant: &TenantId,
    attempt: &AttemptId,
    connection: &ConnectionId,
) -> Result<(AccessToken, Credential)> {
    match staged_grants::find_token(services.db(), tenant, attempt).await? {
        Some(credential) => Ok((open(services, &credential)?, credential)),
        None => main_credential(services, tenant, connection).await,
    }
}

/// Writes down that a connection has no token to use, for the reason in `problem`. `false`, with nothing written, when it has
/// one by now, or does not stand.
///
/// # Errors
/// When the database fails.
pub(super) async fn mark_lost(
    services: &Services,
    tenant: &TenantId,
    connection: &ConnectionId,
    problem: &Explanation,
) -> Result<bool> {
    let (db, now) = (services.db(), services.clock().now());
    let kept = credentials::find_main(db, tenant, connection).await?;
    if kept.as_ref().is_some_and(|kept| open(services, kept).is_ok()) {
        return Ok(false);
    }
    let lost = kept.as_ref().map(|kept| &kept.id);
    connections::mark_refused(db, tenant, connection, lost, &to_json(problem)?, now).await
}

/// Why there is no token: what is known of it (the person took it back, its key was lost), else that it was disconnected.
fn why_gone(problem: Option<String>) -> Error {
    Error::Conflict(problem.and_then(|json| from_json(&json).ok()).unwrap_or(failures::disconnected()))
}

/// The tokens of a connection, opened once for many calls.
pub(super) struct Tokens {
    /// The person's or system user's.
    pub(super) main: AccessToken,
    /// The credential that holds it: what Meta says of this token is said of no other.
    pub(super) credential: CredentialId,
    pages: HashMap<String, AccessToken>,
}

impl Tokens {
    /// The token that speaks for a Page, when there is one.
    pub(super) fn page(&self, page_id: &str) -> Option<&AccessToken> {
        self.pages.get(page_id)
    }
}

/// Opens every token of a connection. A Page's token that does not open is left out: only its Page suffers.
///
/// # Errors
/// [`Error::Conflict`] when the main one is gone or does not open.
pub(super) async fn open_all(services: &Services, tenant: &TenantId, connection: &Connection) -> Result<Tokens> {
    let mut main = None;
    let mut pages = HashMap::new();
    let all = credentials::list(services.db(), tenant, &connection.id).await?;
    for credential in all {
        if matches!(credential.kind, CredentialKind::Pin | CredentialKind::Staged | CredentialKind::StagedPage) {
            continue;
        }
        match (credential.kind, open(services, &credential)) {
            (CredentialKind::Page, Ok(token)) => drop(pages.insert(credential.subject, token)),
            (CredentialKind::Page, Err(_)) => {}
            (_, token) => main = Some((token?, credential.id)),
        }
    }
    let (main, credential) = main.ok_or_else(|| why_gone(connection.problem.clone()))?;
    Ok(Tokens { main, credential, pages })
}
