//! The cells of a sheet, one after another as its XML is unpacked, and what the sheet looks like.
//!
//! Source: ECMA-376 part 1, section 18.3 (worksheets).

use std::io::Read;

use super::strings::{RichText, Strings, unescape};
use super::styles::Style;
use crate::layout::Layout;
use crate::shown;
use crate::workbook::formats::Found;
use crate::xml::{Attributes, Fault, Scanner, Tag, Token, decode, local, plain};

/// What a cell's value is, by its attribute `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    /// The number of a shared text.
    Shared,
    Text,
    Inline,
    Truth,
    /// An error value, or a day in ISO 8601.
    Literal,
}

/// The cell that is open.
#[derive(Debug)]
struct Cell {
    row: u32,
    column: u32,
    kind: Kind,
    style: usize,
    text: String,
    valued: bool,
    formula: bool,
}

/// What the cells of a workbook's sheets have in common.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) strings: Strings,
    pub(super) styles: Vec<Style>,
    pub(super) is_1904: bool,
}

/// Reads a sheet.
pub(super) struct Cells<'a, R> {
    book: &'a Book,
    scanner: Scanner<R>,
    cell: Cell,
    rich: RichText,
    shown: String,
    /// The row and the column of the next cell that does not say where it stands.
    row: u32,
    column: u32,
    rows_begun: bool,
    in_rows: bool,
    in_value: bool,
    pub(super) layout: Layout,
}

impl<'a, R: Read> Cells<'a, R> {
    pub(super) fn new(book: &'a Book, part: R) -> Self {
        Self {
            book,
            scanner: Scanner::new(part),
            cell: Cell {
                row: 0,
                column: 0,
                kind: Kind::Number,
                style: 0,
                text: String::new(),
                valued: false,
                formula: false,
            },
            rich: RichText::default(),
            shown: String::new(),
            row: 0,
            column: 0,
            rows_begun: false,
            in_rows: false,
            in_value: false,
            layout: Layout::default(),
        }
    }

    /// The row that is being read, as a spreadsheet counts it.
    pub(super) fn row(&self) -> u64 {
        u64::from(self.row) + 1
    }

    /// The last row that the sheet says it has, from 1; 0 if it does not say.
    pub(super) fn declared_rows(&mut self) -> Result<u32, Fault> {
        while let Some(token) = self.scanner.next()? {
            match token {
                Token::Open(tag) if tag.depth == 2 && tag.name == b"dimension" => {
                    let area = tag.get(b"ref")?.unwrap_or_default();
                    let last = area.rsplit(':').next().unwrap_or_default();
                    let (_, row) = reference(last.as_bytes()).ok_or(NO_PLACE)?;
                    return Ok(if last == "A1" { 0 } else { row + 1 });
                }
                Token::Open(tag) if tag.depth == 2 && tag.name == b"sheetData" => break,
                Token::Open(_) | Token::Close(_) | Token::Text(_) | Token::Plain(_) => {}
            }
        }
        Ok(0)
    }

