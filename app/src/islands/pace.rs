//! When parts of a page are drawn again: as soon as something has changed, never so often that the machine is busy with it, and
//! once more when the page could not be had.

use super::dom;
use super::redraw::{Drawn, redraw};
use js_sys::Date;
use web_sys::Element;

/// The shortest and the longest rest after a drawing, in milliseconds.
const REST: (f64, f64) = (1_000.0, 30_000.0);
/// How many times as long as the drawing before it a rest is.
const TIMES: f64 = 10.0;
/// The first and the longest pause after a page could not be had, in milliseconds.
const PAUSE: (f64, f64) = (2_000.0, 60_000.0);

/// Knows whether something changed that is not drawn yet, and when it may be.
#[derive(Default)]
pub struct Pace {
    due: bool,
    /// In Unix milliseconds.
    not_before: f64,
    /// The last pause; none when the page was had.
    pause: f64,
}

impl Pace {
    /// Something has changed.
    pub fn ask(&mut self) {
        self.due = true;
    }

    /// Whether something has changed that is not drawn yet.
    pub fn is_asked(&self) -> bool {
        self.due
    }

    /// Whether it is to be drawn now.
    pub fn is_due(&self) -> bool {
        self.due && self.left() <= 0.0
    }

    /// Waits until it is to be drawn: for ever, when nothing has changed.
    pub async fn turn(&self) {
        if !self.due {
            return std::future::pending().await;
        }
        let left = self.left();
        if left > 0.0 {
            // The clock of timers and the clock of days may differ by one.
            dom::sleep(left as i32 + 1).await;
        }
    }

    fn left(&self) -> f64 {
        self.not_before - Date::now()
    }

    /// Draws the parts in `root`. What could not be had stays due.
    pub async fn draw(&mut self, root: &Element) -> Drawn {
        let begun = Date::now();
        let drawn = redraw(root).await;
        let now = Date::now();
        let rest = if matches!(drawn, Drawn::Failed) {
            self.pause = (self.pause * 2.0).clamp(PAUSE.0, PAUSE.1);
            self.pause
        } else {
            (self.due, self.pause) = (false, 0.0);
            ((now - begun) * TIMES).clamp(REST.0, REST.1)
        };
        self.not_before = now + rest;
        drawn
    }
}
