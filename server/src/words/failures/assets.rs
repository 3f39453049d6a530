//! What stands in the way of an asset that Meta showed.

use crate::explanation::Explanation;

failures! {
    permission_missing(count: i64, names: String) = "asset.permission_missing", Asset;
    not_chosen(kind: String, permission: String) = "asset.not_chosen", Asset;

    page_no_access() = "page.no_access", Asset;
    page_no_messaging_task() = "page.no_messaging_task", Asset;
    instagram_page_unusable(page: String, reason: Explanation) = "instagram.page_unusable", Asset;

    waba_rejected() = "waba.rejected", Asset;
    waba_review_pending() = "waba.review_pending", Asset;

    number_banned() = "number.banned", Asset;
    number_deleted() = "number.deleted", Asset;
    number_migrated() = "number.migrated", Asset;
    number_on_premise() = "number.on_premise", Asset;
    number_flagged() = "number.flagged", Asset;
    number_restricted() = "number.restricted", Asset;
    number_unknown_status() = "number.unknown_status", Asset;
    number_not_registered() = "number.not_registered", Asset;
    number_not_verified() = "number.not_verified", Asset;
    number_test_number() = "number.test_number", Asset;
    number_name_declined() = "number.name_declined", Asset;

    ad_account_disabled() = "ad_account.disabled", Asset;
    ad_account_closing() = "ad_account.closing", Asset;
    ad_account_closed() = "ad_account.closed", Asset;
    ad_account_payment_due() = "ad_account.payment_due", Asset;
    ad_account_in_review() = "ad_account.in_review", Asset;
}
