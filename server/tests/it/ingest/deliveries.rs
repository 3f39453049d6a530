//! Deliveries, as people look at them and have them applied again.

use server::{
    accounts::Role,
    asset_kind::AssetKind,
    db::delivery_parts::Outcome,
    error::Error,
    ids::DeliveryId,
    ingest::{
        self,
        deliveries::{self, Filter, MOST_REPLAYS, Replay},
    },
};

use crate::support::{
    TestApp,
    desk::{Customer, text},
};

const SHEENA: Customer = Customer { name: Some("Sheena"), phone: Some("16505551234"), user_id: Some("US.1") };

/// A delivery that ada and bo share, then one of ada's alone.
async fn two(app: &TestApp) -> (crate::support::Person, crate::support::Person, DeliveryId, DeliveryId) {
    let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
    app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
    app.hold(&bo, AssetKind::WhatsappNumber, "200").await;
    let mut shared = text("100", SHEENA, "wamid.1", 1, "canary-to-ada");
    let other = text("200", SHEENA, "wamid.2", 2, "canary-to-bo");
    shared["entry"].as_array_mut().unwrap().push(other["entry"][0].clone());
    app.arrive(&[shared, text("100", SHEENA, "wamid.3", 3, "canary-alone")]).await;
    let ids = app.see("SELECT DISTINCT CAST(delivery_id AS TEXT) FROM delivery_parts ORDER BY 1").await;
    (ada, bo, ids[0].parse().unwrap(), ids[1].parse().unwrap())
}

db_test! {
    async fn each_sees_what_is_theirs(app: &TestApp) {
        let (ada, bo, shared, alone) = two(app).await;
        let admin = app.member(&ada, "ann", Role::Admin).await;
        let operator = app.operator().await;
        let services = &app.services;

        let listed = deliveries::list(services, &ada.actor, &Filter::default(), 50).await.unwrap().rows;
        let rows: Vec<_> = listed.iter().map(|row| (row.id, row.events, row.outcome)).collect();
        assert_eq!(rows, [(alone, 1, Outcome::Applied), (shared, 1, Outcome::Applied)], "newest first");
        assert_eq!(listed[0].asset.as_ref().unwrap().name.as_deref(), Some("Shop 100"));
        assert_eq!(listed[0].kinds.get("message"), Some(&1));
        assert_eq!(deliveries::list(services, &bo.actor, &Filter::default(), 50).await.unwrap().rows.len(), 1);

        let whole = deliveries::get(services, &ada.actor, alone).await.unwrap();
        assert!(whole.body.unwrap().contains("canary-alone"));
        let piece = deliveries::get(services, &ada.actor, shared).await.unwrap();
        assert_eq!((piece.parts.len(), piece.events.len(), piece.body), (1, 1, None), "it is not all theirs");
        let seen = format!("{:?}", piece.events);
        assert!(seen.contains("canary-to-ada") && !seen.contains("canary-to-bo"), "{seen}");

        let detail = deliveries::get(services, &admin.actor, alone).await.unwrap();
        assert_eq!(detail.events.len(), 1);
        assert!(!format!("{detail:?}").contains("canary"), "only an owner reads what people wrote");

        let all = deliveries::get(services, &operator.actor, shared).await.unwrap();
        assert_eq!((all.parts.len(), all.events.len()), (2, 2));
        assert!(all.body.unwrap().contains("canary-to-bo"));
        assert_eq!(deliveries::list_all(services, &operator.actor, &Filter::default(), 50).await.unwrap().rows.len(), 3);
    }
}

db_test! {
    async fn anothers_delivery_does_not_exist(app: &TestApp) {
        let (ada, bo, _, alone) = two(app).await;
        let services = &app.services;
        assert!(matches!(deliveries::get(services, &bo.actor, alone).await, Err(Error::NotFound(_))));
        let again = deliveries::replay(services, &bo.actor, Replay::Ids(vec![alone])).await;
        assert!(matches!(again, Err(Error::NotFound(_))));
        assert!(matches!(deliveries::list_all(services, &ada.actor, &Filter::default(), 50).await, Err(Error::Forbidden(_))));
        assert!(matches!(deliveries::get(services, &ada.actor, DeliveryId::new(1)).await, Err(Error::NotFound(_))));
        // What a new holder of the number was not told stays so.
        app.storage.tamper(&format!("UPDATE routes SET tenant_id = '{}'", bo.tenant())).await;
        assert!(matches!(deliveries::get(services, &bo.actor, alone).await, Err(Error::NotFound(_))));
    }
}

