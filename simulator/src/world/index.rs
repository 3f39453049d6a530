//! Ids to things, and the check that every reference leads somewhere.

use std::collections::HashMap;

use super::{World, WorldError};

/// A thing in the Graph: its kind and its place in the world's list of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    App,
    Person(usize),
    Business(usize),
    Page(usize),
    Instagram(usize),
    Waba(usize),
    Phone(usize),
    AdAccount(usize),
    /// The system user who is calling; it has no place in the world.
    SystemUser,
}

/// Where each id is.
#[derive(Debug, Default)]
pub(crate) struct Index {
    nodes: HashMap<String, Node>,
}

impl Index {
    /// Index a world, refusing repeated ids and references to nothing.
    pub(crate) fn of(world: &World) -> Result<Self, WorldError> {
        let mut index = Self::default();
        for app in std::iter::once(&world.app).chain(&world.other_apps) {
            index.add(&app.id, Node::App)?;
        }
        index.add(&world.app.instagram.id, Node::App)?;
        for (i, person) in world.people.iter().enumerate() {
            index.add(&person.id, Node::Person(i))?;
        }
        for (i, business) in world.businesses.iter().enumerate() {
            index.add(&business.id, Node::Business(i))?;
        }
        for (i, page) in world.pages.iter().enumerate() {
            index.add(&page.id, Node::Page(i))?;
        }
        for (i, account) in world.instagram_accounts.iter().enumerate() {
            index.add(&account.id, Node::Instagram(i))?;
        }
        for (i, account) in world.whatsapp_accounts.iter().enumerate() {
            index.add(&account.id, Node::Waba(i))?;
        }
        for (i, number) in world.phone_numbers.iter().enumerate() {
            index.add(&number.id, Node::Phone(i))?;
        }
        for (i, account) in world.ad_accounts.iter().enumerate() {
            index.add(&account.id, Node::AdAccount(i))?;
        }
        index.check(world)?;
        Ok(index)
    }

    /// The thing with this id.
    pub(crate) fn get(&self, id: &str) -> Option<Node> {
        self.nodes.get(id).copied()
    }

    fn add(&mut self, id: &str, node: Node) -> Result<(), WorldError> {
        match self.nodes.insert(id.to_owned(), node) {
            None => Ok(()),
            Some(_) => Err(WorldError::DuplicateId(id.to_owned())),
        }
    }

    fn check(&self, world: &World) -> Result<(), WorldError> {
        for page in &world.pages {
            for to in page.business.iter().chain(&page.clients).chain(&page.instagram) {
                self.require(&page.id, to)?;
            }
        }
        for account in &world.whatsapp_accounts {
            for to in account.business.iter().chain(&account.clients) {
                self.require(&account.id, to)?;
            }
        }
        for number in &world.phone_numbers {
            self.require(&number.id, &number.waba)?;
        }
        for account in &world.ad_accounts {
            for to in account.business.iter().chain(&account.clients) {
                self.require(&account.id, to)?;
            }
        }
        Ok(())
    }

    fn require(&self, from: &str, to: &str) -> Result<(), WorldError> {
        if self.nodes.contains_key(to) {
            return Ok(());
        }
        Err(WorldError::DanglingId { from: from.to_owned(), to: to.to_owned() })
    }
}
