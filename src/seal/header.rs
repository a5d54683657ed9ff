//! The header of an age file: lines of text that wrap its key, and their MAC.
//!
//! As C2SP's specification of age (<https://c2sp.org/age>) has it, strictly: a header that could be
//! written in two ways is refused.

use base64ct::{Base64Unpadded, Encoding};

/// The first line.
pub(super) const VERSION: &str = "age-encryption.org/v1";

/// The length of a full line of a stanza's body.
const COLUMNS: usize = 64;

/// One way to the file's key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stanza<'a> {
    /// What kind it is, and what that kind needs.
    pub(super) arguments: Vec<&'a str>,
    /// The wrapped key.
    pub(super) body: Vec<u8>,
}

/// A header as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) stanzas: Vec<Stanza<'a>>,
    /// What the MAC is over: all up to and with `---`.
    pub(super) signed: &'a [u8],
    /// The MAC.
    pub(super) mac: Vec<u8>,
    /// What follows the header.
    pub(super) payload: &'a [u8],
}

/// Reads a header; `None` if it is none, or not written as it must be.
pub(super) fn read(bytes: &[u8]) -> Option<Header<'_>> {
    let (first, mut rest) = line(bytes)?;
    if first != VERSION {
        return None;
    }
    let mut stanzas = Vec::new();
    loop {
        let here = rest;
        let (text, after) = line(rest)?;
        rest = after;
        if let Some(mac) = text.strip_prefix("--- ") {
            let signed = bytes.len() - here.len() + "---".len();
            let mac = base64(mac)?;
            return (mac.len() == 32 && !stanzas.is_empty()).then_some(Header {
                stanzas,
                signed: bytes.get(..signed)?,
                mac,
                payload: rest,
            });
        }
        let arguments: Vec<&str> = text.strip_prefix("-> ")?.split(' ').collect();
        let visible = |argument: &&str| {
            !argument.is_empty() && argument.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if !arguments.iter().all(visible) {
            return None;
        }
        let (body, after) = body(rest)?;
        rest = after;
        stanzas.push(Stanza { arguments, body });
    }
}

/// A stanza's body: full lines, then one that is shorter, if only by all its characters.
fn body(mut rest: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut body = Vec::new();
    loop {
        let (text, after) = line(rest)?;
        rest = after;
        if text.len() > COLUMNS {
            return None;
        }
        body.extend(base64(text)?);
        if text.len() < COLUMNS {
            return Some((body, rest));
        }
    }
}

/// The first line without its line feed, and what follows.
fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
    Some((text, bytes.get(end + 1..)?))
}

/// Decodes base64 as age writes it: without padding, and in the only way there is.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64Unpadded::decode_vec(text).ok()?;
    (encode(&bytes) == text).then_some(bytes)
}

/// Encodes as base64 without padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    Base64Unpadded::encode_string(bytes)
}
