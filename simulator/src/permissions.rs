//! The permissions Facebook Login knows, and the kind of asset each one is granted for.

use crate::world::AssetKind;

/// One permission.
pub(crate) struct Permission {
    pub(crate) name: &'static str,
    /// What its `granular_scopes` entry lists; `None` for permissions about the person.
    pub(crate) kind: Option<AssetKind>,
    /// What the dialog says.
    pub(crate) text: &'static str,
}

const fn permission(name: &'static str, kind: Option<AssetKind>, text: &'static str) -> Permission {
    Permission { name, kind, text }
}

use AssetKind::{AdAccount, Business, Instagram, Page, Whatsapp};

/// Every permission a dialog may ask for. Anything else is an invalid scope (Meta reference §3.2).
pub(crate) const KNOWN: &[Permission] = &[
    permission("public_profile", None, "Your name and profile picture"),
    permission("email", None, "Your email address"),
    permission("pages_show_list", Some(Page), "Show a list of the Pages you manage"),
    permission("pages_read_engagement", Some(Page), "Read content posted on the Page"),
    permission("pages_manage_metadata", Some(Page), "Manage accounts, settings and webhooks for a Page"),
    permission("pages_messaging", Some(Page), "Manage and access Page conversations in Messenger"),
    permission("pages_utility_messaging", Some(Page), "Send utility messages from the Page"),
    permission("pages_manage_posts", Some(Page), "Create and manage content on your Page"),
    permission("pages_manage_engagement", Some(Page), "Create and manage comments on your Page"),
    permission("pages_read_user_content", Some(Page), "Read user content on your Page"),
    permission("pages_manage_ads", Some(Page), "Manage ads for the Page"),
    permission("leads_retrieval", Some(Page), "Access leads for your Pages"),
    permission("read_insights", Some(Page), "Read insights for your Pages"),
    permission("instagram_basic", Some(Instagram), "Access profile and posts from the Instagram account"),
    permission("instagram_manage_messages", Some(Instagram), "Manage and access messages for the Instagram account"),
    permission("instagram_manage_comments", Some(Instagram), "Manage comments for the Instagram account"),
    permission("instagram_manage_insights", Some(Instagram), "Access insights for the Instagram account"),
    permission("instagram_content_publish", Some(Instagram), "Upload media for the Instagram account"),
    permission("business_management", Some(Business), "Manage your business"),
    permission("whatsapp_business_management", Some(Whatsapp), "Manage your WhatsApp accounts"),
    permission("whatsapp_business_messaging", Some(Whatsapp), "Manage conversations in WhatsApp"),
    permission("whatsapp_business_manage_events", Some(Whatsapp), "Manage events on behalf of your WhatsApp accounts"),
    permission("ads_read", Some(AdAccount), "Access your Facebook ads and related stats"),
    permission("ads_management", Some(AdAccount), "Manage ads for ad accounts that you have access to"),
    permission("catalog_management", Some(Business), "Manage your product catalogs"),
];

/// The permission with this name.
pub(crate) fn known(name: &str) -> Option<&'static Permission> {
    KNOWN.iter().find(|permission| permission.name == name)
}

/// What the dialog says about a permission.
pub(crate) fn text(name: &str) -> &str {
    known(name).map_or(name, |permission| permission.text)
}
