//! What each workbook format does in its own way: its sheets, and its cells one after another.
//! XLSB is streamed; the readers of XLS and ODS know only whole sheets.

use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsb};

use super::damaged;
use crate::layout::Layout;
use crate::{Refusal, shown};

pub(super) type Bytes<'a> = Cursor<&'a [u8]>;

const MAX_ROWS: u32 = 1_048_576;

/// A sheet's name and whether the workbook hides it.
#[derive(Debug, Clone)]
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// A cell on its way to the builder: row and column from 0.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: &'a str,
    /// The number of the text among those that the workbook's cells share.
    pub(super) shared: Option<usize>,
    pub(super) too_long_a_number: bool,
    /// Whether it holds a formula whose result was not saved.
    pub(super) unsaved: bool,
}

/// What each workbook format can do.
pub(super) trait Book {
    /// All sheets that can hold cells.
    fn sheets(&self) -> Vec<SheetName>;
    /// How many rows the sheet says it has; 0 if it does not say.
    fn declared_rows(&mut self, _sheet: &str) -> Result<u32, Refusal> {
        Ok(0)
    }
    /// Calls `take` for each filled cell until it says stop; gives the looks of a sheet that was
    /// read to its end.
    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal>;
}

impl Book for Xlsb<Bytes<'_>> {
    fn sheets(&self) -> Vec<SheetName> {
        worksheets(self.sheets_metadata())
    }

    fn declared_rows(&mut self, sheet: &str) -> Result<u32, Refusal> {
        let reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        Ok(declared(reader.dimensions()))
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal> {
        let mut reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            if !offer(cell.get_position(), cell.get_value(), take) {
                break;
            }
        }
        Ok(Layout::default())
    }
}

impl Book for Xls<Bytes<'_>> {
    fn sheets(&self) -> Vec<SheetName> {
        worksheets(self.sheets_metadata())
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal> {
        offer_range(&self.worksheet_range(sheet).map_err(damaged)?, take);
        Ok(Layout::default())
    }
}

impl Book for Ods<Bytes<'_>> {
    fn sheets(&self) -> Vec<SheetName> {
        worksheets(self.sheets_metadata())
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal> {
        offer_range(&self.worksheet_range(sheet).map_err(damaged)?, take);
        Ok(Layout::default())
    }
}

pub(super) fn worksheets(sheets: &[calamine::Sheet]) -> Vec<SheetName> {
    let sheets = sheets.iter();
    sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| SheetName {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

/// The last row of a declared area; many writers declare only A1, which says nothing.
fn declared(area: calamine::Dimensions) -> u32 {
    if area.end == (0, 0) || area.end.0 >= MAX_ROWS {
        0
    } else {
        area.end.0 + 1
    }
}

fn offer(
    (row, column): (u32, u32),
    value: &DataRef<'_>,
    take: &mut dyn FnMut(&Found<'_>) -> bool,
) -> bool {
    let text = shown::text(value);
    if text.is_empty() {
        return true;
    }
    let too_long_a_number = matches!(value, DataRef::Float(n) if shown::is_too_long(*n));
    take(&Found {
        row,
        column,
        text: &text,
        too_long_a_number,
        ..Found::default()
    })
}

fn offer_range(range: &Range<Data>, take: &mut dyn FnMut(&Found<'_>) -> bool) {
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, value) in range.used_cells() {
        let text = shown::owned(value);
        let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else {
            return;
        };
        let too_long_a_number = matches!(value, Data::Float(n) if shown::is_too_long(*n));
        let found = Found {
            row: top + row,
            column: left + column,
            text: &text,
            too_long_a_number,
            ..Found::default()
        };
        if !text.is_empty() && !take(&found) {
            return;
        }
    }
}
