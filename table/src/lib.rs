//! Bytes of a case list to a [`Table`]: cells as text, with their positions in the file.
//!
//! This is the only place that names the crates that read CSV, workbooks and encodings. What is
//! wrong with a file is told as data ([`Problem`], with sheet, row and column as a spreadsheet
//! counts them) or, if nothing can be read, as one plain sentence ([`Refusal`]).

mod archive;
mod arriving;
mod builder;
pub mod column;
mod container;
pub mod csv;
mod damage;
pub mod date;
mod dictionary;
pub mod encoding;
mod header;
mod layout;
mod made;
mod merges;
mod number_format;
mod opendocument;
pub mod order;
mod shown;
mod slices;
mod workbook;
mod xml;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::arriving::Arriving;
use self::dictionary::Column;
pub use self::encoding::Encoding;
pub use self::slices::{File, Text};

/// Where in a file something stands, as a spreadsheet counts: row 1 is the first, column A too.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The sheet's name, if the file has sheets.
    pub sheet: Option<String>,
    /// The row's number.
    pub row: Option<u64>,
    /// The column's letters.
    pub column: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(sheet) = &self.sheet {
            parts.push(format!("sheet “{sheet}”"));
        }
        if let Some(row) = self.row {
            parts.push(format!("row {row}"));
        }
        if let Some(column) = &self.column {
            parts.push(format!("column {column}"));
        }
        f.write_str(&parts.join(", "))
    }
}

/// A fault in the user's data: where it is, what it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// A sentence for a person.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        if place.is_empty() {
            return f.write_str(&self.message);
        }
        let mut letters = place.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase()).into_iter();
        write!(
            f,
            "{}: {}",
            first.chain(letters).collect::<String>(),
            self.message
        )
    }
}

/// A file that cannot be read at all, as a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

/// Cells as text with their positions, held by column, so that a million rows stay small.
#[derive(Debug, Default, Clone)]
pub struct Table {
    sheet: Option<String>,
    // Shared, so that a table with a column more costs that column alone.
    columns: Vec<Arc<Column>>,
    rows: usize,
    // Row numbers as runs: from this row on, numbers go up by one from this number.
    runs: Vec<(usize, u64)>,
}

impl Table {
    /// A table from a header and rows, as if they stood in a sheet from row 1 on.
    #[must_use]
    pub fn from_rows<S: AsRef<str>>(header: &[S], rows: &[Vec<S>]) -> Self {
        let mut columns: Vec<Column> = header
            .iter()
            .enumerate()
            .map(|(at, name)| Column::new(name.as_ref().to_owned(), at, 0))
            .collect();
        for (row, cells) in rows.iter().enumerate() {
            for (at, column) in columns.iter_mut().enumerate() {
                column.put(row, cells.get(at).map_or("", AsRef::as_ref));
            }
        }
        Self {
            sheet: None,
            columns: columns.into_iter().map(Arc::new).collect(),
            rows: rows.len(),
            runs: vec![(0, 2)],
        }
    }

    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The column's name, as in the header; empty if there is no such column.
    #[must_use]
    pub fn name(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |column| &column.name)
    }

    /// The names of all columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// How many rows there are below the header; blank rows are not among them.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The cell's text; empty if there is no such cell.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.columns
            .get(column)
            .map_or("", |column| column.cell(row))
    }

    /// The row's number in the sheet, as a spreadsheet shows it.
    #[must_use]
    pub fn row_number(&self, row: usize) -> u64 {
        row_number(&self.runs, row)
    }

    /// The column's letters in the sheet, as a spreadsheet shows them.
    #[must_use]
    pub fn column_letters(&self, column: usize) -> String {
        letters(
            self.columns
                .get(column)
                .map_or(column, |column| column.position),
        )
    }

    /// The first column of that name.
    #[must_use]
    pub fn column_named(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Where a row, or one of its cells, stands in the file.
    #[must_use]
    pub fn place(&self, row: usize, column: Option<usize>) -> Place {
        Place {
            sheet: self.sheet.clone(),
            row: Some(self.row_number(row)),
            column: column.map(|column| self.column_letters(column)),
        }
    }
}

/// What the person who loads a file may settle beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// The sheet to read; otherwise the first visible one that holds data.
    pub sheet: Option<String>,
    /// The encoding of a text file; otherwise it is found out.
    pub encoding: Option<Encoding>,
}

