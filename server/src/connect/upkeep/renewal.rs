//! When a token is renewed: never before the middle of its life, and not all tokens of one day at once.

use std::time::Duration;

use crate::{
    clock::Timestamp,
    ids::ConnectionId,
    meta::{Expiry, TokenFacts, TokenKind},
};

/// Meta gives a fresh 60 days at most once a day (Meta reference §4.2), and to an Instagram account's token from its second day
/// on; a system user's token is fetched anew no more often.
pub(super) const PAUSE: Duration = Duration::from_secs(24 * 3600);
/// Renewals are spread over this part of a token's life, after its middle.
const SPREAD: u64 = 10;

/// When Meta is to be asked for a new token, by what it says of this one, which we have had since `since`. `None` for a token
/// without an end, for a Page's, which is read anew from its person's (Meta reference §4.3), and for one that ends before it
/// may be renewed.
pub(in crate::connect) fn moment(facts: &TokenFacts, since: Timestamp, connection: &ConnectionId) -> Option<Timestamp> {
    let Expiry::At(end) = facts.expires_at else { return None };
    if !matches!(facts.kind, TokenKind::User | TokenKind::SystemUser | TokenKind::Instagram) {
        return None;
    }
    let begun = facts.issued_at.unwrap_or(since);
    let life = end.since(begun);
    let middle = begun.plus(life / 2);
    let part = life.as_millis() / u128::from(SPREAD);
    let spread = part.saturating_mul(u128::from(place(connection))) / u128::from(u16::MAX);
    let spread = Duration::from_millis(u64::try_from(spread).unwrap_or(0));
    let at = middle.plus(spread).max(begun.plus(PAUSE));
    (at < end).then_some(at)
}

/// Whether Meta may be asked now. An expired token is never exchanged, nor one whose data access lapsed: both need the person
/// (Meta reference §4.2, §4.4).
pub(super) fn is_due(facts: &TokenFacts, at: Option<Timestamp>, now: Timestamp) -> bool {
    let lapsed = |expiry| matches!(expiry, Expiry::At(end) if end <= now);
    let alive = facts.is_valid && !lapsed(facts.expires_at) && !lapsed(facts.data_access_expires_at);
    alive && at.is_some_and(|at| at <= now)
}

/// The place of a connection among all, the same each time: its identifier ends in random digits.
fn place(connection: &ConnectionId) -> u16 {
    let text = connection.as_str();
    text.get(text.len().saturating_sub(4)..).and_then(|digits| u16::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meta::GranularScopes;

    const DAY: Duration = Duration::from_secs(86_400);
    const BEGUN: Timestamp = Timestamp::from_seconds(1_780_000_000);

    fn facts(kind: TokenKind, expires_at: Expiry, issued_at: Option<Timestamp>) -> TokenFacts {
        TokenFacts {
            kind,
            app_id: "1".parse().unwrap(),
            user_id: None,
            profile_id: None,
            is_valid: true,
            expires_at,
            data_access_expires_at: Expiry::Never,
            issued_at,
            scopes: Default::default(),
            granular: GranularScopes::default(),
            invalid: None,
        }
    }

    fn connection(end: &str) -> ConnectionId {
        format!("con_{end:0>32}").parse().unwrap()
    }

    #[test]
    fn a_token_is_renewed_in_the_first_tenth_after_its_middle() {
        let long = facts(TokenKind::User, Expiry::At(BEGUN.plus(DAY * 60)), Some(BEGUN));
        assert_eq!(moment(&long, BEGUN, &connection("0000")), Some(BEGUN.plus(DAY * 30)));
        assert_eq!(moment(&long, BEGUN, &connection("ffff")), Some(BEGUN.plus(DAY * 36)));
        let got_later = facts(TokenKind::SystemUser, Expiry::At(BEGUN.plus(DAY * 60)), None);
        assert_eq!(moment(&got_later, BEGUN.plus(DAY * 20), &connection("0000")), Some(BEGUN.plus(DAY * 40)));
    }

    #[test]
    fn what_meta_renews_for_nobody_has_no_moment() {
        let id = connection("0000");
        assert_eq!(moment(&facts(TokenKind::User, Expiry::Never, Some(BEGUN)), BEGUN, &id), None);
        assert_eq!(moment(&facts(TokenKind::User, Expiry::Unknown, Some(BEGUN)), BEGUN, &id), None);
        assert_eq!(moment(&facts(TokenKind::Page, Expiry::At(BEGUN.plus(DAY * 60)), Some(BEGUN)), BEGUN, &id), None);
        let short = facts(TokenKind::User, Expiry::At(BEGUN.plus(DAY)), Some(BEGUN));
        assert_eq!(moment(&short, BEGUN, &id), None, "at most once a day, and then it is over");
        let two_days = facts(TokenKind::User, Expiry::At(BEGUN.plus(DAY * 3 / 2)), Some(BEGUN));
        assert_eq!(moment(&two_days, BEGUN, &id), Some(BEGUN.plus(DAY)));
    }

    #[test]
    fn a_dead_token_is_never_due() {
        let at = Some(BEGUN.plus(DAY * 30));
        let alive = facts(TokenKind::User, Expiry::At(BEGUN.plus(DAY * 60)), Some(BEGUN));
        assert!(!is_due(&alive, at, BEGUN.plus(DAY * 29)) && is_due(&alive, at, BEGUN.plus(DAY * 30)));
        assert!(!is_due(&alive, at, BEGUN.plus(DAY * 60)), "expired");
        assert!(!is_due(&alive, None, BEGUN.plus(DAY * 30)));
        let lapsed = TokenFacts { data_access_expires_at: Expiry::At(BEGUN.plus(DAY * 20)), ..alive.clone() };
        assert!(!is_due(&lapsed, at, BEGUN.plus(DAY * 30)));
        assert!(!is_due(&TokenFacts { is_valid: false, ..alive }, at, BEGUN.plus(DAY * 30)));
    }
}
