//! Answering HTTP/1 on a port, within bounds that no stranger can stretch.
//!
//! Over plain HTTP there is HTTP/1 alone: browsers speak no other version there, proxies need no other, and it is the version
//! whose every phase has a limit here: the head, waiting for the next one, and reading the answer. The body's limits are where
//! bodies are read: `server::http`.

mod patient;
mod shares;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::Request,
    serve::{Listener as _, ListenerExt as _},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::{Service as _, ServiceExt as _};

use self::{patient::Patient, shares::Shares};

/// How long the head of a request may take; also how long a connection may do nothing before its next one.
pub(crate) const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long an answer may wait for who asked to read on.
pub(crate) const READER_PATIENCE: Duration = Duration::from_secs(30);
/// The longest head of a request, in bytes. Also how much of a body is read at once.
const LONGEST_HEAD: usize = 64 * 1024;

/// What nobody may stretch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How long the head of a request may take.
    pub(crate) head_patience: Duration,
    /// How long what is written may wait to be read.
    pub(crate) reader_patience: Duration,
    /// How many connections are open at once. Who comes then waits in the system's queue until one ends.
    pub(crate) connections: usize,
    /// How many of them one network may have; `None` when all may come from one, as behind a proxy.
    pub(crate) each: Option<usize>,
}

/// Answers requests until `stopped`, then those that are under way, but not longer than `grace`.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: Router,
    bounds: Bounds,
    stopped: impl Future<Output = ()>,
    grace: Duration,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.head_patience).max_buf_size(LONGEST_HEAD);
    let (places, shares) = (Arc::new(Semaphore::new(bounds.connections)), Shares::new(bounds.each));
    // Answers are small and complete: waiting to fill a packet only delays them.
    let mut listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let (connections, stopping) = (TaskTracker::new(), CancellationToken::new());
    tokio::pin!(stopped);
    loop {
        let next = async {
            // Never closed, so there always is one in the end.
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let ((stream, address), place) = tokio::select! {
            next = next => next,
            () = &mut stopped => break,
        };
        let Some(share) = shares.take(address.ip()) else {
            tracing::debug!(%address, "a network has as many connections as one may have");
            continue;
        };
        let stream = Patient::new(stream, bounds.reader_patience);
        let answered = answer(http.clone(), stream, address, routes.clone(), stopping.clone());
        connections.spawn(async move {
            answered.await;
            drop((place, share));
        });
    }
    drop(listener);
    stopping.cancel();
    connections.close();
    if tokio::time::timeout(grace, connections.wait()).await.is_err() {
        tracing::debug!("some requests were still under way at the end");
    }
}

