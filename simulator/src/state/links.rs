//! Addresses of stored files.

use super::State;
use crate::secrets;

/// How long WhatsApp's download addresses work (Meta reference §8.1).
const SHORT: i64 = 300;

impl State {
    /// Where anybody can fetch a file: Messenger's and Instagram's CDN.
    pub(crate) fn open_link(&self, id: &str) -> String {
        format!("{}_sim/cdn/{id}/{}", self.base, &self.link_hash(id, 0)[..16])
    }

    /// Where a file can be fetched with a token for five minutes: WhatsApp's.
    pub(crate) fn short_link(&self, id: &str) -> String {
        let until = self.now() + SHORT;
        format!("{}whatsapp_business/attachments/?mid={id}&ext={until}&hash={}", self.base, self.link_hash(id, until))
    }

    /// What makes an address impossible to guess.
    pub(crate) fn link_hash(&self, id: &str, until: i64) -> String {
        secrets::proof("files, whichever app asks", &format!("file {id} until {until}"))
    }
}
