//! A self-signed certificate for the demo, so that Meta's popup can be tried: its SDK wants https.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use hyper_util::rt::TokioTimer;

use crate::{commands::Failure, listening::HEAD_PATIENCE, serve::stopped};

/// A fresh certificate for this machine's names.
pub(crate) fn self_signed() -> Result<RustlsConfig, Failure> {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let mut config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(RustlsConfig::from_config(Arc::new(config)))
}

/// Answers requests over TLS until the process is told to stop.
pub(crate) async fn serve(
    listener: std::net::TcpListener,
    config: RustlsConfig,
    routes: Router,
) -> Result<(), Failure> {
    let handle = axum_server::Handle::new();
    let stopping = handle.clone();
    tokio::spawn(async move {
        stopped().await;
        stopping.graceful_shutdown(Some(std::time::Duration::from_secs(2)));
    });
    let mut server = axum_server::from_tcp_rustls(listener, config)?;
    let http = server.http_builder();
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(Some(HEAD_PATIENCE));
    server.handle(handle).serve(routes.into_make_service_with_connect_info::<SocketAddr>()).await?;
    Ok(())
}
