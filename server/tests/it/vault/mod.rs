//! Sealing, key rings and rotation.

mod check;
mod places;
mod ring;
mod rotation;
mod sealing;
