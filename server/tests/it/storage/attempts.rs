use std::time::Duration;

use server::{
    db::attempts::{self, Attempt, Flow, Phase},
    ids::{AttemptId, TenantId},
};

use crate::support::Store;

const MINUTE: Duration = Duration::from_secs(60);

async fn get(store: &Store, tenant: &TenantId, id: &AttemptId) -> Attempt {
    attempts::get(store.db(), tenant, id).await.unwrap().unwrap()
}

db_test! {
    async fn a_new_attempt_waits_and_is_found_by_its_state(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.attempt(&ada).await;
        let found = attempts::find_by_state_across_tenants(store.db(), id.as_str()).await.unwrap().unwrap();
        assert_eq!((&found.id, &found.tenant_id, &found.user_id), (&id, &ada.0, &ada.1));
        assert_eq!((found.phase, found.flow, found.consumed_at), (Phase::Waiting, Flow::Redirect, None));
        assert_eq!((found.session_hash.as_str(), found.progress.as_str()), ("session", "{}"));
        assert_eq!(found.beat_at, store.now().as_millis());
        assert!(attempts::find_by_state_across_tenants(store.db(), "another").await.unwrap().is_none());
    }
}

db_test! {
    async fn a_state_is_used_once_and_in_time(store: &Store) {
        let ada = store.tenant("ada").await;
        let (id, late) = (store.attempt(&ada).await, store.attempt(&ada).await);
        let db = store.db();
        assert!(attempts::claim(db, &ada.0, &id, store.now()).await.unwrap());
        assert!(!attempts::claim(db, &ada.0, &id, store.now()).await.unwrap());
        assert_eq!(get(store, &ada.0, &id).await.phase, Phase::Exchanging);
        assert!(!attempts::claim(db, &ada.0, &late, store.now().plus(10 * MINUTE)).await.unwrap());
        assert_eq!(get(store, &ada.0, &late).await.phase, Phase::Waiting);
        assert!(attempts::claim(db, &ada.0, &late, store.now().plus(9 * MINUTE)).await.unwrap());
    }
}

db_test! {
    async fn many_at_once_use_a_state_once(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.attempt(&ada).await;
        let claims = (0..8).map(|_| attempts::claim(store.db(), &ada.0, &id, store.now()));
        let won = futures::future::join_all(claims).await.into_iter().filter(|won| *won.as_ref().unwrap()).count();
        assert_eq!(won, 1);
    }
}

db_test! {
    async fn phases_follow_each_other(store: &Store) {
        let ada = store.tenant("ada").await;
        let db = store.db();
        let id = store.attempt(&ada).await;
        let connection = store.connection(&ada, "77").await;
        attempts::mark_choosing(db, &ada.0, &id, "[]", store.now()).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.phase, Phase::Waiting, "nothing was read yet");
        attempts::mark_connected(db, &ada.0, &id, &connection, store.now()).await.unwrap();
        attempts::update_progress(db, &ada.0, &id, "{\"pages\":3}", store.now()).await.unwrap();
        let reading = get(store, &ada.0, &id).await;
        assert_eq!((reading.phase, reading.connection_id), (Phase::Discovering, Some(connection)));
        assert_eq!(reading.progress, "{\"pages\":3}");
        attempts::mark_choosing(db, &ada.0, &id, "[1]", store.now()).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.incomplete, "[1]");
        let step = |from, to| attempts::update_phase(db, &ada.0, &id, from, to, store.now());
        assert!(!step(Phase::Waiting, Phase::Applying).await.unwrap());
        assert!(step(Phase::Choosing, Phase::Applying).await.unwrap());
        attempts::mark_ended(db, &ada.0, &id, Phase::Failed, None, store.now()).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.phase, Phase::Applying, "a choice that was saved does not fail");
    }
}

db_test! {
    async fn an_ended_attempt_says_why_and_its_state_is_used_up(store: &Store) {
        let ada = store.tenant("ada").await;
        let id = store.attempt(&ada).await;
        attempts::mark_ended(store.db(), &ada.0, &id, Phase::Cancelled, Some("{}"), store.now()).await.unwrap();
        let ended = get(store, &ada.0, &id).await;
        assert_eq!((ended.phase, ended.problem.as_deref()), (Phase::Cancelled, Some("{}")));
        assert!(!attempts::claim(store.db(), &ada.0, &id, store.now()).await.unwrap());
    }
}

