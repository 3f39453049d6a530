//! When a failed delivery is tried again, when Meta stops, and when it stops altogether (Meta reference §7.2).

/// Seconds between one try and the next: at once, then fewer and fewer.
const PAUSES: [i64; 9] = [0, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 21_600];
const HOUR: i64 = 3_600;

/// The next try after `tries` failed ones, the last at `now`; `None` when Meta has given up.
pub(crate) fn next_try(object: &str, tries: u32, created_at: i64, now: i64) -> Option<i64> {
    let pause = PAUSES.get(tries.saturating_sub(1) as usize).or(PAUSES.last()).copied()?;
    let next = now + pause;
    (next <= created_at + horizon(object)).then_some(next)
}

/// How long one delivery is tried: 36 hours, of WhatsApp 7 days.
fn horizon(object: &str) -> i64 {
    if object == "whatsapp_business_account" { 7 * 24 * HOUR } else { 36 * HOUR }
}

/// A callback that fails this long gets its app unsubscribed: about eight hours for Messenger and Instagram, seven days for the
/// rest.
pub(crate) fn patience(object: &str) -> i64 {
    if matches!(object, "page" | "instagram") { 8 * HOUR } else { 7 * 24 * HOUR }
}

/// The warning mail comes an hour into the failures.
pub(crate) const WARNING: i64 = HOUR;

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds after the first try at which the others follow when nothing ever answers.
    fn tries(object: &str) -> Vec<i64> {
        let (mut at, mut all) = (0, Vec::new());
        while let Some(next) = next_try(object, u32::try_from(all.len()).unwrap() + 1, 0, at) {
            at = next;
            all.push(at);
        }
        all
    }

    #[test]
    fn a_page_is_tried_for_36_hours_and_whatsapp_for_7_days() {
        let page = tries("page");
        assert_eq!(page[..4], [0, 60, 360, 1_260]);
        assert!(page.last().is_some_and(|at| (30 * HOUR..=36 * HOUR).contains(at)), "{page:?}");
        assert!(page.windows(3).all(|w| w[2] - w[1] >= w[1] - w[0]), "fewer and fewer: {page:?}");
        let whatsapp = tries("whatsapp_business_account");
        assert!(whatsapp.last().is_some_and(|at| (160 * HOUR..=168 * HOUR).contains(at)), "{whatsapp:?}");
    }
}
