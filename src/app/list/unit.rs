//! What a case is: a child, an event or a family, and which columns name it.

use super::super::{Effect, Open};
use super::OnDesk;
use crate::desk::Subject;
use crate::desk::list::{ListView, Request};
use crate::frame::annex_a::Unit;
use crate::table::column::Kind;

/// What a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseUnit {
    /// A child, an event or a family.
    pub unit: Unit,
    /// The column that names the child or the family, once chosen.
    pub id: Option<usize>,
    /// Where a case is an event: the column that tells the events of a child apart, once chosen.
    pub event: Option<usize>,
}

/// What can happen while a person says what a case is.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// The person chose what a case is.
    ChoseUnit(Unit),
    /// The person chose the column that names it.
    ChoseId(usize),
    /// The person chose the column that tells events apart.
    ChoseEvent(usize),
}

impl CaseUnit {
    /// What a case most likely is. Where the list is one of events, that is asked, not guessed: an
    /// audit is of a child as a rule.
    pub(super) fn guess(view: &ListView) -> Self {
        let annex = view.annex.as_ref().map(|annex| annex.unit);
        Self {
            unit: annex
                .filter(|unit| *unit == Unit::Family)
                .unwrap_or(Unit::Child),
            id: view.guess,
            event: None,
        }
    }

    /// The columns that name a case, once all are chosen.
    pub(super) fn columns(&self) -> Option<Vec<usize>> {
        match self.unit {
            Unit::Child | Unit::Family => self.id.map(|id| vec![id]),
            Unit::Event => self.id.zip(self.event).map(|(id, event)| vec![id, event]),
        }
    }

    /// The column that names what is now said to be the case, until the person chooses one.
    fn guess_columns(&mut self, view: &ListView) {
        let columns = || (0..).zip(&view.columns);
        match self.unit {
            Unit::Child => self.id = view.guess.or(self.id),
            Unit::Family => {
                let names_family = |name: &str| name.to_lowercase().contains("family");
                let family = columns().find(|(_, column)| names_family(&column.name));
                self.id = family.map(|(at, _)| at);
            }
            Unit::Event => {
                self.id = view.guess.or(self.id);
                // A list of events opens with the child; the first day that is not the child's own
                // birthday is when the event was.
                let is_birth = |name: &str| {
                    let name = name.to_lowercase();
                    name.contains("birth") || name.contains("dob")
                };
                let day = columns()
                    .find(|(_, column)| column.kind == Kind::Date && !is_birth(&column.name));
                self.event = self.event.or(day.map(|(at, _)| at));
            }
        }
    }
}

impl Open {
    pub(super) fn update_unit(&mut self, msg: Msg) -> Vec<Effect> {
        let OnDesk::List { view, unit, .. } = &mut self.list.desk else {
            return Vec::new();
        };
        match msg {
            Msg::ChoseUnit(chosen) => {
                unit.unit = chosen;
                unit.guess_columns(view);
            }
            Msg::ChoseId(column) => unit.id = Some(column),
            Msg::ChoseEvent(column) => unit.event = Some(column),
        }
        self.ask_for_frame()
    }

    /// Asks for the frame, once it is said what a case is.
    pub(super) fn ask_for_frame(&mut self) -> Vec<Effect> {
        if let OnDesk::List { frame, .. } = &mut self.list.desk {
            *frame = None;
        }
        if let Some(plan) = self.list.plan() {
            return vec![self.ask_of_list(Request::Frame(Box::new(plan)), None)];
        }
        // An answer that is still on its way is about another unit.
        self.forget(Subject::Frame);
        Vec::new()
    }
}
