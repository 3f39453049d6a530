//! Reading the assets of a fresh grant, with progress for whoever watches.

use std::time::Duration;

use tokio::sync::watch;

use super::{
    attempt::Unread,
    callback::end,
    check::check_standing,
    chooser::Chooser,
    credentials::{credential_of_attempt, seal, token_of_attempt},
    discover::{self, Counts, Discovery, Progress, Step},
    facts::{self, Said},
    finish,
    found_assets::found_assets,
    renew::{self, Found},
};
use crate::{
    accounts::limits::CHECKS_BY_TENANT,
    db::{
        assets,
        attempts::{self, Attempt, Phase},
        connections::{self, ConnectionStatus, Unfinished},
        staged_grants, to_json,
    },
    error::{Error, Result},
    ids::{AttemptId, ConnectionId, CredentialId},
    meta::{AccessToken, TokenFacts},
    observe::{self, Note},
    services::Services,
    words::failures::{connect as failures, log},
};

/// How often reading gives a sign of life, whatever Meta does.
const BEAT: Duration = Duration::from_secs(10);

/// Reads on in the background.
pub(super) fn spawn(services: &Services, attempt: &Attempt, connection: ConnectionId) {
    let (services, attempt) = (services.clone(), attempt.clone());
    services.tasks().clone().spawn(async move {
        let opened = credential_of_attempt(&services, &attempt.tenant_id, &attempt.id, &connection).await;
        let (read, credential) = match opened {
            Ok((token, credential)) => (read(&services, &attempt, &connection, &token).await, Some(credential.id)),
            Err(error) => (Err(error), None),
        };
        if let Err(error) = read {
            tracing::warn!(attempt = %attempt.id, %error, "the assets could not be read");
            if let Err(error) = give_up(&services, &attempt, &connection, credential.as_ref(), &error).await {
                tracing::error!(attempt = %attempt.id, %error, "a failed attempt could not be written down");
            }
        }
    });
}

/// Reads the assets once more, after an answer of Meta's that was incomplete or missing.
///
/// # Errors
/// [`Error::Forbidden`] for a member who is neither owner nor admin, [`Error::NotFound`], [`Error::Conflict`] when there is no
/// connection to read with or the choice was made.
pub async fn read_assets_again(services: &Services, chooser: impl Into<Chooser<'_>>, id: &AttemptId) -> Result<()> {
    let (attempt, _) = chooser.into().attempt(services, id).await?;
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    let connection = attempt.connection_id.clone().ok_or_else(|| Error::Conflict(failures::interrupted()))?;
    CHECKS_BY_TENANT.count(services, tenant.as_str()).await?;
    token_of_attempt(services, tenant, id, &connection).await?;
    let now = services.clock().now();
    for from in [Phase::Choosing, Phase::Failed] {
        if attempts::update_phase(db, tenant, id, from, Phase::Discovering, now).await? {
            spawn(services, &attempt, connection);
            return Ok(());
        }
    }
    Err(Error::Conflict(failures::not_choosing()))
}

async fn read(services: &Services, attempt: &Attempt, connection: &ConnectionId, token: &AccessToken) -> Result<()> {
    let app = finish::app_of(services, attempt)?;
    let graph = &app.graph;
    let waits = staged_grants::get(services.db(), &attempt.tenant_id, &attempt.id).await?.is_some();
    let said = Said::of_attempt(services, attempt, connection).await?;
    let facts = facts::facts(graph, token, said).await?;
    if let Some(invalid) = facts.invalid.clone() {
        return Err(Error::Meta(invalid));
    }
    let (sender, mut counts) = watch::channel(Counts::default());
    let recorder = Recorder(sender);
    let reading = discover::discover(graph, token, &facts, &recorder);
    tokio::pin!(reading);
    let mut beats = tokio::time::interval(BEAT);
    let discovery = loop {
        tokio::select! {
            discovery = &mut reading => break discovery?,
            // Steps that come while one is being written are skipped: only the latest counts.
            _ = beats.tick() => {
                let now = *counts.borrow();
                write_progress(services, attempt, now).await?;
            }
            Ok(()) = counts.changed() => {
                let latest = *counts.borrow_and_update();
                write_progress(services, attempt, latest).await?;
            }
        }
    };
    let latest = *counts.borrow();
    write_progress(services, attempt, latest).await?;
    let read = Read { token, facts: &facts, discovery, waits };
    keep(services, attempt, connection, read).await
}

