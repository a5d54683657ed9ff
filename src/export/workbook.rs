//! The report as an XLSX workbook: its sheets, nothing hidden, and a chart of the grades.
//!
//! The same report gives the same bytes: the time of creation is the report's, and the properties
//! name nobody.

mod chart;
mod layout;

use std::fmt;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Kind, Report, Sheet, SheetName};
use crate::table::date::Date;

/// The longest text that a cell holds, in UTF-16 units.
const LONGEST: usize = 32_767;

/// Why a workbook could not be written, as a sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// The report as the bytes of a workbook.
///
/// # Errors
/// If a workbook cannot hold the report: a text longer than 32,767 characters, or more rows than a
/// sheet has. The CSV and JSON files hold either.
pub fn write(report: &Report) -> Result<Vec<u8>, Refusal> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report));
    for sheet in &report.sheets {
        check_lengths(sheet)?;
        let worksheet = workbook.add_worksheet();
        fill(worksheet, sheet).map_err(|error| refuse(&error))?;
    }
    workbook.save_to_buffer().map_err(|error| refuse(&error))
}

/// A workbook of plain sheets: names and rows of texts, the first row a header. It names nobody, and
/// the same sheets give the same bytes.
///
/// # Errors
/// A text that is longer than a cell can be, or a name that no sheet can have.
pub fn plain(sheets: &[(&str, Vec<Vec<String>>)]) -> Result<Vec<u8>, Refusal> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&made_on(DocProperties::new(), None));
    let bold = Format::new().set_bold();
    let wrapped = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_num_format("@");
    let fill = |worksheet: &mut Worksheet, name: &str, rows: &[Vec<String>]| {
        worksheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (at, row) in (0..).zip(rows) {
            for (column, text) in (0..).zip(row).filter(|(_, text)| !text.is_empty()) {
                let format = if at == 0 { &bold } else { &wrapped };
                worksheet.write_string_with_format(at, column, text, format)?;
            }
        }
        Ok(())
    };
    for (name, rows) in sheets {
        fill(workbook.add_worksheet(), name, rows).map_err(|error: XlsxError| {
            Refusal(format!(
                "The sheet “{name}” could not be written ({error}). Shorten its longest text."
            ))
        })?;
    }
    workbook.save_to_buffer().map_err(|error| refuse(&error))
}

/// Only what the file is and when it was made.
fn properties(report: &Report) -> DocProperties {
    let properties = DocProperties::new().set_title("Sightline findings");
    made_on(properties, day(report.made_on))
}

/// Never the time of the machine: the day given, or else, where the clock is wrong by centuries or
/// the day does not matter, a fixed one.
fn made_on(properties: DocProperties, day: Option<ExcelDateTime>) -> DocProperties {
    match day.or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok()) {
        Some(day) => properties.set_creation_datetime(&day),
        None => properties,
    }
}

/// A date as a workbook holds it; `None` outside the years 1900 to 9999.
fn day(date: Date) -> Option<ExcelDateTime> {
    ExcelDateTime::from_ymd(date.year(), date.month(), date.day()).ok()
}

fn refuse(error: &XlsxError) -> Refusal {
    Refusal(format!(
        "The findings do not fit into a workbook ({error}). Save them as CSV or JSON instead."
    ))
}

/// Nothing is ever cut: a text that is too long for a cell is named.
fn check_lengths(sheet: &Sheet) -> Result<(), Refusal> {
    for (number, row) in (2..).zip(&sheet.rows) {
        for (cell, column) in row.iter().zip(&sheet.columns) {
            if matches!(cell, Cell::Text(text) if text.encode_utf16().count() > LONGEST) {
                return Err(Refusal(format!(
                    "Row {number} of the sheet “{}” has a text in the column “{}” that is longer \
                     than the 32,767 characters that a workbook’s cell can hold. Save the findings \
                     as CSV or JSON, or shorten the text.",
                    sheet.name, column.heading
                )));
            }
        }
    }
    Ok(())
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.name.to_string())?;
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let widths = layout::widths(sheet);
    let headings = sheet.columns.iter().map(|column| column.heading.as_str());
    if let Some(height) = layout::height(headings, &widths) {
        worksheet.set_row_height(0, height)?;
    }
    for ((at, column), width) in (0..).zip(&sheet.columns).zip(&widths) {
        worksheet.write_string_with_format(0, at, &column.heading, &heading)?;
        worksheet.set_column_width(at, float(*width))?;
    }
    write_rows(worksheet, sheet, &widths)?;
    finish(worksheet, sheet)
}

fn write_rows(worksheet: &mut Worksheet, sheet: &Sheet, widths: &[usize]) -> Result<(), XlsxError> {
    let plain = Format::new()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left);
    let text = plain.clone().set_text_wrap();
    let date = plain.clone().set_num_format("dd/mm/yyyy");
    for (row, cells) in (1..).zip(&sheet.rows) {
        if let Some(height) = layout::height(cells.iter().map(layout::wrapped), widths) {
            worksheet.set_row_height(row, height)?;
        }
        for (at, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(value) => {
                    worksheet.write_string_with_format(row, at, value, &text)?;
                }
                Cell::Number(number) => {
                    worksheet.write_number_with_format(row, at, float(*number), &plain)?;
                }
                Cell::Date(value) => match day(*value) {
                    Some(value) => {
                        worksheet.write_datetime_with_format(row, at, &value, &date)?;
                    }
                    None => {
                        worksheet.write_string_with_format(row, at, value.to_string(), &text)?;
                    }
                },
            }
        }
    }
    Ok(())
}

/// All about a sheet that is not its cells.
fn finish(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    worksheet.set_freeze_panes(1, 0)?;
    worksheet.set_landscape();
    worksheet.set_paper_size(9); // A4
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    for (at, column) in (0..).zip(&sheet.columns) {
        let text = matches!(column.kind, Kind::Id | Kind::Text);
        if text && last > 0 {
            // An id of digits is text on purpose: no green corner that offers to change it.
            worksheet.ignore_error_range(1, at, last, at, IgnoreError::NumberStoredAsText)?;
        }
    }
    if sheet.name == SheetName::Grades && last > 0 {
        worksheet.insert_chart(last + 2, 0, &chart::stacked(sheet, last))?;
    }
    Ok(())
}

/// A count as a workbook's number; no count of ours reaches 2³².
fn float<N: TryInto<u32>>(count: N) -> f64 {
    count.try_into().map_or(f64::from(u32::MAX), f64::from)
}
