//! Parts of a review as they once stood: what a change is taken back to.

use serde::{Deserialize, Serialize};

use super::{Answer, Instance, Place};
use crate::form::SectionId;

/// How parts of a review are to stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// Answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Stood>,
    /// The instances of a section that repeats, if they are among it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instances: Option<Repeated>,
}

/// How an answer stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The answer; `None` where there was none.
    pub answer: Option<Answer>,
}

/// Which instances of a section there were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// The section.
    pub section: SectionId,
    /// Its instances, in order.
    pub instances: Vec<Instance>,
}

impl Patch {
    /// One answer as it stood.
    #[must_use]
    pub fn of_answer(place: Place, answer: Option<Answer>) -> Self {
        Self {
            answers: vec![Stood { place, answer }],
            instances: None,
        }
    }

    /// The place of the answer that alone it is about; `None` where it is about instances or about
    /// several answers.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match (&*self.answers, &self.instances) {
            ([only], None) => Some(&only.place),
            _ => None,
        }
    }
}
