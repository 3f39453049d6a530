//! A running simulator and a client that asks it the way a server would.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use simulator::{Control, Options, Running, World, start};
use url::Url;

/// 2026-11-20T12:00:00Z
pub(crate) const NOW: i64 = 1_795_176_000;
pub(crate) const CALLBACK: &str = "http://127.0.0.1:3000/oauth/meta/callback";
pub(crate) const EVERYTHING: &str = "business_management,pages_show_list,pages_read_engagement,pages_manage_metadata,pages_messaging,\
                              instagram_basic,instagram_manage_messages,whatsapp_business_management,whatsapp_business_messaging,\
                              ads_read";

pub(crate) struct Meta {
    pub(crate) running: Running,
    pub(crate) control: Control,
    pub(crate) http: reqwest::Client,
    pub(crate) app_id: String,
    pub(crate) secret: String,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Code and subcode of the error.
    pub(crate) fn error(&self) -> (u64, Option<u64>) {
        (self.json["error"]["code"].as_u64().unwrap_or_default(), self.json["error"]["error_subcode"].as_u64())
    }

    pub(crate) fn message(&self) -> &str {
        self.json["error"]["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        ids(&self.json)
    }
}

/// Ids of the rows of a list.
pub(crate) fn ids(list: &Value) -> Vec<String> {
    list["data"].as_array().into_iter().flatten().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

impl Meta {
    pub(crate) async fn start(world: World) -> Self {
        Self::with(Options { world, ..Options::default() }).await
    }

    pub(crate) async fn shop() -> Self {
        Self::start(World::corner_shop()).await
    }

    pub(crate) async fn agency() -> Self {
        Self::start(World::agency()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (app_id, secret) = (options.world.app.id.clone(), options.world.app.secret.clone());
        let running = start(options).await.unwrap();
        let control = running.control();
        control.freeze(NOW);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(20))
            .no_proxy()
            .build()
            .unwrap();
        Self { running, control, http, app_id, secret }
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        self.running.url.join(path.trim_start_matches('/')).unwrap()
    }

    pub(crate) fn proof(&self, token: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).unwrap();
        mac.update(token.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    pub(crate) fn app_token(&self) -> String {
        format!("{}|{}", self.app_id, self.secret)
    }

    pub(crate) fn owner(&self) -> String {
        self.control.world().people[0].id.clone()
    }

    /// A long-lived token of the first person, everything granted and ticked.
    pub(crate) fn token(&self) -> String {
        self.control.mint_user_token(&self.owner())
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Reply { status, headers, text, json }
    }

    pub(crate) async fn get(&self, path: &str, params: &[(&str, &str)]) -> Reply {
        self.send(self.http.get(self.url(path)).query(params)).await
    }

    /// `GET` with a token in the header and its proof.
    pub(crate) async fn read(&self, token: &str, path: &str, params: &[(&str, &str)]) -> Reply {
        let request = self.http.get(self.url(path)).query(params).query(&[("appsecret_proof", self.proof(token))]);
        self.send(request.bearer_auth(token)).await
    }

    /// `POST` of a form with a token and its proof.
    pub(crate) async fn post(&self, token: &str, path: &str, params: &[(&str, &str)]) -> Reply {
        let mut form: Vec<(String, String)> =
            params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form.push(("access_token".into(), token.into()));
        form.push(("appsecret_proof".into(), self.proof(token)));
        self.send(self.http.post(self.url(path)).form(&form)).await
    }

    pub(crate) async fn delete(&self, token: &str, path: &str) -> Reply {
        let query = [("access_token", token.to_owned()), ("appsecret_proof", self.proof(token))];
        self.send(self.http.delete(self.url(path)).query(&query)).await
    }

    /// The token of a Page, fetched the way a server does.
    pub(crate) async fn page_token(&self, token: &str, page: &str) -> String {
        let reply = self.read(token, &format!("v25.0/{page}"), &[("fields", "access_token")]).await;
        reply.json["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn exchange(&self, code: &str, redirect_uri: Option<&str>) -> Reply {
        let mut params = vec![("client_id", self.app_id.as_str()), ("client_secret", &self.secret), ("code", code)];
        params.extend(redirect_uri.map(|uri| ("redirect_uri", uri)));
        self.get("v25.0/oauth/access_token", &params).await
    }

    pub(crate) async fn debug(&self, token: &str) -> Value {
        let app = self.app_token();
        let reply = self.get("v25.0/debug_token", &[("input_token", token), ("access_token", &app)]).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json["data"].clone()
    }

    /// Run requests that belong to one round: none is answered before `count` have arrived.
    pub(crate) async fn round<T>(&self, count: usize, requests: impl Future<Output = T>) -> T {
        self.control.hold_answers(true);
        let release = async {
            while self.control.waiting() < count {
                tokio::task::yield_now().await;
            }
            self.control.hold_answers(false);
        };
        tokio::join!(requests, release).0
    }

    /// A dialog address for the redirect flow.
    pub(crate) fn dialog(&self, extra: &[(&str, &str)]) -> String {
        let mut url = self.url("v25.0/dialog/oauth");
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("client_id", &self.app_id).append_pair("state", "s%t ate");
            if !extra.iter().any(|(name, _)| *name == "redirect_uri") {
                query.append_pair("redirect_uri", CALLBACK);
            }
            query.extend_pairs(extra);
        }
        url.into()
    }
}

/// A parameter of an address, from its query or its fragment.
pub(crate) fn param(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).or_else(|| {
        url::form_urlencoded::parse(url.fragment()?.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    })
}
