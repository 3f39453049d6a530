//! A request's body has to be there in time, all of it: whoever sends it bit by bit holds a connection that others need.

use std::time::Duration;

use axum::{
    BoxError,
    body::{Body, HttpBody as _},
    extract::Request,
    middleware::Next,
    response::Response,
};
use futures::{StreamExt as _, stream};
use tokio::time::{Instant, timeout_at};

/// How long all of a body may take. Webhooks have stricter rules of their own.
const PATIENCE: Duration = Duration::from_secs(30);

/// Breaks off bodies that take too long.
pub(super) async fn keep(request: Request, next: Next) -> Response {
    next.run(request.map(|body| within(body, PATIENCE))).await
}

fn within(body: Body, patience: Duration) -> Body {
    if body.is_end_stream() {
        return body;
    }
    let end = Instant::now() + patience;
    let pieces = stream::unfold(Some(body.into_data_stream()), move |left| async move {
        let mut left = left?;
        match timeout_at(end, left.next()).await {
            Ok(piece) => Some((piece?.map_err(BoxError::from), Some(left))),
            Err(late) => Some((Err(late.into()), None)),
        }
    });
    Body::from_stream(pieces)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io;

    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn a_body_has_to_end_in_time_however_steadily_it_comes() {
        let bit = |()| async {
            tokio::task::yield_now().await;
            Some((Ok::<_, io::Error>("x"), ()))
        };
        let endless = Body::from_stream(stream::unfold((), bit));
        assert!(to_bytes(within(endless, Duration::from_millis(20)), usize::MAX).await.is_err());
        let whole = Body::from_stream(stream::iter(["in ", "time"].map(Ok::<_, io::Error>)));
        assert_eq!(to_bytes(within(whole, Duration::from_secs(3600)), usize::MAX).await.unwrap(), "in time");
        assert!(within(Body::empty(), Duration::ZERO).is_end_stream());
    }
}
