//! Nothing that the person can reach is missed, whatever way leads to it.

use std::{collections::BTreeMap, time::Duration};

use server::{
    connect::discover::{AssetRef, Discovery, Relation, Usability, discover, usability},
    meta::{BusinessId, Permission, TokenKind},
};
use simulator::{AssetKind, Consent, Effect, Fault, Options, Selection, World};

use super::{Meta, Steps};

const SYSTEM_USER: &str = "700100000000003";
const EMBEDDED_SIGNUP: &str = "700100000000002";

fn ids<'a>(all: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut ids: Vec<&str> = all.into_iter().collect();
    ids.sort_unstable();
    ids
}

/// The portfolio under which an asset was found, and how it belongs there.
fn seen(business: &Option<(BusinessId, Relation)>) -> Option<(&str, Relation)> {
    business.as_ref().map(|(id, relation)| (id.as_str(), *relation))
}

/// The portfolio under which it is to be found: its owner, or where that is out of sight, the first one that it is shared with.
fn belonging<'a>(owner: &'a Option<String>, clients: &'a [String]) -> Option<(&'a str, Relation)> {
    let owned = owner.as_deref().map(|owner| (owner, Relation::Owned));
    owned.or(clients.first().map(|client| (client.as_str(), Relation::Client)))
}

/// Everything of the world was found, each thing once.
fn assert_complete(found: &Discovery, world: &World) {
    assert!(found.incomplete.is_empty(), "{:?}", found.incomplete);
    assert_eq!(
        ids(found.businesses.iter().map(|one| one.id.as_str())),
        ids(world.businesses.iter().map(|one| one.id.as_str()))
    );
    assert_eq!(ids(found.pages.iter().map(|one| one.id.as_str())), ids(world.pages.iter().map(|one| one.id.as_str())));
    assert_eq!(
        ids(found.wabas.iter().map(|one| one.id.as_str())),
        ids(world.whatsapp_accounts.iter().map(|one| one.id.as_str()))
    );
    assert_eq!(
        ids(found.ad_accounts.iter().map(|one| one.id.as_str())),
        ids(world.ad_accounts.iter().map(|one| one.id.as_str()))
    );
    assert_eq!(
        ids(found.wabas.iter().flat_map(|waba| &waba.numbers).map(|one| one.id.as_str())),
        ids(world.phone_numbers.iter().map(|one| one.id.as_str()))
    );
}

#[tokio::test]
async fn every_asset_of_the_agency_is_found_as_it_is() {
    let meta = Meta::start(World::agency()).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    let world = meta.control().world();
    assert_complete(&found, &world);

    let pages: BTreeMap<&str, _> = found.pages.iter().map(|page| (page.id.as_str(), page)).collect();
    for expected in &world.pages {
        let page = pages[expected.id.as_str()];
        assert_eq!(page.name, expected.name);
        assert_eq!(page.category.as_deref(), Some(expected.category.as_str()));
        assert_eq!(page.token.is_some(), expected.has_token, "{}", expected.id);
        assert_eq!(page.tasks.as_deref(), Some(expected.tasks.as_slice()), "{}", expected.id);
        assert!(page.picture_url.is_some());
        assert_eq!(page.instagram.as_ref().map(|one| one.id.as_str()), expected.instagram.as_deref());
        assert_eq!(seen(&page.business), belonging(&expected.business, &expected.clients), "{}", expected.id);
    }
    assert_eq!(found.pages.iter().filter(|page| page.instagram.is_some()).count(), 180);
    for waba in &found.wabas {
        let expected = world.whatsapp_accounts.iter().find(|one| one.id == waba.id.as_str()).unwrap();
        assert_eq!(seen(&waba.business), belonging(&expected.business, &expected.clients), "{}", expected.id);
        assert_eq!(waba.account_review_status.as_deref(), Some(expected.account_review_status.as_str()));
        for number in &waba.numbers {
            let expected = world.phone_numbers.iter().find(|one| one.id == number.id.as_str()).unwrap();
            assert_eq!(expected.waba, waba.id.as_str());
            assert_eq!(number.display_phone_number, expected.display_phone_number);
            assert_eq!(number.status.as_deref(), Some(expected.status.as_str()));
            assert_eq!(number.quality_rating.as_deref(), Some(expected.quality_rating.as_str()));
            assert_eq!(number.platform_type.as_deref(), Some(expected.platform_type.as_str()));
            assert_eq!(number.throughput.as_deref(), Some(expected.throughput.as_str()));
            assert_eq!(number.messaging_limit.as_deref(), Some(expected.messaging_limit.as_str()));
            assert_eq!(number.is_pin_enabled, expected.pin.is_some());
            assert_eq!(number.is_on_biz_app, expected.is_on_biz_app);
        }
    }
    for account in &found.ad_accounts {
        let expected = world.ad_accounts.iter().find(|one| one.id == account.id.as_str()).unwrap();
        assert_eq!(seen(&account.business), belonging(&expected.business, &expected.clients), "{}", expected.id);
    }
    // What outsiders own is listed among what they share, and nowhere else.
    let shared = |business: &Option<(BusinessId, Relation)>| matches!(business, Some((_, Relation::Client)));
    assert_eq!(found.pages.iter().filter(|page| shared(&page.business)).count(), 40);
    assert_eq!(found.wabas.iter().filter(|waba| shared(&waba.business)).count(), 3);
    assert_eq!(found.ad_accounts.iter().filter(|account| shared(&account.business)).count(), 3);
}

