//! What people read in their mail.

use secrecy::SecretString;

use super::TestApp;

impl TestApp {
    /// The secrets of the links for a new password that were sent, in the order of the mails.
    pub(crate) fn reset_tokens(&self) -> Vec<SecretString> {
        let links = self.mails().into_iter().filter_map(|mail| {
            // Lines are folded in the form that mail has.
            let mail = mail.replace("=\r\n", "");
            let (_, after) = mail.split_once("reset-password/")?;
            Some(SecretString::from(after.chars().take_while(|c| !c.is_whitespace()).collect::<String>()))
        });
        links.collect()
    }

    /// The subjects of the mails that were sent, in their order.
    pub(crate) fn subjects(&self) -> Vec<String> {
        let subject = |mail: &String| {
            let line = mail.lines().find_map(|line| line.strip_prefix("Subject: "));
            line.unwrap_or_else(|| panic!("no subject in {mail}")).to_owned()
        };
        self.mails().iter().map(subject).collect()
    }
}
