//! Text files with separators: a scanner that takes the text slice by slice, the reader around
//! it, and the writer (RFC 4180) whose output reads back to the same table.
//!
//! A quote counts only at the start of a cell, as in spreadsheets. Rows are counted as a
//! spreadsheet shows them: a quoted line break does not start one, a blank line does.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use memchr::{memchr, memchr_iter, memchr3};

use super::builder::{Builder, MAX_CELL};
use super::encoding::{Detector, Encoding, Text};
use super::{ReadOptions, Reading, Refusal, Source, Table, count, share};

/// How many bytes are handled before progress is told.
const SLICE: usize = 1 << 20;
/// How much text is looked at to find the separator.
const SAMPLE: usize = 1 << 16;
const SEPARATORS: [u8; 4] = *b",;\t|";

/// What a scanner tells while it goes through the text.
pub trait Sink {
    /// A cell, by its column counted from 0.
    fn cell(&mut self, column: usize, text: &str);
    /// The end of a row: its number from 1, and how many cells it had.
    fn end_row(&mut self, row: u64, cells: usize);
    /// Something wrong in the row and column.
    fn fault(&mut self, row: u64, column: usize, fault: Fault);
}

/// What can be wrong with a cell's quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A quote that never closes: so many lines up to the end of the file fell into the cell.
    Unclosed {
        /// Lines after the one on which the quote opened.
        lines: u64,
    },
    /// Text between the closing quote and the next separator.
    AfterQuote,
    /// A cell too long to be held.
    TooLong,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Bare,
    Quoted,
    Closed,
}

/// Splits text into cells; slices may be cut anywhere.
#[derive(Debug)]
pub struct Scanner {
    separator: u8,
    state: State,
    after_return: bool,
    held: String,
    too_long: bool,
    lines: u64,
    column: usize,
    row: u64,
}

impl Scanner {
    /// A scanner at the start of a text.
    #[must_use]
    pub fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::Start,
            after_return: false,
            held: String::new(),
            too_long: false,
            lines: 0,
            column: 0,
            row: 1,
        }
    }

    /// Goes through the next slice of the text.
    pub fn feed(&mut self, text: &str, sink: &mut impl Sink) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if std::mem::take(&mut self.after_return) && byte == b'\n' {
                at += 1;
                continue;
            }
            match self.state {
                State::Start if byte == b'"' => {
                    (self.state, self.lines) = (State::Quoted, 0);
                    at += 1;
                }
                State::Start | State::Bare => at = self.bare(text, at, sink),
                State::Quoted => at = self.quoted(text, at),
                State::Closed => at = self.closed(text, at, byte, sink),
            }
        }
    }

    /// Ends the text: the last row need not end with a line break.
    pub fn finish(&mut self, sink: &mut impl Sink) {
        match self.state {
            State::Start if self.column == 0 => return,
            State::Start | State::Bare | State::Closed => {}
            State::Quoted => {
                let line = self.held.find(['\r', '\n']).unwrap_or(self.held.len());
                self.held.truncate(line);
                self.too_long = false;
                sink.fault(self.row, self.column, Fault::Unclosed { lines: self.lines });
            }
        }
        self.end_cell("", sink);
        self.end_row(sink);
    }

    fn bare(&mut self, text: &str, at: usize, sink: &mut impl Sink) -> usize {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let Some(length) = memchr3(self.separator, b'\n', b'\r', rest) else {
            self.state = State::Bare;
            self.hold(text.get(at..).unwrap_or_default());
            return text.len();
        };
        let end = at + length;
        self.end_cell(text.get(at..end).unwrap_or_default(), sink);
        self.end_with(rest.get(length).copied(), sink);
        end + 1
    }

    fn quoted(&mut self, text: &str, at: usize) -> usize {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let length = memchr(b'"', rest).unwrap_or(rest.len());
        let piece = text.get(at..at + length).unwrap_or_default();
        self.lines += u64::try_from(memchr_iter(b'\n', piece.as_bytes()).count()).unwrap_or(0);
        self.hold(piece);
        if length < rest.len() {
            self.state = State::Closed;
            return at + length + 1;
        }
        text.len()
    }

    fn closed(&mut self, text: &str, at: usize, byte: u8, sink: &mut impl Sink) -> usize {
        if byte == b'"' {
            self.hold("\"");
            self.state = State::Quoted;
            return at + 1;
        }
        if byte != self.separator && byte != b'\n' && byte != b'\r' {
            sink.fault(self.row, self.column, Fault::AfterQuote);
        }
        self.state = State::Bare;
        self.bare(text, at, sink)
    }

    fn hold(&mut self, piece: &str) {
        if self.held.len() + piece.len() <= MAX_CELL {
            self.held.push_str(piece);
            return;
        }
        let mut room = MAX_CELL.saturating_sub(self.held.len());
        while !piece.is_char_boundary(room) {
            room -= 1;
        }
        self.held.push_str(piece.get(..room).unwrap_or_default());
        self.too_long = true;
    }

    fn end_cell(&mut self, piece: &str, sink: &mut impl Sink) {
        if self.held.is_empty() && piece.len() <= MAX_CELL {
            sink.cell(self.column, piece);
        } else {
            self.hold(piece);
            if std::mem::take(&mut self.too_long) {
                sink.fault(self.row, self.column, Fault::TooLong);
            }
            sink.cell(self.column, &self.held);
            self.held.clear();
        }
        self.column += 1;
        self.state = State::Start;
    }

    fn end_with(&mut self, end: Option<u8>, sink: &mut impl Sink) {
        match end {
            Some(b'\n') => self.end_row(sink),
            Some(b'\r') => {
                self.after_return = true;
                self.end_row(sink);
            }
            _ => {}
        }
    }

    fn end_row(&mut self, sink: &mut impl Sink) {
        sink.end_row(self.row, self.column);
        self.row += 1;
        self.column = 0;
    }
}

