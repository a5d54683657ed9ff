//! The desk: where slow work is done and the case list lies, off the page.
//!
//! The page never holds a list. It sends a [`Request`], and the desk answers with a [`Reply`]:
//! counts, samples and problems, and in the end the sampled cases alone. The list worker is a few
//! lines around this; a desk that fails is thrown away with its worker, and nothing of the round
//! is harmed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::export::{self, Options, Report};
use crate::frame::columns::guess_id_column;
use crate::frame::{Exclusion, Frame};
use crate::journal::Journal;
use crate::round::Round;
use crate::sample;
use crate::sample::certificate::{Certificate, DrawNumber};
use crate::sample::method::Method;
use crate::sample::seed::{Seed, SeedOrigin};
use crate::table::column::{self, Profile};
use crate::table::{self, Problem, ReadOptions, Reading, Refusal, Sheet, Source};

/// The made-up list that a first visitor tries.
const MADE_UP: &[u8] = include_bytes!("../demo/child-protection.csv");
/// What the made-up list is called.
const MADE_UP_NAME: &str = "made-up-child-protection.csv";

/// How many problems, and rows of a preview, the page is shown.
const SHOWN: usize = 50;
const PREVIEWED: usize = 8;

/// What the page asks of the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read the file that comes with this message.
    Read {
        /// The file's name.
        name: String,
    },
    /// Read the made-up list.
    ReadMadeUp,
    /// Read another sheet of the file that lies on the desk.
    ReadSheet {
        /// The sheet's name.
        sheet: String,
    },
    /// Make the frame of the list, a case being what these columns name.
    Frame {
        /// Columns, from 0.
        unit: Vec<usize>,
    },
    /// Draw a sample from the frame.
    Draw {
        /// How many cases.
        size: usize,
        /// The seed, as typed.
        seed: String,
        /// Where it came from.
        origin: SeedOrigin,
        /// The columns that go with each case, from 0.
        columns: Vec<usize>,
    },
    /// Write the findings of a round.
    Export {
        /// As what.
        kind: ExportKind,
        /// What goes in.
        options: Options,
        /// The round's journal, line by line.
        journal: Vec<String>,
    },
}

/// A kind of file that findings are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportKind {
    /// An Excel workbook.
    Workbook,
    /// The answers as CSV.
    Csv,
    /// Everything as JSON.
    Json,
}

impl ExportKind {
    /// The ending of a file of this kind.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The media type of a file of this kind.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}

/// What the desk answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// How far the reading has come, from 0 to 1.
    Progress(f32),
    /// A list was read.
    Read(Box<ListView>),
    /// The frame was made.
    Framed(FrameView),
    /// A sample was drawn.
    Drawn {
        /// The certificate.
        certificate: Box<Certificate>,
        /// The names of the columns that go with each case.
        columns: Vec<String>,
        /// Each case's cells in those columns, in order of the draw.
        cells: Vec<Vec<String>>,
    },
    /// A file was written; its bytes come with this message.
    Exported(ExportKind),
    /// It could not be done: why, and what to do.
    Refused(String),
}

/// What the page shows of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListView {
    /// The file and sheet.
    pub source: Source,
    /// The workbook's sheets; empty for a text file.
    pub sheets: Vec<Sheet>,
    /// Rows read.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Profile>,
    /// The first rows.
    pub preview: Vec<Vec<String>>,
    /// What was done to read it that a person should know.
    pub notices: Vec<String>,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// How many problems there are in all.
    pub problem_count: usize,
    /// The column that looks like the cases' id.
    pub guess: Option<usize>,
}

/// What the page shows of a frame. `read` = `size` + all excluded + `faulty`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameView {
    /// The names of the columns that name a case.
    pub unit: Vec<String>,
    /// Rows read.
    pub read: usize,
    /// Cases in the frame.
    pub size: usize,
    /// Rows left out, by reason.
    pub excluded: Vec<Exclusion>,
    /// Faulty rows.
    pub faulty: usize,
    /// The first rows that are faulty, repeat an id or look like another's.
    pub problems: Vec<Problem>,
    /// The frame's fingerprint.
    pub fingerprint: String,
}

/// The list on the desk and what was made of it.
#[derive(Default)]
pub struct Desk {
    file: Option<File>,
    reading: Option<Reading>,
    frame: Option<Frame>,
}

struct File {
    name: String,
    bytes: Vec<u8>,
}

/// An answer, with the file that goes with it.
pub type Answer = (Reply, Option<Vec<u8>>);

impl Desk {
    /// Does what was asked. `attached` is the file that came with the request; `progress` is told
    /// how far the reading has come, from 0 to 1.
    pub fn handle(
        &mut self,
        request: Request,
        attached: Option<Vec<u8>>,
        progress: &mut dyn FnMut(f32),
    ) -> Answer {
        let answer = match request {
            Request::Read { name } => {
                self.take(name, attached.unwrap_or_default());
                self.read(None, progress)
            }
            Request::ReadMadeUp => {
                self.take(MADE_UP_NAME.to_owned(), MADE_UP.to_vec());
                self.read(None, progress)
            }
            Request::ReadSheet { sheet } => self.read(Some(sheet), progress),
            Request::Frame { unit } => self.make_frame(&unit),
            Request::Draw {
                size,
                seed,
                origin,
                columns,
            } => Seed::new(&seed, origin)
                .map_err(|refusal| Refusal(refusal.to_string()))
                .and_then(|seed| self.draw(size, &seed, &columns)),
            Request::Export {
                kind,
                options,
                journal,
            } => {
                return match write(kind, &options, &journal) {
                    Ok(bytes) => (Reply::Exported(kind), Some(bytes)),
                    Err(refusal) => (Reply::Refused(refusal.0), None),
                };
            }
        };
        (
            answer.unwrap_or_else(|refusal| Reply::Refused(refusal.0)),
            None,
        )
    }

