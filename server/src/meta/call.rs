//! One call of the Graph API, described before it is made.

use secrecy::{ExposeSecret as _, SecretString};
use url::{Url, form_urlencoded};

use super::{
    client::{Outgoing, Verb},
    error::Context,
    token::{AccessToken, MetaApp, Product},
};

/// A call: what, about whom, with which parameters, with whose token.
///
/// Its `Debug` names the edge only; parameters may hold secrets.
pub struct GraphCall<'a> {
    pub(super) edge: &'static str,
    pub(super) verb: Verb,
    pub(super) path: String,
    root: Root,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) form: Vec<FormField>,
    pub(super) auth: Auth<'a>,
    pub(super) context: Context,
    /// Whether the call changes nothing, so that it may be repeated.
    pub(super) reads: bool,
}

pub(super) struct FormField {
    name: &'static str,
    value: SecretString,
    /// Whether the value must not be repeated in an error's words.
    secret: bool,
}

/// What a path stands under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// The Graph API, with the version.
    Version,
    /// The Graph API without a version: where Instagram's tokens get a longer life.
    Graph,
    /// Where Instagram's codes are exchanged.
    Codes,
}

pub(super) enum Auth<'a> {
    Token(&'a AccessToken),
    App,
    /// The secret goes in the form, as at the token endpoint.
    None,
}

impl std::fmt::Debug for GraphCall<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.verb.as_str(), self.edge)
    }
}

impl<'a> GraphCall<'a> {
    /// A read of `path` (such as `me/accounts`, without a leading slash). `edge` is its name in logs and never holds an
    /// id.
    pub fn get(edge: &'static str, path: impl Into<String>, token: &'a AccessToken) -> Self {
        Self::new(Verb::Get, edge, path.into(), Auth::Token(token), Context::Token)
    }

    /// A change; its parameters travel in the body.
    pub fn post(edge: &'static str, path: impl Into<String>, token: &'a AccessToken) -> Self {
        Self::new(Verb::Post, edge, path.into(), Auth::Token(token), Context::Token)
    }

    /// A removal.
    pub fn delete(edge: &'static str, path: impl Into<String>, token: &'a AccessToken) -> Self {
        Self::new(Verb::Delete, edge, path.into(), Auth::Token(token), Context::Token)
    }

    /// The same call with the app's own token.
    #[must_use]
    pub fn as_app(mut self) -> GraphCall<'static> {
        GraphCall {
            edge: self.edge,
            verb: self.verb,
            path: std::mem::take(&mut self.path),
            root: self.root,
            query: std::mem::take(&mut self.query),
            form: std::mem::take(&mut self.form),
            auth: Auth::App,
            context: Context::AppToken,
            reads: self.reads,
        }
    }

    pub(super) fn new(verb: Verb, edge: &'static str, path: String, auth: Auth<'a>, context: Context) -> Self {
        let (query, form, reads) = (Vec::new(), Vec::new(), verb == Verb::Get);
        Self { edge, verb, path, root: Root::Version, query, form, auth, context, reads }
    }

    /// The same under another root.
    #[must_use]
    pub(super) fn under(mut self, root: Root) -> Self {
        self.root = root;
        self
    }

    /// Marks a `POST` that only reads, as a batch of reads does.
    #[must_use]
    pub(super) fn that_reads(mut self) -> Self {
        self.reads = true;
        self
    }

    /// Adds a parameter: to the address of a read or removal, to the body of a change.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        match self.verb {
            Verb::Post => {
                self.form.push(FormField { name, value: SecretString::from(value.into()), secret: false });
            }
            Verb::Get | Verb::Delete => self.query.push((name, value.into())),
        }
        self
    }

    /// Adds a parameter that is kept out of errors, and out of the address: only for changes. Instagram's token endpoints take
    /// nothing but an address; no log of ours and no error has it.
    #[must_use]
    pub(super) fn with_secret(mut self, name: &'static str, value: &str) -> Self {
        self.form.push(FormField { name, value: SecretString::from(value.to_owned()), secret: true });
        self
    }

    /// The object that the call is about, for its budget.
    pub(super) fn object(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// The request, and everything in it that must not come back in an error's words.
    pub(super) fn prepare(&self, app: &MetaApp) -> (Outgoing, Secrets) {
        let app_token;
        let token = match &self.auth {
            Auth::Token(token) => Some(*token),
            Auth::App => {
                app_token = app.app_token();
                Some(&app_token)
            }
            Auth::None => None,
        };
        // Instagram's API documents no proof, and its tokens are of another app than the one that signs it.
        let proof = token.filter(|_| !app.is_instagram()).map(|token| app.proof(token));
        let mut secrets = Secrets(vec![app.app_secret.clone()]);
        secrets.0.extend(token.map(|token| SecretString::from(token.expose().to_owned())));
        secrets.0.extend(proof.clone().map(SecretString::from));
        secrets.0.extend(self.form.iter().filter(|field| field.secret).map(|field| field.value.clone()));

        let mut url = address(app, self.root, &self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(self.query.iter().map(|(name, value)| (*name, value.as_str())));
        }
        let mut form = None;
        if self.verb == Verb::Post {
            let mut body = form_urlencoded::Serializer::new(String::new());
            body.extend_pairs(self.form.iter().map(|field| (field.name, field.value.expose_secret())));
            body.extend_pairs(proof.iter().map(|proof| ("appsecret_proof", proof.as_str())));
            form = Some(SecretString::from(body.finish()));
        } else {
            let secret = self.form.iter().map(|field| (field.name, field.value.expose_secret()));
            let proof = proof.iter().map(|proof| ("appsecret_proof", proof.as_str()));
            for (name, value) in secret.chain(proof) {
                url.query_pairs_mut().append_pair(name, value);
            }
        }
        let authorization = token.map(|token| SecretString::from(token.expose().to_owned()));
        (Outgoing { verb: self.verb, url, authorization, form, changes: !self.reads }, secrets)
    }
}

