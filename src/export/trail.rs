//! The audit trail as a file: CSV, or JSON of the format `sightline-trail/1` (docs/formats.md).

use serde::Serialize;

use super::csv;
use crate::journal::trail::{Filter, Step};
use crate::table::date::Date;

/// The format of the JSON file.
pub const FORMAT: &str = "sightline-trail/1";

/// A kind of file that a trail is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The headings of the CSV file.
const HEADINGS: [&str; 8] = [
    "Entry",
    "When (UTC)",
    "Who",
    "Case",
    "Kind",
    "What was done",
    "Author",
    "Author's entry",
];

/// The steps as CSV, a row each, with the guard that all our CSV files have.
#[must_use]
pub fn csv(steps: &[Step]) -> Vec<u8> {
    let rows = steps.iter().map(|step| {
        [
            step.line.to_string(),
            moment(step.at),
            step.name.clone(),
            step.case.map_or_else(String::new, |case| case.to_string()),
            format!("{:?}", step.kind),
            step.what.clone(),
            step.author.clone(),
            step.number.to_string(),
        ]
    });
    csv::texts(HEADINGS, rows)
}

/// The steps as JSON, with what was left out of them.
#[must_use]
pub fn json(steps: &[Step], filter: &Filter) -> Vec<u8> {
    #[derive(Serialize)]
    struct File<'a> {
        format: &'static str,
        filter: &'a Filter,
        trail: &'a [Step],
    }
    let file = File {
        format: FORMAT,
        filter,
        trail: steps,
    };
    // Texts and whole numbers alone always serialise.
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// `2026-11-27T21:59:47Z`.
fn moment(at: i64) -> String {
    let seconds = at.div_euclid(1000).rem_euclid(86_400);
    let [hours, minutes, seconds] = [seconds / 3600, seconds / 60 % 60, seconds % 60];
    format!(
        "{}T{hours:02}:{minutes:02}:{seconds:02}Z",
        Date::of_millis(at)
    )
}