/// What was read from a file.
#[derive(Debug)]
pub struct Reading {
    /// The cells.
    pub table: Table,
    /// Which file, sheet and encoding they came from.
    pub source: Source,
    /// All sheets of the file, in its order; none for a text file.
    pub sheets: Vec<Sheet>,
    /// What was decided on the way, as sentences for people.
    pub notices: Vec<String>,
    /// What is wrong in the file, in the order of its rows.
    pub problems: Vec<Problem>,
}

/// Where a table came from; it goes into the certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file's name.
    pub name: String,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// The file's size.
    pub bytes: u64,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// How many rows the file holds for it, header and titles among them.
    pub rows: u64,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// The names in its header row, by which a known list is recognised.
    pub header: Vec<String>,
}

/// Reads a case list. What it is shows in its content; the name is only told back.
/// `progress` is called with the share that has been read, from 0 to 1.
///
/// # Errors
/// A [`Refusal`] says in one sentence why nothing could be read, and what to do.
pub fn read(
    name: &str,
    file: &(impl File + ?Sized),
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    let mut reading = read_unhashed(name, file, options, progress)?;
    reading.source.sha256 = sha256(file)?;
    Ok(reading)
}

/// Reads a case list as [`read`] does, but leaves the source's SHA-256 empty: in a browser that takes
/// about as long again, and can wait until the list has been seen.
///
/// # Errors
/// As for [`read`].
pub fn read_unhashed(
    name: &str,
    file: &(impl File + ?Sized),
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    progress(0.0);
    let head = slices::head(file, container::HEAD)?;
    let mut reading = if container::is_packed(&head) {
        // Its parts lie anywhere, and are small beside what they unpack to.
        let bytes = slices::head(file, file.size())?;
        workbook::read(file, &bytes, options, progress)?
    } else {
        container::expect_text(&head)?;
        csv::read(file, &head, options, progress)?
    };
    name.clone_into(&mut reading.source.name);
    reading.source.bytes = u64::try_from(file.size()).unwrap_or(u64::MAX);
    progress(1.0);
    Ok(reading)
}

/// Writes down the cells of a workbook in a format that few lists come in (XLSB, XLS, ODS), for
/// [`File::transcript`].
///
/// # Errors
/// It is no such workbook, or a damaged one.
pub fn transcribe(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    workbook::transcribe(bytes)
}

/// Whether a file can be read only with its transcript.
///
/// # Errors
/// The file cannot be read any more.
pub fn needs_transcript(file: &(impl File + ?Sized)) -> Result<bool, Refusal> {
    if !container::is_packed(&slices::head(file, container::HEAD)?) {
        return Ok(false);
    }
    Ok(workbook::needs_transcript(&slices::head(
        file,
        file.size(),
    )?))
}

/// SHA-256 of a file's bytes, in hex.
///
/// # Errors
/// The file cannot be read any more.
pub fn sha256(file: &(impl File + ?Sized)) -> Result<String, Refusal> {
    let mut hash = Sha256::new();
    slices::each_slice(file, |_, bytes| {
        hash.update(bytes);
        Ok(())
    })?;
    Ok(hex(&hash.finalize()))
}

/// Bytes as hexadecimal text in lower case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// A column's letters: 0 is A, 25 is Z, 26 is AA.
#[must_use]
pub fn letters(column: usize) -> String {
    let mut text = Vec::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        let digit = (rest - 1) % 26;
        text.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    text.iter().rev().collect()
}

/// Text without white space at its ends: no-break spaces and invisible marks count as such.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    let graphic = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    // Most texts have nothing to take off: that costs a look at either end.
    if graphic(bytes.first()) && graphic(bytes.last()) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// The number in the sheet of a row, from runs of rows without a gap.
fn row_number(runs: &[(usize, u64)], row: usize) -> u64 {
    let run = runs
        .partition_point(|&(from, _)| from <= row)
        .checked_sub(1);
    let (from, number) = run.and_then(|run| runs.get(run)).copied().unwrap_or((0, 1));
    number.saturating_add(u64::try_from(row.saturating_sub(from)).unwrap_or(u64::MAX))
}

fn share(done: usize, total: usize) -> f32 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        reason = "a progress bar needs no more than a few digits"
    )]
    let share = done as f32 / total.max(1) as f32;
    share.clamp(0.0, 1.0)
}

/// How many there are of something: `1 row is`, `2,000 rows are`.
fn counted(number: usize, one: &str, many: &str) -> String {
    let what = if number == 1 { one } else { many };
    format!(
        "{} {what}",
        count(u64::try_from(number).unwrap_or(u64::MAX))
    )
}

/// A number with commas between its thousands, as people read it.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
