//! Who looks at the page.

use serde::{Deserialize, Serialize};

/// What somebody may do in a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, including people and disconnecting.
    Owner,
    /// Connects and disconnects, manages locations; not owners.
    Admin,
    /// Answers messages and sees the status.
    Agent,
}

impl Role {
    /// The role's name in forms and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Agent => "agent",
        }
    }

    /// The role's name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Admin => "Admin",
            Self::Agent => "Agent",
        }
    }

    /// Whether the role may connect, disconnect, and manage locations.
    pub fn manages(self) -> bool {
        !matches!(self, Self::Agent)
    }
}

/// A tenant the person belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantChoice {
    /// The tenant's id, `ten_…`.
    pub id: String,
    /// The business name.
    pub name: String,
}

/// The person who is signed in, and for which tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The user's id, `usr_…`.
    pub user_id: String,
    /// The person's name.
    pub name: String,
    /// The address the person signs in with.
    pub email: String,
    /// The role in the current tenant.
    pub role: Role,
    /// The current tenant; an operator may belong to none.
    pub tenant: Option<TenantChoice>,
    /// Every tenant the person belongs to, for the switcher.
    pub tenants: Vec<TenantChoice>,
    /// Whether the person runs the installation.
    pub operator: bool,
}
