//! Tests only: workbooks written by hand, valid but as nasty as XML allows: prefixes, gaps, cells
//! that do not say where they stand, comments, entities, runs, escapes.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Dice;

/// How a workbook is written throughout.
struct Hand {
    prefix: &'static str,
    main: &'static str,
    /// The beginning of the kinds of relationships.
    kinds: &'static str,
    quote: char,
    breaks: &'static str,
    places: bool,
}

const TEXTS: [&str; 14] = [
    "Zoë",
    "a &amp; b &lt;c&gt;",
    "&#65;&#x1F600;",
    " spaces ",
    "line\nbreak\r\nand\rmore",
    "_x000D_",
    "_x005F_x000D_ snake_case_ _xD83D__xDE00_",
    "00123",
    "1.2E+11",
    "\u{a0}no-break\u{a0}",
    "",
    "]]&gt; &quot;quoted&apos;",
    "a\tb",
    "#N/A",
];

const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "1",
    "12345",
    "-3.5",
    "6.138",
    "0.30000000000000004",
    "1E3",
    "1.5e-7",
    "-2.50",
    "46112",
    "46112.4375",
    "0.4375",
    "1.5",
    "123456789012345",
    "1234567890123456",
    "00012",
    "60",
    "59",
    "0.1",
    "1e300",
    "99999999999999999999",
];

const CODES: [&str; 12] = [
    "General",
    "0",
    "0.00",
    "#,##0",
    "00000",
    "dd/mm/yyyy",
    "dd/mm/yyyy hh:mm",
    "[h]:mm",
    "@",
    "&quot;x&quot;0",
    "£#,##0.00;[Red]-£#,##0.00",
    "0.00E+00",
];

const BUILT_IN: [&str; 8] = ["0", "1", "2", "9", "14", "22", "46", "38"];

/// A workbook as bytes.
pub(super) fn workbook(dice: &mut Dice) -> Vec<u8> {
    let strict = dice.one_in(3);
    let hand = Hand {
        prefix: dice.pick(&["", "", "x:", "main:"]),
        main: if strict {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        },
        kinds: if strict {
            "http://purl.oclc.org/ooxml/officeDocument/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        },
        quote: dice.pick(&['"', '"', '\'']),
        breaks: dice.pick(&["", "", "\n  ", "<!-- <c r=\"A1\"> -->", "\r\n"]),
        places: !dice.one_in(4),
    };
    let sheets = dice.throw(3) + 1;
    let shared: Vec<String> = (0..=dice.throw(20)).map(|_| item(&hand, dice)).collect();
    let styles = dice.throw(6) + 1;
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), package(&hand)),
        ("xl/workbook.xml".to_owned(), book(&hand, sheets, dice)),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            links(&hand, sheets, dice),
        ),
        ("xl/styles.xml".to_owned(), style_sheet(&hand, styles, dice)),
        (
            "xl/sharedStrings.xml".to_owned(),
            part(&hand, "sst", &shared.concat()),
        ),
    ];
    for number in 1..=sheets {
        let texts = u64::try_from(shared.len()).expect("a few");
        let sheet = sheet(&hand, texts, styles, dice);
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a new part");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

impl Hand {
    /// An element: its name and attributes, and what it holds.
    fn element(&self, tag: &str, content: &str) -> String {
        let tag = tag.replace('"', &self.quote.to_string());
        let name = tag.split(' ').next().unwrap_or_default();
        let (prefix, breaks) = (self.prefix, self.breaks);
        if content.is_empty() && self.places {
            return format!("<{prefix}{tag}/>{breaks}");
        }
        format!("<{prefix}{tag}>{content}</{prefix}{name} >{breaks}")
    }
}

fn part(hand: &Hand, root: &str, content: &str) -> String {
    let (prefix, main, kinds) = (hand.prefix, hand.main, hand.kinds);
    let declared = match prefix.strip_suffix(':') {
        Some(prefix) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{prefix}{root} \
         {declared}=\"{main}\" xmlns:r=\"{kinds}\">{content}</{prefix}{root}>\n"
    )
}

fn package(hand: &Hand) -> String {
    format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
        hand.kinds
    )
}

fn links(hand: &Hand, sheets: u64, dice: &mut Dice) -> String {
    let kinds = hand.kinds;
    let mut all: Vec<String> = ["styles", "sharedStrings"]
        .iter()
        .map(|kind| {
            format!("<Relationship Id=\"{kind}\" Type=\"{kinds}/{kind}\" Target=\"{kind}.xml\"/>")
        })
        .collect();
    for number in 1..=sheets {
        let folder = dice.pick(&["worksheets", "/xl/worksheets"]);
        all.push(format!(
            "<Relationship Target='{folder}/sheet{number}.xml' Type=\"{kinds}/worksheet\" \
             Id=\"rId{number}\"></Relationship>"
        ));
    }
    let all = all.concat();
    format!("<Relationships>{all}</Relationships>")
}

