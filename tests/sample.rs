//! Draws, their certificates and their checking, on whole lists.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "sample/certificate.rs"]
mod certificate;
#[path = "sample/lists.rs"]
mod lists;
#[path = "sample/recipe.rs"]
mod recipe;
#[path = "sample/tampering.rs"]
mod tampering;
