//! Connections that are being taken apart, and assets that move between tenants.

use std::time::Duration;

use server::{
    asset_kind::AssetKind,
    db::{
        assets,
        connections::{self, ConnectionStatus},
        credentials,
        disconnections::{self, Step, StepKind, StepState},
    },
    error::Error,
    ids::{AssetId, ConnectionId, TenantId, UserId},
};

use crate::support::{SAID, Store};

const PAGE: AssetKind = AssetKind::FacebookPage;

fn step(position: i64, kind: StepKind, state: StepState) -> Step {
    Step {
        position,
        kind,
        asset_kind: Some(PAGE),
        meta_id: "1".into(),
        name: "One".into(),
        state,
        sentence: String::new(),
        explanation: None,
        done: 0,
        total: 0,
        at: None,
    }
}

/// A connection with a Page that is chosen.
async fn standing(store: &Store, who: &(TenantId, UserId), person: &str, page: &str) -> (ConnectionId, AssetId) {
    let id = store.connection(who, person).await;
    let found = store.assets(&who.0, &id, &[(PAGE, page, None)]).await;
    let attempt = store.choosing(who, &id).await;
    store.select(&who.0, &attempt, &id, &found).await;
    (id, found[0].clone())
}

async fn begin(store: &Store, (tenant, user): &(TenantId, UserId), id: &ConnectionId, steps: &[Step]) -> bool {
    let until = store.now().plus(Duration::from_secs(100));
    disconnections::insert(store.db(), tenant, id, ((user, "ada"), until), steps, &[*SAID], store.now()).await.unwrap()
}

db_test! {
    async fn what_is_ours_ends_and_the_steps_follow(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let (id, _) = standing(store, &ada, "77", "1").await;
        let steps = [step(1, StepKind::Unsubscribe, StepState::Waiting), step(2, StepKind::DropTokens, StepState::Waiting)];
        assert!(!begin(store, &eve, &id, &steps).await);
        assert!(begin(store, &ada, &id, &steps).await);
        assert!(!begin(store, &ada, &id, &steps).await, "once");
        let kept = connections::get(store.db(), &ada.0, &id).await.unwrap().unwrap();
        assert_eq!(kept.status, ConnectionStatus::Disconnected);
        assert!(store.storage.texts("SELECT meta_id FROM routes").await.is_empty());
        assert!(assets::list_selected(store.db(), &ada.0).await.unwrap().is_empty());
        assert_eq!(credentials::list(store.db(), &ada.0, &id).await.unwrap().len(), 1, "for the steps");
        assert_eq!(disconnections::list_steps(store.db(), &ada.0, &id).await.unwrap(), steps);

        assert_eq!(disconnections::get(store.db(), &eve.0, &id).await.unwrap(), None);
        assert!(disconnections::list_steps(store.db(), &eve.0, &id).await.unwrap().is_empty());
        let failed = Step { state: StepState::Failed, sentence: "no".into(), explanation: Some("{}".into()), at: Some(5), ..steps[0].clone() };
        disconnections::update_step(store.db(), &eve.0, &id, &failed).await.unwrap();
        disconnections::drop_tokens(store.db(), &eve.0, &id).await.unwrap();
        disconnections::mark_finished(store.db(), &eve.0, &id, store.now()).await.unwrap();
        assert_eq!(disconnections::list_steps(store.db(), &ada.0, &id).await.unwrap(), steps);
        disconnections::update_step(store.db(), &ada.0, &id, &failed).await.unwrap();
        assert_eq!(disconnections::list_steps(store.db(), &ada.0, &id).await.unwrap()[0], failed);

        // What failed waits for a person, until the time of the tokens is over.
        assert!(disconnections::list_unfinished_across_tenants(store.db(), store.now()).await.unwrap().is_empty());
        let over = store.now().plus(Duration::from_secs(100));
        let left = disconnections::list_unfinished_across_tenants(store.db(), over).await.unwrap();
        assert_eq!(left, [(ada.0.clone(), id.clone())]);
        assert_eq!(disconnections::mark_waiting(store.db(), &eve.0, &id).await.unwrap(), 0);
        assert_eq!(disconnections::mark_waiting(store.db(), &ada.0, &id).await.unwrap(), 1);
        assert_eq!(disconnections::list_unfinished_across_tenants(store.db(), store.now()).await.unwrap().len(), 1);

        disconnections::drop_tokens(store.db(), &ada.0, &id).await.unwrap();
        assert!(credentials::list(store.db(), &ada.0, &id).await.unwrap().is_empty());
        disconnections::mark_finished(store.db(), &ada.0, &id, store.now()).await.unwrap();
        assert!(disconnections::list_unfinished_across_tenants(store.db(), over).await.unwrap().is_empty());
    }
}

