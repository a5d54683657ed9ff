//! The answers as CSV: RFC 4180 with CRLF, and a byte order mark so that Excel reads UTF-8.
//!
//! Texts that a spreadsheet might run are guarded ([`super::guard`]). The file's mark, by which a
//! reader knows that guards may be taken off, is the byte order mark and the header of the sheet.

use super::guard::guard;
use super::{Cell, Report, Sheet, SheetName};

/// The byte order mark.
const BOM: &str = "\u{feff}";

/// The report's answers, a row for each case and question.
#[must_use]
pub fn write(report: &Report) -> Vec<u8> {
    let mut text = BOM.to_owned();
    if let Some(sheet) = report.sheet(SheetName::Answers) {
        write_sheet(sheet, &mut text);
    }
    text.into_bytes()
}

/// Rows of texts under their headings, each guarded.
pub(super) fn texts<const N: usize>(
    headings: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Vec<u8> {
    let mut text = BOM.to_owned();
    write_record(headings.into_iter().map(ToOwned::to_owned), &mut text);
    for row in rows {
        write_record(row.iter().map(|text| guard(text)), &mut text);
    }
    text.into_bytes()
}

fn write_sheet(sheet: &Sheet, text: &mut String) {
    write_record(
        sheet.columns.iter().map(|column| column.heading.clone()),
        text,
    );
    for row in &sheet.rows {
        write_record(row.iter().map(field), text);
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guard(text),
        Cell::Empty | Cell::Number(_) | Cell::Date(_) => cell.to_string(),
    }
}

fn write_record(fields: impl Iterator<Item = String>, text: &mut String) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if field.contains(['"', ',', '\r', '\n']) || field.trim() != field {
            text.push('"');
            text.push_str(&field.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&field);
        }
    }
    text.push_str("\r\n");
}
