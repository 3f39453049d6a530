#![allow(clippy::unwrap_used)]
use super::*;
use crate::{
    connect::discover::found::FoundInstagram,
    meta::{AccessToken, IgUserId},
};

fn page(token: bool, tasks: Option<&[&str]>, business: Option<(&str, Relation)>) -> FoundPage {
    FoundPage {
        id: "1".parse().unwrap(),
        name: "A".into(),
        category: None,
        tasks: tasks.map(|tasks| tasks.iter().map(ToString::to_string).collect()),
        picture_url: None,
        business: business.map(|(id, relation)| (id.parse().unwrap(), relation)),
        token: token.then(|| AccessToken::new("EAAx")),
        instagram: None,
    }
}

fn merged(rows: &[FoundPage]) -> FoundPage {
    let mut gathered = Gathered::default();
    rows.iter().for_each(|row| gathered.add_page(row.clone()));
    let mut pages = gathered.into_discovery().pages;
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

#[test]
fn the_row_with_a_token_wins_and_the_other_fills_the_gaps() {
    let instagram =
        FoundInstagram { id: "17".parse::<IgUserId>().unwrap(), username: None, name: None, picture_url: None };
    let own = page(true, Some(&["MESSAGING"]), None);
    let mut shared = page(false, Some(&["ANALYZE"]), Some(("9", Relation::Client)));
    shared.instagram = Some(instagram.clone());
    shared.category = Some("Cafe".into());
    for rows in [[own.clone(), shared.clone()], [shared, own]] {
        let page = merged(&rows);
        assert!(page.token.is_some());
        assert_eq!(page.tasks.unwrap(), ["MESSAGING"]);
        assert_eq!(page.instagram, Some(instagram.clone()));
        assert_eq!(page.category.as_deref(), Some("Cafe"));
        assert_eq!(page.business, Some(("9".parse().unwrap(), Relation::Client)));
    }
}

#[test]
fn the_owner_tells_more_than_a_client_whatever_came_first() {
    let owned = page(true, None, Some(("9", Relation::Owned)));
    let client = page(true, None, Some(("1", Relation::Client)));
    for rows in [[owned.clone(), client.clone()], [client, owned]] {
        assert_eq!(merged(&rows).business, Some(("9".parse().unwrap(), Relation::Owned)));
    }
}

#[test]
fn unknown_tasks_do_not_hide_known_ones() {
    let known = page(true, Some(&["MESSAGING"]), None);
    let unknown = page(true, None, None);
    for rows in [[known.clone(), unknown.clone()], [unknown, known]] {
        assert_eq!(merged(&rows).tasks.unwrap(), ["MESSAGING"]);
    }
}

#[test]
fn lists_are_sorted_by_name_then_id() {
    let mut gathered = Gathered::default();
    for (id, name) in [("3", "beta"), ("2", "Alpha"), ("1", "Beta")] {
        gathered.add_business(FoundBusiness { id: id.parse().unwrap(), name: name.into(), verification_status: None });
    }
    let ids: Vec<String> = gathered.into_discovery().businesses.into_iter().map(|one| one.id.to_string()).collect();
    assert_eq!(ids, ["2", "1", "3"]);
}
