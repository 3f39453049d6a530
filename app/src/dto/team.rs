//! The page "Team": people, invitations, locations.

use super::UnixMs;
use super::viewer::Role;
use serde::{Deserialize, Serialize};

/// Everything the page "Team" shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamPage {
    /// People of the tenant.
    pub members: Vec<Member>,
    /// Invitations nobody has used yet.
    pub invitations: Vec<InvitationRow>,
    /// The tenant's places.
    pub locations: Vec<LocationRow>,
    /// A link just made: shown this once.
    pub fresh_link: Option<String>,
    /// Whether the viewer may invite, change roles and remove.
    pub may_manage: bool,
}

/// Somebody in the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The user's id.
    pub user_id: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The role.
    pub role: Role,
    /// When they joined.
    pub joined_at: UnixMs,
    /// Whether it is the viewer.
    pub you: bool,
    /// Why the role cannot be changed nor the person removed; empty when it can.
    pub locked: String,
}

/// An invitation nobody has used yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// Its id.
    pub id: String,
    /// The role it gives.
    pub role: Role,
    /// Whom it is for.
    pub email: String,
    /// When it stops working.
    pub expires_at: UnixMs,
}

/// A place of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many assets are assigned to it.
    pub assets: usize,
}

/// What an invitation says to the person who opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    /// The link's secret part, to be sent back.
    pub token: String,
    /// Into which business.
    pub tenant: String,
    /// With which role.
    pub role: Role,
    /// Until when the link works.
    pub expires_at: UnixMs,
    /// The address it was made for.
    pub email: String,
    /// Whether that address has an account already.
    pub has_account: bool,
    /// The address of who looks at it, when they are signed in.
    pub signed_in_as: Option<String>,
}
