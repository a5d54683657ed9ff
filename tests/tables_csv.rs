//! Text files: dialects, encodings, nasty quotes, headers under titles, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use sightline::table::csv::{Fault, Scanner, Sink, separator, write, write_row};
use sightline::table::{Encoding, ReadOptions, Reading, Refusal, Table, read};

fn try_read(bytes: &[u8]) -> Result<Reading, Refusal> {
    read("list.csv", bytes, &ReadOptions::default(), &mut |_| {})
}

/// The table, then what was told about it.
fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    let names: Vec<&str> = reading.table.names().collect();
    writeln!(text, "# {}", names.join(" | ")).unwrap();
    for row in 0..reading.table.rows() {
        let cells: Vec<String> = (0..reading.table.columns())
            .map(|column| format!("{:?}", reading.table.cell(row, column)).replace('"', ""))
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
fn check(input: impl AsRef<[u8]>, expected: Expect) {
    let text = match try_read(input.as_ref()) {
        Ok(reading) => shown(&reading),
        Err(refusal) => format!("{refusal}\n"),
    };
    expected.assert_eq(&text);
}

#[test]
fn separators_are_found_out() {
    for separator in [",", ";", "\t", "|"] {
        let text = "id,name,team\n1,a,x\n2,b,y\n".replace(',', separator);
        let reading = try_read(text.as_bytes()).unwrap();
        assert_eq!(reading.table.columns(), 3, "{separator:?}");
        assert_eq!(reading.table.cell(1, 2), "y");
        assert_eq!((reading.notices, reading.problems), (vec![], vec![]));
    }
    assert_eq!(separator("a;b\n1,5;2\n2,5;3\n"), b';');
    assert_eq!(separator("name\nSmith\nJones\n"), b',');
    check(
        "sep=;\nid;n\n1;a,b\n",
        expect![[r#"
          # id | n
          2 1 | a,b
    "#]],
    );
}

#[test]
fn line_ends_are_all_understood_and_rows_counted_as_a_spreadsheet_does() {
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("id,note{end}1,\"two{end}lines\"{end}{end}2,x{end}");
        let reading = try_read(text.as_bytes()).unwrap();
        let numbers: Vec<u64> = (0..2).map(|row| reading.table.row_number(row)).collect();
        assert_eq!(numbers, [2, 4], "{end:?}");
        assert_eq!(reading.table.cell(0, 1), format!("two{end}lines"));
        assert_eq!(reading.notices, ["1 blank row is left out."]);
    }
}

#[test]
fn quotes() {
    check(
        "a,b\n\"x \"\"y\"\"\",\"1,2\"\n5\" pipe,\"\"\n",
        expect![[r#"
          # a | b
          2 x \y\ | 1,2
          3 5\ pipe | 
    "#]],
    );
    check(
        "a,b\n1,\"open\n2,x\n3,y\n",
        expect![[r#"
            # a | b
            2 1 | open
            Row 2, column B: A quotation mark opens this cell and never closes, so the rest of the file (3 lines) is not read as rows. Close it and load the file again.
        "#]],
    );
    check(
        "a,b\n1,\"open",
        expect![[r#"
            # a | b
            2 1 | open
            Row 2, column B: A quotation mark opens this cell and never closes. Close it and load the file again.
        "#]],
    );
    check(
        "a,b\n1,\"shut\" late\n2,x\n",
        expect![[r#"
            # a | b
            2 1 | shut late
            3 2 | x
            Row 2, column B: There is text after the closing quotation mark of this cell. A quotation mark inside a cell must be doubled.
        "#]],
    );
}

#[test]
fn ragged_rows_are_named_and_kept() {
    check(
        "id,name,team\n1,Smith, Jo,North\n2,b\n3,c,South,\n4,d,East\n",
        expect![[r#"
            # id | name | team
            2 1 | Smith |  Jo
            3 2 | b | 
            4 3 | c | South
            5 4 | d | East
            Row 2: This row has 4 cells, the header has 3; what stands after column C is left out. A cell that holds the separator must stand in quotes.
            Row 3: This row has only 2 cells, the header has 3. Check that none is missing before the end.
        "#]],
    );
}

#[test]
fn dates_that_can_be_read_two_ways_are_told() {
    check(
        "id,seen,ref\n1,05/04/2026,1.2.26\n2,31/03/2026,x\n3,05/05/2026,y\n4,2026-04-05,z\n5,1-2-26 10:30,w\n",
        expect![[r#"
            # id | seen | ref
            2 1 | 05/04/2026 | 1.2.26
            3 2 | 31/03/2026 | x
            4 3 | 05/05/2026 | y
            5 4 | 2026-04-05 | z
            6 5 | 1-2-26 10:30 | w
            note: 2 dates stand in column “seen” that can be read two ways, and are read day first: “05/04/2026” in row 2 as 2026-04-05, not 2026-05-04 (rows 2, 6).
        "#]],
    );
    check(
        "id,seen\n0,01/02/2026\n".to_owned() + &"1,01/02/2026\n".repeat(8),
        expect![[r#"
        # id | seen
        2 0 | 01/02/2026
        3 1 | 01/02/2026
        4 1 | 01/02/2026
        5 1 | 01/02/2026
        6 1 | 01/02/2026
        7 1 | 01/02/2026
        8 1 | 01/02/2026
        9 1 | 01/02/2026
        10 1 | 01/02/2026
        note: 9 dates stand in column “seen” that can be read two ways, and are read day first: “01/02/2026” in row 2 as 2026-02-01, not 2026-01-02 (rows 2, 3, 4, 5, 6 and more).
    "#]],
    );
}

#[test]
fn the_header_is_found_under_titles() {
    check(
        "Child protection plans\n\nRun on,31/03/2026\nid,name,team,seen\n1,a,x,y\n2,b,x,y\n",
        expect![[r#"
            # id | name | team | seen
            5 1 | a | x | y
            6 2 | b | x | y
            note: Row 4 is taken as the header; rows 1 to 3 above it are left out.
        "#]],
    );
    check(
        "id,2024,2025\nA1,x,y\n",
        expect![[r#"
            # id | 2024 | 2025
            2 A1 | x | y
            note: Row 1 is taken as the header, yet it holds numbers or dates: check that it is not a case.
        "#]],
    );
    check(
        "\n\nid\nA1\n",
        expect![[r#"
            # id
            4 A1
            note: Row 3 is taken as the header; rows 1 and 2 above it are left out.
        "#]],
    );
}

#[test]
fn names_are_made_distinct() {
    check(
        " id ,,Team,Team,\u{feff}x\u{a0}\n1,2,3,4,5\n",
        expect![[r#"
            # id | Column B | Team | Team (2) | x
            2 1 | 2 | 3 | 4 | 5
            note: Column B has no name in the header (row 1); it is called “Column B” here.
            note: Column D is called “Team” like a column before it (row 1); it is called “Team (2)” here.
        "#]],
    );
    check(
        "id,name,,\n1,a,,\n",
        expect![[r#"
          # id | name
          2 1 | a
    "#]],
    );
}

#[test]
fn totals_and_notes_at_the_foot() {
    check(
        "id,n\nA1,3\nA2,4\n\nTotal,7\n",
        expect![[r#"
            # id | n
            2 A1 | 3
            3 A2 | 4
            note: Row 5 at the foot reads “Total” and is left out as a total.
            note: 1 blank row is left out.
        "#]],
    );
    check(
        "id,a,b,c\nA1,3,1,1\nGrand total: ,3,,\nTotal children: 1,,,\n",
        expect![[r#"
            # id | a | b | c
            2 A1 | 3 | 1 | 1
            note: Row 4 at the foot reads “Total children: 1” and is left out as a total.
            note: Row 3 at the foot reads “Grand total:” and is left out as a total.
        "#]],
    );
    check(
        "id,a,b,c\nA1,3,1,1\nRun by J. Smith,,,\n",
        expect![[r#"
            # id | a | b | c
            2 A1 | 3 | 1 | 1
            3 Run by J. Smith |  |  | 
            Row 3, column A: This last row has one filled cell alone: it looks like a note, not a case. If it is one, take it out of the list and load it again.
        "#]],
    );
}

#[test]
fn cells_that_a_spreadsheet_damaged_are_named() {
    check(
        "id,upn,seen,sum\n1,1.2E+11,03/25/2026,#REF!\n2,12345678901234567,25/03/2026,#N/A\n\
         3,3E5,25/03/2026,Andr\u{fffd}\n",
        expect![[r#"
            # id | upn | seen | sum
            2 1 | 1.2E+11 | 03/25/2026 | #REF!
            3 2 | 12345678901234567 | 25/03/2026 | #N/A
            4 3 | 3E5 | 25/03/2026 | Andr�
            note: 1 cell holds “#N/A” in column “sum”, kept as that text.
            Row 2, column B: “1.2E+11” is a long number that a spreadsheet has shortened; its last digits are lost. Export the list again with this column as text.
            Row 2, column C: “03/25/2026” is no date with the day first, but is one with the month first. Other dates in this column may be turned round too: export the list again with British dates.
            Row 2, column D: “#REF!” is an error of the spreadsheet, not a value. Mend the formula, or put the value in.
            Row 4, column D: This cell holds the sign “�”, which stands for a character lost before the list was saved. Export the list again as “CSV UTF-8”.
        "#]],
    );
}

#[test]
fn encodings_are_found_out_or_given() {
    check(
        b"id,name\n1,Andr\xe9\n",
        expect![[r#"
            # id | name
            2 1 | André
            note: The file is not UTF-8; it is read as Windows-1252. Check names with accents, and choose another encoding if they look wrong.
        "#]],
    );
    check(
        "\u{feff}id,name\n1,Zo\u{eb}\n",
        expect![[r#"
          # id | name
          2 1 | Zoë
    "#]],
    );
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(bytes)
            .collect()
    };
    for bytes in [
        wide("id\tname\n1\tZo\u{eb}\n", u16::to_le_bytes),
        wide("id\tname\n1\tZo\u{eb}\n", u16::to_be_bytes),
    ] {
        let reading = try_read(&bytes).unwrap();
        assert_eq!(reading.table.cell(0, 1), "Zo\u{eb}");
        assert!(reading.source.encoding.unwrap().starts_with("UTF-16"));
    }
    let given = ReadOptions {
        encoding: Some(Encoding::Utf8),
        sheet: None,
    };
    let refusal = read("l.csv", b"id,name\n1,Andr\xe9\n", &given, &mut |_| {}).unwrap_err();
    expect!["This file cannot be read as UTF-8: some of its bytes stand for no character. Choose another encoding, or save it again as “CSV UTF-8”."].assert_eq(&refusal.0);
    let given = ReadOptions {
        encoding: Some(Encoding::Windows1252),
        sheet: None,
    };
    let reading = read("l.csv", "id,n\n1,\u{eb}\n".as_bytes(), &given, &mut |_| {}).unwrap();
    assert_eq!(reading.table.cell(0, 1), "\u{c3}\u{ab}");
}

#[test]
fn what_is_no_list_is_refused_with_a_sentence() {
    check(
        "",
        expect![[r#"
        This file is empty (0 bytes). Export the list again.
    "#]],
    );
    check(
        " \n\n",
        expect![[r#"
        This file is empty: it has no filled cell. Choose the file again.
    "#]],
    );
    check(
        "id,name\n",
        expect![[r#"
            # id | name
            Row 1: There is a header but no row below it. Load a list that has cases.
        "#]],
    );
    check(
        b"id,na\0me\n1,2\n",
        expect![[r#"
        This file holds NUL bytes (the first is byte 6), which no list in text has. It is damaged, or UTF-16 without its mark: choose UTF-16LE as its encoding, or save it again as “CSV UTF-8”.
    "#]],
    );
    check(
        "i\0d\0,\0n\0\n\0",
        expect![[r#"
        This file holds NUL bytes (the first is byte 2), which no list in text has. It is damaged, or UTF-16 without its mark: choose UTF-16LE as its encoding, or save it again as “CSV UTF-8”.
    "#]],
    );
}

#[test]
fn files_of_another_kind_are_refused_with_a_sentence() {
    check(
        "%PDF-1.7 ...",
        expect![[r#"
        This is a PDF document. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    check(
        b"\x89PNG\r\n\x1a\n",
        expect![[r#"
        This is an image. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    check(
        "<!DOCTYPE html><table>",
        expect![[r#"
        This is a web page under another name, as some systems export lists. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx) and load that.
    "#]],
    );
    check(
        "<?xml version='1.0'?><Workbook>",
        expect![[r#"
        This is an XML file. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx) and load that.
    "#]],
    );
    check(
        "{\\rtf1 x}",
        expect![[r#"
        This is a document (RTF). Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    check(
        b"\x1f\x8b\x08",
        expect![[r#"
        This is a packed archive. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    let sheet = ReadOptions {
        sheet: Some("List 7".to_owned()),
        encoding: None,
    };
    let refusal = read("l.csv", b"id\n1\n", &sheet, &mut |_| {}).unwrap_err();
    assert!(refusal.0.contains("no sheet “List 7”"), "{refusal}");
    // Letters that begin an image or a program too.
    assert_eq!(try_read(b"BMI,MZ\n1,2\n").unwrap().table.name(0), "BMI");
}

#[test]
fn a_short_line_under_a_wide_header_costs_no_memory() {
    let mut text = vec!["c"; 16_384].join(",");
    text.push('\n');
    text.push_str(&"1\n".repeat(19_999));
    text.push_str("1,2,3\n");
    let reading = try_read(text.as_bytes()).unwrap();
    assert_eq!(
        (reading.table.rows(), reading.table.columns()),
        (20_000, 16_384)
    );
    assert_eq!(reading.problems.len(), 10_000);
    assert_eq!(
        reading.notices.last().unwrap(),
        "There are 10,000 more problems that are not listed."
    );
}

#[test]
fn a_cell_of_32_megabytes_is_named() {
    let text = format!("id,note\n1,\"{}\"\n2,b\n", "x".repeat(32 << 20));
    let reading = try_read(text.as_bytes()).unwrap();
    assert_eq!(reading.table.cell(0, 1).len(), 1 << 20);
    assert_eq!(reading.table.cell(1, 1), "b");
    assert_eq!(reading.problems[0].place.row, Some(2));
    assert!(
        reading.problems[0]
            .message
            .contains("more than a million characters")
    );
}

#[test]
fn progress_goes_from_nothing_to_all() {
    let text = format!("id\n{}", "123456\n".repeat(500_000));
    let mut shares = Vec::new();
    read(
        "l.csv",
        text.as_bytes(),
        &ReadOptions::default(),
        &mut |share| shares.push(share),
    )
    .unwrap();
    assert!(shares.len() > 4 && shares.is_sorted());
    assert_eq!((shares[0], *shares.last().unwrap()), (0.0, 1.0));
}

#[derive(Default, PartialEq, Debug)]
struct Cells(Vec<Vec<String>>, Vec<(u64, usize, Fault)>);

impl Sink for Cells {
    fn cell(&mut self, column: usize, text: &str) {
        if column == 0 {
            self.0.push(Vec::new());
        }
        self.0.last_mut().unwrap().push(text.to_owned());
    }
    fn end_row(&mut self, row: u64, cells: usize) {
        assert_eq!(row, u64::try_from(self.0.len()).unwrap());
        assert_eq!(cells, self.0.last().unwrap().len());
    }
    fn fault(&mut self, row: u64, column: usize, fault: Fault) {
        self.1.push((row, column, fault));
    }
}

fn in_dialect(rows: &[Vec<String>], separator: char, end: &str) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(separator);
            }
            write!(text, "\"{}\"", cell.replace('"', "\"\"")).unwrap();
        }
        text.push_str(end);
    }
    text
}

fn cell() -> impl Strategy<Value = String> {
    // Letters that matter to separators, quotes, line ends and encodings come often.
    proptest::collection::vec(
        prop_oneof![
            Just(','),
            Just(';'),
            Just('"'),
            Just('\n'),
            Just('\r'),
            Just(' '),
            Just('\t'),
            Just('|'),
            Just('\''),
            Just('x'),
            Just('é'),
            Just('\u{a0}'),
            any::<char>()
        ],
        0..6,
    )
    .prop_map(|letters| letters.into_iter().filter(|&c| c != '\0').collect())
}

fn table(width: usize) -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(proptest::collection::vec(cell(), width), 1..8)
}

proptest! {
    #[test]
    fn any_table_scans_back_in_every_dialect(
        rows in (1_usize..5).prop_flat_map(table),
        separator in prop_oneof![Just(','), Just(';'), Just('\t'), Just('|')],
        end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
    ) {
        let text = in_dialect(&rows, separator, end);
        let mut cells = Cells::default();
        let mut scanner = Scanner::new(u8::try_from(separator).unwrap());
        scanner.feed(&text, &mut cells);
        scanner.finish(&mut cells);
        prop_assert_eq!(&cells.0, &rows);
        prop_assert!(cells.1.is_empty());
    }

    #[test]
    fn where_a_slice_is_cut_makes_no_difference(text in "[a,;\"\r\n é]{0,40}", cut in 1_usize..7) {
        let mut whole = Cells::default();
        let mut scanner = Scanner::new(b',');
        scanner.feed(&text, &mut whole);
        scanner.finish(&mut whole);
        let mut parts = Cells::default();
        let mut scanner = Scanner::new(b',');
        let letters: Vec<char> = text.chars().collect();
        for part in letters.chunks(cut) {
            scanner.feed(&part.iter().collect::<String>(), &mut parts);
        }
        scanner.finish(&mut parts);
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn bytes_cut_anywhere_give_the_same_table(name in "[a-zé€😀]{1,9}", cut in 1_usize..5) {
        use sightline::table::csv::Reader;
        let text = format!("id,name\n1,{name}\n2,\"{name}\n\"\n");
        let mut reader = Reader::new(Encoding::Utf8);
        for part in text.as_bytes().chunks(cut) {
            reader.feed(part).unwrap();
        }
        let reading = reader.finish().unwrap();
        prop_assert_eq!(reading.table.cell(0, 1), name);
    }

    #[test]
    fn what_rows_writes_reads_back_to_the_same_table(rows in (2_usize..5).prop_flat_map(table)) {
        let header: Vec<String> = (0..rows[0].len()).map(|at| format!("Name {at},;\"")).collect();
        // A row of blanks is no row, and one that reads as a total is left out.
        let rows: Vec<Vec<String>> = rows
            .into_iter()
            .enumerate()
            .map(|(at, mut row)| { row[0] = format!("k{at}{}", row[0]); row })
            .collect();
        let table = Table::from_rows(&header, &rows);
        let again = try_read(write(&table, 0, usize::MAX).as_bytes()).unwrap().table;
        prop_assert_eq!(again.names().collect::<Vec<_>>(), table.names().collect::<Vec<_>>());
        prop_assert_eq!(again.rows(), table.rows());
        for row in 0..table.rows() {
            for column in 0..table.columns() {
                prop_assert_eq!(again.cell(row, column), table.cell(row, column));
            }
        }
    }

    #[test]
    fn no_bytes_at_all_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = try_read(&bytes);
    }
}

#[test]
fn a_row_is_written_as_rfc_4180_says() {
    let mut text = String::new();
    write_row(["a", "b,c", "d\"e", "f\ng", ""].into_iter(), &mut text);
    write_row([""].into_iter(), &mut text);
    assert_eq!(text, "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n\"\"\r\n");
}
