//! A system user's token that somebody pastes: checked before it is kept, then a connection like any other.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{begin::STATE_LIFE, finish};
use crate::{
    accounts::{Actor, limits::PASTES_BY_TENANT},
    clock::Timestamp,
    db::attempts::{self, Flow, NewAttempt, Purpose},
    error::{Error, Result},
    explanation::Explanation,
    hashing::hash_token,
    ids::AttemptId,
    meta::{AccessToken, AssetKind, Expiry, MetaError, Targets, TokenFacts, TokenKind, missing_for},
    services::Services,
    words::failures::{log, ways},
};

/// Tokens that end sooner are the App Dashboard's own, for trying things out (Meta reference §11, row 24).
const TOO_SHORT: Duration = Duration::from_secs(24 * 3600 + 600);

/// The longest text that is taken for a token.
const LONGEST: usize = 4_096;

/// Checks a token that was pasted and, when it will do, keeps it and begins to read what it reaches. Meta says which app it is
/// of, whose, until when, and for what; nothing of it is taken on the word of who pasted it, and it is in no answer.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor is owner or admin; [`Error::Invalid`] for what is no token; [`Error::Refused`] with
/// the reason when it will not do; [`Error::Meta`] when Meta cannot be asked; [`Error::Busy`].
pub async fn paste_token(
    services: &Services,
    actor: &Actor,
    session: &str,
    pasted: &SecretString,
) -> Result<AttemptId> {
    let actor = actor.admin()?;
    let app = services.app_for(&actor.tenant_id)?;
    let graph = &app.graph;
    PASTES_BY_TENANT.count(services, actor.tenant_id.as_str()).await?;
    let text = pasted.expose_secret().trim();
    if text.is_empty() || text.len() > LONGEST || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::invalid(
            "token",
            "This is not a token. Copy the whole of it, without spaces or line breaks.",
        ));
    }
    let token = AccessToken::new(text);
    let facts = graph.debug_token(&token).await?;
    if let Some(why) = why_not(&facts, graph.app().app_id.as_str(), services.clock().now()) {
        return Err(Error::Refused(why));
    }
    let person = graph.me(&token).await?;
    let id = AttemptId::new(services.ids());
    let now = services.clock().now();
    // Nobody is given this state: nothing comes back from Meta for it.
    let state_hash = hash_token(&services.entropy().token());
    let new = NewAttempt {
        id: &id,
        user_id: &actor.user_id,
        session_hash: session,
        state_hash: &state_hash,
        flow: Flow::Token,
        purpose: Purpose::Assets,
        redirect_uri: "",
        meta_app_id: &app.login.app.app_id,
        reconnects: None,
        set_up_link: None,
        expires_at: now.plus(STATE_LIFE),
    };
    attempts::insert(services.db(), &actor.tenant_id, &new, now).await?;
    attempts::claim(services.db(), &actor.tenant_id, &id, now).await?;
    let attempt = attempts::get(services.db(), &actor.tenant_id, &id).await?;
    let attempt = attempt.ok_or(Error::NotFound("attempt to connect"))?;
    finish::finish_with_token(services, attempt, token, facts, person).await?;
    Ok(id)
}

