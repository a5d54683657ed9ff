//! On the desk, the findings of a round: written as a file that a person saves.

use serde::{Deserialize, Serialize};

use crate::export::{self, Options, Report};
use crate::journal::Journal;
use crate::round::Round;
use crate::table::Refusal;

/// What the page asks about the findings: to write them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// As what.
    pub kind: ExportKind,
    /// What goes in.
    pub options: Options,
    /// The round's journal, line by line.
    pub journal: Vec<String>,
}

/// A kind of file that findings are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportKind {
    /// An Excel workbook.
    Workbook,
    /// The answers as CSV.
    Csv,
    /// Everything as JSON.
    Json,
}

impl ExportKind {
    /// The ending of a file of this kind.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The media type of a file of this kind.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}

/// The findings of the round that a journal tells of, as a file.
pub(super) fn write(request: &Request) -> Result<Vec<u8>, Refusal> {
    let journal = journal(&request.journal)?;
    let (round, _) = Round::fold(&journal)
        .ok_or_else(|| Refusal("There is no round to write findings of.".to_owned()))?;
    let report = Report::of(&round, &request.options);
    match request.kind {
        ExportKind::Workbook => export::workbook::write(&report)
            .map_err(|error| Refusal(format!("The workbook could not be written: {error}"))),
        ExportKind::Csv => Ok(export::csv::write(&report)),
        ExportKind::Json => Ok(export::json::write(&report)),
    }
}

/// The journal of these lines.
pub(super) fn journal(lines: &[String]) -> Result<Journal, Refusal> {
    let mut journal = Journal::default();
    for line in lines {
        journal
            .take(line)
            .map_err(|fault| Refusal(fault.to_string()))?;
    }
    Ok(journal)
}
