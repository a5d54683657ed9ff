//! Findings: what the reviews of a round say when they are taken together.
//!
//! [`coverage`] tells how much of the sample has been looked at, [`counts`] how many cases stand at
//! each grade. Both are plain counts of cases read: neither says anything of cases that were not.
//! [`estimate`] does, for a random sample and with its uncertainty; [`agreement`] compares two
//! auditors' grades of the same cases.

pub mod agreement;
pub mod counts;
pub mod coverage;
pub mod estimate;

pub use counts::{Counted, Findings, Share};