/// `graph_url/version/path`, or without a version.
fn address(app: &MetaApp, root: Root, path: &str) -> Url {
    let mut url = match (&app.product, root) {
        (Product::Instagram { token_url }, Root::Codes) => token_url.clone(),
        _ => app.graph_url.clone(),
    };
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty();
        if root == Root::Version {
            segments.push(&app.graph_version.to_string());
        }
        if path.is_empty() {
            segments.push("");
        } else {
            segments.extend(path.split('/'));
        }
    }
    url
}

/// Secrets of one call. Short ones (a PIN of six digits, an empty parameter) are left alone: cutting every "1" out of an
/// error would hide its meaning and no secret.
pub(super) struct Secrets(Vec<SecretString>);

impl Secrets {
    pub(super) fn texts(&self) -> Vec<&str> {
        self.0.iter().map(|secret| secret.expose_secret()).filter(|text| text.len() >= 6).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meta::version::GraphVersion;

    fn app(graph_url: &str) -> MetaApp {
        MetaApp {
            product: Product::Facebook,
            app_id: "42".parse().unwrap(),
            app_secret: SecretString::from("app-secret".to_owned()),
            graph_version: GraphVersion::TESTED,
            graph_url: Url::parse(graph_url).unwrap(),
            dialog_url: Url::parse("https://www.facebook.com").unwrap(),
        }
    }

    #[test]
    fn a_read_has_its_token_in_the_header_and_a_proof_in_the_address() {
        let token = AccessToken::new("EAAtoken");
        let call = GraphCall::get("me/accounts", "me/accounts", &token).with("fields", "id,name").with("limit", "100");
        let (outgoing, _) = call.prepare(&app("https://graph.facebook.com/"));
        let proof = app("https://x").proof(&token);
        assert_eq!(
            outgoing.url.as_str(),
            format!("https://graph.facebook.com/v26.0/me/accounts?fields=id%2Cname&limit=100&appsecret_proof={proof}")
        );
        assert_eq!(outgoing.authorization.unwrap().expose_secret(), "EAAtoken");
        assert!(outgoing.form.is_none());
    }

    #[test]
    fn a_change_has_its_parameters_and_proof_in_the_body() {
        let token = AccessToken::new("EAAtoken");
        let call = GraphCall::post("{phone}/register", "7/register", &token).with("pin", "123 456");
        let (outgoing, secrets) = call.prepare(&app("http://127.0.0.1:4000/graph"));
        assert_eq!(outgoing.url.as_str(), "http://127.0.0.1:4000/graph/v26.0/7/register");
        let body = outgoing.form.unwrap();
        assert!(body.expose_secret().starts_with("pin=123+456&appsecret_proof="));
        assert!(secrets.texts().contains(&"EAAtoken") && secrets.texts().contains(&"app-secret"));
    }

    #[test]
    fn the_app_speaks_for_itself_with_its_own_proof() {
        let token = AccessToken::new("EAAtoken");
        let (outgoing, _) = GraphCall::get("app", "app", &token).as_app().prepare(&app("https://g"));
        assert_eq!(outgoing.authorization.unwrap().expose_secret(), "42|app-secret");
        let own = app("https://g").proof(&AccessToken::new("42|app-secret"));
        assert!(outgoing.url.query().unwrap().contains(&own));
    }

    #[test]
    fn instagram_gets_no_proof_and_its_tokens_live_longer_at_an_address_without_version() {
        let token_url = Url::parse("https://api.instagram.com").unwrap();
        let app = MetaApp { product: Product::Instagram { token_url }, ..app("https://graph.instagram.com") };
        let token = AccessToken::new("IGAAtoken");
        let (outgoing, _) = GraphCall::get("me", "me", &token).with("fields", "user_id").prepare(&app);
        assert_eq!(outgoing.url.as_str(), "https://graph.instagram.com/v26.0/me?fields=user_id");
        let call = GraphCall::new(Verb::Get, "access_token", "access_token".into(), Auth::None, Context::Token);
        let call = call.under(Root::Graph).with("grant_type", "g").with_secret("access_token", token.expose());
        let (outgoing, secrets) = call.prepare(&app);
        let address = "https://graph.instagram.com/access_token?grant_type=g&access_token=IGAAtoken";
        assert_eq!(outgoing.url.as_str(), address);
        assert!(secrets.texts().contains(&"IGAAtoken"), "an error must not repeat it");
        let call = GraphCall::new(Verb::Post, "codes", "oauth/access_token".into(), Auth::None, Context::Token);
        let (outgoing, _) = call.under(Root::Codes).with_secret("code", "AQcode").prepare(&app);
        assert_eq!(outgoing.url.as_str(), "https://api.instagram.com/oauth/access_token");
        assert_eq!(outgoing.form.unwrap().expose_secret(), "code=AQcode");
    }

    #[test]
    fn debug_names_the_edge_only() {
        let token = AccessToken::new("EAAtoken");
        let call = GraphCall::get("{page}", "123", &token).with("q", "canary");
        assert_eq!(format!("{call:?}"), "GET {page}");
    }
}
