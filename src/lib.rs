//! Sightline: audits of children's social care casework.
//!
//! This library is pure: it knows no browser, no clock and no entropy of its own. Six programs
//! stand on it: the page (`src/bin/app`), the list worker (`src/bin/list`), the clerk (`src/bin/clerk`),
//! the lock worker (`src/bin/lock`), the store worker (`src/bin/store`) and the command line (`src/bin/sightline`).
//!
//! # Reading order, and the words
//!
//! From a file to a sample:
//! - [`table`]: the bytes of a file become a **table**: cells as text, with positions.
//! - [`frame`]: the **cases** that a sample may be drawn from, no two with one id; every other row
//!   is excluded with a reason, or faulty with a place.
//! - [`sample`]: each case has a **ticket**, made from the **seed** and its id; the smallest are
//!   the sample, the next are the **reserve**; the **certificate** lets anyone check it.
//!
//! Under both: [`chance`], percentages and what a sample of a finite population can hold.
//!
//! From a case to findings:
//! - [`form`]: versioned data: sections, questions, grades with what good looks like at each.
//! - [`calendar`]: the time that passes by the clocks of London, and in working days.
//! - [`review`]: one auditor's answers on one case; only a complete one can be **signed**.
//! - [`concern`]: that a child may not be safe now, and what was done about it.
//! - [`finding`]: what the reviews say taken together, and how much they bear.
//!
//! What holds them together:
//! - [`journal`]: all that happened in a **round**, as **facts** in order.
//! - [`round`]: the state of a round: a fold over its journal.
//! - [`export`]: what leaves, as files for people.
//! - [`xlsform`]: audit forms as spreadsheets.
//! - [`seal`]: what can be read only with a passphrase; [`file`](mod@file): a round as a saved file.
//! - [`desk`]: slow work, off the page; [`clerk`]: files written, and rare ones read; [`locksmith`]: all that takes a passphrase; [`store`]: what
//!   is kept.
//! - [`app`]: the application as a value: model, messages, effects.

pub mod app;
pub mod calendar;
pub mod chance;
pub mod clerk;
pub mod concern;
pub mod desk;
pub mod export;
pub mod file;
pub mod finding;
pub mod form;
pub mod frame;
pub mod journal;
pub mod locksmith;
pub mod review;
pub mod round;
pub mod sample;
pub mod seal;
pub mod store;
pub mod xlsform;

pub use sightline_table as table;
