//! The texts that all sheets of a workbook share, and how a text is told in a workbook's XML.
//!
//! Sources: ECMA-376 part 1, sections 18.4 (shared strings) and 22.9.2.19 (`ST_Xstring`).

use std::io::Read;

use crate::xml::{Fault, Scanner, Tag, Token, decode, plain};

/// The texts in one piece, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Reads the part that holds them.
    pub(super) fn read(part: impl Read) -> Result<Self, Fault> {
        let mut strings = Self::default();
        let mut scanner = Scanner::new(part);
        let mut item = RichText::default();
        while strings.take_item(&mut scanner, &mut item)? {}
        Ok(strings)
    }

    /// Reads on to the end of an item, or of the part: false then. It is a function of its own because
    /// a browser takes its optimised form only where it is called anew.
    #[inline(never)]
    fn take_item(
        &mut self,
        scanner: &mut Scanner<impl Read>,
        item: &mut RichText,
    ) -> Result<bool, Fault> {
        while let Some(token) = scanner.next()? {
            match token {
                Token::Open(tag) if tag.depth == 2 && tag.name == b"si" => item.begin(2),
                Token::Close(2) if item.is_open() => {
                    self.text.push_str(item.end());
                    self.ends.push(self.text.len());
                    return Ok(true);
                }
                Token::Open(_) | Token::Close(_) | Token::Text(_) | Token::Plain(_) => {
                    item.take(token)?;
                }
            }
        }
        Ok(false)
    }

    /// The text of that number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before).copied());
        self.text.get(start.unwrap_or(0)..end)
    }
}

/// A text that may be in runs of different looks: the runs' texts, without phonetic hints.
#[derive(Debug, Default)]
pub(super) struct RichText {
    text: String,
    /// The depth of the element that holds it; 0 if none is open.
    holder: usize,
    /// The depth of the phonetic run that is open, or 0.
    phonetic: usize,
    /// The depth of the piece of text that is open, or 0.
    piece: usize,
    keeps_space: bool,
    raw: String,
}

impl RichText {
    /// The element at `depth` opens, which holds a text.
    pub(super) fn begin(&mut self, depth: usize) {
        self.text.clear();
        (self.holder, self.phonetic, self.piece) = (depth, 0, 0);
    }

    pub(super) fn is_open(&self) -> bool {
        self.holder > 0
    }

    /// The whole text: its element has closed.
    pub(super) fn end(&mut self) -> &str {
        self.holder = 0;
        &self.text
    }

    /// Takes what stands in the element.
    pub(super) fn take(&mut self, token: Token<'_>) -> Result<(), Fault> {
        if self.holder == 0 {
            return Ok(());
        }
        match token {
            Token::Open(tag) => self.open(tag)?,
            Token::Close(depth) if depth == self.piece => self.finish_piece(),
            Token::Close(depth) if depth == self.phonetic => self.phonetic = 0,
            Token::Text(raw) if self.piece > 0 => decode(raw, &mut self.raw)?,
            Token::Plain(raw) if self.piece > 0 => plain(raw, &mut self.raw)?,
            Token::Close(_) | Token::Text(_) | Token::Plain(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: Tag<'_>) -> Result<(), Fault> {
        if tag.name == b"rPh" && self.phonetic == 0 {
            self.phonetic = tag.depth;
        }
        if tag.name == b"t" && self.phonetic == 0 && self.piece == 0 {
            self.piece = tag.depth;
            self.raw.clear();
            self.keeps_space = tag.get(b"space")?.as_deref() == Some("preserve");
        }
        Ok(())
    }

    fn finish_piece(&mut self) {
        self.piece = 0;
        let raw = if self.keeps_space {
            &self.raw
        } else {
            self.raw.trim_matches([' ', '\t', '\r', '\n'])
        };
        unescape(raw, &mut self.text);
    }
}

/// Puts a text behind `text`, `_x000D_` and its like turned into the characters that they stand
/// for; half a character becomes U+FFFD.
pub(super) fn unescape(raw: &str, text: &mut String) {
    const LENGTH: usize = 7;
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'_', rest.as_bytes()) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        let Some(unit) = escaped_unit(from) else {
            text.push('_');
            rest = from.strip_prefix('_').unwrap_or_default();
            continue;
        };
        rest = from.get(LENGTH..).unwrap_or_default();
        let low = matches!(unit, 0xD800..=0xDBFF).then(|| escaped_unit(rest));
        if let Some(Some(low @ 0xDC00..=0xDFFF)) = low {
            rest = rest.get(LENGTH..).unwrap_or_default();
            text.extend(char::decode_utf16([unit, low]).filter_map(Result::ok));
        } else {
            let whole = char::from_u32(u32::from(unit));
            text.push(whole.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
    text.push_str(rest);
}

/// The unit of UTF-16 that an escape at the start stands for.
fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::{Strings, unescape};

    #[test]
    fn escapes_stand_for_characters() {
        for (raw, text) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_!", "\u{fffd}!"),
            ("_x00zz_ _x1_ __x0041_", "_x00zz_ _x1_ _A"),
            ("snake_case_", "snake_case_"),
        ] {
            let mut unescaped = String::new();
            unescape(raw, &mut unescaped);
            assert_eq!(unescaped, text, "{raw}");
        }
    }

    #[test]
    fn runs_are_joined_and_phonetic_hints_left_out() {
        let xml = "<x:sst xmlns:x=\"m\"><x:si><x:t> a </x:t></x:si><x:si/><x:si>\
            <x:r><x:rPr><x:b/></x:rPr><x:t xml:space=\"preserve\">b </x:t></x:r><x:r><x:t>c&amp;</x:t></x:r>\
            <x:rPh sb=\"0\" eb=\"1\"><x:t>no</x:t></x:rPh></x:si></x:sst>";
        let strings = Strings::read(xml.as_bytes()).unwrap();
        let all: Vec<_> = (0..4).map(|number| strings.get(number)).collect();
        assert_eq!(all, [Some("a"), Some(""), Some("b c&"), None]);
    }
}
