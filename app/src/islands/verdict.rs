//! Whether a popup that is gone was closed by the person, or cut off from this page.
//!
//! A window that Meta cuts off (Meta reference §2.4, §11 row 34) looks closed to the page that opened it, and `FB.login` then
//! answers as after a cancel, though the window is still there. What tells the two apart is what was seen around it.

/// What was seen of a popup and of this page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// The window was seen while Meta's page was in it. A window that a person closes has been there for as long as they
    /// looked at it; one that is cut off by its first page never was.
    pub seen_at_meta: bool,
    /// This page has the focus since. Who closes a window is back at the page behind it; one that is cut off stays in front.
    pub back_here: bool,
    /// `FB.login` answered without a code, as it does when its window is closed.
    pub refused: bool,
}

impl Traces {
    /// Whether all of it fits a person who closed the window. Whatever does not is a window that could not answer.
    pub fn closed_by_hand(self) -> bool {
        self.seen_at_meta && self.back_here && self.refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_window_seen_at_meta_that_left_the_person_here_was_closed_by_hand() {
        let all = Traces { seen_at_meta: true, back_here: true, refused: true };
        assert!(all.closed_by_hand());
        assert!(!Traces { seen_at_meta: false, ..all }.closed_by_hand(), "cut off by its first page");
        assert!(!Traces { back_here: false, ..all }.closed_by_hand(), "cut off later: it is still in front");
        assert!(!Traces { refused: false, ..all }.closed_by_hand(), "the SDK has lost it too");
        assert!(!Traces::default().closed_by_hand());
    }
}
