//! The files: the same bytes every time, readable by another reader, and in step with those that
//! are checked in.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and so do its helpers"
)]

use super::harrowmere::authority::make;
use super::harrowmere::files;
use super::harrowmere::sheet::{Cell, Sheet};
use super::{authority, ids, lists, spoilt};
use calamine::{Data, DataType as _, Ods, Range, Reader, Xlsx};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::LazyLock;

/// Made once for all tests.
static ALL: LazyLock<Vec<files::File>> = LazyLock::new(|| files::all(authority()).unwrap());

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let again = files::all(&make(files::SEED)).unwrap();
    assert_eq!((ALL.len(), again.len()), (18, 18));
    for (first, second) in ALL.iter().zip(&again) {
        assert!(first == second, "{} differs", first.0);
    }
    let other = files::small(&make(files::SEED + 1)).unwrap();
    assert!(other != files::small(authority()).unwrap());
}

/// Whether what a reader found is what was written.
fn same(written: &Cell, read: &Data) -> bool {
    match written {
        Cell::Empty => read.is_empty(),
        Cell::Text(words) => read.get_string() == Some(words),
        Cell::Number(value) => read.get_float() == Some(*value),
        Cell::Date(day) => is_moment(read, f64::from(day.0), &day.iso()),
        Cell::Moment(moment) => {
            let serial = f64::from(moment.day.0) + f64::from(moment.minute) / 1440.0;
            let iso = format!("{}T{}:00", moment.day.iso(), moment.clock());
            is_moment(read, serial, &iso)
        }
    }
}

/// XLSX holds a number of days, ODS the text of ISO 8601.
fn is_moment(read: &Data, serial: f64, iso: &str) -> bool {
    if let Data::DateTime(it) = read {
        return (it.as_f64() - serial).abs() < 1e-6;
    }
    matches!(read, Data::DateTimeIso(it) if it == iso)
}

fn assert_same<R: Reader<Cursor<Vec<u8>>>>(sheets: &[Sheet], mut workbook: R)
where
    R::Error: std::fmt::Debug,
{
    let names: Vec<&String> = sheets.iter().map(|sheet| &sheet.name).collect();
    assert_eq!(workbook.sheet_names().iter().collect::<Vec<_>>(), names);
    for sheet in sheets {
        let range = workbook.worksheet_range(&sheet.name).unwrap();
        let above = sheet.title.len();
        let headings = sheet
            .header
            .iter()
            .map(|it| Cell::Text(it.clone()))
            .collect();
        let table: Vec<&Vec<Cell>> = std::iter::once(&headings).chain(&sheet.rows).collect();
        assert_eq!(range.height(), above + table.len(), "{}", sheet.name);
        for (row, cells) in table.into_iter().enumerate() {
            for (column, written) in cells.iter().enumerate() {
                let read = range.get((above + row, column)).unwrap_or(&Data::Empty);
                assert!(
                    same(written, read),
                    "{} {row} {column}: {written:?} {read:?}",
                    sheet.name
                );
            }
        }
    }
}

fn bytes(name: &str) -> Vec<u8> {
    ALL.iter().find(|(file, _)| file == name).unwrap().1.clone()
}

#[test]
fn another_reader_finds_every_cell_of_the_xlsx() {
    let sheets = spoilt(authority());
    let (annex_a, others) = sheets.split_at(11);
    for (name, sheets) in [
        ("annex-a.xlsx", annex_a),
        ("vulnerable-adolescents.xlsx", others),
    ] {
        let workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes(name))).unwrap();
        assert_same(sheets, workbook);
    }
}

#[test]
fn another_reader_finds_every_cell_of_the_ods() {
    let sheets = spoilt(authority());
    let (annex_a, others) = sheets.split_at(11);
    for (name, sheets) in [
        ("annex-a.ods", annex_a),
        ("vulnerable-adolescents.ods", others),
    ] {
        let workbook: Ods<_> = Ods::new(Cursor::new(bytes(name))).unwrap();
        assert_same(sheets, workbook);
    }
}

#[test]
fn csv_files_come_in_three_encodings() {
    let plain = String::from_utf8(bytes("csv/list-07-child-protection.csv")).unwrap();
    assert!(plain.starts_with("Child Unique ID,") && !plain.contains('\r'));
    assert_eq!(plain.lines().count(), 351);
    assert!(bytes("csv/list-06-child-in-need.csv").starts_with(b"\xEF\xBB\xBFChild Unique ID,"));
    let windows = bytes("csv/list-08-in-care.csv");
    assert!(String::from_utf8(windows.clone()).is_err());
    let (text, _, faulty) = encoding_rs::WINDOWS_1252.decode(&windows);
    assert!(!faulty && text.contains("Child’s Legal Status") && text.contains("\r\n"));
}

#[test]
fn the_small_list_is_the_one_checked_in() {
    let checked_in = include_bytes!("../../demo/child-protection.csv");
    let small = files::small(authority()).unwrap();
    let [(name, made)] = &small[..] else {
        unreachable!("there is one small list")
    };
    assert_eq!(name, "child-protection.csv");
    assert!(
        made == checked_in,
        "run: cargo run --example demo_data -- --small demo"
    );
    assert!(checked_in.len() < 40_000);
}

#[test]
fn the_small_list_has_one_repeated_child_and_one_row_without_an_id() {
    let sheet = super::harrowmere::small::made_up_list(authority()).unwrap();
    let ids = ids(&sheet);
    let distinct: BTreeSet<&String> = ids.iter().filter(|id| !id.is_empty()).collect();
    assert_eq!(
        (ids.len(), distinct.len()),
        (122, super::harrowmere::small::CHILDREN)
    );
    assert_eq!(ids.iter().filter(|id| id.is_empty()).count(), 1);
}

#[test]
fn some_lists_are_only_those_asked_for() {
    let part = files::some_lists(authority(), &[6, 8]).unwrap();
    let workbook: Xlsx<_> = Xlsx::new(Cursor::new(part[0].1.clone())).unwrap();
    assert_eq!(
        workbook.sheet_names(),
        ["List 6 Child in need", "List 8 In care"]
    );
    assert!(files::some_lists(authority(), &[12]).is_err());
}

/// List 7's ids in a workbook that a spreadsheet program wrote.
fn ids_of_list_7(range: &Range<Data>) -> Vec<String> {
    range.rows().skip(2).map(|row| row[0].to_string()).collect()
}

#[test]
fn the_spreadsheet_programs_files_hold_list_7_with_its_title() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/spreadsheet");
    let read = |name: &str| Cursor::new(std::fs::read(format!("{folder}/{name}")).unwrap());
    let expected = ids(&lists::annex_a(authority())[6]);
    let sheet = "List 7 Child protection";
    let mut xlsx: Xlsx<_> = Xlsx::new(read("annex-a-part.xlsx")).unwrap();
    let mut ods: Ods<_> = Ods::new(read("annex-a-part.ods")).unwrap();
    for range in [
        xlsx.worksheet_range(sheet).unwrap(),
        ods.worksheet_range(sheet).unwrap(),
    ] {
        assert!(
            range
                .get((0, 0))
                .unwrap()
                .to_string()
                .starts_with("Harrowmere")
        );
        assert_eq!(range.get((1, 0)).unwrap().to_string(), "Child Unique ID");
        assert_eq!(ids_of_list_7(&range), expected);
    }
    let csv = String::from_utf8(read("list-7.csv").into_inner()).unwrap();
    let found: Vec<&str> = csv
        .lines()
        .skip(2)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_eq!(found, expected);
}
