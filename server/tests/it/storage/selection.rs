use server::{
    asset_kind::AssetKind,
    db::{
        assets::{self, Selected},
        attempts::{self, Phase},
        connections::{self, ConnectionStatus},
        credentials,
    },
    ids::{AssetId, ConnectionId, CredentialId, TenantId, UserId},
};

use crate::support::{Store, found, sealed};

const PAGE: AssetKind = AssetKind::FacebookPage;
const INSTAGRAM: AssetKind = AssetKind::InstagramAccount;
const ACCOUNT: AssetKind = AssetKind::WhatsappAccount;
const NUMBER: AssetKind = AssetKind::WhatsappNumber;

/// A connection of `who` with a Page, its Instagram account, another Page, and an account with two numbers.
async fn discovered(store: &Store, who: &(TenantId, UserId), person: &str) -> (ConnectionId, Vec<AssetId>) {
    let connection = store.connection(who, person).await;
    let found = [
        (PAGE, "10", None),
        (INSTAGRAM, "20", Some("10")),
        (PAGE, "11", None),
        (ACCOUNT, "30", None),
        (NUMBER, "40", Some("30")),
        (NUMBER, "41", Some("30")),
    ];
    let ids = store.assets(&who.0, &connection, &found).await;
    (connection, ids)
}

async fn choose(store: &Store, who: &(TenantId, UserId), connection: &ConnectionId, chosen: &[&AssetId]) -> Selected {
    let attempt = store.choosing(who, connection).await;
    let chosen: Vec<AssetId> = chosen.iter().map(|id| (*id).clone()).collect();
    store.select(&who.0, &attempt, connection, &chosen).await
}

async fn selected(store: &Store, tenant: &TenantId) -> Vec<String> {
    assets::list_selected(store.db(), tenant).await.unwrap().into_iter().map(|asset| asset.meta_id).collect()
}

async fn routes(store: &Store) -> Vec<String> {
    store
        .storage
        .texts("SELECT r.meta_id || ' ' || t.name FROM routes r JOIN tenants t ON t.id = r.tenant_id ORDER BY 1")
        .await
}

db_test! {
    async fn exactly_the_choice_is_selected_and_routed(store: &Store) {
        let ada = store.tenant("ada").await;
        let (connection, ids) = discovered(store, &ada, "77").await;
        let attempt = store.choosing(&ada, &connection).await;
        let chosen = [ids[1].clone(), ids[2].clone()];
        let done = store.select(&ada.0, &attempt, &connection, &chosen).await;
        assert_eq!(done, Selected::Saved(2));
        assert_eq!(selected(store, &ada.0).await, ["11", "20"]);
        assert_eq!(routes(store).await, ["11 ada", "20 ada"]);
        assert_eq!(attempts::get(store.db(), &ada.0, &attempt).await.unwrap().unwrap().phase, Phase::Applying);
        let stands = connections::get(store.db(), &ada.0, &connection).await.unwrap().unwrap();
        assert_eq!(stands.status, ConnectionStatus::Connected);
        let again = store.select(&ada.0, &attempt, &connection, &ids[..1]).await;
        assert_eq!(again, Selected::NotChoosing);
        assert_eq!(selected(store, &ada.0).await, ["11", "20"]);
    }
}

db_test! {
    async fn the_job_that_applies_it_is_asked_for_with_the_choice_or_not_at_all(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let (hers, her_assets) = discovered(store, &ada, "77").await;
        let (theirs, their_assets) = discovered(store, &eve, "78").await;
        choose(store, &ada, &hers, &[&her_assets[0]]).await;
        let jobs = async || store.storage.texts("SELECT kind || ' ' || state || ' ' || tenant_id || ' ' || subject FROM jobs").await;
        let asked = [format!("apply_choice ready {} {hers}", ada.0)];
        assert_eq!(jobs().await, asked);

        let refused = choose(store, &eve, &theirs, &[&their_assets[0], &their_assets[2]]).await;
        assert_eq!(refused, Selected::HeldElsewhere { name: "name of 10".into() });
        assert_eq!(jobs().await, asked);
    }
}

