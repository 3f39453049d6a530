//! What is said about connecting when it does not work for a reason that is not an answer of the Graph API.

use crate::explanation::Explanation;

pub(super) const STATE: Explanation = Explanation::new(
    "oauth.state_invalid",
    "Invalid or expired OAuth state.",
    "This return from Meta does not belong to a connection you started here in the last ten minutes. The link may be old, \
     or was opened in another browser.",
    "Press Connect with Meta and go through Meta's window again.",
);

pub(super) const EXPIRED: Explanation = Explanation::new(
    "oauth.state_expired",
    "Invalid or expired OAuth state.",
    "More than ten minutes passed between pressing the button and coming back from Meta.",
    "Press Connect with Meta and go through Meta's window again.",
);

pub(super) const NOTHING: Explanation = Explanation::new(
    "oauth.empty_return",
    "Meta sent you back without an answer.",
    "Meta does this when the app's login settings do not fit, or when the return address was opened by hand.",
    "Press Connect with Meta again. If it happens again, the operator checks the app's login configuration.",
);

pub(super) const CANCELLED: Explanation = Explanation::new(
    "oauth.cancelled",
    "Nothing was connected.",
    "You closed Meta's window or chose Cancel. Meta also answers like this when its app is still in development mode and \
     you have no role on it.",
    "Connect whenever you like. If you did not cancel, ask the operator whether the Meta app is live or add you as a tester.",
);

pub(super) const POPUP_CUT_OFF: Explanation = Explanation::new(
    "oauth.popup_cut_off",
    "Nothing was connected through Meta's window.",
    "The browser or Meta cut the window off from the page that opened it, so it could not answer.",
    "Nothing. The page went on without a window.",
);

pub(super) const DIALOG: Explanation = Explanation::new(
    "oauth.dialog_error",
    "Meta could not finish the login.",
    "Meta's window reported an error of its own.",
    "Try again in a minute. If it happens again, give the operator the number that Meta named.",
);

pub(super) const OTHER_APP: Explanation = Explanation::new(
    "connect.token_of_other_app",
    "The access that Meta gave is not for this app.",
    "The token belongs to another Meta app than the one set up here.",
    "The operator checks that App ID, secret and configuration belong together. Then connect again.",
);

pub(super) const TOKEN_INVALID: Explanation = Explanation::new(
    "connect.token_invalid",
    "The access that Meta gave does not work.",
    "Meta itself calls the new token invalid. It may have been withdrawn a moment ago.",
    "Press Connect with Meta and try again.",
);

pub(super) const OTHER_PERSON: Explanation = Explanation::new(
    "connect.other_person",
    "You signed in to Meta as somebody else.",
    "This connection was made by another Facebook account. Renewing it needs the same account.",
    "Reconnect and sign in to Meta as the person named on the connection, or add a new connection instead.",
);

pub(super) const SUPERSEDED: Explanation = Explanation::new(
    "connect.superseded",
    "You went to Meta once more since.",
    "This confirmation was never put to use: a later one took its place.",
    "Go on with the later one, or confirm again.",
);

pub(super) const DECIDE_FIRST: Explanation = Explanation::new(
    "connect.decide_first",
    "Something would lose access.",
    "The new confirmation at Meta does not cover everything that is connected now.",
    "Decide first: go to Meta again and tick what is missing, or continue without it.",
);

pub(super) const LEFT_OUT: Explanation = Explanation::new(
    "asset.left_out",
    "Meta gives no access to it any more.",
    "It was not ticked when the connection was last confirmed at Meta.",
    "Connect again, press Edit settings in Meta's window, and tick it.",
);

pub(super) const INTERRUPTED: Explanation = Explanation::new(
    "connect.interrupted",
    "The connection was interrupted.",
    "Attaché was restarted while it exchanged Meta's answer, which works only once.",
    "Press Connect with Meta again. Nothing was saved.",
);

pub(super) const TOO_LATE: Explanation = Explanation::new(
    "connect.not_choosing",
    "This choice was already saved.",
    "It was sent twice, or the connection went on meanwhile.",
    "Look at the status page; press Connect with Meta to change the choice.",
);

pub(super) const PASTED_OTHER_APP: Explanation = Explanation::new(
    "paste.other_app",
    "This token belongs to another Meta app.",
    "Meta gives a token to one app, and no other can use it safely.",
    "In Business settings, choose the system user, press Generate new token, and choose the app of this installation.",
);

pub(super) const PASTED_DEAD: Explanation = Explanation::new(
    "paste.invalid",
    "This token does not work.",
    "Meta itself calls it invalid: it was withdrawn, ended, or is not complete.",
    "Copy the whole token once more, or generate a new one in Business settings.",
);

pub(super) const PASTED_TEMPORARY: Explanation = Explanation::new(
    "paste.temporary",
    "This token ends within a day.",
    "It is a temporary one, as the App Dashboard shows for trying things out. Everything would stop tomorrow.",
    "In Business settings, generate a token for a system user, with the expiry set to Never.",
);

