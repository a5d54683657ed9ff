//! Draws, their certificates and their checking, on whole lists.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "sample/balance.rs"]
mod balance;
#[path = "sample/bands.rs"]
mod bands;
#[path = "sample/certificate.rs"]
mod certificate;
#[path = "sample/command.rs"]
mod command;
#[path = "sample/framed.rs"]
mod framed;
#[path = "sample/further.rs"]
mod further;
#[path = "sample/lists.rs"]
mod lists;
#[path = "sample/methods.rs"]
mod methods;
#[path = "sample/recipe.rs"]
mod recipe;
#[path = "sample/round.rs"]
mod round;
#[path = "sample/simulation.rs"]
mod simulation;
#[path = "sample/tampering.rs"]
mod tampering;