db_test! {
    async fn tokens_of_a_connection_that_stands_are_not_dropped(store: &Store) {
        let ada = store.tenant("ada").await;
        let (id, _) = standing(store, &ada, "77", "1").await;
        disconnections::drop_tokens(store.db(), &ada.0, &id).await.unwrap();
        assert_eq!(credentials::list(store.db(), &ada.0, &id).await.unwrap().len(), 1);
    }
}

db_test! {
    async fn an_asset_moves_in_one_transaction(store: &Store) {
        let ada = store.tenant("ada").await;
        let eve = store.tenant("eve").await;
        let (hers, page) = standing(store, &ada, "77", "1").await;
        let theirs = store.connection(&eve, "78").await;
        let found = store.assets(&eve.0, &theirs, &[(PAGE, "1", None), (PAGE, "2", None)]).await;
        let said = (&*SAID, &*SAID, "\"why\"");
        // Not with another tenant's connection, nor what nobody holds.
        let foreign = assets::transfer(store.db(), &ada.0, &theirs, &found, said, store.now()).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
        let nobody = assets::transfer(store.db(), &eve.0, &theirs, &found[1..], said, store.now()).await.unwrap();
        assert!(nobody.is_empty());
        let moved = assets::transfer(store.db(), &eve.0, &theirs, &found, said, store.now()).await.unwrap();
        assert_eq!((moved.len(), &moved[0].tenant_id, &moved[0].connection_id), (1, &ada.0, &hers));
        let routes = "SELECT t.name || r.meta_id || r.asset_id FROM routes r JOIN tenants t ON t.id = r.tenant_id";
        assert_eq!(store.storage.texts(routes).await, [format!("eve1{}", found[0])]);
        assert!(assets::list_selected(store.db(), &ada.0).await.unwrap().is_empty());
        let left = assets::get(store.db(), &ada.0, &page).await.unwrap().unwrap();
        assert_eq!((left.selected, left.pending, left.unusable.as_deref()), (false, false, Some("\"why\"")));
        let here = assets::get(store.db(), &eve.0, &found[0]).await.unwrap().unwrap();
        assert!(here.selected && here.pending);
        let kept = connections::get(store.db(), &eve.0, &theirs).await.unwrap().unwrap();
        assert_eq!(kept.status, ConnectionStatus::Connected, "it holds something now");
        let told = "SELECT t.name || ' ' || COUNT(*) FROM audit_log l JOIN tenants t ON t.id = l.tenant_id
            WHERE l.action = 'test' GROUP BY t.name ORDER BY 1";
        assert_eq!(store.storage.texts(told).await.len(), 2, "both sides");
        let again = assets::transfer(store.db(), &eve.0, &theirs, &found, said, store.now()).await.unwrap();
        assert!(again.is_empty());
    }
}

db_test! {
    async fn an_asset_that_moves_while_its_holder_disconnects_is_routed_all_the_same(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        standing(store, &ada, "77", "1").await;
        let theirs = store.connection(&eve, "78").await;
        let found = store.assets(&eve.0, &theirs, &[(PAGE, "1", None)]).await;
        // The route is on its way out, and nobody else sees it yet. SQLite has one writer.
        let Some(mut holder) = store.storage.hold_rows("DELETE FROM routes").await else { return };
        let other = async {
            holder.somebody_waits(&store.storage).await;
            holder.let_go().await;
        };
        let said = (&*SAID, &*SAID, "\"why\"");
        let moving = assets::transfer(store.db(), &eve.0, &theirs, &found, said, store.now());
        let (moved, ()) = tokio::join!(moving, other);
        assert_eq!(moved.unwrap().len(), 1);
        assert_eq!(store.storage.texts("SELECT asset_id FROM routes").await, [found[0].to_string()]);
    }
}