    /// Calls `take` for each cell that shows something until it says stop; true if the sheet was
    /// read to its end.
    pub(super) fn read(&mut self, take: &mut dyn FnMut(&Found<'_>) -> bool) -> Result<bool, Fault> {
        loop {
            if let Some(whole) = self.read_row(take)? {
                return Ok(whole);
            }
        }
    }

    /// Reads on to the end of a row; says, unless more is to come, whether all was read. It is a
    /// function of its own because a browser takes its optimised form only where it is called anew.
    #[inline(never)]
    fn read_row(
        &mut self,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Option<bool>, Fault> {
        loop {
            let Some(token) = self.scanner.next()? else {
                return Ok(Some(true));
            };
            match token {
                Token::Open(Tag { depth: 1, name, .. }) if name != b"worksheet" => {
                    return Err(Fault::NotXml("it is no sheet of cells"));
                }
                Token::Open(tag) if self.in_rows => match (tag.depth, tag.name) {
                    (4, b"c") => {
                        begin_cell(&mut self.cell, tag.attributes(), self.row, self.column)?;
                    }
                    (5, b"v") => {
                        self.in_value = self.cell.kind != Kind::Inline;
                        self.cell.valued |= self.in_value;
                    }
                    (5, b"f") => self.cell.formula = true,
                    (5, b"is") => {
                        self.cell.kind = Kind::Inline;
                        self.rich.begin(5);
                    }
                    (3, b"row") => {
                        let number = begin_row(tag, self.row, self.rows_begun)?;
                        self.layout.take(tag, u64::from(number) + 1)?;
                        (self.row, self.column, self.rows_begun) = (number, 0, true);
                    }
                    _ => self.rich.take(token)?,
                },
                Token::Open(tag) => {
                    self.in_rows = tag.depth == 2 && tag.name == b"sheetData";
                    self.layout.take(tag, 0)?;
                }
                Token::Text(raw) if self.in_value => decode(raw, &mut self.cell.text)?,
                Token::Plain(raw) if self.in_value => plain(raw, &mut self.cell.text)?,
                Token::Close(5) if self.in_value => self.in_value = false,
                Token::Close(5) if self.rich.is_open() => {
                    self.rich.end().clone_into(&mut self.cell.text);
                    self.cell.valued = true;
                }
                Token::Close(4) if self.in_rows => {
                    if !self.end_cell(take)? {
                        return Ok(Some(false));
                    }
                }
                Token::Close(3) if self.in_rows => return Ok(None),
                Token::Close(2) => self.in_rows = false,
                Token::Close(_) | Token::Text(_) | Token::Plain(_) => self.rich.take(token)?,
            }
        }
    }

    /// Offers the cell that has closed; false if no more are wanted.
    fn end_cell(&mut self, take: &mut dyn FnMut(&Found<'_>) -> bool) -> Result<bool, Fault> {
        let cell = &mut self.cell;
        if cell.row != self.row || cell.column < self.column {
            return Err(Fault::NotXml("a cell stands out of its order"));
        }
        self.column = cell.column + 1;
        let mut shared = None;
        if cell.kind == Kind::Shared && !cell.text.is_empty() {
            let number = cell.text.trim_ascii().parse().ok();
            let number = number.filter(|&number| self.book.strings.get(number).is_some());
            shared = Some(number.ok_or(Fault::NotXml("a cell's shared text is missing"))?);
        }
        // An empty text may be a formula's result; an empty number is none.
        let value = cell.valued
            && (matches!(cell.kind, Kind::Text | Kind::Inline) || !cell.text.is_empty());
        let mut found = Found {
            row: cell.row,
            column: cell.column,
            text: "",
            shared,
            too_long_a_number: false,
            unsaved: cell.formula && !value,
        };
        if value {
            found.text = match (shared, cell.kind) {
                (Some(number), _) => self.book.strings.get(number).unwrap_or_default(),
                (None, Kind::Number) => {
                    let style = self.book.styles.get(cell.style).unwrap_or(&Style::General);
                    let number = number(&cell.text, style, self.book.is_1904, &mut self.shown);
                    found.too_long_a_number = number.is_some_and(shown::is_too_long)
                        && !matches!(style, Style::Moment | Style::Length);
                    &self.shown
                }
                (None, Kind::Text) => {
                    self.shown.clear();
                    unescape(&cell.text, &mut self.shown);
                    &self.shown
                }
                (None, Kind::Truth) => truth(&cell.text)?,
                (None, Kind::Literal) => shown::iso(&cell.text),
                (None, Kind::Inline | Kind::Shared) => &cell.text,
            };
        }
        Ok(found.text.is_empty() && !found.unsaved || take(&found))
    }
}

const NO_PLACE: Fault = Fault::NotXml("a cell does not say where it stands");

fn begin_row(tag: Tag<'_>, current: u32, begun: bool) -> Result<u32, Fault> {
    let next = current + u32::from(begun);
    let Some(given) = tag.get(b"r")? else {
        return Ok(next);
    };
    let number = given
        .trim()
        .parse()
        .ok()
        .and_then(|number: u32| number.checked_sub(1));
    let number = number.filter(|&number| number < MAX_ROWS);
    let number = number.ok_or(Fault::NotXml("a row does not say where it stands"))?;
    if number < next {
        return Err(Fault::NotXml("a row stands out of its order"));
    }
    Ok(number)
}

fn begin_cell(
    cell: &mut Cell,
    attributes: Attributes<'_>,
    row: u32,
    column: u32,
) -> Result<(), Fault> {
    (cell.row, cell.column, cell.style) = (row, column, 0);
    (cell.kind, cell.valued, cell.formula) = (Kind::Number, false, false);
    cell.text.clear();
    for attribute in attributes {
        let (name, value) = attribute?;
        match local(name) {
            b"r" => (cell.column, cell.row) = reference(value).ok_or(NO_PLACE)?,
            b"s" => cell.style = style(value),
            b"t" => {
                cell.kind = match value {
                    b"n" => Kind::Number,
                    b"s" => Kind::Shared,
                    b"str" => Kind::Text,
                    b"inlineStr" | b"is" => Kind::Inline,
                    b"b" => Kind::Truth,
                    b"e" | b"d" => Kind::Literal,
                    _ => return Err(Fault::NotXml("a cell is of no kind that is known")),
                }
            }
            _ => {}
        }
    }
    Ok(())
}

const MAX_ROWS: u32 = 1 << 24;

/// `B2` as its column and its row, from 0.
fn reference(cell: &[u8]) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for &byte in cell {
        match byte {
            b'0'..=b'9' if column > 0 && row < MAX_ROWS => row = row * 10 + u32::from(byte - b'0'),
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 && column < 1 << 24 => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
            }
            _ => return None,
        }
    }
    Some((column.checked_sub(1)?, row.checked_sub(1)?))
}

fn style(digits: &[u8]) -> usize {
    let number = digits.iter().try_fold(0_usize, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|&digit| digit < 10)?;
        (number < 1 << 20).then(|| number * 10 + usize::from(digit))
    });
    number.unwrap_or(0)
}

fn truth(text: &str) -> Result<&'static str, Fault> {
    match text.trim() {
        "" => Ok(""),
        "1" => Ok("TRUE"),
        "0" => Ok("FALSE"),
        other if other.eq_ignore_ascii_case("true") => Ok("TRUE"),
        other if other.eq_ignore_ascii_case("false") => Ok("FALSE"),
        _ => Err(Fault::NotXml("a cell is neither true nor false")),
    }
}

/// Puts into `shown` what a cell with a number shows, and gives the number unless the text is one
/// that stands as it is.
fn number(text: &str, style: &Style, is_1904: bool, shown: &mut String) -> Option<f64> {
    shown.clear();
    if *style == Style::General && shown::is_shown_as_stored(text) {
        shown.push_str(text);
        return None;
    }
    if *style == Style::Moment && shown::day(text, is_1904, shown) {
        return None;
    }
    let Ok(value) = text.trim_ascii().parse::<f64>() else {
        // No number at all: what is stored is what there is.
        shown.push_str(text);
        return None;
    };
    shown.push_str(&match style {
        Style::General => shown::number(value, None),
        Style::Number(format) => shown::number(value, Some(format)),
        Style::Moment => shown::serial(value, false, is_1904),
        Style::Length => shown::serial(value, true, is_1904),
    });
    Some(value)
}