pub(super) const PASTED_PERSONS: Explanation = Explanation::new(
    "paste.persons_token",
    "This is a person's token, and it ends.",
    "Such a token is made in a login, where it can be renewed as well.",
    "Press Connect with Meta instead, or paste a system user's token.",
);

pub(super) const PASTED_KIND: Explanation = Explanation::new(
    "paste.wrong_kind",
    "This is not a system user's token.",
    "A token of a Page or of the app itself does not tell what it may reach.",
    "In Business settings, generate a token for a system user.",
);

pub(super) const PASTED_POWERLESS: Explanation = Explanation::new(
    "paste.powerless",
    "This token may do nothing that is needed here.",
    "None of the permissions for Pages, Instagram, WhatsApp or ads was chosen when it was generated.",
    "Generate a new one and choose the permissions that the page Connect lists.",
);

pub(super) const PASTED_UNASSIGNED: Explanation = Explanation::new(
    "paste.unassigned",
    "This system user has no assets.",
    "Its permissions are limited to assets, and none is assigned to it.",
    "In Business settings, assign Pages, WhatsApp accounts or ad accounts to the system user, then generate a new token.",
);

pub(super) const LINK_UNKNOWN: Explanation = Explanation::new(
    "set_up.unknown",
    "This link cannot be used.",
    "It is not complete, or was never made here.",
    "Open it exactly as it was sent to you, or ask for a new one.",
);

pub(super) const LINK_WITHDRAWN: Explanation = Explanation::new(
    "set_up.withdrawn",
    "This link cannot be used any more.",
    "Whoever made it has withdrawn it.",
    "Ask the person who sent it to you whether there is a new one.",
);

pub(super) const LINK_EXPIRED: Explanation = Explanation::new(
    "set_up.expired",
    "This link has ended.",
    "Such links work for a few days only. Nothing was connected with it.",
    "Ask the person who sent it to you for a new one.",
);

pub(super) const LINK_USED: Explanation = Explanation::new(
    "set_up.used",
    "This link was used already.",
    "It works once. If you used it, go on in the browser in which you began; what you connected stays connected.",
    "If it was not you, or something is missing, ask the person who sent it to you for a new one.",
);

pub(super) const NOTHING_CHOSEN: &str = "Choose at least one asset.";

pub(super) const HELD: Explanation = Explanation::new(
    "asset.held_elsewhere",
    "One of these is already connected elsewhere.",
    "An asset can be connected by one business of this installation at a time.",
    "Take it out of your choice; or, if it is yours, press Move it here beside it.",
);

pub(super) const LOGIN_TOO_OLD: Explanation = Explanation::new(
    "asset.login_too_old",
    "Sign in to Meta once more first.",
    "Something is moved only within an hour of a login at Meta, so that it is you who decides.",
    "Press Connect with Meta, and move it from the list that follows.",
);

pub(super) const NO_CONTROL: Explanation = Explanation::new(
    "asset.no_control",
    "Meta does not confirm that you manage it.",
    "Your access was asked about at this moment, and does not reach it with the role and the permissions that it needs.",
    "Get a role with messages on it, sign in to Meta again and tick it. Then move it.",
);

pub(super) const MOVED_AWAY: Explanation = Explanation::new(
    "asset.moved_away",
    "It was moved to another business of this installation.",
    "Whoever moved it proved at Meta at that moment that they manage it. Nothing more arrives for it here; what arrived stays.",
    "If it should be yours, connect with Meta again and move it back.",
);

pub(super) const CREDENTIAL_LOST: Explanation = Explanation::new(
    "connection.credential_lost",
    "The saved access to Meta cannot be read.",
    "It was sealed with a key that this installation does not have any more.",
    "Reconnect. If other connections say the same, the operator restores the key ring.",
);

pub(super) const GONE: Explanation = Explanation::new(
    "connection.disconnected",
    "This connection was taken apart.",
    "Somebody disconnected it.",
    "Press Connect with Meta to connect again.",
);

pub(super) const ASSET_LOST: Explanation = Explanation::new(
    "asset.not_visible",
    "Meta does not show this any more.",
    "It was deleted, or the person who connected lost their role on it or left it out when they last confirmed.",
    "Reconnect and tick it in Meta's window, or ask its administrator for a role.",
);

pub(super) const NO_PAGE_TOKEN: Explanation = Explanation::new(
    "asset.no_page_token",
    "Meta gives no access to this Page.",
    "The person who connected has no role on the Page that allows it.",
    "Ask an administrator of the Page for a role with messages, then reconnect.",
);

pub(super) const NOT_SUBSCRIBED: Explanation = Explanation::new(
    "asset.not_subscribed",
    "Meta does not send this asset's messages to Attaché.",
    "Meta accepted the subscription, but does not list it when asked.",
    "Press Test. If it stays like this, reconnect.",
);

pub(super) const UNREACHED: Explanation = Explanation::new(
    "webhooks.unreached",
    "Meta cannot reach us.",
    "Meta could not make sure that the address for its events is ours, so it sends nothing.",
    "The operator makes sure that the public address answers from outside over https, with a certificate that browsers \
     trust. Attaché tries again by itself.",
);

