//! Frames of several lists and with filters: who is in, who is not and why, and how lists overlap.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "frame/filters.rs"]
mod filters;
#[path = "frame/linking.rs"]
mod linking;
#[path = "frame/worlds.rs"]
mod worlds;