/// Answers the requests of one connection.
async fn answer(
    http: http1::Builder,
    stream: Patient<TcpStream>,
    address: SocketAddr,
    routes: Router,
    stopping: CancellationToken,
) {
    let mut visitors = routes.into_make_service_with_connect_info::<SocketAddr>();
    let Ok(service) = visitors.call(address).await;
    let service = TowerToHyperService::new(service.map_request(|request: Request<Incoming>| request.map(Body::new)));
    let connection = http.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Whoever went away, or took too long: nothing to be done about it.
        tracing::trace!(%error, %address, "a connection ended before its time");
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Bytes, routing::get};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const PATIENT: Bounds = Bounds { head_patience: HOUR, reader_patience: HOUR, connections: 100, each: None };

    /// Serves within these bounds, until the test is over; answers where. `/long` is more than any system keeps for a reader.
    async fn served(bounds: Bounds) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let long = Bytes::from(vec![b'x'; 64 * 1024 * 1024]);
        let routes = Router::new()
            .route("/", get(|| async { "hello" }))
            .route("/long", get(move || std::future::ready(long.clone())));
        tokio::spawn(serve(listener, routes, bounds, std::future::pending(), Duration::ZERO));
        address
    }

    /// Sends this, and answers what comes until the server hangs up.
    async fn said(address: SocketAddr, words: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(words.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A server that hangs up on somebody who is still talking resets the connection.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    }

    #[tokio::test]
    async fn whoever_does_not_finish_asking_is_hung_up_on() {
        let address = served(Bounds { head_patience: Duration::from_millis(20), ..PATIENT }).await;
        // Nothing at all, half a line, half a head, the beginning of HTTP/2, and a second head that does not come.
        for words in ["", "GET /", "GET / HTTP/1.1\r\nhost: x\r\n", "PRI * HTTP/2.0\r\n\r\n"] {
            assert!(!said(address, words).await.contains("hello"), "{words:?}");
        }
        let answer = said(address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
    }

    #[tokio::test]
    async fn a_head_that_never_ends_is_refused() {
        let address = served(PATIENT).await;
        let endless = format!("GET / HTTP/1.1\r\nx: {}", "y".repeat(LONGEST_HEAD));
        let answer = said(address, &endless).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    }

    #[tokio::test]
    async fn who_finds_every_connection_taken_waits_for_one_to_end() {
        let address = served(Bounds { connections: 1, ..PATIENT }).await;
        let mut first = TcpStream::connect(address).await.unwrap();
        // Answered once, so that it certainly has the place.
        first.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        assert!(first.read(&mut [0; 512]).await.unwrap() > 0);
        let second = tokio::spawn(said(address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
        // The first one goes on being answered meanwhile.
        for _ in 0..50 {
            first.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
            assert!(first.read(&mut [0; 512]).await.unwrap() > 0);
            assert!(!second.is_finished(), "answered beyond the bound");
        }
        drop(first);
        assert!(second.await.unwrap().ends_with("hello"));
    }

    #[tokio::test]
    async fn who_asks_and_does_not_read_the_answer_loses_the_place() {
        let address = served(Bounds { connections: 1, reader_patience: Duration::from_millis(20), ..PATIENT }).await;
        let mut deaf = TcpStream::connect(address).await.unwrap();
        deaf.write_all(b"GET /long HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let answer = said(address, "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        assert!(answer.ends_with("hello"), "{answer}");
        let mut rest = Vec::new();
        let whole = deaf.read_to_end(&mut rest).await.is_ok() && rest.len() > 64 * 1024 * 1024;
        assert!(!whole, "the rest of the answer came all the same");
    }

    #[tokio::test]
    async fn one_network_cannot_have_every_connection() {
        let address = served(Bounds { each: Some(1), ..PATIENT }).await;
        let mut first = TcpStream::connect(address).await.unwrap();
        first.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        assert!(first.read(&mut [0; 512]).await.unwrap() > 0);
        assert_eq!(said(address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await, "", "hung up on");
        drop(first);
        // Its place is free when the server has seen that it is gone.
        let asked = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        while !said(address, asked).await.ends_with("hello") {}
    }

    #[tokio::test]
    async fn at_the_end_a_request_under_way_is_answered_and_idle_connections_do_not_hold_it_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, is_asked) = tokio::sync::oneshot::channel();
        let asked = Arc::new(std::sync::Mutex::new(Some(asked)));
        let (go, may_go) = tokio::sync::watch::channel(false);
        let slow = get(move || {
            let (asked, mut may_go) = (asked.clone(), may_go.clone());
            async move {
                asked.lock().unwrap().take().unwrap().send(()).unwrap();
                may_go.wait_for(|go| *go).await.unwrap();
                "at last"
            }
        });
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let stopped = async { drop(stopped.await) };
        let routes = Router::new().route("/", slow);
        let serving = tokio::spawn(serve(listener, routes, PATIENT, stopped, HOUR));
        let _idle = TcpStream::connect(address).await.unwrap();
        let request = tokio::spawn(async move { said(address, "GET / HTTP/1.1\r\nhost: x\r\n\r\n").await });
        is_asked.await.unwrap();
        stop.send(()).unwrap();
        go.send(true).unwrap();
        assert!(request.await.unwrap().ends_with("at last"));
        serving.await.unwrap();
    }
}
