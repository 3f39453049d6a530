//! A person asked Meta that their data be deleted.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use url::Url;

use super::{deauthorize::granted_until, erase::erase};
use crate::{
    accounts::limits::DELETION_BY_ADDRESS,
    clock::Timestamp,
    db::{
        deletion_requests::{self, NewDeletion, PURPOSE, UnfinishedDeletion},
        to_json,
    },
    error::{Error, Result},
    hashing::hash_token,
    ids::DeletionId,
    meta::{AppId, SignedRequest},
    services::Services,
    vault::{INSTALLATION, Place},
};

/// How many unfinished requests one sweep takes up.
const AT_ONCE: i64 = 100;
/// 128 bits, in hexadecimal digits.
const CODE_DIGITS: usize = 32;

/// What Meta shows to the person (Meta reference §10).
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// Where the person sees how far it is.
    pub url: Url,
    /// 128 bits that nobody can guess; only its hash is kept.
    pub code: String,
}

/// How far a request is, for whoever has its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeletionView {
    /// When it came.
    pub requested_at: Timestamp,
    /// When everything was deleted.
    pub finished_at: Option<Timestamp>,
}

/// Takes a request in and carries it out. The same request has the same code, however often it comes. Once it is written down
/// it is carried out, by this process or a later one.
///
/// # Errors
/// When the request cannot be written down.
pub async fn delete_person(services: &Services, app: &AppId, request: SignedRequest) -> Result<Confirmation> {
    let (services, app) = (services.clone(), app.clone());
    let own = services.clone();
    own.to_the_end(async move { take_in(&services, &app, &request).await }).await
}

async fn take_in(services: &Services, app: &AppId, request: &SignedRequest) -> Result<Confirmation> {
    let person = request.user_id.as_str();
    let issued = request.issued_at.map_or_else(String::new, |at| at.as_seconds().to_string());
    let mut code = keyed(services, app, &["deletion code", app.as_str(), person, &issued])?;
    code.truncate(CODE_DIGITS);
    let id = DeletionId::new(services.ids());
    let sealed = services.vault().seal(place(&id), &SecretString::from(person.to_owned())).map_err(Error::internal)?;
    let unfinished = UnfinishedDeletion {
        meta_app_id: app.as_str().to_owned(),
        subject: sealed,
        granted_until: granted_until(request).as_millis(),
        id,
    };
    let new = NewDeletion {
        id: &unfinished.id,
        code_hash: &hash_token(&code),
        meta_app_id: app.as_str(),
        subject_hash: &keyed(services, app, &["deletion subject", app.as_str(), person])?,
        subject: &unfinished.subject,
        granted_until: Timestamp::from_millis(unfinished.granted_until),
    };
    if deletion_requests::insert(services.db(), &new, services.clock().now()).await?
        && let Err(error) = carry_out(services, &unfinished).await
    {
        tracing::error!(request = %unfinished.id, %error, "a deletion is not done; the next sweep goes on with it");
    }
    let mut url = services.public_url().clone();
    url.set_path(&format!("/deletion/{code}"));
    Ok(Confirmation { url, code })
}

async fn carry_out(services: &Services, request: &UnfinishedDeletion) -> Result<()> {
    let person = services.vault().open(place(&request.id), &request.subject).map_err(Error::internal)?;
    let until = Timestamp::from_millis(request.granted_until);
    let erased = erase(services, &request.meta_app_id, person.expose_secret(), until).await?;
    deletion_requests::mark_done(services.db(), &request.id, &to_json(&erased)?, services.clock().now()).await?;
    tracing::info!(request = %request.id, connections = erased.connections, "a person's data was deleted");
    Ok(())
}

/// Goes on with requests that a process wrote down and did not finish.
///
/// # Errors
/// When they cannot be listed. One that fails does not stop the others.
pub async fn resume_deletions(services: &Services) -> Result<()> {
    for request in deletion_requests::list_unfinished(services.db(), AT_ONCE).await? {
        if let Err(error) = carry_out(services, &request).await {
            tracing::error!(request = %request.id, %error, "a deletion is not done");
        }
    }
    Ok(())
}

/// How far the request with this code is; `None` for a code that was never given. `address` is where the question comes from.
///
/// # Errors
/// [`Error::Busy`] after too many questions from one address.
pub async fn find_deletion(services: &Services, code: &str, address: &str) -> Result<Option<DeletionView>> {
    DELETION_BY_ADDRESS.count(services, address).await?;
    let found = deletion_requests::find_by_code_hash(services.db(), &hash_token(code)).await?;
    Ok(found.map(|state| DeletionView {
        requested_at: Timestamp::from_millis(state.requested_at),
        finished_at: state.finished_at.map(Timestamp::from_millis),
    }))
}

fn place(id: &DeletionId) -> Place<'_> {
    Place { tenant: INSTALLATION, purpose: PURPOSE, row: id.as_str() }
}

/// A hash that only holders of the app secret can make: of few enough ids that a plain one could be searched through.
fn keyed(services: &Services, app: &AppId, parts: &[&str]) -> Result<String> {
    let login = &services.app_of(app.as_str())?.login;
    let secret = login.app.app_secret.expose_secret().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(Error::internal)?;
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    Ok(hex::encode(mac.finalize().into_bytes()))
}
