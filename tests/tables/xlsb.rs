//! A small XLSB workbook written record by record.
//!
//! Source: [MS-XLSB], sections 2.1.4 (records) and 2.4 (their fields).

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Archived parts, stored as they are.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(*name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A record: its number and its length in seven bits a byte, then its fields.
fn record(kind: u16, fields: &[&[u8]]) -> Vec<u8> {
    let fields = fields.concat();
    let mut bytes = Vec::new();
    for mut number in [u32::from(kind), u32::try_from(fields.len()).unwrap()] {
        while number > 0x7F {
            bytes.push(u8::try_from(number & 0x7F).unwrap() | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).unwrap());
    }
    bytes.extend(fields);
    bytes
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

/// A cell's column and style.
fn at(column: u32, style: u32) -> [u8; 8] {
    let (column, style) = (column.to_le_bytes(), style.to_le_bytes());
    [
        column[0], column[1], column[2], column[3], style[0], style[1], style[2], style[3],
    ]
}

fn row(number: u32) -> Vec<u8> {
    let height = 300_u16.to_le_bytes();
    let number = number.to_le_bytes();
    record(0x00, &[&number, &[0; 4], &height, &[0; 3], &[0; 4]])
}

/// A cell of a binary workbook.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// None.
    Blank,
    /// A text that stands in the cell.
    Text(String),
    /// A text by its place among the shared ones.
    Shared(u32),
    /// A whole number, kept short.
    Whole(i32),
    /// A hundredth part of a whole number, kept short.
    Hundredths(i32),
    /// A number.
    Real(f64),
    /// A day, by its number since 1900.
    Day(i32),
    /// A truth.
    Truth(bool),
    /// 1/2, as a formula with its result.
    Half,
    /// `#N/A`.
    NotAvailable,
}

impl Cell {
    fn record(&self, column: u32) -> Vec<u8> {
        let short = |number: i32, kind: i32| ((number << 2) | kind).to_le_bytes();
        let plain = at(column, 0);
        match self {
            Self::Blank => Vec::new(),
            Self::Text(text) => record(0x06, &[&plain, &wide(text)]),
            Self::Shared(number) => record(0x07, &[&plain, &number.to_le_bytes()]),
            Self::Whole(number) => record(0x02, &[&plain, &short(*number, 2)]),
            Self::Hundredths(number) => record(0x02, &[&plain, &short(*number, 3)]),
            Self::Real(number) => record(0x05, &[&plain, &number.to_le_bytes()]),
            Self::Day(number) => record(0x02, &[&at(column, 1), &short(*number, 2)]),
            Self::Truth(truth) => record(0x04, &[&plain, &[u8::from(*truth)]]),
            Self::NotAvailable => record(0x03, &[&plain, &[0x2A]]),
            Self::Half => {
                let formula = [
                    &plain[..],
                    &0.5_f64.to_le_bytes(),
                    &[0, 0],
                    // 1/2: two whole numbers and a division.
                    &7_u32.to_le_bytes(),
                    &[0x1E, 1, 0, 0x1E, 2, 0, 0x06],
                    &[0; 4],
                ];
                record(0x09, &formula)
            }
        }
    }
}

fn sheet(rows: &[Vec<Cell>]) -> Vec<u8> {
    let last = u32::try_from(rows.len().saturating_sub(1)).unwrap();
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    let right = u32::try_from(width - 1).unwrap();
    let ends = [0, last, 0, right].map(u32::to_le_bytes).concat();
    let mut bytes = [record(0x81, &[]), record(0x94, &[&ends]), record(0x91, &[])].concat();
    for (number, cells) in (0..).zip(rows) {
        bytes.extend(row(number));
        for (column, cell) in (0..).zip(cells) {
            bytes.extend(cell.record(column));
        }
    }
    bytes.extend([record(0x92, &[]), record(0x82, &[])].concat());
    bytes
}

fn styles() -> Vec<u8> {
    let style = |format: u16| {
        let format = format.to_le_bytes();
        record(0x2F, &[&[0; 2], &format, &[0; 6], &[0; 2], &[0; 4]])
    };
    [
        record(0x0116, &[]),
        record(0x0269, &[&2_u32.to_le_bytes()]),
        style(0),
        style(14),
        record(0x026A, &[]),
        record(0x0117, &[]),
    ]
    .concat()
}

/// A list of two rows: texts, numbers, a day, a truth, a formula and an error.
pub(crate) fn workbook() -> Vec<u8> {
    let rows = [
        vec![Cell::Shared(0), Cell::Shared(1), Cell::Shared(2)],
        vec![
            Cell::Text("00123".to_owned()),
            Cell::Whole(12_345),
            Cell::Day(46_112),
        ],
        vec![Cell::Truth(true), Cell::Half, Cell::NotAvailable],
    ];
    workbook_of(&["Child Unique ID", "Zoë", "Day"], &rows)
}

/// A workbook with one sheet of these rows.
pub(crate) fn workbook_of(shared: &[&str], rows: &[Vec<Cell>]) -> Vec<u8> {
    let book = [
        record(0x83, &[]),
        record(0x99, &[&[0; 8], &wide("")]),
        record(0x8F, &[]),
        record(
            0x9C,
            &[
                &[0; 4],
                &1_u32.to_le_bytes(),
                &wide("rId1"),
                &wide("List 7"),
            ],
        ),
        record(0x90, &[]),
        record(0x84, &[]),
    ]
    .concat();
    let texts = shared
        .iter()
        .flat_map(|text| record(0x13, &[&[0], &wide(text)]));
    let count = u32::try_from(shared.len()).unwrap().to_le_bytes();
    let strings = [
        record(0x9F, &[&count, &count]),
        texts.collect(),
        record(0xA0, &[]),
    ]
    .concat();
    let [types, package, parts] = links_and_types();
    zipped(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet(rows)),
        ("xl/sharedStrings.bin", &strings),
        ("xl/styles.bin", &styles()),
    ])
}

/// What the parts are, and which stands for what.
fn links_and_types() -> [String; 3] {
    let link = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{target}\"/>")
    };
    let links = |all: &str| {
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{space}\">{all}</Relationships>")
    };
    let package = links(&link("rId1", "officeDocument", "xl/workbook.bin"));
    let parts = links(
        &(link("rId1", "worksheet", "worksheets/sheet1.bin")
            + &link("rId2", "sharedStrings", "sharedStrings.bin")
            + &link("rId3", "styles", "styles.bin")),
    );
    let of = |part: &str, kind: &str| {
        format!(
            "<Override PartName=\"/xl/{part}.bin\" ContentType=\"application/vnd.ms-excel.{kind}\"/>"
        )
    };
    let types = format!(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         {}{}{}{}</Types>",
        of("workbook", "sheet.binary.macroEnabled.main"),
        of("worksheets/sheet1", "worksheet"),
        of("sharedStrings", "sharedStrings"),
        of("styles", "styles"),
    );
    [types, package, parts]
}
