//! Taking over what another tenant holds: only with proof of control from Meta, and with a trace on both sides.

use std::time::Duration;

use secrecy::SecretString;
use server::{
    connect::{self, AttemptView, status},
    db::attempts::Phase,
    error::Error,
    ids::AssetId,
    ingest, observe,
};
use simulator::{Consent, Effect, Fault};

use crate::support::{
    Person, TestApp,
    desk::{Customer, text},
    ids_of,
};

const MATEO: &str = "10215550001110002";
const PAGE: &str = "110220330440551";
const INSTAGRAM: &str = "17841400000000551";
const ACCOUNT: &str = "102290129340551";
const NUMBER: &str = "190638523274551";

/// One tenant holds these; another one looks at them in the wizard.
async fn held(app: &TestApp, meta_ids: &[&str]) -> (Person, Person, AttemptView) {
    let ada = app.owner("ada").await;
    let eve = app.owner("eve").await;
    let hers = app.discovered(&ada).await;
    app.choose(&ada, &hers, meta_ids).await;
    let theirs = app.discovered_with(&eve, &Consent::everything().by(MATEO)).await;
    (ada, eve, theirs)
}

fn one(view: &AttemptView, meta_id: &str) -> AssetId {
    ids_of(view, &[meta_id]).remove(0)
}

async fn routes(app: &TestApp) -> Vec<String> {
    app.see("SELECT t.name || ' ' || r.meta_id FROM routes r JOIN tenants t ON t.id = r.tenant_id ORDER BY 1").await
}

async fn chosen(app: &TestApp, who: &Person) -> Vec<String> {
    let overview = status::overview(&app.services, &who.actor).await.unwrap();
    overview.assets.into_iter().map(|status| status.asset.meta_id).collect()
}

/// Everything that a tenant's people can read of their logs.
async fn told(app: &TestApp, who: &Person) -> String {
    let log = observe::list_log(&app.services, &who.actor, None, false).await.unwrap();
    let audit = observe::list_audit(&app.services, &who.actor, &Default::default()).await.unwrap();
    format!("{log:?} {audit:?}")
}

db_test! {
    async fn it_moves_with_proof_and_both_sides_are_told_but_not_who(app: &TestApp) {
        let (ada, eve, theirs) = held(app, &[PAGE, INSTAGRAM]).await;
        let plan = connect::plan_move(&app.services, &eve.actor, &theirs.id, &one(&theirs, PAGE)).await.unwrap();
        assert_eq!(plan.assets.iter().map(|asset| asset.meta_id.as_str()).collect::<Vec<_>>(), [PAGE]);
        assert_eq!(connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, PAGE)).await.unwrap(), 1);
        app.idle().await;
        assert_eq!(routes(app).await, [format!("ada's business {INSTAGRAM}"), format!("eve's business {PAGE}")]);
        assert_eq!(chosen(app, &eve).await, [PAGE]);
        assert_eq!(chosen(app, &ada).await, [INSTAGRAM], "a sibling stays");
        assert_eq!(app.subscribed(), [PAGE]);
        let overview = status::overview(&app.services, &eve.actor).await.unwrap();
        assert!(overview.assets[0].asset.subscribed_at.is_some(), "it is subscribed and read back");
        assert_eq!(app.view(&eve, &theirs.id).await.phase, Phase::Choosing, "the rest of the choice goes on");

        let (hers, here) = (told(app, &ada).await, told(app, &eve).await);
        assert!(hers.contains("moved_away") && hers.contains("asset.moved_away") && hers.contains("Brasa Café"), "{hers}");
        assert!(here.contains("moved_here") && here.contains("asset.moved_here"), "{here}");
        for (log, other) in [(&hers, &eve), (&here, &ada)] {
            let (tenant, user) = (other.tenant().as_str(), other.actor.user_id.as_str());
            let business = format!("{}'s", other.actor.name);
            assert!(![tenant, user, &business].into_iter().any(|who| log.contains(who)), "{log}");
        }
        assert!(!hers.contains("Mateo"), "nor whose access it was");
        assert!(observe::verify_audit(&app.services).await.unwrap().broken.is_empty());
        // Once.
        let again = connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, PAGE)).await;
        assert!(matches!(again, Err(Error::NotFound("asset"))), "{again:?}");
    }
}

db_test! {
    async fn what_arrives_afterwards_and_what_waits_goes_to_the_new_holder(app: &TestApp) {
        let (_ada, eve, theirs) = held(app, &[NUMBER]).await;
        let who = Customer { name: Some("Iris"), phone: Some("34600111222"), user_id: None };
        app.arrive(&[text(NUMBER, who, "wamid.1", 1_700_000_000, "before")]).await;
        // One more is in the journal and not applied yet.
        let waiting = text(NUMBER, who, "wamid.2", 1_700_000_001, "waiting");
        app.journalled_by(&app.app_id(), &[waiting.to_string()]).await;
        assert_eq!(connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, NUMBER)).await.unwrap(), 2);
        ingest::drain(&app.services).await.unwrap();
        app.arrive(&[text(NUMBER, who, "wamid.3", 1_700_000_002, "after")]).await;
        let whose = app.see("SELECT t.name || ' ' || m.text FROM messages m JOIN tenants t ON t.id = m.tenant_id ORDER BY m.meta_id").await;
        assert_eq!(whose, ["ada's business before", "eve's business waiting", "eve's business after"]);
        app.idle().await;
    }
}

