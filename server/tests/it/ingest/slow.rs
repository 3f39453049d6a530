//! Whoever is slow cannot keep others out.

use std::time::Duration;

use server::ingest::BODY_LIMIT;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::BODY;
use crate::support::{TestApp, signed_by};

/// How much memory bodies may take together.
const MEMORY: usize = 64 * 1024 * 1024;

impl TestApp {
    /// Begins a webhook that is almost there, and goes no further. Nobody knows yet that its signature is wrong.
    async fn begin_slowly(&self, length: usize) -> TcpStream {
        let address = self.base.socket_addrs(|| None).unwrap()[0];
        let mut stream = TcpStream::connect(address).await.unwrap();
        let (signature, announced) = (signed_by("a stranger's secret", b""), length + 1);
        let head = format!(
            "POST /webhooks/meta HTTP/1.1\r\nhost: x\r\nx-hub-signature-256: {signature}\r\ncontent-length: {announced}\r\n\r\n"
        );
        let free = self.services.journal().free_bytes();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b' '; length]).await.unwrap();
        while self.services.journal().free_bytes() + length > free {
            tokio::task::yield_now().await;
        }
        stream
    }
}

db_test! {
    async fn slow_strangers_give_way_to_a_genuine_webhook(app: &TestApp) {
        let length = BODY_LIMIT - 1;
        let mut strangers = Vec::new();
        while app.services.journal().free_bytes() >= length {
            strangers.push(app.begin_slowly(length).await);
        }
        strangers.push(app.begin_slowly(app.services.journal().free_bytes()).await);
        assert_eq!((strangers.len(), app.services.journal().free_bytes()), (22, 0));
        // Meta's own would be there by now: who has begun in this second is left alone.
        assert_eq!((app.deliver(BODY).await.status, app.refused().await), (503, vec![("full".to_owned(), 1)]));
        app.advance(Duration::from_secs(1));
        assert_eq!(app.deliver(BODY).await.status, 200);
        let mut answer = Vec::new();
        strangers[0].read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("webhook.too_slow"), "{answer}");
        // A genuine one of the largest size too, and many at once.
        let large = vec![b' '; BODY_LIMIT];
        let many = futures::future::join_all((0..8).map(|_| app.deliver(large.clone()))).await;
        assert!(many.iter().all(|answer| answer.status == 200), "{many:?}");
        assert_eq!(app.storage.journal().await.len(), 9);
        // What the strangers began comes to nothing.
        drop(strangers);
        while app.services.journal().free_bytes() < MEMORY {
            tokio::task::yield_now().await;
        }
        let refused = app.refused().await;
        assert!(refused.iter().all(|(reason, _)| ["full", "too_slow", "truncated"].contains(&reason.as_str())), "{refused:?}");
        assert_eq!(app.storage.journal().await.len(), 9);
    }
}
