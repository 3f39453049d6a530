//! Everything Attaché knows and does, without a user interface.
//!
//! Arrows point one way: `config`, `clock`, `entropy`, `ids`, `error` are used by `db`, `vault` and `meta`, which are
//! used by the flows (`accounts`, `connect`, `observe`), which are used by `http`. `meta` does not know `db`, nor
//! `db` `meta`. `docs/ARCHITECTURE.md` shows the house.

pub mod clock;
pub mod connect;
pub mod entropy;
pub mod ids;
pub mod meta;
