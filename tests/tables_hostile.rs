//! Workbooks that are hostile or damaged: each is refused or read in part, with a sentence that names
//! the place and says what to do; none takes the memory or the time of whoever opens it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

#[path = "tables/sheets.rs"]
#[expect(dead_code, reason = "not all of it is needed here")]
mod sheets;
#[path = "tables/xlsb.rs"]
#[expect(dead_code, reason = "not all of it is needed here")]
mod xlsb;

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use expect_test::expect;

use sheets::{check, try_read};
use xlsb::zipped;

/// A workbook of one sheet, of which these are the rows and these the shared texts.
fn xlsx(rows: &str, shared: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    of_parts(&sheet, &format!("<sst>{shared}</sst>"))
}

fn of_parts(sheet: &str, shared: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "_rels/.rels",
            b"<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns:r='r'><sheets><sheet name='List 7' r:id='a'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/>\
              <Relationship Id='b' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", shared.as_bytes()),
    ])
}

fn inline(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn header() -> String {
    format!(
        "<row r=\"1\">{}{}</row>",
        inline("A1", "id"),
        inline("B1", "note")
    )
}

/// A second row, and why it is refused.
const BROKEN: [(&str, &str); 11] = [
    (
        "<row r='2'><c r='A2'><v>1</v></row>",
        "a tag is closed by another's name",
    ),
    (
        "<row r='2'><c r='A2'><v>1</v></c>",
        "a tag is closed by another's name",
    ),
    ("<row r='1'></row>", "a row stands out of its order"),
    (
        "<row r='2'><c r='A3'><v>1</v></c></row>",
        "a cell stands out of its order",
    ),
    (
        "<row r='2'><c r='B2'/><c r='A2'/></row>",
        "a cell stands out of its order",
    ),
    (
        "<row r='2'><c r='2A'><v>1</v></c></row>",
        "a cell does not say where it stands",
    ),
    (
        "<row r='2'><c r='A2' t='s'><v>7</v></c></row>",
        "a cell's shared text is missing",
    ),
    (
        "<row r='2'><c r='A2' t='str'><v>&lol;</v></c></row>",
        "it holds an entity that is not defined",
    ),
    (
        "<row r='2'><c r='A2' t='str'><v>&#0;</v></c></row>",
        "it holds an entity that is not defined",
    ),
    (
        "<row r='2'><c r='A2' t='q'><v>1</v></c></row>",
        "a cell is of no kind that is known",
    ),
    (
        "<row r='2'><c r=A2><v>1</v></c></row>",
        "an attribute is broken",
    ),
];

#[test]
fn xml_that_is_not_well_formed_is_refused_at_its_row() {
    for (row, why) in BROKEN {
        let refusal = try_read(&xlsx(&(header() + row), ""), None).unwrap_err().0;
        let place = refusal.contains("sheet “List 7”, row 1:")
            || refusal.contains("sheet “List 7”, row 2:");
        assert!(refusal.contains(why) && place, "{row}: {refusal}");
        assert!(refusal.contains("save it again"), "{refusal}");
    }
    check(
        &xlsx(&(header() + "<row r='2'><c r='A2'><v>1</v></row>"), ""),
        expect![[r#"
            This workbook cannot be read (sheet “List 7”, row 2: a tag is closed by another's name). Open it in a spreadsheet program, save it again as an Excel workbook (.xlsx) and load that.
        "#]],
    );
    // Entities that grow, in the part where they would hurt.
    let lol = "<!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]><worksheet><sheetData/></worksheet>";
    check(
        &of_parts(lol, "<sst/>"),
        expect![[r#"
        This workbook holds a document type (DOCTYPE), which no spreadsheet program writes and which can be used to do harm. Open it in a spreadsheet program, save it again and load that.
    "#]],
    );
    let deep = "<a>".repeat(100_000);
    check(
        &of_parts(&deep, "<sst/>"),
        expect![[r#"
        This workbook cannot be read (sheet “List 7”: its tags stand too deep in one another). Open it in a spreadsheet program, save it again as an Excel workbook (.xlsx) and load that.
    "#]],
    );
}

#[test]
fn one_large_text_that_many_cells_share_is_held_once() {
    let long = "long ".repeat(50_000);
    let mut rows = header();
    for row in 2..20_002 {
        let cell = "t=\"s\"><v>0</v></c>";
        write!(
            rows,
            "<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c r=\"B{row}\" {cell}</row>"
        )
        .unwrap();
    }
    let packed = random_text(32);
    let bytes = xlsx(&rows, &format!("<si><t>{long}{packed}</t></si>"));
    let reading = try_read(&bytes, None).unwrap();
    assert_eq!(reading.table.rows(), 20_000);
    assert!(reading.table.cell(19_999, 1).len() > 250_000);
}

/// Text that hardly packs, as a bomb would not be.
fn random_text(length: usize) -> String {
    let mut state = 1_u64;
    let digits = (0..length).map(|_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'!' + u8::try_from((state >> 40) % 80).unwrap())
    });
    digits.collect::<String>().replace(['<', '&'], "+")
}

#[test]
fn a_cell_of_32_mb_is_cut_and_told() {
    let rows = header()
        + &format!(
            "<row r='2'>{}{}</row>",
            inline("A2", "a"),
            inline("B2", &random_text(32 << 20))
        );
    let reading = try_read(&xlsx(&rows, ""), None).unwrap();
    assert_eq!(reading.table.cell(0, 1).len(), 1 << 20);
    expect!["Sheet “List 7”, row 2, column B: This cell holds more than a million characters; only the first are kept."].assert_eq(&reading.problems[0].to_string());
}

#[test]
fn as_many_columns_as_a_spreadsheet_has_are_read_and_no_more() {
    let cells = |row: u64, from: usize, to: usize| {
        let mut cells = String::new();
        for column in from..to {
            let place = format!("{}{row}", sightline::table::letters(column));
            cells += &inline(&place, &format!("c{column}"));
        }
        format!("<row r=\"{row}\">{cells}</row>")
    };
    let reading = try_read(
        &xlsx(&(cells(1, 0, 16_384) + &cells(2, 0, 16_384)), ""),
        None,
    )
    .unwrap();
    assert_eq!((reading.table.columns(), reading.table.rows()), (16_384, 1));
    assert_eq!(reading.table.cell(0, 16_383), "c16383");
    check(
        &xlsx(&(cells(1, 0, 2) + &cells(2, 16_383, 16_386)), ""),
        expect![[r#"
            # c0 | c1 | Column XFD
            2  |  | c16383
            note: Column XFD has no name in the header (row 1); it is called “Column XFD” here.
            Sheet “List 7”, row 2: Cells beyond column XFD are left out.
        "#]],
    );
}

#[test]
fn errors_and_formulas_without_results_are_named() {
    let rows = header()
        + "<row r='2'><c r='A2'><v>1</v></c><c r='B2' t='e'><f>X()</f><v>#SPILL!</v></c></row>\
           <row r='3'><c r='A3'><v>2</v></c><c r='B3' t='str'><f>A1</f></c></row>\
           <row r='4'><c r='A4'><v>3</v></c><c r='B4' t='e'><v>#REF!</v></c></row>\
           <row r='5'><c r='A5'><v>4</v></c><c r='B5' t='str'><f>A1</f><v></v></c></row>\
           <row r='6'><c r='A6'><f t='shared' si='0'/></c><c r='B6' t='e'><v>#N/A</v></c></row>";
    check(
        &xlsx(&rows, ""),
        expect![[r#"
        # id | note
        2 1 | #SPILL!
        3 2 | 
        4 3 | #REF!
        5 4 | 
        6  | #N/A
        note: 1 cell holds “#N/A” in column “note”, kept as that text.
        Sheet “List 7”, row 2, column B: “#SPILL!” is an error of the spreadsheet, not a value. Mend the formula, or put the value in.
        Sheet “List 7”, row 3, column B: This cell holds a formula whose result was not saved. Open the workbook in a spreadsheet program, save it and load it again.
        Sheet “List 7”, row 4, column B: “#REF!” is an error of the spreadsheet, not a value. Mend the formula, or put the value in.
        Sheet “List 7”, row 6, column A: This cell holds a formula whose result was not saved. Open the workbook in a spreadsheet program, save it and load it again.
    "#]],
    );
}

/// Where the local header and the entry of the directory keep the checksum and the sizes of a part.
fn headers(bytes: &[u8], name: &str) -> [usize; 2] {
    let all: Vec<usize> = (0..bytes.len() - name.len())
        .filter(|&at| bytes[at..].starts_with(name.as_bytes()))
        .collect();
    let (first, last) = (all.first().unwrap(), all.last().unwrap());
    [first - 30 + 14, last - 46 + 16]
}

#[test]
fn an_archive_that_lies_about_itself_is_refused() {
    let whole = xlsx(&(header() + "<row r='2'><c r='A2'><v>1</v></c></row>"), "");
    let name = "xl/worksheets/sheet1.xml";
    let changed = |change: &dyn Fn(&mut [u8])| {
        let mut bytes = whole.clone();
        for at in headers(&whole, name) {
            change(&mut bytes[at..]);
        }
        bytes
    };
    // The checksum; the size unpacked, said to be smaller than it is; the size packed.
    check(
        &changed(&|fields| fields[0] ^= 1),
        expect![[r#"
        This workbook is damaged (sheet “List 7”, row 2: its bytes do not fit its checksum), perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
    check(
        &changed(&|fields| fields[8] = 9),
        expect![[r#"
        This workbook is damaged (sheet “List 7”: its bytes do not fit its checksum), perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
    check(
        &changed(&|fields| fields[4] = fields[4].wrapping_add(200)),
        expect![[r#"
        This workbook is damaged (sheet “List 7”, row 1: its bytes do not fit its checksum), perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
    // Two entries over the same bytes, as the bombs of Fifield (2019) have them.
    let mut overlapping = whole.clone();
    let [_, sheet] = headers(&whole, name);
    let [_, texts] = headers(&whole, "xl/sharedStrings.xml");
    let (sheet, texts) = (sheet + 26, texts + 26);
    overlapping.copy_within(sheet..sheet + 4, texts);
    check(
        &overlapping,
        expect![[r#"
        This workbook is damaged (its entries overlap), perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
    let many: Vec<String> = (0..5_001).map(|number| format!("{number}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|name| (name.as_str(), b"".as_slice()))
        .collect();
    check(
        &zipped(&many),
        expect![[r#"
        This workbook would unpack to 5,001 entries, which is more than a case list needs, so it is not opened. Keep only the sheet and the columns that the audit needs, or save it as CSV.
    "#]],
    );
    let alike = zipped(&[("xl/workbook.xml", b"<a/>"), ("XL/Workbook.xml", b"<a/>")]);
    check(
        &alike,
        expect![[r#"
        This workbook is damaged (two entries bear the same name), perhaps because it was not copied in full. Copy or export it again and load that.
    "#]],
    );
}

#[test]
fn what_is_no_workbook_is_named_whatever_it_is_called() {
    check(
        b"%PDF-1.7\n%\xE2\xE3",
        expect![[r#"
        This is a PDF document. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    check(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        expect![[r#"
        This is an image. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
    check(
        b"\xFF\xD8\xFF\xE0\0\x10JFIF\0",
        expect![[r#"
        This is an image. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV file.
    "#]],
    );
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"List 1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_opendocument_bomb_is_refused_before_it_is_written_out() {
    let cell = |attributes: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"{attributes}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |attributes: &str, cells: &str| {
        format!("<table:table-row{attributes}>{cells}</table:table-row>")
    };
    let header = row("", &(cell("", "id") + &cell("", "note")));
    let (rows, columns) = (
        " table:number-rows-repeated=\"1048000\"",
        " table:number-columns-repeated=\"1000\"",
    );
    check(
        &ods(&(header.clone() + &row(rows, &cell(columns, "a")))),
        expect![[r#"
            Sheet “List 1” of this OpenDocument workbook repeats cells millions of times. Delete the empty rows and columns around the list, or save it as CSV, and load that.
        "#]],
    );
    // One cell at the far corner.
    let far = row(rows, "<table:table-cell/>")
        + &row(
            "",
            &format!(
                "<table:table-cell table:number-columns-repeated=\"16383\"/>{}",
                cell("", "far")
            ),
        );
    check(
        &ods(&(header.clone() + &far)),
        expect![[r#"
        Sheet “List 1” of this OpenDocument workbook repeats cells millions of times. Delete the empty rows and columns around the list, or save it as CSV, and load that.
    "#]],
    );
    // A large text, many times.
    let long = random_text(1 << 20);
    check(
        &ods(&(header.clone() + &row("", &cell(columns, &long)))),
        expect![[r#"
            Sheet “List 1” of this OpenDocument workbook repeats cells millions of times. Delete the empty rows and columns around the list, or save it as CSV, and load that.
        "#]],
    );
    // What LibreOffice itself writes behind a list costs nothing.
    let behind = row(
        rows,
        "<table:table-cell table:number-columns-repeated=\"16384\"/>",
    );
    check(
        &ods(&(header + &row("", &(cell("", "a") + &cell("", "b"))) + &behind)),
        expect![[r#"
            # id | note
            2 a | b
        "#]],
    );
}

#[test]
fn an_opendocument_list_that_stops_anywhere_is_refused() {
    let whole = ods(
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>id</text:p></table:table-cell></table:table-row>",
    );
    let mut content = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(&whole)).unwrap();
    let mut part = zip.by_name("content.xml").unwrap();
    part.read_to_string(&mut content).unwrap();
    for end in (1..content.len()).step_by(7) {
        let cut = zipped(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("META-INF/manifest.xml", b"<manifest:manifest/>"),
            ("content.xml", &content.as_bytes()[..end]),
        ]);
        let refusal = try_read(&cut, None).unwrap_err().0;
        assert!(refusal.contains("is damaged"), "{end}: {refusal}");
    }
}

#[test]
fn a_binary_workbook_is_read() {
    check(
        &xlsb::workbook(),
        expect![[r#"
        # Child Unique ID | Zoë | Day
        2 00123 | 12345 | 2026-03-31
        3 TRUE | 0.5 | #N/A
        note: 1 cell holds “#N/A” in column “Day”, kept as that text.
    "#]],
    );
}

/// The reader of XLS and XLSB panics on some files. The list worker is ended and replaced then, and
/// natively the panic is caught: no file ends the program, and what is read is never wrong in form.
#[test]
fn a_binary_workbook_cut_or_changed_anywhere_is_read_or_refused() {
    for whole in [
        include_bytes!("lists/libreoffice.xls").to_vec(),
        xlsb::workbook(),
    ] {
        for end in (0..whole.len()).step_by(whole.len() / 60) {
            let _ = try_read(&whole[..end], None);
        }
        let mut refused = 0;
        for at in (0..whole.len()).step_by(whole.len() / 300) {
            for change in [0x01, 0x80, 0xFF] {
                let mut copy = whole.clone();
                copy[at] ^= change;
                refused += usize::from(try_read(&copy, None).is_err());
            }
        }
        assert!(refused > 10, "{refused}");
    }
}
