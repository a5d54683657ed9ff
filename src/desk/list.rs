//! On the desk, the case list: what was read from a file, and the frame made of it.

use serde::{Deserialize, Serialize};

use super::{Desk, Reply as Answer, no_list};
use crate::frame::columns::guess_id_column;
use crate::frame::{Exclusion, Frame};
use crate::table::column::{self, Profile};
use crate::table::{self, Problem, ReadOptions, Reading, Refusal, Sheet, Source};

/// The made-up list that a first visitor tries.
const MADE_UP: &[u8] = include_bytes!("../../demo/child-protection.csv");
/// What the made-up list is called.
const MADE_UP_NAME: &str = "made-up-child-protection.csv";

/// How many problems, and rows of a preview, the page is shown.
const SHOWN: usize = 50;
const PREVIEWED: usize = 8;

/// What the page asks about the case list.
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
}

/// What the desk answers about the case list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// A list was read.
    Read(Box<ListView>),
    /// The frame was made.
    Framed(FrameView),
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

/// A file that lies on the desk, to be looked into as often as a sheet of it is asked for.
pub(super) struct File {
    name: String,
    contents: Box<dyn table::File>,
}

impl Desk {
    pub(super) fn about_list(
        &mut self,
        request: Request,
        attached: Option<Box<dyn table::File>>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Answer, Refusal> {
        let reply = match request {
            Request::Read { name } => {
                self.take(name, attached.ok_or_else(no_list)?);
                self.read(None, progress)
            }
            Request::ReadMadeUp => {
                self.take(MADE_UP_NAME.to_owned(), Box::new(MADE_UP.to_vec()));
                self.read(None, progress)
            }
            Request::ReadSheet { sheet } => self.read(Some(sheet), progress),
            Request::Frame { unit } => self.make_frame(&unit),
        };
        reply.map(Answer::List)
    }

    /// Puts a file on the desk in place of all that lay there.
    fn take(&mut self, name: String, contents: Box<dyn table::File>) {
        *self = Self {
            file: Some(File { name, contents }),
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
        let reading = table::read(&file.name, &*file.contents, &options, progress)?;
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
}

fn view(reading: &Reading) -> ListView {
    let table = &reading.table;
    let profiles = column::profiles(table);
    let cells = |row| (0..table.columns()).map(move |column| table.cell(row, column).to_owned());
    ListView {
        source: reading.source.clone(),
        sheets: reading.sheets.clone(),
        rows: table.rows(),
        preview: (0..table.rows().min(PREVIEWED))
            .map(|row| cells(row).collect())
            .collect(),
        notices: reading.notices.clone(),
        problems: reading.problems.iter().take(SHOWN).cloned().collect(),
        problem_count: reading.problems.len(),
        guess: guess_id_column(&profiles),
        columns: profiles,
    }
}
