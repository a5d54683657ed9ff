//! The exports as other programs read them: calamine the workbook, the csv crate the CSV.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use sightline::export::Cell;

/// The entries of a zip container, unpacked.
pub(crate) fn entries(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), content);
    }
    entries
}

/// What calamine makes of a cell, as our own.
fn read_back(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(text.clone()),
        Data::Float(number) => Cell::Number(number.to_string().parse().unwrap()),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Cell::Date(super::audit::day(&format!("{year:04}-{month:02}-{day:02}")))
        }
        Data::Int(_)
        | Data::Bool(_)
        | Data::Error(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_) => panic!("a cell of an unexpected kind: {data:?}"),
    }
}

/// The workbook's sheets as calamine reads them: name, headings, rows.
pub(crate) fn read_workbook(bytes: &[u8]) -> Vec<(String, Vec<String>, Vec<Vec<Cell>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheets = names.into_iter().map(|name| {
        let range = book.worksheet_range(&name).unwrap();
        let width = range.width();
        let mut rows = range.rows();
        let headings = rows
            .next()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();
        let rows = rows.map(|row| {
            assert_eq!(row.len(), width);
            row.iter().map(read_back).collect()
        });
        (name, headings, rows.collect())
    });
    sheets.collect()
}

/// The fields of a CSV text, as the csv crate reads them.
pub(crate) fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader =
        ::csv::ReaderBuilder::new().from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    reader
        .records()
        .map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect())
        .collect()
}
