//! `attache demo`: the product, a Meta simulator and sample people, on this machine alone.

use std::{net::SocketAddr, path::PathBuf};

use clap::{CommandFactory as _, FromArgMatches as _};
use secrecy::SecretString;
use serde_json::json;
use server::{
    Services, accounts,
    config::{InstagramSettings, MailSettings, MetaSettings},
    error::Error,
};
use simulator::{Options, Simulator};
use url::Url;

use crate::{
    commands::{Failure, ServeArgs, print_line},
    compose, serve, settings, simulate, tls, web,
};

const OWNER: (&str, &str) = ("owner@demo.example", "a demo password");
const OPERATOR: (&str, &str) = ("operator@demo.example", "an operator password");
/// The configuration of the simulator's worlds that asks for every kind of asset.
pub(crate) const CONFIG_ID: &str = "700100000000001";
/// The configuration of the simulator's worlds for WhatsApp Embedded Signup.
pub(crate) const WHATSAPP_CONFIG_ID: &str = "700100000000002";

/// The settings of the demo.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    /// Where the product listens.
    #[arg(long, default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// Where the Meta simulator listens.
    #[arg(long, default_value = "127.0.0.1:4000")]
    meta_addr: SocketAddr,
    /// Where the demo keeps its data. Default: a folder of its own, which is emptied at each start.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Serve both with a self-signed certificate, so that the popup can be tried.
    #[arg(long)]
    tls: bool,
    /// Let the popup be tried without --tls: the simulator stops refusing pages served over plain http.
    #[arg(long)]
    popup_over_http: bool,
    /// The simulator's world: corner-shop, agency, empty, declined, dev-mode, or the path of a JSON file.
    #[arg(long, default_value = "corner-shop")]
    world: String,
    /// Start without a Meta app, so that the set-up page can be tried: its App ID and App Secret are at the simulator.
    #[arg(long)]
    without_app: bool,
    /// Print one line of JSON when ready.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Parser)]
struct ProductArgs {
    #[command(flatten)]
    product: ServeArgs,
}

/// Serves the demo until the process is told to stop.
pub(crate) async fn run(args: DemoArgs) -> Result<(), Failure> {
    let product_listener = serve::listen(args.addr).await?;
    let meta_listener = serve::listen(args.meta_addr).await?;
    let (addr, meta_addr) = (product_listener.local_addr()?, meta_listener.local_addr()?);
    if !addr.ip().is_loopback() || !meta_addr.ip().is_loopback() {
        return Err("the demo listens on this machine only: its sign-ins are public".into());
    }
    let scheme = if args.tls { "https" } else { "http" };
    let url: Url = format!("{scheme}://{addr}/").parse()?;
    let meta_url: Url = format!("{scheme}://{meta_addr}/").parse()?;
    // The product itself calls the Graph API without TLS: nothing here would vouch for the certificate.
    let graph_listener = serve::listen(SocketAddr::new(meta_addr.ip(), 0)).await?;
    let graph_url: Url = format!("http://{}/", graph_listener.local_addr()?).parse()?;

    let certificate = if args.tls { Some(tls::self_signed(addr.ip())?) } else { None };
    let options = Options {
        public_url: Some(meta_url.clone()),
        world: simulate::world(&args.world)?,
        refuse_http_pages: !args.popup_over_http,
        // The simulator calls the product back, at this address alone.
        trusted_certificates: certificate.iter().map(|certificate| certificate.der.clone()).collect(),
        ..Options::default()
    };
    let settings = product_settings(&args, &options, &url, &meta_url, &graph_url)?;
    let services = compose::services(&settings, addr).await?;
    add_people(&services).await?;
    serve::start_background(&services).await?;

    let simulator = Simulator::new(options);
    let (deauthorize, deletion) = (url.join("meta/deauthorize")?, url.join("meta/data-deletion")?);
    simulator.control().set_compliance_callbacks(Some(deauthorize.as_str()), Some(deletion.as_str()));
    let graph = simulator::serve(simulator.clone(), graph_listener, serve::stopped());
    let routes = web::routes(&services);
    announce(&args, &url, &meta_url);
    if let Some(tls::SelfSigned { config: certificate, .. }) = certificate {
        let (product, meta) = (into_std(product_listener)?, into_std(meta_listener)?);
        tokio::try_join!(
            tls::serve(product, certificate.clone(), routes),
            tls::serve(meta, certificate, simulator.router()),
            async { graph.await.map_err(Failure::from) },
        )?;
    } else {
        let meta = simulator::serve(simulator.clone(), meta_listener, serve::stopped());
        tokio::try_join!(
            async {
                serve::serve(product_listener, routes, &settings.serve).await;
                Ok(())
            },
            async { meta.await.map_err(Failure::from) },
            async { graph.await.map_err(Failure::from) },
        )?;
    }
    services.close().await;
    Ok(())
}

