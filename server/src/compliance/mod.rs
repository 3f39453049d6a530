//! What a person at Meta may ask of us through Meta: that their grant ends ([`deauthorize`]), and that what is known of them is
//! deleted ([`delete_person`]); [`find_deletion`] tells them how far that is (Meta reference §10).

mod deauthorize;
mod deletion;
mod erase;
mod request;

pub use deauthorize::deauthorize;
pub use deletion::{Confirmation, DeletionView, delete_person, find_deletion, resume_deletions};
pub use request::read_signed_request;
