//! Sealing, key rings and rotation.

mod places;
mod ring;
mod rotation;
mod sealing;