fn book(hand: &Hand, sheets: u64, dice: &mut Dice) -> String {
    let mut all = String::new();
    for number in 1..=sheets {
        let state = dice.pick(&["", "", " state=\"hidden\"", " state=\"visible\""]);
        let name = format!("A &amp; {number}");
        let tag = format!("sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"");
        all += &hand.element(&tag, "");
    }
    let epoch = dice.pick(&[
        "workbookPr",
        "workbookPr date1904=\"1\"",
        "workbookPr date1904=\"0\"",
    ]);
    let content = hand.element(epoch, "") + &hand.element("sheets", &all);
    part(hand, "workbook", &content)
}

fn style_sheet(hand: &Hand, styles: u64, dice: &mut Dice) -> String {
    let (mut codes, mut looks) = (String::new(), String::new());
    for number in 0..styles {
        let id = if dice.one_in(2) {
            dice.pick(&BUILT_IN).to_owned()
        } else {
            let code = dice.pick(&CODES);
            codes += &hand.element(
                &format!("numFmt numFmtId=\"{}\" formatCode=\"{code}\"", 164 + number),
                "",
            );
            (164 + number).to_string()
        };
        // What stands in no style of its own is a plain number.
        let id = if number == 0 { "0" } else { &id };
        looks += &hand.element(&format!("xf numFmtId=\"{id}\" fontId=\"0\""), "");
    }
    let others = hand.element("cellStyleXfs", &hand.element("xf numFmtId=\"14\"", ""));
    let content = hand.element("numFmts", &codes) + &others + &hand.element("cellXfs", &looks);
    part(hand, "styleSheet", &content)
}

/// A shared text, or what an inline text holds in its own element.
fn item(hand: &Hand, dice: &mut Dice) -> String {
    hand.element("si", &text(hand, dice))
}

fn text(hand: &Hand, dice: &mut Dice) -> String {
    let piece = |dice: &mut Dice| {
        let space = dice.pick(&["t", "t xml:space=\"preserve\""]);
        let mut text = dice.pick(&TEXTS).to_owned();
        if dice.one_in(8) {
            text += "<![CDATA[<b>&amp;]]>";
        }
        if dice.one_in(8) {
            text += "<!-- & -->tail";
        }
        // No break may stand within a text that keeps its space.
        hand.element(space, &text)
    };
    if dice.one_in(4) {
        let looks = hand.element("rPr", &hand.element("b", ""));
        let mut runs = String::new();
        for _ in 0..=dice.throw(3) {
            runs += &hand.element("r", &format!("{looks}{}", piece(dice)));
        }
        return runs + &hand.element("rPh sb=\"0\" eb=\"1\"", &hand.element("t", "hint"));
    }
    piece(dice)
}

fn sheet(hand: &Hand, texts: u64, styles: u64, dice: &mut Dice) -> String {
    let (rows, columns) = (dice.throw(60) + 1, dice.throw(12) + 1);
    let mut all = String::new();
    let mut number = 0;
    for _ in 0..rows {
        number += if hand.places && dice.one_in(6) {
            dice.throw(5) + 1
        } else {
            1
        };
        let mut cells = String::new();
        for column in 0..columns {
            if hand.places && dice.one_in(5) {
                continue;
            }
            cells += &cell(hand, (column, number), texts, styles, dice);
        }
        let hidden = if dice.one_in(9) { " hidden=\"1\"" } else { "" };
        let tag = if hand.places || dice.one_in(2) {
            format!("row r=\"{number}\" spans=\"1:9\"{hidden}")
        } else {
            format!("row{hidden}")
        };
        all += &hand.element(&tag, &cells);
    }
    let mut content = String::new();
    content += &match dice.throw(3) {
        0 => String::new(),
        1 => hand.element("dimension ref=\"A1\"", ""),
        _ => hand.element(
            &format!("dimension ref=\"A1:{}{number}\"", letter(columns - 1)),
            "",
        ),
    };
    content += &hand.element(
        "cols",
        &hand.element("col min=\"2\" max=\"2\" hidden=\"1\"", ""),
    );
    content += &hand.element("sheetData", &all);
    if dice.one_in(3) {
        let (top, left) = (dice.throw(number) + 1, dice.throw(columns));
        let area = format!(
            "{}{top}:{}{}",
            letter(left),
            letter(left + dice.throw(2)),
            top + dice.throw(4)
        );
        content += &hand.element(
            "mergeCells",
            &hand.element(&format!("mergeCell ref=\"{area}\""), ""),
        );
    }
    content += &hand.element(
        "extLst",
        &hand.element("ext", &hand.element("c r=\"A1\"", "")),
    );
    part(hand, "worksheet", &content)
}

fn letter(column: u64) -> char {
    char::from(b'A' + u8::try_from(column).expect("a few columns"))
}

fn cell(
    hand: &Hand,
    (column, row): (u64, u64),
    texts: u64,
    styles: u64,
    dice: &mut Dice,
) -> String {
    let mut tag = "c".to_owned();
    if hand.places {
        tag = format!("{tag} r=\"{}{row}\"", letter(column));
    }
    if dice.one_in(2) {
        tag = format!("{tag} s=\"{}\"", dice.throw(styles + 1));
    }
    let formula = match dice.throw(8) {
        0 => hand.element("f", "SUM(A1:A2)&amp;\"&gt;\""),
        1 => hand.element("f t=\"shared\" si=\"0\"", ""),
        _ => String::new(),
    };
    let value = |text: &str| hand.element("v", text);
    let (kind, content) = match dice.throw(16) {
        0 => ("", String::new()),
        1..=4 => ("", value(dice.pick(&NUMBERS))),
        5 => (" t=\"n\"", value(dice.pick(&NUMBERS))),
        6..=9 => (" t=\"s\"", value(&dice.throw(texts).to_string())),
        10 => (" t=\"str\"", value(dice.pick(&TEXTS))),
        11 | 12 => {
            let inline = hand.element("is", &text(hand, dice));
            return hand.element(&format!("{tag} t=\"inlineStr\""), &inline);
        }
        13 => (" t=\"b\"", value(dice.pick(&["0", "1", "true", "false"]))),
        14 => {
            let errors = [
                "#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!",
            ];
            (" t=\"e\"", value(dice.pick(&errors)))
        }
        _ => {
            let days = ["2026-03-31", "2026-03-31T00:00:00", "2026-03-31T10:30:00"];
            (" t=\"d\"", value(dice.pick(&days)))
        }
    };
    hand.element(&(tag + kind), &(formula + &content))
}
