//! What came from Meta, as people and programs look at it.
//!
//! A member sees the parts of deliveries that are about their tenant's assets, an owner also the raw pieces of those events.
//! Only an operator sees whole bodies of deliveries that several tenants share. Another tenant's delivery does not exist.

mod detail;
mod list;
mod replay;

pub use detail::{DeliveryDetail, EventView, get};
pub use list::{AssetView, DeliveryPage, DeliveryView, Filter, list, list_all};
pub(crate) use replay::apply_asked;
pub use replay::{MOST_REPLAYS, Replay, replay};

use crate::{
    accounts::Actor,
    db::memberships::Role,
    error::{Error, Result},
    ids::TenantId,
};

/// Who looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Runs the installation: sees everything.
    Operator,
    /// Belongs to a tenant.
    Member {
        /// Which.
        tenant: TenantId,
        /// As what: only an owner sees raw pieces.
        role: Role,
    },
}

impl Viewer {
    /// How `actor` looks.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a person who is no operator and belongs to no tenant.
    pub fn new(actor: &Actor) -> Result<Self> {
        if actor.operator {
            return Ok(Self::Operator);
        }
        let member = actor.member()?;
        Ok(Self::Member { tenant: member.tenant_id, role: member.role })
    }

    /// Whether this tenant's parts are theirs to see.
    fn sees(&self, tenant: &str) -> bool {
        match self {
            Self::Operator => true,
            Self::Member { tenant: own, .. } => own.as_str() == tenant,
        }
    }

    /// Whether they see what people wrote, as it came.
    fn sees_raw(&self) -> bool {
        match self {
            Self::Operator => true,
            Self::Member { role, .. } => *role == Role::Owner,
        }
    }

    /// The tenant whose parts are theirs alone to see.
    fn only(&self) -> Option<&TenantId> {
        match self {
            Self::Operator => None,
            Self::Member { tenant, .. } => Some(tenant),
        }
    }

    /// Refuses whoever may not have deliveries applied again.
    fn may_replay(&self) -> Result<()> {
        if self.sees_raw() { Ok(()) } else { Err(Error::Forbidden("Only an owner can apply deliveries again.")) }
    }
}