#[tokio::test]
async fn tiny_pages_of_results_change_nothing_but_the_number_of_calls() {
    let options = Options { world: World::agency(), page_size: Some(7), ..Options::default() };
    let meta = Meta::start_with(options, Duration::from_secs(60)).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    assert_complete(&found, &meta.control().world());
    assert!(meta.control().call_count() > 70, "the lists were read page by page");
}

#[tokio::test]
async fn when_the_wide_question_is_refused_the_narrow_ones_find_as_much() {
    let meta = Meta::start(World::agency()).await;
    let token = meta.token();
    let too_much = Effect::Error {
        status: 500,
        code: 1,
        subcode: None,
        message: Some("Please reduce the amount of data you're asking for, then retry your request".into()),
        transient: false,
    };
    let _ = meta.control().set_fault(Fault::new(too_much).on_path("/me/businesses").times(1));
    let found = meta.discover(&token).await.unwrap();
    assert_complete(&found, &meta.control().world());
    assert!(meta.control().operation_count() <= 40);
}

#[tokio::test]
async fn a_field_that_meta_does_not_know_is_left_out() {
    let meta = Meta::start(World::agency()).await;
    let token = meta.token();
    for edge in ["/me/businesses", "/me/accounts"] {
        let unknown = Effect::Error {
            status: 400,
            code: 100,
            subcode: None,
            message: Some("(#100) Tried accessing nonexisting field (tasks) on node type (Page)".into()),
            transient: false,
        };
        let _ = meta.control().set_fault(Fault::new(unknown).on_path(edge).times(1));
    }
    let found = meta.discover(&token).await.unwrap();
    assert_complete(&found, &meta.control().world());
    assert!(found.pages.iter().all(|page| page.tasks.is_none()), "unknown is not the same as none");
}

#[tokio::test]
async fn an_empty_world_is_found_empty_without_an_error() {
    let meta = Meta::start(World::empty()).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    assert_complete(&found, &meta.control().world());
}

