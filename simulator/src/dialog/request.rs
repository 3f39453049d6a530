//! Reading the parameters of the dialog (Meta reference §2.2, §3).

use serde_json::Value;
use url::Url;

use super::error_page::ErrorPage;
use crate::permissions;
use crate::query::Query;
use crate::state::State;
use crate::world::{Configuration, Mode, Variation};

/// A dialog request that Facebook would show to the person.
#[derive(Debug, Clone)]
pub(crate) struct DialogRequest {
    /// Where the answer goes.
    pub(crate) redirect_uri: Url,
    /// Exactly as sent: what the code is bound to.
    pub(crate) redirect_text: String,
    pub(crate) state: Option<String>,
    pub(crate) response_type: ResponseType,
    /// Permissions asked for, `public_profile` always among them.
    pub(crate) scopes: Vec<String>,
    pub(crate) configuration: Option<Configuration>,
    pub(crate) rerequest: bool,
    pub(crate) return_scopes: bool,
    /// Opened by the SDK: the page that called `FB.login`.
    pub(crate) popup: Option<Popup>,
    pub(crate) signup: Option<Signup>,
    /// The query as it came, to ask again with another person.
    pub(crate) raw: String,
}

/// The SDK's side of a popup.
#[derive(Debug, Clone)]
pub(crate) struct Popup {
    pub(crate) page: String,
    /// The page's host is among the app's domains; if not, nothing is posted back.
    pub(crate) allowed: bool,
}

/// What the answer carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ResponseType {
    pub(crate) code: bool,
    pub(crate) token: bool,
    pub(crate) granted_scopes: bool,
    pub(crate) signed_request: bool,
}

/// Embedded Signup (Meta reference §2.5).
#[derive(Debug, Clone, Default)]
pub(crate) struct Signup {
    pub(crate) coexistence: bool,
    pub(crate) app_only: bool,
}

impl DialogRequest {
    /// Read a query, or say which page Facebook shows instead (Meta reference §3.2).
    pub(crate) fn read(state: &State, raw: &str) -> Result<Self, ErrorPage> {
        let query = Query::parse(raw);
        let app = &state.world.app;
        if query.get("client_id").or(query.get("app_id")) != Some(app.id.as_str()) {
            return Err(ErrorPage::InvalidAppId);
        }
        if !app.active {
            return Err(ErrorPage::AppNotActive);
        }
        if app.feature_unavailable {
            return Err(ErrorPage::FeatureUnavailable);
        }
        let popup = popup(state, &query)?;
        let (redirect_uri, redirect_text) = redirect(state, &query, popup.is_some())?;
        let configuration = configuration(state, &query)?;
        let response_type = response_type(&query, configuration.as_ref())?;
        let scopes = scopes(&query, configuration.as_ref())?;
        Ok(Self {
            redirect_uri,
            redirect_text,
            state: query.get("state").map(str::to_owned),
            response_type,
            signup: signup(&query, configuration.as_ref()),
            scopes,
            configuration,
            rerequest: query.get("auth_type").is_some_and(|kind| kind.contains("rerequest")),
            return_scopes: query.get("return_scopes") == Some("true"),
            popup,
            raw: raw.to_owned(),
        })
    }

    /// Whether this person may use an app in development.
    pub(crate) fn admits(&self, state: &State, persona: &str) -> Result<(), Refusal> {
        let app = &state.world.app;
        if app.mode == Mode::Live || app.roles.iter().any(|id| id == persona) {
            return Ok(());
        }
        // Login for Business answers exactly as if the person had pressed Cancel (Meta reference §3.1).
        if self.configuration.is_some() { Err(Refusal::Denied) } else { Err(Refusal::Page(ErrorPage::AppNotSetUp)) }
    }
}

/// How a person without a role is turned away.
pub(crate) enum Refusal {
    Denied,
    Page(ErrorPage),
}

fn popup(state: &State, query: &Query) -> Result<Option<Popup>, ErrorPage> {
    if query.get("sdk").is_none() {
        return Ok(None);
    }
    if !state.world.app.jssdk_enabled {
        return Err(ErrorPage::JsSdkOff);
    }
    let page = query.get("fallback_redirect_uri").unwrap_or_default().to_owned();
    let host = Url::parse(&page).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    Ok(Some(Popup { allowed: in_domains(state, &host), page }))
}

fn in_domains(state: &State, host: &str) -> bool {
    state.world.app.domains.iter().any(|domain| host == domain || host.ends_with(&format!(".{domain}")))
}

