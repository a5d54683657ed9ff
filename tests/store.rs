//! What is kept: over two places in memory that fail as a browser's do, cut, damaged and lost, and
//! with several pages at once.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, what cannot be kept or read is a failure"
)]

#[path = "store/damage.rs"]
mod damage;
#[path = "store/faults.rs"]
mod faults;
#[path = "store/memory.rs"]
mod memory;
#[path = "store/schedules.rs"]
mod schedules;
#[path = "store/sealing.rs"]
mod sealing;
