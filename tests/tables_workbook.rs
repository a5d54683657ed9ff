//! Workbooks: what a sheet shows is what is read; damaged, protected and hostile files are refused.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

#[path = "tables/sheets.rs"]
mod sheets;

use std::io::{Cursor, Write as _};

use expect_test::expect;
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use sheets::{check, header, sheet, shown, try_read};

fn book(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn cells_read_as_the_sheet_shows_them() {
    let bytes = sheet(|sheet| {
        header(sheet, 0, &["id", "value"]);
        let mut cell = |row, id: &str, value: f64, format: &str| {
            let format = Format::new().set_num_format(format);
            sheet
                .write(row, 0, id)
                .unwrap()
                .write_with_format(row, 1, value, &format)
                .unwrap();
        };
        cell(1, "whole", 12345.0, "General");
        cell(2, "00123", 6.138, "General");
        cell(3, "long", 12_000_000_000.0, "General");
        cell(4, "noughts", 123.0, "00000");
        // 31 March 2026 is day 46,112 of the calendar that begins with 1900.
        cell(5, "date", 46_112.0, "dd/mm/yyyy");
        cell(6, "both", 46_112.437_5, "dd/mm/yyyy hh:mm");
        cell(7, "time", 0.4375, "hh:mm");
        cell(8, "length", 1.5, "[h]:mm");
        cell(9, "sum", 0.1 + 0.2, "General");
        cell(10, "a\u{a0}b", -1.5e-7, "General");
        sheet.write(11, 0, 77).unwrap().write(11, 1, true).unwrap();
    });
    check(
        &bytes,
        expect![[r#"
            # id | value
            2 whole | 12345
            3 00123 | 6.138
            4 long | 12000000000
            5 noughts | 00123
            6 date | 2026-03-31
            7 both | 2026-03-31T10:30:00
            8 time | 10:30:00
            9 length | 36:00:00
            10 sum | 0.3
            11 a b | -0.00000015
            12 77 | TRUE
        "#]],
    );
}

#[test]
fn the_1904_epoch_is_kept() {
    // The same workbook with `date1904` set: serial 0 is 1 January 1904.
    let bytes = sheet(|sheet| {
        let day = Format::new().set_num_format("dd/mm/yyyy");
        header(sheet, 0, &["id", "day"]);
        sheet
            .write(1, 0, "a")
            .unwrap()
            .write_with_format(1, 1, 44_650, &day)
            .unwrap();
    });
    assert_eq!(
        try_read(&bytes, None).unwrap().table.cell(0, 1),
        "2022-03-30"
    );
    let bytes = rewritten(&bytes, |name, content| {
        if name == "xl/workbook.xml" {
            replaced(&content, "<workbookPr ", "<workbookPr date1904=\"1\" ")
        } else {
            content
        }
    });
    assert_eq!(
        try_read(&bytes, None).unwrap().table.cell(0, 1),
        "2026-03-31"
    );
}

#[test]
fn damage_is_named_by_its_cell() {
    let bytes = sheet(|sheet| {
        header(sheet, 0, &["id", "upn", "sum"]);
        sheet
            .write(1, 0, "a")
            .unwrap()
            .write(1, 1, 1_234_567_890_123_456.0)
            .unwrap();
        sheet
            .write(2, 0, "b")
            .unwrap()
            .write(2, 1, "1.2E+11")
            .unwrap();
        sheet
            .write(2, 2, Formula::new("1/0").set_result("#DIV/0!"))
            .unwrap();
        sheet
            .write(3, 0, "c")
            .unwrap()
            .write(3, 2, Formula::new("NA()").set_result("#N/A"))
            .unwrap();
        sheet
            .write(4, 0, "d")
            .unwrap()
            .write(4, 2, Formula::new("1+1").set_result("2"))
            .unwrap();
        sheet
            .write(5, 0, "e")
            .unwrap()
            .write(5, 2, Formula::new("B1").set_result("9"))
            .unwrap();
    });
    let bytes = rewritten(&bytes, |name, content| {
        if name == "xl/worksheets/sheet1.xml" {
            replaced(&content, "<f>B1</f><v>9</v>", "<f>B1</f>")
        } else {
            content
        }
    });
    check(
        &bytes,
        expect![[r#"
            # id | upn | sum
            2 a | 1234567890123456 | 
            3 b | 1.2E+11 | #DIV/0!
            4 c |  | #N/A
            5 d |  | 2
            6 e |  | 
            note: 1 cell holds “#N/A” in column “sum”, kept as that text.
            Sheet “List 7”, row 2, column B: 1234567890123456 is held as a number of 16 digits or more, of which a spreadsheet keeps only 15: its last digits may be wrong. Export the list again with this column as text.
            Sheet “List 7”, row 3, column B: “1.2E+11” is a long number that a spreadsheet has shortened; its last digits are lost. Export the list again with this column as text.
            Sheet “List 7”, row 3, column C: “#DIV/0!” is an error of the spreadsheet, not a value. Mend the formula, or put the value in.
            Sheet “List 7”, row 6, column C: This cell holds a formula whose result was not saved. Open the workbook in a spreadsheet program, save it and load it again.
        "#]],
    );
}

#[test]
fn titles_blank_rows_and_totals_in_a_sheet() {
    let bytes = sheet(|sheet| {
        sheet.write(0, 0, "Annex A – List 7").unwrap();
        header(sheet, 2, &["Child Unique ID ", "Team", "Team", ""]);
        sheet
            .write(3, 0, 1)
            .unwrap()
            .write(3, 1, "N")
            .unwrap()
            .write(3, 2, "S")
            .unwrap();
        sheet
            .write(5, 0, 2)
            .unwrap()
            .write(5, 1, "N")
            .unwrap()
            .write(5, 3, "late")
            .unwrap();
        sheet.write(6, 0, "Total").unwrap().write(6, 1, 2).unwrap();
    });
    check(
        &bytes,
        expect![[r#"
            # Child Unique ID | Team | Team (2) | Column D
            4 1 | N | S | 
            6 2 | N |  | late
            note: Row 3 is taken as the header; rows 1 and 2 above it are left out.
            note: Row 7 at the foot reads “Total” and is left out as a total.
            note: Column C is called “Team” like a column before it (row 3); it is called “Team (2)” here.
            note: Column D has no name in the header (row 3); it is called “Column D” here.
            note: 1 blank row is left out.
        "#]],
    );
}

fn two_sheets() -> Vec<u8> {
    book(|workbook| {
        let hidden = workbook.add_worksheet().set_name("Lookups").unwrap();
        header(hidden, 0, &["code", "meaning"]);
        hidden
            .write(1, 0, "N1")
            .unwrap()
            .write(1, 1, "Abuse")
            .unwrap();
        hidden.set_hidden(true);
        let cover = workbook.add_worksheet().set_name("Cover").unwrap();
        cover.write(0, 0, "Annex A").unwrap();
        let list = workbook.add_worksheet().set_name("List 7").unwrap();
        header(list, 0, &["id", "name"]);
        list.write(1, 0, "a").unwrap().write(1, 1, "b").unwrap();
        list.set_active(true);
    })
}

#[test]
fn a_visible_list_comes_before_hidden_sheets_and_covers() {
    let reading = try_read(&two_sheets(), None).unwrap();
    assert_eq!(reading.source.sheet.as_deref(), Some("List 7"));
    let sheets: Vec<_> = reading
        .sheets
        .iter()
        .map(|sheet| (sheet.name.as_str(), sheet.rows, sheet.hidden))
        .collect();
    assert_eq!(
        sheets,
        [
            ("Lookups", 2, true),
            ("Cover", 1, false),
            ("List 7", 2, false)
        ]
    );
    let asked = try_read(&two_sheets(), Some("lookups ")).unwrap();
    assert_eq!(asked.table.cell(0, 1), "Abuse");
    let refusal = try_read(&two_sheets(), Some("List 8")).unwrap_err();
    expect!["There is no sheet “List 8” in this workbook. It has “Lookups” (hidden), “Cover” and “List 7”."].assert_eq(&refusal.0);
}

#[test]
fn one_cell_far_out_costs_nothing() {
    let bytes = sheet(|sheet| {
        header(sheet, 0, &["id", "name"]);
        sheet.write(1, 0, "a").unwrap();
        sheet.write(1_048_575, 16_383, "far").unwrap();
    });
    let reading = try_read(&bytes, None).unwrap();
    assert_eq!((reading.table.rows(), reading.table.columns()), (2, 3));
    assert_eq!(reading.table.row_number(1), 1_048_576);
    assert_eq!(reading.table.column_letters(2), "XFD");
}

/// The archive with every part passed through `change`.
fn rewritten(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    use std::io::Read;
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        new.start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        new.write_all(&change(&name, content)).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn replaced(content: &[u8], old: &str, new: &str) -> Vec<u8> {
    let text = std::str::from_utf8(content).unwrap();
    assert!(text.contains(old), "{old} stands in the part");
    text.replace(old, new).into_bytes()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_workbook_is_refused_with_a_sentence() {
    check(
        &zipped(&[
            ("word/document.xml", b"<w/>"),
            ("[Content_Types].xml", b"<T/>"),
        ]),
        expect![[r#"
        This is a Word document. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    check(
        &zipped(&[("list.csv", b"id\n1\n")]),
        expect![[r#"
        This is a zip archive without a workbook in it. Unpack it and load the list itself.
    "#]],
    );
    check(
        &zipped(&[("Index/Document.iwa", b"")]),
        expect![[r#"
        This is an Apple Numbers file. Export it from Numbers as Excel or CSV and load that.
    "#]],
    );
    check(
        &book(|workbook| {
            workbook.add_worksheet();
        }),
        expect![[r#"
        This workbook has no filled cell. Choose the workbook that holds the list.
    "#]],
    );
    let container = |stream: &str| -> Vec<u8> {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    check(
        &container("EncryptedPackage"),
        expect![[r#"
        This workbook is protected by a password. Open it in the spreadsheet program, take the password off (in Excel: File, Info, Protect Workbook), save it and load it again.
    "#]],
    );
    check(
        &container("WordDocument"),
        expect![[r#"
        This is a Word document. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    let small = sheet(|sheet| header(sheet, 0, &["id", "name"]));
    check(
        small.get(..small.len() / 2).unwrap(),
        expect![[r#"
            This workbook is damaged (its end is missing), perhaps because it was not copied in full. Copy or export it again and load that.
        "#]],
    );
}

#[test]
fn hostile_archives_are_refused_before_they_are_parsed() {
    let small = sheet(|sheet| header(sheet, 0, &["id", "name"]));
    let typed = rewritten(&small, |name, content| {
        if name == "xl/sharedStrings.xml" {
            replaced(&content, "<sst", "<!DOCTYPE sst [<!ENTITY a \"b\">]><sst")
        } else {
            content
        }
    });
    check(
        &typed,
        expect![[r#"
        This workbook holds a document type (DOCTYPE), which no spreadsheet program writes and which can be used to do harm. Open it in a spreadsheet program, save it again and load that.
    "#]],
    );
    let bomb = rewritten(&small, |name, content| {
        if name == "xl/sharedStrings.xml" {
            vec![b' '; 64 << 20]
        } else {
            content
        }
    });
    assert!(bomb.len() < 1 << 20);
    check(
        &bomb,
        expect![[r#"
        This workbook would unpack to 64 MB from 63 KB, which is more than a case list needs, so it is not opened. Keep only the sheet and the columns that the audit needs, or save it as CSV.
    "#]],
    );
    // The same entry twice: two readers might see two different lists.
    let mut twice = zipped(&[("a.xml", b"<a/>"), ("b.xml", b"<b/>")]);
    for at in 0..twice.len() - 5 {
        if &twice[at..at + 5] == b"b.xml" {
            twice[at] = b'a';
        }
    }
    check(
        &twice,
        expect![[r#"
        This workbook is damaged (two entries bear the same name), perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
}

#[test]
fn a_workbook_cut_or_changed_anywhere_never_panics() {
    let bytes = sheet(|sheet| {
        header(sheet, 0, &["id", "name", "team"]);
        for row in 1..40 {
            sheet
                .write(row, 0, row)
                .unwrap()
                .write(row, 1, format!("name {row}"))
                .unwrap();
        }
    });
    let whole = shown(&try_read(&bytes, None).unwrap());
    for end in (0..bytes.len()).step_by(64) {
        assert!(try_read(&bytes[..end], None).is_err(), "cut at {end}");
    }
    let mut changed = 0;
    for at in (0..bytes.len()).step_by(5) {
        let mut copy = bytes.clone();
        copy[at] ^= 0x55;
        if let Ok(reading) = try_read(&copy, None) {
            // What is read at all is read right: nothing but unused fields may differ.
            assert_eq!(shown(&reading), whole, "byte {at}");
        } else {
            changed += 1;
        }
    }
    // Parts that are not read may be damaged: themes, properties.
    assert!(changed > bytes.len() / 50);
}

fn ods(content: &str) -> Vec<u8> {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
        xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
        <office:spreadsheet>";
    let foot = "</office:spreadsheet></office:body></office:document-content>";
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", format!("{head}{content}{foot}").as_bytes()),
    ])
}

#[test]
fn an_opendocument_sheet_is_read() {
    let text = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let day = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-31\"><text:p>31/03/26</text:p></table:table-cell>";
    let number = "<table:table-cell office:value-type=\"float\" office:value=\"12345\"><text:p>12345</text:p></table:table-cell>";
    let time = "<table:table-cell office:value-type=\"time\" office:time-value=\"PT09H30M00S\"><text:p>09:30</text:p></table:table-cell>";
    let rows = row(text("id") + &text("seen") + &text("at")) + &row(number.to_owned() + day + time);
    check(
        &ods(&format!(
            "<table:table table:name=\"List 1\">{rows}</table:table>"
        )),
        expect![[r#"
              # id | seen | at
              2 12345 | 2026-03-31 | 09:30:00
        "#]],
    );
    // Its reader would go round for ever.
    check(
        &ods(&format!("<table:table table:name=\"List 1\">{rows}")),
        expect![[r#"
        This OpenDocument workbook is damaged, perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
    let wide = text("x").replace(
        "<table:table-cell ",
        "<table:table-cell table:number-columns-repeated=\"16384\" ",
    );
    let many = row(wide).repeat(3000);
    check(
        &ods(&format!(
            "<table:table table:name=\"List 1\">{many}</table:table>"
        )),
        expect![[r#"
            Sheet “List 1” of this OpenDocument workbook repeats cells millions of times. Delete the empty rows and columns around the list, or save it as CSV, and load that.
        "#]],
    );
}

#[test]
fn one_list_saved_by_libreoffice_in_three_formats_reads_the_same() {
    let files: [&[u8]; 3] = [
        include_bytes!("lists/libreoffice.xlsx"),
        include_bytes!("lists/libreoffice.xls"),
        include_bytes!("lists/libreoffice.ods"),
    ];
    let read = files.map(|bytes| shown(&try_read(bytes, None).unwrap()));
    expect![[r#"
        # Child Unique ID | Gender | Date of Birth | Age of Child (Years | Name
        4 00123 | a) Male | 2015-03-31 | 6.138 | Zoë
        5 12345 | b) Female | 2016-02-29 | 7 | Smith, Jo
        7 12346 | b) Female | 2016-02-29 | 7 | 
        note: Row 3 is taken as the header; rows 1 and 2 above it are left out.
        note: 1 blank row is left out.
    "#]]
    .assert_eq(&read[0]);
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0], read[2]);
}

#[test]
fn a_workbook_that_takes_a_password_is_named_as_such_in_each_format() {
    let files: [(&str, &[u8]); 3] = [
        (
            "xlsx",
            include_bytes!("fixtures/spreadsheet/protected.xlsx"),
        ),
        ("xls", include_bytes!("fixtures/spreadsheet/protected.xls")),
        ("ods", include_bytes!("fixtures/spreadsheet/protected.ods")),
    ];
    for (format, bytes) in files {
        let refusal = try_read(bytes, None).unwrap_err().0;
        assert!(
            refusal.starts_with("This workbook is protected by a password. Open it in the"),
            "{format}: {refusal}"
        );
    }
}
