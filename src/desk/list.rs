//! On the desk, the case list: what was read from a file, and the frame made of it.

pub mod annex;
pub mod earlier;
pub mod problems;
pub mod rows;

use serde::{Deserialize, Serialize};

use self::annex::{AnnexView, SheetView};
use self::earlier::{EarlierAsked, EarlierView};
use self::rows::{Row, RowsAsked, RowsView};
use super::{Desk, Reply as Answer, Subject, no_list};
use crate::frame::Exclusion;
use crate::frame::account::ListAccount;
use crate::frame::columns::guess_id_column;
use crate::frame::overlap::Overlaps;
use crate::frame::plan::{Framing, Given, Plan};
use crate::table::column::{self, Profile};
use crate::table::{self, ReadOptions, Reading, Refusal, Source, Table};

/// The made-up list that a first visitor tries.
const MADE_UP: &[u8] = include_bytes!("../../demo/child-protection.csv");
/// What the made-up list is called.
const MADE_UP_NAME: &str = "made-up-child-protection.csv";

/// How many rows of a preview the page is shown.
const PREVIEWED: usize = 8;

/// What the page asks about the case list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read the file that comes with this message.
    Read {
        /// The file's name.
        name: String,
        /// Whether it is to be linked with the lists that were kept; otherwise they are given up.
        linked: bool,
    },
    /// Read the made-up list.
    ReadMadeUp,
    /// Read the file that lies on the desk again: another sheet of it, or its text in another
    /// encoding.
    ReadAgain(ReadOptions),
    /// Keep the list that lies on the desk, so that it is linked with those read next.
    Keep,
    /// Make the frame of the lists that were kept, in that order, and of the one read last.
    Frame(Box<Plan>),
    /// Show rows of the list.
    Rows(RowsAsked),
    /// Look into the file of an earlier round that comes with this message, or that came last.
    Earlier(EarlierAsked),
}

impl Request {
    /// What the request is about.
    pub(super) fn subject(&self) -> Subject {
        match self {
            Self::Read { .. } | Self::ReadMadeUp | Self::ReadAgain(_) | Self::Keep => {
                Subject::Reading
            }
            Self::Frame(_) => Subject::Frame,
            Self::Rows(_) => Subject::Rows,
            Self::Earlier(_) => Subject::Earlier,
        }
    }
}

/// What the desk answers about the case list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// A list was read.
    Read(Box<ListView>),
    /// The list was kept.
    Kept,
    /// The frame was made.
    Framed(Box<FrameView>),
    /// Rows to look at.
    Rows(RowsView),
    /// What the file of an earlier round tells.
    Earlier(EarlierView),
}

/// What the page shows of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListView {
    /// The file and sheet; the file's SHA-256 comes with the frame.
    pub source: Source,
    /// The workbook's sheets; empty for a text file.
    pub sheets: Vec<SheetView>,
    /// The list of Annex A that it is.
    pub annex: Option<AnnexView>,
    /// Rows read.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Profile>,
    /// The letters of the columns in the sheet.
    pub letters: Vec<String>,
    /// The first rows.
    pub preview: Vec<Row>,
    /// What was done to read it that a person should know.
    pub notices: Vec<String>,
    /// The problems, by sort.
    pub problems: Vec<problems::Group>,
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
    /// What a person should know of how it was made.
    pub notices: Vec<String>,
    /// The rows that are faulty, repeat an id or look like another's, by sort.
    pub problems: Vec<problems::Group>,
    /// The frame's fingerprint.
    pub fingerprint: String,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// Where several lists were linked, what they gave.
    pub linked: Option<Box<LinkedView>>,
}

/// What the page shows of lists that were linked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkedView {
    /// The linked lists as one: a row a case.
    pub view: ListView,
    /// What each list brought.
    pub lists: Vec<ListAccount>,
    /// How the lists overlap.
    pub overlaps: Overlaps,
}

/// A file that lies on the desk, to be looked into as often as a sheet of it is asked for.
pub(super) struct File {
    name: String,
    contents: Box<dyn table::File>,
    /// Found when it is first asked for. It is that of the file which was read: a browser refuses to
    /// read on in a file that has changed since it was chosen.
    sha256: Option<String>,
}

impl File {
    fn sha256(&mut self) -> Result<String, Refusal> {
        if let Some(known) = &self.sha256 {
            return Ok(known.clone());
        }
        let found = table::sha256(&*self.contents)?;
        self.sha256 = Some(found.clone());
        Ok(found)
    }
}

