//! What happened: the audit log and the connection log.

mod action;
mod chain;

pub use action::AuditAction;
pub use chain::{BrokenChain, Verification, verify_audit};
pub(crate) use chain::{open_key, replace_lost_key};

use crate::{
    accounts::Actor,
    clock::Timestamp,
    db::{
        asset_events::{self, AssetEvent},
        audit::{self, AuditEntry, AuditFilter, NewAuditEntry, Said},
        connection_log::{self, LogEntry, NewLogEntry, Outcome},
        from_json, to_json,
    },
    error::Result,
    explanation::Explanation,
    ids::{AssetEventId, ConnectionId, LogId, TenantId, UserId},
    live::Hint,
    services::Services,
    words::Language,
};

/// How many entries a page shows.
pub const PAGE: i64 = 50;

/// An entry of the audit log that says what a person did, to be written together with the change.
///
/// # Errors
/// When the key of the audit chains cannot be opened.
pub(crate) async fn said<'a>(
    services: &'a Services,
    (actor_id, actor_name): (&'a UserId, &'a str),
    action: &'a str,
    target: &'a str,
) -> Result<Said<'a>> {
    chained(services, NewAuditEntry { actor_id: Some(actor_id), actor_name, action, target }).await
}

/// The same of what somebody did who has no account here: Meta, a program, the command line, Attaché itself.
///
/// # Errors
/// When the key of the audit chains cannot be opened.
pub(crate) async fn said_by_other<'a>(
    services: &'a Services,
    who: &'a str,
    action: &'a str,
    target: &'a str,
) -> Result<Said<'a>> {
    chained(services, NewAuditEntry { actor_id: None, actor_name: who, action, target }).await
}

async fn chained<'a>(services: &'a Services, entry: NewAuditEntry<'a>) -> Result<Said<'a>> {
    debug_assert!(AuditAction::from_name(entry.action).is_some(), "`{}` is no action of the audit log", entry.action);
    Ok(Said { key: services.chain_key().await?, entry })
}

/// What Attaché is called where it acts by itself.
pub(crate) const ITSELF: &str = "Attaché";

/// Writes down who did what, when it is not one change of the database that it could be written with.
///
/// # Errors
/// When the database fails.
pub async fn audit(
    services: &Services,
    tenant: &TenantId,
    actor: (&UserId, &str),
    action: &str,
    target: &str,
) -> Result<()> {
    let said = said(services, actor, action, target).await?;
    audit::insert(services.db(), tenant, &said, services.clock().now()).await
}

/// Writes down what somebody did who has no account here, when it is not one change of the database.
///
/// # Errors
/// When the database fails.
pub async fn audit_other(services: &Services, tenant: &TenantId, who: &str, action: &str, target: &str) -> Result<()> {
    let said = said_by_other(services, who, action, target).await?;
    audit::insert(services.db(), tenant, &said, services.clock().now()).await
}

/// Something to write into the connection log.
#[derive(Debug, Clone)]
pub struct Note {
    /// A stable name of what happened, such as `subscribed`.
    pub kind: &'static str,
    /// How it ended.
    pub outcome: Outcome,
    /// The asset that it is about, when it is about one.
    pub asset_name: Option<String>,
    /// What happened, for people.
    pub line: Line,
}

/// What a line of the log says.
#[derive(Debug, Clone)]
pub enum Line {
    /// In every language.
    Explained(Explanation),
    /// In English alone.
    Sentence(String),
}

impl Line {
    /// The line in words.
    pub fn told(&self, language: Language) -> String {
        match self {
            Self::Explained(explanation) => {
                let told = explanation.told(language);
                [told.what, told.why].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
            }
            Self::Sentence(text) => text.clone(),
        }
    }
}

impl From<Explanation> for Line {
    fn from(explanation: Explanation) -> Self {
        Self::Explained(explanation)
    }
}

impl From<String> for Line {
    fn from(sentence: String) -> Self {
        Self::Sentence(sentence)
    }
}

