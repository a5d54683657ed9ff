//! On the desk, the audit trail of a round: written as a file that a person saves.

use serde::{Deserialize, Serialize};

use super::findings::journal;
use crate::export;
use crate::journal::trail::{self, Filter};
use crate::table::Refusal;

/// What the page asks about the trail: to write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// As what.
    pub kind: FileKind,
    /// Which entries.
    pub filter: Filter,
    /// The round's journal, line by line.
    pub journal: Vec<String>,
}

/// A kind of file that a trail is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A row for each entry.
    Csv,
    /// An object for each entry.
    Json,
}

impl FileKind {
    /// The ending of a file of this kind.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The media type of a file of this kind.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}

/// The trail that a journal tells, as a file.
pub(super) fn write(request: &Request) -> Result<Vec<u8>, Refusal> {
    let journal = journal(&request.journal)?;
    let mut steps = trail::of(journal.entries());
    steps.retain(|step| request.filter.takes(step));
    Ok(match request.kind {
        FileKind::Csv => export::trail::csv(&steps),
        FileKind::Json => export::trail::json(&steps, &request.filter),
    })
}
