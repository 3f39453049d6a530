//! Dividing a batch between two transactions that run at once.

use std::collections::HashMap;

use super::route::Routed;
use crate::ids::TenantId;

/// Two halves of about the same size. Everything of one tenant is in one of them, in its order: nothing that one writes is
/// read by the other.
pub(super) fn split<'e>(routed: &[Routed<'e>]) -> (Vec<Routed<'e>>, Vec<Routed<'e>>) {
    let mut sizes: HashMap<&TenantId, usize> = HashMap::new();
    for one in routed {
        *sizes.entry(one.tenant()).or_default() += 1;
    }
    let mut tenants: Vec<_> = sizes.into_iter().collect();
    tenants.sort_unstable_by_key(|(tenant, size)| (std::cmp::Reverse(*size), *tenant));
    let (mut first, mut second) = (0_usize, 0_usize);
    let mut is_first = HashMap::new();
    for (tenant, size) in tenants {
        let smaller = first <= second;
        *(if smaller { &mut first } else { &mut second }) += size;
        is_first.insert(tenant, smaller);
    }
    routed.iter().copied().partition(|one| is_first.get(one.tenant()).copied().unwrap_or(true))
}
