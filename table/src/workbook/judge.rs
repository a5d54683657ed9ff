//! Tests only: calamine as the judge of our own reader of XLSX. Made-up workbooks of all kinds are
//! read by both, through the same way of showing numbers, and must give the same.

#[path = "../../../tests/tables/raw.rs"]
mod raw;
#[path = "../../../tests/tables/written.rs"]
mod written;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Xlsx};

use super::formats::{Book, Bytes, Found, SheetName, worksheets};
use super::{damaged, read_book, xlsx};
use crate::layout::{Layout, Merge};
use crate::number_format::NumberFormat;
use crate::{ReadOptions, Reading, Refusal, shown};

/// So many workbooks are made unless `SIGHTLINE_WORKBOOKS` says how many.
const WORKBOOKS: u64 = 200;

/// Numbers that look thrown, the same at each run.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators" (2014).
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.throw(sides) == 0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.throw(u64::try_from(all.len()).expect("a few"));
        *all.get(usize::try_from(at).expect("a few"))
            .expect("one of them")
    }
}

impl Book for Xlsx<Bytes<'_>> {
    fn sheets(&self) -> Vec<SheetName> {
        worksheets(self.sheets_metadata())
    }

    fn declared_rows(&mut self, sheet: &str) -> Result<u32, Refusal> {
        let reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        let last = reader.dimensions().end;
        Ok(if last == (0, 0) { 0 } else { last.0 + 1 })
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal> {
        let unsaved = unsaved(self, sheet)?;
        let mut reader = self.worksheet_cells_reader(sheet).map_err(damaged)?;
        let formats: Vec<Option<NumberFormat>> = reader
            .styles()
            .iter()
            .map(|style| NumberFormat::parse(&style.number_format.as_ref()?.format_code))
            .collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
            let format = formats.get(style).and_then(Option::as_ref);
            let (row, column) = cell.get_position();
            let text = if let DataRef::Float(number) = cell.get_value() {
                shown::number(*number, format).into()
            } else {
                shown::text(cell.get_value())
            };
            let found = Found {
                row,
                column,
                text: &text,
                shared: None,
                too_long_a_number: matches!(cell.get_value(), DataRef::Float(n) if shown::is_too_long(*n)),
                unsaved: unsaved.contains(&(row, column)),
            };
            if (!found.text.is_empty() || found.unsaved) && !take(&found) {
                break;
            }
        }
        drop(reader);
        let merges = self.merge_cells_by_sheet_name(sheet).map_err(damaged)?;
        let merges = merges.into_iter();
        let merge = |area: calamine::Dimensions| Merge {
            top: u64::from(area.start.0) + 1,
            bottom: u64::from(area.end.0) + 1,
            left: usize::try_from(area.start.1).expect("a column"),
            right: usize::try_from(area.end.1).expect("a column"),
        };
        Ok(Layout {
            merges: merges.map(merge).collect(),
            ..Layout::default()
        })
    }
}

/// The cells with a formula whose result was not saved.
fn unsaved(book: &mut Xlsx<Bytes<'_>>, sheet: &str) -> Result<BTreeSet<(u32, u32)>, Refusal> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut unsaved = BTreeSet::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            unsaved.insert(cell.pos);
        }
    }
    Ok(unsaved)
}

/// All that was read, in one text.
fn told(reading: &Reading) -> String {
    let table = &reading.table;
    let mut text = format!("{:?}\n{:?}\n", reading.source, reading.sheets);
    for column in 0..table.columns() {
        let (letters, name) = (table.column_letters(column), table.name(column));
        writeln!(text, "{letters} {name:?}").expect("a text");
    }
    for row in 0..table.rows() {
        let cells = (0..table.columns()).map(|column| table.cell(row, column));
        let cells: Vec<&str> = cells.collect();
        writeln!(text, "{} {cells:?}", table.row_number(row)).expect("a text");
    }
    for problem in &reading.problems {
        writeln!(text, "{problem}").expect("a text");
    }
    for notice in &reading.notices {
        // calamine does not tell what is hidden.
        if !notice.contains(" hidden") || notice.starts_with("Sheet ") {
            writeln!(text, "{notice}").expect("a text");
        }
    }
    text
}

