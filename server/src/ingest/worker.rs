//! Applies what the journal holds: one task for each process.
