//! Logging in without a browser: dialogs answered, codes and tokens minted.

use url::Url;

use super::Control;
use crate::dialog::{self, Consent, ErrorPage, Reply};
use crate::graph;
use crate::state::{Grant, SIXTY_DAYS, Selection, SystemUser, TokenKind};

/// Which flow a minted code belongs to; it decides the code's life and what it is bound to (Meta reference §2.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFlow {
    /// The redirect dialog with classic scopes.
    Redirect {
        /// A registered redirect URI.
        redirect_uri: String,
        /// Comma-separated permissions.
        scope: String,
    },
    /// The redirect dialog with a login configuration.
    RedirectConfiguration {
        /// A registered redirect URI.
        redirect_uri: String,
        /// The `config_id`.
        config_id: String,
    },
    /// An SDK popup with a login configuration: bound to nothing, thirty seconds.
    Popup {
        /// The `config_id`.
        config_id: String,
        /// URL of the page that called `FB.login`.
        page: String,
    },
    /// A classic SDK popup: bound to the empty string or the page.
    ClassicPopup {
        /// Comma-separated permissions.
        scope: String,
        /// URL of the page that called `FB.login`.
        page: String,
    },
}

impl Control {
    /// Answer a dialog without a browser: the address it would send the browser to.
    ///
    /// # Errors
    /// The page shown inside Facebook instead, from which no browser returns.
    pub fn approve(&self, dialog_url: &str, consent: &Consent) -> Result<Url, ErrorPage> {
        let raw = dialog_url.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let raw = raw.split('#').next().unwrap_or_default();
        let mut state = self.shared.lock();
        match dialog::decide(&mut state, raw, consent) {
            Reply::Redirect(url) => Ok(url),
            Reply::Page(page) => Err(page),
        }
    }

    /// A code as that flow would deliver it, for this person with everything ticked.
    ///
    /// # Errors
    /// The page the dialog would show instead, [`ErrorPage::SomethingWrong`] when it redirects without a code.
    pub fn mint_code(&self, persona: &str, flow: &CodeFlow) -> Result<String, ErrorPage> {
        let url = self.approve(&self.dialog_url(flow), &Consent::everything().by(persona))?;
        let pairs =
            url.query().into_iter().chain(url.fragment()).flat_map(|text| url::form_urlencoded::parse(text.as_bytes()));
        let code = pairs.filter(|(name, _)| name == "code").map(|(_, value)| value.into_owned()).next();
        code.ok_or(ErrorPage::SomethingWrong)
    }

    /// The dialog address such a flow opens, with `state=sim`.
    #[must_use]
    pub fn dialog_url(&self, flow: &CodeFlow) -> String {
        let state = self.shared.lock();
        let mut url = state.base.clone();
        url.set_path("/v25.0/dialog/oauth");
        let arbiter = |page: &str| {
            let origin = Url::parse(page).map(|page| page.origin().ascii_serialization()).unwrap_or_default();
            format!("{}x/connect/xd_arbiter/?version=46#cb=f1&origin={origin}&relation=opener", state.base)
        };
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("client_id", &state.world.app.id)
                .append_pair("state", "sim")
                .append_pair("response_type", "code");
            match flow {
                CodeFlow::Redirect { redirect_uri, scope } => {
                    query.append_pair("redirect_uri", redirect_uri).append_pair("scope", scope);
                }
                CodeFlow::RedirectConfiguration { redirect_uri, config_id } => {
                    query.append_pair("redirect_uri", redirect_uri).append_pair("config_id", config_id);
                }
                CodeFlow::Popup { config_id, page } => {
                    query.append_pair("redirect_uri", &arbiter(page)).append_pair("config_id", config_id);
                    query.append_pair("sdk", "joey").append_pair("fallback_redirect_uri", page);
                }
                CodeFlow::ClassicPopup { scope, page } => {
                    query.append_pair("redirect_uri", &arbiter(page)).append_pair("scope", scope);
                    query.append_pair("sdk", "joey").append_pair("fallback_redirect_uri", page);
                }
            }
        }
        url.into()
    }

    /// Answer Instagram's dialog without a browser, as this account and without what it declines: the address it would send
    /// the browser to. Nothing declined is everything allowed; `None` is Cancel.
    ///
    /// # Errors
    /// What Instagram's own page says instead, from which no browser returns.
    pub fn approve_instagram(&self, dialog_url: &str, account: &str, declined: Option<&[&str]>) -> Result<Url, String> {
        let raw = dialog_url.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let declined = declined.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        crate::instagram::decide(&mut self.shared.lock(), raw, Some(account), declined.as_ref())
    }

    /// The token of an Instagram account that logged in itself (Instagram Login), good for sixty days.
    #[must_use]
    pub fn mint_instagram_token(&self, account: &str) -> String {
        graph::mint(&mut self.shared.lock(), TokenKind::Instagram, account.to_owned(), SIXTY_DAYS)
    }

    /// A token of a system user in this portfolio, made in Business settings with these permissions for every asset there is and
    /// will be; `lifetime` in seconds, 0 for ever. Its grant is widened when the system user has one.
    #[must_use]
    pub fn mint_system_user_token(&self, business: &str, permissions: &[&str], lifetime: i64) -> String {
        let mut state = self.shared.lock();
        let persona = state.world.people.first().map(|person| person.id.clone()).unwrap_or_default();
        let known = state.grants.system_user_of(business).cloned();
        let mut user = known.unwrap_or_else(|| SystemUser {
            id: format!("1220{}", business.chars().rev().take(11).collect::<String>()),
            business: business.to_owned(),
            persona,
            grant: Grant { authorized: true, ..Grant::default() },
        });
        user.grant.granted.extend(permissions.iter().map(|name| (*name).to_owned()));
        for kind in crate::world::AssetKind::ALL {
            user.grant.ticks.set(kind, Selection::All);
        }
        let id = user.id.clone();
        state.grants.put_system_user(user);
        graph::mint(&mut state, TokenKind::SystemUser, id, lifetime)
    }

    /// The temporary token that the App Dashboard shows: a person's, good for a day (Meta reference §11, row 24).
    #[must_use]
    pub fn mint_temporary_token(&self, persona: &str) -> String {
        drop(self.mint_user_token(persona));
        graph::mint(&mut self.shared.lock(), TokenKind::UserLong, persona.to_owned(), 86_400)
    }

    /// A long-lived user token of this person, who has granted everything the first configuration asks for.
    ///
    /// A person who has consented before keeps that grant.
    #[must_use]
    pub fn mint_user_token(&self, persona: &str) -> String {
        let granted = self.shared.lock().grants.person(persona).is_some_and(|grant| grant.authorized);
        if !granted {
            let flow = {
                let state = self.shared.lock();
                let app = &state.world.app;
                CodeFlow::Redirect {
                    redirect_uri: app.redirect_uris.first().map(|uri| uri.replace(":*", ":3000")).unwrap_or_default(),
                    scope: app.configurations.first().map(|one| one.permissions.join(",")).unwrap_or_default(),
                }
            };
            // The habits of the person (a preset, permissions usually unticked) apply as in a dialog.
            let _ = self.approve(&self.dialog_url(&flow), &Consent::default().by(persona));
        }
        let mut state = self.shared.lock();
        graph::mint(&mut state, TokenKind::UserLong, persona.to_owned(), SIXTY_DAYS)
    }
}
