//! Meta's permissions: what each one is for, in words for people, and which assets need it.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::asset_kind::AssetKind;

/// The name of a permission ("scope") of Meta's. Any well-formed name is accepted, because an operator may ask for more
/// than Attaché knows; [`Permission::entry`] tells what is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Permission(Cow<'static, str>);

/// A text that cannot be a permission's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a permission's name: lower-case letters, digits and underscores")]
pub struct InvalidPermission;

/// What is known of a permission.
#[derive(Debug)]
pub struct PermissionEntry {
    /// Its name.
    pub permission: Permission,
    /// What it lets Attaché do, completing "It lets Attaché …".
    pub purpose: &'static str,
    /// The kinds of asset that cannot be used without it.
    pub needed_for: &'static [AssetKind],
    /// Whether Meta reviews the app before people without a role on it can grant this permission ("Advanced Access"
    /// through App Review, with Business Verification). How long that takes varies.
    pub app_review: bool,
}

macro_rules! permissions {
    ($($constant:ident = $name:literal: $purpose:literal, [$($kind:ident),*], review $review:literal;)+) => {
        impl Permission {
            $(
                #[doc = concat!("`", $name, "`: lets Attaché ", $purpose, ".")]
                pub const $constant: Self = Self(Cow::Borrowed($name));
            )+
        }

        /// Every permission that Attaché knows, in the order in which a person should meet them.
        pub static PERMISSIONS: &[PermissionEntry] = &[$(
            PermissionEntry {
                permission: Permission::$constant,
                purpose: $purpose,
                needed_for: &[$(AssetKind::$kind),*],
                app_review: $review,
            },
        )+];
    };
}

permissions! {
    PUBLIC_PROFILE = "public_profile": "know the name of the person who connects", [], review false;
    EMAIL = "email": "know the e-mail address of the person who connects", [], review false;
    PAGES_SHOW_LIST = "pages_show_list": "list the Facebook Pages you manage", [FacebookPage, InstagramAccount], review true;
    PAGES_MESSAGING = "pages_messaging": "read and answer messages sent to your Pages", [FacebookPage], review true;
    PAGES_MANAGE_METADATA = "pages_manage_metadata": "be told by Meta when a message or comment arrives on your Pages", [FacebookPage, InstagramAccount], review true;
    PAGES_READ_ENGAGEMENT = "pages_read_engagement": "read posts, comments and the profile of your Pages", [], review true;
    INSTAGRAM_BASIC = "instagram_basic": "see the Instagram accounts linked to your Pages", [InstagramAccount], review true;
    INSTAGRAM_MANAGE_MESSAGES = "instagram_manage_messages": "read and answer Instagram messages", [InstagramAccount], review true;
    INSTAGRAM_MANAGE_COMMENTS = "instagram_manage_comments": "read and answer Instagram comments", [], review true;
    WHATSAPP_BUSINESS_MANAGEMENT = "whatsapp_business_management": "see and set up your WhatsApp accounts, numbers and templates", [WhatsappAccount, WhatsappNumber], review true;
    WHATSAPP_BUSINESS_MESSAGING = "whatsapp_business_messaging": "send and receive WhatsApp messages", [WhatsappNumber], review true;
    BUSINESS_MANAGEMENT = "business_management": "see your business portfolios and what belongs to them", [Business], review true;
    ADS_READ = "ads_read": "see your ad accounts and their results", [], review true;
    ADS_MANAGEMENT = "ads_management": "see and manage your ad accounts", [], review true;
    READ_INSIGHTS = "read_insights": "read the statistics of your Pages", [], review true;
    INSTAGRAM_BUSINESS_BASIC = "instagram_business_basic": "see the Instagram account that signs in", [], review true;
    INSTAGRAM_BUSINESS_MANAGE_MESSAGES = "instagram_business_manage_messages": "read and answer messages of the Instagram account that signs in", [], review true;
    INSTAGRAM_BUSINESS_MANAGE_COMMENTS = "instagram_business_manage_comments": "read and answer comments of the Instagram account that signs in", [], review true;
}

