//! The XML of a workbook's parts, scanned once while it is unpacked: tags and texts one after
//! another, never a tree. Strict where it matters: every tag is closed by its own name, an unknown
//! entity or a document type is refused, and no tag or text may ask for all the memory.

use std::io::Read;

use memchr::{memchr, memchr2, memmem};

/// As much is unpacked at once.
const PIECE: usize = 1 << 16;
/// A tag or a text must fit in this; a cell's own limit is far below it.
const MAX_TOKEN: usize = 1 << 26;
/// Elements within elements; a workbook's part needs about ten.
const MAX_DEPTH: usize = 256;
const UNCLOSED: Fault = Fault::NotXml("it ends before its tags are closed");

/// Why a part cannot be scanned on.
#[derive(Debug)]
pub(super) enum Fault {
    /// Its bytes cannot be unpacked, or do not fit their checksum.
    Source,
    /// It is not well-formed; the reason goes into a sentence.
    NotXml(&'static str),
    /// It holds a document type, which could define entities.
    DocumentType,
}

/// What comes next in a part. An element that is empty is told as one that opens and closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// An element opens.
    Open(Tag<'a>),
    /// The element of this depth closes; the root's is 1.
    Close(usize),
    /// Text as it stands in the part: see [`decode`].
    Text(&'a [u8]),
    /// Text that holds no entities.
    Plain(&'a [u8]),
}

/// An element that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// How deep it stands; the root's depth is 1.
    pub(super) depth: usize,
    /// Its name without a prefix.
    pub(super) name: &'a [u8],
    attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    /// Its attributes: names as they stand, values undecoded.
    pub(super) fn attributes(self) -> Attributes<'a> {
        Attributes(self.attributes)
    }

    /// An attribute's value, whatever prefix its name bears.
    pub(super) fn get(self, name: &[u8]) -> Result<Option<String>, Fault> {
        for attribute in self.attributes() {
            let (key, value) = attribute?;
            if local(key) == name {
                let mut text = String::new();
                decode(value, &mut text)?;
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// Whether an attribute says `1` or `true`.
    pub(super) fn is_on(self, name: &[u8]) -> Result<bool, Fault> {
        let value = self.get(name)?;
        Ok(value.is_some_and(|value| matches!(value.as_str(), "1" | "true")))
    }
}

/// The attributes of a tag.
#[derive(Debug)]
pub(super) struct Attributes<'a>(&'a [u8]);

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<(&'a [u8], &'a [u8]), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        const BROKEN: Fault = Fault::NotXml("an attribute is broken");
        let rest = self.0.trim_ascii_start();
        if rest.is_empty() {
            return None;
        }
        self.0 = &[];
        let Some((name, rest)) = rest
            .iter()
            .position(|&byte| byte == b'=')
            .and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?)))
        else {
            return Some(Err(BROKEN));
        };
        let (Some((&quote @ (b'"' | b'\''), rest)), name) =
            (rest.trim_ascii_start().split_first(), name.trim_ascii_end())
        else {
            return Some(Err(BROKEN));
        };
        let end = rest.iter().position(|&byte| byte == quote);
        let Some((value, rest)) = end.and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?)))
        else {
            return Some(Err(BROKEN));
        };
        if name.is_empty() || value.contains(&b'<') {
            return Some(Err(BROKEN));
        }
        self.0 = rest;
        Some(Ok((name, value)))
    }
}

/// Scans a part while it is read.
#[derive(Debug)]
pub(super) struct Scanner<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    drained: bool,
    /// The names of the open elements, one behind the other, and where each begins.
    names: Vec<u8>,
    begins: Vec<usize>,
    /// Whether the element that was opened last is empty, and so closes now.
    closes: bool,
    begun: bool,
}