fn into_std(listener: tokio::net::TcpListener) -> Result<std::net::TcpListener, Failure> {
    Ok(listener.into_std()?)
}

/// The product's settings, pointed at the simulator.
fn product_settings(
    args: &DemoArgs,
    options: &Options,
    url: &Url,
    meta_url: &Url,
    graph_url: &Url,
) -> Result<ServeArgs, Failure> {
    let data_dir = match &args.data_dir {
        Some(folder) => folder.clone(),
        None => fresh_folder(args.addr.port())?,
    };
    std::fs::create_dir_all(&data_dir)?;
    // The defaults of `attache serve`; what the environment says of a real installation is set aside.
    let product = settings::without_empty_variables(ProductArgs::command()).try_get_matches_from(["attache"])?;
    let mut product = ProductArgs::from_arg_matches(&product)?.product;
    product.serve.public_url = Some(url.clone());
    product.vault.key_ring = None;
    product.vault.key_file = Some(data_dir.join("demo.key"));
    product.serve.trust_proxy = false;
    product.storage.no_migrate = false;
    product.storage.database_url = None;
    product.storage.postgres_dsn = None;
    // Mail of the demo can be looked at, and reaches nobody.
    product.mail = MailSettings {
        smtp_url: None,
        mail_from: Some("Attaché <attache@demo.example>".into()),
        mail_dir: Some(data_dir.join("mail")),
    };
    // Endpoints to try events with are on this machine.
    product.events.allow_private = true;
    product.storage.data_dir = data_dir;
    let app = Some(&options.world.app).filter(|_| !args.without_app);
    let asked = |id: &str| options.world.configuration(id).map(|_| id.to_owned());
    let place = MetaSettings::simulated(graph_url, meta_url)?;
    product.meta = MetaSettings {
        app_id: app.map(|app| app.id.clone()),
        app_secret: app.map(|app| SecretString::from(app.secret.clone())),
        config_id: asked(CONFIG_ID).filter(|_| app.is_some()),
        whatsapp_config_id: asked(WHATSAPP_CONFIG_ID),
        popup_over_http: args.popup_over_http,
        instagram: InstagramSettings {
            instagram_app_id: app.map(|app| app.instagram.id.clone()),
            instagram_app_secret: app.map(|app| SecretString::from(app.instagram.secret.clone())),
            ..place.instagram
        },
        ..place
    };
    Ok(product)
}

/// A folder for one demo; what an earlier demo left there goes.
fn fresh_folder(port: u16) -> Result<PathBuf, Failure> {
    let folder = std::env::temp_dir().join(format!("attache-demo-{port}"));
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(folder),
    }
}

/// The sample people. A second start finds them there.
async fn add_people(services: &Services) -> Result<(), Failure> {
    let owner = accounts::SignUp {
        business_name: "Brasa Café Group".into(),
        name: "Owner".into(),
        email: OWNER.0.into(),
        password: SecretString::from(OWNER.1.to_owned()),
    };
    there(accounts::sign_up(services, owner, "demo").await.map(drop))?;
    let password = SecretString::from(OPERATOR.1.to_owned());
    there(accounts::create_operator(services, "Operator", OPERATOR.0, password).await.map(drop))
}

fn there(made: Result<(), Error>) -> Result<(), Failure> {
    match made {
        Err(Error::Conflict(_)) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn announce(args: &DemoArgs, url: &Url, meta_url: &Url) {
    if args.json {
        let person = |(email, password): (&str, &str)| json!({ "email": email, "password": password });
        let ready = json!({ "url": url, "meta_url": meta_url, "owner": person(OWNER), "operator": person(OPERATOR) });
        print_line(&ready.to_string());
        return;
    }
    print_line(&format!(
        "\nAttaché is at        {url}\nThe Meta simulator   {meta_url}\n\nSign in as the owner     {}   {}\nor as the operator       \
         {}   {}\n\nTry this: sign in as the owner, press Connect with Meta, let somebody in the simulator say yes,\nchoose \
         assets, and look at the status. Then write to the business as a customer, from a phone at\n{meta_url}_sim/phone\n\
         and see the webhooks arrive. Switch the simulator's world and connect again.\nCtrl-C stops both.\n",
        OWNER.0, OWNER.1, OPERATOR.0, OPERATOR.1
    ));
}
