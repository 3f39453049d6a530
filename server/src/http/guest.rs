//! Guests: visitors who came by a set-up link. Their session remembers the link, beside whoever may be signed in in it.

use tower_sessions::Session;

use crate::{
    connect::set_up_links::{Guest, find_guest},
    error::{Error, Result},
    hashing::hash_token,
    ids::SetUpLinkId,
    services::Services,
};

/// What a session remembers of its guest.
const KEY: &str = "guest";

#[derive(serde::Serialize, serde::Deserialize)]
struct Remembered {
    link: SetUpLinkId,
    /// A secret of this session: OAuth states of the guest are bound to its hash.
    binding: String,
}

async fn recall(session: &Session) -> Result<Option<Remembered>> {
    match session.get::<Remembered>(KEY).await {
        Err(tower_sessions::session::Error::SerdeJson(_)) => Ok(None),
        read => read.map_err(Error::internal),
    }
}

/// The hash of the secret that binds this session to the guest of `link`, when it is theirs.
///
/// # Errors
/// When the database fails.
pub async fn guest_session(session: &Session, link: Option<&SetUpLinkId>) -> Result<Option<String>> {
    let remembered = recall(session).await?.filter(|known| link.is_none_or(|link| known.link == *link));
    Ok(remembered.map(|known| hash_token(&known.binding)))
}

/// The guest of a session, as long as their link was not withdrawn.
///
/// # Errors
/// When the database fails.
pub async fn guest(services: &Services, session: &Session) -> Result<Option<Guest>> {
    match recall(session).await? {
        Some(known) => find_guest(services, &known.link, &hash_token(&known.binding)).await,
        None => Ok(None),
    }
}

/// Makes a session that of the guest of `link`; one that is already stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn begin_guest(services: &Services, session: &Session, link: &SetUpLinkId) -> Result<Guest> {
    if recall(session).await?.is_none_or(|known| known.link != *link) {
        session.cycle_id().await.map_err(Error::internal)?;
        let remembered = Remembered { link: link.clone(), binding: services.entropy().token() };
        session.insert(KEY, remembered).await.map_err(Error::internal)?;
    }
    guest(services, session).await?.ok_or(Error::NotFound("set-up link"))
}
