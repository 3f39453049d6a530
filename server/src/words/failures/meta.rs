//! What Meta's answers mean (Meta reference §4.1, §4.9, §6.3, §8.4, §9.2).

failures! {
    permission_missing() = "meta.permission.missing", Unchanged;
    busy() = "meta.busy", Waits;
    not_found() = "meta.not_found", Asset;

    token_expired() = "meta.token.expired", Ended;
    token_password_changed() = "meta.token.password_changed", Ended;
    token_checkpoint() = "meta.token.checkpoint", Ended;
    token_unconfirmed() = "meta.token.unconfirmed", Ended;
    token_logged_out() = "meta.token.logged_out", Ended;
    token_app_removed() = "meta.token.app_removed", Ended;
    token_page_role_lost() = "meta.token.page_role_lost", Ended;
    token_malformed() = "meta.token.malformed", Ended;
    token_missing() = "meta.token.missing", Ended;
    token_invalid() = "meta.token.invalid", Ended;

    limit_app() = "meta.limit.app", Waits;
    limit_person() = "meta.limit.person", Waits;
    limit_asset() = "meta.limit.asset", Waits;
    limit_throughput() = "meta.limit.throughput", Waits;
    limit_recipient() = "meta.limit.recipient", Message;
    limit_spam() = "meta.limit.spam", Asset;
    limit_registration(limit: String, amount: i64, unit: String) = "meta.limit.registration", Asset;

    config_app_secret() = "meta.config.app_secret", Installation;
    config_app_id() = "meta.config.app_id", Installation;
    config_app_inactive() = "meta.config.app_inactive", Installation;
    config_capability() = "meta.config.capability", Installation;
    config_redirect_uri() = "meta.config.redirect_uri", Installation;
    config_proof_missing() = "meta.config.proof_missing", Installation;
    config_proof_invalid() = "meta.config.proof_invalid", Installation;
    config_webhook_handshake() = "meta.config.webhook_handshake", Installation;
    config_version() = "meta.config.version", Installation;

    unreachable_connect() = "meta.unreachable.connect", Waits;
    unreachable_timeout() = "meta.unreachable.timeout", Waits;
    unreachable_interrupted() = "meta.unreachable.interrupted", Waits;

    answer_not_data() = "meta.answer.not_data", Unchanged;
    answer_truncated() = "meta.answer.truncated", Unchanged;
    answer_wrong_type() = "meta.answer.wrong_type", Unchanged;
    answer_too_large() = "meta.answer.too_large", Unchanged;
    answer_endless() = "meta.answer.endless", Unchanged;

    code_redirect_mismatch() = "meta.code.redirect_mismatch", NotMade;
    code_used() = "meta.code.used", NotMade;
    code_expired() = "meta.code.expired", NotMade;
    code_invalid() = "meta.code.invalid", NotMade;
    code_no_token() = "meta.code.no_token", NotMade;

    request_refused() = "meta.request.refused", Unchanged;
    request_too_much() = "meta.request.too_much", Unchanged;
    request_duplicate() = "meta.request.duplicate", Unchanged;
    webhook_override_too_early() = "meta.webhook.override_too_early", Asset;

    number_wrong_pin() = "meta.number.wrong_pin", Asset;
    number_unverified() = "meta.number.unverified", Asset;
    number_code_not_sent() = "meta.number.code_not_sent", Asset;
    number_wrong_code() = "meta.number.wrong_code", Asset;
    number_not_registered() = "meta.number.not_registered", Asset;
    number_deregistration_unfinished() = "meta.number.deregistration_unfinished", Asset;
    number_sync_over() = "meta.number.sync_over", Asset;

    message_template() = "meta.message.template", Message;
    message_media() = "meta.message.media", Message;
    message_empty() = "meta.message.empty", Message;
    message_unknown_recipient() = "meta.message.unknown_recipient", Message;
    message_self() = "meta.message.self", Message;

    policy_outside_window() = "meta.policy.outside_window", Message;
    policy_person_unavailable() = "meta.policy.person_unavailable", Message;
    policy_undeliverable() = "meta.policy.undeliverable", Message;
    policy_held_back() = "meta.policy.held_back", Message;
    policy_opted_out() = "meta.policy.opted_out", Message;
    policy_payment() = "meta.policy.payment", Asset;
    policy_account_locked() = "meta.policy.account_locked", Asset;
    policy_page_restricted() = "meta.policy.page_restricted", Asset;
    policy_action_blocked() = "meta.policy.action_blocked", Waits;
    policy_country() = "meta.policy.country", Message;
    policy_display_name() = "meta.policy.display_name", Asset;
    policy_test_recipient() = "meta.policy.test_recipient", Message;
    policy_template_paused() = "meta.policy.template_paused", Message;
}
