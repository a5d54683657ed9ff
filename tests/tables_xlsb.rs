//! Binary workbooks beside another reader of them, pyxlsb: on random sheets, cell for cell the same.
//! Needs python3 with pyxlsb (or `SIGHTLINE_PYTHON` naming such a Python); says so if it is missing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "tables/xlsb.rs"]
#[expect(dead_code, reason = "not all of it is needed here")]
mod xlsb;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use sightline::table::{ReadOptions, read};
use xlsb::Cell;

const FILES: u32 = 60;
/// How many columns there are at most, beside the id and the day.
const WIDTH: u32 = 6;
/// How many rows.
const ROWS: u32 = 40;

/// The texts that cells share, by which pyxlsb knows them: the header, then ids, then others.
fn texts() -> Vec<String> {
    let mut texts = vec!["Id".to_owned(), "Day".to_owned()];
    texts.extend((0..WIDTH).map(|at| format!("Field {at}")));
    texts.extend((0..=ROWS).map(|number| format!("{number:05}")));
    let others = [
        "Zoë",
        "North",
        "O’Neill, Jo",
        "né\u{a0}e",
        "000123",
        "31/03/2026",
    ];
    texts.extend(others.map(str::to_owned));
    texts
}

/// A Python that has pyxlsb.
fn python() -> Option<String> {
    let named = std::env::var("SIGHTLINE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&named).args(["-c", "import pyxlsb"]).output();
    found
        .is_ok_and(|output| output.status.success())
        .then_some(named)
}

/// Numbers without a visible order; the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % end
    }

    fn whole(&mut self) -> i32 {
        i32::try_from(self.below(2_000_000)).unwrap() - 1_000_000
    }

    fn cell(&mut self) -> Cell {
        match self.below(8) {
            0 => Cell::Blank,
            1 | 2 => Cell::Shared(2 + WIDTH + ROWS + 1 + self.below(6)),
            3 => Cell::Whole(self.whole()),
            4 => Cell::Hundredths(self.whole()),
            5 => Cell::Real(f64::from(self.whole()) / 8.0),
            6 => Cell::Truth(self.below(2) == 1),
            _ => Cell::Half,
        }
    }

    /// A header, and rows that begin with an id and a day.
    fn rows(&mut self) -> Vec<Vec<Cell>> {
        let width = self.below(WIDTH + 1);
        let mut rows = vec![(0..2 + width).map(Cell::Shared).collect()];
        for number in 0..=self.below(ROWS) {
            let day = i32::try_from(36_526 + self.below(10_000)).unwrap();
            let mut row = vec![Cell::Shared(2 + WIDTH + number), Cell::Day(day)];
            row.extend((0..width).map(|_| self.cell()));
            rows.push(row);
        }
        rows
    }
}

#[test]
fn binary_workbooks_are_read_as_pyxlsb_reads_them() {
    let Some(python) = python() else {
        // Written past the test's capture, so that a run without the judge does not look like one with it.
        let said =
            "binary_workbooks_are_read_as_pyxlsb_reads_them: SKIPPED, python3 has no pyxlsb here\n";
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables_xlsb");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut chance = Chance(1);
    let file = |number: u32| -> PathBuf { folder.join(format!("{number}.xlsb")) };
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for number in 0..FILES {
        fs::write(file(number), xlsb::workbook_of(&texts, &chance.rows())).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables_xlsb.py");
    let judged = Command::new(python).arg(script).arg(&folder).status();
    assert!(judged.unwrap().success());
    for number in 0..FILES {
        compare(&file(number));
    }
}

fn compare(list: &Path) {
    let json = fs::read_to_string(list.with_extension("json")).unwrap();
    let judged: Vec<Vec<String>> = serde_json::from_str(&json).unwrap();
    let bytes = fs::read(list).unwrap();
    let reading = read("list.xlsb", &bytes, &ReadOptions::default(), &mut |_| ()).unwrap();
    let table = &reading.table;
    assert_eq!(table.names().collect::<Vec<_>>(), judged[0]);
    assert_eq!(table.rows(), judged.len() - 1);
    for (row, cells) in judged.iter().skip(1).enumerate() {
        let read: Vec<&str> = (0..table.columns()).map(|at| table.cell(row, at)).collect();
        // pyxlsb leaves off the blank cells at the end of a row.
        let mut cells = cells.clone();
        cells.resize(read.len(), String::new());
        assert_eq!(read, cells, "{}, row {}", list.display(), row + 2);
    }
}
