//! People whose tokens are of every kind: a portfolio and two Pages each.

use serde_json::{Value, json};
use server::{
    connect,
    db::connections::{self, Connection},
    ids::ConnectionId,
};
use simulator::{Configuration, ConfigurationExpiry, ConfigurationToken, Consent, World};

use crate::support::{Person, Setup, TestApp};

/// The kinds of token that Meta gives, by how a person logs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Login {
    /// Classic: a person's token of 60 days.
    Scopes,
    /// A configuration: a person's token of 60 days.
    Person,
    /// A configuration: a person's token without an end, as apps with access to the Marketing API get it.
    PersonForEver,
    /// A configuration: a system user's token of 60 days.
    SystemUser,
    /// A configuration: a system user's token without an end.
    SystemUserForEver,
    /// Instagram Login: an account's token of 60 days.
    Instagram,
}

impl Login {
    pub(super) const ALL: [Self; 6] =
        [Self::Scopes, Self::Person, Self::PersonForEver, Self::SystemUser, Self::SystemUserForEver, Self::Instagram];

    fn configuration(self) -> Option<&'static str> {
        match self {
            Self::Scopes | Self::Instagram => None,
            Self::Person => Some("700100000000001"),
            Self::PersonForEver => Some("700100000000008"),
            Self::SystemUser => Some("700100000000009"),
            Self::SystemUserForEver => Some("700100000000003"),
        }
    }

    /// Whether the token itself ends after 60 days.
    pub(super) fn ends(self) -> bool {
        matches!(self, Self::Scopes | Self::Person | Self::SystemUser | Self::Instagram)
    }

    /// Whether the right to read data ends after 90 days.
    pub(super) fn data_access_ends(self) -> bool {
        matches!(self, Self::Scopes | Self::Person | Self::PersonForEver)
    }
}

/// The person of this number, and what belongs to them.
pub(super) fn person(number: usize) -> String {
    format!("1021555000222{number:04}")
}

fn business(number: usize) -> String {
    format!("7788990022{number:04}")
}

pub(super) fn pages(number: usize) -> [String; 2] {
    [format!("1102203300{number:04}1"), format!("1102203300{number:04}2")]
}

/// The Instagram account of the person of this number, which is linked to no Page.
pub(super) fn account(number: usize) -> String {
    format!("1784140033{number:04}3")
}

/// An installation for so many people.
pub(super) fn setup(people: usize) -> Setup {
    let each = |row: fn(usize) -> Vec<Value>| (0..people).flat_map(row).collect::<Vec<_>>();
    let world = json!({
        "name": "keeping",
        "people": each(|n| {
            let [one, two] = pages(n);
            vec![json!({"id": person(n), "name": format!("Person {n}"), "sees": {"only": [business(n), one, two]}})]
        }),
        "businesses": each(|n| vec![json!({"id": business(n), "name": format!("Business {n}")})]),
        "pages": each(|n| {
            pages(n).map(|id| json!({"id": id, "name": format!("Page {id}"), "business": business(n)})).to_vec()
        }),
        "instagram_accounts": each(|n| vec![json!({"id": account(n), "username": format!("account{n}")})]),
    });
    let mut world = World::from_json(&world.to_string()).unwrap();
    let configurations = &mut world.app.configurations;
    let everything = configurations.iter().find(|one| one.id == "700100000000003").unwrap().clone();
    configurations.push(Configuration {
        id: "700100000000008".into(),
        token: ConfigurationToken::User,
        expires: ConfigurationExpiry::Never,
        ..everything.clone()
    });
    configurations.push(Configuration {
        id: "700100000000009".into(),
        expires: ConfigurationExpiry::SixtyDays,
        ..everything
    });
    Setup { instagram: true, ..Setup::world(world) }
}

/// Connects `who` to the assets of the person of this number, who logs in like that; the first Page is chosen.
pub(super) async fn connect(app: &TestApp, who: &Person, number: usize, login: Login) -> ConnectionId {
    if login == Login::Instagram {
        return connect_account(app, who, &account(number)).await;
    }
    let mut begun = app.begin(who).await;
    if let Some(configuration) = login.configuration() {
        let kept: Vec<(String, String)> =
            begun.dialog_url.query_pairs().into_owned().filter(|(name, _)| name != "scope").collect();
        let mut query = begun.dialog_url.query_pairs_mut();
        query.clear().extend_pairs(kept).append_pair("config_id", configuration);
        query.append_pair("override_default_response_type", "true");
    }
    let view = app.finished(who, &begun, &Consent::everything().by(&person(number))).await;
    let [page, _] = pages(number);
    app.choose(who, &view, &[&page]).await;
    view.connection.unwrap().id
}

async fn connect_account(app: &TestApp, who: &Person, account: &str) -> ConnectionId {
    let begun = connect::begin_instagram(&app.services, &who.actor, &who.session).await.unwrap();
    let back = app.meta().approve_instagram(begun.dialog_url.as_str(), account, Some(&[])).unwrap();
    app.come_back(who, &back).await;
    app.idle().await;
    let view = app.view(who, &begun.attempt).await;
    app.choose(who, &view, &[account]).await;
    view.connection.unwrap().id
}

/// A connection as it stands.
pub(super) async fn get(app: &TestApp, who: &Person, id: &ConnectionId) -> Connection {
    connections::get(app.services.db(), who.tenant(), id).await.unwrap().unwrap()
}
