//! How a sample is drawn: the method's name, version and figures, as the certificate states them.

use serde::{Deserialize, Serialize};

use super::draw::Counts;
use super::refusal::Refusal;

/// The version of every method that this program knows. A change that would draw other cases from
/// the same list and seed raises it.
pub const VERSION: u32 = 1;

/// The whole of what a draw is asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// The method, with what only this method needs.
    #[serde(flatten)]
    pub kind: Kind,
    /// The method's version, see [`VERSION`].
    pub version: u32,
    /// Cases in the sample.
    pub size: usize,
    /// Tickets passed over before the first case of the sample.
    #[serde(default)]
    pub drop: usize,
    /// How many cases stand in reserve, where somebody asked for a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserve: Option<usize>,
}

/// The methods by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Kind {
    /// The smallest tickets of the frame.
    Simple,
}

impl Method {
    /// A simple draw of this size with the usual reserve.
    #[must_use]
    pub fn simple(size: usize) -> Self {
        Self {
            kind: Kind::Simple,
            version: VERSION,
            size,
            drop: 0,
            reserve: None,
        }
    }

    /// How many tickets are taken.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts {
            size: self.size,
            drop: self.drop,
            reserve: self.reserve,
        }
    }

    /// Refuses a method of a later version, which might draw otherwise.
    pub(super) fn check_version(&self) -> Result<(), Refusal> {
        if self.version == VERSION {
            return Ok(());
        }
        Err(Refusal::new(format!(
            "This draw was made by version {} of its method, and this program knows version {VERSION}. \
             Use the program that made it, or a newer one.",
            self.version
        )))
    }
}
