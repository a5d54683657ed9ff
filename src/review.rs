//! One auditor's answers on one case: what is given, what is missing, and the review that is whole.
//!
//! A [`Review`] may be in any state; only a [`CompleteReview`] can be signed. What is asked at all
//! depends on the answers: [`Standing`] is the form as it stands in one review.

mod answer;
pub mod measure;
mod need;
mod patch;
mod standing;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::{Form, QuestionId, Section, SectionId};

pub use answer::{Action, Answer, Choice, Evidence, YesNo};
pub use patch::{Patch, Repeated, Stood};
pub use standing::{Asked, Part, Standing};

/// Names a case of a round: its place in the order of the draw, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseNumber(pub u32);

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Names one of the things that a section is asked again for, such as the second meeting. Its
/// number is its own: it does not change when another is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instance(pub u32);

/// Where an answer stands: at a question; in a section that repeats, for one of its instances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The question.
    pub question: QuestionId,
    /// The instance of its section; `None` where the section does not repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<Instance>,
}

impl Place {
    /// A question of a section that does not repeat.
    #[must_use]
    pub fn of(question: &QuestionId) -> Self {
        Self {
            question: question.clone(),
            instance: None,
        }
    }
}

/// One auditor's answers on one case, in any state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// The answers given so far, those to questions that are not asked any more among them.
    pub answers: BTreeMap<Place, Answer>,
    /// The instances of sections that repeat; where there are none, as many as the form asks for at
    /// least.
    pub instances: BTreeMap<SectionId, Vec<Instance>>,
    /// Who signed it and when; `None` while it is open.
    pub signed: Option<Signature>,
}

/// A signature under a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name of who signed.
    pub name: String,
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
}

/// How far a section, or a whole review, has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nothing has been answered.
    NotStarted,
    /// Something is still missing.
    Incomplete,
    /// All that is required is there.
    Complete,
}

/// One thing that a review still needs before it can be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where it is needed.
    pub place: Place,
    /// What is needed, as an instruction to the auditor.
    pub message: String,
}

/// A review in which nothing is missing: the only kind that can be signed.
#[derive(Clone, Debug, PartialEq)]
pub struct CompleteReview(Review);

impl CompleteReview {
    /// The review itself.
    #[must_use]
    pub fn into_review(self) -> Review {
        self.0
    }

    /// The review, signed.
    #[must_use]
    pub fn sign(mut self, signature: Signature) -> Review {
        self.0.signed = Some(signature);
        self.0
    }
}

impl Review {
    /// The form as it stands in this review: what is asked, what is answered, what is missing.
    #[must_use]
    pub fn standing<'a>(&'a self, form: &'a Form) -> Standing<'a> {
        Standing::of(form, self)
    }

    /// The instances of a section, in order: none where it does not repeat.
    #[must_use]
    pub fn instances(&self, section: &Section) -> Vec<Instance> {
        let Some(repeat) = &section.repeat else {
            return Vec::new();
        };
        let mut instances = self.instances.get(&section.id).cloned().unwrap_or_default();
        let least = usize::try_from(repeat.min).unwrap_or(usize::MAX);
        while instances.len() < least {
            instances.push(next(&instances));
        }
        instances
    }

    /// The number that the next instance of a section would bear.
    #[must_use]
    pub fn next_instance(&self, section: &Section) -> Instance {
        next(&self.instances(section))
    }

    /// All that the review still needs before it can be signed.
    #[must_use]
    pub fn missing(&self, form: &Form) -> Vec<Missing> {
        self.standing(form).missing()
    }

    /// How far the whole review has come.
    #[must_use]
    pub fn progress(&self, form: &Form) -> Progress {
        self.standing(form).progress()
    }

    /// The review as one that can be signed.
    ///
    /// # Errors
    /// Gives the review back, with what is missing.
    pub fn complete(self, form: &Form) -> Result<CompleteReview, (Self, Vec<Missing>)> {
        let missing = self.missing(form);
        if missing.is_empty() {
            Ok(CompleteReview(self))
        } else {
            Err((self, missing))
        }
    }
}

fn next(instances: &[Instance]) -> Instance {
    Instance(instances.iter().map(|it| it.0).max().unwrap_or_default() + 1)
}