db_test! {
    async fn the_list_goes_on_where_it_ended_and_can_be_narrowed(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "100").await;
        app.hold(&ada, AssetKind::WhatsappNumber, "200").await;
        let bodies: Vec<_> = (0..7).map(|n| text(["100", "200"][n % 2], SHEENA, &format!("wamid.{n}"), 1, "hi")).collect();
        app.arrive(&bodies).await;
        let services = &app.services;
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let filter = Filter { before, ..Filter::default() };
            let page = deliveries::list(services, &ada.actor, &filter, 3).await.unwrap();
            seen.extend(page.rows.iter().map(|row| row.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]));
        let only = |asset: &str| Filter { asset: Some((AssetKind::WhatsappNumber, asset.to_owned())), ..Filter::default() };
        assert_eq!(deliveries::list(services, &ada.actor, &only("200"), 50).await.unwrap().rows.len(), 3);
        let failed = Filter { outcome: Some(Outcome::Failed), ..Filter::default() };
        assert!(deliveries::list(services, &ada.actor, &failed, 50).await.unwrap().rows.is_empty());
    }
}

db_test! {
    async fn applied_again_everything_is_there_once(app: &TestApp) {
        let (ada, bo, shared, alone) = two(app).await;
        let (services, operator) = (&app.services, app.operator().await);
        let before = app.see("SELECT id || ' ' || text FROM messages ORDER BY 1").await;
        assert_eq!(deliveries::replay(services, &ada.actor, Replay::Ids(vec![shared, alone, alone])).await.unwrap(), 2);
        app.idle().await;
        assert_eq!(app.see("SELECT id || ' ' || text FROM messages ORDER BY 1").await, before);
        let replayed = "SELECT tenant_id FROM delivery_parts WHERE replayed_at IS NOT NULL";
        assert_eq!(app.see(replayed).await, [ada.tenant().as_str(), ada.tenant().as_str()], "bo's part is left alone");

        // What is gone comes back, to whom it is applied again.
        app.storage.tamper("DELETE FROM contacts").await;
        deliveries::replay(services, &ada.actor, Replay::Filter(Filter::default())).await.unwrap();
        app.idle().await;
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 2);
        deliveries::replay(services, &operator.actor, Replay::Filter(Filter::default())).await.unwrap();
        app.idle().await;
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 3);
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await.len(), 3);
        let audited = "SELECT t.name || ' ' || a.actor_name || ' ' || a.target FROM audit_log a
            JOIN tenants t ON t.id = a.tenant_id WHERE a.action = 'deliveries.replayed' ORDER BY t.name, a.seq";
        assert_eq!(
            app.see(audited).await,
            ["ada's business ada 2 deliveries", "ada's business ada 2 deliveries", "ada's business op 2 deliveries",
                "bo's business op 2 deliveries"]
        );
        let _ = bo;
    }
}

db_test! {
    async fn only_owner_and_operator_apply_again_and_not_too_many(app: &TestApp) {
        let (ada, _, _, alone) = two(app).await;
        let admin = app.member(&ada, "ann", Role::Admin).await;
        let refused = deliveries::replay(&app.services, &admin.actor, Replay::Ids(vec![alone])).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))));
        let many = (0..=MOST_REPLAYS).map(|n| DeliveryId::new(n.try_into().unwrap())).collect();
        let refused = deliveries::replay(&app.services, &ada.actor, Replay::Ids(many)).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })));
    }
}

db_test! {
    async fn bodies_are_kept_for_a_while_and_what_they_made_for_good(app: &TestApp) {
        let (ada, _, _, alone) = two(app).await;
        app.advance(std::time::Duration::from_secs(29 * 86_400));
        ingest::sweep_deliveries(&app.services).await.unwrap();
        assert_eq!(app.storage.journal().await.len(), 2);
        app.arrive(&[text("100", SHEENA, "wamid.4", 4, "later")]).await;
        app.advance(std::time::Duration::from_secs(2 * 86_400));
        // What nobody applied yet is never swept.
        app.journalled_by(&app.app_id(), &[text("100", SHEENA, "wamid.5", 5, "waits").to_string()]).await;
        app.storage.tamper_journal("UPDATE journal SET received_at = 0 WHERE id = (SELECT MAX(id) FROM journal)").await;
        ingest::sweep_deliveries(&app.services).await.unwrap();
        assert_eq!(app.storage.journal().await.len(), 2);
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await.len(), 1);
        assert!(matches!(deliveries::get(&app.services, &ada.actor, alone).await, Err(Error::NotFound(_))));
        assert_eq!(app.see("SELECT id FROM messages").await.len(), 4);
    }
}

