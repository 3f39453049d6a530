//! Verifying a number: a code by SMS or call, and entering it.

use secrecy::{ExposeSecret as _, SecretString};

use super::{opened::Opened, read::look_after};
use crate::{
    accounts::Actor,
    error::{Error, Result},
    ids::AssetId,
    meta::CodeMethod,
    observe::Note,
    services::Services,
};

/// The languages in which Meta says the code, and their names.
pub const CODE_LANGUAGES: [(&str, &str); 14] = [
    ("en_US", "English"),
    ("es_ES", "Español"),
    ("pt_BR", "Português (Brasil)"),
    ("pt_PT", "Português (Portugal)"),
    ("ro_RO", "Română"),
    ("fr_FR", "Français"),
    ("de_DE", "Deutsch"),
    ("it_IT", "Italiano"),
    ("nl_NL", "Nederlands"),
    ("pl_PL", "Polski"),
    ("tr_TR", "Türkçe"),
    ("ar_AR", "العربية"),
    ("hi_IN", "हिन्दी"),
    ("id_ID", "Bahasa Indonesia"),
];

/// Has Meta send a verification code to the number.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`] for a language that is
/// none of [`CODE_LANGUAGES`], and what Meta refuses.
pub async fn request_code(
    services: &Services,
    actor: &Actor,
    id: &AssetId,
    method: CodeMethod,
    language: &str,
) -> Result<()> {
    let actor = actor.admin()?;
    if !CODE_LANGUAGES.iter().any(|(known, _)| *known == language) {
        return Err(Error::invalid("language", "Choose one of the languages."));
    }
    let number = Opened::open(services, actor, id).await?;
    if let Err(error) = number.graph.request_code(&number.id, &number.token, method, language).await {
        return Err(number.refused(services, "No code was sent", error).await);
    }
    let way = match method {
        CodeMethod::Sms => "SMS",
        CodeMethod::Voice => "call",
    };
    let note = Note::ok("code_requested", format!("{} asked for a verification code by {way}.", number.actor.name));
    number.succeeded(services, "number.code_requested", note).await
}

/// Verifies the number with the code that Meta sent.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin, [`Error::NotFound`], [`Error::Invalid`], and what Meta refuses.
pub async fn verify_code(services: &Services, actor: &Actor, id: &AssetId, code: SecretString) -> Result<()> {
    let actor = actor.admin()?;
    // Meta writes it as 123-456.
    let digits: String = code.expose_secret().chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::invalid("code", "The code is six digits."));
    }
    let code = SecretString::from(digits);
    let number = Opened::open(services, actor, id).await?;
    if let Err(error) = number.graph.verify_code(&number.id, &number.token, &code).await {
        return Err(number.refused(services, "The number was not verified", error).await);
    }
    let note = Note::ok("number_verified", format!("{} verified the number with its code.", number.actor.name));
    number.succeeded(services, "number.verified", note).await?;
    look_after(services, &number).await;
    Ok(())
}
