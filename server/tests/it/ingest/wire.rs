//! Webhooks as bytes on the wire: what HTTP allows, and what those send who mean no good.

use std::fmt::Write as _;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::BODY;
use crate::support::{TestApp, signed_by};

/// The head of a webhook that the app signed, without an end; `more` are further lines.
fn head(app: &TestApp, version: &str, signed: &[u8], more: &str) -> String {
    let signature = signed_by(&app.app_secret(), signed);
    format!(
        "POST /webhooks/meta HTTP/{version}\r\nhost: x\r\nconnection: close\r\nx-hub-signature-256: {signature}\r\n{more}\r\n"
    )
}

/// Sends these bytes, and answers the status of each answer that comes until the end.
async fn send(app: &TestApp, bytes: &[u8]) -> Vec<u16> {
    let mut stream = connect(app).await;
    stream.write_all(bytes).await.unwrap();
    statuses(&mut stream).await
}

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.base.socket_addrs(|| None).unwrap()[0]).await.unwrap()
}

async fn statuses(stream: &mut TcpStream) -> Vec<u16> {
    let mut answer = Vec::new();
    // Who is hung up on while still talking reads the answer, then that the connection was reset.
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let lines = answer.lines().filter_map(|line| line.strip_prefix("HTTP/1."));
    lines.map(|line| line[2..5].parse().unwrap()).collect()
}

async fn kept(app: &TestApp) -> Vec<Vec<u8>> {
    app.storage.journal().await.into_iter().map(|(_, body)| body).collect()
}

fn chunked(body: &str, size: usize) -> String {
    let mut text = String::new();
    for chunk in body.as_bytes().chunks(size) {
        write!(text, "{:x}\r\n{}\r\n", chunk.len(), std::str::from_utf8(chunk).unwrap()).unwrap();
    }
    text
}