/// Why a token will not do.
fn why_not(facts: &TokenFacts, app_id: &str, now: Timestamp) -> Option<Explanation> {
    if facts.app_id.as_str() != app_id {
        return Some(ways::pasted_other_app());
    }
    if !facts.is_valid {
        // So Meta speaks of a token of another app.
        if facts.invalid.as_ref().is_some_and(|why| why.message.contains("did not match the Viewing App")) {
            return Some(ways::pasted_other_app());
        }
        let reason = facts.invalid.as_ref().map_or_else(log::token_dead, MetaError::explain);
        return Some(ways::pasted_dead(reason));
    }
    let ends_soon = matches!(facts.expires_at, Expiry::At(end) if end <= now.plus(TOO_SHORT));
    match (facts.kind, facts.expires_at) {
        (TokenKind::SystemUser | TokenKind::User, _) if ends_soon => return Some(ways::pasted_temporary()),
        (TokenKind::SystemUser, _) | (TokenKind::User, Expiry::Never) => {}
        (TokenKind::User, _) => return Some(ways::pasted_persons()),
        (TokenKind::Page | TokenKind::Instagram | TokenKind::App, _) => return Some(ways::pasted_wrong_kind()),
    }
    let kinds = [AssetKind::FacebookPage, AssetKind::InstagramAccount, AssetKind::WhatsappNumber, AssetKind::AdAccount];
    if !kinds.into_iter().any(|kind| missing_for(kind, |permission| facts.has(permission)).is_empty()) {
        return Some(ways::pasted_powerless());
    }
    // No list of targets means all of them; an empty one means none (Meta reference §4.6; §11, row 18).
    let none = |targets: &Targets| matches!(targets, Targets::These(ids) if ids.is_empty());
    let mut limited = facts.granular.iter().peekable();
    (limited.peek().is_some() && limited.all(|(_, targets)| none(targets))).then(ways::pasted_unassigned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::meta::{GranularScopes, Permission};

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

    fn facts(kind: TokenKind, expires_at: Expiry) -> TokenFacts {
        TokenFacts {
            kind,
            app_id: "1".parse().unwrap(),
            user_id: None,
            profile_id: None,
            is_valid: true,
            expires_at,
            data_access_expires_at: Expiry::Never,
            issued_at: None,
            scopes: [Permission::WHATSAPP_BUSINESS_MANAGEMENT, Permission::WHATSAPP_BUSINESS_MESSAGING].into(),
            granular: GranularScopes::default(),
            invalid: None,
        }
    }

    fn code(facts: &TokenFacts) -> Option<String> {
        why_not(facts, "1", NOW).map(|why| why.code.into_owned())
    }

    fn after(hours: u64) -> Expiry {
        Expiry::At(NOW.plus(Duration::from_secs(hours * 3600)))
    }

    #[test]
    fn a_system_users_token_will_do_and_a_persons_only_without_an_end() {
        assert_eq!(code(&facts(TokenKind::SystemUser, Expiry::Never)), None);
        assert_eq!(code(&facts(TokenKind::SystemUser, after(60 * 24))), None);
        assert_eq!(code(&facts(TokenKind::User, Expiry::Never)), None);
        assert_eq!(code(&facts(TokenKind::User, after(60 * 24))).unwrap(), "paste.persons_token");
        assert_eq!(code(&facts(TokenKind::Page, Expiry::Never)).unwrap(), "paste.wrong_kind");
        assert_eq!(code(&facts(TokenKind::App, Expiry::Never)).unwrap(), "paste.wrong_kind");
    }

    #[test]
    fn one_that_ends_within_a_day_is_the_dashboards() {
        for kind in [TokenKind::SystemUser, TokenKind::User] {
            assert_eq!(code(&facts(kind, after(24))).unwrap(), "paste.temporary");
            assert_eq!(code(&facts(kind, after(1))).unwrap(), "paste.temporary");
        }
        assert_eq!(code(&facts(TokenKind::SystemUser, after(25))), None);
    }

    #[test]
    fn other_apps_and_powerless_tokens_are_refused() {
        let mut one = facts(TokenKind::SystemUser, Expiry::Never);
        one.app_id = "2".parse().unwrap();
        assert_eq!(code(&one).unwrap(), "paste.other_app");
        let mut one = facts(TokenKind::SystemUser, Expiry::Never);
        one.scopes = [Permission::EMAIL].into();
        assert_eq!(code(&one).unwrap(), "paste.powerless");
        let mut one = facts(TokenKind::SystemUser, Expiry::Never);
        let management = Permission::WHATSAPP_BUSINESS_MANAGEMENT;
        one.granular = GranularScopes::from_pairs([(management.clone(), Targets::These(Vec::new()))]);
        assert_eq!(code(&one).unwrap(), "paste.unassigned");
        one.granular = GranularScopes::from_pairs([(management, Targets::All)]);
        assert_eq!(code(&one), None, "no list means all");
    }
}