    /// Puts a file on the desk in place of all that lay there.
    fn take(&mut self, name: String, bytes: Vec<u8>) {
        *self = Self {
            file: Some(File { name, bytes }),
            ..Self::default()
        };
    }

    fn read(
        &mut self,
        sheet: Option<String>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Reply, Refusal> {
        let file = self.file.as_ref().ok_or_else(no_list)?;
        let options = ReadOptions {
            sheet,
            ..ReadOptions::default()
        };
        let reading = table::read(&file.name, &file.bytes, &options, progress)?;
        let view = view(&reading);
        self.frame = None;
        self.reading = Some(reading);
        Ok(Reply::Read(Box::new(view)))
    }

    fn make_frame(&mut self, unit: &[usize]) -> Result<Reply, Refusal> {
        let reading = self.reading.as_ref().ok_or_else(no_list)?;
        let frame = Frame::new(&reading.table, unit);
        let problems = [frame.faulty(), frame.repeats(), frame.lookalikes()].concat();
        let view = FrameView {
            unit: frame.unit_columns().to_vec(),
            read: frame.read(),
            size: frame.size(),
            excluded: frame.excluded().to_vec(),
            faulty: frame.faulty().len(),
            problems: problems.into_iter().take(SHOWN).collect(),
            fingerprint: frame.fingerprint(),
        };
        self.frame = Some(frame);
        Ok(Reply::Framed(view))
    }

    fn draw(&self, size: usize, seed: &Seed, columns: &[usize]) -> Result<Reply, Refusal> {
        let reading = self.reading.as_ref().ok_or_else(no_list)?;
        let frame = self.frame.as_ref().ok_or_else(no_list)?;
        let list = sample::List {
            source: &reading.source,
            table: &reading.table,
            frame,
        };
        let certificate =
            Certificate::draw(&list, &Method::simple(size), seed, DrawNumber::first())
                .map_err(|refusal| Refusal(refusal.to_string()))?;
        let rows = rows_of(&certificate, frame);
        let names = columns
            .iter()
            .map(|column| reading.table.name(*column).to_owned());
        let cells = certificate.sample.iter().map(|case| {
            let row = rows.get(case.id.as_str());
            let cell = |column: &usize| row.map(|row| reading.table.cell(*row, *column));
            columns
                .iter()
                .map(|column| cell(column).unwrap_or_default().to_owned())
                .collect()
        });
        Ok(Reply::Drawn {
            columns: names.collect(),
            cells: cells.collect(),
            certificate: Box::new(certificate),
        })
    }
}

/// The row of the table for each case of the sample.
fn rows_of<'a>(certificate: &'a Certificate, frame: &Frame) -> BTreeMap<&'a str, usize> {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let sampled: BTreeSet<&str> = certificate
        .sample
        .iter()
        .map(|case| case.id.as_str())
        .collect();
    for (at, id) in frame.ids().iter().enumerate() {
        if let Some(id) = sampled.get(id.as_str()) {
            rows.insert(id, frame.table_row(at));
        }
    }
    rows
}

fn no_list() -> Refusal {
    Refusal("No case list is open. Choose the file again.".to_owned())
}

fn view(reading: &Reading) -> ListView {
    let table = &reading.table;
    let cells = |row| (0..table.columns()).map(move |column| table.cell(row, column).to_owned());
    ListView {
        source: reading.source.clone(),
        sheets: reading.sheets.clone(),
        rows: table.rows(),
        columns: column::profiles(table),
        preview: (0..table.rows().min(PREVIEWED))
            .map(|row| cells(row).collect())
            .collect(),
        notices: reading.notices.clone(),
        problems: reading.problems.iter().take(SHOWN).cloned().collect(),
        problem_count: reading.problems.len(),
        guess: guess_id_column(table),
    }
}

/// The findings of the round that a journal tells of, as a file.
fn write(kind: ExportKind, options: &Options, lines: &[String]) -> Result<Vec<u8>, Refusal> {
    let mut journal = Journal::default();
    for line in lines {
        journal
            .take(line)
            .map_err(|fault| Refusal(fault.to_string()))?;
    }
    let (round, _) = Round::fold(&journal)
        .ok_or_else(|| Refusal("There is no round to write findings of.".to_owned()))?;
    let report = Report::of(&round, options);
    match kind {
        ExportKind::Workbook => export::workbook::write(&report)
            .map_err(|error| Refusal(format!("The workbook could not be written: {error}"))),
        ExportKind::Csv => Ok(export::csv::write(&report)),
        ExportKind::Json => Ok(export::json::write(&report)),
    }
}
