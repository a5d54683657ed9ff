//! How a text file's bytes stand for characters, and its text, decoded slice by slice.
//!
//! A U+FFFD never appears unless it stood in the file: bytes that stand for no character are told.

mod decoder;

use self::decoder::Decoder;
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

    /// The encoding that a byte order mark at the start of a file names.
    pub(super) fn mark(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some(Self::Utf8),
            [0xFF, 0xFE, ..] => Some(Self::Utf16Le),
            [0xFE, 0xFF, ..] => Some(Self::Utf16Be),
            _ => None,
        }
    }
}

/// Turns a file's bytes into text, slice by slice.
pub struct Text {
    /// For all but UTF-8, which needs no turning: its text is its bytes, once they are checked.
    decoder: Option<Decoder>,
    buffer: String,
    /// Bytes of a character that the end of a slice cut in two.
    cut: Vec<u8>,
    begun: bool,
    /// Whether some bytes stand for no character.
    pub broken: bool,
}

impl Text {
    /// A decoder from the start of a file; a byte order mark is taken off.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Self {
            decoder: (encoding != Encoding::Utf8).then(|| Decoder::new(encoding)),
            buffer: String::new(),
            cut: Vec::new(),
            begun: false,
            broken: false,
        }
    }

    /// Hands on the text of the next bytes, in pieces; with `last`, of all that are left.
    pub fn decode(&mut self, bytes: &[u8], last: bool, mut take: impl FnMut(&str)) {
        if let Some(decoder) = &mut self.decoder {
            self.broken |= decoder.decode(bytes, last, &mut self.buffer);
            take(&self.buffer);
        } else if !self.broken {
            self.check(bytes, &mut take);
            self.broken |= last && !self.cut.is_empty();
        }
    }

    /// Hands on UTF-8 as it stands, up to the first bytes that are none.
    fn check(&mut self, bytes: &[u8], take: &mut impl FnMut(&str)) {
        let mut rest = bytes;
        while !self.cut.is_empty() {
            let Some((&next, after)) = rest.split_first() else {
                return;
            };
            self.cut.push(next);
            rest = after;
            match std::str::from_utf8(&self.cut) {
                Ok(character) => {
                    hand_on(character, &mut self.begun, take);
                    self.cut.clear();
                }
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    self.broken = true;
                    return;
                }
            }
        }
        match std::str::from_utf8(rest) {
            Ok(text) => hand_on(text, &mut self.begun, take),
            Err(error) => {
                self.broken = error.error_len().is_some();
                let (whole, cut) = rest.split_at(error.valid_up_to());
                hand_on(
                    std::str::from_utf8(whole).unwrap_or_default(),
                    &mut self.begun,
                    take,
                );
                self.cut.extend_from_slice(cut.get(..3).unwrap_or(cut));
            }
        }
    }
}

/// Hands a piece on, the very first without a byte order mark.
fn hand_on(text: &str, begun: &mut bool, take: &mut impl FnMut(&str)) {
    if text.is_empty() {
        return;
    }
    let unmarked = text.strip_prefix('\u{feff}').filter(|_| !*begun);
    *begun = true;
    take(unmarked.unwrap_or(text));
}
