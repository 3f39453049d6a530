//! `attache admin` and `attache migrate`: for the person who runs the installation.

use std::io::{IsTerminal as _, Read as _};

use clap::Subcommand;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use server::{accounts, connect, entropy::Entropy, ids::ApiKeyId, installation, observe, vault};

use crate::{
    commands::{Failure, ServeArgs, StorageArgs, in_words, print_line},
    compose,
    settings::Setting,
};

/// What the audit log calls whoever uses the command line.
const OPERATOR: &str = "Operator";

/// What to manage.
#[derive(Debug, clap::Args)]
pub(crate) struct AdminArgs {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Print the settings in effect and where each comes from. Secrets are not shown.
    Config {
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Make an operator's account. The password is asked for, or read from standard input.
    CreateUser {
        /// The e-mail address to sign in with.
        #[arg(long)]
        email: String,
        /// The name that people see.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Set a new password for somebody who forgot theirs, and sign them out everywhere. It is asked for, or read from standard input.
    ResetPassword {
        /// The e-mail address that the person signs in with.
        #[arg(long)]
        email: String,
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Make a business and its owner. The owner's password is asked for, or read from standard input.
    CreateTenant {
        /// The name of the business.
        #[arg(long)]
        business: String,
        /// The owner's e-mail address.
        #[arg(long)]
        email: String,
        /// The owner's name.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Make a key for a program and print it, this once. It acts as an owner of the business.
    CreateApiKey {
        /// The business: its id, or its name when no other has the same.
        #[arg(long)]
        tenant: String,
        /// What the key is for.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// End a key at once.
    RevokeApiKey {
        /// The business: its id, or its name when no other has the same.
        #[arg(long)]
        tenant: String,
        /// The id of the key, as it was printed.
        #[arg(long)]
        key: ApiKeyId,
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Walk the audit log of every business; fails when an entry was changed or is missing.
    VerifyAudit {
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Forget what was sealed with keys that are lost for good: those connections are then confirmed at Meta again.
    GiveUpKeys {
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
    /// Seal every saved token with the first key of the ring, while the product runs. With --print, print a new key.
    RotateKey {
        /// Print a new key under this name, and change nothing.
        #[arg(long, value_name = "NAME")]
        print: Option<String>,
        #[command(flatten)]
        product: Box<ServeArgs>,
    },
}

/// Runs an admin command.
pub(crate) async fn run(args: AdminArgs, effective: Vec<Setting>) -> Result<(), Failure> {
    match args.command {
        AdminCommand::Config { product } => show(product.json, &effective)?,
        AdminCommand::CreateUser { email, name, product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            let id = accounts::create_operator(&services, &name, &email, read_password()?).await.map_err(in_words)?;
            say(product.json, &json!({ "user": id, "email": email }), &format!("Made the operator {email} ({id})."));
        }
        AdminCommand::ResetPassword { email, product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            let set = accounts::reset_password_of(&services, &email, read_password()?, OPERATOR).await;
            let user = set.map_err(in_words)?;
            let told = format!("Set a new password for {email} ({user}), and signed them out everywhere.");
            say(product.json, &json!({ "user": user, "email": email, "reset": true }), &told);
        }
        AdminCommand::CreateTenant { business, email, name, product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            let input = accounts::SignUp {
                business_name: business.clone(),
                name,
                email: email.clone(),
                password: read_password()?,
            };
            let (user, tenant) = accounts::sign_up(&services, input, "command line").await.map_err(in_words)?;
            let told = format!("Made {business} ({tenant}) with the owner {email}.");
            say(product.json, &json!({ "tenant": tenant, "user": user }), &told);
        }
        AdminCommand::CreateApiKey { tenant, name, product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            let tenant = installation::find_tenant(&services, &tenant).await.map_err(in_words)?;
            let made = accounts::create_api_key(&services, &tenant, &name, OPERATOR).await.map_err(in_words)?;
            let key = made.key.expose_secret();
            let told = format!("{key}\n\nThis is the key {} ({name}). It is not shown again.", made.id);
            say(product.json, &json!({ "id": made.id, "key": key, "tenant": tenant }), &told);
        }
        AdminCommand::RevokeApiKey { tenant, key, product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            let tenant = installation::find_tenant(&services, &tenant).await.map_err(in_words)?;
            accounts::revoke_api_key(&services, &tenant, &key, OPERATOR).await.map_err(in_words)?;
            say(
                product.json,
                &json!({ "id": key, "revoked": true }),
                &format!("The key {key} opens nothing any more."),
            );
        }
        AdminCommand::VerifyAudit { product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            return told_of(product.json, observe::verify_audit(&services).await.map_err(in_words)?);
        }
        AdminCommand::GiveUpKeys { product } => {
            let services = compose::unchecked_services(&product, product.serve.addr).await?;
            let done = connect::give_up_keys(&services).await.map_err(in_words)?;
            let told = format!(
                "Forgot {} tokens that no key opens; {} connections have to be confirmed at Meta again. Forgot {} secrets \
                 of webhook endpoints.",
                done.credentials, done.connections, done.webhook_secrets
            );
            say(product.json, &serde_json::to_value(done)?, &told);
        }
        AdminCommand::RotateKey { print: Some(name), .. } => {
            let key = vault::KeyRing::generate(&name, &Entropy::os());
            // A name that no ring may hold is refused now, and not at the next start.
            vault::KeyRing::parse(&key)?;
            print_line(key.expose_secret());
        }
        AdminCommand::RotateKey { print: None, product } => {
            let services = compose::services(&product, product.serve.addr).await?;
            let done = vault::rotate(services.db(), services.vault()).await.map_err(in_words)?;
            let told =
                format!("Sealed {} tokens with the active key; {} could not be opened.", done.moved, done.unreadable);
            say(product.json, &serde_json::to_value(done)?, &told);
        }
    }
    Ok(())
}

/// Brings the schema up to date.
pub(crate) async fn migrate(args: StorageArgs) -> Result<(), Failure> {
    let mut storage = args.storage;
    storage.no_migrate = false;
    compose::open_database(&storage).await?.close().await;
    say(args.json, &json!({ "migrated": true }), "The database schema is up to date.");
    Ok(())
}

fn show(as_json: bool, effective: &[Setting]) -> Result<(), Failure> {
    if as_json {
        print_line(&serde_json::to_string(effective)?);
        return Ok(());
    }
    let width = effective.iter().map(|setting| setting.name.len()).max().unwrap_or(0);
    for Setting { name, value, source } in effective {
        print_line(&format!("{name:width$}  {source:11}  {}", value.as_deref().unwrap_or("–")));
    }
    Ok(())
}

fn told_of(as_json: bool, found: observe::Verification) -> Result<(), Failure> {
    let value = serde_json::to_value(&found)?;
    if found.broken.is_empty() {
        say(as_json, &value, &format!("The audit log holds: {} walked, every entry follows.", found.chains));
        return Ok(());
    }
    if as_json {
        print_line(&value.to_string());
    }
    let broken = found.broken.iter().map(|chain| format!("{} ({}) at entry {}", chain.name, chain.tenant, chain.entry));
    Err(format!("the audit log was changed: {}", broken.collect::<Vec<_>>().join(", ")).into())
}

fn say(as_json: bool, value: &serde_json::Value, sentence: &str) {
    print_line(if as_json { value.to_string() } else { sentence.to_owned() }.as_str());
}

/// A password on a command line would be in the history and in the list of processes. On a terminal it is asked for, and not
/// shown while it is typed.
fn read_password() -> Result<SecretString, Failure> {
    if std::io::stdin().is_terminal() {
        return Ok(SecretString::from(rpassword::prompt_password("Password: ")?));
    }
    let mut text = String::new();
    std::io::stdin().lock().take(4096).read_to_string(&mut text)?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned()))
}
