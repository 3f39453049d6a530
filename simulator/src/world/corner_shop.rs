//! `corner-shop`: the smallest business that has one of everything.

use super::{
    AdAccount, App, Business, Customer, InstagramAccount, Page, Persona, PhoneNumber, Sees, WhatsAppAccount, World,
};

impl World {
    /// One business with one Page linked to Instagram, one WABA with one number, and one ad account.
    #[must_use]
    pub fn corner_shop() -> Self {
        Self {
            name: "corner-shop".into(),
            description: "One café: a Page with Instagram, one WhatsApp number, one ad account.".into(),
            app: App::default(),
            other_apps: Vec::new(),
            people: vec![
                Persona {
                    id: "10215550001110001".into(),
                    name: "Lucía Brasa".into(),
                    email: Some("lucia@brasa.example".into()),
                    sees: Sees::Everything,
                    declines: Vec::new(),
                },
                Persona {
                    id: "10215550001110002".into(),
                    name: "Mateo Brasa".into(),
                    email: Some("mateo@brasa.example".into()),
                    sees: Sees::Everything,
                    declines: Vec::new(),
                },
                Persona {
                    id: "10215550001110003".into(),
                    name: "Noor Follows-Only".into(),
                    email: None,
                    sees: Sees::Nothing,
                    declines: Vec::new(),
                },
            ],
            businesses: vec![Business {
                id: "506070809010203".into(),
                name: "Brasa Café Group".into(),
                verification_status: "verified".into(),
                primary_page: Some("110220330440551".into()),
            }],
            pages: vec![Page {
                id: "110220330440551".into(),
                name: "Brasa Café".into(),
                category: "Cafe".into(),
                tasks: super::page::all_tasks(),
                business: Some("506070809010203".into()),
                clients: Vec::new(),
                in_accounts: true,
                has_token: true,
                instagram: Some("17841400000000551".into()),
                fan_count: 4210,
            }],
            instagram_accounts: vec![
                InstagramAccount {
                    id: "17841400000000551".into(),
                    username: "brasacafe".into(),
                    name: "Brasa Café ☕".into(),
                    followers_count: 3187,
                    biography: "Coffee over embers.".into(),
                },
                InstagramAccount {
                    // Linked to no Page: only Instagram Login reaches it.
                    id: "17841400000000777".into(),
                    username: "brasa.to.go".into(),
                    name: "Brasa to go".into(),
                    followers_count: 412,
                    biography: "The van.".into(),
                },
            ],
            whatsapp_accounts: vec![WhatsAppAccount {
                id: "102290129340551".into(),
                name: "Brasa Café".into(),
                business: Some("506070809010203".into()),
                currency: "EUR".into(),
                message_template_namespace: "58e6d318_b627_4112_b9c7_2961197553ea".into(),
                ..WhatsAppAccount::default()
            }],
            phone_numbers: vec![PhoneNumber {
                id: "190638523274551".into(),
                waba: "102290129340551".into(),
                display_phone_number: "+34 600 555 551".into(),
                verified_name: "Brasa Café".into(),
                ..PhoneNumber::default()
            }],
            ad_accounts: vec![AdAccount {
                id: "act_880770660550551".into(),
                name: "Brasa Café ads".into(),
                account_status: 1,
                disable_reason: 0,
                currency: "EUR".into(),
                timezone_name: "Europe/Madrid".into(),
                amount_spent: "128450".into(),
                balance: "2310".into(),
                spend_cap: "0".into(),
                business: Some("506070809010203".into()),
                clients: Vec::new(),
                in_me: true,
            }],
            customers: Customer::usual(),
        }
    }
}
