//! Who watches hears what was applied.

use futures::{StreamExt as _, stream};

use super::apply::Applied;
use crate::{connect, services::Services};

/// How many grants of one batch are tested at a time: a single body can speak of thousands.
const AT_ONCE: usize = 4;

/// Tells what a batch brought. To be called after it is committed.
pub(crate) fn announce(services: &Services, applied: &Applied) {
    for (tenant, hints) in &applied.tenants {
        services.live().tenant_changed(tenant, *hints);
    }
    if applied.grants.is_empty() {
        return;
    }
    let (own, grants) = (services.clone(), applied.grants.clone());
    services.tasks().spawn(async move {
        let own = &own;
        let tests = stream::iter(grants).for_each_concurrent(AT_ONCE, |(app, person)| async move {
            if let Err(error) = connect::check_person(own, &app, &person).await {
                tracing::warn!(%error, "a grant that changed at Meta could not be tested");
            }
        });
        tests.await;
    });
}
