//! What keeping connections alive meets: assets that changed at Meta, tokens that are not renewed, mail that is not sent.

use crate::explanation::Explanation;

failures! {
    permission_lost(count: i64, names: String) = "asset.permission_lost", Asset;
    no_messaging_task() = "asset.no_messaging_task", Asset;
    callback_elsewhere(address: String) = "asset.callback_elsewhere", Asset;
    app_elsewhere(object: String, address: String) = "webhooks.elsewhere", Installation;

    no_portfolio() = "renewal.no_portfolio", Unchanged;
    no_successor() = "renewal.no_successor", Unchanged;
    narrower(names: String, more: i64) = "renewal.narrower", Unchanged;
    not_renewed(reason: Explanation) = "renewal.refused", Unchanged;

    mail_not_sent(met: String, answer: String) = "mail.not_sent", None;
}
