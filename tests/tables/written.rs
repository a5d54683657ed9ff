//! Made-up workbooks as a library writes them: cells of all kinds, gaps, formats, merged and hidden.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

const TEXTS: [&str; 10] = [
    "Child Unique ID",
    "00123",
    "Zoë",
    "a & b <c> \"d\"",
    " spaces ",
    "line\nbreak",
    "_x000D_",
    "a\u{a0}b",
    "#REF!",
    "\u{1}",
];

const FORMATS: [&str; 10] = [
    "General",
    "0",
    "0.00",
    "#,##0",
    "0%",
    "00000",
    "dd/mm/yyyy",
    "dd/mm/yyyy hh:mm",
    "[h]:mm:ss",
    "£#,##0.00",
];

fn pick<'a, T>(all: &'a [T], throw: &mut dyn FnMut(u64) -> u64) -> &'a T {
    let sides = u64::try_from(all.len()).expect("a few");
    let at = usize::try_from(throw(sides)).expect("a few");
    all.get(at).expect("one of them")
}

/// A workbook as bytes; `throw` gives a number below its argument.
pub(crate) fn workbook(throw: &mut dyn FnMut(u64) -> u64) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for number in 0..=throw(3) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(format!("List {number}")).expect("a name");
        // The first sheet is the one that opens, which cannot be hidden.
        if number > 0 && throw(4) == 0 {
            sheet.set_hidden(true);
        }
        fill(sheet, throw);
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn fill(sheet: &mut Worksheet, throw: &mut dyn FnMut(u64) -> u64) {
    let columns = u16::try_from(throw(12) + 1).expect("a few");
    let rows = u32::try_from(throw(60)).expect("a few");
    let mut row = u32::try_from(throw(4)).expect("a few");
    for _ in 0..rows {
        row += u32::from(throw(8) == 0) + 1;
        for column in 0..columns {
            write(sheet, row, column, throw);
        }
        if throw(10) == 0 {
            sheet.set_row_hidden(row).expect("a row");
        }
    }
    if throw(3) == 0 {
        let (top, left) = (u32::try_from(throw(20)).expect("a few"), columns / 2);
        let (bottom, right) = (top + u32::try_from(throw(3)).expect("a few") + 1, left + 1);
        let merged = sheet.merge_range(top, left, bottom, right, "merged", &Format::new());
        merged.expect("an area");
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, throw: &mut dyn FnMut(u64) -> u64) {
    let number = match throw(5) {
        0 => throw(2_000_000),
        1 => throw(50_000),
        _ => throw(100),
    };
    let number = f64::from(u32::try_from(number).expect("a number"))
        / [1.0, 2.0, 7.0, 1e6][usize::try_from(throw(4)).expect("one of four")];
    let format = Format::new().set_num_format(*pick(&FORMATS, throw));
    let written = match throw(12) {
        0 | 1 => return,
        2 => sheet.write_with_format(row, column, -number, &format),
        3..=5 => sheet.write_with_format(row, column, number, &format),
        6 => sheet.write(row, column, throw(2) == 0),
        7 => sheet.write(
            row,
            column,
            Formula::new("=A1&\">\"").set_result(*pick(&TEXTS, throw)),
        ),
        8 => sheet.write(row, column, Formula::new("=1/3").set_result("0.333")),
        9 => {
            let (plain, bold) = (Format::new(), Format::new().set_bold());
            let runs = [(&plain, "plain "), (&bold, *pick(&TEXTS, throw))];
            sheet.write_rich_string(row, column, &runs)
        }
        _ => sheet.write(row, column, *pick(&TEXTS, throw)),
    };
    written.expect("a cell");
}
