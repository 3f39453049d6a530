//! Making things happen that webhooks tell of, and steering how they are told.

use std::time::Duration;

use serde_json::{Map, Value};

use super::Control;
use crate::state::{ChatMessage, Revocation, thread_key};
use crate::webhooks::{
    self, Attempt, Circumstances, Content, Deed, DeletionAnswer, Delivery, DeliveryKind, Done, NoSuchParty,
    PendingDelivery, Signature, SignedRequestForm, Silence, Unheard, Update, Warning,
};

impl Control {
    /// A customer ([`crate::Customer::id`]) does something on an asset: a Page, an Instagram account or a phone number.
    ///
    /// # Errors
    /// When the world has no such asset or customer, or the platform nothing like this. That nobody hears of it is no error:
    /// see [`Done::heard`].
    pub fn customer_does(&self, asset: &str, customer: &str, content: &Content) -> Result<Done, NoSuchParty> {
        self.customer_does_with(asset, customer, content, &Circumstances::default())
    }

    /// The same under circumstances: a reply, in standby, forwarded, in a group.
    ///
    /// # Errors
    /// As [`Control::customer_does`].
    pub fn customer_does_with(
        &self,
        asset: &str,
        customer: &str,
        content: &Content,
        with: &Circumstances,
    ) -> Result<Done, NoSuchParty> {
        self.shared.lock().customer_does(asset, customer, content, with)
    }

    /// Something happens on the business's side without the app: an answer from the inbox, a handover, a coexistence sync.
    ///
    /// # Errors
    /// As [`Control::customer_does`].
    pub fn business_does(&self, asset: &str, customer: &str, deed: &Deed) -> Result<Done, NoSuchParty> {
        self.shared.lock().business_does(asset, customer, deed)
    }

    /// Something happens to a WABA: a field (`message_template_status_update`) or an event of `account_update`
    /// (`PARTNER_REMOVED`; `PARTNER_REMOVED_COEXISTENCE` for the shape with a phone number). `replace` replaces keys of the value.
    ///
    /// # Errors
    /// When there is no such WABA or event. The answer says whether anybody hears of it.
    pub fn account_event(
        &self,
        waba: &str,
        event: &str,
        replace: Map<String, Value>,
    ) -> Result<Result<(), Silence>, NoSuchParty> {
        self.shared.lock().account_event(waba, event, replace)
    }

    /// Queue any update for whoever is subscribed.
    ///
    /// # Errors
    /// When nobody hears of it.
    pub fn emit(&self, update: Update) -> Result<(), Silence> {
        self.shared.lock().emit(update)
    }

    /// The *Test* button of the app dashboard: to the app's own callback, with entry id `0`. Returns whether the app has one.
    pub fn send_sample(&self, object: &str, field: &str) -> bool {
        let mut state = self.shared.lock();
        let Some(url) = state.subscriptions.app.get(object).map(|app| app.callback_url.clone()) else { return false };
        let update = webhooks::dashboard(object, field, &state.world.app.id, state.now());
        state.emit_to(url, update);
        true
    }

    /// Queue these bytes as they are. Failures are retried like those of any webhook.
    pub fn send_raw(&self, object: &str, callback_url: &str, body: Vec<u8>, signature: Signature) -> u64 {
        let mut state = self.shared.lock();
        let now = state.now();
        let id = state.outbox.add(Delivery {
            id: 0,
            app: String::new(),
            kind: DeliveryKind::Webhook,
            object: object.to_owned(),
            callback_url: callback_url.to_owned(),
            body: body.into(),
            signature,
            updates: 0,
            fields: Vec::new(),
            threads: Vec::new(),
            tries: 0,
            created_at: now,
            next_at: now,
        });
        state.touch();
        id
    }

