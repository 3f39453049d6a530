//! Who watches hears what was applied.

use super::apply::Applied;
use crate::{connect, services::Services};

/// Tells what a batch brought. To be called after it is committed.
pub(crate) fn announce(services: &Services, applied: &Applied) {
    for (tenant, hints) in &applied.tenants {
        services.live().tenant_changed(tenant, *hints);
    }
    for (app, person) in applied.grants.clone() {
        let own = services.clone();
        services.tasks().spawn(async move {
            if let Err(error) = connect::check_person(&own, &app, &person).await {
                tracing::warn!(%error, "a grant that changed at Meta could not be tested");
            }
        });
    }
}