db_test! {
    async fn what_a_former_holder_was_told_goes_to_nobody_else(app: &TestApp) {
        let (ada, bo, shared, alone) = two(app).await;
        let (services, operator) = (&app.services, app.operator().await);
        // As after a disconnect and a new connection, or a move.
        app.storage.tamper("DELETE FROM routes WHERE meta_id = '100'").await;
        app.hold(&bo, AssetKind::WhatsappNumber, "100").await;
        let of_bo = format!("FROM delivery_parts WHERE tenant_id = '{}'", bo.tenant());
        let messages = format!("SELECT text FROM messages WHERE tenant_id = '{}'", bo.tenant());
        for erased in [false, true] {
            if erased {
                // As when ada has her history erased: the body that they share stays.
                app.storage.tamper(&format!("DELETE FROM delivery_parts WHERE tenant_id = '{}'", ada.tenant())).await;
            }
            deliveries::replay(services, &bo.actor, Replay::Ids(vec![shared])).await.unwrap();
            deliveries::replay(services, &operator.actor, Replay::Filter(Filter::default())).await.unwrap();
            app.idle().await;
            ingest::drain(services).await.unwrap();
            assert_eq!(app.see(&messages).await, ["canary-to-bo"], "erased: {erased}");
            assert_eq!(app.see(&format!("SELECT asset_meta_id {of_bo}")).await, ["200"]);
            assert_eq!(app.see("SELECT meta_id FROM quarantine").await, [""; 0], "nor to whoever holds it next");
            let seen = deliveries::get(services, &bo.actor, shared).await.unwrap();
            assert_eq!((seen.parts.len(), seen.events.len(), &seen.body), (1, 1, &None));
            assert!(!format!("{seen:?}").contains("canary-to-ada"), "{seen:?}");
            assert!(matches!(deliveries::get(services, &bo.actor, alone).await, Err(Error::NotFound(_))));
        }
        let theirs = format!("SELECT text FROM messages WHERE tenant_id = '{}' ORDER BY 1", ada.tenant());
        assert_eq!(app.see(&theirs).await, ["canary-alone", "canary-to-ada"], "what she had stays hers");
    }
}

db_test! {
    async fn what_was_nobodys_goes_to_whoever_holds_it_when_it_is_applied_again(app: &TestApp) {
        let bo = app.owner("bo").await;
        app.arrive(&[text("100", SHEENA, "wamid.1", 1, "hi")]).await;
        let operator = app.operator().await;
        app.hold(&bo, AssetKind::WhatsappNumber, "100").await;
        deliveries::replay(&app.services, &operator.actor, Replay::Filter(Filter::default())).await.unwrap();
        app.idle().await;
        assert_eq!(app.see("SELECT tenant_id || ' ' || outcome FROM delivery_parts").await, [format!("{} applied", bo.tenant())]);
        assert_eq!(app.see("SELECT text FROM messages").await, ["hi"]);
    }
}

db_test! {
    async fn what_was_asked_for_is_applied_though_the_process_ends(app: &TestApp) {
        let (ada, bo, shared, alone) = two(app).await;
        assert_eq!(deliveries::replay(&app.services, &ada.actor, Replay::Ids(vec![shared, alone])).await.unwrap(), 2);
        deliveries::replay(&app.services, &ada.actor, Replay::Ids(vec![alone])).await.unwrap();
        deliveries::replay(&app.services, &bo.actor, Replay::Ids(vec![shared])).await.unwrap();
        assert_eq!(app.see("SELECT tenant_id FROM replays").await.len(), 3, "each once, however often it is asked for");
        let replayed = "SELECT asset_meta_id FROM delivery_parts WHERE replayed_at IS NOT NULL ORDER BY 1";
        assert!(app.see(replayed).await.is_empty());
        let next = app.restarted();
        crate::support::idle(&next).await;
        assert_eq!(app.see(replayed).await, ["100", "100", "200"]);
        assert!(app.see("SELECT tenant_id FROM replays").await.is_empty());
        next.journal().close().await;
    }
}
