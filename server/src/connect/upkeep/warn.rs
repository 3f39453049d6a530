//! Warning people before access ends: once for each stage, in the log and by mail, all of a business in one.

use super::{letter, texts};
use crate::{
    accounts::Role,
    db::{
        connection_log::{NewLogEntry, Outcome},
        mails::Mail,
        memberships, tenants, to_json, token_warnings,
    },
    error::Result,
    ids::{LogId, MailId, TenantId},
    live::Hint,
    mail, outbox,
    services::Services,
};

/// Tells every tenant of what ends within 14, 7, 3 and 1 days, of what ended, and of what Meta refuses since the last look.
/// Answers how many tenants were told something. Each stage is told once, however many processes look.
///
/// # Errors
/// When the database fails.
pub async fn warn_of_ends(services: &Services) -> Result<usize> {
    let (db, now) = (services.db(), services.clock().now());
    token_warnings::delete_over_across_tenants(db).await?;
    let (mut after, mut told) = (None, 0);
    loop {
        let page = token_warnings::list_tenants_across_tenants(db, now, after.as_ref()).await?;
        for tenant in &page {
            told += usize::from(warn(services, tenant).await?);
        }
        match page.last() {
            Some(last) => after = Some(last.clone()),
            None => return Ok(told),
        }
    }
}

/// Tells one tenant. The warnings, their lines in the log, the mails and the events for the tenant's own systems are kept
/// together.
async fn warn(services: &Services, tenant: &TenantId) -> Result<bool> {
    let (db, now) = (services.db(), services.clock().now());
    let due = token_warnings::list_due(db, tenant, now).await?;
    let Some(business) = tenants::get(db, tenant).await?.filter(|_| !due.is_empty()) else { return Ok(false) };
    let mut endings = Vec::new();
    let mut lines = Vec::new();
    for ending in &due {
        let told = texts::told(ending, now)?;
        let line = NewLogEntry {
            id: LogId::new(services.ids()),
            asset_name: None,
            kind: "ending",
            outcome: Outcome::Problem,
            sentence: format!("{}. {}", told.what, told.why),
            explanation: Some(to_json(&told.line)?),
        };
        lines.push((ending.connection_id.clone(), line));
        endings.push((ending, told));
    }
    let letter = letter::write(&business.name, &endings, services.public_url());
    let people = if services.mailer().is_set_up() { memberships::list(db, tenant).await? } else { Vec::new() };
    let people = people.into_iter().filter(|member| matches!(member.role, Role::Owner | Role::Admin));
    let mails: Vec<Mail> = people
        .map(|person| Mail {
            id: MailId::new(services.ids()),
            name: person.name,
            address: person.email,
            subject: letter.subject.clone(),
            plain: letter.plain.clone(),
            html: letter.html.clone(),
            created_at: now.as_millis(),
        })
        .collect();
    if !token_warnings::insert(db, tenant, &due, &lines, &mails, now).await? {
        return Ok(false);
    }
    for written in &mails {
        mail::ask(services, tenant, &written.id).await?;
    }
    outbox::wake(services);
    services.live().tenant_changed(tenant, Hint::Asset);
    Ok(true)
}