db_test! {
    async fn the_latest_unfinished_attempt_of_a_person_is_found(store: &Store) {
        let ada = store.tenant("ada").await;
        let bob = (ada.0.clone(), store.user("bob").await);
        let eve = store.tenant("eve").await;
        let connection = store.connection(&ada, "77").await;
        let find = || attempts::find_unfinished(store.db(), &ada.0, &ada.1, store.now().minus(MINUTE));
        store.attempt(&ada).await;
        assert!(find().await.unwrap().is_none(), "one that waits for Meta is not offered");
        store.choosing(&ada, &connection).await;
        store.clock.advance(Duration::from_secs(1));
        let latest = store.choosing(&ada, &connection).await;
        store.choosing(&bob, &connection).await;
        assert_eq!(find().await.unwrap().unwrap().id, latest);
        let foreign = attempts::find_unfinished(store.db(), &eve.0, &ada.1, store.now().minus(MINUTE)).await.unwrap();
        assert!(foreign.is_none());
        store.clock.advance(MINUTE);
        assert!(find().await.unwrap().is_none(), "an old one is not offered again");
    }
}

db_test! {
    async fn work_left_behind_is_taken_over_once(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let id = store.choosing(&ada, &connection).await;
        let take = |phase, stale| attempts::claim_stale(store.db(), &ada.0, &id, phase, stale, store.now());
        assert!(!take(Phase::Choosing, store.now().minus(MINUTE)).await.unwrap(), "somebody is at it");
        store.clock.advance(2 * MINUTE);
        assert!(!take(Phase::Discovering, store.now().minus(MINUTE)).await.unwrap(), "it is in another phase");
        assert!(take(Phase::Choosing, store.now().minus(MINUTE)).await.unwrap());
        assert!(!take(Phase::Choosing, store.now().minus(MINUTE)).await.unwrap(), "once");
    }
}

db_test! {
    async fn applying_is_known_beats_and_ends_by_connection(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let db = store.db();
        let connection = store.connection(&ada, "77").await;
        let id = store.choosing(&ada, &connection).await;
        assert!(attempts::list_applying_across_tenants(db).await.unwrap().is_empty());
        attempts::update_phase(db, &ada.0, &id, Phase::Choosing, Phase::Applying, store.now()).await.unwrap();
        let applying = attempts::list_applying_across_tenants(db).await.unwrap();
        assert_eq!((applying.len(), &applying[0].connection_id), (1, &connection));
        let later = store.now().plus(MINUTE);
        attempts::beat_applying(db, &eve.0, &connection, later).await.unwrap();
        attempts::mark_done(db, &eve.0, &connection, later).await.unwrap();
        let untouched = get(store, &ada.0, &id).await;
        assert_eq!((untouched.phase, untouched.beat_at), (Phase::Applying, store.now().as_millis()));
        attempts::beat_applying(db, &ada.0, &connection, later).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.beat_at, later.as_millis());
        attempts::mark_done(db, &ada.0, &connection, later).await.unwrap();
        assert_eq!(get(store, &ada.0, &id).await.phase, Phase::Done);
    }
}

db_test! {
    async fn old_attempts_that_wait_for_somebody_are_abandoned(store: &Store) {
        let ada = store.tenant("ada").await;
        let db = store.db();
        let connection = store.connection(&ada, "77").await;
        let old = store.attempt(&ada).await;
        let done = store.choosing(&ada, &connection).await;
        attempts::update_phase(db, &ada.0, &done, Phase::Choosing, Phase::Done, store.now()).await.unwrap();
        store.clock.advance(MINUTE);
        let young = store.attempt(&ada).await;
        attempts::mark_abandoned_across_tenants(db, store.now()).await.unwrap();
        for (id, phase) in [(&old, Phase::Cancelled), (&done, Phase::Done), (&young, Phase::Waiting)] {
            assert_eq!(get(store, &ada.0, id).await.phase, phase);
        }
    }
}

db_test! {
    async fn another_tenants_attempt_is_out_of_reach(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let connection = store.connection(&ada, "77").await;
        let (waiting, choosing) = (store.attempt(&ada).await, store.choosing(&ada, &connection).await);
        let own = store.attempt(&eve).await;
        let before = store.storage.dump().await;
        let (db, now) = (store.db(), store.now().plus(MINUTE));
        assert!(attempts::get(db, &eve.0, &waiting).await.unwrap().is_none());
        assert!(!attempts::claim(db, &eve.0, &waiting, now).await.unwrap());
        assert!(!attempts::update_phase(db, &eve.0, &choosing, Phase::Choosing, Phase::Done, now).await.unwrap());
        assert!(!attempts::claim_stale(db, &eve.0, &choosing, Phase::Choosing, now, now).await.unwrap());
        attempts::mark_connected(db, &eve.0, &waiting, &connection, now).await.unwrap();
        attempts::mark_connected(db, &eve.0, &own, &connection, now).await.unwrap();
        attempts::mark_choosing(db, &eve.0, &choosing, "[9]", now).await.unwrap();
        attempts::update_progress(db, &eve.0, &waiting, "{\"pages\":9}", now).await.unwrap();
        attempts::mark_ended(db, &eve.0, &waiting, Phase::Failed, Some("{}"), now).await.unwrap();
        assert_eq!(store.storage.dump().await, before);
    }
}