impl From<&str> for Line {
    fn from(sentence: &str) -> Self {
        Self::Sentence(sentence.to_owned())
    }
}

impl LogEntry {
    /// What the entry says. What was written before lines were kept by name is read as it was written.
    pub fn line(&self) -> Line {
        let kept = self.explanation.as_deref().and_then(|json| from_json(json).ok());
        kept.map_or_else(|| Line::Sentence(self.sentence.clone()), Line::Explained)
    }
}

impl Note {
    /// Something that worked.
    pub fn ok(kind: &'static str, line: impl Into<Line>) -> Self {
        Self { kind, outcome: Outcome::Ok, asset_name: None, line: line.into() }
    }

    /// Something that did not.
    pub fn problem(kind: &'static str, line: impl Into<Line>) -> Self {
        Self { kind, outcome: Outcome::Problem, asset_name: None, line: line.into() }
    }

    /// The same, about one asset.
    pub fn about(mut self, asset_name: impl Into<String>) -> Self {
        self.asset_name = Some(asset_name.into());
        self
    }
}

/// Writes into the connection log, all or nothing, and tells whoever watches the tenant.
///
/// # Errors
/// When the database fails.
pub async fn log(services: &Services, tenant: &TenantId, connection: &ConnectionId, notes: Vec<Note>) -> Result<()> {
    let entries = notes.into_iter().map(|note| entry(services, note)).collect::<Result<Vec<_>>>()?;
    connection_log::insert(services.db(), tenant, connection, &entries, services.clock().now()).await?;
    // What is worth a line is worth a look.
    services.live().tenant_changed(tenant, Hint::Asset);
    Ok(())
}

fn entry(services: &Services, note: Note) -> Result<NewLogEntry> {
    let explanation = match &note.line {
        Line::Explained(explanation) => Some(to_json(explanation)?),
        Line::Sentence(_) => None,
    };
    Ok(NewLogEntry {
        id: LogId::new(services.ids()),
        asset_name: note.asset_name,
        kind: note.kind,
        outcome: note.outcome,
        sentence: note.line.told(Language::En),
        explanation,
    })
}

/// Writes a line about an attempt that led to no connection.
///
/// # Errors
/// When the database fails.
pub(crate) async fn log_attempt(services: &Services, tenant: &TenantId, note: Note) -> Result<()> {
    let entry = entry(services, note)?;
    connection_log::insert_about_attempt(services.db(), tenant, &entry, services.clock().now()).await
}

/// A page of the tenant's connection log, newest first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person without a tenant.
pub async fn list_log(
    services: &Services,
    actor: &Actor,
    before: Option<&LogId>,
    only_problems: bool,
) -> Result<Vec<LogEntry>> {
    connection_log::list(services.db(), &actor.member()?.tenant_id, before, only_problems, PAGE).await
}

/// A page of what Meta said about the tenant's assets, newest first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] for a person without a tenant.
pub async fn list_notices(
    services: &Services,
    actor: &Actor,
    before: Option<(Timestamp, &AssetEventId)>,
) -> Result<Vec<AssetEvent>> {
    asset_events::list(services.db(), &actor.member()?.tenant_id, before, PAGE).await
}

/// A page of the tenant's audit log, newest first.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is owner or admin.
pub async fn list_audit(services: &Services, actor: &Actor, filter: &AuditFilter) -> Result<Vec<AuditEntry>> {
    audit::list(services.db(), &actor.admin()?.tenant_id, filter, PAGE).await
}

/// What the tenant's audit log can be filtered by: its actions, and who acted.
///
/// # Errors
/// [`crate::error::Error::Forbidden`] unless the actor is owner or admin.
pub async fn audit_choices(services: &Services, actor: &Actor) -> Result<(Vec<String>, Vec<(String, String)>)> {
    let tenant = actor.admin()?.tenant_id;
    let actions = audit::list_actions(services.db(), &tenant).await?;
    Ok((actions, audit::list_actors(services.db(), &tenant).await?))
}
