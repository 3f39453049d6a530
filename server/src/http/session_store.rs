//! tower-sessions kept in our own tables, on both databases.

use async_trait::async_trait;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use super::visit::SESSION_LIFE;
use crate::{clock::Timestamp, db::sessions, hashing::hash_token, services::Services};

/// Sessions in the database, under the hash of their id.
#[derive(Clone)]
pub(super) struct Sessions(Services);

impl Sessions {
    pub(super) fn new(services: Services) -> Self {
        Self(services)
    }

    /// What is kept of a record. It ends by our clock: the record's own date is the machine's.
    fn row(&self, record: &Record) -> Result<(String, String, Timestamp)> {
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        Ok((hash_token(&record.id.to_string()), data, self.0.clock().now().plus(SESSION_LIFE.unsigned_abs())))
    }
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

fn failed(error: crate::error::Error) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let (hash, data, expires_at) = self.row(record)?;
            if sessions::insert(self.0.db(), &hash, &data, expires_at).await.map_err(failed)? {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    /// Only for a session that is there: new ones, and those whose id changes, are created.
    async fn save(&self, record: &Record) -> Result<()> {
        let (hash, data, expires_at) = self.row(record)?;
        if !sessions::update(self.0.db(), &hash, &data, expires_at).await.map_err(failed)? {
            tracing::debug!("a session ended before the request that had something to keep in it");
        }
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.0.clock().now();
        let found = sessions::find_live(self.0.db(), &hash_token(&id.to_string()), now).await.map_err(failed)?;
        let Some((data, expires_at)) = found else { return Ok(None) };
        // What cannot be read is no session: the person signs in again.
        let Ok(data) = serde_json::from_str(&data) else { return Ok(None) };
        let expires_at = Timestamp::from_millis(expires_at).as_seconds();
        let expiry_date =
            time::OffsetDateTime::from_unix_timestamp(expires_at).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let hash = hash_token(&id.to_string());
        sessions::delete(self.0.db(), &hash).await.map_err(failed)?;
        self.0.live().session_ended(&hash);
        Ok(())
    }
}
