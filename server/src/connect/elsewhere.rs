//! What is said when Meta sends messages to an address that is not ours.

use crate::{explanation::Explanation, words::failures::upkeep};

/// An asset's messages go there.
pub(super) fn callback_elsewhere(url: &str) -> Explanation {
    upkeep::callback_elsewhere(address(url))
}

/// The app's webhooks for an object go there.
pub(super) fn app_elsewhere(object: &str, url: &str) -> Explanation {
    upkeep::app_elsewhere(object.to_owned(), address(url))
}

/// An address without what may be secret in it; `none`, as the messages name it, for what is no address.
fn address(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(parsed) => format!("{}{}", parsed.origin().ascii_serialization(), parsed.path()),
        Err(_) => "none".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn the_address_is_told_without_its_secrets() {
        let told = |url| callback_elsewhere(url).told(Language::En).why;
        assert_eq!(told("https://crm.example/hook?token=x"), "It sends them to https://crm.example/hook.");
        assert_eq!(told("crm"), "It sends them to an address that is none.");
    }
}