/// The separator that cuts a text's first rows most evenly into cells; a comma if none does.
#[must_use]
pub fn separator(text: &str) -> u8 {
    let score = |separator: u8| {
        let mut widths = Widths::default();
        Scanner::new(separator).feed(text, &mut widths);
        widths.score()
    };
    let mut best = (b',', score(b','));
    for other in SEPARATORS.into_iter().skip(1) {
        let score = score(other);
        if score > best.1 {
            best = (other, score);
        }
    }
    best.0
}

/// How many cells each of the first rows has.
#[derive(Debug, Default)]
struct Widths {
    rows: BTreeMap<usize, usize>,
    faults: usize,
}

impl Widths {
    /// Which share of the rows has the commonest width above one; how few quotes look wrong; how
    /// wide they are.
    fn score(&self) -> (usize, Reverse<usize>, usize) {
        let rows: usize = self.rows.values().sum();
        let commonest = self
            .rows
            .iter()
            .filter(|&(&width, _)| width > 1)
            .max_by_key(|&(_, n)| n);
        let (width, n) = commonest.unwrap_or((&0, &0));
        (n * 10 / rows.max(1), Reverse(self.faults), *width)
    }
}

impl Sink for Widths {
    fn cell(&mut self, _: usize, _: &str) {}
    fn end_row(&mut self, _: u64, cells: usize) {
        if cells > 0 {
            *self.rows.entry(cells).or_default() += 1;
        }
    }
    fn fault(&mut self, _: u64, _: usize, _: Fault) {
        self.faults += 1;
    }
}

/// Reads a text file whose encoding is known, slice by slice.
pub struct Reader {
    text: Text,
    encoding: Encoding,
    /// The text seen before the separator is known.
    sample: String,
    scanner: Option<Scanner>,
    rows: Rows,
}

impl Reader {
    /// A reader at the start of a file.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Self {
            text: Text::new(encoding),
            encoding,
            sample: String::new(),
            scanner: None,
            rows: Rows {
                builder: Builder::for_text(),
            },
        }
    }

    /// Reads the next bytes.
    ///
    /// # Errors
    /// Bytes that are not of the encoding, or a list too large to hold.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.take(bytes, false)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// As for [`Reader::feed`], and a file without a filled cell.
    pub fn finish(mut self) -> Result<Reading, Refusal> {
        self.take(&[], true)?;
        if self.scanner.is_none() {
            self.start();
        }
        if let Some(scanner) = &mut self.scanner {
            scanner.finish(&mut self.rows);
        }
        let built = self.rows.builder.finish()?.ok_or_else(|| {
            Refusal::new("This file is empty: it has no filled cell. Choose the file again.")
        })?;
        let source = Source {
            encoding: Some(self.encoding.name().to_owned()),
            ..Source::default()
        };
        let (table, notices, problems) = (built.table, built.notices, built.problems);
        Ok(Reading {
            table,
            source,
            sheets: Vec::new(),
            notices,
            problems,
        })
    }

    fn take(&mut self, bytes: &[u8], last: bool) -> Result<(), Refusal> {
        let text = self.text.decode(bytes, last);
        if let Some(scanner) = &mut self.scanner {
            scanner.feed(text, &mut self.rows);
        } else {
            self.sample.push_str(text);
            if self.sample.len() >= SAMPLE {
                self.start();
            }
        }
        if self.text.broken {
            let name = self.encoding.name();
            return Err(Refusal::new(format!(
                "This file cannot be read as {name}: some of its bytes stand for no character. \
                 Choose another encoding, or save it again as “CSV UTF-8”."
            )));
        }
        self.rows
            .builder
            .refused()
            .map_or(Ok(()), |refusal| Err(refusal.clone()))
    }

    fn start(&mut self) {
        let sample = std::mem::take(&mut self.sample);
        let (named, skipped) = named_separator(&sample);
        let text = sample.get(skipped..).unwrap_or_default();
        let first = text
            .get(..text.floor_char_boundary(SAMPLE))
            .unwrap_or_default();
        let mut scanner = Scanner::new(named.unwrap_or_else(|| separator(first)));
        scanner.feed(text, &mut self.rows);
        self.scanner = Some(scanner);
    }
}

