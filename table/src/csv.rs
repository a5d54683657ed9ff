//! Text files with separators: a scanner that takes the text slice by slice, the reader around
//! it, and the writer (RFC 4180) whose output reads back to the same table.

mod scanner;

pub use self::scanner::{Fault, Scanner, Sink, separator};

use memchr::memchr;

use super::builder::Builder;
use super::encoding::{Encoding, Text};
use super::slices::{self, File};
use super::{ReadOptions, Reading, Refusal, Source, Table, count, share};

/// How much text is looked at to find the separator.
const SAMPLE: usize = 1 << 16;

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
        self.end()?;
        self.reading()
    }

    /// Whether some bytes so far are not of the encoding.
    fn misread(&self) -> bool {
        self.text.broken
    }

    fn end(&mut self) -> Result<(), Refusal> {
        self.take(&[], true)?;
        if self.scanner.is_none() {
            self.start();
        }
        if let Some(scanner) = &mut self.scanner {
            scanner.finish(&mut self.rows);
        }
        Ok(())
    }

    fn reading(self) -> Result<Reading, Refusal> {
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
        let (scanner, sample, rows) = (&mut self.scanner, &mut self.sample, &mut self.rows);
        self.text.decode(bytes, last, |text| {
            if let Some(scanner) = scanner {
                scanner.feed(text, rows);
            } else {
                sample.push_str(text);
            }
        });
        if self.sample.len() >= SAMPLE {
            self.start();
        }
        if self.misread() {
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

/// Reads a whole text file that begins with `head`. Without a byte order mark it is UTF-8 if all its
/// bytes are, strictly; at the first that are not it is begun again as Windows-1252, and that is told.
pub(super) fn read(
    file: &(impl File + ?Sized),
    head: &[u8],
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    if let Some(sheet) = &options.sheet {
        return Err(Refusal::new(format!(
            "This is a text file, which has no sheets, so there is no sheet “{sheet}”. Load it \
             without naming a sheet."
        )));
    }
    if let Some(known) = options.encoding.or_else(|| Encoding::mark(head)) {
        let mut reader = Reader::new(known);
        read_through(file, &mut reader, progress)?;
        return reader.reading();
    }
    let mut reader = Reader::new(Encoding::Utf8);
    match read_through(file, &mut reader, progress) {
        Ok(()) => return reader.reading(),
        Err(refusal) if !reader.misread() => return Err(refusal),
        // What was read so far is let go of before it is read anew.
        Err(_) => reader = Reader::new(Encoding::Windows1252),
    }
    read_through(file, &mut reader, progress)?;
    let mut reading = reader.reading()?;
    reading.notices.insert(
        0,
        "The file is not UTF-8; it is read as Windows-1252. Check names with accents, and choose \
         another encoding if they look wrong."
            .to_owned(),
    );
    Ok(reading)
}

/// Gives the reader all of the file.
fn read_through(
    file: &(impl File + ?Sized),
    reader: &mut Reader,
    progress: &mut dyn FnMut(f32),
) -> Result<(), Refusal> {
    let wide = matches!(reader.encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    slices::each_slice(file, |at, slice| {
        progress(share(at, file.size()));
        match memchr(0, slice) {
            Some(nul) if !wide => Err(holds_nul(at + nul)),
            _ => reader.feed(slice),
        }
    })?;
    reader.end()
}

fn holds_nul(at: usize) -> Refusal {
    Refusal::new(format!(
        "This file holds NUL bytes (the first is byte {}), which no list in text has. It is \
         damaged, or UTF-16 without its mark: choose UTF-16LE as its encoding, or save it again as \
         “CSV UTF-8”.",
        count(u64::try_from(at).unwrap_or(u64::MAX).saturating_add(1))
    ))
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
