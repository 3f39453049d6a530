//! Keeping connections alive: each is looked after about once a day, its token is renewed where Meta allows that, and people
//! are warned before what nobody but they can renew.
//!
//! [`plan_upkeep`] and [`warn_of_ends`] belong to the hourly sweep; [`look_after`] is the job that the plan asks for. What each
//! process may do is decided by the database: any number of them can sweep and run jobs at the same time.

mod grants;
mod letter;
mod look_after;
mod plan;
mod renew;
pub(super) mod renewal;
mod texts;
mod warn;

pub(super) use look_after::LEAVE_FROM;
pub(crate) use look_after::look_after;
pub use plan::plan_upkeep;
pub use warn::warn_of_ends;
