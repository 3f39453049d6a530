//! The set-up as a whole: what is known, judged.

use std::time::Duration;

use super::{
    answers::{ask_meta, kept},
    app::{AppView, app_view},
    check::Check,
    judge::{self, Known, judge},
    values::{Value, values},
};
use crate::{
    accounts::Actor,
    apps::App,
    clock::Timestamp,
    connect,
    db::{from_json, setup_evidence, webhook_refusals},
    error::Result,
    explanation::Explanation,
    ingest::{LOOK_BACK, Refusal},
    services::Services,
};

/// Answers older than this are asked for anew when somebody looks.
const FRESH: Duration = Duration::from_secs(60);

/// Everything about the set-up, for whoever runs the installation.
#[derive(Debug, Clone)]
pub struct SetupView {
    /// The app in use.
    pub app: Option<AppView>,
    /// When Meta was last asked.
    pub asked_at: Option<Timestamp>,
    /// Whether Meta is being asked now; what it answers is told to whoever watches the installation.
    pub asking: bool,
    /// The checks, in the order in which a person should meet them.
    pub checks: Vec<Check>,
    /// What to copy into Meta's dashboard.
    pub values: Vec<Value>,
}

/// How the set-up stands. When Meta's last answers are not of this minute, it is asked again in the background.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator; when the database fails.
pub async fn view(services: &Services, actor: &Actor) -> Result<SetupView> {
    actor.operator()?;
    let (asked_at, checks) = checks(services).await?;
    let fresh = asked_at.is_some_and(|at| services.clock().now().since(at) < FRESH);
    let asking = !fresh && ask_in_background(services);
    Ok(SetupView { app: app_view(services).await?, asked_at, asking, checks, values: values(services) })
}

/// Asks Meta now.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is an operator, [`crate::error::Error::Conflict`] while there is no app.
pub async fn check_again(services: &Services, actor: &Actor) -> Result<()> {
    actor.operator()?;
    let app = services.app()?;
    ask_meta(services, &app).await.map(drop)
}

/// Asks Meta now, and answers every check of the app: for the command line.
///
/// # Errors
/// When the database fails.
pub async fn doctor(services: &Services) -> Result<Vec<Check>> {
    if let Ok(app) = services.app() {
        ask_meta(services, &app).await?;
    }
    Ok(checks(services).await?.1)
}

/// How the Graph API version stands; `None` while there is no app.
///
/// # Errors
/// When the database fails.
pub async fn version_check(services: &Services) -> Result<Option<Check>> {
    let Ok(app) = services.app() else { return Ok(None) };
    let answers = kept(services, &app).await?;
    let asked_at = answers.as_ref().map(|answers| answers.asked_at);
    // What Meta served this process is newer than what was kept.
    let served = app.graph.served_version().or_else(|| answers?.served);
    Ok(Some(judge::version(app.login.app.graph_version, served, services.clock().now()).at(asked_at)))
}

/// Every check of the app, with the time of Meta's last answers.
pub(super) async fn checks(services: &Services) -> Result<(Option<Timestamp>, Vec<Check>)> {
    let Ok(app) = services.app() else { return Ok((None, vec![judge::no_app()])) };
    let (db, now, login) = (services.db(), services.clock().now(), &app.login);
    let id = &login.app.app_id;
    services.refusals().flush(db).await?;
    let (answers, seen, standing, refused) = tokio::try_join!(
        kept(services, &app),
        setup_evidence::get_across_tenants(db, id, login.redirect_uri.as_str()),
        connect::standing(services, &app),
        webhook_refusals::list_since(db, now.minus(LOOK_BACK)),
    )?;
    let callback = connect::callback_url(services, &app);
    let problem = standing.filter(|standing| standing.callback_url == callback.as_str()).and_then(|row| row.problem);
    let unsubscribed: Option<Explanation> = problem.as_deref().map(from_json).transpose()?;
    let wrong = refused.iter().filter(|row| {
        row.meta_app_id == id.as_str() && Refusal::from_reason(&row.reason) == Some(Refusal::WrongSignature)
    });
    let wrong_signatures =
        wrong.map(|row| (row.count, row.last_at)).reduce(|(n, at), (m, other)| (n + m, at.max(other)));
    let known = Known {
        app: &app,
        answers: answers.as_ref(),
        seen: &seen,
        wrong_signatures,
        unsubscribed: unsubscribed.as_ref(),
        callback: &callback,
        public_url: services.public_url(),
        now,
    };
    Ok((answers.as_ref().map(|answers| answers.asked_at), judge(&known)))
}

/// Whether Meta is being asked now, by this call or another one of this process.
fn ask_in_background(services: &Services) -> bool {
    let Ok(app) = services.app() else { return false };
    if let Some(turn) = services.apps().take_turn() {
        let own = services.clone();
        services.tasks().spawn(async move {
            ask(&own, &app).await;
            drop(turn);
        });
    }
    true
}

async fn ask(services: &Services, app: &App) {
    if let Err(error) = ask_meta(services, app).await {
        tracing::warn!(%error, "what Meta answered about the app could not be kept");
    }
}
