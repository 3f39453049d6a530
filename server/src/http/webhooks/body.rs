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
const PATIENCE: Duration = Duration::from_secs(20);
/// How much is read, and thrown away, of a body that is refused: a client that still sends does not hear the answer.
const DRAIN: usize = 2 * BODY_LIMIT;

/// Refuses a body that says of itself that it is too long.
pub(super) fn announced(headers: &HeaderMap) -> Result<(), Refusal> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let limit = u64::try_from(BODY_LIMIT).unwrap_or(u64::MAX);
    if length.is_some_and(|length| length > limit) { Err(Refusal::TooLarge) } else { Ok(()) }
}

/// Reads the whole body; `room` grows with it.
pub(super) async fn read(body: Body, room: &mut Room) -> Result<Bytes, Refusal> {
    let mut frames = body.into_data_stream();
    let read = timeout(PATIENCE, read_frames(&mut frames, room)).await.unwrap_or(Err(Refusal::TooSlow));
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