impl Permission {
    /// The name as Meta writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is known of it; `None` for a permission that Attaché has no use for.
    pub fn entry(&self) -> Option<&'static PermissionEntry> {
        PERMISSIONS.iter().find(|entry| entry.permission == *self)
    }
}

/// What Instagram Login is asked for. Its names are its own: Facebook Login refuses them, and it refuses Facebook Login's
/// (Meta reference §11, row 8).
pub const INSTAGRAM_LOGIN: [Permission; 3] = [
    Permission::INSTAGRAM_BUSINESS_BASIC,
    Permission::INSTAGRAM_BUSINESS_MANAGE_MESSAGES,
    Permission::INSTAGRAM_BUSINESS_MANAGE_COMMENTS,
];

/// Those of [`INSTAGRAM_LOGIN`] that an account cannot do without and that `granted` lacks.
pub fn missing_for_instagram_login(granted: impl Fn(&Permission) -> bool) -> Vec<Permission> {
    let needed = [Permission::INSTAGRAM_BUSINESS_BASIC, Permission::INSTAGRAM_BUSINESS_MANAGE_MESSAGES];
    needed.into_iter().filter(|permission| !granted(permission)).collect()
}

/// The permissions that an asset of `kind` cannot do without and that `granted` lacks, in the order of the catalogue.
/// An ad account needs `ads_read` or `ads_management`; `ads_read` is named when both are missing.
pub fn missing_for(kind: AssetKind, granted: impl Fn(&Permission) -> bool) -> Vec<Permission> {
    if kind == AssetKind::AdAccount {
        let either = granted(&Permission::ADS_READ) || granted(&Permission::ADS_MANAGEMENT);
        return if either { Vec::new() } else { vec![Permission::ADS_READ] };
    }
    PERMISSIONS
        .iter()
        .filter(|entry| entry.needed_for.contains(&kind) && !granted(&entry.permission))
        .map(|entry| entry.permission.clone())
        .collect()
}

impl FromStr for Permission {
    type Err = InvalidPermission;
    fn from_str(text: &str) -> Result<Self, InvalidPermission> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if (1..=80).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(InvalidPermission)
        }
    }
}

impl TryFrom<String> for Permission {
    type Error = InvalidPermission;
    fn try_from(text: String) -> Result<Self, InvalidPermission> {
        text.parse()
    }
}

impl From<Permission> for String {
    fn from(permission: Permission) -> Self {
        permission.0.into_owned()
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_are_checked() {
        assert_eq!("pages_messaging".parse::<Permission>().unwrap(), Permission::PAGES_MESSAGING);
        assert!("pages_messaging,email".parse::<Permission>().is_err());
        assert!("".parse::<Permission>().is_err());
        assert!("some_new_scope".parse::<Permission>().unwrap().entry().is_none());
    }

    #[test]
    fn what_is_missing_is_named_per_kind() {
        let none = |_: &Permission| false;
        assert_eq!(
            missing_for(AssetKind::WhatsappNumber, none),
            [Permission::WHATSAPP_BUSINESS_MANAGEMENT, Permission::WHATSAPP_BUSINESS_MESSAGING]
        );
        let some = |p: &Permission| *p != Permission::PAGES_MESSAGING;
        assert_eq!(missing_for(AssetKind::FacebookPage, some), [Permission::PAGES_MESSAGING]);
        assert_eq!(missing_for(AssetKind::InstagramAccount, some), []);
    }

    #[test]
    fn either_ads_permission_will_do() {
        let only = |wanted: Permission| move |p: &Permission| *p == wanted;
        assert_eq!(missing_for(AssetKind::AdAccount, only(Permission::ADS_READ)), []);
        assert_eq!(missing_for(AssetKind::AdAccount, only(Permission::ADS_MANAGEMENT)), []);
        assert_eq!(missing_for(AssetKind::AdAccount, only(Permission::EMAIL)), [Permission::ADS_READ]);
    }
}