impl Desk {
    pub(super) fn about_list(
        &mut self,
        request: Request,
        attached: Option<Box<dyn table::File>>,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Answer, Refusal> {
        let reply = match request {
            Request::Read { name, linked } => {
                self.lay(name, linked, attached.ok_or_else(no_list)?);
                self.read(&ReadOptions::default(), progress)
            }
            Request::ReadMadeUp => {
                self.kept.clear();
                self.take(MADE_UP_NAME.to_owned(), Box::new(table::Text(MADE_UP)));
                self.read(&ReadOptions::default(), progress)
            }
            Request::ReadAgain(options) => self.read(&options, progress),
            Request::Keep => self.keep(),
            Request::Frame(plan) => self.make_frame(&plan),
            Request::Rows(asked) => self.show_rows(&asked),
            Request::Earlier(asked) => self.look_back(&asked, attached),
        };
        reply.map(Answer::List)
    }

    /// Puts a file on the desk, whose reading comes next; lists that were kept stay if it is to be
    /// linked with them.
    pub fn lay(&mut self, name: String, linked: bool, contents: Box<dyn table::File>) {
        if !linked {
            self.kept.clear();
        }
        self.take(name, contents);
    }

    /// Takes what was read of the file on the desk while it arrived.
    pub fn receive(&mut self, reading: Reading) -> Answer {
        Answer::List(self.show(reading))
    }

    /// Puts a file on the desk in place of what lay there; lists that were kept stay.
    fn take(&mut self, name: String, contents: Box<dyn table::File>) {
        *self = Self {
            file: Some(File {
                name,
                contents,
                sha256: None,
            }),
            kept: std::mem::take(&mut self.kept),
            ..Self::default()
        };
    }

    /// Keeps the list that was read last; its file stays, for another sheet of it.
    fn keep(&mut self) -> Result<Reply, Refusal> {
        self.hash()?;
        self.kept.push(self.reading.take().ok_or_else(no_list)?);
        self.framing = None;
        self.rows = None;
        Ok(Reply::Kept)
    }

    fn read(
        &mut self,
        options: &ReadOptions,
        progress: &mut dyn FnMut(f32),
    ) -> Result<Reply, Refusal> {
        let file = self.file.as_ref().ok_or_else(no_list)?;
        let reading = table::read_unhashed(&file.name, &*file.contents, options, progress)?;
        Ok(self.show(reading))
    }

    fn show(&mut self, reading: Reading) -> Reply {
        let view = view(&reading);
        self.framing = None;
        self.rows = None;
        self.reading = Some(reading);
        Reply::Read(Box::new(view))
    }

    /// Finds the hash of the file that was read last: of all that is asked of a list this takes longest
    /// to no visible end, so it waits until a frame needs it.
    fn hash(&mut self) -> Result<(), Refusal> {
        if let (Some(file), Some(reading)) = (&mut self.file, &mut self.reading)
            && reading.source.sha256.is_empty()
        {
            reading.source.sha256 = file.sha256()?;
        }
        Ok(())
    }

    fn make_frame(&mut self, plan: &Plan) -> Result<Reply, Refusal> {
        self.hash()?;
        let reading = self.reading.as_ref().ok_or_else(no_list)?;
        self.framing = None;
        let lists: Vec<Given> = self.kept.iter().chain([reading]).map(Given::from).collect();
        let framing = plan.run(&lists)?;
        let frame = &framing.frame;
        let problems = [
            &framing.problems,
            frame.faulty(),
            frame.repeats(),
            frame.lookalikes(),
        ];
        let view = FrameView {
            unit: frame.unit_columns().to_vec(),
            read: frame.read(),
            size: frame.size(),
            excluded: frame.excluded().to_vec(),
            faulty: frame.faulty().len(),
            notices: framing.notices.clone(),
            problems: problems::grouped(problems.into_iter().flatten()),
            fingerprint: frame.fingerprint(),
            sha256: framing.source.sha256.clone(),
            linked: linked(&framing),
        };
        self.framing = Some(framing);
        Ok(Reply::Framed(Box::new(view)))
    }
}

/// What the page shows of lists that were linked; nothing if there is one list only.
fn linked(framing: &Framing) -> Option<Box<LinkedView>> {
    let account = &framing.account;
    Some(Box::new(LinkedView {
        overlaps: account.overlaps.clone()?,
        lists: account.lists.clone(),
        view: view_of(&framing.source, &framing.table),
    }))
}

fn view(reading: &Reading) -> ListView {
    ListView {
        sheets: reading.sheets.iter().map(SheetView::of).collect(),
        notices: reading.notices.clone(),
        problems: problems::grouped(&reading.problems),
        ..view_of(&reading.source, &reading.table)
    }
}

fn view_of(source: &Source, table: &Table) -> ListView {
    let profiles = column::profiles(table);
    ListView {
        source: source.clone(),
        sheets: Vec::new(),
        annex: AnnexView::of(&table.names().collect::<Vec<_>>()),
        rows: table.rows(),
        letters: (0..table.columns())
            .map(|column| table.column_letters(column))
            .collect(),
        preview: (0..table.rows().min(PREVIEWED))
            .map(|row| Row::of(table, row, 0))
            .collect(),
        notices: Vec::new(),
        problems: Vec::new(),
        guess: guess_id_column(&profiles),
        columns: profiles,
    }
}
