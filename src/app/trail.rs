//! The page of the audit trail: which entries are shown, and the file of them.

use super::{Effect, Open};
use crate::export;
use crate::export::trail::FileKind;
use crate::journal::trail::{self, Filter, KINDS, Step};
use crate::table::date::Date;

/// How many entries are shown at once, and how many more at a time.
pub const SHOWN: usize = 50;

/// What the page holds.
#[derive(Debug)]
pub struct Stage {
    /// Which entries are wanted.
    pub filter: Filter,
    /// How many of them are shown, the newest first.
    pub shown: usize,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            shown: SHOWN,
        }
    }
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person chose a kind of entry, by its place among [`KINDS`]; anything else is all of them.
    ChoseKind(String),
    /// The person chose a case, by its number; anything else is all of them.
    ChoseCase(String),
    /// The person chose an author; nothing is all of them.
    ChoseAuthor(String),
    /// The person wants to see more entries.
    ClickedMore,
    /// The person wants the entries as a file.
    ClickedExport(FileKind),
}

impl Stage {
    pub(super) fn leave_page(&mut self) {
        *self = Self::default();
    }
}

impl Open {
    /// The entries that the page shows or offers to show, the newest first.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = trail::of(self.entries());
        steps.retain(|step| self.trail.filter.takes(step));
        steps.reverse();
        steps
    }

    pub(super) fn update_trail(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.trail;
        match msg {
            Msg::ChoseKind(at) => {
                let at: Option<usize> = at.parse().ok();
                stage.filter.kind = at.and_then(|at| KINDS.get(at)).copied();
            }
            Msg::ChoseCase(case) => stage.filter.case = case.parse().ok(),
            Msg::ChoseAuthor(author) => {
                stage.filter.author = Some(author).filter(|author| !author.is_empty());
            }
            Msg::ClickedMore => {
                stage.shown += SHOWN;
                return Vec::new();
            }
            Msg::ClickedExport(kind) => return self.export_trail(at, kind),
        }
        stage.shown = SHOWN;
        Vec::new()
    }

    /// Hands the entries that are wanted to the person, in their order, as a file.
    fn export_trail(&self, at: i64, kind: FileKind) -> Vec<Effect> {
        let filter = &self.trail.filter;
        let mut steps = trail::of(self.entries());
        steps.retain(|step| filter.takes(step));
        let bytes = match kind {
            FileKind::Csv => export::trail::csv(&steps),
            FileKind::Json => export::trail::json(&steps, filter),
        };
        let name = format!("sightline-trail-{}.{}", Date::of_millis(at), kind.ending());
        vec![Effect::SaveFile(name, kind.media_type(), bytes)]
    }
}
