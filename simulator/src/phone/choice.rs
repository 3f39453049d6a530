//! Which conversation the page shows.

use serde::Deserialize;

use crate::state::State;
use crate::webhooks::Platform;
use crate::world::Customer;

/// What the address asks for; the first that fits when it asks for nothing.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) platform: Option<String>,
    #[serde(default)]
    pub(super) asset: Option<String>,
    #[serde(default)]
    pub(super) customer: Option<String>,
}

/// A platform customers write on, for people.
pub(super) const PLATFORMS: [(Platform, &str, &str); 3] = [
    (Platform::Messenger, "messenger", "Messenger"),
    (Platform::Instagram, "instagram", "Instagram"),
    (Platform::Whatsapp, "whatsapp", "WhatsApp"),
];

/// An asset that can be written to.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) id: String,
    pub(super) name: String,
    /// The app is installed on it, so the product hears of messages.
    pub(super) connected: bool,
}

/// The conversation that is shown.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) platform: Platform,
    pub(super) assets: Vec<Written>,
    pub(super) asset: Option<Written>,
    pub(super) customer: Option<Customer>,
}

impl Choice {
    pub(super) fn of(state: &State, asked: &Asked) -> Self {
        let of_asset = asked.asset.as_deref().and_then(|id| Some(state.platform(id).ok()?.0));
        let asked_for = asked.platform.as_deref();
        let named = PLATFORMS.iter().find(|(_, name, _)| Some(*name) == asked_for).map(|(platform, ..)| *platform);
        let platform = named.or(of_asset).unwrap_or(Platform::Messenger);
        let mut assets = assets(state, platform);
        assets.sort_by_key(|asset| !asset.connected);
        let wanted = assets.iter().find(|asset| Some(asset.id.as_str()) == asked.asset.as_deref());
        let asset = wanted.or(assets.first()).cloned();
        let customers = &state.world.customers;
        let wanted = customers.iter().find(|customer| Some(customer.id.as_str()) == asked.customer.as_deref());
        Self { platform, asset, assets, customer: wanted.or(customers.first()).cloned() }
    }

    /// The name of the platform in addresses and classes.
    pub(super) fn platform_name(&self) -> &'static str {
        PLATFORMS.iter().find(|(platform, ..)| *platform == self.platform).map_or("messenger", |(_, name, _)| name)
    }

    /// The name of the conversation.
    pub(super) fn thread(&self) -> String {
        let asset = self.asset.as_ref().map(|asset| asset.id.as_str()).unwrap_or_default();
        let customer = self.customer.as_ref().map(|customer| customer.id.as_str()).unwrap_or_default();
        crate::state::thread_key(asset, customer)
    }
}

fn assets(state: &State, platform: Platform) -> Vec<Written> {
    let installed = |id: &str| state.is_installed(id);
    let world = &state.world;
    match platform {
        Platform::Messenger => world
            .pages
            .iter()
            .map(|page| Written { id: page.id.clone(), name: page.name.clone(), connected: installed(&page.id) })
            .collect(),
        Platform::Instagram => world
            .instagram_accounts
            .iter()
            .map(|account| {
                let page = world.pages.iter().find(|page| page.instagram.as_ref() == Some(&account.id));
                let connected = installed(&account.id) || page.is_some_and(|page| installed(&page.id));
                Written { id: account.id.clone(), name: format!("@{}", account.username), connected }
            })
            .collect(),
        Platform::Whatsapp => world
            .phone_numbers
            .iter()
            .map(|number| Written {
                id: number.id.clone(),
                name: format!("{} · {}", number.verified_name, number.display_phone_number),
                connected: installed(&number.waba),
            })
            .collect(),
    }
}
