//! Segments: what one writer adds to a round, sealed line by line.
//!
//! A segment is named by its round and its **epoch**. Whoever opens a round to write claims the next
//! epoch and writes nowhere else, so no page can overwrite what another wrote, however stale it is.
//! A segment is a run of [records](crate::journal::record): a [`Header`], then lines. Each line
//! names the record that it follows, in this segment or in one before, by its SHA-256.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::journal::record;
use crate::seal::data_key::{DataKey, NONCE, OVERHEAD};
use crate::seal::keyring::Slot;

/// The name of this format.
pub const FORMAT: &str = "sightline-journal/1";
/// What the names of its versions begin with.
const FORMATS: &str = "sightline-journal/";
/// This version.
const VERSION: u32 = 1;

/// What a header's payload begins with.
const HEADER: u8 = 0;

/// What a line's payload begins with.
const LINE: u8 = 1;

/// Bytes of a line's payload before what is sealed: kind, epoch, number, hash.
const BEFORE: usize = 1 + 8 + 8 + 32;

/// The SHA-256 of a payload.
pub type Hash = [u8; 32];

/// What the first line of all follows.
pub const ROOT: Hash = [0; 32];

/// What a line follows that is adrift from the start.
pub const NOWHERE: Hash = [0xff; 32];

/// Names a segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    /// The round.
    pub round: String,
    /// The epoch of its writer, from 1.
    pub epoch: u64,
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.round, self.epoch)
    }
}

impl Segment {
    /// Reads what [`Segment`] is written as.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (round, epoch) = name.rsplit_once('.')?;
        Some(Self {
            round: round.to_owned(),
            epoch: epoch.parse().ok()?,
        })
    }
}

/// What stands at the beginning of a segment, to be read before the round is unlocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format, [`FORMAT`].
    pub format: String,
    /// The round.
    pub round: String,
    /// The epoch.
    pub epoch: u64,
    /// When the round was opened: milliseconds since 1970 (UTC).
    pub opened_at: i64,
    /// Whether it is a trial with the made-up list.
    pub made_up: bool,
    /// The ways to the round's key.
    pub slots: Vec<Slot>,
    /// Where the segment holds the whole round so far under a new key: how many lines that is. It
    /// counts for nothing until all of them are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<u64>,
}

impl Header {
    /// The header's payload: a seal over the text, and the text.
    #[must_use]
    pub fn payload(&self, key: &DataKey, nonce: [u8; NONCE]) -> Option<Vec<u8>> {
        let text = serde_json::to_vec(self).ok()?;
        let seal = key.seal(&[], &text, nonce)?;
        Some([&[HEADER], seal.as_slice(), &text].concat())
    }

    /// Reads a payload; `None` if it is no header. Whoever has the key asks [`Header::is_sealed`] too.
    #[must_use]
    pub fn read(payload: &[u8]) -> Option<Self> {
        let (_, text) = header_parts(payload)?;
        let header: Self = serde_json::from_slice(text).ok()?;
        (header.format == FORMAT).then_some(header)
    }

    /// Whether a header's payload was sealed with this key, and has not been changed since.
    #[must_use]
    pub fn is_sealed(payload: &[u8], key: &DataKey) -> bool {
        header_parts(payload).is_some_and(|(seal, text)| key.unseal(seal, text).is_some())
    }
}

/// Whether a segment was written by a newer version, whose format is not known here.
#[must_use]
pub fn is_newer(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Named {
        format: String,
    }
    let first = payloads(bytes).into_iter().next();
    let text = first.and_then(header_parts).map(|(_, text)| text);
    let named = text.and_then(|text| serde_json::from_slice::<Named>(text).ok());
    let version = named.and_then(|named| named.format.strip_prefix(FORMATS)?.parse().ok());
    version.is_some_and(|version: u32| version > VERSION)
}

fn header_parts(payload: &[u8]) -> Option<(&[u8], &[u8])> {
    let (kind, rest) = payload.split_first()?;
    (*kind == HEADER).then_some(())?;
    rest.split_at_checked(OVERHEAD)
}

/// Where a line stands: all that is known of it without the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The epoch of whoever wrote it.
    pub epoch: u64,
    /// The number of the line in the round, from 0.
    pub number: u64,
    /// The hash of the record that it follows.
    pub previous: Hash,
}

impl Position {
    /// Reads it from a payload; `None` if that is no line.
    #[must_use]
    pub fn read(payload: &[u8]) -> Option<Self> {
        let (kind, rest) = payload.split_first()?;
        let (epoch, rest) = rest.split_first_chunk::<8>()?;
        let (number, rest) = rest.split_first_chunk::<8>()?;
        let (previous, sealed) = rest.split_first_chunk::<32>()?;
        (*kind == LINE && sealed.len() > OVERHEAD).then_some(Self {
            epoch: u64::from_le_bytes(*epoch),
            number: u64::from_le_bytes(*number),
            previous: *previous,
        })
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(BEFORE);
        bytes.push(LINE);
        bytes.extend(self.epoch.to_le_bytes());
        bytes.extend(self.number.to_le_bytes());
        bytes.extend(self.previous);
        bytes
    }

    /// The payload of a line that stands here. `None` if the line is empty or too long for a record.
    #[must_use]
    pub fn seal(
        &self,
        line: &str,
        round: &str,
        key: &DataKey,
        nonce: [u8; NONCE],
    ) -> Option<Vec<u8>> {
        let before = self.bytes();
        let bound = [before.as_slice(), round.as_bytes()].concat();
        let sealed = key.seal(line.as_bytes(), &bound, nonce)?;
        let payload = [before, sealed].concat();
        (!line.is_empty() && payload.len() <= record::LONGEST).then_some(payload)
    }
}

/// The line that a payload holds; `None` if it was sealed with another key, for another round, or
/// has been changed.
#[must_use]
pub fn unseal(payload: &[u8], round: &str, key: &DataKey) -> Option<String> {
    let (before, sealed) = payload.split_at_checked(BEFORE)?;
    let bound = [before, round.as_bytes()].concat();
    String::from_utf8(key.unseal(sealed, &bound)?).ok()
}

/// The hash by which a record is followed.
#[must_use]
pub fn hash(payload: &[u8]) -> Hash {
    Sha256::digest(payload).into()
}

/// All payloads of a segment's bytes, those behind damage too.
#[must_use]
pub fn payloads(bytes: &[u8]) -> Vec<&[u8]> {
    record::salvage(bytes, |payload| {
        payload.len() > OVERHEAD && matches!(payload.first(), Some(&(HEADER | LINE)))
    })
}
