//! Confirming again with less than before: nothing is cut off before somebody decides.

use std::time::Duration;

use serde_json::json;
use server::{
    connect::{self, AttemptView, status},
    db::{attempts::Phase, connections::ConnectionStatus, credentials},
    error::Error,
    ids::{ConnectionId, CredentialId},
    observe,
};
use simulator::{AssetKind, Consent, Effect, Fault, Revocation};

use crate::support::{Person, TestApp, ids_of};

const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

/// The ticks without any Page.
fn without_pages() -> Consent {
    let none: [&str; 0] = [];
    Consent::everything().ticking(AssetKind::Page, none)
}

async fn main_token(app: &TestApp, who: &Person, id: &ConnectionId) -> CredentialId {
    credentials::find_main(app.services.db(), who.tenant(), id).await.unwrap().unwrap().id
}

/// Everything that serves what is connected: tokens in use, routes, and what is chosen and proven.
async fn serving(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT id || kind || subject FROM credentials WHERE kind NOT IN ('staged', 'staged_page') ORDER BY 1",
        "SELECT kind || meta_id || asset_id FROM routes ORDER BY 1",
        "SELECT meta_id || COALESCE(CAST(subscribed_at AS TEXT), '-') FROM assets WHERE selected ORDER BY 1",
        "SELECT id || status || permissions || CAST(checked_at AS TEXT) FROM connections ORDER BY 1",
    ] {
        all.extend(app.see(sql).await);
    }
    all
}

fn lost(view: &AttemptView) -> Vec<&str> {
    view.losses.as_ref().unwrap().assets.iter().map(|asset| asset.name.as_str()).collect()
}

async fn chosen(app: &TestApp, who: &Person) -> Vec<String> {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    let mut chosen: Vec<_> = overview.assets.into_iter().map(|status| status.asset.meta_id).collect();
    chosen.sort();
    chosen
}

db_test! {
    async fn fewer_ticks_change_nothing_before_somebody_decides(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let before = serving(app).await;
        app.advance(Duration::from_secs(60));

        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &without_pages()).await;
        assert_eq!(view.phase, Phase::Choosing);
        assert_eq!(lost(&view), ["Brasa Café", "@brasacafe"], "what is lost is named");
        assert!(view.losses.as_ref().unwrap().permissions.is_empty());
        assert_eq!(serving(app).await, before);
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);

        let choice = ids_of(&view, &[NUMBER]);
        let refused = connect::choose(&app.services, &ada.actor, &view.id, &choice).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.code == "connect.decide_first"), "{refused:?}");
        assert_eq!(serving(app).await, before);
    }
}

db_test! {
    async fn deciding_for_less_changes_everything_at_once(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let former = main_token(app, &ada, &id).await;
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &without_pages()).await;

        connect::continue_without(&app.services, &ada.actor, &view.id).await.unwrap();
        assert_ne!(main_token(app, &ada, &id).await, former);
        assert_eq!(app.see("SELECT meta_id FROM routes ORDER BY meta_id").await, [ACCOUNT, NUMBER, "act_880770660550551"]);
        app.idle().await;
        assert_eq!(app.subscribed(), [ACCOUNT], "the Page's former token still could unsubscribe it");
        assert_eq!(chosen(app, &ada).await, [ACCOUNT, NUMBER, "act_880770660550551"]);

        let view = app.view(&ada, &view.id).await;
        assert_eq!((view.phase, view.losses.is_none()), (Phase::Choosing, true));
        let page = view.assets.iter().find(|row| row.asset.meta_id == PAGE).unwrap();
        assert_eq!(page.unusable.as_ref().unwrap().code, "asset.left_out", "it cannot be chosen by mistake");
        let log = observe::list_log(&app.services, &ada.actor, None, true).await.unwrap();
        let left: Vec<_> = log.iter().filter(|entry| entry.kind == "left_out").filter_map(|entry| entry.asset_name.as_deref()).collect();
        assert_eq!(left.len(), 2, "{log:#?}");
        assert_eq!(app.see("SELECT COUNT(*) || '' FROM audit_log WHERE action = 'connection.renewed'").await, ["1"]);
        // A second press does nothing more.
        connect::continue_without(&app.services, &ada.actor, &view.id).await.unwrap();
        assert_eq!(app.see("SELECT COUNT(*) || '' FROM audit_log WHERE action = 'connection.renewed'").await, ["1"]);

        app.choose(&ada, &view, &[NUMBER]).await;
        assert_eq!(chosen(app, &ada).await, [ACCOUNT, NUMBER]);
        assert_eq!(credentials::list(app.services.db(), ada.tenant(), &id).await.unwrap().len(), 1);
    }
}

db_test! {
    async fn going_back_and_ticking_loses_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let former = main_token(app, &ada, &id).await;
        let first = app.begin_again(&ada, &id).await;
        app.finished(&ada, &first, &without_pages()).await;
        let second = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &second, &Consent::everything().ticking_all()).await;
        assert_eq!((view.phase, view.losses), (Phase::Choosing, None));
        assert_ne!(main_token(app, &ada, &id).await, former, "nothing is lost, so it is in use at once");
        assert_eq!(chosen(app, &ada).await.len(), 5);
        assert_eq!(app.storage.rows().await.get("staged_grants"), None);

        let given_way = app.view(&ada, &first.attempt).await;
        assert_eq!((given_way.phase, given_way.problem.unwrap().code.as_ref()), (Phase::Failed, "connect.superseded"));
        let refused = connect::continue_without(&app.services, &ada.actor, &first.attempt).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert_eq!(chosen(app, &ada).await.len(), 5);
    }
}

