//! What App ID, App Secret and configuration id look like: mistakes that are seen without asking Meta.

use crate::{
    error::{Error, Result},
    meta::AppId,
};

/// Where Meta's dashboard has the two of Instagram Login.
const INSTAGRAM: &str = "It is in Instagram → API setup with Instagram login.";

/// How many characters an App Secret has.
const SECRET: usize = 32;

/// An App ID as it was pasted.
///
/// # Errors
/// [`Error::Invalid`] for `app_id`.
pub(super) fn app_id(text: &str) -> Result<AppId> {
    let text = text.trim();
    text.parse().map_err(|_| {
        let more = match text {
            "" => "Paste the App ID.",
            text if text.contains('|') => "This is an app token. The App ID is the part before the bar.",
            text if looks_like_secret(text) => "This looks like the App Secret.",
            _ => "An App ID is digits only.",
        };
        Error::invalid("app_id", format!("Invalid App ID format. {more} It is in App settings → Basic."))
    })
}

/// Whether this is what an App Secret looks like: 32 hexadecimal digits.
pub(super) fn looks_like_secret(text: &str) -> bool {
    text.len() == SECRET && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// An App Secret as it was pasted.
///
/// # Errors
/// [`Error::Invalid`] for `app_secret`. The message says nothing of what was pasted but what kind of thing it may be.
pub(super) fn app_secret(text: &str) -> Result<&str> {
    let text = text.trim();
    if looks_like_secret(text) {
        return Ok(text);
    }
    let more = match text {
        "" => "Paste the App Secret.",
        text if text.contains('|') => "This is an app token. The App Secret is the part after the bar.",
        text if text.starts_with("EAA") => "This is an access token.",
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => "This looks like an App ID or a configuration id.",
        _ => "An App Secret is 32 characters, digits and the letters a to f.",
    };
    Err(Error::invalid(
        "app_secret",
        format!("Invalid App Secret format. {more} It is in App settings → Basic, behind Show."),
    ))
}

/// An Instagram App ID as it was pasted; none when the field is empty.
///
/// # Errors
/// [`Error::Invalid`] for `instagram_app_id`.
pub(super) fn instagram_app_id(text: &str, app: &AppId) -> Result<Option<AppId>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let more = match text.parse::<AppId>() {
        Ok(id) if id != *app => return Ok(Some(id)),
        Ok(_) => "This is the App ID of the Meta app. Instagram has one of its own.",
        Err(_) if looks_like_secret(text) => "This looks like the Instagram App Secret.",
        Err(_) => "An Instagram App ID is digits only.",
    };
    Err(Error::invalid("instagram_app_id", format!("Invalid App ID format. {more} {INSTAGRAM}")))
}

/// An Instagram App Secret as it was pasted.
///
/// # Errors
/// [`Error::Invalid`] for `instagram_app_secret`.
pub(super) fn instagram_app_secret(text: &str) -> Result<&str> {
    let text = text.trim();
    if looks_like_secret(text) {
        return Ok(text);
    }
    let more = match text {
        "" => "Paste the Instagram App Secret.",
        text if text.starts_with("IGAA") || text.starts_with("EAA") => "This is an access token.",
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => "This looks like an App ID.",
        _ => "An Instagram App Secret is 32 characters, digits and the letters a to f.",
    };
    Err(Error::invalid("instagram_app_secret", format!("Invalid App Secret format. {more} {INSTAGRAM}")))
}

/// A configuration id as it was pasted; none when the field is empty.
///
/// # Errors
/// [`Error::Invalid`] for `field`.
pub(super) fn config_id<'a>(field: &'static str, text: &'a str, app: &AppId) -> Result<Option<&'a str>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let place = "It is in Facebook Login for Business → Configurations.";
    if text == app.as_str() {
        return Err(Error::invalid(
            field,
            format!("This is the App ID. The configuration id is another number. {place}"),
        ));
    }
    if text.len() <= SECRET && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(text));
    }
    Err(Error::invalid(field, format!("Invalid configuration id format. A configuration id is digits only. {place}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::words::Language;

    fn told<T: std::fmt::Debug>(read: Result<T>) -> String {
        read.unwrap_err().explain().told(Language::En).what
    }

    #[test]
    fn what_was_pasted_into_the_wrong_field_is_named() {
        assert_eq!(app_id(" 1029384756102938\n").unwrap().as_str(), "1029384756102938");
        assert!(told(app_id("my app")).starts_with("Invalid App ID format. An App ID is digits only."));
        assert!(told(app_id("5f1c0d3b7a9e42868d1e4c6b0a2f9e37")).contains("looks like the App Secret"));
        assert!(told(app_id("102938|5f1c")).contains("before the bar"));
        assert!(told(app_id("")).contains("Paste the App ID"));

        assert_eq!(app_secret(" 5f1c0d3b7a9e42868d1e4c6b0a2f9e37 ").unwrap(), "5f1c0d3b7a9e42868d1e4c6b0a2f9e37");
        assert!(told(app_secret("1029384756102938")).contains("App ID or a configuration id"));
        assert!(told(app_secret("EAAcanary")).contains("access token"));
        assert!(!told(app_secret("canary-secret-that-is-too-long-and-no-hex")).contains("canary"));

        let app = app_id("1029384756102938").unwrap();
        assert_eq!(config_id("config_id", "  ", &app).unwrap(), None);
        assert_eq!(config_id("config_id", "700100000000001", &app).unwrap(), Some("700100000000001"));
        assert!(told(config_id("whatsapp_config_id", "1029384756102938", &app)).contains("This is the App ID"));
        assert!(told(config_id("config_id", "config", &app)).contains("digits only"));
    }

    #[test]
    fn instagram_has_an_id_and_a_secret_of_its_own() {
        let app = "1029384756102938".parse().unwrap();
        assert_eq!(instagram_app_id("  ", &app).unwrap(), None);
        assert_eq!(instagram_app_id(" 2075860392184477 ", &app).unwrap().unwrap().as_str(), "2075860392184477");
        assert!(told(instagram_app_id("1029384756102938", &app)).contains("one of its own"));
        assert!(
            told(instagram_app_id("c41a77d05be2493f9d6e8b3170f5a2cc", &app))
                .contains("looks like the Instagram App Secret")
        );
        assert!(told(instagram_app_id("abc", &app)).contains("digits only"));
        assert!(told(instagram_app_secret("IGAAxyz")).contains("access token"));
        assert!(told(instagram_app_secret("2075860392184477")).contains("App ID"));
        assert!(instagram_app_secret(" c41a77d05be2493f9d6e8b3170f5a2cc ").is_ok());
    }
}
