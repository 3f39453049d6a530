#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::{
    meta::{AccessToken, Expiry, GranularScopes, PERMISSIONS, Targets, TokenKind},
    words::Language,
};

fn facts(without: &[Permission]) -> TokenFacts {
    TokenFacts {
        kind: TokenKind::User,
        app_id: "1".parse().unwrap(),
        user_id: None,
        profile_id: None,
        is_valid: true,
        expires_at: Expiry::Never,
        data_access_expires_at: Expiry::Unknown,
        issued_at: None,
        scopes: PERMISSIONS.iter().map(|entry| entry.permission.clone()).filter(|p| !without.contains(p)).collect(),
        granular: GranularScopes::default(),
        invalid: None,
    }
}

fn page(tasks: Option<&[&str]>, token: bool) -> FoundPage {
    FoundPage {
        id: "10".parse().unwrap(),
        name: "Brasa Café".into(),
        category: None,
        tasks: tasks.map(|tasks| tasks.iter().map(ToString::to_string).collect()),
        picture_url: None,
        business: None,
        token: token.then(|| AccessToken::new("EAAx")),
        instagram: Some(FoundInstagram { id: "20".parse().unwrap(), username: None, name: None, picture_url: None }),
    }
}

fn waba(review: &str) -> FoundWaba {
    FoundWaba {
        id: "30".parse().unwrap(),
        name: "Brasa".into(),
        business: None,
        currency: None,
        timezone_id: None,
        account_review_status: Some(review.into()),
        numbers: Vec::new(),
    }
}

fn number(status: &str, platform: &str, verification: &str) -> FoundNumber {
    FoundNumber {
        id: "40".parse().unwrap(),
        display_phone_number: "+34 600 555 551".into(),
        verified_name: None,
        quality_rating: None,
        code_verification_status: Some(verification.into()),
        platform_type: Some(platform.into()),
        throughput: None,
        name_status: Some("APPROVED".into()),
        status: Some(status.into()),
        account_mode: Some("LIVE".into()),
        messaging_limit: None,
        last_onboarded: None,
        is_on_biz_app: false,
        is_pin_enabled: false,
        is_official_business_account: false,
    }
}

fn code(judged: &Usability) -> &str {
    match judged {
        Usability::Usable => "usable",
        Usability::NextStep(why) | Usability::Unusable(why) => &why.code,
    }
}

#[test]
fn a_page_needs_a_token_and_a_task_with_messages() {
    for (tasks, token, expected, usable) in [
        (Some(["MESSAGING"].as_slice()), true, "usable", true),
        (Some(&["ANALYZE", "MODERATE"]), true, "usable", true),
        (Some(&["MANAGE"]), true, "usable", true),
        (None, true, "usable", true),
        (Some(&["ANALYZE", "ADVERTISE"]), true, "page.no_messaging_task", false),
        (Some(&[]), true, "page.no_messaging_task", false),
        (Some(&["MESSAGING"]), false, "page.no_access", false),
    ] {
        let judged = usability(AssetRef::Page(&page(tasks, token)), &facts(&[]));
        assert_eq!((code(&judged), judged.is_usable()), (expected, usable), "{tasks:?} {token}");
    }
}

#[test]
fn missing_permissions_are_named() {
    let without = [Permission::PAGES_MESSAGING, Permission::PAGES_MANAGE_METADATA];
    let judged = usability(AssetRef::Page(&page(None, true)), &facts(&without));
    let Usability::Unusable(why) = judged else { panic!("{judged:?}") };
    assert_eq!(why.code, "asset.permission_missing");
    assert_eq!(why.told(Language::En).what, "The permissions pages_messaging, pages_manage_metadata were not granted.");
}

#[test]
fn instagram_depends_on_its_page() {
    let with = |tasks: &[&str], token| {
        let page = page(Some(tasks), token);
        let judged = usability(AssetRef::Instagram(&page, page.instagram.as_ref().unwrap()), &facts(&[]));
        code(&judged).to_owned()
    };
    assert_eq!(with(&["MESSAGING"], true), "usable");
    assert_eq!(with(&["ANALYZE"], true), "instagram.page_unusable");
    assert_eq!(with(&["MESSAGING"], false), "instagram.page_unusable");
    let page = page(None, true);
    let asset = AssetRef::Instagram(&page, page.instagram.as_ref().unwrap());
    assert_eq!(code(&usability(asset, &facts(&[Permission::INSTAGRAM_BASIC]))), "asset.permission_missing");
}

#[test]
fn what_was_not_chosen_for_a_permission_cannot_be_used() {
    let mut facts = facts(&[]);
    facts.granular = GranularScopes::from_pairs([
        (Permission::PAGES_MESSAGING, Targets::These(vec!["11".into()])),
        (Permission::WHATSAPP_BUSINESS_MANAGEMENT, Targets::All),
    ]);
    assert_eq!(code(&usability(AssetRef::Page(&page(None, true)), &facts)), "asset.not_chosen");
    assert_eq!(code(&usability(AssetRef::Waba(&waba("APPROVED")), &facts)), "usable");
}

