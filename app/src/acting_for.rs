//! A page acts for the business that it was opened for. Another tab may have switched businesses meanwhile: then the form is
//! stopped, and the person is told.

use crate::error::AppError;
use server::accounts::Actor;
use server::http::Visit;

/// The hidden field of every form: the tenant that its page was opened for.
pub const FIELD: &str = "acting_for";
/// The stable word of the refusal.
pub const CODE: &str = "acting_for";
/// What people do for themselves, for the installation, or to change the business they work for.
const PERSONAL: [&str; 19] = [
    "accept-invitation",
    "begin-set-up",
    "change-name",
    "change-password",
    "check-app",
    "end-overlap",
    "forgot-password",
    "reset-password",
    "rotate-keys",
    "save-app",
    "set-language",
    "set-theme",
    "show-verify-token",
    "sign-in",
    "sign-out",
    "sign-out-everywhere",
    "sign-up",
    "subscribe-webhooks",
    "switch-tenant",
];

/// Compares what a form says it acts for with what the session does now.
///
/// # Errors
/// 409 when they differ.
pub fn check_form(visit: &Visit, action: &str, fields: &[(String, String)]) -> Result<(), AppError> {
    let said = fields.iter().find(|(name, _)| name == FIELD).map(|(_, value)| value.as_str());
    match (said, visit.signed_in()) {
        (Some(said), Some(who)) if !PERSONAL.contains(&action) => check(&who.actor, said),
        _ => Ok(()),
    }
}

/// Compares the tenant that a page was opened for with the one the person works for now.
///
/// # Errors
/// 409 when they differ.
pub fn check(actor: &Actor, opened_for: &str) -> Result<(), AppError> {
    let now = actor.membership.as_ref();
    if opened_for.is_empty() || now.is_some_and(|now| now.tenant_id.as_str() == opened_for) {
        return Ok(());
    }
    let before = actor.memberships.iter().find(|one| one.tenant_id.as_str() == opened_for);
    let before = before.map_or("another business", |one| one.tenant_name.as_str());
    let now = now.map_or("no business", |one| one.tenant_name.as_str());
    let what = format!("This page was opened for {before}; you are now working for {now}.");
    Err(AppError::new(409, CODE, what)
        .why("You switched businesses in another tab or window. Nothing was changed.")
        .todo(format!("Send it again to do it for {now}, or switch back to {before} first.")))
}
