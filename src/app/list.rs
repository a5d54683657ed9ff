//! The page of the case list: choosing a file, looking at what was read, saying what a case is.
//!
//! The list itself lies on the desk. What is here is lost when the page is closed, and the person
//! chooses the file again; only what was taken into the round stays.

pub mod earlier;
pub mod linking;
mod memory;
pub mod rows;
pub mod unit;
pub mod who;

use self::unit::CaseUnit;
use super::{Effect, FileKey, Open, Route};
use crate::desk;
use crate::desk::list::{FrameView, LinkedView, ListView, Reply, Request};
use crate::frame::mapping::Mapping;
use crate::frame::plan::Plan;
use crate::frame::unit::Unit;
use crate::journal::{Fact, ListTaken};
use crate::table::{Encoding, ReadOptions, Source};

/// How far the list has come.
#[derive(Debug, Default)]
pub struct Stage {
    /// What lies on the desk.
    pub desk: OnDesk,
    /// Why the last file could not be read, or the list not be taken.
    pub refused: Option<String>,
    /// The name of a file that lies on the desk and could not be read; it may be read otherwise.
    pub unread: Option<String>,
    /// Whether the choices made for an earlier list of the same columns were taken again.
    pub recalled: bool,
    /// What is remembered for lists of the same columns as the one on the desk.
    known: Option<Mapping>,
    /// The rows that are looked at.
    pub rows: rows::Stage,
    /// Who is in.
    pub who: who::Stage,
    /// Who was audited before.
    pub earlier: earlier::Stage,
    /// The lists that are linked.
    pub linking: linking::Stage,
}

/// What lies on the desk.
#[derive(Debug, Default)]
pub enum OnDesk {
    /// No list.
    #[default]
    Nothing,
    /// A file is being read.
    Reading {
        /// Its name.
        name: String,
        /// From 0 to 1.
        progress: f32,
        /// What lies on the desk until then, and goes on to if the file cannot be read again.
        before: Option<Box<OnDesk>>,
    },
    /// A list.
    List {
        /// What the page shows of it.
        view: Box<ListView>,
        /// What a case is.
        unit: CaseUnit,
        /// The frame made with that column.
        frame: Option<FrameView>,
    },
}

/// What can happen on the page of the case list.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person chose a file, or dropped one: its name.
    ChoseFile(FileKey, String),
    /// The person asked to stop reading.
    ClickedCancel,
    /// The person chose another sheet.
    ChoseSheet(String),
    /// The person said how the text of the file is encoded.
    ChoseEncoding(Encoding),
    /// The person said what a case is.
    Unit(unit::Msg),
    /// The person said who is in.
    Who(who::Msg),
    /// The person looked into the file of an earlier round.
    Earlier(earlier::Msg),
    /// The person linked several lists.
    Linking(linking::Msg),
    /// The person took the list as what the sample is drawn from.
    ClickedUse,
    /// The person wants another file instead.
    ClickedAnother,
    /// The store told what is remembered for lists of that shape.
    Recalled(String, Option<Mapping>),
    /// The person asked to forget the choices made for lists of these columns.
    ClickedForget,
    /// While looking at the rows.
    Rows(rows::Msg),
}

/// The id of the file field.
pub const FILE_FIELD: &str = "case-list";