impl<R: Read> Scanner<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            buffer: vec![0; PIECE],
            start: 0,
            end: 0,
            drained: false,
            names: Vec::new(),
            begins: Vec::new(),
            closes: false,
            begun: false,
        }
    }

    /// What comes next; nothing once the root is closed and every byte has been unpacked.
    pub(super) fn next(&mut self) -> Result<Option<Token<'_>>, Fault> {
        if self.closes {
            self.closes = false;
            return Ok(Some(self.close()));
        }
        loop {
            let Some(first) = self.byte(0)? else {
                let whole = self.begun && self.begins.is_empty();
                return if whole { Ok(None) } else { Err(UNCLOSED) };
            };
            if first != b'<' {
                let text = self.text()?;
                if !self.begins.is_empty() {
                    return Ok(Some(Token::Text(self.slice(text))));
                }
                // A byte order mark and white space may stand around the root.
                let around = self.slice(text);
                let around = around.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(around);
                if !around.trim_ascii().is_empty() {
                    return Err(Fault::NotXml("text stands outside its root"));
                }
                continue;
            }
            match self.byte(1)?.ok_or(UNCLOSED)? {
                b'/' => return self.closing().map(Some),
                b'?' => {
                    self.up_to(b"?>", 2)?;
                }
                b'!' if self.holds(b"<!--")? => {
                    self.up_to(b"-->", 4)?;
                }
                b'!' if self.holds(b"<![CDATA[")? && !self.begins.is_empty() => {
                    let (start, end) = self.up_to(b"]]>", 9)?;
                    return Ok(Some(Token::Plain(self.slice((start + 9, end - 3)))));
                }
                b'!' if self.holds(b"<!DOCTYPE")? => return Err(Fault::DocumentType),
                b'!' => return Err(Fault::NotXml("a declaration stands in it")),
                _ => return self.opening().map(Some),
            }
        }
    }

    fn slice(&self, (start, end): (usize, usize)) -> &[u8] {
        self.buffer.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &[u8] {
        self.slice((self.start, self.end))
    }

    /// The byte at a distance from here, which is unpacked if need be.
    fn byte(&mut self, ahead: usize) -> Result<Option<u8>, Fault> {
        while self.end - self.start <= ahead {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(self.rest().get(ahead).copied())
    }

    fn holds(&mut self, start: &[u8]) -> Result<bool, Fault> {
        let there = self.byte(start.len() - 1)?.is_some();
        Ok(there && self.rest().starts_with(start))
    }

    /// Unpacks more; false at the end of the part.
    fn fill(&mut self) -> Result<bool, Fault> {
        if self.drained {
            return Ok(false);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        if self.end == self.buffer.len() {
            if self.end >= MAX_TOKEN {
                return Err(Fault::NotXml("a text or a tag is longer than 64 MB"));
            }
            self.buffer.resize(self.end * 2, 0);
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = self.source.read(room).map_err(|_| Fault::Source)?;
        self.end += read;
        self.drained = read == 0;
        Ok(read > 0)
    }

    /// Takes a text, which ends before the next tag.
    fn text(&mut self) -> Result<(usize, usize), Fault> {
        let mut seen = 0;
        loop {
            if let Some(at) = memchr(b'<', self.rest().get(seen..).unwrap_or_default()) {
                return Ok(self.take(seen + at));
            }
            seen = self.end - self.start;
            if !self.fill()? {
                return Ok(self.take(seen));
            }
        }
    }

    /// Takes all up to `mark` and it too; the first `from` bytes are not looked at.
    fn up_to(&mut self, mark: &[u8], from: usize) -> Result<(usize, usize), Fault> {
        let mut seen = from;
        loop {
            if let Some(at) = memmem::find(self.rest().get(seen..).unwrap_or_default(), mark) {
                return Ok(self.take(seen + at + mark.len()));
            }
            seen = from.max((self.end - self.start).saturating_sub(mark.len()));
            if !self.fill()? {
                return Err(UNCLOSED);
            }
        }
    }

    /// Takes a tag: its end is the first `>` that stands in no quotes.
    fn tag(&mut self) -> Result<(usize, usize), Fault> {
        let (mut seen, mut quote) = (1, None);
        loop {
            for (at, &byte) in self.rest().iter().enumerate().skip(seen) {
                match (byte, quote) {
                    (b'>', None) => return Ok(self.take(at + 1)),
                    (b'<', None) => return Err(Fault::NotXml("a tag stands in a tag")),
                    (b'"' | b'\'', None) => quote = Some(byte),
                    (_, Some(opened)) if byte == opened => quote = None,
                    _ => {}
                }
            }
            seen = self.end - self.start;
            if !self.fill()? {
                return Err(UNCLOSED);
            }
        }
    }

    fn take(&mut self, length: usize) -> (usize, usize) {
        let start = self.start;
        self.start += length;
        (start, self.start)
    }

    fn opening(&mut self) -> Result<Token<'_>, Fault> {
        let (start, end) = self.tag()?;
        let inner = self.slice((start + 1, end - 1));
        let (inner, closes) = match inner.strip_suffix(b"/") {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let stops = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'=');
        let length = inner.iter().position(stops).unwrap_or(inner.len());
        let name = inner.get(..length).unwrap_or_default();
        let starts_well = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80;
        if !name.first().is_some_and(starts_well) {
            return Err(Fault::NotXml("a tag has no name"));
        }
        if self.begins.len() >= MAX_DEPTH {
            return Err(Fault::NotXml("its tags stand too deep in one another"));
        }
        if self.begun && self.begins.is_empty() {
            return Err(Fault::NotXml("it has two roots"));
        }
        self.begun = true;
        self.closes = closes;
        self.begins.push(self.names.len());
        let whole = self.buffer.get(start + 1..start + 1 + length);
        self.names.extend_from_slice(whole.unwrap_or_default());
        let attributes = (start + 1 + length, end - 1 - usize::from(closes));
        Ok(Token::Open(Tag {
            depth: self.begins.len(),
            name: local(whole.unwrap_or_default()),
            attributes: self.slice(attributes),
        }))
    }

    fn closing(&mut self) -> Result<Token<'_>, Fault> {
        let (start, end) = self.tag()?;
        let begin = self.begins.last().copied().unwrap_or(usize::MAX);
        let opened = self.names.get(begin..).unwrap_or_default();
        if self.slice((start + 2, end - 1)).trim_ascii_end() != opened || opened.is_empty() {
            return Err(Fault::NotXml("a tag is closed by another's name"));
        }
        Ok(self.close())
    }

    fn close(&mut self) -> Token<'static> {
        let depth = self.begins.len();
        self.names.truncate(self.begins.pop().unwrap_or(0));
        Token::Close(depth)
    }
}

