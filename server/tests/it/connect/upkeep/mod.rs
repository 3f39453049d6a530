//! Keeping connections alive.

mod agency;
mod hundred_days;
mod renewing;
mod warning;
