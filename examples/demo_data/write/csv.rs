//! A list as CSV (RFC 4180): dates as people in England write them, no title above the header.

use super::super::sheet::{Cell, Sheet};

/// How one program or another saves CSV.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// UTF-8 with line feeds, as databases write it.
    Plain,
    /// UTF-8 with a byte order mark and CRLF: "CSV UTF-8" of Excel.
    Marked,
    /// Windows-1252 with CRLF: plain "CSV" of Excel.
    Windows,
}

/// The bytes of one list.
pub(crate) fn bytes(sheet: &Sheet, style: Style) -> Vec<u8> {
    let end = if style == Style::Plain { "\n" } else { "\r\n" };
    let mut out = String::new();
    if style == Style::Marked {
        out.push('\u{feff}');
    }
    let header = sheet
        .header
        .iter()
        .map(|name| field(name))
        .collect::<Vec<_>>();
    out.push_str(&header.join(","));
    out.push_str(end);
    for row in &sheet.rows {
        let cells = row
            .iter()
            .map(|cell| field(&shown(cell)))
            .collect::<Vec<_>>();
        out.push_str(&cells.join(","));
        out.push_str(end);
    }
    match style {
        Style::Plain | Style::Marked => out.into_bytes(),
        Style::Windows => encoding_rs::WINDOWS_1252.encode(&out).0.into_owned(),
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => words.clone(),
        Cell::Number(value) => value.to_string(),
        Cell::Date(day) => day.british(),
        Cell::Moment(moment) => format!("{} {}", moment.day.british(), moment.clock()),
    }
}

fn field(words: &str) -> String {
    if words.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}
