//! The built-in worlds and worlds from JSON.

use std::collections::BTreeSet;

use simulator::{World, WorldError};

#[test]
fn every_named_world_survives_json() {
    for name in World::NAMES {
        let world = World::named(name).unwrap();
        assert_eq!(world.name, name);
        assert_eq!(World::from_json(&world.to_json()).unwrap(), world);
    }
}

#[test]
fn the_agency_is_as_large_and_irregular_as_promised() {
    let world = World::agency();
    assert_eq!(world, World::agency(), "generated the same every time");
    assert_eq!((world.pages.len(), world.whatsapp_accounts.len(), world.phone_numbers.len()), (500, 40, 120));
    assert_eq!((world.businesses.len(), world.ad_accounts.len(), world.instagram_accounts.len()), (3, 60, 180));
    assert_eq!(world.pages.iter().filter(|page| page.instagram.is_some()).count(), 180);
    assert!(world.pages.iter().any(|page| !page.has_token));
    assert!(world.pages.iter().any(|page| !page.tasks.contains(&"MESSAGING".to_owned()) && !page.tasks.is_empty()));
    assert!(world.pages.iter().any(|page| page.tasks.is_empty()));
    let only_accounts = world.pages.iter().filter(|page| page.business.is_none() && page.clients.is_empty());
    assert!(only_accounts.count() > 0);
    assert!(world.pages.iter().any(|page| !page.in_accounts && page.business.is_some()));
    assert!(world.pages.iter().any(|page| !page.in_accounts && page.business.is_none() && !page.clients.is_empty()));
    assert!(world.pages.iter().any(|page| page.in_accounts && page.business.is_some() && !page.clients.is_empty()));
    let shared = world.whatsapp_accounts.iter().filter(|one| one.business.is_none() && !one.clients.is_empty());
    assert_eq!(shared.count(), 3, "WABAs that only the edge of clients lists");
    let shared = world.ad_accounts.iter().filter(|one| one.business.is_none() && !one.clients.is_empty());
    assert_eq!(shared.filter(|one| !one.in_me).count(), 3, "ad accounts that only the edge of clients lists");
    let set = |values: Vec<&String>| values.into_iter().cloned().collect::<BTreeSet<String>>();
    let numbers = &world.phone_numbers;
    assert_eq!(set(numbers.iter().map(|number| &number.status).collect()).len(), 10);
    assert_eq!(set(numbers.iter().map(|number| &number.quality_rating).collect()).len(), 5);
    assert_eq!(set(numbers.iter().map(|number| &number.platform_type).collect()).len(), 3);
    assert_eq!(set(numbers.iter().map(|number| &number.code_verification_status).collect()).len(), 3);
    assert!(numbers.iter().any(|number| number.is_on_biz_app));
    let statuses: BTreeSet<u32> = world.ad_accounts.iter().map(|account| account.account_status).collect();
    assert_eq!(statuses, BTreeSet::from([1, 2, 3, 7, 8, 9, 100, 101]));
    let names = set(world.pages.iter().map(|page| &page.name).collect());
    assert!(names.len() > 400, "{} different names", names.len());
    assert!(names.iter().any(|name| name.contains('🥐')) && names.iter().any(|name| name.contains("مقهى")));
}

#[test]
fn a_broken_world_is_refused() {
    let mut twice = World::corner_shop();
    twice.pages.push(twice.pages[0].clone());
    assert!(matches!(World::from_json(&twice.to_json()), Err(WorldError::DuplicateId(_))));
    let mut dangling = World::corner_shop();
    dangling.pages[0].instagram = Some("404".into());
    assert!(matches!(World::from_json(&dangling.to_json()), Err(WorldError::DanglingId { .. })));
    assert!(matches!(World::from_json(r#"{"pagez":[]}"#), Err(WorldError::Json(_))));
    let small = World::from_json(r#"{"people":[{"id":"1","name":"Ada"}],"pages":[{"id":"2","name":"Page"}]}"#).unwrap();
    assert!(small.pages[0].has_token && small.pages[0].in_accounts);
}
