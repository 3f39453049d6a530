//! Reading a body that anybody may have sent: bounded in length, in time, in pace, and in memory over all of them.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream, Bytes, HttpBody as _},
    http::{HeaderMap, header},
};
use futures::StreamExt as _;
use tokio::time::{Instant, timeout_at};

use crate::ingest::{BODY_LIMIT, Refusal, Room};

/// How fast a body has to come. Meta's own are there at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// How long all of it may take.
    whole: Duration,
    /// In every stretch of this length …
    stretch: Duration,
    /// … so many bytes have to come, or the end.
    least: usize,
}

/// The pace of the product. A body at the limit comes at 150 KB a second or faster.
pub(super) const PACE: Pace =
    Pace { whole: Duration::from_secs(20), stretch: Duration::from_secs(5), least: 64 * 1024 };

/// How much is read, and thrown away, of a body that is refused: a client that still sends does not hear the answer.
const DRAIN: usize = 2 * BODY_LIMIT;

/// Refuses a body that says of itself that it is too long.
pub(super) fn announced(headers: &HeaderMap) -> Result<(), Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let limit = u64::try_from(BODY_LIMIT).unwrap_or(u64::MAX);
    if length.is_some_and(|length| length > limit) { Err(Refusal::TooLarge) } else { Ok(()) }
}

/// Reads the whole body; `room` grows with it.
pub(super) async fn read(body: Body, room: &mut Room, pace: Pace) -> Result<Bytes, Refusal> {
    let mut frames = Frames::new(body, pace);
    let read = read_frames(&mut frames, room).await;
    match read {
        Ok(_) => room.mark_whole(),
        Err(_) => room.clear(),
    }
    if matches!(read, Err(Refusal::TooLarge | Refusal::Full)) {
        frames.throw_away().await;
    }
    read
}

async fn read_frames(frames: &mut Frames, room: &mut Room) -> Result<Bytes, Refusal> {
    let mut first = Bytes::new();
    let mut whole = Vec::new();
    let mut length = 0_usize;
    loop {
        let frame = tokio::select! {
            biased;
            () = room.must_give_way() => return Err(Refusal::TooSlow),
            frame = frames.next() => frame?,
        };
        let Some(frame) = frame else { break };
        length = length.saturating_add(frame.len());
        if length > BODY_LIMIT {
            return Err(Refusal::TooLarge);
        }
        room.grow(frame.len()).await?;
        // Most bodies come in one piece and are not copied.
        if first.is_empty() {
            first = frame;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&frame);
        }
        if !frames.at_end() {
            room.mark_arriving();
        }
    }
    Ok(if whole.is_empty() { first } else { whole.into() })
}

/// Reads what is left of a refused body, within bounds.
pub(super) async fn drain(body: Body) {
    Frames::new(body, PACE).throw_away().await;
}

/// The pieces of a body, as long as they come fast enough.
struct Frames {
    stream: BodyDataStream,
    pace: Pace,
    end: Instant,
    stretch_end: Instant,
    /// How many bytes came in this stretch.
    came: usize,
}

impl Frames {
    fn new(body: Body, pace: Pace) -> Self {
        let now = Instant::now();
        let (end, stretch_end) = (now + pace.whole, now + pace.stretch);
        Self { stream: body.into_data_stream(), pace, end, stretch_end, came: 0 }
    }

