#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs
)]

mod app;
mod apps;
mod batch;
mod control;
mod dialog;
mod discovery;
mod errors;
mod exchange;
mod facebook_business;
mod failures;
mod faults;
mod harness;
mod instagram_login;
mod numbers;
mod paging;
mod phone;
mod sdk;
mod sending;
mod subscriptions;
mod tokens;
mod versions;
mod webhooks;
mod worlds;
