//! E-mail addresses, as far as they can be checked without sending one.

use std::{fmt, str::FromStr};

use crate::error::Error;

/// An e-mail address in lower case: something, an at sign, a domain with a dot; at most 254 bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim().to_lowercase();
        let refused = || Error::invalid("email", "This is not an e-mail address. It looks like name@example.com.");
        let (local, domain) = text.rsplit_once('@').ok_or_else(refused)?;
        let strange = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"');
        let dotted = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
        if local.is_empty() || local.contains('@') || text.len() > 254 || text.contains(strange) || !dotted {
            return Err(refused());
        }
        Ok(Self(text))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
