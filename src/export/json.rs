//! The report as JSON, format `sightline-findings/1` (docs/formats.md).

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Cell, Column, Report, Sheet, SheetName};
use crate::sample::certificate::Certificate;

/// The format that this version writes.
pub const FORMAT: &str = "sightline-findings/1";

/// The whole report, indented; the certificate stands in it where ids do.
#[must_use]
pub fn write(report: &Report) -> Vec<u8> {
    let file = File {
        format: FORMAT,
        made_on: report.made_on.to_string(),
        with_ids: report.options.with_ids,
        drafts: report.options.drafts,
        sheets: report.sheets.iter().map(Written::of).collect(),
        certificate: report.certificate.as_ref(),
    };
    // Texts and whole numbers alone always serialise.
    let mut bytes = serde_json::to_vec_pretty(&file).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    made_on: String,
    with_ids: bool,
    drafts: bool,
    sheets: Vec<Written<'a>>,
    certificate: Option<&'a Certificate>,
}

#[derive(Serialize)]
struct Written<'a> {
    name: SheetName,
    columns: &'a [Column],
    rows: Vec<Row<'a>>,
}

impl<'a> Written<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let rows = sheet.rows.iter().map(|cells| Row {
            columns: &sheet.columns,
            cells,
        });
        Self {
            name: sheet.name,
            columns: &sheet.columns,
            rows: rows.collect(),
        }
    }
}

/// A row as an object: each column's key and the cell's value, in order.
struct Row<'a> {
    columns: &'a [Column],
    cells: &'a [Cell],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                Cell::Empty => map.serialize_entry(&column.key, &())?,
                Cell::Number(number) => map.serialize_entry(&column.key, number)?,
                Cell::Text(_) | Cell::Date(_) => {
                    map.serialize_entry(&column.key, &cell.to_string())?;
                }
            }
        }
        map.end()
    }
}
