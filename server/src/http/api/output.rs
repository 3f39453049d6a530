//! What answers have in common.

use jiff::Timestamp as Moment;

/// A moment in Unix milliseconds, as answers tell it: RFC 3339.
pub(super) fn moment(millis: i64) -> Option<Moment> {
    Moment::from_millisecond(millis).ok()
}