fn redirect(state: &State, query: &Query, popup: bool) -> Result<(Url, String), ErrorPage> {
    let text = query.get("redirect_uri").unwrap_or_default().to_owned();
    let url = Url::parse(&text).map_err(|_| ErrorPage::UrlBlocked)?;
    if popup {
        // The SDK's own page; it posts the answer to its opener and to nobody else.
        let mut own = state.base.clone();
        own.set_path(super::arbiter::PATH);
        let mut asked = url.clone();
        asked.set_fragment(None);
        asked.set_query(None);
        return if asked == own { Ok((url, text)) } else { Err(ErrorPage::UrlBlocked) };
    }
    if !in_domains(state, url.host_str().unwrap_or_default()) {
        return Err(ErrorPage::DomainNotIncluded);
    }
    if is_registered(state, &text) { Ok((url, text)) } else { Err(ErrorPage::UrlBlocked) }
}

/// Whether the app may send browsers back there.
pub(crate) fn is_registered(state: &State, uri: &str) -> bool {
    state.world.app.redirect_uris.iter().any(|registered| same_uri(registered, uri))
}

/// Strict comparison, but for a port written `*`.
fn same_uri(registered: &str, asked: &str) -> bool {
    let Some((before, after)) = registered.split_once(":*") else { return registered == asked };
    let Some(rest) = asked.strip_prefix(before) else { return false };
    let rest = rest.strip_prefix(':').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest == after
}

fn configuration(state: &State, query: &Query) -> Result<Option<Configuration>, ErrorPage> {
    match query.get("config_id").filter(|id| !id.is_empty()) {
        None => Ok(None),
        Some(id) => state.world.configuration(id).cloned().map(Some).ok_or(ErrorPage::SomethingWrong),
    }
}

fn response_type(query: &Query, configuration: Option<&Configuration>) -> Result<ResponseType, ErrorPage> {
    let text = query.get("response_type").unwrap_or("code");
    let mut kind = ResponseType::default();
    for word in text.split([' ', ',', '+']) {
        match word {
            "code" => kind.code = true,
            "token" => kind.token = true,
            "granted_scopes" => kind.granted_scopes = true,
            "signed_request" => kind.signed_request = true,
            _ => {}
        }
    }
    if !kind.code && !kind.token {
        kind.code = true;
    }
    let system_user = configuration.is_some_and(|c| c.token == crate::world::ConfigurationToken::SystemUser);
    if system_user && (!kind.code || kind.token) {
        return Err(ErrorPage::ResponseType);
    }
    if system_user && query.get("display") == Some("touch") {
        return Err(ErrorPage::SomethingWrong);
    }
    Ok(kind)
}

fn scopes(query: &Query, configuration: Option<&Configuration>) -> Result<Vec<String>, ErrorPage> {
    let mut scopes: Vec<String> = match configuration {
        Some(configuration) => {
            if !configuration.permissions.iter().any(|scope| scope != "email" && scope != "public_profile") {
                return Err(ErrorPage::NoSupportedPermission);
            }
            configuration.permissions.clone()
        }
        None => query
            .get("scope")
            .unwrap_or_default()
            .split([',', ' '])
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect(),
    };
    let unknown: Vec<String> = scopes.iter().filter(|scope| permissions::known(scope).is_none()).cloned().collect();
    if !unknown.is_empty() {
        return Err(ErrorPage::InvalidScopes(unknown.join(", ")));
    }
    if !scopes.iter().any(|scope| scope == "public_profile") {
        scopes.push("public_profile".into());
    }
    scopes.dedup();
    Ok(scopes)
}

fn signup(query: &Query, configuration: Option<&Configuration>) -> Option<Signup> {
    configuration.filter(|configuration| configuration.variation == Variation::WhatsappEmbeddedSignup)?;
    let extras: Value = query.get("extras").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    Some(Signup {
        coexistence: extras["featureType"] == "whatsapp_business_app_onboarding",
        app_only: extras["features"]
            .as_array()
            .is_some_and(|features| features.iter().any(|feature| feature["name"] == "app_only_install")),
    })
}

#[cfg(test)]
mod tests {
    use super::same_uri;

    #[test]
    fn registered_uris_are_compared_whole_but_for_a_starred_port() {
        assert!(same_uri("http://127.0.0.1:*/cb", "http://127.0.0.1:8123/cb"));
        assert!(same_uri("http://127.0.0.1:*/cb", "http://127.0.0.1/cb"));
        assert!(!same_uri("http://127.0.0.1:*/cb", "http://127.0.0.1:8123/cb/"));
        assert!(!same_uri("http://127.0.0.1:*/cb", "http://127.0.0.1.evil.example/cb"));
        assert!(!same_uri("https://a.example/cb", "https://a.example/cb?x=1"));
    }
}
