//! Many operations in one request (Meta reference §5.6).

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{
    call::{Auth, GraphCall},
    client::Verb,
    error::{BadRequestProblem, Context, Garble, MetaError, MetaErrorKind, fault_in},
    graph::{GraphClient, decode, wrong_type},
    token::AccessToken,
    usage::Reading,
};

/// The most operations that Meta takes in one batch; each counts as a call.
pub const BATCH_LIMIT: usize = 50;

/// One operation of a batch, a read. Its `Debug` tells nothing, since parameters may hold secrets.
pub struct BatchItem {
    relative_url: String,
    /// The batch's own when `None`.
    token: Option<AccessToken>,
}

impl std::fmt::Debug for BatchItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BatchItem(GET)")
    }
}

impl BatchItem {
    /// A read of `path` with `parameters`.
    pub fn get(path: &str, parameters: &[(&str, &str)]) -> Self {
        let mut relative_url = path.to_owned();
        relative_url.push(if path.contains('?') { '&' } else { '?' });
        form_urlencoded::Serializer::for_suffix(&mut relative_url, path.len() + 1).extend_pairs(parameters);
        Self { relative_url, token: None }
    }

    /// The same read with a token of its own, as a Page's.
    #[must_use]
    pub fn with_token(mut self, token: &AccessToken) -> Self {
        self.token = Some(token.clone());
        self
    }
}

/// Meta's answer to one operation.
#[derive(Deserialize)]
struct ItemAnswer {
    code: u16,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    headers: Option<Vec<ItemHeader>>,
}

#[derive(Deserialize)]
struct ItemHeader {
    name: String,
    value: String,
}

impl ItemAnswer {
    /// Every value of a header.
    fn header(&self, name: &str) -> Vec<String> {
        let same = self.headers.iter().flatten().filter(|header| header.name.eq_ignore_ascii_case(name));
        same.map(|header| header.value.clone()).collect()
    }
}

impl GraphClient {
    /// Makes up to 50 reads in one request. The outer error is the batch's own; the inner ones belong to the operations,
    /// in order. An operation that Meta did not get to is a passing fault.
    ///
    /// # Errors
    /// When the batch as a whole fails; `BadRequest(BatchTooLarge)` without a call for more than 50.
    pub async fn batch<T: DeserializeOwned>(
        &self,
        edge: &'static str,
        token: &AccessToken,
        items: &[BatchItem],
    ) -> Result<Vec<Result<T, MetaError>>, MetaError> {
        let answers = self.send_batch(edge, items, Auth::Token(token), Context::Token, token).await?;
        Ok(answers.into_iter().map(|answer| answer.and_then(decode)).collect())
    }

    /// One read in the app's name whose parameters must not be in an address. `secret` is cut out of errors.
    pub(super) async fn single_as_app(
        &self,
        edge: &'static str,
        item: BatchItem,
        secret: &AccessToken,
    ) -> Result<Value, MetaError> {
        let answers = self.send_batch(edge, &[item], Auth::App, Context::AppToken, secret).await?;
        answers.into_iter().next().unwrap_or_else(|| Err(wrong_type("the batch, which is empty")))
    }

    async fn send_batch(
        &self,
        edge: &'static str,
        items: &[BatchItem],
        auth: Auth<'_>,
        context: Context,
        secret: &AccessToken,
    ) -> Result<Vec<Result<Value, MetaError>>, MetaError> {
        if items.len() > BATCH_LIMIT {
            let kind = MetaErrorKind::BadRequest(BadRequestProblem::BatchTooLarge);
            return Err(MetaError::own(kind, "more than 50 operations in one batch"));
        }
        let proof = match &auth {
            Auth::Token(token) => self.app.proof(token),
            Auth::App | Auth::None => self.app.proof(&self.app.app_token()),
        };
        let operations: Vec<Value> = items
            .iter()
            .map(|item| {
                // Each operation needs a proof of its own (Meta reference §4.7).
                let separator = if item.relative_url.contains('?') { '&' } else { '?' };
                let own = item.token.as_ref().map(|token| self.app.proof(token));
                let proof = own.as_ref().unwrap_or(&proof);
                let url = format!("{}{separator}appsecret_proof={proof}", item.relative_url);
                match &item.token {
                    Some(token) => json!({"method": "GET", "relative_url": url, "access_token": token.expose()}),
                    None => json!({"method": "GET", "relative_url": url}),
                }
            })
            .collect();
        let own_token = match &auth {
            Auth::Token(token) => (*token).clone(),
            Auth::App | Auth::None => self.app.app_token(),
        };
        // A batch wants its token among the parameters even where a header would do elsewhere.
        let call = GraphCall::new(Verb::Post, edge, String::new(), auth, context)
            .with_secret("access_token", own_token.expose())
            // What each operation says of the budgets it counted against.
            .with("include_headers", "true")
            .with("batch", Value::Array(operations).to_string())
            .that_reads();
        let answers: Vec<Option<ItemAnswer>> = self.call(call).await?;
        if answers.len() != items.len() {
            return Err(wrong_type("the batch, which has another number of answers than of operations"));
        }
        let mut secrets = vec![secret.expose(), own_token.expose(), proof.as_str()];
        secrets.extend(items.iter().filter_map(|item| item.token.as_ref()).map(AccessToken::expose));
        for answer in answers.iter().flatten() {
            let reading = Reading::from_headers(|name| answer.header(name));
            self.transport.usage().note(&self.app.app_id, &reading, self.clock.now());
        }
        Ok(answers.into_iter().map(|answer| open(answer, context, &secrets)).collect())
    }
}

/// The content of one operation's answer, which is JSON in a text.
fn open(answer: Option<ItemAnswer>, context: Context, secrets: &[&str]) -> Result<Value, MetaError> {
    let Some(answer) = answer else {
        return Err(MetaError::own(MetaErrorKind::Transient, "Meta did not get to this operation of the batch"));
    };
    let body: Value = serde_json::from_str(answer.body.as_deref().unwrap_or_default()).map_err(|_| {
        let kind = MetaErrorKind::Unintelligible(Garble::NotJson);
        MetaError::own(kind, "an operation's answer was not JSON").with_status(answer.code)
    })?;
    match fault_in(&body) {
        Some(fault) => Err(MetaError::from_fault(&fault, Some(answer.code), context, secrets)),
        None if answer.code >= 400 => Err(MetaError::bare(answer.code)),
        None => Ok(body),
    }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
