//! The draw: a random sample that anyone can check with the list, the seed and public tools.
//!
//! Reading order: [`seed`] and [`ticket`] give each case its place in the queue, [`draw`] takes
//! from the queue as a [`method`] says (a [`preview`] tells what it would be like, before there is a
//! seed), [`further`] rounds take the next tickets, [`certificate`] writes down all that a checker
//! needs, with a [`recipe`] to redo it by hand, and [`verify`] redoes it and names what does not fit.
//! `docs/sampling.md` spells the method out.

pub mod allocation;
pub mod balance;
pub mod bands;
pub mod cap;
pub mod certificate;
pub mod columns;
pub mod draw;
pub mod further;
pub mod method;
pub mod preview;
pub mod recipe;
pub mod refusal;
pub mod seed;
pub mod size;
pub mod stratified;
pub mod systematic;
pub mod ticket;
pub mod two_stage;
pub mod verify;
pub mod weighted;

use crate::frame::Frame;
use crate::frame::account::Account;
use crate::frame::plan::Framing;
use crate::table::{Source, Table};

/// A case list that is ready to be drawn from or checked against.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// The file it came from.
    pub source: &'a Source,
    /// Its cells, for the columns that a method asks for.
    pub table: &'a Table,
    /// The cases that may be drawn.
    pub frame: &'a Frame,
    /// How the frame was made, where it is not one list as it is.
    pub account: Option<&'a Account>,
}

impl<'a> List<'a> {
    /// The list that a plan made.
    #[must_use]
    pub fn of(framing: &'a Framing) -> Self {
        let account = &framing.account;
        Self {
            source: &framing.source,
            table: &framing.table,
            frame: &framing.frame,
            account: (!account.plan.is_plain()).then_some(account),
        }
    }
}
