//! Findings: what the reviews of a round say when they are taken together.
//!
//! [`coverage`] tells how much of the sample has been looked at, [`counts`] how many cases stand at
//! each grade. Both are plain counts of cases read: neither says anything of cases that were not.

pub mod counts;
pub mod coverage;

pub use counts::{Counted, Findings, Share};
