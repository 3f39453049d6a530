//! `attache simulator`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use serde_json::json;
use simulator::{Options, Simulator, World};

use crate::{
    commands::{Failure, print_line},
    demo::{CONFIG_ID, WHATSAPP_CONFIG_ID},
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
    let listener = serve::listen(args.addr).await?;
    let address = format!("http://{}/", listener.local_addr()?);
    if args.json {
        print_line(&json!({ "url": address, "app_id": options.world.app.id }).to_string());
    } else {
        let settings = settings(&options.world, &address, args.allow_http_pages);
        let settings: String = settings.iter().map(|(name, value)| format!("\n  {name}={value}")).collect();
        print_line(&format!("The Meta simulator is at {address}\n\nPoint Attaché at it with{settings}"));
    }
    simulator::serve(Simulator::new(options), listener, serve::stopped()).await?;
    Ok(())
}

/// The settings of the product that point it at the simulator at `address`.
fn settings(world: &World, address: &str, on_http_pages: bool) -> Vec<(&'static str, String)> {
    let app = &world.app;
    let mut settings = vec![
        ("META_GRAPH_URL", address.to_owned()),
        ("META_DIALOG_URL", address.to_owned()),
        ("META_SDK_URL", format!("{address}en_US/sdk.js")),
        ("META_APP_ID", app.id.clone()),
        ("META_APP_SECRET", app.secret.clone()),
    ];
    let configurations = [("META_CONFIG_ID", CONFIG_ID), ("META_WHATSAPP_CONFIG_ID", WHATSAPP_CONFIG_ID)];
    let known = configurations.into_iter().filter(|(_, id)| world.configuration(id).is_some());
    settings.extend(known.map(|(name, id)| (name, id.to_owned())));
    settings.extend([
        ("META_INSTAGRAM_GRAPH_URL", format!("{address}instagram/")),
        ("META_INSTAGRAM_TOKEN_URL", format!("{address}instagram/")),
        ("META_INSTAGRAM_DIALOG_URL", format!("{address}instagram/")),
        ("META_INSTAGRAM_APP_ID", app.instagram.id.clone()),
        ("META_INSTAGRAM_APP_SECRET", app.instagram.secret.clone()),
    ]);
    // Only then the SDK opens its window for a page that is served over plain http.
    if on_http_pages {
        settings.push(("META_POPUP_OVER_HTTP", "true".to_owned()));
    }
    settings
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::CommandFactory as _;

    use super::*;
    use crate::commands::Cli;

    #[test]
    fn what_is_printed_are_settings_of_the_product_and_the_whole_of_them() {
        let cli = Cli::command();
        let serve = cli.find_subcommand("serve").unwrap();
        let known: Vec<_> = serve.get_arguments().filter_map(clap::Arg::get_env).collect();
        let world = World::named("corner-shop").unwrap();
        let printed = |on_http_pages| settings(&world, "http://127.0.0.1:4000/", on_http_pages);
        for (name, value) in printed(true) {
            assert!(known.iter().any(|setting| *setting == name) && !value.is_empty(), "{name}={value}");
        }
        let names: Vec<_> = printed(true).into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"META_CONFIG_ID") && names.contains(&"META_WHATSAPP_CONFIG_ID"), "{names:?}");
        assert_eq!(printed(false).len() + 1, names.len(), "the popup over http needs a simulator that lets it be");
    }
}