db_test! {
    async fn a_number_moves_with_its_account(app: &TestApp) {
        let (ada, eve, theirs) = held(app, &[NUMBER, PAGE]).await;
        connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, NUMBER)).await.unwrap();
        app.idle().await;
        assert_eq!(chosen(app, &eve).await, [ACCOUNT, NUMBER]);
        assert_eq!(chosen(app, &ada).await, [PAGE]);
        assert_eq!(app.subscribed(), [ACCOUNT, PAGE]);
    }
}

db_test! {
    async fn without_control_at_this_moment_nothing_moves(app: &TestApp) {
        app.expect_refusals();
        let (ada, eve, theirs) = held(app, &[PAGE]).await;
        let before = routes(app).await;
        // The role was there when the wizard was drawn, and is gone by now.
        app.meta().edit_world(|world| world.pages[0].tasks = vec!["ANALYZE".into()]).unwrap();
        let refused = connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, PAGE)).await;
        assert!(matches!(&refused, Err(Error::Refused(why)) if why.code == "asset.no_control"), "{refused:?}");
        assert_eq!(routes(app).await, before);

        // Meta does not answer: nothing moves either.
        let fault = app.meta().set_fault(Fault::new(Effect::Html { status: 500 }).on_path("/me/*"));
        let refused = connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, PAGE)).await;
        app.meta().remove_fault(fault);
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!((routes(app).await, chosen(app, &ada).await), (before, vec![PAGE.to_owned()]));
        assert!(!told(app, &ada).await.contains("moved_away"));
    }
}

db_test! {
    async fn an_old_login_proves_nothing(app: &TestApp) {
        let (_ada, eve, theirs) = held(app, &[PAGE]).await;
        app.advance(Duration::from_secs(3601));
        let refused = connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, PAGE)).await;
        assert!(matches!(&refused, Err(Error::Conflict(why)) if why.code == "asset.login_too_old"), "{refused:?}");
    }
}

db_test! {
    async fn only_what_is_held_elsewhere_and_usable_moves(app: &TestApp) {
        let (ada, eve, theirs) = held(app, &[PAGE, "act_880770660550551"]).await;
        for free in [INSTAGRAM, "act_880770660550551"] {
            let refused = connect::move_here(&app.services, &eve.actor, &theirs.id, &one(&theirs, free)).await;
            assert!(matches!(refused, Err(Error::NotFound("asset"))), "{free}: {refused:?}");
        }
        let foreign = connect::move_here(&app.services, &ada.actor, &theirs.id, &one(&theirs, PAGE)).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
        let agent = app.member(&eve, "bob", server::accounts::Role::Agent).await;
        let refused = connect::move_here(&app.services, &agent.actor, &theirs.id, &one(&theirs, PAGE)).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
}

db_test! {
    async fn it_cannot_be_moved_to_and_fro_without_end(app: &TestApp) {
        let (ada, eve, theirs) = held(app, &[PAGE]).await;
        let hers = app.discovered(&ada).await;
        let mut moves = 0;
        let refused = loop {
            let (who, view) = if moves % 2 == 0 { (&eve, &theirs) } else { (&ada, &hers) };
            // The row of whoever lost it is read anew.
            connect::read_assets_again(&app.services, &who.actor, &view.id).await.unwrap();
            app.idle().await;
            match connect::move_here(&app.services, &who.actor, &view.id, &one(view, PAGE)).await {
                Ok(_) => moves += 1,
                Err(error) => break error,
            }
            app.idle().await;
        };
        assert!(matches!(refused, Error::Busy { .. }), "{refused:?}");
        assert!((1..=4).contains(&moves), "{moves}");
    }
}

db_test! {
    async fn a_pasted_token_proves_nothing_of_who_can_sign_in(app: &TestApp) {
        let (ada, eve) = (app.owner("ada").await, app.owner("eve").await);
        let hers = app.discovered(&ada).await;
        app.choose(&ada, &hers, &[PAGE]).await;
        let permissions = ["pages_show_list", "pages_messaging", "pages_manage_metadata", "pages_read_engagement", "business_management"];
        let token = app.meta().mint_system_user_token("506070809010203", &permissions, 0);
        let attempt = connect::paste_token(&app.services, &eve.actor, &eve.session, &SecretString::from(token)).await.unwrap();
        app.idle().await;
        let theirs = app.view(&eve, &attempt).await;
        let page = one(&theirs, PAGE);
        assert!(theirs.assets.iter().any(|row| row.asset.id == page && row.held_elsewhere && row.unusable.is_none()));
        let before = routes(app).await;
        let planned = connect::plan_move(&app.services, &eve.actor, &attempt, &page).await.map(drop);
        let moved = connect::move_here(&app.services, &eve.actor, &attempt, &page).await.map(drop);
        for refused in [planned, moved] {
            assert!(matches!(&refused, Err(Error::Conflict(why)) if why.code == "asset.login_too_old"), "{refused:?}");
        }
        assert_eq!((routes(app).await, chosen(app, &ada).await), (before, vec![PAGE.to_owned()]));
    }
}
