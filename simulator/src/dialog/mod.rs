//! The OAuth dialog (Meta reference §3): what it is asked, what the person sees, where the browser goes next.

mod answer;
mod arbiter;
mod consent;
mod decide;
mod error_page;
mod form;
mod page;
mod request;
mod signup;
mod style;

pub(crate) use arbiter::arbiter;
pub use consent::{Answer, Consent};
pub(crate) use decide::{Reply, decide};
pub use error_page::ErrorPage;
pub(crate) use form::{consented, opened};
pub(crate) use request::is_registered;
pub(crate) use style::{Assets, document, document_with};
