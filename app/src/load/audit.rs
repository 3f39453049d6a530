//! What the audit log says, in sentences.

use server::observe::AuditAction;

/// What `who` did, to what the entry names as `target`.
pub fn sentence(action: AuditAction, who: &str, target: &str) -> String {
    use AuditAction as A;
    match action {
        A::TenantCreated => format!("{who} signed up {target}."),
        A::InvitationCreated => format!("{who} invited {target}."),
        A::InvitationRevoked => format!("{who} withdrew the invitation for {target}."),
        A::MemberJoined => format!("{who} joined by the invitation for {target}."),
        A::MemberRoleChanged => format!("{who} changed the role of {target}."),
        A::MemberRemoved => format!("{who} removed {target} from the business."),
        A::PasswordChanged => format!("{who} changed the password of {target}."),
        A::PasswordReset => format!("{who} set a new password for {target}."),
        A::LocationAdded => format!("{who} added the location {target}."),
        A::LocationRenamed => format!("{who} renamed a location to {target}."),
        A::LocationDeleted => format!("{who} deleted the location {target}."),
        A::ApiKeyCreated => format!("{who} made the API key {target}."),
        A::ApiKeyRevoked => format!("{who} revoked the API key {target}."),
        A::SetUpLinkCreated => format!("{who} made a set-up link for {target}."),
        A::SetUpLinkUsed => format!("{who} used the set-up link for {target}."),
        A::SetUpLinkRevoked => format!("{who} withdrew the set-up link for {target}."),
        A::ConnectionGranted => format!("{who} connected with the access confirmed by {target}."),
        A::ConnectionRenewed => format!("{who} reconnected with the access confirmed by {target}."),
        A::ConnectionRefused => format!("{who} dropped the access confirmed by {target}: Meta refuses it."),
        A::ConnectionAbandoned => format!("{who} dropped the access confirmed by {target}: nothing was chosen."),
        A::ConnectionDisconnected => format!("{who} disconnected the access confirmed by {target}."),
        A::ConnectionRemovedAtMeta => "A person removed Attaché at Facebook; their access is deleted.".into(),
        A::PersonErased => "A person asked Meta that their data be deleted; it is.".into(),
        A::AssetsChosen => format!("{who} chose {target}."),
        A::AssetDisconnected => format!("{who} disconnected {target}."),
        A::AssetRepaired => format!("{who} told Meta to send the messages of {target} here."),
        A::AssetMovedHere => format!("{who} moved {target} here from another business."),
        A::AssetMovedAway => format!("{target} moved to another business, which controls it at Meta."),
        A::HistoryEraseAsked => format!("{who} asked to erase the history of the access confirmed by {target}."),
        A::HistoryErased => format!("The history that {who} asked to erase is erased. {target}."),
        A::NumberCodeRequested => format!("{who} requested a code for {target}."),
        A::NumberVerified => format!("{who} verified {target}."),
        A::NumberRegistered => format!("{who} registered {target}."),
        A::NumberPinEntered => format!("{who} entered the PIN of {target}."),
        A::NumberPinChanged => format!("{who} changed the PIN of {target}."),
        A::NumberDeregistered => format!("{who} deregistered {target}."),
        A::NumberNamed => format!("{who} changed the team’s name for {target}."),
        A::DeliveriesReplayed => format!("{who} replayed {target}."),
        A::EndpointCreated => format!("{who} added the endpoint {target}."),
        A::EndpointChanged => format!("{who} changed the endpoint {target}."),
        A::EndpointEnabled => format!("{who} enabled the endpoint {target}."),
        A::EndpointDisabled => format!("{who} disabled the endpoint {target}."),
        A::EndpointSecretRotated => format!("{who} rotated the secret of the endpoint {target}."),
        A::EndpointDeleted => format!("{who} deleted the endpoint {target}."),
        A::MetaAppEntered => format!("{who} entered the business’s own Meta app, App ID {target}."),
        A::MetaAppInstagramEntered => {
            format!("{who} entered Instagram Login of the Meta app, Instagram App ID {target}.")
        }
        A::MetaAppInstagramRemoved => format!("{who} took Instagram Login of the Meta app {target} out of use."),
        A::MetaAppSecretChanged => format!("{who} changed the App Secret of the Meta app {target}."),
        A::MetaAppConfigured => format!("{who} changed the configuration of the Meta app {target}."),
        A::MetaAppOverlapEnded => format!("{who} ended the former App Secret of the Meta app {target}."),
        A::MetaAppVerifyTokenShown => format!("{who} looked at the verify token of the Meta app {target}."),
        A::MetaAppRemoved => format!("{who} took the business’s own Meta app {target} out of use."),
        A::KeysGivenUp => "The operator gave up an encryption key that is lost; what it sealed is gone.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_a_sentence_of_its_own_with_who_did_it_and_to_what() {
        let mut seen = HashSet::new();
        for action in AuditAction::ALL {
            let said = sentence(*action, "Ada", "brasa@example.com");
            // What nobody of the business did, and what names nothing that a person could read.
            let (by_nobody, of_nothing) = match action.name() {
                "connection.removed_at_meta" | "person.erased" | "keys.given_up" => (true, true),
                "asset.moved_away" => (true, false),
                _ => (false, false),
            };
            assert_eq!(said.contains("Ada"), !by_nobody, "{said}");
            assert_eq!(said.contains("brasa@example.com"), !of_nothing, "{said}");
            assert!(said.ends_with('.') && !said.contains(action.name()), "{said}");
            assert!(seen.insert(said.clone()), "two actions say: {said}");
        }
    }

    #[test]
    fn who_joined_is_not_said_to_be_an_address() {
        let said = sentence(AuditAction::MemberJoined, "Mina", "mina@example.com");
        assert_eq!(said, "Mina joined by the invitation for mina@example.com.");
    }
}