impl Stage {
    /// The name of the file on the desk.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        match &self.desk {
            OnDesk::Nothing => self.unread.as_deref(),
            OnDesk::Reading { name, .. } => Some(name),
            OnDesk::List { view, .. } => Some(&view.source.name),
        }
    }

    /// The list on the desk with its frame, once a case is said to be what.
    #[must_use]
    pub fn framed(&self) -> Option<(&ListView, &FrameView)> {
        match &self.desk {
            OnDesk::List {
                frame: Some(frame), ..
            } => Some((self.view()?, frame)),
            OnDesk::Nothing | OnDesk::Reading { .. } | OnDesk::List { frame: None, .. } => None,
        }
    }

    /// How the frame is to be made of what lies on the desk, once it is said what a case is.
    fn plan(&mut self) -> Option<Plan> {
        if self.linking.kept > 0 {
            return self.linked_plan();
        }
        let mut plan = Plan::of_columns(&self.id_names()?);
        if let OnDesk::List { unit, .. } = &self.desk {
            plan.unit = (unit.unit != Unit::Child).then_some(unit.unit);
        }
        plan.filters.clone_from(&self.who.filters);
        plan.day = self.day_needed(&plan);
        Some(plan)
    }

    /// The names of the columns that name a case, once all are chosen.
    fn id_names(&self) -> Option<Vec<String>> {
        let OnDesk::List { view, unit, .. } = &self.desk else {
            return None;
        };
        let name = |at: usize| view.columns.get(at).map(|column| column.name.clone());
        Some(unit.columns()?.into_iter().filter_map(name).collect())
    }

    /// What the page shows of the list that filters and sample ask: of several, of the linked ones.
    #[must_use]
    pub fn view(&self) -> Option<&ListView> {
        match (&self.linking.linked, &self.desk) {
            (Some(linked), OnDesk::List { .. }) => Some(&linked.view),
            (None, OnDesk::List { view, .. }) => Some(view),
            (_, OnDesk::Nothing | OnDesk::Reading { .. }) => None,
        }
    }

    /// How many columns the list on the desk has.
    fn columns(&self) -> usize {
        match &self.desk {
            OnDesk::List { view, .. } => view.columns.len(),
            OnDesk::Nothing | OnDesk::Reading { .. } => 0,
        }
    }

    pub(super) fn progressed(&mut self, fraction: f32) -> Vec<Effect> {
        if let OnDesk::Reading { progress, .. } = &mut self.desk {
            *progress = progress.max(fraction);
        }
        Vec::new()
    }

    /// Forgets the list that lay on the desk.
    fn take_away(&mut self) {
        self.desk = OnDesk::Nothing;
        self.unread = None;
    }

    /// Forgets all that lay on the desk, which was given up; lists that were kept are named.
    pub(super) fn lost(&mut self) {
        self.take_away();
        let linking = std::mem::take(&mut self.linking);
        let kept = linking.lists.into_iter().take(linking.kept);
        self.linking.lost = kept
            .map(|part| format!("{} ({})", part.name, part.file))
            .collect();
    }

    pub(super) fn refused(&mut self, why: String) {
        self.desk = match std::mem::take(&mut self.desk) {
            OnDesk::Reading { name, before, .. } => {
                self.unread = before.is_none().then_some(name);
                before.map(|before| *before).unwrap_or_default()
            }
            read @ (OnDesk::Nothing | OnDesk::List { .. }) => read,
        };
        self.refused = Some(why);
    }
}

impl Open {
    pub(super) fn update_list(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        if !matches!(msg, Msg::Recalled(..)) {
            self.list.refused = None;
        }
        match msg {
            Msg::ChoseFile(file, name) => {
                self.list.who.begin(at);
                self.list.desk = reading(name.clone());
                self.list.unread = None;
                let linked = self.list.linking.kept > 0;
                vec![self.ask_of_list(Request::Read { name, linked }, Some(file))]
            }
            Msg::ClickedCancel => {
                self.list.lost();
                vec![self.replace_desk(), Effect::Focus(FILE_FIELD.to_owned())]
            }
            Msg::ChoseSheet(sheet) => self.read_again(ReadOptions {
                sheet: Some(sheet),
                ..ReadOptions::default()
            }),
            Msg::ChoseEncoding(encoding) => self.read_again(ReadOptions {
                encoding: Some(encoding),
                ..ReadOptions::default()
            }),
            Msg::Unit(msg) => self.update_unit(msg),
            Msg::Who(msg) => self.update_who(msg),
            Msg::Earlier(msg) => self.update_earlier(msg),
            Msg::Linking(msg) => self.update_linking(msg),
            Msg::ClickedUse => self.take_list(at),
            Msg::ClickedAnother => {
                self.list.take_away();
                vec![Effect::Focus(FILE_FIELD.to_owned())]
            }
            Msg::Recalled(shape, mapping) => self.recalled(&shape, mapping),
            Msg::ClickedForget => self.forget_choices(),
            Msg::Rows(msg) => self.update_rows(msg),
        }
    }

    /// Asks for the rows that the page of them shows, now that it is gone to.
    pub(super) fn arrive_at_rows(&mut self) -> Vec<Effect> {
        if matches!(self.list.desk, OnDesk::List { .. }) {
            vec![self.ask_for_rows()]
        } else {
            Vec::new()
        }
    }

    /// Asks the desk something about the list.
    fn ask_of_list(&mut self, request: Request, file: Option<FileKey>) -> Effect {
        self.ask(desk::Request::List(request), file)
    }

