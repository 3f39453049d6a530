//! A self-signed certificate for the demo, so that Meta's popup can be tried: its SDK wants https.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use hyper_util::rt::TokioTimer;

use crate::{commands::Failure, listening::HEAD_PATIENCE, serve::stopped};

/// A certificate that nobody but its maker vouches for.
#[derive(Clone)]
pub(crate) struct SelfSigned {
    /// What a server needs to show it.
    pub(crate) config: RustlsConfig,
    /// Itself, for who is to trust it (DER).
    pub(crate) der: Vec<u8>,
}

/// A fresh certificate for this machine's names.
pub(crate) fn self_signed(ip: IpAddr) -> Result<SelfSigned, Failure> {
    let names = ["localhost".to_owned(), ip.to_string()];
    let made = rcgen::generate_simple_self_signed(names)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let mut config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(SelfSigned { config: RustlsConfig::from_config(Arc::new(config)), der: made.cert.der().to_vec() })
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use std::net::{Ipv4Addr, TcpListener};

    use axum::routing::post;
    use simulator::{Options, SignedRequestForm, Simulator};

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    /// Something that answers callbacks over https, and its address.
    fn callback(certificate: &SelfSigned) -> String {
        let listener = TcpListener::bind((HERE, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("https://{}/", listener.local_addr().unwrap());
        let routes = Router::new().route("/", post(|| async { "heard" }));
        tokio::spawn(serve(listener, certificate.config.clone(), routes));
        address
    }

    #[tokio::test]
    async fn the_simulator_trusts_the_demos_certificate_and_no_other() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (own, foreign) = (self_signed(HERE).unwrap(), self_signed(HERE).unwrap());
        let options = Options { trusted_certificates: vec![own.der.clone()], ..Options::default() };
        let meta = Simulator::new(options).control();
        let person = meta.world().people[0].id.clone();
        let tell = async |address: &str| {
            meta.set_compliance_callbacks(Some(address), None);
            meta.deauthorize(&person, SignedRequestForm::Unpadded).await.unwrap()
        };
        let heard = tell(&callback(&own)).await;
        assert_eq!((heard.status, heard.answer.as_str()), (Some(200), "heard"), "{:?}", heard.error);
        let refused = tell(&callback(&foreign)).await;
        assert_eq!(refused.status, None);
        assert!(refused.error.as_deref().is_some_and(|why| why.contains("curl_errno = 60")), "{:?}", refused.error);
    }
}
