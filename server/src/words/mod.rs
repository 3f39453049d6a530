//! Everything that is said about failures, in every language of Attaché.
//!
//! A failure has a stable name and typed arguments (`failures`). Its sentences stand in the files of
//! `server/words/{en,es,ro}`, in Project Fluent's form, and are put together only when somebody reads them
//! (`catalogue`; `DAY($end)` and `MOMENT($end)` in them are moments in Unix milliseconds, `dates`). [`Explanation`](crate::explanation::Explanation) carries the name and the arguments.

mod catalogue;
mod dates;
pub mod failures;
pub mod help;
mod language;

pub(crate) use catalogue::{Sentence, sentence};
pub use language::Language;

#[cfg(test)]
mod tests;
