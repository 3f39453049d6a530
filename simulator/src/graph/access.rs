//! What a caller may see: role, grant and ticks together (Meta reference §4.6, §5.1).

use super::auth::Caller;
use crate::state::{DATA_ACCESS, Grant, Revocation, State};
use crate::world::{AssetKind, Node, World};

/// What an Instagram account that logs in itself grants (Meta reference §8.3).
const INSTAGRAM_LOGIN: [&str; 3] =
    ["instagram_business_basic", "instagram_business_manage_messages", "instagram_business_manage_comments"];

/// The rights of one caller, copied out of the state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Access {
    /// The person whose roles count.
    person: Option<usize>,
    grant: Grant,
    /// The right to read data has not lapsed.
    data: bool,
    /// Page tokens see their Page and its Instagram account.
    page: Option<usize>,
    /// An Instagram account that logged in itself sees itself alone.
    instagram: Option<usize>,
    /// System users see one portfolio.
    business: Option<String>,
    /// The app itself.
    pub(crate) app: bool,
}

impl Access {
    /// The rights of this caller now.
    pub(crate) fn of(state: &State, caller: &Caller) -> Self {
        let lapsed = caller
            .token()
            .and_then(|token| state.tokens.get(token))
            .is_some_and(|token| token.revoked == Some(Revocation::DataAccess));
        match caller {
            Caller::Anonymous => Self::default(),
            Caller::App => Self { app: true, ..Self::default() },
            Caller::User { person, .. } => {
                let grant = state
                    .world
                    .people
                    .get(*person)
                    .and_then(|someone| state.grants.person(&someone.id))
                    .cloned()
                    .unwrap_or_default();
                let data = !lapsed && state.now() < grant.last_used + DATA_ACCESS;
                Self { person: Some(*person), data, grant, ..Self::default() }
            }
            Caller::SystemUser { id, .. } => {
                let Some(user) = state.grants.system_user(id) else { return Self::default() };
                let person = match state.node(&user.persona) {
                    Some(Node::Person(person)) => Some(person),
                    _ => None,
                };
                Self {
                    person,
                    data: !lapsed,
                    grant: user.grant.clone(),
                    business: Some(user.business.clone()),
                    ..Self::default()
                }
            }
            Caller::Instagram { account, .. } => {
                // Minted without a dialog, a token may do everything.
                let id = state.world.instagram_accounts.get(*account).map(|account| account.id.as_str());
                let grant = id.and_then(|id| state.grants.person(id)).cloned().unwrap_or_else(|| Grant {
                    granted: INSTAGRAM_LOGIN.iter().map(|name| (*name).to_owned()).collect(),
                    ..Grant::default()
                });
                Self { instagram: Some(*account), grant, data: !lapsed, ..Self::default() }
            }
            Caller::Page { page, subject, token } => {
                let parent = match state.node(subject) {
                    Some(Node::Person(person)) => Caller::User { person, token: token.clone() },
                    _ => Caller::SystemUser { id: subject.clone(), token: token.clone() },
                };
                Self { page: Some(*page), ..Self::of(state, &parent) }
            }
        }
    }

    /// Whether the permission is granted and its data may still be read.
    pub(crate) fn granted(&self, permission: &str) -> bool {
        self.grant.granted.contains(permission)
    }

    /// Whether any of these is.
    pub(crate) fn granted_any(&self, permissions: &[&str]) -> bool {
        permissions.iter().any(|permission| self.granted(permission))
    }

    /// The portfolio of a system user.
    pub(crate) fn client_business(&self) -> Option<&str> {
        self.business.as_deref()
    }

    fn reaches(&self, world: &World, kind: AssetKind, id: &str) -> bool {
        self.data
            && self.grant.ticks.has(kind, id)
            && self.person.and_then(|person| world.people.get(person)).is_some_and(|person| person.sees(id))
    }

    /// Whether the Page can be read at all.
    pub(crate) fn page(&self, world: &World, i: usize) -> bool {
        if let Some(own) = self.page {
            return own == i && self.data;
        }
        let Some(page) = world.pages.get(i) else { return false };
        self.reaches(world, AssetKind::Page, &page.id)
            && self.granted_any(&[
                "pages_show_list",
                "pages_read_engagement",
                "pages_manage_metadata",
                "pages_messaging",
            ])
            && (page.business.is_none() || self.granted("business_management"))
    }

    /// Whether the Instagram account can be read.
    pub(crate) fn instagram(&self, world: &World, i: usize) -> bool {
        if let Some(own) = self.instagram {
            return own == i && self.data;
        }
        let Some(account) = world.instagram_accounts.get(i) else { return false };
        let of_own_page = self
            .page
            .is_none_or(|page| world.pages.get(page).is_some_and(|page| page.instagram.as_ref() == Some(&account.id)));
        of_own_page && self.granted("instagram_basic") && self.reaches(world, AssetKind::Instagram, &account.id)
    }

    /// Whether the portfolio can be read.
    pub(crate) fn business(&self, world: &World, i: usize) -> bool {
        let Some(business) = world.businesses.get(i) else { return false };
        self.page.is_none()
            && self.business.as_ref().is_none_or(|own| *own == business.id)
            && self.granted("business_management")
            && self.reaches(world, AssetKind::Business, &business.id)
    }

    /// Whether the WABA (and so its numbers) can be read.
    pub(crate) fn waba(&self, world: &World, i: usize) -> bool {
        let Some(account) = world.whatsapp_accounts.get(i) else { return false };
        self.page.is_none()
            && self.granted("whatsapp_business_management")
            && self.reaches(world, AssetKind::Whatsapp, &account.id)
    }

    /// Whether the ad account can be read.
    pub(crate) fn ad_account(&self, world: &World, i: usize) -> bool {
        let Some(account) = world.ad_accounts.get(i) else { return false };
        self.page.is_none()
            && self.granted_any(&["ads_read", "ads_management"])
            && self.reaches(world, AssetKind::AdAccount, &account.id)
    }

    /// Whether this node can be read.
    pub(crate) fn node(&self, world: &World, node: Node) -> bool {
        match node {
            Node::App => self.app || self.person.is_some(),
            Node::Person(i) => self.page.is_none() && self.business.is_none() && self.person == Some(i),
            Node::SystemUser => self.business.is_some() && self.page.is_none(),
            Node::Business(i) => self.business(world, i),
            Node::Page(i) => self.page(world, i),
            Node::Instagram(i) => self.instagram(world, i),
            Node::Waba(i) => self.waba(world, i),
            Node::Phone(i) => waba_of(world, i).is_some_and(|waba| self.waba(world, waba)),
            Node::AdAccount(i) => self.ad_account(world, i),
        }
    }
}

/// The place of the WABA a number belongs to.
pub(crate) fn waba_of(world: &World, phone: usize) -> Option<usize> {
    let number = world.phone_numbers.get(phone)?;
    world.whatsapp_accounts.iter().position(|account| account.id == number.waba)
}
