//! New accounts.

use secrecy::SecretString;

use super::{Email, limits};
use crate::{
    db::users::{self, NewUser},
    error::{Error, Result},
    ids::{TenantId, UserId},
    observe,
    services::Services,
    words::failures::accounts as failures,
};

/// What a person fills in to begin.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// The name of their business: 1 to 120 characters.
    pub business_name: String,
    /// Their own name: 1 to 120 characters.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: SecretString,
}

/// Makes an account and its business, with the person as owner. `address` is where the request came from.
///
/// # Errors
/// [`Error::Invalid`] by field, [`Error::Conflict`] when the address is taken, [`Error::Busy`].
pub async fn sign_up(services: &Services, input: SignUp, address: &str) -> Result<(UserId, TenantId)> {
    let business_name = text("business_name", &input.business_name)?;
    let name = text("name", &input.name)?;
    let email: Email = input.email.parse()?;
    services.passwords().check_new("password", &input.password)?;
    limits::SIGN_UP_BY_ADDRESS.count(services, address).await?;

    let password_hash = services.passwords().hash(input.password).await?;
    let (user_id, tenant_id) = (UserId::new(services.ids()), TenantId::new(services.ids()));
    let user =
        NewUser { id: &user_id, email: email.as_str(), name: &name, password_hash: &password_hash, operator: false };
    let now = services.clock().now();
    let said = observe::said(services, (&user_id, &name), "tenant.created", &business_name).await?;
    if users::insert_with_tenant(services.db(), &user, &tenant_id, &business_name, &said, now).await? {
        Ok((user_id, tenant_id))
    } else {
        Err(Error::Conflict(failures::email_taken()))
    }
}

/// Makes an operator's account, for the command line. It belongs to no tenant.
///
/// # Errors
/// [`Error::Invalid`] by field, [`Error::Conflict`] when the address is taken.
pub async fn create_operator(services: &Services, name: &str, email: &str, password: SecretString) -> Result<UserId> {
    let name = text("name", name)?;
    let email: Email = email.parse()?;
    services.passwords().check_new("password", &password)?;
    let password_hash = services.passwords().hash(password).await?;
    let user_id = UserId::new(services.ids());
    let user =
        NewUser { id: &user_id, email: email.as_str(), name: &name, password_hash: &password_hash, operator: true };
    if users::insert(services.db(), &user, services.clock().now()).await? {
        Ok(user_id)
    } else {
        Err(Error::Conflict(failures::email_taken()))
    }
}

/// A name that people see: trimmed, 1 to 120 characters, none of them a control character.
pub(super) fn text(field: &'static str, value: &str) -> Result<String> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Error::invalid(field, "Fill this in."));
    }
    if value.chars().count() > 120 {
        return Err(Error::invalid(field, "Use at most 120 characters."));
    }
    if value.chars().any(char::is_control) {
        return Err(Error::invalid(field, "This holds a character that cannot be shown. Type it again."));
    }
    Ok(value.to_owned())
}
