//! Connecting with Meta, against Meta in a box.

mod popup;
mod redirect;
mod returns;
mod worlds;
