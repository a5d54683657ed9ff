//! What must hold of an ODS workbook before its reader may see it: one that stops early
//! would be read for ever, and repeated cells can ask for more memory than there is.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::Refusal;

/// Cells that repeats may ask for in all, as many as a list of a million rows has.
const MAX_REPEATED: u64 = 1 << 25;
/// The content is held in memory for the check; it was found to unpack to less than 1 GB.
const MAX_CONTENT: u64 = 1 << 28;

/// Checks that the content closes what it opens and repeats within bounds.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let entry = zip.by_name("content.xml").map_err(|_| damaged())?;
    let mut content = Vec::new();
    entry
        .take(MAX_CONTENT + 1)
        .read_to_end(&mut content)
        .map_err(|_| damaged())?;
    if u64::try_from(content.len()).is_ok_and(|length| length > MAX_CONTENT) {
        return Err(Refusal::new(
            "This OpenDocument workbook unpacks to more than 256 MB. Save the list as CSV and \
             load that.",
        ));
    }
    let opened = elements(&content, b"<table:table ") + elements(&content, b"<table:table>");
    let closed = elements(&content, b"</table:table>");
    let rows = elements(&content, b"<table:table-row ") + elements(&content, b"<table:table-row>");
    let ended = elements(&content, b"</table:table-row>");
    if opened != closed || rows < ended {
        return Err(damaged());
    }
    if repeated_cells(&content) > MAX_REPEATED {
        return Err(Refusal::new(
            "This OpenDocument workbook repeats cells millions of times. Delete the empty rows \
             and columns around the list, or save it as CSV, and load that.",
        ));
    }
    Ok(())
}

fn elements(content: &[u8], tag: &[u8]) -> usize {
    memmem::find_iter(content, tag).count()
}

/// How many cells the repeats of filled cells stand for.
fn repeated_cells(content: &[u8]) -> u64 {
    let mark: &[u8] = b"table:number-columns-repeated=\"";
    let mut total = 0_u64;
    for at in memmem::find_iter(content, mark) {
        let rest = content.get(at + mark.len()..).unwrap_or_default();
        let end = memchr::memchr(b'>', rest).unwrap_or(0);
        let tag = rest.get(..end).unwrap_or_default();
        if tag.ends_with(b"/") {
            continue;
        }
        let digits = tag.iter().take_while(|byte| byte.is_ascii_digit());
        let repeats = digits
            .take(9)
            .fold(0_u64, |n, digit| n * 10 + u64::from(digit - b'0'));
        total = total.saturating_add(repeats.min(16_384));
    }
    total
}

fn damaged() -> Refusal {
    Refusal::new(
        "This OpenDocument workbook is damaged, perhaps because it was not copied in full. Copy \
         or export it again and load that.",
    )
}
