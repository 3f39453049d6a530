//! The mail about an endpoint that was disabled.

use url::Url;

use crate::{db::webhook_endpoints::WebhookEndpoint, explanation::Explanation, mail::markup, words::Language};

/// A mail without its address.
pub(super) struct Letter {
    pub(super) subject: String,
    pub(super) plain: String,
    pub(super) html: String,
}

/// Writes the mail. Of the endpoint's address it holds the host alone.
pub(super) fn write(
    business: &str,
    endpoint: &WebhookEndpoint,
    host: &str,
    why: &Explanation,
    public_url: &Url,
) -> Letter {
    let told = why.told(Language::En);
    let mut link = public_url.clone();
    link.set_path(&format!("/developers/{}", endpoint.id));
    let head = format!("Events are no longer sent to {host}");
    let plain = format!("{head}: {business}\n\n{} {}\n{}\n{link}\n", told.what, told.why, told.todo);
    let row = format!(
        "<tr><td style=\"padding-top:16px;border-top:1px solid #e5e3de\"><p style=\"margin:0 0 4px\">{} {}</p>\
         <p style=\"margin:0 0 12px;color:#55534e\">{}</p>{}</td></tr>",
        markup::escape(&told.what),
        markup::escape(&told.why),
        markup::escape(&told.todo),
        markup::button(link.as_str(), "See the endpoint"),
    );
    let html = markup::document(&head, business, &row);
    Letter { subject: markup::one_line(&format!("{head} · {business}")), plain, html }
}
