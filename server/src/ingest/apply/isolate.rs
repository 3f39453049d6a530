//! One delivery that cannot be applied never stops the others.

use super::{Applied, Misfit, Turn, Understood, apply};
use crate::{
    db::will_pass,
    error::{Error, Result},
    ingest::without_panic,
    services::Services,
};

/// Applies a batch. When that fails for a reason that lies in it, its halves are applied one after another, down to the
/// single delivery that is the reason: it is marked as failed, and the others go on. Answers `false` when somebody else
/// took a place in the journal.
///
/// # Errors
/// When the database fails in a way that will pass: what was not applied by then can be tried again.
pub(crate) async fn apply_isolating(
    services: &Services,
    batch: &mut [Understood],
    turn: Turn<'_>,
    mut done: impl FnMut(Applied),
) -> Result<bool> {
    // Pieces of the batch that are still to be tried.
    let mut rest = Vec::new();
    rest.push(0..batch.len());
    let mut turn = turn;
    while let Some(range) = rest.pop() {
        let Some(part) = batch.get_mut(range.clone()).filter(|part| !part.is_empty()) else { continue };
        match without_panic(apply(services, part, turn)).await {
            Ok(None) => return Ok(false),
            Ok(Some(applied)) => {
                done(applied);
                turn = turn.after(part);
            }
            Err(error) if will_pass(&error) => return Err(error),
            Err(error) => match part {
                [one] if one.events.is_err() => return Err(error),
                [one] => {
                    one.give_up(&error);
                    rest.push(range);
                }
                _ => {
                    let middle = range.start + part.len() / 2;
                    rest.push(middle..range.end);
                    rest.push(range.start..middle);
                }
            },
        }
    }
    Ok(true)
}

impl Turn<'_> {
    /// The same for what follows `part`.
    fn after(self, part: &[Understood]) -> Self {
        match (self, part.last()) {
            (Self::Next { writer, .. }, Some(last)) => Self::Next { writer, from: last.id.number() },
            _ => self,
        }
    }
}

impl Understood {
    /// Leaves it out: at first only of what it would change, then, should even its account of itself be the reason, of all.
    fn give_up(&mut self, error: &Error) {
        if self.broken {
            self.events = Err(Misfit::Broken);
            return;
        }
        tracing::error!(%error, delivery = %self.id, "a delivery cannot be applied; it is kept and left out");
        self.broken = true;
    }
}
