//! `attache simulator`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use serde_json::json;
use server::config::{InstagramSettings, MetaSettings};
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
    /// A PEM file with the certificate that Attaché shows, where it is self-signed: webhooks are sent to it then.
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
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
        trusted_certificates: args.trust.as_deref().map(certificates).transpose()?.unwrap_or_default(),
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
             META_APP_SECRET={}\n  META_INSTAGRAM_GRAPH_URL=http://{addr}/instagram/\n  \
             META_INSTAGRAM_TOKEN_URL=http://{addr}/instagram/\n  META_INSTAGRAM_DIALOG_URL=http://{addr}/instagram/\n  \
             META_INSTAGRAM_APP_ID={}\n  META_INSTAGRAM_APP_SECRET={}",
            app.id, app.secret, app.instagram.id, app.instagram.secret
        ));
    }
    simulator::serve(Simulator::new(options), listener, serve::stopped()).await?;
    Ok(())
}

/// The certificates of a PEM file.
fn certificates(path: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let unread = |error| format!("{}: {error}", path.display());
    let all: Vec<_> = CertificateDer::pem_file_iter(path).map_err(unread)?.collect::<Result<_, _>>().map_err(unread)?;
    if all.is_empty() {
        return Err(format!("{} holds no certificate", path.display()).into());
    }
    Ok(all.into_iter().map(|certificate| certificate.to_vec()).collect())
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

/// Where the simulator is for browsers and for programs, in the settings that point the product at it.
pub(crate) fn point_at(meta: &mut MetaSettings, browsers: &Url, programs: &Url) -> Result<(), Failure> {
    meta.graph_url = programs.clone();
    meta.dialog_url = browsers.clone();
    meta.sdk_url = browsers.join("en_US/sdk.js")?;
    meta.instagram = InstagramSettings::simulated(programs, browsers)?;
    Ok(())
}
