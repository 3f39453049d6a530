//! Endpoints that are given up: written down, and told to the owners.

use super::{endpoints, letter};
use crate::{
    accounts::Role,
    db::{
        mails::Mail,
        memberships, tenants, to_json,
        webhook_endpoints::{self, Disabled, WebhookEndpoint},
    },
    error::Result,
    explanation::Explanation,
    ids::MailId,
    live::Hint,
    mail, observe,
    services::Services,
};

/// An endpoint that took nothing for so many days, though it was tried, is disabled.
pub const FAILING_DAYS: i64 = 5;

/// Stops sending to an endpoint, for a reason that nobody chose: in the audit log, and by mail to the owners, all in one
/// transaction. Nothing when it is disabled already.
///
/// # Errors
/// When the database fails.
pub(super) async fn disable(services: &Services, endpoint: &WebhookEndpoint, why: Explanation) -> Result<()> {
    let (db, tenant, now) = (services.db(), &endpoint.tenant_id, services.clock().now());
    let host = endpoints::host(&endpoint.url);
    let business = tenants::get(db, tenant).await?.map(|found| found.name).unwrap_or_default();
    let letter = letter::write(&business, endpoint, &host, &why, services.public_url());
    let people = if services.mailer().is_set_up() { memberships::list(db, tenant).await? } else { Vec::new() };
    let mails: Vec<Mail> = people
        .into_iter()
        .filter(|member| member.role == Role::Owner)
        .map(|owner| Mail {
            id: MailId::new(services.ids()),
            name: owner.name,
            address: owner.email,
            subject: letter.subject.clone(),
            plain: letter.plain.clone(),
            html: letter.html.clone(),
            created_at: now.as_millis(),
        })
        .collect();
    let said = observe::said_by_other(services, observe::ITSELF, "webhook_endpoint.disabled", &host).await?;
    let reason = to_json(&why)?;
    let disabled = Disabled { by: observe::ITSELF, why: Some(&reason), mails: &mails };
    if !webhook_endpoints::mark_disabled(db, tenant, &endpoint.id, &disabled, &said, now).await? {
        return Ok(());
    }
    tracing::warn!(endpoint = %endpoint.id, code = %why.code, "a webhook endpoint was disabled");
    for written in &mails {
        mail::ask(services, tenant, &written.id).await?;
    }
    services.live().tenant_changed(tenant, Hint::Endpoint);
    Ok(())
}
