//! The job that carries a plan out.

use futures::{StreamExt as _, stream};

use super::{
    at_meta::{End, perform},
    erase::erase,
};
use crate::{
    connect::{
        credentials::{self, Tokens},
        subscribe_again::give_back,
        unsubscribe::{AT_ONCE, Carrier},
    },
    db::{
        connections::{self, Connection},
        disconnections::{self, Step, StepKind, StepState},
    },
    error::{Error, Result},
    ids::{ConnectionId, TenantId},
    jobs::Outcome,
    live::Hint,
    observe::{self, Note},
    services::Services,
    words::failures::{log, ways},
};

/// The job: what waits is done, in order and a few things at a time. What Meta cannot do just now is tried again later; what it
/// refuses is written down. The tokens go when nothing needs them, at last when their time is over.
///
/// # Errors
/// When the database fails; the next run goes on where this one stopped.
pub(crate) async fn take_apart(services: &Services, tenant: &TenantId, id: &ConnectionId) -> Result<Outcome> {
    let (db, now) = (services.db(), services.clock().now());
    let Some(known) = disconnections::get(db, tenant, id).await? else { return Ok(Outcome::Done) };
    let Some(connection) = connections::get(db, tenant, id).await? else { return Ok(Outcome::Done) };
    let steps = disconnections::list_steps(db, tenant, id).await?;
    let tokens = match credentials::open_all(services, tenant, &connection).await {
        Ok(tokens) => Some(tokens),
        Err(Error::Conflict(_)) => None,
        Err(error) => return Err(error),
    };
    let over = now.as_millis() >= known.tokens_until;
    let work = Work { services, tenant, connection: &connection, tokens: tokens.as_ref(), over };
    // Overrides first: they are cleared by subscribing. The grant last: it takes every token with it.
    let mut held = false;
    for kinds in [&[StepKind::ClearOverride][..], &[StepKind::Unsubscribe, StepKind::Deregister], &[StepKind::Revoke]] {
        if kinds.contains(&StepKind::Revoke) && held && !over {
            continue;
        }
        held |= work.all(&steps, kinds).await?;
    }
    // Also what an earlier run ended: it may not have come to this point.
    let ended = steps.iter().filter(|step| {
        step.kind == StepKind::Unsubscribe && matches!(step.state, StepState::Waiting | StepState::Done)
    });
    let ended: Vec<Carrier> = ended.map(Carrier::of_step).collect();
    give_back(services, id, &ended).await?;
    if !held || over {
        for step in waiting(&steps, &[StepKind::DropTokens]) {
            let pins_stay = disconnections::drop_tokens(db, tenant, id).await?;
            let done = if pins_stay { log::tokens_deleted_but_pins() } else { log::tokens_deleted() };
            work.keep(step, End::Done(done)).await?;
        }
    }
    for step in waiting(&steps, &[StepKind::Erase]) {
        erase(services, tenant, (&known.asked_by, &known.asked_by_name), id, step).await?;
    }
    let after = disconnections::list_steps(db, tenant, id).await?;
    if after.iter().all(|step| step.state != StepState::Waiting) {
        disconnections::mark_finished(db, tenant, id, services.clock().now()).await?;
        services.live().tenant_changed(tenant, Hint::Asset);
    }
    // What waits without having been tried waits behind something that a person has to look at.
    let later = |step: &Step| step.state == StepState::Waiting && step.kind.is_at_meta() && !step.sentence.is_empty();
    Ok(if after.iter().any(later) { Outcome::Again(None, ways::not_all_taken_apart()) } else { Outcome::Done })
}

fn waiting<'a>(steps: &'a [Step], kinds: &'a [StepKind]) -> impl Iterator<Item = &'a Step> {
    steps.iter().filter(move |step| step.state == StepState::Waiting && kinds.contains(&step.kind))
}

/// What the steps at Meta share.
struct Work<'a> {
    services: &'a Services,
    tenant: &'a TenantId,
    connection: &'a Connection,
    tokens: Option<&'a Tokens>,
    /// The time of the tokens is over: what does not work now is given up.
    over: bool,
}

impl Work<'_> {
    /// Carries out what waits of these kinds. Whether anything of them still needs the tokens.
    async fn all(&self, steps: &[Step], kinds: &[StepKind]) -> Result<bool> {
        let failed = |step: &Step| step.state == StepState::Failed && kinds.contains(&step.kind);
        let mut held = self.tokens.is_some() && steps.iter().any(failed);
        let performed: Vec<_> = waiting(steps, kinds)
            .map(|step| async move {
                let end = perform(self.services, self.tokens, self.connection, step).await?;
                let holds = matches!(&end, End::Later(_) | End::Failed { hopeless: false, .. });
                self.keep(step, end).await?;
                Ok::<_, Error>(holds)
            })
            .collect();
        let mut ends = stream::iter(performed).buffer_unordered(AT_ONCE);
        while let Some(end) = ends.next().await {
            held |= end?;
        }
        Ok(held)
    }

    /// Writes down how a step ended: for its page, and for the connection log.
    async fn keep(&self, step: &Step, end: End) -> Result<()> {
        let (state, line) = match end {
            End::Done(what) => (StepState::Done, what),
            End::Skipped(why) => (StepState::Skipped, why),
            End::Later(why) if !self.over => (StepState::Waiting, log::tried_again(why)),
            // Its first sentence, as beside the other steps.
            End::Later(why) | End::Failed { why, .. } => (StepState::Failed, log::not_done(why)),
        };
        let at = (state != StepState::Waiting).then(|| self.services.clock().now().as_millis());
        let step = Step { state, at, ..step.clone() }.saying(&line)?;
        let note = match state {
            StepState::Done => Note::ok(done_kind(step.kind), line),
            StepState::Skipped => Note::ok("kept", line),
            StepState::Waiting | StepState::Failed => Note::problem(failed_kind(step.kind), line),
        };
        disconnections::update_step(self.services.db(), self.tenant, &self.connection.id, &step).await?;
        let note = if step.meta_id.is_empty() { note } else { note.about(step.name) };
        observe::log(self.services, self.tenant, &self.connection.id, vec![note]).await
    }
}

fn done_kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::ClearOverride => "override_cleared",
        StepKind::Unsubscribe => "unsubscribed",
        StepKind::Deregister => "deregistered",
        StepKind::Revoke => "revoked",
        StepKind::DropTokens => "tokens_deleted",
        StepKind::Erase => "erased",
    }
}

fn failed_kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::ClearOverride => "override_kept",
        StepKind::Unsubscribe => "unsubscribe_failed",
        StepKind::Deregister => "deregister_failed",
        StepKind::Revoke => "revoke_failed",
        StepKind::DropTokens => "tokens_kept",
        StepKind::Erase => "erase_failed",
    }
}
