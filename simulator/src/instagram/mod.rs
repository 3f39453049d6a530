//! Instagram API with Instagram Login: the dialog at `www.instagram.com`, the codes at `api.instagram.com`, and the tokens at
//! `graph.instagram.com`. All three stand under `/instagram/` here.

mod dialog;
mod tokens;

pub(crate) use dialog::{consented, decide, opened};
pub(crate) use tokens::{exchange_code, lengthen, refresh};

/// The first segment of every path.
pub(crate) const PREFIX: &str = "instagram";

/// What an account can grant, in the order the dialog lists it.
pub(crate) const SCOPES: [(&str, &str); 4] = [
    ("instagram_business_basic", "See the profile and posts"),
    ("instagram_business_manage_messages", "Read and answer messages"),
    ("instagram_business_manage_comments", "Read and answer comments"),
    ("instagram_business_content_publish", "Publish posts"),
];

/// An account's id as the app sees it, which is not the one that webhooks name.
pub(crate) fn scoped_id(account: &str) -> String {
    format!("2{}", account.get(1..).unwrap_or_default())
}
