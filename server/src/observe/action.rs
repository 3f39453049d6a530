//! Everything that the audit log can say was done.

/// Makes the actions, and the list of them, from one list.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal,)*) => {
        /// Something that somebody did, with what [`target`](crate::db::audit::AuditEntry::target) names. Its own name is part of the
        /// chain of hashes that stands in the log: it never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AuditAction {
            $($(#[$doc])* $action,)*
        }

        impl AuditAction {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$action,)*];

            /// Its name, as it stands in the log.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)*
                }
            }
        }
    };
}

actions! {
    /// A business signed up: its name.
    TenantCreated = "tenant.created",
    /// Somebody was invited: their address.
    InvitationCreated = "invitation.created",
    /// An invitation was withdrawn: whose address it was for.
    InvitationRevoked = "invitation.revoked",
    /// Somebody accepted an invitation: the address that it was for.
    MemberJoined = "member.joined",
    /// A member has another role: their address.
    MemberRoleChanged = "member.role_changed",
    /// A member was removed: their address.
    MemberRemoved = "member.removed",
    /// A person changed their password: their address.
    PasswordChanged = "account.password_changed",
    /// A person who forgot their password has a new one: their address.
    PasswordReset = "account.password_reset",
    /// A place was added: its name.
    LocationAdded = "location.added",
    /// A place has another name: the new one.
    LocationRenamed = "location.renamed",
    /// A place was removed: its name.
    LocationDeleted = "location.deleted",
    /// A key for programs was made: its name.
    ApiKeyCreated = "api_key.created",
    /// A key for programs was revoked: its name.
    ApiKeyRevoked = "api_key.revoked",
    /// A set-up link was made: for whom.
    SetUpLinkCreated = "set_up_link.created",
    /// A set-up link was used up: for whom it was.
    SetUpLinkUsed = "set_up_link.used",
    /// A set-up link was withdrawn: for whom it was.
    SetUpLinkRevoked = "set_up_link.revoked",
    /// Somebody connected: who confirmed at Meta.
    ConnectionGranted = "connection.granted",
    /// A connection has new access: who confirmed at Meta.
    ConnectionRenewed = "connection.renewed",
    /// Meta refused new access before anything was chosen: who confirmed at Meta.
    ConnectionRefused = "connection.refused",
    /// Nobody chose what to connect, so the access was dropped: who confirmed at Meta.
    ConnectionAbandoned = "connection.abandoned",
    /// A connection was taken apart: who had confirmed at Meta.
    ConnectionDisconnected = "connection.disconnected",
    /// A person removed the app at Meta: the connection's identifier.
    ConnectionRemovedAtMeta = "connection.removed_at_meta",
    /// A person asked Meta that their data be deleted: the connection's identifier.
    PersonErased = "person.erased",
    /// Assets were chosen: how many.
    AssetsChosen = "assets.chosen",
    /// Assets were disconnected, and their connection stays: the names.
    AssetDisconnected = "asset.disconnected",
    /// Meta was told once more to send an asset's messages here: its name.
    AssetRepaired = "asset.repaired",
    /// What another business held was taken over: the names.
    AssetMovedHere = "asset.moved_here",
    /// Another business took something over: its name.
    AssetMovedAway = "asset.moved_away",
    /// It was asked that history be erased: who had confirmed the connection at Meta.
    HistoryEraseAsked = "history.erase_asked",
    /// History was erased: of what, and how much.
    HistoryErased = "history.erased",
    /// A code was asked for that verifies a number: the number.
    NumberCodeRequested = "number.code_requested",
    /// A number was verified: the number.
    NumberVerified = "number.verified",
    /// A number was registered: the number.
    NumberRegistered = "number.registered",
    /// The PIN that a number had was entered: the number.
    NumberPinEntered = "number.pin_entered",
    /// A number has another PIN: the number.
    NumberPinChanged = "number.pin_changed",
    /// A number was deregistered: the number.
    NumberDeregistered = "number.deregistered",
    /// The business calls a number differently: the number.
    NumberNamed = "number.named",
    /// Deliveries were applied again: how many.
    DeliveriesReplayed = "deliveries.replayed",
    /// An endpoint was added: its host.
    EndpointCreated = "webhook_endpoint.created",
    /// An endpoint was changed: its host.
    EndpointChanged = "webhook_endpoint.changed",
    /// An endpoint is sent to again: its host.
    EndpointEnabled = "webhook_endpoint.enabled",
    /// An endpoint is sent to no more: its host.
    EndpointDisabled = "webhook_endpoint.disabled",
    /// An endpoint has a new secret: its host.
    EndpointSecretRotated = "webhook_endpoint.secret_rotated",
    /// An endpoint was deleted: its host.
    EndpointDeleted = "webhook_endpoint.deleted",
    /// A business entered its own Meta app: the App ID.
    MetaAppEntered = "meta_app.entered",
    /// Instagram Login of such an app was entered: the Instagram App ID.
    MetaAppInstagramEntered = "meta_app.instagram_entered",
    /// Instagram Login of such an app is used no more: the App ID.
    MetaAppInstagramRemoved = "meta_app.instagram_removed",
    /// Such an app has another secret: the App ID.
    MetaAppSecretChanged = "meta_app.secret_changed",
    /// Such an app is configured differently: the App ID.
    MetaAppConfigured = "meta_app.configured",
    /// The former secret of such an app counts no more: the App ID.
    MetaAppOverlapEnded = "meta_app.overlap_ended",
    /// The verify token of such an app was looked at: the App ID.
    MetaAppVerifyTokenShown = "meta_app.verify_token_shown",
    /// Such an app is used no more: the App ID.
    MetaAppRemoved = "meta_app.removed",
    /// The operator gave up a key that is lost: that it was one.
    KeysGivenUp = "keys.given_up",
}

impl AuditAction {
    /// The action of that name; `None` for one of another version.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_found_by_its_own_name() {
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::from_name(action.name()), Some(*action), "two actions share a name");
        }
        assert_eq!(AuditAction::from_name("member.rejoined"), None);
    }
}
