//! Comparing what two tokens may do.

use crate::meta::{Expiry, Targets, TokenFacts};

/// What `old` may do and `new` may not: permissions by their name, and assets of a permission that both have.
pub(super) fn lost(old: &TokenFacts, new: &TokenFacts) -> Vec<String> {
    let mut lost: Vec<String> = old.scopes.difference(&new.scopes).map(ToString::to_string).collect();
    for (permission, targets) in old.granular.iter().filter(|(permission, _)| new.has(permission)) {
        match (targets, new.granular.targets(permission)) {
            // A permission that Meta does not list is not limited to assets.
            (_, None | Some(Targets::All)) => {}
            (Targets::All, Some(Targets::These(_))) => lost.push(format!("{permission} for all assets")),
            (Targets::These(ids), Some(Targets::These(_))) => {
                let gone = ids.iter().filter(|id| !new.granular.covers(permission, id));
                lost.extend(gone.map(|id| format!("{permission} for {id}")));
            }
        }
    }
    lost
}

/// Whether `new` is a token of the same subject and app that lives longer than `old`.
pub(super) fn is_successor(old: &TokenFacts, new: &TokenFacts) -> bool {
    let longer = match (old.expires_at, new.expires_at) {
        (Expiry::At(old), Expiry::At(new)) => new > old,
        (_, Expiry::Never) => true,
        _ => false,
    };
    new.is_valid && longer && new.app_id == old.app_id && new.kind == old.kind && new.user_id == old.user_id
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        clock::Timestamp,
        meta::{GranularScopes, Permission, TokenKind},
    };

    fn facts(scopes: &[Permission], granular: &[(Permission, Targets)]) -> TokenFacts {
        TokenFacts {
            kind: TokenKind::User,
            app_id: "1".parse().unwrap(),
            user_id: Some("7".parse().unwrap()),
            profile_id: None,
            is_valid: true,
            expires_at: Expiry::At(Timestamp::from_seconds(60)),
            data_access_expires_at: Expiry::Never,
            issued_at: None,
            scopes: scopes.iter().cloned().collect(),
            granular: GranularScopes::from_pairs(granular.iter().cloned()),
            invalid: None,
        }
    }

    fn these(ids: &[&str]) -> Targets {
        Targets::These(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn every_loss_is_named_and_a_gain_is_none() {
        let (list, message) = (Permission::PAGES_SHOW_LIST, Permission::PAGES_MESSAGING);
        let both = [list.clone(), message.clone()];
        let old = facts(&both, &[(list.clone(), these(&["1", "2"])), (message.clone(), Targets::All)]);
        assert_eq!(lost(&old, &old), Vec::<String>::new());
        assert_eq!(lost(&old, &facts(&both, &[])), Vec::<String>::new(), "not listed is not limited");
        assert_eq!(lost(&old, &facts(std::slice::from_ref(&list), &[])), ["pages_messaging"]);
        let narrower = facts(&both, &[(list.clone(), these(&["2"])), (message, these(&["1", "2"]))]);
        assert_eq!(lost(&old, &narrower), ["pages_messaging for all assets", "pages_show_list for 1"]);
        let wider = facts(&both, &[(list, Targets::All)]);
        assert_eq!(lost(&old, &wider), Vec::<String>::new());
    }

    #[test]
    fn a_successor_is_the_same_subject_and_lives_longer() {
        let old = facts(&[], &[]);
        let later = TokenFacts { expires_at: Expiry::At(Timestamp::from_seconds(61)), ..old.clone() };
        assert!(is_successor(&old, &later));
        assert!(is_successor(&old, &TokenFacts { expires_at: Expiry::Never, ..old.clone() }));
        assert!(!is_successor(&old, &old), "no longer life");
        assert!(!is_successor(&old, &TokenFacts { is_valid: false, ..later.clone() }));
        assert!(!is_successor(&old, &TokenFacts { user_id: Some("8".parse().unwrap()), ..later.clone() }));
        assert!(!is_successor(&old, &TokenFacts { app_id: "2".parse().unwrap(), ..later.clone() }));
        assert!(!is_successor(&old, &TokenFacts { kind: TokenKind::Page, ..later }));
    }
}