    /// The next piece; `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        loop {
            match timeout_at(self.stretch_end.min(self.end), self.stream.next()).await {
                Ok(None) => return Ok(None),
                Ok(Some(Ok(frame))) => {
                    self.came = self.came.saturating_add(frame.len());
                    return Ok(Some(frame));
                }
                Ok(Some(Err(_))) => return Err(Refusal::Truncated),
                Err(_) if self.came < self.pace.least || self.stretch_end >= self.end => return Err(Refusal::TooSlow),
                Err(_) => (self.came, self.stretch_end) = (0, self.stretch_end + self.pace.stretch),
            }
        }
    }

    /// Whether it is known that nothing more comes.
    fn at_end(&self) -> bool {
        self.stream.is_end_stream()
    }

    /// Reads what is left, within bounds. A client that is still sending by then gets no answer.
    async fn throw_away(&mut self) {
        let mut left = DRAIN;
        while left > 0 {
            let Ok(Some(frame)) = self.next().await else { return };
            left = left.saturating_sub(frame.len());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::{
        io,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    use futures::stream;

    use super::*;
    use crate::{
        clock::{Clock, Timestamp},
        ingest::Memory,
    };

    type Piece = Result<&'static str, io::Error>;

    fn memory(bytes: usize) -> (Arc<Memory>, Clock) {
        let clock = Clock::fixed(Timestamp::from_seconds(1));
        (Arc::new(Memory::new(bytes, clock.clone())), clock)
    }

    fn room(bytes: usize) -> (Arc<Memory>, Room) {
        let (memory, _) = memory(bytes);
        (memory.clone(), Room::new(memory))
    }

    /// Pieces, and then nothing more for ever.
    fn stuck(pieces: impl IntoIterator<Item = &'static str>) -> Body {
        let pieces: Vec<Piece> = pieces.into_iter().map(Ok).collect();
        Body::from_stream(stream::iter(pieces).chain(stream::pending()))
    }

    const fn pace(whole: u64, stretch: u64, least: usize) -> Pace {
        Pace { whole: Duration::from_millis(whole), stretch: Duration::from_millis(stretch), least }
    }

    #[tokio::test]
    async fn pieces_become_one_body() {
        let (memory, mut room) = room(100);
        let pieces: [Piece; 4] = [Ok(""), Ok("one "), Ok("two "), Ok("three")];
        let body = read(Body::from_stream(stream::iter(pieces)), &mut room, PACE).await.unwrap();
        assert_eq!(body, "one two three");
        assert_eq!(memory.free(), 100 - body.len());
        drop(room);
        assert_eq!(memory.free(), 100);
    }

    #[tokio::test]
    async fn a_body_that_takes_too_long_is_given_up_whatever_came() {
        let (memory, mut room) = room(100);
        assert_eq!(read(stuck(["half"]), &mut room, pace(1, 1000, 0)).await, Err(Refusal::TooSlow));
        assert_eq!(memory.free(), 100, "what came of it is let go, also while its connection is still there");
    }

    #[tokio::test]
    async fn a_body_has_to_keep_its_pace() {
        let (_, mut room) = room(100);
        // An hour for all of it, but something in each millisecond.
        let refused = read(stuck(["some", "more"]), &mut room, pace(3_600_000, 1, 9)).await;
        assert_eq!(refused, Err(Refusal::TooSlow), "eight bytes in the first stretch are not nine");
        let refused = read(stuck(["some", "more"]), &mut room, pace(3_600_000, 1, 8)).await;
        assert_eq!(refused, Err(Refusal::TooSlow), "nothing came in the second stretch");
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_not_whole() {
        let (_, mut room) = room(100);
        let pieces: [Piece; 2] = [Ok("half"), Err(io::ErrorKind::UnexpectedEof.into())];
        assert_eq!(read(Body::from_stream(stream::iter(pieces)), &mut room, PACE).await, Err(Refusal::Truncated));
    }

    #[tokio::test]
    async fn a_body_for_which_there_is_no_memory_is_refused_and_read_away() {
        let (memory, mut room) = room(6);
        let pieces: [Piece; 3] = [Ok("half"), Ok("more"), Ok("end")];
        let pulled = Arc::new(AtomicUsize::new(0));
        let counter = pulled.clone();
        let pieces = stream::iter(pieces).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        assert_eq!(read(Body::from_stream(pieces), &mut room, PACE).await, Err(Refusal::Full));
        assert_eq!(pulled.load(Ordering::SeqCst), 3);
        assert_eq!(memory.free(), 6, "it takes no memory while it is read away");
    }

    #[tokio::test]
    async fn the_slowest_give_way_to_what_comes_at_once() {
        let (memory, clock) = memory(10);
        let begin = |piece: &'static str| {
            let mut room = Room::new(memory.clone());
            tokio::spawn(async move { read(stuck([piece]), &mut room, PACE).await })
        };
        let free = async |bytes| {
            while memory.free() != bytes {
                tokio::task::yield_now().await;
            }
        };
        let oldest = begin("four");
        free(6).await;
        clock.advance(Duration::from_millis(500));
        let younger = begin("5four");
        free(1).await;
        let at_once = async |room: &mut Room| read(Body::from("six..."), room, PACE).await;
        let (mut one, mut two) = (Room::new(memory.clone()), Room::new(memory.clone()));
        clock.advance(Duration::from_millis(500));
        assert_eq!(
            at_once(&mut one).await,
            Err(Refusal::Full),
            "the oldest alone is too little, the younger is not slow"
        );
        assert!(!oldest.is_finished());
        clock.advance(Duration::from_millis(500));
        assert_eq!(at_once(&mut one).await.unwrap(), "six...");
        assert_eq!(oldest.await.unwrap(), Err(Refusal::TooSlow));
        assert_eq!(younger.await.unwrap(), Err(Refusal::TooSlow));
        assert_eq!(memory.free(), 4);
        // What is whole does not give way, however long it waits for its commit.
        clock.advance(Duration::from_secs(3600));
        assert_eq!(at_once(&mut two).await, Err(Refusal::Full));
    }
}
