//! A bounded look into a zip archive before anything in it is parsed: how many entries, how large
//! they say they are, whether they overlap, then every byte unpacked once against its checksum.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Refusal, count};

/// A workbook with eleven lists has about thirty entries.
const MAX_ENTRIES: usize = 5_000;
/// All entries unpacked; a list of a million rows and 16 columns takes about 0.8 GB.
const MAX_UNPACKED: u64 = 1 << 30;
/// Texts that all sheets share are held in memory at once.
const MAX_SHARED: u64 = 1 << 28;
/// Real sheets pack about 1 : 20; only bombs pack better than this.
const MAX_RATIO: u64 = 300;
/// Small entries may pack as well as they like.
const SMALL: u64 = 1 << 22;
const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// What the look found.
#[derive(Debug, Default)]
pub(super) struct Archive {
    names: BTreeSet<String>,
    /// Whether its own word for itself is a spreadsheet of the ODS format.
    pub(super) is_ods: bool,
    /// Whether a sheet holds formulas.
    pub(super) formulas: bool,
    /// Whether a sheet may hide rows or columns, or merge cells.
    pub(super) layout: bool,
}

impl Archive {
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}

/// Looks into the archive; damage and bombs are refused.
pub(super) fn look(bytes: &[u8]) -> Result<Archive, Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("its end is missing"))?;
    if zip.len() > MAX_ENTRIES {
        return Err(bomb(&format!("{} entries", count(length(zip.len())))));
    }
    if declared_entries(bytes) != Some(zip.len()) {
        return Err(damaged("two entries bear the same name"));
    }
    if zip
        .has_overlapping_files()
        .map_err(|error| unreadable(&error))?
    {
        return Err(damaged("its entries overlap"));
    }
    let mut archive = Archive::default();
    let mut unpacked = 0_u64;
    for at in 0..zip.len() {
        let entry = zip.by_index(at).map_err(|error| unreadable(&error))?;
        let name = entry
            .name()
            .map_err(|error| unreadable(&error))?
            .into_owned();
        unpacked = unpacked.saturating_add(entry.size());
        check_size(&name, entry.size(), entry.compressed_size(), unpacked)?;
        let folded = name.to_lowercase();
        if !archive.names.insert(name) || (folded.is_empty()) {
            return Err(damaged("two entries bear the same name"));
        }
        // Pictures are never read.
        if !folded.contains("/media/") && !folded.starts_with("pictures/") {
            unpack(entry, &folded, &mut archive)?;
        }
    }
    Ok(archive)
}

/// How many entries the archive's end says there are; none if it is of the large kind (zip64).
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let end = memmem::rfind(bytes, b"PK\x05\x06")?;
    let count = bytes.get(end + 10..end + 12)?;
    count
        .try_into()
        .ok()
        .map(|count| usize::from(u16::from_le_bytes(count)))
}

fn check_size(name: &str, size: u64, packed: u64, total: u64) -> Result<(), Refusal> {
    if total > MAX_UNPACKED {
        return Err(bomb("more than 1 GB of text"));
    }
    if name.ends_with("sharedStrings.xml") && size > MAX_SHARED {
        return Err(bomb("more than 256 MB of shared text"));
    }
    if size > SMALL && size / packed.max(1) > MAX_RATIO {
        return Err(bomb(&format!(
            "{} MB from {} KB",
            count(size >> 20),
            count(packed >> 10)
        )));
    }
    Ok(())
}

/// Unpacks one entry piece by piece, keeping nothing of it.
fn unpack(mut entry: impl Read, name: &str, archive: &mut Archive) -> Result<(), Refusal> {
    // What one piece ends with is put before the next, so that nothing is missed between two.
    const OVERLAP: usize = 16;
    let mut buffer = vec![0_u8; 1 << 16];
    let mut kept = 0;
    let mut first = true;
    let xml = matches!(name.rsplit('.').next(), Some("xml" | "rels"));
    let sheet = xml && name.contains("/worksheets/");
    loop {
        let room = buffer.get_mut(kept..).unwrap_or_default();
        let read = entry
            .read(room)
            .map_err(|_| damaged("its bytes do not fit its checksums"))?;
        if read == 0 {
            return Ok(());
        }
        let piece = buffer.get(..kept + read).unwrap_or_default();
        if first && name == "mimetype" {
            archive.is_ods = piece == ODS;
        }
        // A document type may stand only before the first element.
        if first && xml && memmem::find(piece, b"<!DOCTYPE").is_some() {
            return Err(Refusal::new(
                "This workbook holds a document type (DOCTYPE), which no spreadsheet program \
                 writes and which can be used to do harm. Open it in a spreadsheet program, save \
                 it again and load that.",
            ));
        }
        if sheet && !archive.formulas {
            archive.formulas =
                memmem::find(piece, b"<f>").is_some() || memmem::find(piece, b"<f ").is_some();
        }
        if sheet && !archive.layout {
            archive.layout = memmem::find(piece, b"hidden=").is_some()
                || memmem::find(piece, b"mergeCell ").is_some();
        }
        first = first && piece.len() < 1024;
        let end = kept + read;
        let start = end.saturating_sub(OVERLAP);
        let start = if first { 0 } else { start };
        buffer.copy_within(start..end, 0);
        kept = end - start;
    }
}

fn unreadable(error: &ZipError) -> Refusal {
    let text = error.to_string();
    if text.to_lowercase().contains("password") || text.to_lowercase().contains("encrypt") {
        return Refusal::new(
            "This file is packed with a password. Unpack it, and load the list itself.",
        );
    }
    damaged("its parts do not fit together")
}

fn damaged(why: &str) -> Refusal {
    Refusal::new(format!(
        "This workbook is damaged ({why}), perhaps because it was not copied in full. Copy or \
         export it again and load that."
    ))
}

fn bomb(what: &str) -> Refusal {
    Refusal::new(format!(
        "This workbook would unpack to {what}, which is more than a case list needs, so it is not \
         opened. Keep only the sheet and the columns that the audit needs, or save it as CSV."
    ))
}

fn length(entries: usize) -> u64 {
    u64::try_from(entries).unwrap_or(u64::MAX)
}
