//! Other ways in, and out: grants given again, pasted tokens, set-up links, moves between businesses, disconnecting.

use crate::explanation::Explanation;

failures! {
    superseded() = "connect.superseded", Unchanged;
    decide_first() = "connect.decide_first", Unchanged;
    left_out() = "asset.left_out", Asset;

    pasted_other_app() = "paste.other_app", NotMade;
    pasted_dead(reason: Explanation) = "paste.invalid", NotMade;
    pasted_temporary() = "paste.temporary", NotMade;
    pasted_persons() = "paste.persons_token", NotMade;
    pasted_wrong_kind() = "paste.wrong_kind", NotMade;
    pasted_powerless() = "paste.powerless", NotMade;
    pasted_unassigned() = "paste.unassigned", NotMade;

    link_unknown() = "set_up.unknown", NotMade;
    link_withdrawn() = "set_up.withdrawn", NotMade;
    link_expired() = "set_up.expired", NotMade;
    link_used() = "set_up.used", NotMade;

    login_too_old() = "asset.login_too_old", Unchanged;
    no_control(name: String) = "asset.no_control", Unchanged;
    moved_away() = "asset.moved_away", Asset;
    only_asset() = "asset.only_one", Unchanged;

    not_all_taken_apart() = "connect.not_all_taken_apart", Waits;
}
