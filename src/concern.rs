//! Immediate safeguarding concerns: that a child in the sample may not be safe now, what was done
//! about it and by whom, until somebody closes it with the outcome.
//!
//! A concern stands beside the review and apart from it: it is open from its first word, and stays
//! open when the case is signed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::review::{CaseNumber, Signature};

/// Names a concern of a round: the first raised is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConcernNumber(pub u32);

impl fmt::Display for ConcernNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What is written of a concern.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What was seen that worries.
    pub seen: String,
    /// What was done about it, and when.
    pub done: String,
    /// By whom.
    pub by: String,
}

/// One of the texts of a concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was seen that worries.
    Seen,
    /// What was done about it, and when.
    Done,
    /// By whom.
    By,
}

/// Every part of a concern, in the order in which it is asked for.
pub const PARTS: [Part; 3] = [Part::Seen, Part::Done, Part::By];

impl Words {
    /// The text of a part.
    #[must_use]
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Seen => &self.seen,
            Part::Done => &self.done,
            Part::By => &self.by,
        }
    }

    /// Writes a part anew.
    pub fn write(&mut self, part: Part, text: String) {
        match part {
            Part::Seen => self.seen = text,
            Part::Done => self.done = text,
            Part::By => self.by = text,
        }
    }

    /// The parts that nobody has written yet.
    #[must_use]
    pub fn missing(&self) -> Vec<Part> {
        let blank = |part: &Part| self.part(*part).trim().is_empty();
        PARTS.into_iter().filter(blank).collect()
    }
}

/// A concern about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Its number.
    pub number: ConcernNumber,
    /// The case.
    pub case: CaseNumber,
    /// When its first word was kept, in milliseconds since 1970 (UTC).
    pub raised_at: i64,
    /// What is written of it.
    pub words: Words,
    /// How it ended, once it has.
    pub closed: Option<Closing>,
}

/// How a concern ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// What came of it.
    pub outcome: String,
    /// Who closed it, and when.
    pub signed: Signature,
}

impl Concern {
    /// Whether somebody must still see to it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}
