//! Who watches hears what was applied.

use super::apply::Applied;
use crate::services::Services;

/// Tells what a batch brought. To be called after it is committed.
pub(crate) fn announce(services: &Services, applied: &Applied) {
    for (tenant, hints) in &applied.tenants {
        services.live().tenant_changed(tenant, *hints);
    }
}
