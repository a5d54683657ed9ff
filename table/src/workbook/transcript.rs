//! The cells of a workbook in a format that calamine reads (XLSB, XLS, ODS), written down: such a workbook
//! is transcribed first, and its transcript is read as any workbook is. So calamine can stand in another
//! program than the one that reads lists, and few lists need it.
//!
//! A transcript is never kept. It is a sequence of [`Written`] sheets in postcard's format, the cells of
//! each a sequence of [`Cell`]s.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{self, AssertUnwindSafe};

use calamine::{Ods, Reader, Xls, Xlsb};
use serde::{Deserialize, Serialize};

use super::damaged;
use super::formats::{Book, Found, SheetName};
use crate::archive;
use crate::container::Format;
use crate::layout::Layout;
use crate::{Refusal, opendocument};

/// A sheet, written down.
#[derive(Serialize, Deserialize)]
struct Written<'t> {
    name: Cow<'t, str>,
    hidden: bool,
    /// How many rows it says it has; 0 if it does not say.
    declared: u32,
    /// Its filled cells, in order.
    cells: &'t [u8],
    /// Why its cells end where they do, if there may be more.
    fault: Option<String>,
}

/// A filled cell, written down: row and column from 0.
#[derive(Serialize, Deserialize)]
struct Cell<'t> {
    row: u32,
    column: u32,
    text: &'t str,
    too_long_a_number: bool,
}

/// Writes down the cells of all sheets of a workbook.
pub(super) fn write(format: Format, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let data = Cursor::new(bytes);
    match format {
        Format::Xlsx => Err(damaged("an XLSX workbook is read as it is")),
        Format::Xlsb => contained(|| {
            archive::check_contents(bytes)?;
            write_book(&mut Xlsb::new(data).map_err(damaged)?)
        }),
        Format::Xls => contained(|| write_book(&mut Xls::new(data).map_err(damaged)?)),
        Format::Ods => contained(|| {
            archive::check_contents(bytes)?;
            opendocument::check(bytes)?;
            write_book(&mut Ods::new(data).map_err(damaged)?)
        }),
    }
}

/// Refuses what makes calamine panic. Where a panic ends the program, as in a browser, the clerk ends,
/// and the page says so.
fn contained(write: impl FnOnce() -> Result<Vec<u8>, Refusal>) -> Result<Vec<u8>, Refusal> {
    panic::catch_unwind(AssertUnwindSafe(write))
        .unwrap_or_else(|_| Err(damaged("its parts contradict one another")))
}

fn write_book(book: &mut impl Book) -> Result<Vec<u8>, Refusal> {
    let mut transcript = Vec::new();
    for SheetName { name, hidden } in book.sheets() {
        let declared = book.declared_rows(&name)?;
        let mut cells = Vec::new();
        let mut unwritten = None;
        let read = book.cells(&name, &mut |found| {
            let cell = Cell {
                row: found.row,
                column: found.column,
                text: found.text,
                too_long_a_number: found.too_long_a_number,
            };
            put(&cell, &mut cells)
                .map_err(|why| unwritten = Some(why))
                .is_ok()
        });
        let sheet = Written {
            name: name.into(),
            hidden,
            declared,
            cells: &cells,
            fault: unwritten.or(read.err()).map(|refusal| refusal.0),
        };
        put(&sheet, &mut transcript)?;
    }
    Ok(transcript)
}

/// Writes behind what is written already.
fn put(value: &impl Serialize, to: &mut Vec<u8>) -> Result<(), Refusal> {
    *to = postcard::to_extend(value, std::mem::take(to)).map_err(damaged)?;
    Ok(())
}

/// A workbook by its transcript.
pub(super) struct Transcript<'t> {
    sheets: Vec<Written<'t>>,
}

impl<'t> Transcript<'t> {
    /// The sheets of a transcript that [`write()`] gave.
    pub(super) fn open(mut bytes: &'t [u8]) -> Result<Self, Refusal> {
        let mut sheets = Vec::new();
        while !bytes.is_empty() {
            let (sheet, rest) = postcard::take_from_bytes(bytes).map_err(damaged)?;
            sheets.push(sheet);
            bytes = rest;
        }
        Ok(Self { sheets })
    }

    fn sheet(&self, name: &str) -> Result<&Written<'t>, Refusal> {
        let mut sheets = self.sheets.iter();
        let found = sheets.find(|sheet| sheet.name == name);
        found.ok_or_else(|| damaged(format!("sheet “{name}” is missing")))
    }
}

impl Book for Transcript<'_> {
    fn sheets(&self) -> Vec<SheetName> {
        let sheets = self.sheets.iter();
        sheets
            .map(|sheet| SheetName {
                name: sheet.name.to_string(),
                hidden: sheet.hidden,
            })
            .collect()
    }

    fn declared_rows(&mut self, sheet: &str) -> Result<u32, Refusal> {
        Ok(self.sheet(sheet)?.declared)
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal> {
        let sheet = self.sheet(sheet)?;
        let mut bytes = sheet.cells;
        while !bytes.is_empty() {
            let (cell, rest) = postcard::take_from_bytes::<Cell>(bytes).map_err(damaged)?;
            bytes = rest;
            let found = Found {
                row: cell.row,
                column: cell.column,
                text: cell.text,
                too_long_a_number: cell.too_long_a_number,
                ..Found::default()
            };
            if !take(&found) {
                return Ok(Layout::default());
            }
        }
        let fault = sheet.fault.as_ref();
        fault.map_or_else(|| Ok(Layout::default()), |why| Err(Refusal(why.clone())))
    }
}