db_test! {
    async fn a_number_brings_its_account(store: &Store) {
        let ada = store.tenant("ada").await;
        let (connection, ids) = discovered(store, &ada, "77").await;
        assert_eq!(choose(store, &ada, &connection, &[&ids[4]]).await, Selected::Saved(2));
        assert_eq!(selected(store, &ada.0).await, ["30", "40"]);
    }
}

db_test! {
    async fn a_later_choice_replaces_the_earlier_one(store: &Store) {
        let ada = store.tenant("ada").await;
        let (connection, ids) = discovered(store, &ada, "77").await;
        choose(store, &ada, &connection, &[&ids[0], &ids[2]]).await;
        assets::mark_subscribed(store.db(), &ada.0, &ids[0], store.now()).await.unwrap();
        choose(store, &ada, &connection, &[&ids[2]]).await;
        assert_eq!(selected(store, &ada.0).await, ["11"]);
        assert_eq!(routes(store).await, ["11 ada"]);
        let all = assets::list_by_connection(store.db(), &ada.0, &connection).await.unwrap();
        let left = all.iter().find(|asset| asset.meta_id == "10").unwrap();
        assert!(left.pending && left.subscribed_at.is_none(), "it is still to be unsubscribed");
        assets::mark_left(store.db(), &ada.0, &connection).await.unwrap();
        let all = assets::list_by_connection(store.db(), &ada.0, &connection).await.unwrap();
        let pending: Vec<_> = all.iter().filter(|asset| asset.pending).map(|asset| asset.meta_id.as_str()).collect();
        assert_eq!(pending, ["11"]);
    }
}

db_test! {
    async fn what_left_the_choice_keeps_its_token_until_it_is_unsubscribed(store: &Store) {
        let ada = store.tenant("ada").await;
        let (connection, ids) = discovered(store, &ada, "77").await;
        let read = async |pages: &[&str]| {
            let token = |page: &&str| (CredentialId::new(&store.ids), (*page).to_owned(), sealed(page));
            let tokens: Vec<_> = pages.iter().map(token).collect();
            connections::upsert_page_tokens(store.db(), &ada.0, &connection, &tokens, store.now()).await.unwrap();
        };
        let kept = async || {
            let kept = credentials::list(store.db(), &ada.0, &connection).await.unwrap();
            kept.into_iter().map(|credential| credential.subject).collect::<Vec<_>>()
        };
        read(&["10", "11"]).await;
        choose(store, &ada, &connection, &[&ids[1], &ids[2]]).await;
        choose(store, &ada, &connection, &[&ids[2]]).await;
        assert_eq!(kept().await, ["10", "11", "77"], "the Instagram account that left is reached with its Page's");
        // Somebody reads the assets anew and has not chosen yet.
        let again = store.choosing(&ada, &connection).await;
        assets::mark_left(store.db(), &ada.0, &connection).await.unwrap();
        assert_eq!(kept().await, ["10", "11", "77"]);
        let done = store.select(&ada.0, &again, &connection, &ids[2..3]).await;
        assert_eq!(done, Selected::Saved(1));
        assert_eq!(kept().await, ["11", "77"]);
    }
}

db_test! {
    async fn a_route_names_the_app_whose_grant_made_it(store: &Store) {
        let ada = store.tenant("ada").await;
        let (connection, ids) = discovered(store, &ada, "77").await;
        choose(store, &ada, &connection, &[&ids[4]]).await;
        let routes = store.storage.texts("SELECT kind || ' ' || meta_id || ' ' || meta_app_id FROM routes ORDER BY 1").await;
        assert_eq!(routes, ["whatsapp_account 30 1029384756102938", "whatsapp_number 40 1029384756102938"]);
    }
}

