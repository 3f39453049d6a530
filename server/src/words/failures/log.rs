//! Lines of the connection log that are not a failure by themselves.

use crate::explanation::Explanation;

failures! {
    granted(person: String) = "log.granted", None;
    renewed(person: String) = "log.renewed", None;
    granted_for(person: String, member: String) = "log.granted_for", None;
    renewed_for(person: String, member: String) = "log.renewed_for", None;
    discovered(count: i64) = "log.discovered", None;
    unread(source: String, reason: Explanation) = "log.unread", None;
    chosen(person: String, count: i64) = "log.chosen", None;
    verified() = "log.verified", None;
    subscribed() = "log.subscribed", None;
    registered() = "log.registered", None;
    refused(reason: Explanation) = "log.refused", None;
    unchecked(reason: Explanation) = "log.unchecked", None;
    silence(days: i64) = "log.silence", None;
    unsubscribed() = "log.unsubscribed", None;
    unsubscribe_failed(reason: Explanation) = "log.unsubscribe_failed", None;
    kept() = "log.kept", None;
    disconnected(person: String) = "log.disconnected", None;
    asset_disconnected(person: String) = "log.asset_disconnected", None;
    removed_at_meta() = "log.removed_at_meta", None;
    person_erased() = "log.person_erased", None;
    credential_lost() = "log.credential_lost", None;

    would_lose(assets: i64, both: String, permissions: i64) = "log.would_lose", None;
    went_on_without(person: String) = "log.went_on_without", None;
    left_out() = "log.left_out", None;
    moved_here(person: String) = "log.moved_here", None;
    token_dead() = "log.token_dead", None;

    override_none() = "log.override_none", None;
    override_cleared() = "log.override_cleared", None;
    deregistered() = "log.deregistered", None;
    was_not_registered() = "log.was_not_registered", None;
    stays_registered() = "log.stays_registered", None;
    stays_on_business_app() = "log.stays_on_business_app", None;
    grant_ended() = "log.grant_ended", None;
    grant_needed() = "log.grant_needed", None;
    grant_of_system_user() = "log.grant_of_system_user", None;
    grant_of_instagram() = "log.grant_of_instagram", None;
    tokens_deleted() = "log.tokens_deleted", None;
    tokens_deleted_but_pins() = "log.tokens_deleted_but_pins", None;
    history_erased() = "log.history_erased", None;
    erased() = "log.erased", None;
    no_token() = "log.no_token", None;
    no_page_token() = "log.no_page_token", None;
    bad_id() = "log.bad_id", None;
    not_done(reason: Explanation) = "log.not_done", None;
    tried_again(reason: Explanation) = "log.tried_again", None;

    renewed_until(end: i64) = "log.renewed_until", None;
    renewed_for_good() = "log.renewed_for_good", None;
    access_refused() = "log.access_refused", None;
    access_ended(end: i64) = "log.access_ended", None;
    access_ends(days: i64, end: i64) = "log.access_ends", None;
    access_ends_not_renewed(days: i64, end: i64, reason: Explanation) = "log.access_ends_not_renewed", None;
    data_ended(end: i64, person: String) = "log.data_ended", None;
    data_ends(days: i64, end: i64) = "log.data_ends", None;
}
