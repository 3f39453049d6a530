//! The few things HTML cannot do. Each wraps what the server has drawn already and adds behaviour to it; without
//! them every page still works.

#![allow(missing_docs, reason = "the macro makes a struct of each island and drops its comment")]

pub mod connect;
pub mod copy;
pub mod dom;
pub mod live;
pub mod meta_sdk;
pub mod pace;
pub mod picker;
pub mod place;
pub mod popup_form;
pub mod popup_frame;
pub mod progress;
pub mod redraw;
pub mod signup;
pub mod theme;
pub mod verdict;