    /// Takes what the desk answers about the list.
    pub(super) fn told_of_list(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Read(view) => self.list_read(*view),
            Reply::Kept => Vec::new(),
            Reply::Framed(view) => self.list_framed(*view),
            Reply::Rows(view) => self.rows_shown(view),
            Reply::Earlier(view) => self.looked_back(view),
        }
    }

    pub(super) fn read_made_up(&mut self, at: i64) -> Vec<Effect> {
        self.list.who.begin(at);
        self.list.desk = reading("the made-up list".to_owned());
        vec![self.ask_of_list(Request::ReadMadeUp, None)]
    }

    /// Reads the file on the desk again; what was read of it before stays until that is done.
    fn read_again(&mut self, options: ReadOptions) -> Vec<Effect> {
        let kept = || {
            self.list
                .linking
                .lists
                .last()
                .map(|part| part.file.as_str())
        };
        let Some(name) = self.list.file_name().or_else(kept).map(ToOwned::to_owned) else {
            return Vec::new();
        };
        let before = match std::mem::take(&mut self.list.desk) {
            OnDesk::Nothing => None,
            OnDesk::Reading { before, .. } => before,
            list @ OnDesk::List { .. } => Some(Box::new(list)),
        };
        self.list.desk = OnDesk::Reading {
            name,
            progress: 0.0,
            before,
        };
        vec![self.ask_of_list(Request::ReadAgain(options), None)]
    }

    fn list_read(&mut self, view: ListView) -> Vec<Effect> {
        self.list.rows = rows::Stage::default();
        self.list.who.begin_list(self.list.linking.kept > 0);
        self.list.unread = None;
        self.list.linking.linked = None;
        self.sampling.choose_columns(&view.columns);
        self.list.desk = OnDesk::List {
            unit: CaseUnit::guess(&view),
            view: Box::new(view),
            frame: None,
        };
        let mut effects = vec![Effect::Focus("list-read".to_owned())];
        self.list.recalled = false;
        self.list.known = None;
        self.list.linking.lost.clear();
        self.list.link_read();
        effects.extend(self.ask_for_frame());
        effects.extend(self.list.shape().map(Effect::Recall));
        effects
    }

    fn list_framed(&mut self, made: FrameView) -> Vec<Effect> {
        let linked = made.linked.clone();
        let names = |linked: &LinkedView| -> Vec<String> {
            linked
                .view
                .columns
                .iter()
                .map(|it| it.name.clone())
                .collect()
        };
        let before = self.list.linking.linked.as_deref().map(names);
        if let Some(linked) = linked
            .as_ref()
            .filter(|linked| before != Some(names(linked)))
        {
            self.sampling.choose_columns(&linked.view.columns);
        }
        let shape = self.list.linked_shape();
        self.list.linking.linked = linked;
        if let OnDesk::List { frame, .. } = &mut self.list.desk {
            *frame = Some(made);
        }
        // Other columns than before: they may have been linked so for an earlier round.
        let now = self
            .list
            .linked_shape()
            .filter(|_| shape != self.list.linked_shape());
        now.map(Effect::Recall).into_iter().collect()
    }

    fn take_list(&mut self, at: i64) -> Vec<Effect> {
        let Some((view, frame)) = self.list.framed() else {
            return self.refuse_list("Choose the column that names each case.");
        };
        if frame.size == 0 {
            return self.refuse_list(
                "No row has an id in that column. Choose the column that names each case.",
            );
        }
        let taken = ListTaken {
            source: Source {
                sha256: frame.sha256.clone(),
                ..view.source.clone()
            },
            unit: frame.unit.clone(),
            read: frame.read,
            size: frame.size,
            excluded: frame.excluded.iter().map(|exclusion| exclusion.count).sum(),
            faulty: frame.faulty,
            fingerprint: frame.fingerprint.clone(),
        };
        let remember = self.list.choices();
        if self.round.list.as_ref() == Some(&taken) {
            return remember
                .into_iter()
                .chain([Effect::Navigate(Route::Sample)])
                .collect();
        }
        match self.record(at, Fact::ListTaken(taken)) {
            Ok(append) => {
                let mut effects = vec![append];
                effects.extend(remember);
                effects.push(Effect::Navigate(Route::Sample));
                effects
            }
            Err(rejection) => self.refuse_list(&rejection.0),
        }
    }

    fn refuse_list(&mut self, why: &str) -> Vec<Effect> {
        self.list.refused = Some(why.to_owned());
        vec![Effect::Focus("error-summary".to_owned())]
    }
}

fn reading(name: String) -> OnDesk {
    OnDesk::Reading {
        name,
        progress: 0.0,
        before: None,
    }
}