fn compare(bytes: &[u8], name: &str) {
    let all = |book: &mut dyn FnMut(&ReadOptions) -> Result<Reading, Refusal>| -> Vec<String> {
        let mut all = Vec::new();
        let mut options = ReadOptions::default();
        let first = book(&options);
        let sheets = first.as_ref().map_or(Vec::new(), |r| r.sheets.clone());
        all.push(first.map_or_else(|refusal| refusal.0, |reading| told(&reading)));
        for sheet in sheets {
            options.sheet = Some(sheet.name);
            all.push(book(&options).map_or_else(|refusal| refusal.0, |reading| told(&reading)));
        }
        all
    };
    let ours = all(&mut |options| read_book(&mut xlsx::Xlsx::new(bytes)?, options, &mut |_| {}));
    let theirs = all(&mut |options| {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
        read_book(&mut book, options, &mut |_| {})
    });
    assert_eq!(ours, theirs, "{name}");
    assert!(
        !ours.iter().any(|text| text.contains("cannot be read")),
        "{name}: {ours:?}"
    );
}

/// `cargo xtask judge` is the long form.
#[test]
fn made_up_workbooks_read_as_calamine_reads_them() {
    // Taken while compiling: cargo compiles this anew when it changes, and the library asks for no
    // environment.
    let asked = option_env!("SIGHTLINE_WORKBOOKS").and_then(|number| number.parse().ok());
    for seed in 0..asked.unwrap_or(WORKBOOKS) {
        let mut dice = Dice(seed);
        if seed % 2 == 0 {
            compare(&raw::workbook(&mut dice), &format!("raw workbook {seed}"));
        } else {
            let mut throw = |sides| dice.throw(sides);
            compare(
                &written::workbook(&mut throw),
                &format!("written workbook {seed}"),
            );
        }
    }
}

/// Files that spreadsheet programs wrote.
#[test]
fn files_of_spreadsheet_programs_read_as_calamine_reads_them() {
    for bytes in [
        include_bytes!("../../../tests/lists/libreoffice.xlsx").as_slice(),
        include_bytes!("../../../tests/fixtures/spreadsheet/annex-a-part.xlsx"),
    ] {
        compare(bytes, "a spreadsheet program's");
    }
}

/// Every day that a workbook can hold, by its fast way and by calamine's.
#[test]
fn days_are_those_of_calamine() {
    for is_1904 in [false, true] {
        for serial in (1_u32..70_000).chain((70_000..1_000_000).step_by(97)) {
            let mut text = String::new();
            if shown::day(&serial.to_string(), is_1904, &mut text) {
                assert_eq!(
                    text,
                    shown::serial(f64::from(serial), false, is_1904),
                    "{serial}"
                );
            } else {
                assert!(serial < 61);
            }
        }
    }
}

/// Numbers that are lent as they are stored, and numbers that are not.
#[test]
fn numbers_shown_as_stored_are_shown_right() {
    let mut dice = Dice(1);
    let mut stored = 0;
    for _ in 0..200_000 {
        let length = dice.throw(18) + 1;
        let text: String = (0..length)
            .map(|_| dice.pick(&['0', '1', '2', '5', '9', '.', '-', '7', '3', '8']))
            .collect();
        if shown::is_shown_as_stored(&text) {
            stored += 1;
            let value = text.parse().expect("a number");
            assert_eq!(shown::number(value, None), text);
        }
    }
    assert!(stored > 10_000);
    assert!(!shown::is_shown_as_stored("1234567890123456"));
    assert_eq!(shown::owned(&Data::Float(0.5)), "0.5");
}
