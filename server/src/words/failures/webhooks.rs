//! What is wrong with something that was sent to us as if by Meta.

failures! {
    unknown_app() = "webhook.unknown_app", Unchanged;
    missing_signature() = "webhook.missing_signature", Unchanged;
    sha1_only() = "webhook.sha1_only", Unchanged;
    malformed_signature() = "webhook.malformed_signature", Unchanged;
    wrong_signature() = "webhook.wrong_signature", Unchanged;
    too_large() = "webhook.too_large", Unchanged;
    truncated() = "webhook.truncated", Unchanged;
    too_slow() = "webhook.too_slow", Unchanged;
    full() = "webhook.full", Waits;
    over_allowance() = "webhook.over_allowance", Waits;
    not_stored() = "webhook.not_stored", Waits;
    closing() = "webhook.closing", Waits;
    wrong_verify_token() = "webhook.wrong_verify_token", Installation;
    malformed_handshake() = "webhook.malformed_handshake", Unchanged;
    not_a_form() = "callback.not_a_form", Unchanged;
    form_too_large() = "callback.form_too_large", Unchanged;
    malformed_signed_request() = "callback.malformed_signed_request", Unchanged;
    wrong_signed_request() = "callback.wrong_signed_request", Unchanged;

    not_json(line: i64, column: i64) = "webhook.not_json", Unchanged;
    too_deep() = "webhook.too_deep", Unchanged;
    no_entry() = "webhook.no_entry", Unchanged;
    too_many() = "webhook.too_many", Unchanged;
    delivery_failed() = "delivery.failed", Unchanged;
}
