//! What goes wrong around connecting, for a reason that is not an answer of the Graph API.

use crate::explanation::Explanation;

failures! {
    state_invalid() = "oauth.state_invalid", NotMade;
    state_expired() = "oauth.state_expired", NotMade;
    empty_return() = "oauth.empty_return", NotMade;
    cancelled() = "oauth.cancelled", NotMade;
    popup_cut_off() = "oauth.popup_cut_off", NotMade;
    dialog_error(number: String) = "oauth.dialog_error", NotMade;
    app_not_active() = "oauth.app_not_active", NotMade;

    token_of_other_app() = "connect.token_of_other_app", NotMade;
    token_invalid() = "connect.token_invalid", NotMade;
    token_ends_soon() = "connect.token_ends_soon", NotMade;
    other_person(signed_in: String, owner: String) = "connect.other_person", Unchanged;
    interrupted() = "connect.interrupted", NotMade;
    not_choosing() = "connect.not_choosing", Unchanged;
    not_all_applied() = "connect.not_all_applied", Waits;

    credential_lost() = "connection.credential_lost", Ended;
    disconnected() = "connection.disconnected", Unchanged;
    removed_by_person() = "meta.removed_by_person", Ended;
    erased() = "compliance.erased", NotMade;
    not_configured() = "meta.not_configured", Installation;
    app_gone() = "meta.app_gone", Unchanged;
    instagram_gone() = "meta.instagram_gone", Unchanged;
    app_set_elsewhere() = "setup.set_elsewhere", None;
    app_changed_meanwhile() = "setup.changed_meanwhile", None;
    own_app_unreadable() = "setup.own_unreadable", NotMade;
    own_app_unasked(reason: Explanation) = "setup.own_unasked", None;
    app_taken() = "setup.app_taken", None;
    no_own_app() = "setup.no_own_app", None;

    instagram_not_set_up() = "connect.instagram_not_set_up", NotMade;

    signup_not_set_up() = "signup.not_set_up", NotMade;
    signup_cancelled(step: String) = "signup.cancelled", NotMade;
    signup_refused(told: String, words: String, number: String) = "signup.refused", NotMade;
    signup_unheard() = "signup.unheard", NotMade;

    held_elsewhere(name: String) = "asset.held_elsewhere", Asset;
    asset_not_visible() = "asset.not_visible", Asset;
    no_page_token() = "asset.no_page_token", Asset;
    not_subscribed() = "asset.not_subscribed", Asset;

    unreached(met: String, detail: String) = "webhooks.unreached", Installation;
    not_https() = "webhooks.not_https", Installation;
    not_listed() = "webhooks.not_listed", Installation;

    number_needs_pin() = "number.needs_pin", Asset;
    number_wrong_pin() = "number.wrong_pin", Asset;
    number_on_business_app(act: String) = "number.on_business_app", Asset;
    number_deregistered() = "number.deregistered", Asset;
    number_sync_over() = "number.sync_over", Asset;
    number_history_declined() = "number.history_declined", Asset;
    number_deleted_a_moment_ago() = "number.deleted_a_moment_ago", Asset;
}
