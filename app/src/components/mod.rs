//! One set of components for every page, each with all its states.

pub mod attempt_frame;
pub mod brand;
pub mod card;
pub mod check;
pub mod copy;
pub mod empty;
pub mod entrance;
pub mod explained;
pub mod form;
pub mod icon;
pub mod ladder;
pub mod language;
pub mod layout;
pub mod menu;
pub mod moment;
pub mod notice;
pub mod pill;
pub mod progress;
pub mod qr;
pub mod raw;
pub mod sidebar;
pub mod stepper;
pub mod steps;
pub mod table;
