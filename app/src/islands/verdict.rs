//! Whether a popup that is gone was closed by the person, or cut off from this page.
//!
//! A window that Meta cuts off (Meta reference §2.4, §11 row 34) looks closed to the page that opened it, and `FB.login` then
//! answers as after a cancel, though the window is still there. What tells the two apart is what was seen around it.

/// How long a page of Meta's is in a window before the person can have looked at it and closed it, in milliseconds. A window
/// that its first page cuts off can be seen at Meta as well, for the moment that the browser takes to cut it off.
const A_LOOK: f64 = 300.0;

/// What was seen of a popup and of this page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traces {
    /// For how many milliseconds a page of Meta's was seen to be in the window, from the first glance to the last.
    pub at_meta: Option<f64>,
    /// This page has the focus since. Who closes a window is back at the page behind it; one that is cut off stays in front.
    pub back_here: bool,
    /// `FB.login` answered without a code, as it does when its window is closed.
    pub refused: bool,
}

impl Traces {
    /// Whether all of it fits a person who closed the window. Whatever does not is a window that could not answer.
    pub fn closed_by_hand(self) -> bool {
        self.was_looked_at() && self.back_here && self.refused
    }

    /// Whether waiting can add nothing more.
    pub fn say_all(self) -> bool {
        self.at_meta.is_none() || (self.refused && (self.back_here || !self.was_looked_at()))
    }

    fn was_looked_at(self) -> bool {
        self.at_meta.is_some_and(|time| time >= A_LOOK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BY_HAND: Traces = Traces { at_meta: Some(A_LOOK), back_here: true, refused: true };

    #[test]
    fn only_a_window_looked_at_that_left_the_person_here_was_closed_by_hand() {
        assert!(BY_HAND.closed_by_hand());
        assert!(!Traces { at_meta: None, ..BY_HAND }.closed_by_hand(), "cut off by its first page");
        assert!(!Traces { at_meta: Some(50.0), ..BY_HAND }.closed_by_hand(), "cut off by its first page, slowly");
        assert!(!Traces { back_here: false, ..BY_HAND }.closed_by_hand(), "cut off later: it is still in front");
        assert!(!Traces { refused: false, ..BY_HAND }.closed_by_hand(), "the SDK has lost it too");
        assert!(!Traces::default().closed_by_hand());
    }

    #[test]
    fn an_answer_or_the_person_s_return_is_waited_for_only_where_it_would_tell_something() {
        assert!(BY_HAND.say_all());
        assert!(Traces::default().say_all(), "no page of Meta's was ever in it");
        assert!(
            Traces { at_meta: Some(50.0), back_here: false, refused: true }.say_all(),
            "cut off, wherever the person is"
        );
        assert!(!Traces { refused: false, ..BY_HAND }.say_all(), "a code may be on its way");
        assert!(!Traces { back_here: false, ..BY_HAND }.say_all(), "the person may be on the way back");
    }
}
