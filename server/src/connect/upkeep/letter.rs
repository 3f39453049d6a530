//! A mail about ends: plain text and HTML, one for all connections of a business.

use std::fmt::Write as _;

use url::Url;

use super::texts::{self, Told};
use crate::{
    db::token_warnings::Ending,
    mail::markup::{button, document, escape, one_line},
};

/// A mail without its address.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) plain: String,
    pub(super) html: String,
}

/// Writes the mail. It holds names, dates and links; nothing in it opens anything without signing in.
pub(super) fn write(business: &str, endings: &[(&Ending, Told)], public_url: &Url) -> Letter {
    let mut connections: Vec<_> = endings.iter().map(|(ending, _)| &ending.connection_id).collect();
    connections.sort_unstable();
    connections.dedup();
    let head = match endings {
        [(_, told)] => told.what.clone(),
        _ => texts::several(connections.len()),
    };
    let (mut plain, mut rows) = (format!("{head}: {business}\n"), String::new());
    for (ending, told) in endings {
        let link = link(public_url, ending);
        let whose = texts::whose(ending);
        let _ = write!(plain, "\n{}.\n{whose} {}\n{}\n{link}\n", told.what, told.why, told.todo);
        let _ = write!(
            rows,
            "<tr><td style=\"padding:16px 0;border-top:1px solid #e5e3de\"><p style=\"margin:0 0 4px;font-weight:600\">{}</p>\
             <p style=\"margin:0 0 4px;color:#55534e\">{} {}</p><p style=\"margin:0 0 12px;color:#55534e\">{}</p>{}</td></tr>",
            escape(&told.what),
            escape(&whose),
            escape(&told.why),
            escape(&told.todo),
            button(&link, "Confirm with Meta"),
        );
    }
    let _ = write!(plain, "\nAll connections: {public_url}\n");
    let _ = write!(
        rows,
        "<tr><td style=\"padding-top:16px;border-top:1px solid #e5e3de;color:#55534e;font-size:13px\">All connections: \
         <a href=\"{all}\" style=\"color:#1d1c1a\">{all}</a></td></tr>",
        all = escape(public_url.as_str()),
    );
    let html = document(&head, business, &rows);
    Letter { subject: one_line(&format!("{head} · {business}")), plain, html }
}

/// Where the person confirms again; it asks to sign in first.
fn link(public_url: &Url, ending: &Ending) -> String {
    let mut url = public_url.clone();
    url.set_path("/connect");
    url.query_pairs_mut().append_pair("connection", ending.connection_id.as_str());
    url.into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        clock::Timestamp,
        db::{credentials::CredentialKind, token_warnings::EndingClock},
    };

    #[test]
    fn names_cannot_become_markup_or_headers() {
        let ending = Ending {
            connection_id: format!("con_{:032}", 1).parse().unwrap(),
            meta_user_name: "<b>Lucía & Co</b>".into(),
            token_kind: CredentialKind::User,
            clock: EndingClock::Token,
            stage: 7,
            ends_at: 7 * 86_400_000,
            problem: None,
        };
        let told = texts::told(&ending, Timestamp::from_millis(0)).unwrap();
        let url = "https://attache.example/".parse().unwrap();
        let letter = write("Brasa\r\nBcc: x@example.com", &[(&ending, told)], &url);
        assert_eq!(letter.subject, "Access ends in 7 days · Brasa  Bcc: x@example.com");
        assert!(letter.html.contains("&lt;b&gt;Lucía &amp; Co&lt;/b&gt;") && !letter.html.contains("<b>"));
        assert!(
            letter.plain.contains("https://attache.example/connect?connection=con_00000000000000000000000000000001")
        );
    }
}
