//! What a discovery makes of a Meta that misbehaves.

use std::time::Duration;

use server::{
    connect::discover::{Discovery, Source},
    meta::{CredentialProblem, Garble, LimitScope, MetaErrorKind as Kind, Unreachability},
};
use simulator::{Effect, Fault, Options, Revocation, World};

use super::Meta;

async fn with_fault(fault: Fault) -> (Meta, Result<Discovery, server::meta::MetaError>) {
    let options = Options { world: World::agency(), ..Options::default() };
    let meta = Meta::start_with(options, Duration::from_secs(20)).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    meta.control().clear_requests();
    let _ = meta.control().set_fault(fault);
    let found = meta.discover_with(&facts, &token).await;
    (meta, found)
}

#[tokio::test]
async fn a_fault_on_one_list_costs_only_that_list() {
    for (effect, kind) in [
        (Effect::Html { status: 200 }, Kind::Unintelligible(Garble::Html)),
        (Effect::Html { status: 502 }, Kind::Transient),
        (Effect::Body { status: 200, body: r#"{"data":7}"#.into() }, Kind::Unintelligible(Garble::WrongType)),
        (Effect::Body { status: 200, body: "[]".into() }, Kind::Unintelligible(Garble::WrongType)),
        (Effect::Body { status: 500, body: String::new() }, Kind::Transient),
    ] {
        let (_, found) = with_fault(Fault::new(effect.clone()).on_path("/me/adaccounts")).await;
        let found = found.unwrap();
        assert_eq!(found.pages.len(), 500, "{effect:?}");
        assert_eq!(found.ad_accounts.len(), 60, "those of the portfolios are there, and the others by name");
        let [incomplete] = found.incomplete.as_slice() else { panic!("{effect:?}: {:?}", found.incomplete) };
        assert_eq!((&incomplete.what, incomplete.error.kind), (&Source::OwnAdAccounts, kind), "{effect:?}");
        assert!(!incomplete.error.explain().told(server::words::Language::En).todo.is_empty());
    }
}

#[tokio::test]
async fn a_connection_that_breaks_costs_only_its_list() {
    for effect in [Effect::HalfBody, Effect::Reset] {
        let (_, found) = with_fault(Fault::new(effect.clone()).on_path("/me/adaccounts")).await;
        let found = found.unwrap();
        let [incomplete] = found.incomplete.as_slice() else { panic!("{effect:?}: {:?}", found.incomplete) };
        // Where the break is noticed depends on how much had left the other side.
        let broken = matches!(
            incomplete.error.kind,
            Kind::Unintelligible(Garble::Truncated) | Kind::Unreachable(Unreachability::Interrupted)
        );
        assert!(broken, "{effect:?}: {:?}", incomplete.error);
        assert_eq!(found.pages.len(), 500);
    }
}

#[tokio::test]
async fn a_list_that_hangs_is_given_up() {
    let options = Options { world: World::corner_shop(), ..Options::default() };
    let meta = Meta::start_with(options, Duration::from_millis(300)).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    let _ = meta.control().set_fault(Fault::new(Effect::Hang).on_path("/me/accounts"));
    let found = meta.discover_with(&facts, &token).await;
    let found = found.unwrap();
    assert_eq!(found.pages.len(), 1, "the portfolio knows the Page too");
    assert_eq!(found.incomplete[0].error.kind, Kind::Unreachable(Unreachability::Timeout));
}

#[tokio::test]
async fn one_portfolio_with_a_fault_does_not_lose_the_others() {
    let meta = Meta::start(World::agency()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    let second = meta.control().world().businesses[1].id.clone();
    // The wide question fails, and later one edge of one portfolio does.
    let _ = meta.control().set_fault(Fault::error("businesses", 400, 10).times(1));
    let _ = meta.control().set_fault(Fault::error("owned_pages", 403, 200).on_path(&format!("/{second}/owned_pages")));
    let found = meta.discover_with(&facts, &token).await;
    let found = found.unwrap();
    assert_eq!((found.businesses.len(), found.wabas.len(), found.ad_accounts.len()), (3, 40, 60));
    let [incomplete] = found.incomplete.as_slice() else { panic!("{:?}", found.incomplete) };
    assert_eq!(incomplete.error.kind, Kind::Permission);
    assert_eq!(incomplete.what.to_string(), "Pages of Brasa Café Group");
    assert_eq!(found.pages.len(), 500, "the token names those that only the failing list holds");
}

#[tokio::test]
async fn a_token_that_dies_between_two_calls_stops_everything() {
    for (why, problem) in [
        (Revocation::PasswordChanged, CredentialProblem::PasswordChanged),
        (Revocation::AppRemoved, CredentialProblem::AppRemoved),
        (Revocation::Expired, CredentialProblem::Expired),
    ] {
        let (_, found) = with_fault(Fault::new(Effect::Revoke(why)).on_edge("owned_pages")).await;
        assert_eq!(found.unwrap_err().kind, Kind::Credential(problem), "{why:?}");
    }
}

#[tokio::test]
async fn when_nothing_can_be_read_the_reason_is_told() {
    let (_, found) = with_fault(Fault::new(Effect::Html { status: 200 })).await;
    assert_eq!(found.unwrap_err().kind, Kind::Unintelligible(Garble::Html));
    let (meta, found) = with_fault(Fault::new(Effect::Html { status: 503 })).await;
    assert_eq!(found.unwrap_err().kind, Kind::Transient);
    assert!(meta.control().call_count() < 25, "a Meta that is down is not hammered");
}

#[tokio::test]
async fn lists_that_never_end_are_given_up_and_what_was_read_is_kept() {
    let (meta, found) = with_fault(Fault::new(Effect::EndlessPaging).on_path("/me/a*")).await;
    let found = found.unwrap();
    assert_eq!((found.pages.len(), found.wabas.len(), found.ad_accounts.len()), (500, 40, 60));
    let what: Vec<&Source> = found.incomplete.iter().map(|one| &one.what).collect();
    assert_eq!(what, [&Source::OwnPages, &Source::OwnAdAccounts]);
    assert!(found.incomplete.iter().all(|one| one.error.kind == Kind::Unintelligible(Garble::Endless)));
    assert!(meta.control().call_count() < 20, "{}", meta.control().call_count());
}

#[tokio::test]
async fn portfolios_whose_every_list_goes_in_circles_are_given_up_too() {
    let meta = Meta::start(World::corner_shop()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    let _ = meta.control().set_fault(Fault::error("businesses", 400, 100).times(1));
    for endless in ["/*/*_pages", "/*/*_ad_accounts"] {
        let _ = meta.control().set_fault(Fault::new(Effect::EndlessPaging).on_path(endless));
    }
    let found = meta.discover_with(&facts, &token).await.unwrap();
    assert_eq!((found.businesses.len(), found.pages.len(), found.wabas.len(), found.ad_accounts.len()), (1, 1, 1, 1));
    assert_eq!(found.wabas[0].numbers.len(), 1);
    assert_eq!(found.incomplete.len(), 4, "{:?}", found.incomplete);
    assert!(meta.control().call_count() < 40, "{}", meta.control().call_count());
}

#[tokio::test]
async fn a_used_up_budget_is_not_asked_again() {
    let meta = Meta::start(World::agency()).await;
    let token = meta.token();
    let facts = meta.facts(&token).await;
    meta.control().clear_requests();
    let _ = meta.control().set_fault(Fault::error("businesses", 400, 4));
    let found = meta.discover_with(&facts, &token).await;
    let found = found.unwrap();
    assert_eq!(found.incomplete[0].error.kind, Kind::Limit(LimitScope::App));
    let asked = meta.control().requests().iter().filter(|request| request.path.ends_with("/me/businesses")).count();
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_passing_fault_leaves_no_trace() {
    let (_, found) = with_fault(Fault::new(Effect::Html { status: 503 }).times(2)).await;
    let found = found.unwrap();
    assert!(found.incomplete.is_empty(), "{:?}", found.incomplete);
    assert_eq!(found.pages.len(), 500);
}
