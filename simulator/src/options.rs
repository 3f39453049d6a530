//! How a simulator starts.

use std::time::Duration;

use url::Url;

use crate::state::Switches;
use crate::world::World;

/// How a simulator starts; all of it can be changed later through [`crate::Control`].
#[derive(Debug, Clone)]
pub struct Options {
    /// Address browsers and clients use, for `paging.next`, `sdk.js` and the dialog. The bound address when absent.
    pub public_url: Option<Url>,
    /// What exists.
    pub world: World,
    /// The SDK refuses pages served over plain http, as Meta's does.
    pub refuse_http_pages: bool,
    /// Seed of every random string.
    pub seed: u64,
    /// Time added to each Graph answer.
    pub latency: Duration,
    /// Most rows in any list, whatever `limit` says.
    pub page_size: Option<usize>,
    /// The certificates (DER) that callbacks over https may carry. Meta trusts those of public authorities; on this machine
    /// nobody has one, so none is trusted but these.
    pub trusted_certificates: Vec<Vec<u8>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_url: None,
            world: World::corner_shop(),
            refuse_http_pages: true,
            seed: 1,
            latency: Duration::ZERO,
            page_size: None,
            trusted_certificates: Vec::new(),
        }
    }
}

impl Options {
    /// The switches these options start with.
    pub(crate) fn switches(&self) -> Switches {
        Switches {
            latency_ms: u64::try_from(self.latency.as_millis()).unwrap_or(u64::MAX),
            page_size: self.page_size,
            refuse_http_pages: self.refuse_http_pages,
            ..Switches::default()
        }
    }
}
