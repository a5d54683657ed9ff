//! What is kept, and how: what the store worker does, without a browser.
//!
//! The store worker alone touches what is durable, but for a few marks that only a page can make
//! ([`mark`], and [`mirror`] where there is no `https`). A round lies in [`segment`]s, each with one
//! writer for all time, in two [`place`]s; [`keeper`] writes and heals them, [`assemble`] puts a round
//! together. [`message`] is what the page and the worker say to each other.

pub mod assemble;
pub mod keeper;
pub mod mark;
pub mod message;
pub mod mirror;
pub mod place;
pub mod plain;
pub mod remembered;
pub mod segment;

pub use message::{Reply, Request};
