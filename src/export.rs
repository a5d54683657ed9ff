//! Exports: what leaves the page, and in which files.
//!
//! A [`Report`] is the one description of it: sheets with columns and cells. The page's preview
//! shows exactly these, and the writers ([`workbook`], [`csv`], [`json`]) write exactly these.
//! Unless asked for, no case id is among them, nor any ticket: whoever has the seed could find the
//! id behind a ticket by trying.

pub mod csv;
pub mod guard;
pub mod json;
pub mod trail;
pub mod workbook;

mod mention;
mod sheets;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::{Counted, Findings};
use crate::round::Round;
use crate::sample::certificate::Certificate;
use crate::table::date::Date;

/// What is to leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Whether case ids, tickets and the certificate go with it; otherwise a case is known by its
    /// number in the draw.
    pub with_ids: bool,
    /// Whether reviews that nobody has signed are counted and shown.
    pub drafts: bool,
    /// When it is made, in milliseconds since 1970 (UTC).
    pub made_at: i64,
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

/// All that leaves, ready for every writer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What was asked for.
    pub options: Options,
    /// The day on which it is made.
    pub made_on: Date,
    /// The sheets, in order.
    pub sheets: Vec<Sheet>,
    /// The certificate of the sample; only with ids, and only in the JSON file, so that it does not travel
    /// to a clerk.
    #[serde(skip)]
    pub certificate: Option<Certificate>,
    /// What the person should know before the files are saved, as sentences; in no file.
    pub warnings: Vec<String>,
}

/// One sheet of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Which it is.
    pub name: SheetName,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// The sheets of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetName {
    /// What was audited, how it was chosen, and what the counts bear.
    Summary,
    /// The cases at each grade, a row for each graded question; the workbook has a chart of it.
    Grades,
    /// Every answer, a row for each case and question.
    Answers,
    /// Every action.
    Actions,
    /// Every immediate safeguarding concern that was raised.
    Concerns,
    /// The cases of the sample.
    Sample,
}

impl fmt::Display for SheetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Names it for programs, in JSON.
    pub key: String,
    /// Its heading.
    pub heading: String,
    /// What its cells hold, where they are not empty.
    pub kind: Kind,
}

/// What a column's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text, or several kinds.
    Text,
    /// A case id: text even where it is all digits.
    Id,
    /// A count.
    Number,
    /// A date; text where somebody wrote one that is none.
    Date,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text as it is.
    Text(String),
    /// A count.
    Number(u64),
    /// A date.
    Date(Date),
}

impl Cell {
    /// A text; no cell is an empty text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// A count.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Number(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// The day of a moment, given in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn day(millis: i64) -> Self {
        Self::Date(Date::of_millis(millis))
    }
}

/// A cell as people read it: dates as `2026-11-23`.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}

impl Report {
    /// The report of a round as it stands.
    #[must_use]
    pub fn of(round: &Round, options: &Options) -> Self {
        let counted = if options.drafts {
            Counted::Begun
        } else {
            Counted::Signed
        };
        let findings = Findings::of(
            &round.form,
            round.cases().len(),
            round.counted_reviews(),
            counted,
        );
        let sheets = sheets::all(round, &findings, options);
        let certificate = round.sample.as_ref().map(|sample| &sample.certificate);
        Self {
            options: *options,
            made_on: Date::of_millis(options.made_at),
            warnings: if options.with_ids {
                Vec::new()
            } else {
                mention::all(round, &sheets)
            },
            sheets,
            certificate: certificate.filter(|_| options.with_ids).cloned(),
        }
    }

    /// The sheet of that name, if the report has it.
    #[must_use]
    pub fn sheet(&self, name: SheetName) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// What a file of the report is called; it names nobody. The extension comes without its dot.
    #[must_use]
    pub fn file_name(&self, extension: &str) -> String {
        format!("sightline-findings-{}.{extension}", self.made_on)
    }
}
