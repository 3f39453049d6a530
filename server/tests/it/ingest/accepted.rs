//! What is Meta's is stored as it came, and answered.

use crate::support::TestApp;

const BODY: &str = r#"{"object":"page","entry":[{"id":"1","time":1,"messaging":[]}]}"#;

db_test! {
    async fn a_signed_webhook_is_stored_byte_by_byte(app: &TestApp) {
        let answer = app.deliver(BODY).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-request-id").len(), 32);
        assert_eq!(app.storage.journal().await, [(app.app_id(), BODY.as_bytes().to_vec())]);
        assert_eq!(app.refused().await, []);
    }
}
