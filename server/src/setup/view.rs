//! The set-up of an app as a whole: what is known, judged.

use std::{sync::Arc, time::Duration};

use super::{
    answers::{ask_meta, kept},
    app_view::{AppView, app_view},
    businesses,
    check::Check,
    judge::{self, Known, judge},
    side::Side,
    values::{Value, values},
};
use crate::{
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

/// Everything about the set-up of an app, for whoever may see it.
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

/// What the page of `side` shows, given its checks and when Meta was last asked. When that is not of this minute, Meta is asked
/// again in the background.
pub(super) async fn view_of(
    services: &Services,
    side: &Side,
    (asked_at, checks): (Option<Timestamp>, Vec<Check>),
) -> Result<SetupView> {
    let fresh = asked_at.is_some_and(|at| services.clock().now().since(at) < FRESH);
    let asking = !fresh && side.app(services).is_ok_and(|app| ask_in_background(services, app));
    Ok(SetupView { app: app_view(services, side).await?, asked_at, asking, checks, values: values(services, side) })
}

/// Asks Meta now, and answers every check of the installation's app, and one about those that are businesses' own: for the
/// command line.
///
/// # Errors
/// When the database fails.
pub async fn doctor(services: &Services) -> Result<Vec<Check>> {
    let app = services.app().ok();
    if let Some(app) = &app {
        ask_meta(services, app).await?;
    }
    let mut checks = checks_of(services, app.as_deref()).await?.1;
    checks.extend(businesses::check(services).await?);
    Ok(checks)
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

/// Every check of an app, with the time of Meta's last answers; without an app of the installation, the one that says so.
pub(super) async fn checks_of(services: &Services, app: Option<&App>) -> Result<(Option<Timestamp>, Vec<Check>)> {
    let Some(app) = app else {
        return Ok((None, vec![judge::no_app(services.apps().settings_taken())]));
    };
    let (db, now, login) = (services.db(), services.clock().now(), &app.login);
    let id = &login.app.app_id;
    services.refusals().flush(db).await?;
    let (answers, seen, standing, refused) = tokio::try_join!(
        kept(services, app),
        setup_evidence::get_across_tenants(db, id, login.redirect_uri.as_str()),
        connect::standing(services, app),
        webhook_refusals::list_since(db, now.minus(LOOK_BACK)),
    )?;
    let callback = connect::callback_url(services, app);
    let problem = standing.filter(|standing| standing.callback_url == callback.as_str()).and_then(|row| row.problem);
    let unsubscribed: Option<Explanation> = problem.as_deref().map(from_json).transpose()?;
    let times = |refusal: Refusal| {
        let of_it = refused.iter().filter(|row| row.meta_app_id == id.as_str() && row.reason == refusal.reason());
        of_it.map(|row| (row.count, row.last_at)).reduce(|(n, at), (m, other)| (n + m, at.max(other)))
    };
    let known = Known {
        app,
        answers: answers.as_ref(),
        seen: &seen,
        wrong_signatures: times(Refusal::WrongSignature),
        over_allowance: times(Refusal::OverAllowance),
        unsubscribed: unsubscribed.as_ref(),
        callback: &callback,
        public_url: services.public_url(),
        now,
    };
    Ok((answers.as_ref().map(|answers| answers.asked_at), judge(&known)))
}

/// Whether Meta is being asked now, by this call or another one of this process.
fn ask_in_background(services: &Services, app: Arc<App>) -> bool {
    if let Some(turn) = services.apps().take_turn(&app.login.app.app_id) {
        let own = services.clone();
        services.tasks().spawn(async move {
            if let Err(error) = ask_meta(&own, &app).await {
                tracing::warn!(%error, "what Meta answered about the app could not be kept");
            }
            drop(turn);
        });
    }
    true
}
