//! What a sheet looks like: hidden rows, merged cells, headers of two rows, formats of numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

#[path = "tables/sheets.rs"]
mod sheets;

use expect_test::expect;
use rust_xlsxwriter::Format;

use sheets::{check, header, sheet, try_read};

#[test]
fn hidden_rows_and_columns_are_read_and_told() {
    let list = |filtered: bool| {
        sheet(|sheet| {
            header(sheet, 0, &["id", "team", "note"]);
            for row in 1..=5 {
                sheet.write(row, 0, format!("c{row}")).unwrap();
                sheet
                    .write(row, 1, if row < 3 { "N" } else { "S" })
                    .unwrap();
            }
            if filtered {
                sheet.autofilter(0, 0, 5, 1).unwrap();
                let north = rust_xlsxwriter::FilterCondition::new().add_list_filter("N");
                sheet.filter_column(1, &north).unwrap();
            } else {
                sheet.set_row_hidden(2).unwrap();
                sheet.set_column_hidden(1).unwrap();
            }
        })
    };
    let notices = |filtered| {
        let reading = try_read(&list(filtered), None).unwrap();
        assert_eq!(reading.table.rows(), 5);
        reading.notices
    };
    assert_eq!(
        notices(true),
        ["3 rows are hidden by a filter: included (the first is row 4)."]
    );
    assert_eq!(
        notices(false),
        [
            "1 row is hidden: included (the first is row 3).",
            "1 column is hidden: included (the first is column B).",
        ]
    );
}

#[test]
fn merged_cells_stand_in_each_row_that_they_cover() {
    let plain = Format::new();
    let bytes = sheet(|sheet| {
        header(sheet, 0, &["id", "plan", "note"]);
        sheet.merge_range(1, 0, 3, 0, "a", &plain).unwrap();
        for (row, plan) in [(1, "p1"), (2, "p2"), (4, "p3")] {
            sheet.write(row, 1, plan).unwrap();
        }
        sheet.write(4, 0, "b").unwrap();
    });
    check(
        &bytes,
        expect![[r#"
        # id | plan | note
        2 a | p1 | 
        3 a | p2 | 
        5 b | p3 | 
        note: 1 blank row is left out.
        note: 1 cell is covered by a merged cell and given its text (the first merged cell is A2 to A4).
    "#]],
    );
}

#[test]
fn a_header_of_two_rows_is_one_header() {
    let plain = Format::new();
    let grouped = |first: u32| {
        sheet(|sheet| {
            sheet.merge_range(0, 0, 0, 5, "Annex A", &plain).unwrap();
            sheet
                .merge_range(first, 0, first + 1, 0, "Child ID", &plain)
                .unwrap();
            sheet
                .merge_range(first, 1, first, 2, "Plan", &plain)
                .unwrap();
            sheet
                .merge_range(first, 3, first, 4, "Review", &plain)
                .unwrap();
            sheet.write(first, 5, "Team").unwrap();
            for (column, name) in [(1, "Start"), (2, "End"), (3, "Start"), (4, "Chair")] {
                sheet.write(first + 1, column, name).unwrap();
            }
            for (column, text) in (0..).zip(["c1", "x", "y", "z", "Jo", "North"]) {
                sheet.write(first + 2, column, text).unwrap();
            }
        })
    };
    check(
        &grouped(1),
        expect![[r#"
        # Child ID | Plan: Start | End | Review: Start | Chair | Team
        4 c1 | x | y | z | Jo | North
        note: Rows 2 and 3 are taken as one header of two rows; row 1 above it is left out.
    "#]],
    );
    // A case below names of which one is merged over two columns stays a case.
    let bytes = sheet(|sheet| {
        sheet.write(0, 0, "Team").unwrap();
        sheet.merge_range(0, 1, 0, 2, "Name", &plain).unwrap();
        for (row, cells) in [(1, ["N", "Jo", "Smith"]), (2, ["S", "Al", "Jones"])] {
            header(sheet, row, &cells);
        }
    });
    assert_eq!(try_read(&bytes, None).unwrap().table.rows(), 2);
}

#[test]
fn numbers_show_in_the_format_of_their_cell() {
    let bytes = sheet(|sheet| {
        header(sheet, 0, &["id", "value"]);
        for (row, (value, format)) in (1..).zip([
            (6.5, "0"),
            (1.005, "0.00"),
            (12_345.0, "#,##0"),
            (0.4, "0%"),
            (12_345.0, "@"),
            (-3.5, "£#,##0.00"),
            (1234.0, "#,##0 ;(#,##0)"),
            (0.5, "# ?/?"),
        ]) {
            let code = Format::new().set_num_format(format);
            sheet.write(row, 0, format).unwrap();
            sheet.write_with_format(row, 1, value, &code).unwrap();
        }
    });
    check(
        &bytes,
        expect![[r#"
        # id | value
        2 0 | 7
        3 0.00 | 1.01
        4 #,##0 | 12,345
        5 0% | 40%
        6 @ | 12345
        7 £#,##0.00 | -£3.50
        8 #,##0 ;(#,##0) | 1,234
        9 # ?/? | 0.5
    "#]],
    );
}
