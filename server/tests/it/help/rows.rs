//! What the product does in each of the 38 rows of the Meta reference §11.

use server::asset_kind::AssetKind;

/// How a row is met.
pub(super) enum Met {
    /// In Meta's own page, from which the browser never returns: a part of Meta's text, which the row quotes.
    Page(&'static str),
    /// As that page, in a popup of the SDK.
    PopupPage(&'static str),
    /// In the browser: Meta's script or window fails, and the way by redirect still leads to a connection.
    Browser(Script),
    /// The return from Meta leads to no connection, for this reason.
    Return(&'static str),
    /// While connecting: the connection stands or can be made, and an asset of this kind says why it does not work.
    Asset(AssetKind, &'static str),
    /// While connecting: the connection stands, without any asset of this kind.
    Without(AssetKind),
    /// While connecting: the connection stands and Meta does not reach us.
    Unreached(&'static str),
    /// While connecting: all works.
    Works,
    /// A standing connection is tested, and ends for this reason.
    Ends(&'static str),
    /// A standing connection is tested: Meta cannot be asked for this reason, and nothing changes.
    Unasked(&'static str),
    /// A standing connection is tested, and all works.
    StillWorks,
    /// A standing connection is tested: the token is valid and the right to read data is over. People are told that access ended,
    /// and no asset looks lost.
    Lapses,
    /// A message of the business is refused when it is sent.
    Refused(&'static str),
    /// A message of the business fails after it was taken.
    Fails(&'static str),
    /// A customer writes to an asset of this kind, and nobody is told.
    Silence(AssetKind),
    /// A customer writes with emoji and accents: it is kept, once.
    Written,
    /// A second business wants the same assets.
    Contested(&'static str),
    /// A sync of the WhatsApp Business app is refused.
    Sync(&'static str),
}

/// What the script of the SDK says of itself.
pub(super) enum Script {
    /// It is not there.
    Missing,
    /// It refuses pages over http.
    RefusesHttp,
    /// The dialog cuts the tie to its opener.
    Severed,
}

/// Each row, by its place.
pub(super) static ROWS: [Met; 38] = [
    Met::Browser(Script::Missing),
    Met::Browser(Script::RefusesHttp),
    Met::Page("does not look like a valid app ID"),
    Met::PopupPage("Login with Javascript SDK"),
    Met::Page("redirect URI is not white-listed"),
    Met::Page("still in development mode"),
    Met::Page("updating additional details"),
    Met::Page("Invalid Scopes"),
    Met::Return("meta.code.redirect_mismatch"),
    Met::Return("meta.code.used"),
    Met::Return("meta.code.expired"),
    Met::Without(AssetKind::FacebookPage),
    Met::Without(AssetKind::InstagramAccount),
    Met::Silence(AssetKind::InstagramAccount),
    Met::Asset(AssetKind::WhatsappNumber, "asset.not_subscribed"),
    Met::Asset(AssetKind::WhatsappNumber, "meta.webhook.override_too_early"),
    Met::Unreached("webhooks.unreached"),
    Met::Works,
    Met::Asset(AssetKind::FacebookPage, "asset.permission_missing"),
    Met::Asset(AssetKind::WhatsappNumber, "number.needs_pin"),
    Met::Fails("meta.policy.payment"),
    Met::Works,
    Met::Ends("meta.token.password_changed"),
    Met::Return("connect.token_ends_soon"),
    Met::Ends("meta.token.expired"),
    Met::Lapses,
    Met::StillWorks,
    Met::Unasked("meta.config.proof_invalid"),
    Met::Fails("meta.policy.undeliverable"),
    Met::Refused("meta.policy.outside_window"),
    Met::Written,
    Met::Written,
    Met::Contested("asset.held_elsewhere"),
    Met::Browser(Script::Severed),
    Met::Page("something went wrong"),
    Met::Return("meta.code.no_token"),
    Met::Sync("meta.number.sync_over"),
    Met::Without(AssetKind::AdAccount),
];
