//! Reading a body that anybody may have sent: bounded in length, in time, and in memory over all of them.

use std::time::Duration;

use axum::{
    body::{Body, BodyDataStream, Bytes},
    http::{HeaderMap, header},
};
use futures::StreamExt as _;
use tokio::time::timeout;

use crate::ingest::{BODY_LIMIT, Refusal, Room};

/// How long a whole body may take. Meta's own are there at once.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// How much is read, and thrown away, of a body that is refused: a client that still sends does not hear the answer.
const DRAIN: usize = 2 * BODY_LIMIT;

/// Refuses a body that says of itself that it is too long.
pub(super) fn announced(headers: &HeaderMap) -> Result<(), Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let limit = u64::try_from(BODY_LIMIT).unwrap_or(u64::MAX);
    if length.is_some_and(|length| length > limit) { Err(Refusal::TooLarge) } else { Ok(()) }
}

/// Reads the whole body; `room` grows with it.
pub(super) async fn read(body: Body, room: &mut Room, patience: Duration) -> Result<Bytes, Refusal> {
    let mut frames = body.into_data_stream();
    let read = timeout(patience, read_frames(&mut frames, room)).await.unwrap_or(Err(Refusal::TooSlow));
    if matches!(read, Err(Refusal::TooLarge | Refusal::Full)) {
        throw_away(frames).await;
    }
    read
}

async fn read_frames(frames: &mut BodyDataStream, room: &mut Room) -> Result<Bytes, Refusal> {
    let mut first = Bytes::new();
    let mut whole = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = frames.next().await {
        let frame = frame.map_err(|_| Refusal::Truncated)?;
        length = length.saturating_add(frame.len());
        if length > BODY_LIMIT {
            return Err(Refusal::TooLarge);
        }
        room.grow(frame.len())?;
        // Most bodies come in one piece and are not copied.
        if first.is_empty() {
            first = frame;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&frame);
        }
    }
    Ok(if whole.is_empty() { first } else { whole.into() })
}

/// Reads what is left of a refused body, within bounds.
pub(super) async fn drain(body: Body) {
    throw_away(body.into_data_stream()).await;
}

async fn throw_away(mut frames: BodyDataStream) {
    let mut left = DRAIN;
    let all = async {
        while let Some(Ok(frame)) = frames.next().await {
            left = left.saturating_sub(frame.len());
            if left == 0 {
                break;
            }
        }
    };
    // A client that is still sending by then gets no answer.
    let _ = timeout(PATIENCE, all).await;
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
    use tokio::sync::Semaphore;

    use super::*;

    type Piece = Result<&'static str, io::Error>;

    fn memory(bytes: usize) -> (Arc<Semaphore>, Room) {
        let whole = Arc::new(Semaphore::new(bytes));
        (whole.clone(), Room::new(whole))
    }

    #[tokio::test]
    async fn pieces_become_one_body() {
        let (whole, mut room) = memory(100);
        let pieces: [Piece; 4] = [Ok(""), Ok("one "), Ok("two "), Ok("three")];
        let body = read(Body::from_stream(stream::iter(pieces)), &mut room, PATIENCE).await.unwrap();
        assert_eq!(body, "one two three");
        assert_eq!(whole.available_permits(), 100 - body.len());
        drop(room);
        assert_eq!(whole.available_permits(), 100);
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_given_up_and_held_only_what_came() {
        let (whole, mut room) = memory(100);
        let pieces = stream::iter([Piece::Ok("half")]).chain(stream::pending());
        let read = read(Body::from_stream(pieces), &mut room, Duration::from_millis(1)).await;
        assert_eq!(read, Err(Refusal::TooSlow));
        assert_eq!(whole.available_permits(), 96);
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_not_whole() {
        let (_, mut room) = memory(100);
        let pieces: [Piece; 2] = [Ok("half"), Err(io::ErrorKind::UnexpectedEof.into())];
        let read = read(Body::from_stream(stream::iter(pieces)), &mut room, PATIENCE).await;
        assert_eq!(read, Err(Refusal::Truncated));
    }

    #[tokio::test]
    async fn a_body_for_which_there_is_no_memory_is_refused_and_read_away() {
        let (_, mut room) = memory(6);
        let pieces: [Piece; 3] = [Ok("half"), Ok("more"), Ok("end")];
        let pulled = Arc::new(AtomicUsize::new(0));
        let counter = pulled.clone();
        let pieces = stream::iter(pieces).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        assert_eq!(read(Body::from_stream(pieces), &mut room, PATIENCE).await, Err(Refusal::Full));
        assert_eq!(pulled.load(Ordering::SeqCst), 3);
    }
}