db_test! {
    async fn a_declined_permission_is_named_with_what_it_stops(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let before = serving(app).await;
        app.advance(Duration::from_secs(60));
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything().declining(["instagram_manage_messages"])).await;
        assert_eq!(lost(&view), ["@brasacafe"]);
        let losses = view.losses.as_ref().unwrap();
        assert_eq!(losses.permissions, ["instagram_manage_messages"]);
        assert_eq!(losses.assets[0].why.code, "asset.permission_missing");
        assert_eq!(serving(app).await, before);

        // Asked again (`rerequest`), and granted.
        assert!(begun.dialog_url.query().unwrap().contains("auth_type=rerequest"));
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        assert_eq!(view.losses, None);
        assert_eq!(chosen(app, &ada).await.len(), 5);
    }
}

db_test! {
    async fn a_permission_alone_is_worth_a_decision(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything().declining(["instagram_manage_comments"])).await;
        let losses = view.losses.unwrap();
        assert_eq!((losses.assets.len(), losses.permissions.as_slice()), (0, &["instagram_manage_comments".to_owned()][..]));
        connect::continue_without(&app.services, &ada.actor, &view.id).await.unwrap();
        app.idle().await;
        assert_eq!(chosen(app, &ada).await.len(), 5, "every asset stays connected");
    }
}

db_test! {
    async fn another_person_changes_nothing(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let before = serving(app).await;
        app.advance(Duration::from_secs(60));
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &without_pages().by(MATEO)).await;
        assert_eq!((view.phase, view.problem.unwrap().code.as_ref()), (Phase::Failed, "connect.other_person"));
        assert_eq!(serving(app).await, before);
        assert_eq!(app.storage.rows().await.get("staged_grants"), None);
    }
}

db_test! {
    async fn what_nobody_decides_is_forgotten_after_a_day(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let before = serving(app).await;
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &without_pages()).await;
        app.advance(Duration::from_secs(23 * 3600));
        server::sweep(&app.services).await.unwrap();
        assert!(app.view(&ada, &view.id).await.losses.is_some());
        app.advance(Duration::from_secs(2 * 3600));
        server::sweep(&app.services).await.unwrap();
        assert_eq!(app.view(&ada, &view.id).await.phase, Phase::Cancelled);
        assert_eq!(serving(app).await, before);
        assert_eq!(app.see("SELECT id FROM credentials WHERE kind IN ('staged', 'staged_page')").await, Vec::<String>::new());
    }
}

db_test! {
    async fn a_list_that_meta_did_not_give_is_not_a_loss(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let fault = app.meta().set_fault(Fault::new(Effect::Html { status: 500 }).on_edge("phone_numbers"));
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        app.meta().remove_fault(fault);
        assert_eq!((view.phase, &view.losses), (Phase::Choosing, &None), "{:?}", view.unread);
        assert_eq!(chosen(app, &ada).await.len(), 5);
    }
}

db_test! {
    async fn a_new_token_that_dies_takes_nothing_with_it_but_itself(app: &TestApp) {
        app.expect_refusals();
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let former = main_token(app, &ada, &id).await;
        let dies = Fault::new(Effect::Revoke(Revocation::Expired)).on_path("/me/businesses").times(1);
        let fault = app.meta().set_fault(dies);
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &Consent::everything()).await;
        app.meta().remove_fault(fault);
        assert_eq!(view.phase, Phase::Failed);
        assert_eq!(main_token(app, &ada, &id).await, former);
        let overview = status::overview(&app.services, &ada.actor).await.unwrap();
        assert_eq!(overview.connections[0].connection.status, ConnectionStatus::Connected);
        assert_eq!(app.storage.rows().await.get("staged_grants"), None);
    }
}

db_test! {
    async fn a_page_that_a_portfolio_lists_without_a_token_is_lost_too(app: &TestApp) {
        let ada = app.owner("ada").await;
        let id = app.connected(&ada).await.connection.unwrap().id;
        let before = serving(app).await;
        app.advance(Duration::from_secs(60));
        // The portfolio has the Page though it was not ticked; without a role that the app may use there is no token.
        let page = json!({"id": PAGE, "name": "Brasa Café",
            "instagram_business_account": {"id": "17841400000000551", "username": "brasacafe"}});
        let portfolio = json!({"id": "506070809010203", "name": "Brasa Café Group", "owned_pages": {"data": [page]}});
        let body = json!({"data": [portfolio]}).to_string();
        app.meta().set_fault(Fault::new(Effect::Body { status: 200, body }).on_path("/me/businesses"));
        let begun = app.begin_again(&ada, &id).await;
        let view = app.finished(&ada, &begun, &without_pages()).await;
        assert_eq!(lost(&view), ["Brasa Café", "@brasacafe"]);
        assert_eq!(serving(app).await, before, "nothing is cut off unasked");
    }
}