/// Excel's own first line `sep=;`, which it never shows as a row.
fn named_separator(text: &str) -> (Option<u8>, usize) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    let Some(&[separator]) = line.strip_prefix("sep=").map(str::as_bytes) else {
        return (None, 0);
    };
    let rest = text.get(line.len()..).unwrap_or_default();
    let end = if rest.starts_with("\r\n") {
        2
    } else {
        usize::from(!rest.is_empty())
    };
    (Some(separator), line.len() + end)
}

/// Hands what the scanner finds on to the builder.
struct Rows {
    builder: Builder,
}

impl Sink for Rows {
    fn cell(&mut self, column: usize, text: &str) {
        self.builder.cell(column, text);
    }

    fn end_row(&mut self, row: u64, cells: usize) {
        self.builder.end_row(row, cells);
    }

    fn fault(&mut self, row: u64, column: usize, fault: Fault) {
        let message = match fault {
            Fault::Unclosed { lines: 0 } => {
                "A quotation mark opens this cell and never closes. Close it and load the file \
                 again."
                    .to_owned()
            }
            Fault::Unclosed { lines } => format!(
                "A quotation mark opens this cell and never closes, so the rest of the file ({} \
                 lines) is not read as rows. Close it and load the file again.",
                count(lines)
            ),
            Fault::AfterQuote => "There is text after the closing quotation mark of this cell. A \
                                  quotation mark inside a cell must be doubled."
                .to_owned(),
            Fault::TooLong => "This cell holds more than a million characters; only the first \
                               are kept. Look for a missing quotation mark."
                .to_owned(),
        };
        self.builder.problem(row, Some(column), message);
    }
}

/// Reads a whole text file.
pub(super) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    if let Some(sheet) = &options.sheet {
        return Err(Refusal::new(format!(
            "This is a text file, which has no sheets, so there is no sheet “{sheet}”. Load it \
             without naming a sheet."
        )));
    }
    let mut detector = Detector::default();
    for slice in bytes.chunks(SLICE) {
        detector.feed(slice);
    }
    let detected = detector.finish();
    let encoding = options.encoding.unwrap_or(detected.encoding);
    let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if let (Some(at), false) = (detected.nul_at, wide) {
        return Err(Refusal::new(format!(
            "This file holds NUL bytes (the first is byte {}), which no list in text has. It is \
             damaged, or UTF-16 without its mark: choose UTF-16LE as its encoding, or save it \
             again as “CSV UTF-8”.",
            count(at + 1)
        )));
    }
    let mut reader = Reader::new(encoding);
    for (at, slice) in bytes.chunks(SLICE).enumerate() {
        progress(share(at * SLICE, bytes.len()));
        reader.feed(slice)?;
    }
    let mut reading = reader.finish()?;
    if encoding == Encoding::Windows1252 && options.encoding.is_none() {
        reading.notices.insert(
            0,
            "The file is not UTF-8; it is read as Windows-1252. Check names with accents, and \
             choose another encoding if they look wrong."
                .to_owned(),
        );
    }
    Ok(reading)
}

/// One row as RFC 4180 writes it, with CRLF at its end.
pub fn write_row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut String) {
    let start = out.len();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if cell.starts_with("sep=") || cell.contains(['"', ',', '\r', '\n', ';', '\t', '|']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    // A row of one empty cell would be a blank line, which is no row.
    if out.len() == start {
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}

/// Rows `from` to `from + count` of the table as CSV, header first.
#[must_use]
pub fn write(table: &Table, from: usize, count: usize) -> String {
    let mut out = String::new();
    write_row(table.names(), &mut out);
    for row in (from..table.rows()).take(count) {
        write_row(
            (0..table.columns()).map(|column| table.cell(row, column)),
            &mut out,
        );
    }
    out
}
