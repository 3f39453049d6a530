//! From names in the world to the two sides of a conversation.

use super::parties::{MediaRef, Parties, Platform};
use crate::secrets;
use crate::state::{State, thread_key};
use crate::world::{Customer, Node};

/// Nobody, or nothing, is called that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchParty {
    /// No Page, Instagram account or number has that id.
    #[error("no Page, Instagram account or WhatsApp number of this world has the id {0}")]
    Asset(String),
    /// No customer is called that.
    #[error("no customer of this world is called {0}")]
    Customer(String),
    /// The platform does not have what was asked for.
    #[error("{0} has nothing like this")]
    Platform(&'static str),
}

impl State {
    pub(crate) fn customer(&self, id: &str) -> Option<&Customer> {
        self.world.customers.iter().find(|customer| customer.id == id)
    }

    /// The platform of an asset.
    pub(crate) fn platform(&self, asset: &str) -> Result<(Platform, Node), NoSuchParty> {
        let node = self.node(asset).ok_or_else(|| NoSuchParty::Asset(asset.to_owned()))?;
        let platform = Platform::of(node).ok_or_else(|| NoSuchParty::Asset(asset.to_owned()))?;
        Ok((platform, node))
    }

    /// The customer with this scoped id or number, if the asset knows one.
    pub(crate) fn customer_known_as(&self, asset: &str, scoped: &str) -> Option<Customer> {
        let (platform, node) = self.platform(asset).ok()?;
        let portfolio = self.portfolio(node);
        self.world
            .customers
            .iter()
            .find(|customer| match platform {
                Platform::Messenger => customer.psid(asset) == scoped,
                Platform::Instagram => customer.igsid(asset) == scoped,
                Platform::Whatsapp => customer.phone == scoped || customer.bsuid(&portfolio) == scoped,
            })
            .cloned()
    }

    /// Both sides, with a fresh message id.
    pub(crate) fn parties(&mut self, asset: &str, customer: &Customer, bsuid_only: bool) -> Option<Parties> {
        let (platform, node) = self.platform(asset).ok()?;
        let number = match node {
            Node::Phone(i) => self.world.phone_numbers.get(i).cloned(),
            _ => None,
        };
        let scoped = match platform {
            Platform::Messenger => customer.psid(asset),
            Platform::Instagram => customer.igsid(asset),
            Platform::Whatsapp => customer.phone.clone(),
        };
        let message_id = self.message_id(platform);
        let thread = self.conversations.get(&thread_key(asset, &customer.id));
        Some(Parties {
            asset: asset.to_owned(),
            customer: scoped,
            name: customer.name.clone(),
            username: customer.username.clone(),
            bsuid: customer.bsuid(&self.portfolio(node)),
            hides_phone: customer.hides_phone || bsuid_only || self.switches.webhooks.bsuid_only,
            waba: number.as_ref().map(|number| number.waba.clone()).unwrap_or_default(),
            business_phone: number.map(|number| digits(&number.display_phone_number)).unwrap_or_default(),
            last_from_business: thread.and_then(|thread| Some(thread.last_from_business()?.id.clone())),
            at_ms: self.now_ms(),
            message_id,
            edits: 0,
            media: None,
        })
    }

    /// An id as the platform writes them.
    pub(crate) fn message_id(&mut self, platform: Platform) -> String {
        let opaque = secrets::opaque(&mut self.rng, if platform == Platform::Whatsapp { 43 } else { 88 });
        match platform {
            Platform::Messenger => format!("m_{opaque}"),
            Platform::Instagram => format!("aWdfZAG1faXRlbToxOk{opaque}ZD"),
            Platform::Whatsapp => format!("wamid.HBgL{opaque}A="),
        }
    }

    /// A stored file as a message names it.
    pub(super) fn media_ref(&self, id: &str) -> Option<MediaRef> {
        let file = self.files.get(id)?;
        Some(MediaRef {
            id: id.to_owned(),
            mime: file.mime.clone(),
            name: file.name.clone(),
            sha256: file.sha256_base64(),
            link: self.open_link(id),
            short_link: self.short_link(id),
        })
    }

    /// The portfolio that owns what this is.
    fn portfolio(&self, node: Node) -> String {
        let waba = match node {
            Node::Phone(i) => self.world.phone_numbers.get(i).map(|number| number.waba.as_str()),
            _ => None,
        };
        let account = self.world.whatsapp_accounts.iter().find(|account| Some(account.id.as_str()) == waba);
        account.and_then(|account| account.business.clone()).unwrap_or_default()
    }
}

/// The digits of a number as people write it.
pub(crate) fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}
