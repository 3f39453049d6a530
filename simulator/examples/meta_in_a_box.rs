//! Serve a world until Ctrl-C: `cargo run -p simulator --example meta_in_a_box -- 127.0.0.1:4000 agency`.
#![allow(clippy::print_stdout)]

use simulator::{Options, Simulator, World, serve};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:4000".into());
    let name = arguments.next().unwrap_or_else(|| "corner-shop".into());
    let Some(world) = World::named(&name) else {
        return Err(std::io::Error::other(format!("no world is called {name}; there are {}", World::NAMES.join(", "))));
    };
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("Meta in a box at http://{} with the world {name}", listener.local_addr()?);
    // Pages served over plain http may use the SDK here, so that it can be tried without a certificate.
    let simulator = Simulator::new(Options { world, refuse_http_pages: false, ..Options::default() });
    serve(simulator, listener, async {
        let _ = tokio::signal::ctrl_c().await;
    })
    .await
}
