//! What holds for a draw of whatever method: caps, cases that must be included, the reserve.

use super::{Errors, at};
use crate::sample::method::MustInclude;

/// The ids of the fields for a cap's column and number; a number follows.
pub const CAP_FIELD: &str = "cap";
/// See [`CAP_FIELD`].
pub const CAP_MOST_FIELD: &str = "cap-most";
/// The id of the field for ids that must be included.
pub const INCLUDE_FIELD: &str = "must-include";
/// The id of the field for the reason of these.
pub const INCLUDE_REASON_FIELD: &str = "must-include-reason";
/// The id of the field for the reserve.
pub const RESERVE_FIELD: &str = "reserve";

/// A cap as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CapTyped {
    /// The column, once chosen.
    pub column: Option<usize>,
    /// The number.
    pub most: String,
}

/// Limits as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// At most so many for each value of a column.
    pub caps: Vec<CapTyped>,
    /// The cases that must be included.
    pub must_include: Vec<MustInclude>,
    /// Ids of further such cases, being typed.
    pub ids: String,
    /// Why these must be included, being typed.
    pub reason: String,
    /// Cases in reserve.
    pub reserve: String,
    /// Whether the person has turned to limits, cases that must be included or the reserve: what is
    /// in use stays in view.
    pub touched: bool,
}

/// What can happen to limits.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person wants a further cap.
    ClickedAddCap,
    /// The person chose the column of the cap of that place.
    ChoseCap(usize, Option<usize>),
    /// The person typed the number of the cap of that place.
    EnteredCap(usize, String),
    /// The person takes the cap of that place away.
    ClickedRemoveCap(usize),
    /// The person typed ids of cases that must be included.
    EnteredIds(String),
    /// The person typed why.
    EnteredReason(String),
    /// The person adds these.
    ClickedInclude,
    /// The person takes the case of that place away again.
    ClickedRemoveIncluded(usize),
    /// The person typed how many cases stand in reserve.
    EnteredReserve(String),
}

impl Limits {
    /// Brings the limits forward. Gives what is wrong with what was to be added.
    pub(super) fn update(&mut self, msg: Msg) -> Errors {
        self.touched = true;
        match msg {
            Msg::ClickedAddCap => self.caps.push(CapTyped::default()),
            Msg::ChoseCap(place, column) => {
                if let Some(cap) = self.caps.get_mut(place) {
                    cap.column = column;
                }
            }
            Msg::EnteredCap(place, most) => {
                if let Some(cap) = self.caps.get_mut(place) {
                    cap.most = most;
                }
            }
            Msg::ClickedRemoveCap(place) if place < self.caps.len() => {
                self.caps.remove(place);
            }
            Msg::EnteredIds(ids) => self.ids = ids,
            Msg::EnteredReason(reason) => self.reason = reason,
            Msg::ClickedInclude => return self.include(),
            Msg::ClickedRemoveIncluded(place) if place < self.must_include.len() => {
                self.must_include.remove(place);
            }
            Msg::ClickedRemoveCap(_) | Msg::ClickedRemoveIncluded(_) => {}
            Msg::EnteredReserve(reserve) => self.reserve = reserve,
        }
        Errors::new()
    }

    /// Adds the cases whose ids were typed, one on each line.
    fn include(&mut self) -> Errors {
        let ids: Vec<&str> = self
            .ids
            .lines()
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .collect();
        let mut errors = Errors::new();
        if ids.is_empty() {
            errors.push(at(
                INCLUDE_FIELD,
                "Enter the id of each case, one on each line",
            ));
        }
        if self.reason.trim().is_empty() {
            errors.push(at(
                INCLUDE_REASON_FIELD,
                "Say why these cases must be included: the certificate shows it",
            ));
        }
        if errors.is_empty() {
            let reason = self.reason.trim().to_owned();
            let new: Vec<MustInclude> = ids
                .into_iter()
                .map(|id| MustInclude {
                    id: id.to_owned(),
                    reason: reason.clone(),
                })
                .collect();
            self.must_include.extend(new);
            self.ids.clear();
            self.reason.clear();
        }
        errors
    }
}
