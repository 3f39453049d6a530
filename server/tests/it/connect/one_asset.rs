//! Disconnecting one asset, while the rest of its connection goes on.

use server::{
    connect::{self, status},
    error::Error,
    ids::AssetId,
    ingest,
};

use crate::support::{
    Person, TestApp,
    desk::{Customer, text},
    ids_of,
};

const PAGE: &str = "110220330440551";
const INSTAGRAM: &str = "17841400000000551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

/// What the person's business has connected: ids at Meta.
async fn connected(app: &TestApp, who: &Person) -> Vec<String> {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    let mut ids: Vec<String> = overview.assets.into_iter().map(|status| status.asset.meta_id).collect();
    ids.sort_unstable();
    ids
}

/// The person has connected these; answers their ids here, in that order.
async fn with(app: &TestApp, who: &Person, meta_ids: &[&str]) -> Vec<AssetId> {
    let view = app.discovered(who).await;
    app.choose(who, &view, meta_ids).await;
    ids_of(&app.view(who, &view.id).await, meta_ids)
}

db_test! {
    async fn it_ends_alone_and_its_page_stays_subscribed_for_what_needs_it(app: &TestApp) {
        let ada = app.owner("ada").await;
        let ids = with(app, &ada, &[PAGE, INSTAGRAM, NUMBER]).await;
        let plan = connect::plan_disconnect_asset(&app.services, &ada.actor, &ids[0]).await.unwrap();
        assert!(plan.others && plan.stays_subscribed, "Instagram receives through the Page");
        assert_eq!(plan.assets.len(), 1);
        connect::disconnect_asset(&app.services, &ada.actor, &ids[0]).await.unwrap();
        let routes = "SELECT meta_id FROM routes WHERE kind = 'facebook_page'";
        assert_eq!(app.see(routes).await, Vec::<String>::new(), "before Meta hears of it");
        app.idle().await;
        assert_eq!(connected(app, &ada).await, [ACCOUNT, INSTAGRAM, NUMBER]);
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
        connect::disconnect_asset(&app.services, &ada.actor, &ids[1]).await.unwrap();
        app.idle().await;
        assert_eq!(app.subscribed(), [ACCOUNT], "nothing needs the Page any more");
        assert_eq!(app.see("SELECT subject FROM credentials WHERE kind = 'page'").await, Vec::<String>::new());
        let told = app.see("SELECT action FROM audit_log WHERE action = 'asset.disconnected'").await;
        assert_eq!(told.len(), 2);
    }
}

db_test! {
    async fn an_account_goes_with_its_last_number(app: &TestApp) {
        let ada = app.owner("ada").await;
        let ids = with(app, &ada, &[PAGE, NUMBER]).await;
        let who = Customer { name: Some("Iris"), phone: Some("34600111222"), user_id: None };
        app.arrive(&[text(NUMBER, who, "wamid.1", 1_700_000_000, "before")]).await;
        let plan = connect::plan_disconnect_asset(&app.services, &ada.actor, &ids[1]).await.unwrap();
        assert_eq!(plan.assets.iter().map(|asset| asset.meta_id.as_str()).collect::<Vec<_>>(), [NUMBER, ACCOUNT]);
        connect::disconnect_asset(&app.services, &ada.actor, &ids[1]).await.unwrap();
        app.idle().await;
        assert_eq!((connected(app, &ada).await, app.subscribed()), (vec![PAGE.to_owned()], vec![PAGE.to_owned()]));
        app.arrive(&[text(NUMBER, who, "wamid.2", 1_700_000_001, "after")]).await;
        ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT meta_id FROM messages").await, ["wamid.1"], "what it brought stays, nothing more comes");
    }
}

db_test! {
    async fn the_last_one_is_not_taken_out(app: &TestApp) {
        let ada = app.owner("ada").await;
        let ids = with(app, &ada, &[NUMBER]).await;
        assert!(!connect::plan_disconnect_asset(&app.services, &ada.actor, &ids[0]).await.unwrap().others);
        let refused = connect::disconnect_asset(&app.services, &ada.actor, &ids[0]).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.code == "asset.only_one"), "{refused:?}");
        assert_eq!(connected(app, &ada).await, [ACCOUNT, NUMBER]);
        assert_eq!(app.subscribed(), [ACCOUNT]);
    }
}

db_test! {
    async fn nobody_else_disconnects_it(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let view = app.discovered(&ada).await;
        app.choose(&ada, &view, &[PAGE, NUMBER]).await;
        let ids = ids_of(&view, &[PAGE, INSTAGRAM]);
        let agent = app.member(&ada, "aku", server::accounts::Role::Agent).await;
        let foreign = connect::disconnect_asset(&app.services, &eve.actor, &ids[0]).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
        let lower = connect::disconnect_asset(&app.services, &agent.actor, &ids[0]).await;
        assert!(matches!(lower, Err(Error::Forbidden(_))), "{lower:?}");
        assert_eq!(connected(app, &ada).await, [ACCOUNT, PAGE, NUMBER]);
        let unchosen = connect::disconnect_asset(&app.services, &ada.actor, &ids[1]).await;
        assert!(matches!(unchosen, Err(Error::NotFound(_))), "it is not connected: {unchosen:?}");
    }
}
