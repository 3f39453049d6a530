//! What sending events to a tenant's own systems meets.

use crate::explanation::Explanation;

failures! {
    not_public(host: String) = "events.not_public", None;
    name_unknown(host: String) = "events.name_unknown", None;
    no_connection(host: String) = "events.no_connection", None;
    too_slow(seconds: i64) = "events.too_slow", None;
    interrupted() = "events.interrupted", None;
    redirected(status: i64) = "events.redirected", None;
    refused(status: i64) = "events.refused", None;
    gone() = "events.gone", None;
    failing(days: i64, reason: Explanation) = "events.failing", None;
    secret_lost() = "events.secret_lost", None;

    disabled() = "events.disabled", None;
    too_many_endpoints(most: i64) = "events.too_many_endpoints", None;
    too_many_secrets() = "events.too_many_secrets", None;
}
