//! `agency`: large and irregular on purpose, and the same every time.
//!
//! Ways a Page is reached (500 in all): 260 by `/me/accounts`, of which 60 belong to no portfolio; the rest only by
//! `owned_pages` of one of three portfolios, or (the last 40) only by `client_pages`; many by more than one way.

use super::names::{BRANDS, CATEGORIES, PLACES, handle};
use super::{
    AdAccount, App, Business, Customer, InstagramAccount, Page, Persona, PhoneNumber, Sees, WhatsAppAccount, World,
};

const BUSINESSES: [(&str, &str, &str); 3] = [
    ("600100000000001", "Harbour & Kite Agency", "verified"),
    ("600100000000002", "Brasa Café Group", "not_verified"),
    ("600100000000003", "مجموعة النور", "pending"),
];

impl World {
    /// 500 Pages over three portfolios, 180 with Instagram, 40 WABAs, 120 numbers, 60 ad accounts.
    #[must_use]
    pub fn agency() -> Self {
        let pages: Vec<Page> = (0..500).map(page).collect();
        let instagram_accounts = (0..180).map(instagram).collect();
        Self {
            name: "agency".into(),
            description:
                "An agency: 500 Pages, 180 Instagram accounts, 40 WhatsApp accounts, 120 numbers, 60 ad accounts."
                    .into(),
            app: App::default(),
            other_apps: Vec::new(),
            people: vec![
                Persona {
                    id: "10215550002220001".into(),
                    name: "Ines Harbour".into(),
                    email: Some("ines@harbour-kite.example".into()),
                    sees: Sees::Everything,
                    declines: Vec::new(),
                },
                Persona {
                    id: "10215550002220002".into(),
                    name: "Théo Kite".into(),
                    email: Some("theo@harbour-kite.example".into()),
                    sees: Sees::Only(some_of(&pages)),
                    declines: Vec::new(),
                },
            ],
            businesses: BUSINESSES
                .iter()
                .map(|(id, name, status)| Business {
                    id: (*id).into(),
                    name: (*name).into(),
                    verification_status: (*status).into(),
                    primary_page: None,
                })
                .collect(),
            pages,
            instagram_accounts,
            whatsapp_accounts: (0..40).map(waba).collect(),
            phone_numbers: (0..120).map(phone).collect(),
            ad_accounts: (0..60).map(ad_account).collect(),
            customers: Customer::usual(),
        }
    }
}

/// The second person works on the third portfolio only.
fn some_of(pages: &[Page]) -> Vec<String> {
    let third = BUSINESSES[2].0;
    let mut ids = vec![third.to_owned()];
    ids.extend(pages.iter().filter(|page| page.business.as_deref() == Some(third)).map(|page| page.id.clone()));
    ids
}

fn business(n: usize) -> String {
    BUSINESSES[n % 3].0.to_owned()
}

fn page(n: usize) -> Page {
    // 60..280 first portfolio, 280..420 second, 420..460 third; the last 40 belong to outsiders who share them.
    let owner = match n {
        60..280 => Some(business(0)),
        280..420 => Some(business(1)),
        420..460 => Some(business(2)),
        _ => None,
    };
    // The agency is also a client of every fourth Page of the other two, and the third of some of the second's.
    let mut clients = Vec::new();
    if n >= 460 || (n >= 280 && n.is_multiple_of(4)) {
        clients.push(business(0));
    }
    if (280..420).contains(&n) && n.is_multiple_of(10) {
        clients.push(business(2));
    }
    Page {
        id: format!("1{:014}", 20_000_000_000_000_u64 + 7_919 * (n as u64 + 1)),
        name: format!("{} {}", BRANDS[n % BRANDS.len()], PLACES[(n / BRANDS.len() * 7 + n) % PLACES.len()]),
        category: CATEGORIES[n % CATEGORIES.len()].into(),
        tasks: tasks(n),
        business: owner,
        clients,
        // All of the person's own, and half of the portfolios'.
        in_accounts: n < 60 || (n < 460 && n.is_multiple_of(2)),
        has_token: n % 23 != 5,
        // Nine of every twenty-five.
        instagram: (n % 25 < 9).then(|| instagram_id(n / 25 * 9 + n % 25)),
        fan_count: (n as u64 * 37) % 90_000,
    }
}

fn tasks(n: usize) -> Vec<String> {
    match n % 17 {
        3 => ["ANALYZE", "ADVERTISE"].map(String::from).to_vec(),
        9 => ["ANALYZE", "CREATE_CONTENT"].map(String::from).to_vec(),
        14 if n.is_multiple_of(2) => Vec::new(),
        _ => super::page::all_tasks(),
    }
}

fn instagram_id(n: usize) -> String {
    format!("178414{:011}", 50_000_000 + n * 101)
}

fn instagram(n: usize) -> InstagramAccount {
    InstagramAccount {
        id: instagram_id(n),
        username: handle(n),
        name: BRANDS[n % BRANDS.len()].into(),
        followers_count: (n as u64 * 7_331) % 250_000,
        biography: format!("{} · {}", BRANDS[n % BRANDS.len()], PLACES[n % PLACES.len()]),
    }
}

fn waba_id(n: usize) -> String {
    format!("1022{:011}", 90_000_000 + n * 1_013)
}

