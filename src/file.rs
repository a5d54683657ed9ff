//! The saved file, `.sightline`: a round's journal, sealed with a passphrase.
//!
//! Inside out: the journal as JSON Lines below a header line (`file::v1`), gzip, then age
//! ([`crate::seal::age`]): `age -d x.sightline | gunzip` reads it. A file that was cut short or
//! damaged gives the entries before the damage, and says how many are lost.

mod v1;

use std::fmt;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::journal::Journal;
use crate::seal::age::{self, Damage, Entropy, Unsealed, Work};
use crate::seal::recipient::{Identity, Recipient};

/// The ending of a saved file's name.
pub const ENDING: &str = "sightline";

/// The beginning of every version's name.
const FAMILY: &str = "sightline-round/";

/// The longest content that is read: what a file may unfold to.
const LONGEST: u64 = 512 << 20;

/// A round as it lies in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Names the round in every browser that opens it: random text.
    pub round: String,
    /// When it was saved: milliseconds since 1970 (UTC).
    pub saved_at: i64,
    /// Its journal, line by line.
    pub lines: Vec<String>,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The round: all of it, or the entries before the damage.
    pub saved: Saved,
    /// What is lost, if anything is.
    pub lost: Option<Lost>,
}

/// What a damaged file has lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Entries that could be read.
    pub read: usize,
    /// Entries that were saved.
    pub of: usize,
    /// What is wrong with the file, as a sentence.
    pub why: String,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { read, of, why } = self;
        write!(
            f,
            "{why} Of {of} entries {read} could be read; what came after them is not there. \
             Another copy of the file may have it."
        )
    }
}

/// Why a file gives no round: a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// With what a file is sealed.
#[derive(Clone, Copy, Debug)]
pub enum Lock<'a> {
    /// A passphrase, which each guess costs so much work.
    Passphrase(&'a str, Work),
    /// Public keys: each of their owners opens it.
    Recipients(&'a [Recipient]),
}

/// Writes a round as a sealed file.
///
/// # Errors
/// If the round cannot be written; no round that a person makes is such.
pub fn write(saved: &Saved, lock: Lock<'_>, entropy: &Entropy) -> Result<Vec<u8>, Refusal> {
    let packed = pack(saved).map_err(|error| {
        Refusal(format!(
            "The round could not be written as a file: {error}."
        ))
    })?;
    let sealed = match lock {
        Lock::Passphrase(passphrase, work) => age::seal(&packed, passphrase, work, entropy),
        Lock::Recipients(recipients) => age::seal_for(&packed, recipients, entropy),
    };
    sealed.map_err(|_| Refusal("The round could not be sealed. Nothing was saved.".to_owned()))
}

/// Header line and journal, packed.
fn pack(saved: &Saved) -> std::io::Result<Vec<u8>> {
    let header = v1::Header {
        format: v1::FORMAT.to_owned(),
        round: saved.round.clone(),
        saved_at: saved.saved_at,
        entries: saved.lines.len(),
    };
    let mut packing = GzEncoder::new(Vec::new(), Compression::default());
    let header = serde_json::to_string(&header)?;
    for line in std::iter::once(&header).chain(&saved.lines) {
        packing.write_all(line.as_bytes())?;
        packing.write_all(b"\n")?;
    }
    packing.finish()
}

/// Reads a file, with its passphrase or a secret key that it is sealed for. One that is not sealed any more, because somebody has opened it with a public tool,
/// is read as well; then the passphrase does nothing.
///
/// # Errors
/// If it is no file of ours, was written by a newer version, or has another passphrase; or if it is
/// so damaged that not even its header can be read.
pub fn read(bytes: &[u8], passphrase: &str) -> Result<Opened, Refusal> {
    let sealed = if is_sealed(bytes) {
        let opened = match Identity::parse(passphrase) {
            Some(identity) => age::unseal_as(bytes, &identity),
            None => age::unseal(bytes, passphrase),
        };
        opened.map_err(|refusal| Refusal(refusal.to_string()))?
    } else {
        Unsealed {
            content: bytes.to_vec(),
            damage: None,
        }
    };
    let (text, whole) = unpack(&sealed.content);
    let why = match (sealed.damage, whole) {
        (Some(Damage::CutShort), _) => Some("The end of this file is missing."),
        (Some(Damage::Changed), _) | (None, false) => {
            Some("A part of this file is damaged, or was changed.")
        }
        (None, true) => None,
    };
    let mut lines = whole_lines(&text);
    let header = lines.next().ok_or_else(|| {
        Refusal(format!(
            "{} None of it can be read. Use another copy of it.",
            why.unwrap_or("This file is empty.")
        ))
    })?;
    let header = read_header(header)?;
    Ok(check(header, lines.map(str::to_owned).collect(), why))
}

/// Whether a file is still sealed: otherwise it holds gzip, or plain lines.
#[must_use]
pub fn is_sealed(bytes: &[u8]) -> bool {
    !bytes.starts_with(&[0x1f, 0x8b]) && !bytes.starts_with(b"{")
}

/// Unfolds what is packed, as far as it goes; and whether that was all.
fn unpack(content: &[u8]) -> (Vec<u8>, bool) {
    if content.starts_with(b"{") {
        return (content.to_vec(), true);
    }
    let mut text = Vec::new();
    let unfolded = GzDecoder::new(content).take(LONGEST).read_to_end(&mut text);
    (text, unfolded.is_ok())
}

/// The lines that end with a line feed, as far as they are text.
fn whole_lines(text: &[u8]) -> impl Iterator<Item = &str> {
    text.split_inclusive(|byte| *byte == b'\n')
        .map_while(|line| line.strip_suffix(b"\n"))
        .map_while(|line| std::str::from_utf8(line).ok())
}

fn read_header(line: &str) -> Result<v1::Header, Refusal> {
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let format = value.get("format").and_then(serde_json::Value::as_str);
    match format {
        Some(v1::FORMAT) => serde_json::from_value(value).map_err(|error| {
            Refusal(format!(
                "The first line of this file cannot be read: {error}."
            ))
        }),
        Some(newer) if newer.starts_with(FAMILY) => Err(Refusal(format!(
            "This file was saved by a newer Sightline (its format is {newer}; this one knows {}). \
             Open it there, or ask for this page to be brought up to date. The file is fine.",
            v1::FORMAT
        ))),
        _ => Err(Refusal(
            "This file holds no round of Sightline. Choose a file whose name ends in .sightline."
                .to_owned(),
        )),
    }
}

/// Keeps the lines up to the first that does not fit its author's chain.
fn check(header: v1::Header, mut lines: Vec<String>, why: Option<&str>) -> Opened {
    let found = lines.len();
    let mut journal = Journal::default();
    let fault = lines.iter().find_map(|line| journal.take(line).err());
    let why = match &fault {
        Some(fault) => Some(fault.to_string()),
        None if found < header.entries => {
            Some(why.unwrap_or("The end of this file is missing.").to_owned())
        }
        None => why.map(str::to_owned),
    };
    lines.truncate(journal.entries().len());
    Opened {
        lost: why.map(|why| Lost {
            read: lines.len(),
            of: header.entries.max(found),
            why,
        }),
        saved: Saved {
            round: header.round,
            saved_at: header.saved_at,
            lines,
        },
    }
}
