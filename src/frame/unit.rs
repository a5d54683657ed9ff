//! What one case is: a child, an event or a family; and which of a list's rows stands for it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What one case of a frame, or one row of a list, stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A child: rows with one id are collapsed into one case, and counted.
    #[default]
    Child,
    /// An event, such as a referral: the child's id with a date, and more columns where one child
    /// has several on a day. A child may stand on several rows.
    Event,
    /// A family: children, or adopters, with one family identifier are one case.
    Family,
}

impl Unit {
    /// The unit of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Child, Self::Event, Self::Family]
            .into_iter()
            .find(|unit| unit.to_string() == name)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Child => "child",
            Self::Event => "event",
            Self::Family => "family",
        })
    }
}

/// Which row is the case, where several bear its id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// The first.
    #[default]
    First,
    /// The one with the latest day in this column; of equals the first. A day that cannot be read
    /// is earlier than any.
    Latest(String),
}

impl Keep {
    /// Whether it is the first, as it is where nothing is said.
    #[must_use]
    pub fn is_first(&self) -> bool {
        *self == Self::First
    }
}

/// A way of telling a list's cases apart that may be offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitChoice {
    /// What a case is.
    pub unit: Unit,
    /// The columns that make its id, from 0.
    pub columns: Vec<usize>,
}
