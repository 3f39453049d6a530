//! `attache simulator`.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use serde_json::json;
use simulator::{Options, Simulator, World};
use url::Url;

use crate::{
    commands::{Failure, print_line},
    serve,
};

/// The settings of the simulator.
#[derive(Debug, clap::Args)]
pub(crate) struct SimulatorArgs {
    /// The address to listen on. Only this machine: a simulator hands out tokens to whoever asks.
    #[arg(long, default_value = "127.0.0.1:4000")]
    addr: SocketAddr,
    /// The world: corner-shop, agency, empty, declined, dev-mode, or the path of a JSON file.
    #[arg(long, default_value = "corner-shop")]
    world: String,
    /// Milliseconds added to each Graph answer.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Let FB.login be called from pages served over plain http, which Meta's SDK refuses.
    #[arg(long)]
    allow_http_pages: bool,
    /// Print one line of JSON when ready.
    #[arg(long)]
    json: bool,
}

/// Serves the simulator until the process is told to stop.
pub(crate) async fn run(args: SimulatorArgs) -> Result<(), Failure> {
    let options = Options {
        world: world(&args.world)?,
        latency: Duration::from_millis(args.latency_ms),
        refuse_http_pages: !args.allow_http_pages,
        ..Options::default()
    };
    let app = options.world.app.clone();
    let listener = serve::listen(args.addr).await?;
    let addr = listener.local_addr()?;
    if args.json {
        print_line(&json!({ "url": format!("http://{addr}/"), "app_id": app.id }).to_string());
    } else {
        print_line(&format!(
            "The Meta simulator is at http://{addr}/\n\nPoint Attaché at it with\n  META_GRAPH_URL=http://{addr}/\n  \
             META_DIALOG_URL=http://{addr}/\n  META_SDK_URL=http://{addr}/en_US/sdk.js\n  META_APP_ID={}\n  \
             META_APP_SECRET={}",
            app.id, app.secret
        ));
    }
    simulator::serve(Simulator::new(options), listener, serve::stopped()).await?;
    Ok(())
}

/// A world by its name or from a file.
pub(crate) fn world(name: &str) -> Result<World, Failure> {
    if let Some(world) = World::named(name) {
        return Ok(world);
    }
    let path = PathBuf::from(name);
    if !path.exists() {
        return Err(format!("there is no world and no file named `{name}`").into());
    }
    World::from_json(&std::fs::read_to_string(path)?).map_err(|error| format!("{name}: {error}").into())
}

/// Where the simulator is, in the settings that point the product at it.
pub(crate) fn point_at(meta: &mut server::config::MetaSettings, url: &Url) -> Result<(), Failure> {
    meta.graph_url = url.clone();
    meta.dialog_url = url.clone();
    meta.sdk_url = url.join("en_US/sdk.js")?;
    Ok(())
}
