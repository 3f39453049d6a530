//! What people and programs meet at Attaché's own doors.

failures! {
    unknown(code: String) = "unknown", None;
    signed_out() = "signed_out", None;
    forbidden(why: String) = "forbidden", None;
    not_found(thing: String) = "not_found", None;
    invalid(message: String) = "invalid", None;
    busy(amount: i64, unit: String) = "busy", None;
    internal() = "internal", None;

    cross_origin() = "http.cross_origin", None;
    method_not_allowed() = "api.method_not_allowed", None;
    body_too_long(most: i64) = "api.body_too_long", None;
    key_missing() = "api.key_missing", None;
    key_invalid() = "api.key_invalid", None;
    too_many_keys(most: i64) = "api.too_many_keys", None;

    invitation_ended() = "invitation.ended", None;
    account_exists() = "invitation.account_exists", None;
    wrong_credentials() = "account.wrong_credentials", None;
    email_taken() = "account.email_taken", None;
    no_mail() = "password.no_mail", None;
    reset_link_ended() = "password.link_ended", None;
    tenant_gone() = "tenant.gone", None;
    last_owner() = "team.last_owner", None;
    location_name_taken() = "location.name_taken", None;

    encryption_key_missing(keys: String) = "vault.key_missing", Installation;
    encryption_key_wrong(keys: String) = "vault.key_wrong", Installation;
}
