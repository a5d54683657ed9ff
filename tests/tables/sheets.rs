//! What the tests of workbooks share: a sheet written by hand, and what is read from it as text.

use std::fmt::Write as _;

use expect_test::Expect;
use rust_xlsxwriter::{Workbook, Worksheet};
use sightline::table::{ReadOptions, Reading, Refusal, read};

pub(crate) fn try_read(bytes: &[u8], sheet: Option<&str>) -> Result<Reading, Refusal> {
    let options = ReadOptions {
        sheet: sheet.map(str::to_owned),
        encoding: None,
    };
    read("list.xlsx", bytes, &options, &mut |_| {})
}

pub(crate) fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    let names: Vec<&str> = reading.table.names().collect();
    writeln!(text, "# {}", names.join(" | ")).unwrap();
    for row in 0..reading.table.rows() {
        let cells: Vec<&str> = (0..reading.table.columns())
            .map(|column| reading.table.cell(row, column))
            .collect();
        writeln!(
            text,
            "{} {}",
            reading.table.row_number(row),
            cells.join(" | ")
        )
        .unwrap();
    }
    for notice in &reading.notices {
        writeln!(text, "note: {notice}").unwrap();
    }
    for problem in &reading.problems {
        writeln!(text, "{problem}").unwrap();
    }
    text
}

#[expect(clippy::needless_pass_by_value, reason = "expect_test's own way")]
pub(crate) fn check(bytes: &[u8], expected: Expect) {
    let text = match try_read(bytes, None) {
        Ok(reading) => shown(&reading),
        Err(refusal) => format!("{refusal}\n"),
    };
    expected.assert_eq(&text);
}

pub(crate) fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("List 7").unwrap());
    workbook.save_to_buffer().unwrap()
}

pub(crate) fn header(sheet: &mut Worksheet, row: u32, names: &[&str]) {
    for (column, name) in (0..).zip(names) {
        sheet.write(row, column, *name).unwrap();
    }
}
