//! Worlds that differ from `corner-shop` in one respect.

use super::{Mode, Sees, World};

impl World {
    /// A person without any business asset: every list is empty, and that is no error.
    #[must_use]
    pub fn empty() -> Self {
        let mut world = Self::corner_shop();
        world.name = "empty".into();
        world.description = "A person with no Page, no WhatsApp account and no portfolio.".into();
        world.people.truncate(1);
        for person in &mut world.people {
            person.name = "Vera Blank".into();
            person.sees = Sees::Nothing;
        }
        world.businesses.clear();
        world.pages.clear();
        world.instagram_accounts.clear();
        world.whatsapp_accounts.clear();
        world.phone_numbers.clear();
        world.ad_accounts.clear();
        world
    }

    /// The person unticks messaging, Instagram and the portfolio in the classic dialog.
    #[must_use]
    pub fn declined() -> Self {
        let mut world = Self::corner_shop();
        world.name = "declined".into();
        world.description = "The café, but its owner unticks several permissions.".into();
        for person in &mut world.people {
            person.declines =
                ["pages_messaging", "instagram_basic", "instagram_manage_messages", "business_management"]
                    .map(String::from)
                    .to_vec();
        }
        world
    }

    /// The app is in development; only the second person has a role on it.
    #[must_use]
    pub fn dev_mode() -> Self {
        let mut world = Self::corner_shop();
        world.name = "dev-mode".into();
        world.description = "The app is still in development, and the owner has no role on it.".into();
        world.app.mode = Mode::Development;
        world.app.roles = world.people.get(1).map(|person| person.id.clone()).into_iter().collect();
        world
    }
}
