//! Who hears of an update: the app's subscription, the asset's installation, overrides (Meta reference §6, §7.2).

use serde::{Deserialize, Serialize};

use super::update::Update;
use crate::state::{AssetSubscription, State};
use crate::world::{Mode, Node};

/// Why nobody was told. Meta says nothing in these cases; the simulator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The app has no webhook for this object.
    NoAppSubscription,
    /// The app's webhook was switched off after failing too long.
    AppSubscriptionDisabled,
    /// The app's webhook does not include this field.
    AppFieldMissing,
    /// The app is not installed on the asset.
    AssetNotInstalled,
    /// The installation does not include this field.
    AssetFieldMissing,
    /// It was switched off here, as by the setting of a phone or by another tool.
    SwitchedOff,
    /// The app is in development and whoever caused it has no role on it.
    AppInDevelopment,
}

impl Silence {
    /// For people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NoAppSubscription => "The app has no webhook for this kind of asset.",
            Self::AppSubscriptionDisabled => "The app's webhook was switched off because it failed for too long.",
            Self::AppFieldMissing => "The app's webhook does not include this field.",
            Self::AssetNotInstalled => "The app is not installed on this asset (subscribed_apps).",
            Self::AssetFieldMissing => "The app is installed on this asset, but not for this field.",
            Self::SwitchedOff => "It was switched off by a failure that was provoked.",
            Self::AppInDevelopment => "The app is in development, and this person has no role on it.",
        }
    }
}

/// The callback that hears of this update, or why none does.
pub(crate) fn callback(state: &State, update: &Update) -> Result<String, Silence> {
    let subscriptions = &state.subscriptions;
    let app = subscriptions.app.get(&update.object).ok_or(Silence::NoAppSubscription)?;
    if !app.active {
        return Err(Silence::AppSubscriptionDisabled);
    }
    if !app.fields.contains(&update.field) {
        return Err(Silence::AppFieldMissing);
    }
    installed(state, update)?;
    if state.switches.webhooks.silent.contains(&update.object) {
        return Err(Silence::SwitchedOff);
    }
    if state.world.app.mode == Mode::Development
        && update.actor.as_ref().is_some_and(|actor| !state.world.app.roles.contains(actor))
    {
        return Err(Silence::AppInDevelopment);
    }
    Ok(overridden(state, update).unwrap_or_else(|| app.callback_url.clone()))
}

fn installed(state: &State, update: &Update) -> Result<(), Silence> {
    let assets = &state.subscriptions.assets;
    match state.node(&update.id) {
        Some(Node::Page(_)) => has_field(assets.get(&update.id).ok_or(Silence::AssetNotInstalled)?, &update.field),
        Some(Node::Instagram(_)) => {
            // Installed itself (Instagram Login), or its Page is, and then the app's fields decide.
            if let Some(own) = assets.get(&update.id) {
                return has_field(own, &update.field);
            }
            let page = state.world.pages.iter().find(|page| page.instagram.as_ref() == Some(&update.id));
            match page.is_some_and(|page| assets.contains_key(&page.id)) {
                true => Ok(()),
                false => Err(Silence::AssetNotInstalled),
            }
        }
        Some(Node::Waba(_)) if !assets.contains_key(&update.id) => Err(Silence::AssetNotInstalled),
        // Permissions, the partner's own portfolio, test payloads: there is nothing to install on.
        _ => Ok(()),
    }
}

fn has_field(asset: &AssetSubscription, field: &str) -> Result<(), Silence> {
    if asset.fields.iter().any(|known| known == field) {
        return Ok(());
    }
    Err(Silence::AssetFieldMissing)
}

/// The number's own callback, else the WABA's; for `messages` only (Meta reference §6.3).
fn overridden(state: &State, update: &Update) -> Option<String> {
    if update.object != "whatsapp_business_account" || update.field != "messages" {
        return None;
    }
    let of_number = update.phone_number_id().and_then(|id| state.subscriptions.phones.get(id));
    let of_waba = || state.subscriptions.assets.get(&update.id)?.override_callback_uri.clone();
    of_number.map(|(uri, _)| uri.clone()).or_else(of_waba)
}
