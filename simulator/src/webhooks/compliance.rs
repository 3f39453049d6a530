//! The deauthorize and data deletion callbacks (Meta reference §10).

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::delivery::{Attempt, Delivery, DeliveryKind};
use super::send::attempt;
use super::signature::Signature;
use crate::callback::{curl_words, reach};
use crate::instagram::scoped_id;
use crate::secrets;
use crate::state::{Shared, State};
use crate::world::Node;

/// How the `signed_request` is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedRequestForm {
    /// base64url without padding, as Meta sends it.
    #[default]
    Unpadded,
    /// base64url with padding.
    Padded,
    /// The signature belongs to something else.
    BadSignature,
    /// Signed with another secret.
    WrongSecret,
    /// Rightly signed, but the payload names another algorithm.
    WrongAlgorithm,
    /// Rightly signed, but the payload is no JSON.
    NotJson,
}

/// What the product answered to a data deletion request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeletionAnswer {
    /// The request itself.
    pub attempt: Attempt,
    /// `url` of the answer.
    pub url: Option<String>,
    /// `confirmation_code` of the answer.
    pub confirmation_code: Option<String>,
    /// HTTP status of the page at that address.
    pub page_status: Option<u16>,
    /// Beginning of the page.
    pub page: String,
}

/// The `signed_request` for a person.
pub(crate) fn signed_request(state: &State, person: &str, form: SignedRequestForm) -> String {
    let algorithm = if form == SignedRequestForm::WrongAlgorithm { "AES-256-CBC HMAC-SHA256" } else { "HMAC-SHA256" };
    let (user_id, secret) = match state.node(person) {
        Some(Node::Instagram(_)) => (scoped_id(person), &state.world.app.instagram.secret),
        _ => (person.to_owned(), &state.world.app.secret),
    };
    let payload = json!({"algorithm": algorithm, "issued_at": state.now(), "user_id": user_id}).to_string();
    let payload = if form == SignedRequestForm::NotJson { "not JSON".to_owned() } else { payload };
    let encode = |bytes: &[u8]| match form {
        SignedRequestForm::Padded => URL_SAFE.encode(bytes),
        _ => URL_SAFE_NO_PAD.encode(bytes),
    };
    let body = encode(payload.as_bytes());
    let signature = match form {
        SignedRequestForm::BadSignature => secrets::sign(secret, "something else"),
        SignedRequestForm::WrongSecret => secrets::sign("00000000000000000000000000000000", &body),
        _ => secrets::sign(secret, &body),
    };
    format!("{}.{body}", encode(&signature))
}

/// A POST of this `signed_request`.
pub(crate) fn delivery(kind: DeliveryKind, callback_url: &str, signed_request: &str, now: i64) -> Delivery {
    let body: String =
        form_urlencoded::Serializer::new(String::new()).append_pair("signed_request", signed_request).finish();
    Delivery {
        id: 0,
        app: String::new(),
        kind,
        object: "user".into(),
        callback_url: callback_url.to_owned(),
        body: body.into(),
        signature: Signature::Missing,
        updates: 0,
        fields: Vec::new(),
        threads: Vec::new(),
        tries: 0,
        created_at: now,
        next_at: now,
    }
}

/// Tell the product that a person removed the app. `None` when the app has no such callback.
pub(crate) async fn deauthorize(shared: &Shared, person: &str, form: SignedRequestForm) -> Option<Attempt> {
    let delivery = {
        let state = shared.lock();
        let url = state.world.app.deauthorize_callback_url.clone()?;
        delivery(DeliveryKind::Deauthorize, &url, &signed_request(&state, person, form), state.now())
    };
    Some(attempt(shared, delivery).await)
}

/// Ask the product to delete a person's data and open the address it answers. `None` when the app has no such callback.
pub(crate) async fn request_deletion(shared: &Shared, person: &str, form: SignedRequestForm) -> Option<DeletionAnswer> {
    let delivery = {
        let state = shared.lock();
        let url = state.world.app.data_deletion_callback_url.clone()?;
        delivery(DeliveryKind::DataDeletion, &url, &signed_request(&state, person, form), state.now())
    };
    let attempt = attempt(shared, delivery).await;
    let answer: Value = serde_json::from_str(&attempt.answer).unwrap_or_default();
    let text = |name: &str| answer[name].as_str().map(str::to_owned);
    let (url, confirmation_code) = (text("url"), text("confirmation_code"));
    let (page_status, page) = match &url {
        Some(url) => open(shared, url).await,
        None => (None, String::new()),
    };
    Some(DeletionAnswer { attempt, url, confirmation_code, page_status, page })
}

/// What the person would see at the address.
async fn open(shared: &Shared, url: &str) -> (Option<u16>, String) {
    let outcome = async {
        let (url, client) = reach(shared, url)?;
        let response = client.get(url).send().await.map_err(|error| curl_words(&error))?;
        let status = response.status().as_u16();
        Ok((status, response.text().await.map_err(|error| curl_words(&error))?))
    };
    match outcome.await {
        Ok((status, text)) => (Some(status), text.chars().take(20_000).collect()),
        Err::<_, &str>(words) => (None, words.to_owned()),
    }
}
