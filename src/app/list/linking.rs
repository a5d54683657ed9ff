//! Several lists as one: those that were kept, and the one on the desk, each with a name and the
//! columns asked for. A child is one case, with a flag for each list that it stands on.

use super::super::{Effect, Open};
use super::{FILE_FIELD, OnDesk, Stage as List};
use crate::desk::list::annex::SheetView;
use crate::desk::list::{LinkedView, ListView, Request};
use crate::frame::annex_a;
use crate::frame::filter::Filter;
use crate::frame::mapping::Mapping;
use crate::frame::plan::{Plan, PlannedList};
use crate::frame::unit::Unit;
use crate::table::column::{Kind, Profile};

/// The lists that are linked.
#[derive(Debug, Default)]
pub struct Stage {
    /// The lists that were kept, and the one on the desk; empty while there is one list only.
    pub lists: Vec<Part>,
    /// How many of them were kept.
    pub kept: usize,
    /// The sheets of the workbook that was kept last, of which another may be linked.
    pub sheets: Vec<SheetView>,
    /// What linking gave last.
    pub linked: Option<Box<LinkedView>>,
    /// The names of lists that were on the desk when it was given up, and must be chosen again.
    pub lost: Vec<String>,
}

/// A list that is linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// The file that it came from.
    pub file: String,
    /// The columns that make its id.
    pub id: Vec<String>,
    /// Its columns, each with whether it is asked for.
    pub columns: Vec<(String, bool)>,
    /// Which of its rows count, before it is linked.
    pub filters: Vec<Filter>,
}

/// What can happen while lists are linked.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person asked for a further list.
    ClickedAdd,
    /// The person typed what a list is called.
    EnteredName(usize, String),
    /// The person has done typing.
    LeftName,
    /// The person asked for a column of a list, or asked for it no more.
    ToggledColumn(usize, usize),
    /// The person took a filter of a list away.
    ClickedRemoveFilter(usize, usize),
    /// The person asked to begin again without any list.
    ClickedStartOver,
}

/// How many columns are asked for of a list that is none of Annex A, until a person says otherwise.
const ASKED: usize = 4;

impl Part {
    fn of(view: &ListView, id: Vec<String>) -> Self {
        let names: Vec<&str> = view.columns.iter().map(|it| it.name.as_str()).collect();
        let annex = annex_a::recognise(&names);
        let few = |(at, column): (usize, &Profile)| {
            matches!(column.kind, Kind::Category | Kind::YesNo).then_some(at)
        };
        let offered: Vec<usize> = if let Some(list) = annex {
            let columns = list.strata_columns(&names).into_iter();
            columns.chain(list.risk_columns(&names)).collect()
        } else {
            let columns = view.columns.iter().enumerate();
            columns.filter_map(few).take(ASKED).collect()
        };
        let stem = view
            .source
            .name
            .rsplit_once('.')
            .map_or(view.source.name.as_str(), |it| it.0);
        Self {
            name: match (annex, &view.source.sheet) {
                (Some(list), _) => format!("List {}: {}", list.number, list.name),
                (None, Some(sheet)) => sheet.clone(),
                (None, None) => stem.to_owned(),
            },
            file: view.source.name.clone(),
            id,
            columns: (0..)
                .zip(&names)
                .map(|(at, name)| ((*name).to_owned(), offered.contains(&at)))
                .collect(),
            filters: Vec::new(),
        }
    }

    /// The columns that are asked for.
    pub(super) fn asked(&self) -> impl Iterator<Item = &String> {
        let asked = self.columns.iter().filter(|(_, asked)| *asked);
        asked.map(|(name, _)| name)
    }

    /// Takes what was chosen for an earlier list of the same columns; whether that changed anything.
    pub(super) fn recall(&mut self, mapping: &Mapping, filters: Vec<Filter>) -> bool {
        let before = self.clone();
        if let Some(name) = &mapping.name {
            self.name.clone_from(name);
        }
        if let Some(take) = &mapping.take {
            for (name, asked) in &mut self.columns {
                *asked = take.contains(name);
            }
        }
        if self.filters.is_empty() {
            self.filters = filters;
        }
        *self != before
    }

