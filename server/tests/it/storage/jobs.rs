use std::time::Duration;

use server::{
    clock::Timestamp,
    db::jobs::{self, Job, NewJob},
    ids::{JobId, TenantId},
};

use crate::support::Store;

const MINUTE: Duration = Duration::from_secs(60);

async fn ask(store: &Store, tenant: Option<&TenantId>, subject: &str, run_at: Timestamp) {
    let id = JobId::new(&store.ids);
    let job = NewJob { id: &id, tenant_id: tenant, kind: "apply_choice", subject, run_at };
    jobs::insert_across_tenants(store.db(), &job, store.now()).await.unwrap();
}

async fn claim(store: &Store, lease: &str, most: i64) -> Vec<Job> {
    jobs::claim_across_tenants(store.db(), lease, most, store.now(), store.now().plus(MINUTE)).await.unwrap()
}

async fn states(store: &Store) -> Vec<String> {
    store.storage.texts("SELECT subject || ' ' || state || ' ' || attempts FROM jobs ORDER BY subject, id").await
}

db_test! {
    async fn one_unfinished_job_of_a_kind_and_subject(store: &Store) {
        let (ada, _) = store.tenant("ada").await;
        ask(store, Some(&ada), "one", store.now().plus(MINUTE)).await;
        ask(store, Some(&ada), "one", store.now()).await;
        ask(store, Some(&ada), "one", store.now().plus(MINUTE)).await;
        let claimed = claim(store, "a", 10).await;
        assert_eq!(claimed.len(), 1, "the second asking brought it forward, the third did not put it off");
        assert_eq!((claimed[0].subject.as_str(), &claimed[0].tenant_id), ("one", &Some(ada)));
        assert!(jobs::mark_done_across_tenants(store.db(), &claimed[0], "a", store.now()).await.unwrap());
        ask(store, None, "one", store.now()).await;
        assert_eq!(states(store).await, ["one done 1", "one ready 0"]);
    }
}

db_test! {
    async fn what_is_asked_for_while_it_runs_runs_once_more(store: &Store) {
        ask(store, None, "one", store.now()).await;
        let first = claim(store, "a", 10).await.remove(0);
        ask(store, None, "one", store.now()).await;
        assert!(claim(store, "b", 10).await.is_empty(), "not beside itself");
        assert!(jobs::mark_done_across_tenants(store.db(), &first, "a", store.now()).await.unwrap());
        let second = claim(store, "b", 10).await.remove(0);
        assert_eq!((&second.id, second.attempts), (&first.id, 1));
        assert!(jobs::mark_done_across_tenants(store.db(), &second, "b", store.now()).await.unwrap());
        assert!(claim(store, "b", 10).await.is_empty());
        // The same when the run that was under way failed.
        ask(store, None, "two", store.now()).await;
        let run = claim(store, "a", 10).await.remove(0);
        ask(store, None, "two", store.now()).await;
        let later = store.now().plus(MINUTE);
        assert!(jobs::mark_ready_across_tenants(store.db(), &run, "a", "{}", later).await.unwrap());
        assert_eq!(claim(store, "b", 10).await.len(), 1, "it does not wait");
    }
}

db_test! {
    async fn what_is_asked_for_during_the_last_try_is_not_given_up(store: &Store) {
        ask(store, None, "one", store.now()).await;
        let last = claim(store, "a", 10).await.remove(0);
        ask(store, None, "one", store.now()).await;
        assert!(!jobs::mark_dead_across_tenants(store.db(), &last, "a", "{}", store.now()).await.unwrap());
        assert!(jobs::list_dead_across_tenants(store.db(), 10).await.unwrap().is_empty());
        assert_eq!(states(store).await, ["one ready 0"], "from the beginning");
        let again = claim(store, "b", 10).await.remove(0);
        assert!(jobs::mark_dead_across_tenants(store.db(), &again, "b", "{}", store.now()).await.unwrap());
        assert_eq!(states(store).await, ["one dead 1"]);
    }
}

db_test! {
    async fn claimants_at_once_share_the_jobs(store: &Store) {
        for subject in 0..12 {
            ask(store, None, &format!("{subject:02}"), store.now()).await;
        }
        let names = ["a", "b", "c", "d"];
        let claimed = futures::future::join_all(names.iter().map(|lease| claim(store, lease, 4))).await;
        let mut subjects: Vec<String> = claimed.into_iter().flatten().map(|job| job.subject).collect();
        subjects.extend(claim(store, "e", 12).await.into_iter().map(|job| job.subject));
        subjects.sort();
        let all: Vec<String> = (0..12).map(|subject| format!("{subject:02}")).collect();
        assert_eq!(subjects, all, "each once");
    }
}

