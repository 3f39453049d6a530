//! Things that happen to a WABA, its numbers or its templates.

use super::audience::Silence;
use super::people::{NoSuchParty, digits};
use super::update::Update;
use super::whatsapp::account::{About, account_update, is_partners, sample};
use crate::state::State;
use crate::world::Node;

impl State {
    /// A field (`message_template_status_update`) or an event of `account_update` (`PARTNER_REMOVED`) of a WABA, with these
    /// keys of its value replaced.
    pub(crate) fn account_event(
        &mut self,
        waba: &str,
        event: &str,
        replace: serde_json::Map<String, serde_json::Value>,
    ) -> Result<Result<(), Silence>, NoSuchParty> {
        let Some(Node::Waba(i)) = self.node(waba) else { return Err(NoSuchParty::Asset(waba.to_owned())) };
        let world = self.world.clone();
        let number = world.phone_numbers.iter().find(|number| number.waba == waba);
        let phone = number.map(|number| digits(&number.display_phone_number)).unwrap_or_default();
        let about = About {
            waba,
            owner: world.whatsapp_accounts.get(i).and_then(|account| account.business.as_deref()).unwrap_or_default(),
            app: &world.app.id,
            phone: &phone,
            now: self.now(),
        };
        let mut value = sample(&about, event).ok_or(NoSuchParty::Platform("WhatsApp"))?;
        if let Some(value) = value.as_object_mut() {
            value.extend(replace);
        }
        let field = if account_update(&about, event).is_some() { "account_update" } else { event };
        // The portfolio of whoever made the app; a made-up one when the world names none.
        let partner = world.app.business.clone().unwrap_or_else(|| "506070809010299".into());
        let entry = if is_partners(event) { partner } else { waba.to_owned() };
        Ok(self.emit(Update::change("whatsapp_business_account", &entry, field, value)))
    }
}
