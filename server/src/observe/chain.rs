//! The key of the audit chains, and whether they hold.

use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    db::{
        audit::{self, ChainKey},
        installation_secrets::{self, PURPOSE},
        tenants,
    },
    error::{Error, Result},
    ids::TenantId,
    services::Services,
    vault::{INSTALLATION, Place, Sealed},
};

/// The name of the key among the installation's secrets.
const NAME: &str = "audit-chain";
const PLACE: Place<'static> = Place { tenant: INSTALLATION, purpose: PURPOSE, row: NAME };

/// How many tenants one step of a verification reads.
const TENANTS: i64 = 500;

/// A chain that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BrokenChain {
    /// Whose log.
    pub tenant: TenantId,
    /// Their name.
    pub name: String,
    /// The first entry that does not follow from the one before it, or that is missing.
    pub entry: i64,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Verification {
    /// How many chains were walked.
    pub chains: u64,
    /// Those that do not hold.
    pub broken: Vec<BrokenChain>,
}

/// Walks the audit log of every tenant.
///
/// # Errors
/// When the database fails, or the key of the chains does not open.
pub async fn verify_audit(services: &Services) -> Result<Verification> {
    let key = services.chain_key().await?;
    let mut found = Verification::default();
    let mut after = (String::new(), String::new());
    loop {
        let page = tenants::list_summaries_across_tenants(services.db(), (&after.0, &after.1), TENANTS).await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = (last.name.clone(), last.id.to_string());
        for tenant in page {
            found.chains += 1;
            if let Some(entry) = audit::find_break(services.db(), &tenant.id, key).await? {
                found.broken.push(BrokenChain { tenant: tenant.id, name: tenant.name, entry });
            }
        }
    }
}

/// The key of the chains, made at the first use of an installation.
pub(crate) async fn open_key(services: &Services) -> Result<ChainKey> {
    if let Some(sealed) = installation_secrets::find_by_name(services.db(), NAME).await? {
        return opened(services, &sealed);
    }
    match make_key(services, false).await? {
        Some(key) => Ok(key),
        None => {
            let sealed = installation_secrets::find_by_name(services.db(), NAME).await?;
            opened(services, &sealed.ok_or_else(|| Error::internal("the key of the audit chains went away"))?)
        }
    }
}

/// Makes a new key when the one before it is lost: what the log holds is then taken as it stands.
pub(crate) async fn replace_lost_key(services: &Services) -> Result<bool> {
    let Some(sealed) = installation_secrets::find_by_name(services.db(), NAME).await? else { return Ok(false) };
    if services.vault().open(PLACE, &sealed).is_ok() {
        return Ok(false);
    }
    installation_secrets::delete(services.db(), NAME).await?;
    make_key(services, true).await?;
    Ok(true)
}

async fn make_key(services: &Services, trusting: bool) -> Result<Option<ChainKey>> {
    let bytes = services.entropy().bytes::<32>();
    let key = ChainKey::new(bytes);
    let sealed = services.vault().seal(PLACE, &SecretString::from(hex::encode(bytes))).map_err(Error::internal)?;
    let carried = audit::begin_chains(services.db(), NAME, &sealed, &key, trusting).await?;
    if let Some(entries @ 1..) = carried {
        tracing::warn!(entries, "the audit log has a new key; what it held before is covered from now on");
    }
    Ok(carried.map(|_| key))
}

fn opened(services: &Services, sealed: &Sealed) -> Result<ChainKey> {
    let text = services.vault().open(PLACE, sealed).map_err(Error::internal)?;
    let mut bytes = [0; 32];
    hex::decode_to_slice(text.expose_secret(), &mut bytes).map_err(Error::internal)?;
    Ok(ChainKey::new(bytes))
}