db_test! {
    async fn a_lease_that_is_not_renewed_ends_and_its_holder_decides_nothing_more(store: &Store) {
        ask(store, None, "one", store.now()).await;
        let dead = claim(store, "dead", 10).await.remove(0);
        store.clock.advance(MINUTE / 2);
        assert!(jobs::update_lease_across_tenants(store.db(), &dead, "dead", store.now().plus(MINUTE)).await.unwrap());
        store.clock.advance(MINUTE - Duration::from_millis(1));
        assert!(claim(store, "next", 10).await.is_empty(), "it was renewed");
        store.clock.advance(Duration::from_millis(1));
        let next = claim(store, "next", 10).await.remove(0);
        assert_eq!((&next.id, next.attempts), (&dead.id, 2));

        let (db, now) = (store.db(), store.now());
        assert!(!jobs::update_lease_across_tenants(db, &dead, "dead", now.plus(MINUTE)).await.unwrap());
        assert!(!jobs::mark_done_across_tenants(db, &dead, "dead", now).await.unwrap());
        assert!(!jobs::mark_dead_across_tenants(db, &dead, "dead", "{}", now).await.unwrap());
        assert!(!jobs::mark_ready_across_tenants(db, &dead, "dead", "{}", now).await.unwrap());
        assert!(!jobs::mark_done_across_tenants(db, &dead, "next", now).await.unwrap(), "an earlier run of the same process");
        assert_eq!(states(store).await, ["one running 2"]);
        assert!(jobs::mark_done_across_tenants(db, &next, "next", now).await.unwrap());
    }
}

db_test! {
    async fn what_is_given_back_was_not_begun(store: &Store) {
        ask(store, None, "one", store.now()).await;
        ask(store, None, "two", store.now()).await;
        claim(store, "a", 1).await;
        claim(store, "b", 1).await;
        assert_eq!(jobs::release_across_tenants(store.db(), "a").await.unwrap(), 1);
        assert_eq!(states(store).await, ["one ready 0", "two running 1"]);
    }
}

db_test! {
    async fn a_dead_job_is_listed_and_tried_again(store: &Store) {
        ask(store, None, "one", store.now()).await;
        let job = claim(store, "a", 1).await.remove(0);
        assert!(jobs::mark_dead_across_tenants(store.db(), &job, "a", "{}", store.now()).await.unwrap());
        let dead = jobs::list_dead_across_tenants(store.db(), 10).await.unwrap();
        assert_eq!((dead.len(), dead[0].problem.as_deref()), (1, Some("{}")));
        assert_eq!(jobs::count_unfinished_across_tenants(store.db()).await.unwrap(), 0);
        // Another one that waits already is enough.
        ask(store, None, "one", store.now()).await;
        assert!(!jobs::replay_across_tenants(store.db(), &job.id, store.now()).await.unwrap());
        let twin = claim(store, "a", 1).await.remove(0);
        jobs::mark_done_across_tenants(store.db(), &twin, "a", store.now()).await.unwrap();
        assert!(jobs::replay_across_tenants(store.db(), &job.id, store.now()).await.unwrap());
        assert!(!jobs::replay_across_tenants(store.db(), &job.id, store.now()).await.unwrap());
        assert_eq!(claim(store, "a", 1).await[0].attempts, 1);
    }
}

db_test! {
    async fn finished_jobs_are_forgotten(store: &Store) {
        for subject in ["dead", "done", "waits"] {
            ask(store, None, subject, store.now()).await;
        }
        let run = claim(store, "a", 2).await;
        jobs::mark_dead_across_tenants(store.db(), &run[0], "a", "{}", store.now()).await.unwrap();
        jobs::mark_done_across_tenants(store.db(), &run[1], "a", store.now()).await.unwrap();
        let (now, later) = (store.now(), store.now().plus(MINUTE));
        assert_eq!(jobs::delete_finished_across_tenants(store.db(), now, now).await.unwrap(), 0);
        assert_eq!(jobs::delete_finished_across_tenants(store.db(), later, now).await.unwrap(), 1);
        assert_eq!(states(store).await, ["dead dead 1", "waits ready 0"]);
        assert_eq!(jobs::delete_finished_across_tenants(store.db(), later, later).await.unwrap(), 1);
    }
}
