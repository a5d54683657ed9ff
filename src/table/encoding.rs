//! Which encoding a text file has, found out slice by slice, and its text, decoded slice by slice.
//!
//! A byte order mark decides; without one, bytes that are strictly UTF-8 are UTF-8, all others
//! Windows-1252, and that is told. A U+FFFD never appears unless it stood in the file.

use encoding_rs::{CoderResult, Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;
use serde::{Deserialize, Serialize};

/// How a text file's bytes stand for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, the usual one.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-16, low byte first: what Excel calls “Unicode text”.
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// Windows-1252: what Excel calls “CSV” on a British machine.
    #[serde(rename = "Windows-1252")]
    Windows1252,
}

impl Encoding {
    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "Windows-1252",
        }
    }

    /// The encoding of that name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252]
            .into_iter()
            .find(|encoding| encoding.name().eq_ignore_ascii_case(name))
    }

    fn mark(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some(Self::Utf8),
            [0xFF, 0xFE, ..] => Some(Self::Utf16Le),
            [0xFE, 0xFF, ..] => Some(Self::Utf16Be),
            _ => None,
        }
    }
}

/// Looks at all bytes of a file before any is decoded.
#[derive(Debug, Default)]
pub struct Detector {
    start: Vec<u8>,
    /// Bytes of a character that the end of a slice cut in two.
    cut: Vec<u8>,
    broken_at: Option<u64>,
    nul_at: Option<u64>,
    seen: u64,
}

/// What the detector found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The encoding to decode with.
    pub encoding: Encoding,
    /// Whether a byte order mark said so.
    pub marked: bool,
    /// Where the first NUL byte stands, if it cannot belong to the encoding.
    pub nul_at: Option<u64>,
}

impl Detector {
    /// Looks at the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.start.len() < 4 {
            self.start.extend(bytes.iter().take(4 - self.start.len()));
        }
        if self.nul_at.is_none() {
            self.nul_at = memchr(0, bytes).map(|at| self.seen + length(at));
        }
        if self.broken_at.is_none() {
            self.check(bytes);
        }
        self.seen += length(bytes.len());
    }

    fn check(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !self.cut.is_empty() {
            let Some((&next, after)) = rest.split_first() else {
                return;
            };
            self.cut.push(next);
            rest = after;
            match std::str::from_utf8(&self.cut) {
                Ok(_) => self.cut.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    self.broken_at = Some(self.seen);
                    return;
                }
            }
        }
        if let Err(error) = std::str::from_utf8(rest) {
            if error.error_len().is_some() {
                self.broken_at = Some(self.seen + length(error.valid_up_to()));
            } else {
                self.cut = rest.get(error.valid_up_to()..).unwrap_or_default().to_vec();
            }
        }
    }

    /// What was found, after the last byte.
    #[must_use]
    pub fn finish(self) -> Detected {
        if let Some(encoding) = Encoding::mark(&self.start) {
            let nul_at = if encoding == Encoding::Utf8 {
                self.nul_at
            } else {
                None
            };
            return Detected {
                encoding,
                marked: true,
                nul_at,
            };
        }
        let utf8 = self.broken_at.is_none() && self.cut.is_empty();
        let encoding = if utf8 {
            Encoding::Utf8
        } else {
            Encoding::Windows1252
        };
        Detected {
            encoding,
            marked: false,
            nul_at: self.nul_at,
        }
    }
}

/// Turns a file's bytes into text, slice by slice.
pub struct Text {
    decoder: Decoder,
    buffer: String,
    /// Whether some bytes could not be decoded.
    pub broken: bool,
}

impl Text {
    /// A decoder from the start of a file; a byte order mark is taken off.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        let encoding = match encoding {
            Encoding::Utf8 => UTF_8,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::Windows1252 => WINDOWS_1252,
        };
        Self {
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: String::new(),
            broken: false,
        }
    }

    /// The text of the next bytes; with `last`, of all that are left.
    pub fn decode(&mut self, bytes: &[u8], last: bool) -> &str {
        self.buffer.clear();
        let room = self
            .decoder
            .max_utf8_buffer_length(bytes.len())
            .unwrap_or(bytes.len() * 3);
        self.buffer.reserve(room);
        let mut rest = bytes;
        loop {
            let (result, read, broken) =
                self.decoder.decode_to_string(rest, &mut self.buffer, last);
            self.broken |= broken;
            rest = rest.get(read..).unwrap_or_default();
            match result {
                CoderResult::InputEmpty => return &self.buffer,
                CoderResult::OutputFull => self.buffer.reserve(rest.len() * 3 + 16),
            }
        }
    }
}

fn length(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
