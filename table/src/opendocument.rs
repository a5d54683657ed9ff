//! What must hold of an ODS workbook before its reader may see it: one that stops early
//! would be read for ever, and repeated cells can ask for more memory than there is.
//!
//! Source: OASIS, "Open Document Format for Office Applications" 1.3, part 3, section 9.1 (tables).

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{Fault, Scanner, Tag, Token};
use super::{Refusal, archive};

/// Cells that a sheet may reach over, as many as a list of a million rows has: its reader holds
/// them all, blank ones too.
const MAX_CELLS: u64 = 1 << 24;
/// Bytes of text that repeats may ask for in all.
const MAX_TEXT: u64 = 1 << 28;

/// Checks that the content is whole and repeats within bounds.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let content = zip.by_name("content.xml").map_err(|_| damaged())?;
    let mut extent = Extent::default();
    match extent.measure(content) {
        Ok(()) => Ok(()),
        Err(Stop::Fault(Fault::DocumentType)) => Err(archive::holds_document_type()),
        Err(Stop::Fault(Fault::Source | Fault::NotXml(_))) => Err(damaged()),
        Err(Stop::TooLarge) => Err(Refusal::new(format!(
            "Sheet “{}” of this OpenDocument workbook repeats cells millions of times. Delete the \
             empty rows and columns around the list, or save it as CSV, and load that.",
            extent.sheet
        ))),
    }
}

enum Stop {
    Fault(Fault),
    TooLarge,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// How far a sheet reaches once its repeats are written out.
#[derive(Debug, Default)]
struct Extent {
    sheet: String,
    /// Rows and columns up to the last filled cell so far; rows in all.
    filled_rows: u64,
    filled_columns: u64,
    rows: u64,
    text: u64,
    row: Run,
    cell: Run,
    /// The depth of the cell that is open, or 0.
    open: usize,
}

/// A row or a cell that stands for several: how many, what it is filled up to, its text.
#[derive(Debug, Default, Clone, Copy)]
struct Run {
    repeats: u64,
    columns: u64,
    filled: u64,
    text: u64,
}

impl Extent {
    fn measure(&mut self, content: impl Read) -> Result<(), Stop> {
        let mut scanner = Scanner::new(content);
        // The depth of the row that is open, or 0.
        let mut row = 0;
        while let Some(token) = scanner.next()? {
            match token {
                Token::Open(tag) if self.open > 0 => {
                    self.cell.filled = 1;
                    self.cell.text += u64::from(tag.name == b"p");
                }
                Token::Open(tag) => match tag.name {
                    b"table" => {
                        let sheet = tag.get(b"name")?.unwrap_or_default();
                        *self = Self {
                            sheet,
                            text: self.text,
                            ..Self::default()
                        };
                    }
                    b"table-row" => {
                        row = tag.depth;
                        self.row = Run {
                            repeats: repeats(tag, b"number-rows-repeated")?,
                            ..Run::default()
                        };
                    }
                    b"table-cell" | b"covered-table-cell" if row > 0 => self.open_cell(tag)?,
                    _ => {}
                },
                Token::Close(depth) if self.open > 0 && depth == self.open => self.close_cell(),
                Token::Close(depth) if row > 0 && depth == row => {
                    row = 0;
                    self.close_row()?;
                }
                Token::Text(text) | Token::Plain(text) if self.open > 0 => {
                    self.cell.text += u64::try_from(text.len()).unwrap_or(u64::MAX);
                }
                Token::Close(_) | Token::Text(_) | Token::Plain(_) => {}
            }
        }
        Ok(())
    }

    fn open_cell(&mut self, tag: Tag<'_>) -> Result<(), Fault> {
        self.open = tag.depth;
        let (value, formula) = (tag.get(b"value-type")?, tag.get(b"formula")?);
        let text = formula.as_ref().map_or(0, String::len) + length_of(tag.get(b"string-value")?);
        self.cell = Run {
            repeats: repeats(tag, b"number-columns-repeated")?,
            filled: u64::from(value.is_some() || formula.is_some()),
            text: u64::try_from(text).unwrap_or(u64::MAX),
            columns: 0,
        };
        Ok(())
    }

    fn close_cell(&mut self) {
        self.open = 0;
        self.row.columns = self.row.columns.saturating_add(self.cell.repeats);
        if self.cell.filled > 0 {
            self.row.filled = self.row.columns;
            let text = self.cell.text.saturating_mul(self.cell.repeats);
            self.row.text = self.row.text.saturating_add(text);
        }
    }

    fn close_row(&mut self) -> Result<(), Stop> {
        self.rows = self.rows.saturating_add(self.row.repeats);
        if self.row.filled == 0 {
            return Ok(());
        }
        self.filled_rows = self.rows;
        self.filled_columns = self.filled_columns.max(self.row.filled);
        let text = self.row.text.saturating_mul(self.row.repeats);
        self.text = self.text.saturating_add(text);
        let cells = self.filled_rows.saturating_mul(self.filled_columns);
        if cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(Stop::TooLarge);
        }
        Ok(())
    }
}

fn length_of(text: Option<String>) -> usize {
    text.map_or(0, |text| text.len())
}

/// How often a row or a cell stands; what is no number is damage.
fn repeats(tag: Tag<'_>, name: &[u8]) -> Result<u64, Fault> {
    match tag.get(name)? {
        None => Ok(1),
        Some(digits) => digits
            .parse()
            .map_err(|_| Fault::NotXml("a repeat is no number")),
    }
}

fn damaged() -> Refusal {
    Refusal::new(
        "This OpenDocument workbook is damaged, perhaps because it was not copied in full. Copy \
         or export it again and load that.",
    )
}