#[tokio::test]
async fn what_was_declined_is_not_asked_about() {
    let meta = Meta::start(World::declined()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    assert!(!facts.has(&Permission::BUSINESS_MANAGEMENT));
    let found = meta.discover(&token).await.unwrap();
    assert!(found.businesses.is_empty());
    assert!(meta.control().requests().iter().all(|request| !request.path.ends_with("/businesses")));
    // The WhatsApp account is in no list without the portfolio; its id is known from the token alone.
    assert_eq!(found.wabas.len(), 1);
    assert_eq!(found.wabas[0].numbers.len(), 1);
    assert_eq!(found.wabas[0].business, None);
    let judged = usability(AssetRef::Number(&found.wabas[0], &found.wabas[0].numbers[0]), &facts);
    assert_eq!(judged, Usability::Usable);
}

#[tokio::test]
async fn only_what_was_ticked_is_found() {
    let meta = Meta::start(World::agency()).await;
    let world = meta.control().world();
    let page = world.pages[3].id.clone();
    let waba = world.whatsapp_accounts[5].id.clone();
    let consent = Consent {
        assets: [
            (AssetKind::Page, Selection::only([page.clone()])),
            (AssetKind::Whatsapp, Selection::only([waba.clone()])),
        ]
        .into(),
        other_assets: Some(Selection::none()),
        ..Consent::everything()
    };
    let token = meta.token_by("700100000000001", &consent).await;
    let found = meta.discover(&token).await.unwrap();
    assert!(found.incomplete.is_empty(), "{:?}", found.incomplete);
    assert_eq!(found.pages.iter().map(|page| page.id.as_str()).collect::<Vec<_>>(), [page]);
    assert_eq!(found.wabas.iter().map(|waba| waba.id.as_str()).collect::<Vec<_>>(), [waba]);
    assert!(found.businesses.is_empty() && found.ad_accounts.is_empty());
}

#[tokio::test]
async fn a_system_user_reaches_its_portfolio() {
    let meta = Meta::start(World::corner_shop()).await;
    let token = meta.token_by(SYSTEM_USER, &Consent::everything()).await;
    assert_eq!(meta.facts(&token).await.kind, TokenKind::SystemUser);
    let found = meta.discover(&token).await.unwrap();
    assert_complete(&found, &meta.control().world());
}

#[tokio::test]
async fn embedded_signup_leads_to_the_account_and_its_number() {
    let meta = Meta::start(World::agency()).await;
    let waba = meta.control().world().whatsapp_accounts[7].id.clone();
    let consent = Consent { waba: Some(waba.clone()), ..Consent::everything() };
    let token = meta.token_by(EMBEDDED_SIGNUP, &consent).await;
    let found = meta.discover(&token).await.unwrap();
    assert!(found.incomplete.is_empty(), "{:?}", found.incomplete);
    assert_eq!(found.wabas.iter().map(|waba| waba.id.as_str()).collect::<Vec<_>>(), [waba]);
    assert_eq!(found.wabas[0].numbers.len(), 3);
    assert!(found.pages.is_empty());
}

#[tokio::test]
async fn progress_grows_and_ends() {
    let meta = Meta::start(World::agency()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    let steps = Steps::default();
    discover(&meta.graph, &token, &facts, &steps).await.unwrap();
    let steps = steps.all();
    for pair in steps.windows(2) {
        let (a, b) = (pair[0].found, pair[1].found);
        assert!(a.pages <= b.pages && a.wabas <= b.wabas && a.numbers <= b.numbers && a.ad_accounts <= b.ad_accounts);
        assert!(a.businesses <= b.businesses && a.instagram <= b.instagram);
        assert!(!pair[0].done);
    }
    let last = steps.last().unwrap();
    assert!(last.done && last.reading.is_none());
    assert_eq!((last.found.pages, last.found.instagram, last.found.numbers), (500, 180, 120));
    assert!(steps.len() > 8, "progress is told on the way");
    assert!(steps.iter().filter_map(|step| step.reading.as_ref()).any(|what| what.to_string() == "your Pages"));
}

#[tokio::test]
async fn every_asset_of_the_agency_is_judged() {
    let meta = Meta::start(World::agency()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    let found = meta.discover(&token).await.unwrap();
    let world = meta.control().world();
    for page in &found.pages {
        let expected = world.pages.iter().find(|one| one.id == page.id.as_str()).unwrap();
        let able = expected.tasks.iter().any(|task| matches!(task.as_str(), "MESSAGING" | "MODERATE" | "MANAGE"));
        let judged = usability(AssetRef::Page(page), &facts);
        assert_eq!(judged.is_usable(), able && expected.has_token, "{} {judged:?}", page.id);
    }
    for (waba, number) in found.wabas.iter().flat_map(|waba| waba.numbers.iter().map(move |number| (waba, number))) {
        let judged = usability(AssetRef::Number(waba, number), &facts);
        let lost = matches!(number.status.as_deref(), Some("BANNED" | "DELETED" | "MIGRATED"))
            || number.platform_type.as_deref() == Some("ON_PREMISE")
            || waba.account_review_status.as_deref() == Some("REJECTED");
        assert_eq!(judged.is_usable(), !lost, "{number:?} {judged:?}");
    }
    for account in &found.ad_accounts {
        let judged = usability(AssetRef::AdAccount(account), &facts);
        assert_eq!(judged.is_usable(), !matches!(account.account_status, Some(2 | 100 | 101)));
    }
}

#[tokio::test]
async fn a_system_user_whose_portfolio_refuses_the_wide_question_still_finds_all() {
    let meta = Meta::start(World::corner_shop()).await;
    let token = meta.token_by(SYSTEM_USER, &Consent::everything()).await;
    let facts = meta.facts(&token).await;
    let portfolio = format!("/{}", meta.control().world().businesses[0].id);
    let _ = meta.control().set_fault(Fault::error(&portfolio[1..], 400, 100).times(1));
    let found = meta.discover_with(&facts, &token).await.unwrap();
    assert_complete(&found, &meta.control().world());
    let narrow =
        meta.control().requests().iter().filter(|one| one.path.contains(&format!("{portfolio}/owned_"))).count();
    assert_eq!(narrow, 3);
}

#[tokio::test]
async fn an_account_with_many_numbers_is_read_to_its_end() {
    let mut world = World::corner_shop();
    let first = world.phone_numbers[0].clone();
    for n in 1..240 {
        let mut number = first.clone();
        number.id = format!("1906385232{n:05}");
        world.phone_numbers.push(number);
    }
    let meta = Meta::start(world).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    assert_complete(&found, &meta.control().world());
    assert_eq!(found.wabas[0].numbers.len(), 240);
    assert_eq!(meta.control().operation_count(), 5, "two more than for one number");
}

#[tokio::test]
async fn an_older_version_is_asked_by_its_own_field_names() {
    let meta = Meta::start(World::corner_shop()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    let mut app = meta.graph.app().clone();
    app.graph_version = "v22.0".parse().unwrap();
    let transport = server::meta::Transport::new(server::meta::TransportSettings::default()).unwrap();
    let old = server::meta::GraphClient::new(transport, std::sync::Arc::new(app), server::clock::Clock::system());
    let found = discover(&old, &token, &facts, &server::connect::discover::Silent).await.unwrap();
    assert_complete(&found, &meta.control().world());
    assert!(found.wabas[0].numbers[0].messaging_limit.is_some());
}

#[tokio::test]
async fn a_page_token_finds_nothing_and_says_so() {
    let meta = Meta::start(World::corner_shop()).await;
    let found = meta.discover(&meta.token()).await.unwrap();
    let page = found.pages[0].token.clone().unwrap();
    let facts = meta.facts(&page).await;
    assert_eq!(facts.kind, TokenKind::Page);
    assert!(meta.discover_with(&facts, &page).await.is_err());
    assert_eq!(meta.control().call_count(), 0);
}

#[test]
fn a_discovery_can_run_in_any_task() {
    fn sendable<T: Send>(_: T) {}
    #[allow(dead_code, reason = "that it compiles is the test")]
    fn check(graph: &server::meta::GraphClient, token: &server::meta::AccessToken, facts: &server::meta::TokenFacts) {
        sendable(discover(graph, token, facts, &server::connect::discover::Silent));
    }
}