db_test! {
    async fn in_chunks_without_a_length(app: &TestApp) {
        let head = head(app, "1.1", BODY.as_bytes(), "transfer-encoding: chunked\r\n");
        for size in [1, 7, 1_000] {
            assert_eq!(send(app, format!("{head}{}0\r\n\r\n", chunked(BODY, size)).as_bytes()).await, [200]);
        }
        assert_eq!(kept(app).await, vec![BODY.as_bytes(); 3]);
        // Without its end, and with a size that is none.
        let mut stream = connect(app).await;
        stream.write_all(format!("{head}{}", chunked(BODY, 7)).as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        assert!(!statuses(&mut stream).await.contains(&200));
        assert_eq!(send(app, format!("{head}zz\r\n{BODY}\r\n0\r\n\r\n").as_bytes()).await, [400]);
        assert_eq!(kept(app).await.len(), 3);
        assert_eq!(app.refused().await, [("truncated".to_owned(), 2)]);
    }
}

db_test! {
    async fn by_the_oldest_version_of_http(app: &TestApp) {
        let length = format!("content-length: {}\r\n", BODY.len());
        let whole = head(app, "1.0", BODY.as_bytes(), &length);
        assert_eq!(send(app, format!("{whole}{BODY}").as_bytes()).await, [200]);
        // Without a length it has no body, and that is not what was signed.
        let endless = head(app, "1.0", BODY.as_bytes(), "");
        assert_eq!(send(app, format!("{endless}{BODY}").as_bytes()).await, [403]);
        assert_eq!(kept(app).await, [BODY.as_bytes()]);
        assert_eq!(app.refused().await, [("wrong_signature".to_owned(), 1)]);
    }
}

db_test! {
    async fn by_somebody_who_asks_before_sending(app: &TestApp) {
        let expecting = format!("content-length: {}\r\nexpect: 100-continue\r\n", BODY.len());
        let mut stream = connect(app).await;
        stream.write_all(head(app, "1.1", BODY.as_bytes(), &expecting).as_bytes()).await.unwrap();
        let mut go = [0; 25];
        stream.read_exact(&mut go).await.unwrap();
        assert_eq!(&go, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream.write_all(BODY.as_bytes()).await.unwrap();
        assert_eq!(statuses(&mut stream).await, [200]);
        assert_eq!(kept(app).await, [BODY.as_bytes()]);
        // What is refused by its head alone need not be sent.
        for (lines, status) in [
            ("x-hub-signature: sha1=00\r\n".to_owned() + &expecting, 401),
            ("content-length: 99999999\r\nexpect: 100-continue\r\n".to_owned(), 401),
        ] {
            let mut stream = connect(app).await;
            let head = format!("POST /webhooks/meta HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{lines}\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            assert_eq!(statuses(&mut stream).await, [status], "{lines}");
        }
        assert_eq!(kept(app).await.len(), 1);
    }
}

db_test! {
    async fn with_headers_that_contradict_each_other(app: &TestApp) {
        let length = BODY.len();
        // Two lengths are a way to smuggle a second request past a proxy.
        let two = head(app, "1.1", BODY.as_bytes(), &format!("content-length: {length}\r\ncontent-length: 3\r\n"));
        assert_eq!(send(app, format!("{two}{BODY}").as_bytes()).await, [400]);
        let odd = head(app, "1.1", BODY.as_bytes(), "content-length: +3\r\n");
        assert_eq!(send(app, format!("{odd}{BODY}").as_bytes()).await, [400]);
        assert_eq!(kept(app).await.len(), 0);
        // The same signature twice is as unclear as two different ones.
        let signature = format!("x-hub-signature-256: {}\r\n", signed_by(&app.app_secret(), BODY.as_bytes()));
        let twice = head(app, "1.1", BODY.as_bytes(), &format!("content-length: {length}\r\n{signature}"));
        assert_eq!(send(app, format!("{twice}{BODY}").as_bytes()).await, [403]);
        // A signature whose bytes are no text.
        let mut raw = format!("POST /webhooks/meta HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\nx-hub-signature-256: sha256=").into_bytes();
        raw.extend_from_slice(&[0xff; 64]);
        raw.extend_from_slice(format!("\r\n\r\n{BODY}").as_bytes());
        assert_eq!(send(app, &raw).await, [403]);
        assert_eq!(kept(app).await.len(), 0);
        assert_eq!(app.refused().await, [("malformed_signature".to_owned(), 2)]);
        // A length besides chunks: whatever is taken for the body, only what is signed is kept.
        let both = head(app, "1.1", BODY.as_bytes(), "content-length: 3\r\ntransfer-encoding: chunked\r\n");
        let answered = send(app, format!("{both}{}0\r\n\r\n", chunked(BODY, 50)).as_bytes()).await;
        assert!(answered == [200] && kept(app).await == [BODY.as_bytes()] || answered == [400] && kept(app).await.is_empty(), "{answered:?}");
    }
}

db_test! {
    async fn to_the_address_of_an_app_in_percent_signs(app: &TestApp) {
        let encoded: String = app.app_id().bytes().map(|byte| format!("%{byte:02x}")).collect();
        let signature = signed_by(&app.app_secret(), BODY.as_bytes());
        let mut answers = Vec::new();
        for id in [encoded.as_str(), "%FF%FE", "1%00", "%2e%2e", "1%2F2", "%"] {
            let request = format!(
                "POST /webhooks/meta/{id} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-hub-signature-256: {signature}\r\n\
                content-length: {}\r\n\r\n{BODY}", BODY.len());
            answers.extend(send(app, request.as_bytes()).await);
        }
        assert_eq!(answers, [200, 404, 404, 404, 404, 404]);
        assert_eq!(kept(app).await, [BODY.as_bytes()]);
        assert_eq!(app.refused().await, [("unknown_app".to_owned(), 5)]);
        assert_eq!(app.storage.texts("SELECT meta_app_id FROM webhook_refusals").await, [""]);
    }
}

db_test! {
    async fn packed_by_somebody_between(app: &TestApp) {
        // A proxy that packs the body changes what was signed; what was signed packed is kept as it came.
        let packed: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00";
        let lines = format!("content-encoding: gzip\r\ncontent-length: {}\r\n", packed.len());
        let request = |signed: &[u8]| [head(app, "1.1", signed, &lines).as_bytes(), packed].concat();
        assert_eq!(send(app, &request(BODY.as_bytes())).await, [403]);
        assert_eq!(kept(app).await.len(), 0);
        assert_eq!(send(app, &request(packed)).await, [200]);
        assert_eq!(kept(app).await, [packed]);
        server::ingest::drain(&app.services).await.unwrap();
        assert_eq!(app.see("SELECT outcome FROM delivery_parts").await, ["unreadable"]);
    }
}

db_test! {
    async fn by_other_verbs(app: &TestApp) {
        for verb in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
            let head = head(app, "1.1", BODY.as_bytes(), &format!("content-length: {}\r\n", BODY.len()));
            let request = format!("{}{BODY}", head.replacen("POST", verb, 1));
            assert_eq!(send(app, request.as_bytes()).await, [405], "{verb}");
        }
        assert_eq!(kept(app).await.len(), 0);
    }
}
