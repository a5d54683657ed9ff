//! Windows-1252 and UTF-16 as text. A library for encodings brings the tables of all of them, which
//! are half as large as all else that reads lists; these two need none.

use super::Encoding;

/// Windows-1252 from 0x80 to 0x9F; all its other bytes stand for the characters of their numbers.
/// The five that Microsoft leaves open stand for control characters, as browsers read them.
/// Source: WHATWG Encoding Standard, index windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Turns bytes into text, slice by slice; a byte order mark at the start is taken off.
pub(super) struct Decoder {
    encoding: Encoding,
    /// The first byte of a pair that the end of a slice cut in two.
    half: Option<u8>,
    /// The first unit of a pair of surrogates.
    high: Option<u16>,
    begun: bool,
}

impl Decoder {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            half: None,
            high: None,
            begun: false,
        }
    }

    /// Puts the text of the bytes into the buffer; says whether some stand for no character.
    pub(super) fn decode(&mut self, bytes: &[u8], last: bool, buffer: &mut String) -> bool {
        buffer.clear();
        match self.encoding {
            Encoding::Windows1252 | Encoding::Utf8 => {
                buffer.reserve(bytes.len());
                buffer.extend(bytes.iter().map(|&byte| windows(byte)));
                false
            }
            Encoding::Utf16Le => self.wide(bytes, last, u16::from_le_bytes, buffer),
            Encoding::Utf16Be => self.wide(bytes, last, u16::from_be_bytes, buffer),
        }
    }

    fn wide(
        &mut self,
        bytes: &[u8],
        last: bool,
        unit: fn([u8; 2]) -> u16,
        buffer: &mut String,
    ) -> bool {
        buffer.reserve(bytes.len());
        let mut broken = false;
        for &byte in bytes {
            let Some(first) = self.half.take() else {
                self.half = Some(byte);
                continue;
            };
            broken |= self.take(unit([first, byte]), buffer);
        }
        let cut = last && (self.half.take().is_some() | self.high.take().is_some());
        if cut {
            buffer.push(char::REPLACEMENT_CHARACTER);
        }
        broken | cut
    }

    /// Takes one unit of UTF-16 in; says whether it, or the one held, stands for no character.
    fn take(&mut self, unit: u16, buffer: &mut String) -> bool {
        let begins = !std::mem::replace(&mut self.begun, true);
        let (high, is_high) = (self.high.take(), matches!(unit, 0xD800..=0xDBFF));
        if is_high {
            self.high = Some(unit);
        }
        let units: &[u16] = match high {
            Some(high) => &[high, unit],
            None => &[unit],
        };
        // A first half that is followed by another first half stands alone.
        let whole = if is_high { high.as_slice() } else { units };
        let mut broken = false;
        for character in char::decode_utf16(whole.iter().copied()) {
            match character {
                Ok('\u{feff}') if begins => {}
                Ok(character) => buffer.push(character),
                Err(_) => {
                    broken = true;
                    buffer.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        broken
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Ours, slice by slice.
    fn ours(encoding: Encoding, slices: &[Vec<u8>]) -> (String, bool) {
        let mut decoder = Decoder::new(encoding);
        let (mut text, mut broken, mut buffer) = (String::new(), false, String::new());
        for (at, slice) in slices.iter().enumerate() {
            broken |= decoder.decode(slice, at + 1 == slices.len(), &mut buffer);
            text.push_str(&buffer);
        }
        (text, broken)
    }

    /// `encoding_rs`, which browsers use, on all bytes at once.
    fn judge(encoding: Encoding, bytes: &[u8]) -> (String, bool) {
        let judge = match encoding {
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 | Encoding::Utf8 => encoding_rs::WINDOWS_1252,
        };
        let (text, broken) = judge.decode_with_bom_removal(bytes);
        (text.into_owned(), broken)
    }

    const ALL: [Encoding; 3] = [Encoding::Windows1252, Encoding::Utf16Le, Encoding::Utf16Be];

    #[test]
    fn every_byte_of_windows_1252_is_read_as_browsers_read_it() {
        let bytes: Vec<u8> = (0..=255).collect();
        let expected = judge(Encoding::Windows1252, &bytes);
        assert_eq!(ours(Encoding::Windows1252, &[bytes]), expected);
    }

    proptest! {
        #[test]
        fn whichever_way_bytes_are_sliced_they_are_read_as_browsers_read_them(
            slices in prop::collection::vec(
                prop::collection::vec(prop_oneof![any::<u8>(), 0xD7_u8..0xE0, Just(0xFE), Just(0xFF)], 0..9),
                1..6,
            ),
        ) {
            for encoding in ALL {
                prop_assert_eq!(ours(encoding, &slices), judge(encoding, &slices.concat()));
            }
        }
    }
}
