//! What Meta answers when it is asked about the app.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    apps::App,
    clock::Timestamp,
    db::{from_json, setup_answers, to_json},
    error::Result,
    explanation::Explanation,
    live::Hint,
    meta::{AppDetails, AppSubscription, GraphVersion, MetaError},
    services::Services,
};

/// What a question came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer<T> {
    /// Meta told.
    Told(T),
    /// Meta refused, with the reason.
    Refused(Explanation),
    /// Meta could not be asked just now.
    Unasked(Explanation),
}

impl<T> Answer<T> {
    fn of(answer: std::result::Result<T, MetaError>) -> Self {
        match answer {
            Ok(told) => Self::Told(told),
            Err(error) if error.is_passing() || error.retry_after.is_some() => Self::Unasked(error.explain()),
            Err(error) => Self::Refused(error.explain()),
        }
    }
}

/// Everything that Meta was asked about an app, at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// When.
    pub asked_at: Timestamp,
    /// The mark of the secret that it was asked with.
    pub secret_mark: String,
    /// The version that was asked for.
    pub version: GraphVersion,
    /// The version that answered.
    pub served: Option<GraphVersion>,
    /// How far Meta's clock was ahead of ours, in seconds.
    pub clock_skew: Option<i64>,
    /// Whether App ID and App Secret are accepted.
    pub credentials: Answer<()>,
    /// What the dashboard says; not asked without credentials.
    pub details: Option<Answer<AppDetails>>,
    /// The webhooks that Meta lists; not asked without credentials.
    pub listed: Option<Answer<Vec<AppSubscription>>>,
}

/// The last four digits of a secret's SHA-256: tells two secrets apart, and nothing more.
pub(super) fn mark(secret: &str) -> String {
    let digits = hex::encode(Sha256::digest(secret.as_bytes()));
    digits.get(digits.len() - 4..).unwrap_or_default().to_owned()
}

/// The mark of an app's present secret.
pub(super) fn mark_of(app: &App) -> String {
    use secrecy::ExposeSecret as _;
    mark(app.login.app.app_secret.expose_secret())
}

/// Asks Meta about an app, keeps the answers and tells whoever watches.
///
/// # Errors
/// When the database fails.
pub async fn ask_meta(services: &Services, app: &App) -> Result<Answers> {
    let credentials = Answer::of(app.graph.try_credentials().await);
    let (details, listed) = match &credentials {
        Answer::Told(()) => {
            let (details, listed) = tokio::join!(app.graph.app_details(), app.graph.app_subscriptions());
            (Some(Answer::of(details)), Some(Answer::of(listed)))
        }
        // Every further question would get the same answer.
        Answer::Refused(_) => (None, None),
        // A doubt of the network changes nothing of what is known.
        Answer::Unasked(_) => kept(services, app).await?.map_or((None, None), |kept| (kept.details, kept.listed)),
    };
    let answers = Answers {
        asked_at: services.clock().now(),
        secret_mark: mark_of(app),
        version: app.login.app.graph_version,
        served: app.graph.served_version(),
        clock_skew: app.graph.clock_skew(),
        credentials,
        details,
        listed,
    };
    let id = &app.login.app.app_id;
    setup_answers::upsert(services.db(), id, &to_json(&answers)?, answers.asked_at).await?;
    match &app.owner {
        None => services.live().installation_changed(),
        Some(tenant) => services.live().tenant_changed(tenant, Hint::Asset),
    }
    Ok(answers)
}

/// The answers that were kept, unless they are about another secret or version, or of another version of Attaché.
pub(super) async fn kept(services: &Services, app: &App) -> Result<Option<Answers>> {
    let Some(text) = setup_answers::get(services.db(), &app.login.app.app_id).await? else { return Ok(None) };
    let answers: Option<Answers> = from_json(&text).ok();
    Ok(answers.filter(|kept| kept.secret_mark == mark_of(app) && kept.version == app.login.app.graph_version))
}
