//! The mails about passwords: plain text and HTML, in English as every mail is.

use jiff::tz::TimeZone;
use url::Url;

use crate::{
    clock::Timestamp,
    mail::markup::{button, document, escape},
};

/// The path of the page that a link leads to, before its secret.
const PATH: &str = "reset-password/";

/// A mail without its address.
pub(super) struct Letter {
    pub(super) subject: &'static str,
    pub(super) plain: String,
    pub(super) html: String,
}

/// The link by which a person chooses a new password.
pub(super) fn new_password(email: &str, token: &str, public_url: &Url) -> Letter {
    const SUBJECT: &str = "Choose a new password";
    const ONCE: &str = "The link works once, for one hour. A newer one makes it void.";
    const NOT_YOU: &str = "If it was not you, do nothing: your password stays as it is.";
    let link = format!("{public_url}{PATH}{token}");
    let asked = format!("Somebody asked for a new password for {email} at Attaché ({public_url}).");
    let plain = format!("{asked}\n\nIf it was you, choose one here:\n{link}\n\n{ONCE}\n\n{NOT_YOU}\n");
    let rows = format!(
        "{}<tr><td style=\"padding-bottom:16px\">{}</td></tr>{}{}",
        row(&asked),
        button(&link, SUBJECT),
        row(ONCE),
        row(NOT_YOU)
    );
    Letter { subject: SUBJECT, plain, html: document(SUBJECT, email, &rows) }
}

/// The news that a password was changed. Nothing in it opens anything.
pub(super) fn password_changed(email: &str, at: Timestamp, public_url: &Url) -> Letter {
    const SUBJECT: &str = "Your password was changed";
    const YOU: &str = "If it was you, there is nothing to do.";
    const NOT_YOU: &str = "If it was not you, choose a new one at once, and tell whoever runs this installation:";
    let link = format!("{public_url}forgot-password");
    let changed = format!(
        "The password of {email} at Attaché ({public_url}) was changed on {}. Whoever was signed in elsewhere is signed out.",
        moment(at)
    );
    let plain = format!("{changed}\n\n{YOU}\n\n{NOT_YOU}\n{link}\n");
    let rows = format!(
        "{}{}{}<tr><td>{}</td></tr>",
        row(&changed),
        row(YOU),
        row(NOT_YOU),
        button(&link, "Choose a new password")
    );
    Letter { subject: SUBJECT, plain, html: document(SUBJECT, email, &rows) }
}

/// A paragraph.
fn row(text: &str) -> String {
    format!("<tr><td><p style=\"margin:0 0 16px;color:#55534e\">{}</p></td></tr>", escape(text))
}

/// A moment, such as "1 June 2026 at 10:00 UTC".
fn moment(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap_or_default().to_zoned(TimeZone::UTC);
    at.strftime("%-d %B %Y at %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn url() -> Url {
        "https://attache.example/".parse().unwrap()
    }

    #[test]
    fn the_link_is_in_both_forms_of_the_mail() {
        let letter = new_password("ada@example.com", "secret", &url());
        assert!(letter.plain.contains("\nhttps://attache.example/reset-password/secret\n"), "{}", letter.plain);
        assert!(letter.html.contains("href=\"https://attache.example/reset-password/secret\""), "{}", letter.html);
        assert!(letter.plain.contains("for ada@example.com at Attaché (https://attache.example/)"));
    }

    #[test]
    fn the_news_say_when_and_what_to_do_and_hold_no_markup_of_others() {
        let letter = password_changed("<b>@example.com", Timestamp::from_seconds(1_780_308_000), &url());
        assert!(letter.plain.contains("was changed on 1 June 2026 at 10:00 UTC."), "{}", letter.plain);
        assert!(letter.plain.ends_with("\nhttps://attache.example/forgot-password\n"));
        assert!(letter.html.contains("&lt;b&gt;@example.com") && !letter.html.contains("<b>"));
    }
}
