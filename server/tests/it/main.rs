//! The one integration binary; folders mirror `server/src`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod meta;