    fn planned(&self) -> PlannedList {
        PlannedList {
            name: self.name.trim().to_owned(),
            id: self.id.clone(),
            take: self.asked().cloned().collect(),
            filters: self.filters.clone(),
            ..PlannedList::default()
        }
    }
}

impl Stage {
    /// The list on the desk, as one of those that are linked.
    pub(super) fn own_part(&mut self) -> Option<&mut Part> {
        if self.kept == 0 {
            return None;
        }
        self.lists.get_mut(self.kept)
    }
}

impl List {
    /// The plan of the linked lists, the one on the desk last.
    pub(super) fn linked_plan(&mut self) -> Option<Plan> {
        let id = self.id_names()?;
        let unit = match &self.desk {
            OnDesk::List { unit, .. } => unit.unit,
            OnDesk::Nothing | OnDesk::Reading { .. } => Unit::Child,
        };
        if let Some(last) = self.linking.lists.last_mut() {
            last.id = id;
        }
        let mut plan = Plan {
            unit: Some(unit),
            lists: self.linking.lists.iter().map(Part::planned).collect(),
            filters: self.who.filters.clone(),
            ..Plan::default()
        };
        plan.day = self.day_needed(&plan);
        Some(plan)
    }

    /// Puts the list that was read last beside those that were kept.
    pub(super) fn link_read(&mut self) {
        if self.linking.kept == 0 {
            return;
        }
        let id = self.id_names().unwrap_or_default();
        let OnDesk::List { view, .. } = &self.desk else {
            return;
        };
        let mut part = Part::of(view, id);
        let linking = &mut self.linking;
        linking.lists.truncate(linking.kept);
        let first = part.name.clone();
        let mut number = 2;
        while linking.lists.iter().any(|other| other.name == part.name) {
            part.name = format!("{first} ({number})");
            number += 1;
        }
        linking.lists.push(part);
    }
}

impl Open {
    pub(super) fn update_linking(&mut self, msg: Msg) -> Vec<Effect> {
        let linking = &mut self.list.linking;
        match msg {
            Msg::ClickedAdd => return self.keep_list(),
            Msg::EnteredName(at, name) => {
                if let Some(part) = linking.lists.get_mut(at) {
                    part.name = name;
                }
                return Vec::new();
            }
            Msg::LeftName => {}
            Msg::ToggledColumn(at, column) => {
                let part = linking.lists.get_mut(at);
                if let Some((_, asked)) = part.and_then(|part| part.columns.get_mut(column)) {
                    *asked = !*asked;
                }
            }
            Msg::ClickedRemoveFilter(at, filter) => {
                let part = linking.lists.get_mut(at);
                if let Some(part) = part.filter(|part| filter < part.filters.len()) {
                    part.filters.remove(filter);
                }
            }
            Msg::ClickedStartOver => {
                self.list.lost();
                self.list.linking = Stage::default();
                return vec![self.replace_desk(), Effect::Focus(FILE_FIELD.to_owned())];
            }
        }
        self.ask_for_frame()
    }

    /// Keeps the list on the desk, and asks for the next.
    fn keep_list(&mut self) -> Vec<Effect> {
        let OnDesk::List { view, unit, .. } = &self.list.desk else {
            return Vec::new();
        };
        let sheets = view.sheets.clone();
        let Some(id) = self.list.id_names().filter(|_| unit.unit != Unit::Event) else {
            return self.refuse_list(
                "Lists are linked by the child or the family. Choose the column that names it first.",
            );
        };
        if self.list.linking.lists.is_empty() {
            // What was said of its rows stays said of them alone.
            let mut part = Part::of(view, id);
            part.filters.clone_from(&self.list.who.filters);
            if let Some(known) = &self.list.known {
                part.recall(known, Vec::new());
            }
            self.list.linking.lists.push(part);
            self.list.who.filters.clear();
        }
        self.list.linking.kept = self.list.linking.lists.len();
        self.list.linking.sheets = sheets;
        self.list.linking.linked = None;
        self.list.desk = OnDesk::Nothing;
        let keep = self.ask_of_list(Request::Keep, None);
        vec![keep, Effect::Focus(FILE_FIELD.to_owned())]
    }
}