    /// Send the body of an earlier delivery again, the same bytes. Returns the number of the new delivery, if there was the old.
    pub fn redeliver(&self, delivery: u64) -> Option<u64> {
        let mut state = self.shared.lock();
        let earlier = state.outbox.attempts().rev().find(|attempt| attempt.delivery == delivery)?.clone();
        let now = state.now();
        let id = state.outbox.add(Delivery {
            id: 0,
            app: earlier.app,
            kind: earlier.kind,
            object: earlier.object,
            callback_url: earlier.callback_url,
            body: earlier.body,
            signature: Signature::Right,
            updates: earlier.updates,
            fields: earlier.fields,
            threads: earlier.threads,
            tries: 0,
            created_at: now,
            next_at: now,
        });
        state.touch();
        Some(id)
    }

    /// Keep webhooks back from now on, or let them go by themselves as they fall due.
    pub fn hold_webhooks(&self, held: bool) {
        let mut state = self.shared.lock();
        state.switches.webhooks.held = held;
        state.touch();
    }

    /// Deliver everything that is due now, held or not, and return when it is done. Returns the number of attempts made here.
    pub async fn deliver(&self) -> usize {
        webhooks::deliver_due(&self.shared).await
    }

    /// Move the clock forward and deliver on the way whatever falls due, each at its time. Returns the number of attempts.
    pub async fn deliver_during(&self, by: Duration) -> usize {
        webhooks::deliver_during(&self.shared, by).await
    }

    /// Every attempt, oldest first; the newest 5,000 with at most 64 MiB of bodies are kept.
    #[must_use]
    pub fn attempts(&self) -> Vec<Attempt> {
        self.shared.lock().outbox.attempts().cloned().collect()
    }

    /// Forget the attempts, the unheard updates and the warnings.
    pub fn clear_attempts(&self) {
        self.shared.lock().outbox.clear();
    }

    /// Deliveries that wait for their next try.
    #[must_use]
    pub fn pending(&self) -> Vec<PendingDelivery> {
        self.shared.lock().outbox.pending()
    }

    /// Updates that were queued but are in no body yet.
    #[must_use]
    pub fn waiting_updates(&self) -> usize {
        self.shared.lock().outbox.waiting()
    }

    /// Updates nobody was told of, oldest first; the newest 1,000 are kept.
    #[must_use]
    pub fn unheard(&self) -> Vec<Unheard> {
        self.shared.lock().outbox.unheard().cloned().collect()
    }

    /// What Meta told the app's owner about failing callbacks.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        self.shared.lock().outbox.warnings().to_vec()
    }

    /// The messages between a customer and an asset, oldest first.
    #[must_use]
    pub fn conversation(&self, asset: &str, customer: &str) -> Vec<ChatMessage> {
        let state = self.shared.lock();
        state.conversations.get(&thread_key(asset, customer)).map(|thread| thread.messages.clone()).unwrap_or_default()
    }

    /// Set the app's deauthorize and data deletion callbacks.
    pub fn set_compliance_callbacks(&self, deauthorize: Option<&str>, deletion: Option<&str>) {
        let mut state = self.shared.lock();
        let app = &mut state.world_mut().app;
        app.deauthorize_callback_url = deauthorize.map(str::to_owned);
        app.data_deletion_callback_url = deletion.map(str::to_owned);
    }

    /// A person removes the app: their tokens die and the deauthorize callback is told. `None` when there is no such callback.
    pub async fn deauthorize(&self, person: &str, form: SignedRequestForm) -> Option<Attempt> {
        {
            let mut state = self.shared.lock();
            state.tokens.revoke_subject(person, Revocation::AppRemoved);
            let grant = state.grants.person_mut(person);
            grant.granted.clear();
            grant.declined.clear();
            grant.authorized = false;
        }
        webhooks::deauthorize(&self.shared, person, form).await
    }

    /// A person asks for the deletion of their data; the address in the answer is opened. `None` when there is no such callback.
    pub async fn request_deletion(&self, person: &str, form: SignedRequestForm) -> Option<DeletionAnswer> {
        webhooks::request_deletion(&self.shared, person, form).await
    }
}
