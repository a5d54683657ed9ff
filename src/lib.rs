//! Sightline: audits of children's social care casework.
//!
//! This library is pure: it knows no browser, no clock and no entropy of its own. Four programs
//! stand on it: the page (`src/bin/app`), the list worker (`src/bin/worker`), the store worker
//! (`src/bin/store`) and the command line (`src/bin/sightline`).

pub mod export;
pub mod finding;
pub mod form;
pub mod frame;
pub mod journal;
pub mod review;
pub mod round;
pub mod sample;
pub mod table;
