use server::{
    db::connection_log::{self, NewLogEntry, Outcome},
    ids::{ConnectionId, LogId, TenantId},
};

use crate::support::Store;

async fn write(store: &Store, tenant: &TenantId, connection: &ConnectionId, sentences: &[(&str, Outcome)]) {
    let entries: Vec<_> = sentences
        .iter()
        .map(|(sentence, outcome)| NewLogEntry {
            id: LogId::new(&store.ids),
            asset_name: Some("Brasa Café".into()),
            kind: "subscribed",
            outcome: *outcome,
            sentence: (*sentence).into(),
            explanation: None,
        })
        .collect();
    connection_log::insert(store.db(), tenant, connection, &entries, store.now()).await.unwrap();
}

async fn read(store: &Store, tenant: &TenantId, before: Option<&LogId>, problems: bool) -> Vec<(LogId, String)> {
    let page = connection_log::list(store.db(), tenant, before, problems, 2).await.unwrap();
    page.into_iter().map(|entry| (entry.id, entry.sentence)).collect()
}

db_test! {
    async fn entries_come_newest_first_in_pages(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let entries = [("one", Outcome::Ok), ("two", Outcome::Problem), ("three", Outcome::Note), ("four", Outcome::Problem)];
        write(store, &ada.0, &connection, &entries).await;
        write(store, &ada.0, &connection, &[]).await;
        let sentences = |page: &[(LogId, String)]| page.iter().map(|(_, s)| s.clone()).collect::<Vec<_>>();
        let first = read(store, &ada.0, None, false).await;
        assert_eq!(sentences(&first), ["four", "three"]);
        let second = read(store, &ada.0, Some(&first[1].0), false).await;
        assert_eq!(sentences(&second), ["two", "one"]);
        assert!(read(store, &ada.0, Some(&second[1].0), false).await.is_empty());
        assert_eq!(sentences(&read(store, &ada.0, None, true).await), ["four", "two"]);
        assert_eq!(sentences(&read(store, &ada.0, Some(&first[0].0), true).await), ["two"]);
    }
}

db_test! {
    async fn an_entry_says_what_was_written(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        write(store, &ada.0, &connection, &[("one", Outcome::Problem)]).await;
        let entry = connection_log::list(store.db(), &ada.0, None, false, 9).await.unwrap().remove(0);
        assert_eq!((entry.connection_id, entry.at), (Some(connection), store.now().as_millis()));
        assert_eq!((entry.kind.as_str(), entry.outcome), ("subscribed", Outcome::Problem));
        assert_eq!(entry.asset_name.as_deref(), Some("Brasa Café"));
    }
}

async fn write_about_attempt(store: &Store, tenant: &TenantId, sentence: &str, outcome: Outcome) {
    let id = LogId::new(&store.ids);
    let (kind, sentence) = ("signup_left", sentence.to_owned());
    let entry = NewLogEntry { id, asset_name: None, kind, outcome, sentence, explanation: None };
    connection_log::insert_about_attempt(store.db(), tenant, &entry, store.now()).await.unwrap();
}

db_test! {
    async fn lines_about_attempts_stand_among_the_others(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let connection = store.connection(&ada, "77").await;
        write(store, &ada.0, &connection, &[("one", Outcome::Ok)]).await;
        write_about_attempt(store, &ada.0, "two", Outcome::Problem).await;
        write(store, &ada.0, &connection, &[("three", Outcome::Ok)]).await;
        write_about_attempt(store, &eve.0, "theirs", Outcome::Ok).await;
        let sentences = |page: &[(LogId, String)]| page.iter().map(|(_, s)| s.clone()).collect::<Vec<_>>();
        let first = read(store, &ada.0, None, false).await;
        assert_eq!(sentences(&first), ["three", "two"]);
        assert_eq!(sentences(&read(store, &ada.0, Some(&first[1].0), false).await), ["one"]);
        assert_eq!(sentences(&read(store, &ada.0, None, true).await), ["two"]);
        let line = connection_log::list(store.db(), &eve.0, None, false, 9).await.unwrap().remove(0);
        assert_eq!((line.connection_id, line.asset_name, line.sentence.as_str()), (None, None, "theirs"));
        store.clock.advance(std::time::Duration::from_secs(1));
        assert_eq!(connection_log::delete_old_across_tenants(store.db(), store.now(), 9).await.unwrap(), 4);
        assert!(read(store, &eve.0, None, false).await.is_empty());
    }
}

db_test! {
    async fn a_tenant_reads_its_own_log_alone(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let connection = store.connection(&ada, "77").await;
        write(store, &ada.0, &connection, &[("hers", Outcome::Ok)]).await;
        assert!(read(store, &eve.0, None, false).await.is_empty());
    }
}

db_test! {
    async fn the_oldest_go_when_there_are_too_many_or_a_year_is_over(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let (hers, theirs) = (store.connection(&ada, "77").await, store.connection(&eve, "78").await);
        let before = store.now();
        write(store, &eve.0, &theirs, &[("aged", Outcome::Ok)]).await;
        store.clock.advance(std::time::Duration::from_secs(1));
        write(store, &ada.0, &hers, &[("one", Outcome::Ok), ("two", Outcome::Ok), ("three", Outcome::Ok)]).await;
        write(store, &eve.0, &theirs, &[("kept", Outcome::Ok)]).await;
        let delete = |moment, kept| connection_log::delete_old_across_tenants(store.db(), moment, kept);
        assert_eq!(delete(before, 3).await.unwrap(), 0);
        assert_eq!(delete(store.now(), 2).await.unwrap(), 2);
        let left = store.storage.texts("SELECT sentence FROM connection_log ORDER BY id").await;
        assert_eq!(left, ["two", "three", "kept"]);
    }
}

db_test! {
    async fn a_line_kept_by_name_is_told_in_every_language_and_an_older_one_as_it_was_written(store: &Store) {
        use server::{explanation::Explanation, words::{Language, failures}};
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let explained: Explanation = failures::log::chosen("Ada".into(), 3);
        let kept = serde_json::to_string(&explained).unwrap();
        for (sentence, explanation) in [("Ada chose 3 assets.", Some(kept)), ("An older line.", None)] {
            let entry = NewLogEntry {
                id: LogId::new(&store.ids),
                asset_name: None,
                kind: "chosen",
                outcome: Outcome::Ok,
                sentence: sentence.into(),
                explanation,
            };
            connection_log::insert(store.db(), &ada.0, &connection, &[entry], store.now()).await.unwrap();
        }
        let lines = connection_log::list(store.db(), &ada.0, None, false, 10).await.unwrap();
        let told = |language| lines.iter().map(|entry| entry.line().told(language)).collect::<Vec<_>>();
        assert_eq!(told(Language::En), ["An older line.", "Ada chose 3 assets."]);
        assert_eq!(told(Language::Es), ["An older line.", "Ada eligió 3 activos."]);
        assert_eq!(told(Language::Ro), ["An older line.", "Ada a ales 3 resurse."]);
    }
}
