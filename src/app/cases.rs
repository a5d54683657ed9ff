//! The page of the cases: looking for one, going on where one left off, and what is shown of each.

use super::{Effect, Open, Route, audit::field};
use crate::journal::Fact;
use crate::review::CaseNumber;
use crate::round::{Found, Shown};

/// What the page holds that is no part of the round.
#[derive(Debug, Default)]
pub struct Stage {
    /// What is looked for, as typed.
    pub wanted: String,
    /// What was looked for last, and the cases found.
    pub found: Option<(String, Vec<Found>)>,
}

/// The id of the field for what is looked for.
pub const SEARCH_FIELD: &str = "search-cases";

/// What can happen on the page of the cases.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person typed what to look for.
    EnteredWanted(String),
    /// The person asked for it.
    ClickedSearch,
    /// The person asked for all cases again.
    ClickedAll,
    /// The person chose whether the id of a case is shown.
    ShowedId(bool),
    /// The person chose whether a column is shown.
    ShowedColumn(String, bool),
    /// The person asked for cases by their number alone.
    ClickedNumberAlone,
}

/// Where somebody left off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOff {
    /// The case.
    pub case: CaseNumber,
    /// The title of the section, if one was begun.
    pub section: Option<String>,
    /// The address to go on at.
    pub address: String,
}

impl Open {
    /// Where to go on: the answer written last, if its case is not signed; otherwise the next case
    /// that is not.
    #[must_use]
    pub fn left_off(&self) -> Option<LeftOff> {
        let open = |case: CaseNumber| !self.round.progress(case).1;
        let latest = self.round.latest.as_ref();
        if let Some((case, Some(place))) = latest.filter(|(case, _)| open(*case)) {
            let section = self.round.form.section_of(&place.question)?;
            return Some(LeftOff {
                case: *case,
                section: Some(section.title.clone()),
                address: Route::field(*case, &section.id, &field::of(place)),
            });
        }
        let after = latest.map_or(CaseNumber(0), |(case, _)| *case);
        let cases = self.round.cases().iter().map(|case| case.number);
        let (before, behind): (Vec<_>, Vec<_>) = cases.partition(|case| *case <= after);
        let case = behind.into_iter().chain(before).find(|case| open(*case))?;
        Some(LeftOff {
            case,
            section: None,
            address: Route::Case(case).to_string(),
        })
    }

    pub(super) fn update_cases(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::EnteredWanted(wanted) => {
                self.cases.wanted = wanted;
                Vec::new()
            }
            Msg::ClickedSearch => {
                let wanted = self.cases.wanted.trim().to_owned();
                let found = self.round.search(&wanted);
                self.cases.found = (!wanted.is_empty()).then_some((wanted, found));
                Vec::new()
            }
            Msg::ClickedAll => {
                self.cases = Stage::default();
                vec![Effect::Focus(SEARCH_FIELD.to_owned())]
            }
            Msg::ShowedId(id) => self.show(at, |shown| shown.id = id),
            Msg::ShowedColumn(column, on) => self.show(at, |shown| {
                shown.columns.retain(|it| *it != column);
                if on {
                    shown.columns.push(column);
                }
            }),
            Msg::ClickedNumberAlone => self.show(at, |shown| {
                shown.id = false;
                shown.columns.clear();
            }),
        }
    }

    /// Changes what is shown of each case.
    fn show(&mut self, at: i64, change: impl FnOnce(&mut Shown)) -> Vec<Effect> {
        let sample = self.round.sample.as_ref();
        let columns = sample.map_or(&[][..], |sample| &sample.columns);
        let shown = columns.iter().filter(|column| self.round.shows(column));
        let mut shown = Shown {
            id: self.round.shows_id(),
            columns: shown.cloned().collect(),
        };
        change(&mut shown);
        // In the order of the list, however they were ticked.
        let columns = columns.iter().filter(|it| shown.columns.contains(it));
        let fact = Fact::ShownChosen {
            id: shown.id,
            columns: columns.cloned().collect(),
        };
        // It names columns of the sample only, which a round never refuses.
        self.record(at, fact)
            .map(|append| vec![append])
            .unwrap_or_default()
    }
}