db_test! {
    async fn a_choice_of_many_is_saved_whole(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let pages: Vec<String> = (1_000..2_201).map(|page| page.to_string()).collect();
        let pages: Vec<_> = pages.iter().map(|page| (PAGE, page.as_str(), None)).collect();
        let ids = store.assets(&ada.0, &connection, &pages).await;
        let all: Vec<_> = ids.iter().collect();
        assert_eq!(choose(store, &ada, &connection, &all).await, Selected::Saved(1_201));
        assert_eq!(choose(store, &ada, &connection, &all[1..]).await, Selected::Saved(1_200));
        assert_eq!(selected(store, &ada.0).await.len(), 1_200);
        assert_eq!(routes(store).await.len(), 1_200);
    }
}

db_test! {
    async fn tokens_of_pages_that_were_not_chosen_are_dropped(store: &Store) {
        let ada = store.tenant("ada").await;
        let (connection, ids) = discovered(store, &ada, "77").await;
        let token = |page: &str| (CredentialId::new(&store.ids), page.to_owned(), sealed(page));
        let tokens = [token("10"), token("11"), token("12")];
        connections::upsert_page_tokens(store.db(), &ada.0, &connection, &tokens, store.now()).await.unwrap();
        choose(store, &ada, &connection, &[&ids[1]]).await;
        let kept = credentials::list(store.db(), &ada.0, &connection).await.unwrap();
        let kept: Vec<_> = kept.iter().map(|credential| credential.subject.as_str()).collect();
        assert_eq!(kept, ["10", "77"], "Instagram is reached with its Page's token; the person's own stays");
    }
}

db_test! {
    async fn what_is_unusable_or_not_of_this_connection_is_refused_and_nothing_saved(store: &Store) {
        let ada = store.tenant("ada").await;
        let connection = store.connection(&ada, "77").await;
        let mut broken = found(&store.ids, PAGE, "1", None);
        broken.unusable = Some("{}".into());
        let rows = [broken, found(&store.ids, AssetKind::Business, "2", None), found(&store.ids, PAGE, "3", None)];
        assets::replace_discovered(store.db(), &ada.0, &connection, &rows).await.unwrap();
        let other = discovered(store, &ada, "78").await;
        let attempt = store.choosing(&ada, &connection).await;
        let before = store.storage.dump().await;
        for wrong in [&rows[0].id, &rows[1].id, &other.1[0], &AssetId::new(&store.ids)] {
            let chosen = [rows[2].id.clone(), wrong.clone()];
            let done = store.select(&ada.0, &attempt, &connection, &chosen).await;
            assert_eq!(done, Selected::Unknown(wrong.clone()));
        }
        assert_eq!(store.storage.dump().await, before);
    }
}

db_test! {
    async fn one_tenant_holds_an_asset_and_the_other_saves_nothing(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let (first, hers) = discovered(store, &ada, "77").await;
        choose(store, &ada, &first, &[&hers[4]]).await;
        let (second, theirs) = discovered(store, &eve, "78").await;
        let held = assets::list_held_elsewhere(store.db(), &eve.0, &second).await.unwrap();
        assert_eq!(held.len(), 2, "the number and its account");
        assert!(held.contains(&theirs[4]) && held.contains(&theirs[3]));
        assert!(assets::list_held_elsewhere(store.db(), &ada.0, &first).await.unwrap().is_empty());

        let attempt = store.choosing(&eve, &second).await;
        let before = store.storage.dump().await;
        for wanted in [&theirs[4], &theirs[5], &theirs[3]] {
            let chosen = [theirs[0].clone(), (*wanted).clone()];
            let done = store.select(&eve.0, &attempt, &second, &chosen).await;
            assert!(matches!(done, Selected::HeldElsewhere { .. }), "{done:?}");
        }
        assert_eq!(store.storage.dump().await, before);
    }
}