#[test]
fn what_was_not_chosen_comes_without_a_token_and_is_told_as_not_chosen() {
    let with = |permission: Permission, ids: &[&str]| {
        let mut facts = facts(&[]);
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        facts.granular = GranularScopes::from_pairs([(permission, Targets::These(ids))]);
        let page = page(None, false);
        let instagram = usability(AssetRef::Instagram(&page, page.instagram.as_ref().unwrap()), &facts);
        [usability(AssetRef::Page(&page), &facts), instagram].map(|judged| code(&judged).to_owned())
    };
    let (pages, instagram) = (Permission::PAGES_MESSAGING, Permission::INSTAGRAM_MANAGE_MESSAGES);
    assert_eq!(with(pages.clone(), &["11"]), ["asset.not_chosen", "asset.not_chosen"]);
    assert_eq!(with(pages, &["10"]), ["page.no_access", "instagram.page_unusable"]);
    assert_eq!(with(instagram, &["21"]), ["page.no_access", "asset.not_chosen"]);
}

#[test]
fn numbers_are_judged_by_status_platform_and_verification() {
    for (status, platform, verification, expected, usable) in [
        ("CONNECTED", "CLOUD_API", "VERIFIED", "usable", true),
        ("CONNECTED", "CLOUD_API", "EXPIRED", "usable", true),
        ("PENDING", "NOT_APPLICABLE", "VERIFIED", "number.not_registered", true),
        ("DISCONNECTED", "CLOUD_API", "VERIFIED", "number.not_registered", true),
        ("UNVERIFIED", "NOT_APPLICABLE", "NOT_VERIFIED", "number.not_verified", true),
        ("FLAGGED", "CLOUD_API", "VERIFIED", "number.flagged", true),
        ("RESTRICTED", "CLOUD_API", "VERIFIED", "number.restricted", true),
        ("RATE_LIMITED", "CLOUD_API", "VERIFIED", "number.restricted", true),
        ("SOMETHING_NEW", "CLOUD_API", "VERIFIED", "number.unknown_status", true),
        ("CONNECTED", "ON_PREMISE", "VERIFIED", "number.on_premise", false),
        ("BANNED", "CLOUD_API", "VERIFIED", "number.banned", false),
        ("DELETED", "NOT_APPLICABLE", "VERIFIED", "number.deleted", false),
        ("MIGRATED", "CLOUD_API", "VERIFIED", "number.migrated", false),
    ] {
        let judged =
            usability(AssetRef::Number(&waba("APPROVED"), &number(status, platform, verification)), &facts(&[]));
        assert_eq!((code(&judged), judged.is_usable()), (expected, usable), "{status} {platform} {verification}");
    }
}

#[test]
fn a_number_of_a_rejected_account_cannot_be_used() {
    let number = number("CONNECTED", "CLOUD_API", "VERIFIED");
    assert_eq!(code(&usability(AssetRef::Number(&waba("REJECTED"), &number), &facts(&[]))), "waba.rejected");
    assert_eq!(code(&usability(AssetRef::Number(&waba("PENDING"), &number), &facts(&[]))), "usable");
    assert_eq!(code(&usability(AssetRef::Waba(&waba("PENDING")), &facts(&[]))), "waba.review_pending");
}

#[test]
fn test_numbers_and_refused_names_are_pointed_out() {
    let mut sandbox = number("CONNECTED", "CLOUD_API", "VERIFIED");
    sandbox.account_mode = Some("SANDBOX".into());
    assert_eq!(code(&usability(AssetRef::Number(&waba("APPROVED"), &sandbox), &facts(&[]))), "number.test_number");
    let mut declined = number("CONNECTED", "CLOUD_API", "VERIFIED");
    declined.name_status = Some("DECLINED".into());
    assert_eq!(code(&usability(AssetRef::Number(&waba("APPROVED"), &declined), &facts(&[]))), "number.name_declined");
}

#[test]
fn ad_accounts_are_judged_by_their_status() {
    for (status, expected, usable) in [
        (Some(1), "usable", true),
        (None, "usable", true),
        (Some(2), "ad_account.disabled", false),
        (Some(3), "ad_account.payment_due", true),
        (Some(7), "ad_account.in_review", true),
        (Some(9), "ad_account.payment_due", true),
        (Some(100), "ad_account.closing", false),
        (Some(101), "ad_account.closed", false),
    ] {
        let account = FoundAdAccount {
            id: "act_5".parse().unwrap(),
            name: "Ads".into(),
            account_status: status,
            currency: None,
            timezone_name: None,
            business: None,
        };
        let judged = usability(AssetRef::AdAccount(&account), &facts(&[Permission::ADS_MANAGEMENT]));
        assert_eq!((code(&judged), judged.is_usable()), (expected, usable), "{status:?}");
    }
}
