//! Lists as an ODS workbook (`OpenDocument` 1.3, parts 2 and 3), the kind of Ofsted's own
//! template: as much of the format as typed cells need.

use super::super::sheet::{Cell, Sheet};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>
"#;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><number:date-style style:name="moment"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="day"/><style:style style:name="time" style:family="table-cell" style:data-style-name="moment"/></office:automatic-styles><office:body><office:spreadsheet>"#;

const FOOT: &str = "</office:spreadsheet></office:body></office:document-content>\n";

/// The bytes of the workbook.
pub(crate) fn bytes(sheets: &[Sheet]) -> ZipResult<Vec<u8>> {
    // A fixed time and fixed rights: nothing of this machine stands in the file.
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Stored);
    let packed = plain.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // First and uncompressed, so that the kind of file can be told from its first bytes.
    zip.start_file("mimetype", plain)?;
    zip.write_all(KIND.as_bytes())?;
    zip.start_file("META-INF/manifest.xml", packed)?;
    zip.write_all(MANIFEST.as_bytes())?;
    zip.start_file("content.xml", packed)?;
    zip.write_all(content(sheets).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn content(sheets: &[Sheet]) -> String {
    let mut out = String::from(HEAD);
    for sheet in sheets {
        let _ = write!(
            out,
            r#"<table:table table:name="{}">"#,
            escaped(&sheet.name)
        );
        let _ = write!(
            out,
            r#"<table:table-column table:number-columns-repeated="{}"/>"#,
            sheet.header.len()
        );
        for title in &sheet.title {
            let cell = if title.is_empty() {
                Cell::Empty
            } else {
                Cell::Text(title.clone())
            };
            row(&mut out, &[cell]);
        }
        row(
            &mut out,
            &sheet
                .header
                .iter()
                .cloned()
                .map(Cell::Text)
                .collect::<Vec<_>>(),
        );
        for cells in &sheet.rows {
            row(&mut out, cells);
        }
        out.push_str("</table:table>");
    }
    out.push_str(FOOT);
    out
}

fn row(out: &mut String, cells: &[Cell]) {
    out.push_str("<table:table-row>");
    for cell in cells {
        let (attributes, shown) = match cell {
            Cell::Empty => {
                out.push_str("<table:table-cell/>");
                continue;
            }
            Cell::Text(words) => (r#"office:value-type="string""#.to_owned(), escaped(words)),
            Cell::Number(value) => (
                format!(r#"office:value-type="float" office:value="{value}""#),
                value.to_string(),
            ),
            Cell::Date(day) => (
                format!(
                    r#"table:style-name="date" office:value-type="date" office:date-value="{}""#,
                    day.iso()
                ),
                day.british(),
            ),
            Cell::Moment(moment) => (
                format!(
                    r#"table:style-name="time" office:value-type="date" office:date-value="{}T{}:00""#,
                    moment.day.iso(),
                    moment.clock()
                ),
                format!("{} {}", moment.day.british(), moment.clock()),
            ),
        };
        let _ = write!(
            out,
            "<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
        );
    }
    out.push_str("</table:table-row>");
}

/// Text for XML. A space at the end of a paragraph is lost in ODS unless it's an element.
fn escaped(words: &str) -> String {
    let escaped = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    match escaped.strip_suffix(' ') {
        Some(rest) => format!("{rest}<text:s/>"),
        None => escaped,
    }
}
