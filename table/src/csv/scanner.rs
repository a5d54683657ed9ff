//! Splits text into cells, slice by slice, and finds out what separates them.
//!
//! A quote counts only at the start of a cell, as in spreadsheets. Rows are counted as a
//! spreadsheet shows them: a quoted line break does not start one, a blank line does.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use memchr::{memchr, memchr_iter, memchr3};

use crate::builder::MAX_CELL;

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
                State::Quoted => at = self.quoted(text, at, sink),
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

    fn quoted(&mut self, text: &str, at: usize, sink: &mut impl Sink) -> usize {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let length = memchr(b'"', rest).unwrap_or(rest.len());
        let piece = text.get(at..at + length).unwrap_or_default();
        // Most cells in quotes are whole and hold no quote: they need not be held.
        if self.held.is_empty() && rest.get(length + 1) == Some(&self.separator) {
            self.end_cell(piece, sink);
            return at + length + 2;
        }
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
