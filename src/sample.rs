//! The draw: a random sample that anyone can check with the list, the seed and public tools.
//!
//! Reading order: [`seed`] and [`ticket`] give each case its place in the queue, [`draw`] takes
//! from the queue. `docs/sampling.md` spells the method out.

pub mod draw;
pub mod refusal;
pub mod seed;
pub mod ticket;
