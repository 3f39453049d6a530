//! What the dialog asks for where no configuration says it.

use crate::meta::Permission;

/// The permissions that some kind of asset cannot do without, and those that the inbox and the ads card use.
pub(crate) fn needed_permissions() -> Vec<Permission> {
    vec![
        Permission::PAGES_SHOW_LIST,
        Permission::PAGES_MESSAGING,
        Permission::PAGES_MANAGE_METADATA,
        Permission::PAGES_READ_ENGAGEMENT,
        Permission::INSTAGRAM_BASIC,
        Permission::INSTAGRAM_MANAGE_MESSAGES,
        Permission::INSTAGRAM_MANAGE_COMMENTS,
        Permission::WHATSAPP_BUSINESS_MANAGEMENT,
        Permission::WHATSAPP_BUSINESS_MESSAGING,
        Permission::BUSINESS_MANAGEMENT,
        Permission::ADS_READ,
    ]
}
