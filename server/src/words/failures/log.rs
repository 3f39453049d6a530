//! Lines of the connection log that are not a failure by themselves.

use crate::explanation::Explanation;

failures! {
    granted(person: String) = "log.granted", None;
    renewed(person: String) = "log.renewed", None;
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
    removed_at_meta() = "log.removed_at_meta", None;
    person_erased() = "log.person_erased", None;
    credential_lost() = "log.credential_lost", None;
}
