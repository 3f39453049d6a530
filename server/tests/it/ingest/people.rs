//! Customers, by whatever Meta calls them.

use server::asset_kind::AssetKind;

use crate::support::{
    TestApp,
    desk::{Customer, status, text},
};

const BY_ID: Customer = Customer { name: None, phone: None, user_id: Some("US.1") };
const BY_PHONE: Customer = Customer { name: Some("S. Nelson"), phone: Some("16505551234"), user_id: None };
const BY_BOTH: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

const CONTACTS: &str = "SELECT COALESCE(name, '-') || ' ' || COALESCE(phone, '-') FROM contacts ORDER BY 1";
const MESSAGES: &str = "SELECT COUNT(*) || ' ' || COUNT(DISTINCT conversation_id) FROM messages";

async fn ada(app: &TestApp) {
    let ada = app.owner("ada").await;
    app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
    app.hold(&ada, AssetKind::WhatsappNumber, "200").await;
}

db_test! {
    async fn a_missing_phone_number_is_no_problem(app: &TestApp) {
        ada(app).await;
        app.arrive(&[text("100", BY_ID, "wamid.1", 10, "a"), text("100", BY_ID, "wamid.2", 11, "b")]).await;
        assert_eq!(app.see(CONTACTS).await, ["- -"]);
        assert_eq!(app.see(MESSAGES).await, ["2 1"]);
    }
}

db_test! {
    async fn two_contacts_become_one_when_an_event_names_both(app: &TestApp) {
        ada(app).await;
        let apart = [
            text("100", BY_ID, "wamid.1", 10, "a"),
            text("100", BY_PHONE, "wamid.2", 12, "b"),
            text("200", BY_PHONE, "wamid.3", 13, "c"),
            status("200", BY_ID, "wamid.4", 14, "delivered"),
        ];
        app.arrive(&apart).await;
        assert_eq!(app.see(CONTACTS).await.len(), 2);
        assert_eq!(app.see(MESSAGES).await, ["4 4"]);
        app.arrive(&[text("100", BY_BOTH, "wamid.5", 11, "d")]).await;
        assert_eq!(app.see(CONTACTS).await, ["S. Nelson 16505551234"], "what Meta said last counts");
        assert_eq!(app.see(MESSAGES).await, ["5 2"], "one conversation for each number");
        let conversations = "SELECT asset_meta_id || ' ' || last_message_at FROM conversations ORDER BY 1";
        assert_eq!(app.see(conversations).await, ["100 12000", "200 13000"]);
        assert!(app.see("SELECT id FROM conversations WHERE thread <> contact_id").await.is_empty());
    }
}

db_test! {
    async fn one_batch_may_bring_the_proof_with_it(app: &TestApp) {
        ada(app).await;
        let together =
            [text("100", BY_ID, "wamid.1", 10, "a"), text("100", BY_PHONE, "wamid.2", 12, "b"), text("100", BY_BOTH, "wamid.5", 11, "d")];
        app.arrive(&together).await;
        assert_eq!(app.see(CONTACTS).await.len(), 1);
        assert_eq!(app.see(MESSAGES).await, ["3 1"]);
    }
}