db_test! {
    async fn a_tenants_second_connection_takes_an_asset_over(store: &Store) {
        let ada = store.tenant("ada").await;
        let (first, one) = discovered(store, &ada, "77").await;
        let (second, two) = discovered(store, &ada, "78").await;
        choose(store, &ada, &first, &[&one[0], &one[2]]).await;
        assert_eq!(choose(store, &ada, &second, &[&two[0]]).await, Selected::Saved(1));
        let chosen = assets::list_selected(store.db(), &ada.0).await.unwrap();
        let chosen: Vec<_> = chosen.iter().map(|asset| (asset.meta_id.as_str(), &asset.connection_id)).collect();
        assert_eq!(chosen, [("10", &second), ("11", &first)]);
        assert_eq!(routes(store).await, ["10 ada", "11 ada"]);
        // The first connection goes: the route that the second took over stays.
        store.disconnect(&ada, &first).await;
        assert_eq!(routes(store).await, ["10 ada"]);
    }
}

db_test! {
    async fn who_receives_through_a_carrier_is_known_over_all_tenants(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let (first, one) = discovered(store, &ada, "77").await;
        let (second, two) = discovered(store, &eve, "78").await;
        let carries = |connection: ConnectionId, carrier: &'static str| async move {
            let all = assets::list_carrying_others_across_tenants(store.db(), &connection).await.unwrap();
            let one = assets::is_carrying_others_across_tenants(store.db(), &connection, carrier).await.unwrap();
            assert_eq!(all.contains(carrier), one, "{all:?}");
            one
        };
        choose(store, &ada, &first, &[&one[0]]).await;
        assert!(!carries(first.clone(), "10").await, "it alone uses the Page");
        choose(store, &eve, &second, &[&two[1]]).await;
        assert!(carries(first.clone(), "10").await, "the other's Instagram account receives through the Page");
        assert!(carries(second.clone(), "10").await);
        assert!(!carries(second, "11").await);
    }
}

db_test! {
    async fn disconnecting_ends_tokens_routes_and_the_choice_of_one_connection(store: &Store) {
        let ada = store.tenant("ada").await;
        let (first, one) = discovered(store, &ada, "77").await;
        let (second, two) = discovered(store, &ada, "78").await;
        choose(store, &ada, &first, &[&one[0]]).await;
        choose(store, &ada, &second, &[&two[2]]).await;
        store.disconnect(&ada, &first).await;
        assert_eq!(selected(store, &ada.0).await, ["11"]);
        assert_eq!(routes(store).await, ["11 ada"]);
        assert!(credentials::list(store.db(), &ada.0, &first).await.unwrap().is_empty());
        assert_eq!(credentials::list(store.db(), &ada.0, &second).await.unwrap().len(), 1);
        let gone = connections::get(store.db(), &ada.0, &first).await.unwrap().unwrap();
        assert_eq!((gone.status, gone.disconnected_at), (ConnectionStatus::Disconnected, Some(store.now().as_millis())));
    }
}

db_test! {
    async fn another_tenants_attempt_and_connection_are_out_of_reach(store: &Store) {
        let (ada, eve) = (store.tenant("ada").await, store.tenant("eve").await);
        let (connection, ids) = discovered(store, &ada, "77").await;
        let attempt = store.choosing(&ada, &connection).await;
        let own = discovered(store, &eve, "78").await;
        let own_attempt = store.choosing(&eve, &own.0).await;
        let before = store.storage.dump().await;
        let select = |attempt: server::ids::AttemptId, connection: ConnectionId| {
            let (tenant, chosen) = (eve.0.clone(), ids[..1].to_vec());
            async move { store.select(&tenant, &attempt, &connection, &chosen).await }
        };
        assert_eq!(select(attempt, connection.clone()).await, Selected::NotChoosing);
        assert_eq!(select(own_attempt.clone(), connection.clone()).await, Selected::NotChoosing);
        assert_eq!(select(own_attempt, own.0.clone()).await, Selected::Unknown(ids[0].clone()));
        assert!(assets::list_held_elsewhere(store.db(), &eve.0, &connection).await.unwrap().is_empty());
        assert_eq!(store.storage.dump().await, before);
    }
}
