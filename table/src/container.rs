//! What kind of file it is, by its content: a workbook, text, or something that is no list.

use memchr::memmem;

use super::Refusal;
use super::archive::{self, Archive};

/// The workbook formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Also XLSM.
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// So many bytes from the start tell what a file is.
pub(super) const HEAD: usize = 1024;
/// First bytes of containers that workbooks come in: zip, an empty zip, and Microsoft's older one.
const PACKED: [&[u8]; 3] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
];

/// First bytes of files that people choose by mistake, and what they are.
const STRANGERS: [(&[u8], &str); 17] = [
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"BM", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"\0\0\0\x18ftyp", "an image or a recording"),
    (b"\0\0\0 ftyp", "an image or a recording"),
    (b"{\\rtf", "a document (RTF)"),
    (b"7z\xBC\xAF", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\x1F\x8B", "a packed archive"),
    (b"SQLite format 3\0", "a database"),
    (b"age-encryption.org/v1", "an encrypted file"),
    (b"MZ", "a program"),
];
const WORKBOOK_IN_CFB: [&str; 2] = ["Workbook", "Book"];

/// Whether a file that begins so is a container of parts, as workbooks are.
pub(super) fn is_packed(head: &[u8]) -> bool {
    PACKED.iter().any(|start| head.starts_with(start))
}

/// Which workbook a container of parts holds.
pub(super) fn workbook(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.starts_with(b"PK") {
        return in_zip(&archive::look(bytes)?);
    }
    in_cfb(bytes)
}

/// Refuses what begins as no list in text does.
pub(super) fn expect_text(head: &[u8]) -> Result<(), Refusal> {
    if head.is_empty() {
        return Err(Refusal::new(
            "This file is empty (0 bytes). Export the list again.",
        ));
    }
    let short_names = [b"BM".as_slice(), b"MZ".as_slice()];
    for (start, what) in STRANGERS {
        // Two letters alone may well be the start of a list: then a NUL byte must follow soon.
        let sure = !short_names.contains(&start) || head.iter().take(64).any(|&byte| byte == 0);
        if head.starts_with(start) && sure {
            return Err(not_a_list(what));
        }
    }
    let head = head.to_ascii_lowercase();
    let head = head.trim_ascii_start();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if head.starts_with(b"<!doctype html") || head.starts_with(b"<html") {
        return Err(Refusal::new(
            "This is a web page under another name, as some systems export lists. Open it in a \
             spreadsheet program, save it as an Excel workbook (.xlsx) and load that.",
        ));
    }
    if head.starts_with(b"<?xml") {
        return Err(Refusal::new(
            "This is an XML file. Open it in a spreadsheet program, save it as an Excel workbook \
             (.xlsx) and load that.",
        ));
    }
    Ok(())
}

fn in_zip(archive: &Archive) -> Result<Format, Refusal> {
    if archive.is_encrypted {
        return Err(protected());
    }
    if archive.has("xl/workbook.bin") {
        return Ok(Format::Xlsb);
    }
    if archive.has("mimetype") && archive.has("content.xml") {
        if archive.is_ods {
            return Ok(Format::Ods);
        }
        return Err(not_a_list("an OpenDocument file, but no spreadsheet"));
    }
    if archive.has("word/document.xml") {
        return Err(not_a_list("a Word document"));
    }
    if archive.has("ppt/presentation.xml") {
        return Err(not_a_list("a PowerPoint presentation"));
    }
    if archive.has("Index/Document.iwa") {
        return Err(Refusal::new(
            "This is an Apple Numbers file. Export it from Numbers as Excel or CSV and load that.",
        ));
    }
    if archive.has("[Content_Types].xml") {
        return Ok(Format::Xlsx);
    }
    Err(Refusal::new(
        "This is a zip archive without a workbook in it. Unpack it and load the list itself.",
    ))
}

fn in_cfb(bytes: &[u8]) -> Result<Format, Refusal> {
    if holds_name(bytes, "EncryptedPackage") {
        return Err(protected());
    }
    if WORKBOOK_IN_CFB.iter().any(|name| holds_name(bytes, name)) {
        return Ok(Format::Xls);
    }
    if holds_name(bytes, "WordDocument") {
        return Err(not_a_list("a Word document"));
    }
    Err(not_a_list("an old Office file, but no workbook"))
}

/// The refusal of a workbook that takes a password.
pub(super) fn protected() -> Refusal {
    Refusal::new(
        "This workbook is protected by a password. Open it in the spreadsheet program, take the \
         password off (in Excel: File, Info, Protect Workbook), save it and load it again.",
    )
}

/// Whether a stream of that name may be in the file: names stand there in UTF-16.
fn holds_name(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memmem::find(bytes, &wide).is_some()
}

fn not_a_list(what: &str) -> Refusal {
    Refusal::new(format!(
        "This is {what}. Choose the case list itself: an Excel or OpenDocument workbook, or a CSV \
         file."
    ))
}
