//! What each workbook format does in its own way: its sheets, and its cells one after another.
//! XLSX and XLSB are streamed; the readers of XLS and ODS know only whole sheets.

use std::io::Cursor;

use calamine::{Data, DataRef, Ods, Range, Reader, SheetType, Xls, Xlsb, Xlsx};

use super::damaged;
use crate::table::number_format::NumberFormat;
use crate::table::{Refusal, shown};

pub(super) type Bytes<'a> = Cursor<&'a [u8]>;

const MAX_ROWS: u32 = 1_048_576;

/// A cell on its way to the builder: row and column from 0.
pub(super) struct Found<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: &'a str,
    pub(super) too_long_a_number: bool,
}

/// What each workbook format can do.
pub(super) trait Book {
    /// All sheets that can hold cells.
    fn sheets(&self) -> Vec<calamine::Sheet>;
    /// How many rows the sheet says it has; 0 if it does not say.
    fn declared_rows(&mut self, _sheet: &str) -> Result<u32, Refusal> {
        Ok(0)
    }
    /// Calls `take` for each filled cell until it says stop.
    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<(), Refusal>;
}

impl Book for Xlsx<Bytes<'_>> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        worksheets(self.sheets_metadata().to_vec())
    }

    fn declared_rows(&mut self, sheet: &str) -> Result<u32, Refusal> {
        let reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        Ok(declared(reader.dimensions()))
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<(), Refusal> {
        let mut reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        let formats: Vec<Option<NumberFormat>> = reader
            .styles()
            .iter()
            .map(|style| NumberFormat::parse(&style.number_format.as_ref()?.format_code))
            .collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
            let format = formats.get(style).and_then(Option::as_ref);
            if !offer(cell.get_position(), cell.get_value(), format, take) {
                break;
            }
        }
        Ok(())
    }
}

impl Book for Xlsb<Bytes<'_>> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        worksheets(self.sheets_metadata().to_vec())
    }

    fn declared_rows(&mut self, sheet: &str) -> Result<u32, Refusal> {
        let reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        Ok(declared(reader.dimensions()))
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<(), Refusal> {
        let mut reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            if !offer(cell.get_position(), cell.get_value(), None, take) {
                break;
            }
        }
        Ok(())
    }
}

impl Book for Xls<Bytes<'_>> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        worksheets(self.sheets_metadata().to_vec())
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<(), Refusal> {
        offer_range(&self.worksheet_range(sheet).map_err(damaged)?, take);
        Ok(())
    }
}

impl Book for Ods<Bytes<'_>> {
    fn sheets(&self) -> Vec<calamine::Sheet> {
        worksheets(self.sheets_metadata().to_vec())
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<(), Refusal> {
        offer_range(&self.worksheet_range(sheet).map_err(damaged)?, take);
        Ok(())
    }
}

fn worksheets(sheets: Vec<calamine::Sheet>) -> Vec<calamine::Sheet> {
    sheets
        .into_iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
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
    format: Option<&NumberFormat>,
    take: &mut dyn FnMut(&Found<'_>) -> bool,
) -> bool {
    let text = shown::text(value, format);
    if text.is_empty() {
        return true;
    }
    let too_long_a_number = matches!(value, DataRef::Float(n) if shown::is_too_long(*n));
    take(&Found {
        row,
        column,
        text: &text,
        too_long_a_number,
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
        };
        if !text.is_empty() && !take(&found) {
            return;
        }
    }
}
