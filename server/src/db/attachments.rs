//! What is attached to messages. The bytes are fetched later.

use super::{
    chunks::{ManyRows, Marks, padded},
    transaction::Tx,
};
use crate::{error::Result, ids::MessageId};

/// An attachment as it is about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewAttachment<'a> {
    pub(crate) message_id: &'a MessageId,
    pub(crate) position: i64,
    pub(crate) kind: &'a str,
    pub(crate) media_id: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) mime_type: Option<&'a str>,
    pub(crate) sha256: Option<&'a str>,
    pub(crate) filename: Option<&'a str>,
    pub(crate) detail: Option<String>,
}

/// Writes attachments of messages that have none.
pub(crate) async fn insert_across_tenants(tx: &mut Tx, rows: &[NewAttachment<'_>]) -> Result<()> {
    static SQL: ManyRows = ManyRows::new(
        "INSERT INTO attachments (message_id, position, kind, media_id, url, mime_type, sha256, filename, detail)
            VALUES ",
        9,
        "",
    );
    write_rows!(tx, SQL, rows, row =>
        row.message_id, row.position, row.kind, row.media_id, row.url, row.mime_type, row.sha256, row.filename,
        row.detail.as_deref()
    );
    Ok(())
}

/// Removes what is attached to these messages.
pub(crate) async fn delete_by_message_across_tenants(tx: &mut Tx, messages: &[&MessageId]) -> Result<()> {
    static SQL: ManyRows = ManyRows::new("DELETE FROM attachments WHERE message_id IN (VALUES ", 1, ")");
    for chunk in padded(messages) {
        let text = SQL.text(Marks::of(tx), chunk.len());
        on_tx!(tx, connection => {
            let mut query = sqlx::query(text);
            for id in chunk {
                query = query.bind(id);
            }
            query.execute(connection).await.map(drop)
        })?;
    }
    Ok(())
}
