//! A bounded look into a zip archive before anything in it is parsed: how many entries, how large
//! they say they are, whether they overlap. What is unpacked later is held to what they say.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};

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
/// So much of a manifest tells whether it is encrypted.
const MANIFEST: u64 = 1 << 16;
const CHECKSUM: &str = "its bytes do not fit its checksums";
const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// What the look found.
#[derive(Debug, Default)]
pub(super) struct Archive {
    names: BTreeMap<String, usize>,
    /// Whether its own word for itself is a spreadsheet of the ODS format.
    pub(super) is_ods: bool,
    /// Whether its manifest says that its parts are encrypted, as ODS has it: the archive
    /// itself then opens without a password, and nothing in it can be read.
    pub(super) is_encrypted: bool,
}

impl Archive {
    /// Whether there is an entry of that name, in capitals or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&name.to_lowercase())
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
    let names = parts(&zip)?;
    let mut unpacked = 0_u64;
    for (name, at) in &names {
        let entry = zip.by_index(*at).map_err(|error| unreadable(&error))?;
        unpacked = unpacked.saturating_add(entry.size());
        check_size(name, entry.size(), entry.compressed_size(), unpacked)?;
    }
    let mut start = |name: &str, limit: u64| {
        let mut bytes = Vec::new();
        if let Some(at) = names.get(name) {
            let entry = zip.by_index(*at).map_err(|error| unreadable(&error))?;
            let read = entry.take(limit).read_to_end(&mut bytes);
            read.map_err(|_| damaged(CHECKSUM))?;
        }
        Ok::<_, Refusal>(bytes)
    };
    let is_ods = start("mimetype", length(ODS.len() + 1))? == ODS;
    let manifest = start("meta-inf/manifest.xml", MANIFEST)?;
    Ok(Archive {
        is_ods,
        is_encrypted: memmem::find(&manifest, b"encryption-data").is_some(),
        names,
    })
}

/// The places of an archive's entries, by their names in lower case: no two may differ by capitals
/// alone, since two readers might then see two different lists.
pub(super) fn parts<R: Read + Seek>(
    zip: &ZipArchive<R>,
) -> Result<BTreeMap<String, usize>, Refusal> {
    let mut parts = BTreeMap::new();
    for (at, name) in zip.file_names_raw().enumerate() {
        let name = String::from_utf8_lossy(name)
            .replace('\\', "/")
            .to_lowercase();
        if name.is_empty() || parts.insert(name, at).is_some() {
            return Err(damaged("two entries bear the same name"));
        }
    }
    Ok(parts)
}

/// Unpacks every entry once against its checksum, for readers that do not look themselves.
pub(super) fn check_contents(bytes: &[u8]) -> Result<(), Refusal> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("its end is missing"))?;
    for (name, at) in parts(&zip)? {
        // Pictures are never read.
        if !name.contains("/media/") && !name.starts_with("pictures/") {
            unpack(zip.by_index(at).map_err(|error| unreadable(&error))?, &name)?;
        }
    }
    Ok(())
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
    if name.ends_with("sharedstrings.xml") && size > MAX_SHARED {
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
fn unpack(mut entry: impl Read, name: &str) -> Result<(), Refusal> {
    let mut buffer = vec![0_u8; 1 << 16];
    let mut head = Vec::new();
    let xml = matches!(name.rsplit('.').next(), Some("xml" | "rels"));
    loop {
        let read = entry.read(&mut buffer).map_err(|_| damaged(CHECKSUM))?;
        if read == 0 {
            return Ok(());
        }
        // A document type may stand only before the first element.
        if xml && head.len() < 1 << 12 {
            head.extend_from_slice(buffer.get(..read).unwrap_or_default());
            if memmem::find(&head, b"<!DOCTYPE").is_some() {
                return Err(holds_document_type());
            }
        }
    }
}

/// The refusal of a document type.
pub(super) fn holds_document_type() -> Refusal {
    Refusal::new(
        "This workbook holds a document type (DOCTYPE), which no spreadsheet program writes and \
         which can be used to do harm. Open it in a spreadsheet program, save it again and load \
         that.",
    )
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

/// The refusal of an archive that is not whole.
pub(super) fn damaged(why: &str) -> Refusal {
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
