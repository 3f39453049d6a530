//! A line to a server that can be cut: what is under way breaks off, and nobody gets through until it is mended.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};
use url::Url;

/// A line to the PostgreSQL server.
pub(crate) struct Line {
    /// The server's URL over this line.
    pub(super) url: String,
    up: watch::Sender<bool>,
}

impl Line {
    /// Lays a line to the server of `url`.
    pub(super) async fn to(url: &str) -> Self {
        let mut url: Url = url.parse().unwrap();
        let server = (url.host_str().unwrap().to_owned(), url.port().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (up, is_up) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (mut is_up, server) = (is_up.clone(), server.clone());
                tokio::spawn(async move {
                    if !*is_up.borrow_and_update() {
                        return;
                    }
                    let mut far = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = is_up.wait_for(|up| !up) => {}
                    }
                });
            }
        });
        Self { url: url.to_string(), up }
    }

    pub(super) fn cut(&self) {
        self.up.send_replace(false);
    }

    pub(super) fn mend(&self) {
        self.up.send_replace(true);
    }
}