/// A name without its prefix.
pub(super) fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|&byte| byte == b':') {
        Some(at) => name.get(at + 1..).unwrap_or_default(),
        None => name,
    }
}

/// Puts a text behind `text`: entities and character references resolved, ends of lines as one
/// line feed.
///
/// Source: XML 1.0 (fifth edition), sections 2.11, 4.1 and 4.6.
pub(super) fn decode(raw: &[u8], text: &mut String) -> Result<(), Fault> {
    let mut rest = raw;
    while let Some(at) = memchr2(b'&', b'\r', rest) {
        plain(rest.get(..at).unwrap_or_default(), text)?;
        rest = rest.get(at..).unwrap_or_default();
        if let Some(behind) = rest.strip_prefix(b"\r") {
            text.push('\n');
            rest = behind.strip_prefix(b"\n").unwrap_or(behind);
            continue;
        }
        let end = memchr(b';', rest).ok_or(Fault::NotXml("an entity is not closed"))?;
        text.push(entity(rest.get(1..end).unwrap_or_default())?);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    plain(rest, text)
}

/// Puts a text without entities behind `text`.
pub(super) fn plain(raw: &[u8], text: &mut String) -> Result<(), Fault> {
    let decoded = std::str::from_utf8(raw).map_err(|_| Fault::NotXml("it is not in UTF-8"))?;
    text.push_str(decoded);
    Ok(())
}

fn entity(name: &[u8]) -> Result<char, Fault> {
    const UNKNOWN: Fault = Fault::NotXml("it holds an entity that is not defined");
    let code = |digits: &[u8], radix| {
        let digits = std::str::from_utf8(digits).ok()?;
        let code = u32::from_str_radix(digits.strip_prefix('+').map_or(digits, |_| ""), radix);
        // NUL and the surrogates are no characters.
        code.ok().filter(|&code| code > 0).and_then(char::from_u32)
    };
    match name {
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"amp" => Ok('&'),
        b"apos" => Ok('\''),
        b"quot" => Ok('"'),
        [b'#', b'x', digits @ ..] => code(digits, 16).ok_or(UNKNOWN),
        [b'#', digits @ ..] => code(digits, 10).ok_or(UNKNOWN),
        _ => Err(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Scanner, Token, decode, plain};
    use std::io::Read;

    /// Gives one byte at a time, so that every token is cut everywhere.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
            let length = room.len().min(1);
            self.0.read(&mut room[..length])
        }
    }

    fn scanned(xml: &str) -> Result<String, String> {
        let mut told = String::new();
        scan(xml, &mut told).map_err(|fault| format!("{fault:?}"))?;
        Ok(told)
    }

    fn scan(xml: &str, told: &mut String) -> Result<(), Fault> {
        let mut scanner = Scanner::new(Drip(xml.as_bytes()));
        while let Some(token) = scanner.next()? {
            match token {
                Token::Open(tag) => {
                    plain(
                        &[b"<", tag.depth.to_string().as_bytes(), tag.name].concat(),
                        told,
                    )?;
                    for attribute in tag.attributes() {
                        let (name, value) = attribute?;
                        plain(&[b" ", name, b"=", value].concat(), told)?;
                    }
                }
                Token::Close(depth) => {
                    plain(&[b"/", depth.to_string().as_bytes(), b">"].concat(), told)?;
                }
                Token::Text(raw) => decode(raw, told)?,
                Token::Plain(raw) => plain(raw, told)?,
            }
        }
        Ok(())
    }

    #[test]
    fn tags_and_texts_come_one_after_another() {
        for (xml, told) in [
            ("<a/>", "<1a/1>"),
            (
                "\u{feff}<?xml version='1.0'?>\n<a>b</a>\n<!-- > -->",
                "<1ab/1>",
            ),
            ("<x:a p:b = '>\"' c=\"'\"/>", "<1a p:b=>\" c='/1>"),
            ("<a>1<b/>2<!-- <c> -->3</a >", "<1a1<2b/2>23/1>"),
            ("<a>&lt;&#65;&#x42;&amp;\r\n\r</a>", "<1a<AB&\n\n/1>"),
            ("<a><![CDATA[<b>&amp;]]]]></a>", "<1a<b>&amp;]]/1>"),
        ] {
            assert_eq!(scanned(xml).as_deref(), Ok(told), "{xml}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_a_fault() {
        for xml in [
            "",
            " ",
            "text",
            "<a>",
            "<a></b>",
            "<a></a></a>",
            "<a/><b/>",
            "<a><b></a></b>",
            "<a b>",
            "<a b=c/>",
            "<a b='c/>",
            "<a>&b;</a>",
            "<a>&amp</a>",
            "<a>&#0;</a>",
            "<a>&#xD800;</a>",
            "<a>&#+65;</a>",
            "<a><",
            "<a></",
            "<a><!-- </a>",
            "<a><![CDATA[</a>",
            "<a>< b/></a>",
            "</a>",
            "<a <b/>",
            "<a b='<'/>",
            "<![CDATA[a]]>",
        ] {
            assert!(scanned(xml).is_err(), "{xml}");
        }
        assert_eq!(scanned("<!DOCTYPE a><a/>").unwrap_err(), "DocumentType");
        let deep = "<a>".repeat(10_000);
        assert!(scanned(&deep).unwrap_err().contains("deep"));
        let endless = std::io::repeat(b'a');
        let mut scanner = Scanner::new(b"<a>".chain(endless));
        assert!(scanner.next().is_ok());
        assert!(matches!(scanner.next(), Err(Fault::NotXml(_))));
    }
}