fn waba(n: usize) -> WhatsAppAccount {
    // 16 belong to the first portfolio, 3 to outsiders, the others to the second and third. The last 12, outsiders' among them,
    // are shared with the first.
    let owner = match n {
        0..16 => Some(0),
        28..31 => None,
        _ => Some(1 + n % 2),
    };
    let clients = if n >= 28 { vec![business(0)] } else { Vec::new() };
    const REVIEWS: [&str; 3] = ["APPROVED", "PENDING", "REJECTED"];
    WhatsAppAccount {
        id: waba_id(n),
        name: format!("{} {}", BRANDS[n % BRANDS.len()], PLACES[(n / BRANDS.len() * 7 + n) % PLACES.len()]),
        business: owner.map(business),
        clients,
        currency: ["EUR", "USD", "BRL", "PLN", "AED"][n % 5].into(),
        timezone_id: (n % 40 + 1).to_string(),
        message_template_namespace: format!("5{n:07x}_b627_4112_b9c7_2961197553ea"),
        account_review_status: if n % 9 == 8 { REVIEWS[1 + n % 2] } else { REVIEWS[0] }.into(),
        business_verification_status: owner.map_or("verified", |owner| BUSINESSES[owner].2).into(),
        status: "ACTIVE".into(),
        creation_time: 1_735_689_600 + n as i64 * 86_400,
        templates: ["hello_world", "order_ready"].map(String::from).to_vec(),
    }
}

fn phone(n: usize) -> PhoneNumber {
    const STATUSES: [&str; 10] = [
        "CONNECTED",
        "PENDING",
        "DISCONNECTED",
        "FLAGGED",
        "RESTRICTED",
        "BANNED",
        "RATE_LIMITED",
        "DELETED",
        "MIGRATED",
        "UNVERIFIED",
    ];
    const QUALITIES: [&str; 5] = ["GREEN", "YELLOW", "RED", "UNKNOWN", "NA"];
    const NAMES: [&str; 6] = ["APPROVED", "AVAILABLE_WITHOUT_REVIEW", "DECLINED", "EXPIRED", "PENDING_REVIEW", "NONE"];
    const TIERS: [&str; 5] = ["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"];
    // Three of five numbers are well; the rest walk through every other value.
    let well = n % 5 < 3;
    let odd = n / 5 * 2 + (n % 5).saturating_sub(3);
    let status = if well { "CONNECTED" } else { STATUSES[odd % STATUSES.len()] };
    let platform = if well { "CLOUD_API" } else { ["CLOUD_API", "ON_PREMISE", "NOT_APPLICABLE"][odd / 2 % 3] };
    let coexistence = n % 15 == 1;
    PhoneNumber {
        id: format!("1906{:011}", 30_000_000 + n * 1_777),
        waba: waba_id(n / 3),
        display_phone_number: format!("+34 6{:02} 555 {:03}", n % 100, n),
        verified_name: BRANDS[(n / 3) % BRANDS.len()].into(),
        quality_rating: if well { "GREEN" } else { QUALITIES[odd % QUALITIES.len()] }.into(),
        code_verification_status: if well { "VERIFIED" } else { ["NOT_VERIFIED", "EXPIRED", "VERIFIED"][odd % 3] }
            .into(),
        platform_type: if coexistence { "CLOUD_API" } else { platform }.into(),
        throughput: match platform {
            "CLOUD_API" if n.is_multiple_of(7) => "HIGH",
            "CLOUD_API" => "STANDARD",
            _ => "NOT_APPLICABLE",
        }
        .into(),
        name_status: if well { "APPROVED" } else { NAMES[odd % NAMES.len()] }.into(),
        new_name_status: if n % 12 == 11 { "PENDING_REVIEW" } else { "NONE" }.into(),
        status: status.into(),
        account_mode: if n % 29 == 28 { "SANDBOX" } else { "LIVE" }.into(),
        messaging_limit: TIERS[n % TIERS.len()].into(),
        is_official_business_account: n.is_multiple_of(20),
        is_on_biz_app: coexistence,
        pin: n.is_multiple_of(6).then(|| "246810".into()),
        last_onboarded_time: 1_740_000_000 + n as i64 * 43_200,
        can_send_message: if well { "AVAILABLE" } else { ["LIMITED", "BLOCKED"][n % 2] }.into(),
        verification_code: "123456".into(),
        deregistration_incomplete: n == 59,
        deleted_at: None,
    }
}

fn ad_account(n: usize) -> AdAccount {
    const STATUSES: [u32; 8] = [1, 2, 3, 7, 8, 9, 100, 101];
    // The last three belong to outsiders who share them.
    let outside = n >= 57;
    let account_status = if n % 5 < 3 { 1 } else { STATUSES[(n / 5 * 2 + n % 5 - 3) % STATUSES.len()] };
    AdAccount {
        id: format!("act_8807{:011}", 60_000_000 + n * 4_211),
        name: format!("{} · {}", BRANDS[n % BRANDS.len()], PLACES[(n / BRANDS.len() * 7 + n) % PLACES.len()]),
        account_status,
        disable_reason: u32::from(account_status == 2),
        currency: ["EUR", "USD", "BRL", "PLN", "AED"][n % 5].into(),
        timezone_name: ["Europe/Madrid", "America/Sao_Paulo", "Asia/Dubai"][n % 3].into(),
        amount_spent: (n * 91_337 % 5_000_000).to_string(),
        balance: (n * 311 % 40_000).to_string(),
        spend_cap: if n.is_multiple_of(4) { "1000000" } else { "0" }.into(),
        business: (n >= 10 && !outside).then(|| business(n)),
        clients: if outside || (n % 3 == 1 && n >= 30) { vec![business(0)] } else { Vec::new() },
        in_me: n < 40,
    }
}