pub(super) const CALLBACK_NOT_HTTPS: Explanation = Explanation::new(
    "webhooks.not_https",
    "Meta cannot reach us.",
    "Meta sends events to https addresses alone, and the public address of this installation is not one.",
    "The operator puts Attaché behind https and sets ATTACHE_PUBLIC_URL to that address.",
);

pub(super) const APP_NOT_LISTED: Explanation = Explanation::new(
    "webhooks.not_listed",
    "Meta cannot reach us.",
    "Meta accepted our address for events, but does not list it when asked. Another tool may use the same Meta app.",
    "The operator looks at Webhooks in Meta's App Dashboard: one address per object counts, the last one that was set.",
);

pub(super) const NEEDS_PIN: Explanation = Explanation::new(
    "number.needs_pin",
    "This number needs its PIN.",
    "It has a two-step PIN already, and Meta registers it with that one alone.",
    "Enter the number's six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.",
);

pub(super) const WRONG_PIN: Explanation = Explanation::new(
    "number.wrong_pin",
    "Meta does not accept the PIN.",
    "The number has another two-step PIN than the one that was used.",
    "Enter the number's own six-digit PIN. If nobody knows it, reset it in WhatsApp Manager first.",
);

pub(super) const NUMBER_DELETED_A_MOMENT_AGO: Explanation = Explanation::new(
    "number.deleted_a_moment_ago",
    "This number is not registered yet.",
    "It was deleted a moment ago, and Meta needs a few minutes to finish that.",
    "Nothing. Attaché registers it again in five minutes.",
);

pub(super) const NOT_ALL_TAKEN_APART: Explanation = Explanation::new(
    "connect.not_all_taken_apart",
    "Not everything is taken apart at Meta yet.",
    "Meta could not be asked just now.",
    "Nothing. Attaché tries again by itself.",
);

pub(super) const NOT_ALL_APPLIED: Explanation = Explanation::new(
    "connect.not_all_applied",
    "Some assets are not subscribed yet.",
    "Meta could not be asked about them just now.",
    "Nothing. Attaché tries again by itself.",
);

const PERMISSIONS_MISSING: Explanation = Explanation::new(
    "asset.permission_missing",
    "A permission is missing.",
    "Meta does not list a permission that this asset cannot do without.",
    "Ask for it again, and accept everything in Meta's window.",
);

/// The permissions by name.
pub(super) fn permissions_missing(names: &[String]) -> Explanation {
    match names {
        [one] => Explanation { why: format!("Meta does not list {one} any more.").into(), ..PERMISSIONS_MISSING },
        several => Explanation {
            what: "Permissions are missing.".into(),
            why: format!("Meta does not list {} any more.", several.join(", ")).into(),
            ..PERMISSIONS_MISSING
        },
    }
}

pub(super) const NO_MESSAGING_TASK: Explanation = Explanation::new(
    "asset.no_messaging_task",
    "The role on this Page does not include messages.",
    "An administrator of the Page changed what the person who connected may do there.",
    "Ask an administrator of the Page for the task Messages, then press Test.",
);

const CALLBACK_ELSEWHERE: Explanation = Explanation::new(
    "asset.callback_elsewhere",
    "Meta sends this asset's messages to another address.",
    "Another tool set an address of its own.",
    "If they should come here, take them back; the other tool then gets none.",
);

/// The address by name.
pub(super) fn callback_elsewhere(url: &str) -> Explanation {
    Explanation { why: format!("It sends them to {}.", address(url)).into(), ..CALLBACK_ELSEWHERE }
}

const APP_ELSEWHERE: Explanation = Explanation::new(
    "webhooks.elsewhere",
    "Meta sends nothing here.",
    "Another tool uses the same Meta app and set its own address.",
    "The operator gives each tool a Meta app of its own, or sets this installation's address again: one address per object \
     counts, the last one that was set.",
);

/// The address by name.
pub(super) fn app_elsewhere(object: &str, url: &str) -> Explanation {
    Explanation { why: format!("The app's webhooks for {object} go to {}.", address(url)).into(), ..APP_ELSEWHERE }
}

/// An address without what may be secret in it.
fn address(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(parsed) => format!("{}{}", parsed.origin().ascii_serialization(), parsed.path()),
        Err(_) => "an address that is none".into(),
    }
}

pub(super) const NUMBER_BANNED: Explanation = Explanation::new(
    "number.banned",
    "WhatsApp has banned this number.",
    "Meta does this after serious or repeated violations of its rules.",
    "Open WhatsApp Manager and ask for a review, or use another number.",
);

pub(super) const NUMBER_DELETED: Explanation = Explanation::new(
    "number.deleted",
    "This number was deleted.",
    "Somebody removed it in WhatsApp Manager.",
    "Add it again in WhatsApp Manager, or use another number.",
);

pub(super) const NUMBER_MIGRATED: Explanation = Explanation::new(
    "number.migrated",
    "This number was moved.",
    "It belongs to another WhatsApp account now.",
    "Connect again and choose it under its new account.",
);
