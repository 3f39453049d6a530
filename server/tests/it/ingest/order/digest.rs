//! What people see, without the identifiers that chance gave it.

use crate::support::TestApp;

/// How a contact is called in a digest: by the first of its identities.
fn contact(id: &str) -> String {
    format!(
        "COALESCE((SELECT MIN(i.kind || ':' || i.scope || ':' || i.value) FROM contact_identities i
        WHERE i.contact_id = {id}), '-')"
    )
}

fn or_none(column: &str) -> String {
    format!("COALESCE(CAST({column} AS TEXT), '-')")
}

fn joined(parts: &[String]) -> String {
    parts.join(" || ' ' || ")
}

fn columns(alias: &str, names: &[&str]) -> String {
    joined(&names.iter().map(|name| or_none(&format!("{alias}.{name}"))).collect::<Vec<_>>())
}

/// The thread of a conversation: in the direct one, the contact.
fn thread(alias: &str) -> String {
    format!(
        "CASE WHEN {alias}.contact_id IS NULL THEN COALESCE({alias}.thread, '-') ELSE {} END",
        contact(&format!("{alias}.contact_id"))
    )
}

/// Everything that events make, one line for each row.
pub(super) async fn digest(app: &TestApp) -> Vec<String> {
    let message = "m.tenant_id || m.asset_meta_id || m.meta_id";
    let tables = [
        format!(
            "SELECT 'contact ' || {} || ' ' || {} FROM contacts k",
            contact("k.id"),
            columns("k", &["tenant_id", "platform", "name", "name_at", "username", "username_at", "phone", "phone_at"])
        ),
        format!(
            "SELECT 'identity ' || {} || ' is ' || {} FROM contact_identities x",
            columns("x", &["tenant_id", "kind", "scope", "value"]),
            contact("x.contact_id")
        ),
        format!(
            "SELECT 'conversation ' || {} || ' ' || {} FROM conversations c",
            thread("c"),
            columns("c", &["tenant_id", "asset_kind", "asset_meta_id", "last_message_at", "last_inbound_at",
                "delivered_through", "read_through"])
        ),
        format!(
            "SELECT 'message ' || {} || ' ' || {} || ' by ' || {} FROM messages m
                LEFT JOIN conversations c ON c.id = m.conversation_id",
            columns("m", &["tenant_id", "asset_meta_id", "meta_id", "direction", "kind", "content_rank", "text", "detail",
                "reply_to", "sent_at", "status", "status_at", "problem", "edits", "edited_at", "deleted_at"]),
            thread("c"),
            contact("m.author_id")
        ),
        format!(
            "SELECT 'attachment ' || {message} || ' ' || {} FROM attachments a JOIN messages m ON m.id = a.message_id",
            columns("a", &["position", "kind", "media_id", "url", "mime_type", "sha256", "filename", "detail"])
        ),
        format!(
            "SELECT 'reaction ' || {message} || ' ' || {} || ' by ' || {} || CASE WHEN r.actor = 'business' THEN 'us' ELSE '' END
                FROM reactions r JOIN messages m ON m.id = r.message_id",
            columns("r", &["emoji", "at"]),
            contact("r.actor")
        ),
        format!(
            "SELECT 'event ' || {} FROM asset_events e",
            columns("e", &["tenant_id", "asset_kind", "asset_meta_id", "key", "kind", "at", "sentence", "raw"])
        ),
        format!("SELECT 'asset ' || {} FROM assets a", columns("a", &["meta_id", "active_at", "last_event_at"])),
    ];
    let mut lines = Vec::new();
    for sql in tables {
        lines.extend(app.storage.texts(&sql).await);
    }
    lines.sort();
    lines
}

/// What each delivery was, and what waits.
pub(super) async fn parts(app: &TestApp) -> Vec<String> {
    let part =
        columns("p", &["delivery_id", "tenant_id", "asset_kind", "asset_meta_id", "outcome", "events", "summary"]);
    let mut lines = app.storage.texts(&format!("SELECT {part} FROM delivery_parts p")).await;
    let waiting = columns("q", &["meta_app_id", "kind", "meta_id", "delivery_id"]);
    lines.extend(app.storage.texts(&format!("SELECT {waiting} FROM quarantine q")).await);
    lines.sort();
    lines
}

/// As before the first webhook.
pub(super) async fn clear(app: &TestApp) {
    for table in [
        "reactions",
        "attachments",
        "messages",
        "conversations",
        "contact_identities",
        "contacts",
        "asset_events",
        "delivery_parts",
        "quarantine",
        "journal_writers",
    ] {
        app.storage.tamper(&format!("DELETE FROM {table}")).await;
    }
    app.storage.tamper_journal("DELETE FROM journal").await;
    app.storage.tamper("UPDATE assets SET active_at = NULL, last_event_at = NULL").await;
}