/// What was read, and with what.
struct Read<'a> {
    token: &'a AccessToken,
    facts: &'a TokenFacts,
    discovery: Discovery,
    /// Whether the grant waits beside what the connection has.
    waits: bool,
}

struct Recorder(watch::Sender<Counts>);

impl Progress for Recorder {
    fn report(&self, step: Step) {
        self.0.send_replace(step.found);
    }
}

async fn write_progress(services: &Services, attempt: &Attempt, counts: Counts) -> Result<()> {
    let now = services.clock().now();
    attempts::update_progress(services.db(), &attempt.tenant_id, &attempt.id, &to_json(&counts)?, now).await?;
    services.live().attempt_changed(&attempt.id);
    Ok(())
}

async fn keep(
    services: &Services,
    attempt: &Attempt,
    connection: &ConnectionId,
    Read { token, facts, discovery, waits }: Read<'_>,
) -> Result<()> {
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    let now = services.clock().now();
    let unread: Vec<Unread> = discovery
        .incomplete
        .iter()
        .map(|incomplete| Unread { what: incomplete.what.to_string(), why: incomplete.error.explain() })
        .collect();
    let mut tokens = Vec::new();
    for page in &discovery.pages {
        if let Some(token) = &page.token {
            let id = CredentialId::new(services.ids());
            let sealed = seal(services, tenant, &id, token)?;
            tokens.push((id, page.id.to_string(), sealed));
        }
    }
    let found = found_assets(services.ids(), facts, &discovery, now)?;
    assets::replace_discovered(db, tenant, connection, &found).await?;
    if waits {
        let found = Found { token, discovery: &discovery, assets: &found, page_tokens: &tokens };
        renew::weigh(services, attempt, connection, &found).await?;
    } else {
        connections::upsert_page_tokens(db, tenant, connection, &tokens, now).await?;
    }
    attempts::mark_choosing(db, tenant, &attempt.id, &to_json(&unread)?, now).await?;
    let mut notes = vec![Note::ok("discovered", log::discovered(i64::try_from(found.len()).unwrap_or(i64::MAX)))];
    notes.extend(
        unread.iter().map(|unread| Note::problem("unread", log::unread(unread.what.clone(), unread.why.clone()))),
    );
    observe::log(services, tenant, connection, notes).await?;
    services.live().attempt_changed(&attempt.id);
    Ok(())
}

/// Ends the attempt. A grant that never stood and whose token, of this credential, is dead leaves nothing behind; one that stands
/// keeps what it has and says why it is refused; anything else can be read again.
async fn give_up(
    services: &Services,
    attempt: &Attempt,
    connection: &ConnectionId,
    credential: Option<&CredentialId>,
    error: &Error,
) -> Result<()> {
    let (db, tenant) = (services.db(), &attempt.tenant_id);
    end(services, attempt, Phase::Failed, &error.explain()).await?;
    let waits = staged_grants::get(db, tenant, &attempt.id).await?.is_some();
    if waits {
        if matches!(error, Error::Meta(refused) if refused.is_credential()) {
            staged_grants::delete(db, tenant, &attempt.id).await?;
            // What ended the new token may have ended the other one too.
            return check_standing(services, tenant, connection).await;
        }
        return Ok(());
    }
    if let (Error::Meta(refused), Some(credential)) = (error, credential)
        && refused.is_credential()
        && let Some(kept) = connections::get(db, tenant, connection).await?
    {
        let now = services.clock().now();
        match kept.status {
            ConnectionStatus::Pending => {
                let (action, name) = ("connection.refused", &kept.meta_user_name);
                let said = observe::said_by_other(services, observe::ITSELF, action, name).await?;
                let which = Unfinished::Of(credential);
                connections::mark_abandoned(db, tenant, connection, which, &said, now).await?;
            }
            ConnectionStatus::Connected | ConnectionStatus::Error => {
                let said = to_json(&refused.explain())?;
                connections::mark_refused(db, tenant, connection, Some(credential), &said, now).await?;
            }
            ConnectionStatus::Disconnected => {}
        }
    }
    Ok(())
}
