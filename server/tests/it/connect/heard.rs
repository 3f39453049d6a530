//! What arrives is evidence.

use server::connect::status::{self, Channel, Ladder, RungState};

use crate::support::{
    Person, TestApp,
    desk::{Customer, text},
};

/// The kinds of WhatsApp assets of which something was heard, with how far the card is.
async fn heard(app: &TestApp, who: &Person) -> (Vec<&'static str>, Option<usize>) {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    let whatsapp = overview.assets.iter().filter(|status| Channel::of(status.asset.kind) == Some(Channel::Whatsapp));
    let mut kinds: Vec<_> =
        whatsapp.filter(|status| status.asset.active_at.is_some()).map(|status| status.asset.kind.name()).collect();
    kinds.sort_unstable();
    let card = overview.cards.into_iter().find(|card| card.channel == Channel::Whatsapp).unwrap();
    let proven =
        |ladder: Ladder| ladder.rungs().iter().filter(|(_, state)| matches!(state, RungState::Done(_))).count();
    (kinds, card.ladder.map(proven))
}

db_test! {
    /// Meta sends it by the subscription of the account (Meta reference §6.3).
    async fn a_message_to_a_number_proves_the_account_around_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let (kinds, before) = heard(app, &ada).await;
        assert!(kinds.is_empty(), "{kinds:?}");
        let number = app.see("SELECT meta_id FROM assets WHERE kind = 'whatsapp_number' AND selected").await;
        assert_eq!(number.len(), 1);
        let sheena = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: None };
        app.arrive(&[text(&number[0], sheena, "wamid.1", 1, "hi")]).await;
        let (kinds, after) = heard(app, &ada).await;
        assert_eq!(kinds, ["whatsapp_account", "whatsapp_number"]);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        let card = overview.cards.into_iter().find(|card| card.channel == Channel::Whatsapp).unwrap();
        let named = app.see("SELECT name FROM assets WHERE kind = 'whatsapp_number' AND selected").await;
        assert_eq!(card.last_event.map(|(_, name)| name), named.into_iter().next());
        assert!(after > before, "the card is proven to its end: {before:?}, {after:?}");
    }
}
