//! The audit form: versioned data, checked when it is loaded.
//!
//! A [`Form`] is sections of questions; a graded question carries what good looks like at each
//! grade. Forms are read from JSON (`sightline-form/1`, described in docs/formats.md); a round
//! keeps the very form that it was opened with, until somebody takes a newer version on purpose.

pub mod built_in;
pub mod change;
pub mod condition;
pub mod edit;
pub mod kind;
pub mod reflective;

mod check;
mod read;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use condition::{Condition, Test};
pub use kind::{Alternative, Benchmark, Kind, NumberKind, ReasonDue, TimeLimit, Unit};

/// The format that this version reads and writes.
pub const FORMAT: &str = "sightline-form/1";

/// How "not applicable" is written where a condition or an answer names it: no grade or option may
/// have it as its id.
pub const NOT_APPLICABLE: &str = "not_applicable";

/// Declares an id: text that names one thing of a form.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names a grade of a form, such as `good`.
    GradeId
);
id!(
    /// Names a section of a form, such as `plans`.
    SectionId
);
id!(
    /// Names a question of a form, such as `plans.grade`; no two questions share one.
    QuestionId
);
id!(
    /// Names one of the answers that a question offers, such as `strategy-meeting`.
    AlternativeId
);

/// An audit form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Always [`FORMAT`].
    pub format: String,
    /// Names the form through all its versions.
    pub id: String,
    /// Names this version.
    pub version: String,
    /// What the form is called on screen.
    pub title: String,
    /// What the form is for, in a sentence or two.
    pub about: String,
    /// How far back the auditor reads the case, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_back_months: Option<u32>,
    /// The grades, best first; none where the form is for reflection and not for judgement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// The sections, in the order in which they are walked.
    pub sections: Vec<Section>,
}

/// One grade of a form's scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// The grade's id.
    pub id: GradeId,
    /// The grade as people say it.
    pub label: String,
}

/// A section: one page of the walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The section's id.
    pub id: SectionId,
    /// Its heading.
    pub title: String,
    /// What the section is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// When it is asked at all; always where `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// Whether its questions are asked again for each of several things, such as meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// What a section is asked again for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// What one of them is called: `Meeting`. The page numbers them: `Meeting 2`.
    pub each: String,
    /// How many there are at least.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub min: u32,
    /// How many there are at most.
    #[serde(default = "many", skip_serializing_if = "is_many")]
    pub max: u32,
}

/// How often a section may repeat where the form does not say.
const MANY: u32 = 50;

fn many() -> u32 {
    MANY
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_many(count: &u32) -> bool {
    *count == MANY
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question's id.
    pub id: QuestionId,
    /// The question as asked.
    pub text: String,
    /// Help in answering it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether a review can be signed without an answer. Where a section's grade is "not
    /// applicable" its other questions are not required.
    #[serde(default)]
    pub required: bool,
    /// When an answer is required although `required` is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_if: Option<Condition>,
    /// When it is asked at all; always where `None`. A question that is not asked is never missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// What kind of answer it takes.
    pub kind: Kind,
}

/// A fault in a form: where it stands and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    /// The section or question, by id; `None` for the form as a whole.
    pub place: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for FormProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Form {
    /// Reads a form and checks it.
    ///
    /// # Errors
    /// Every fault found, each with the section or question that it is in.
    pub fn parse(json: &str) -> Result<Self, Vec<FormProblem>> {
        let (form, mut problems) = read::form(json);
        if let Some(form) = &form {
            let found = if problems.is_empty() {
                form.check()
            } else {
                check::parts(form)
            };
            problems.extend(found);
        }
        match form {
            Some(form) if problems.is_empty() => Ok(form),
            _ => Err(problems),
        }
    }

    /// All that is wrong with a form that was made or changed by a program: nothing where
    /// [`Form::parse`] would read it.
    #[must_use]
    pub fn check(&self) -> Vec<FormProblem> {
        check::all(self)
    }

    /// The built-in core practice audit.
    ///
    /// # Errors
    /// As [`Form::parse`]; a test holds that the built-in forms have no fault.
    pub fn core() -> Result<Self, Vec<FormProblem>> {
        built_in::CORE.form()
    }

    /// The section of that id.
    #[must_use]
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// All questions, in the order in which they are walked.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question of that id.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions().find(|question| question.id == *id)
    }

    /// The section that a question stands in.
    #[must_use]
    pub fn section_of(&self, id: &QuestionId) -> Option<&Section> {
        let holds = |section: &&Section| section.questions.iter().any(|it| it.id == *id);
        self.sections.iter().find(holds)
    }

    /// A grade as people say it; the id itself where the form has no such grade.
    #[must_use]
    pub fn grade_label<'a>(&'a self, id: &'a GradeId) -> &'a str {
        self.grades
            .iter()
            .find(|grade| grade.id == *id)
            .map_or(id.as_str(), |grade| &grade.label)
    }

    /// Whether a grade is as low as another, or lower.
    #[must_use]
    pub fn is_at_or_below(&self, grade: &GradeId, limit: &GradeId) -> bool {
        let place = |id: &GradeId| self.grades.iter().position(|it| it.id == *id);
        place(grade)
            .zip(place(limit))
            .is_some_and(|(it, limit)| it >= limit)
    }
}

impl Section {
    /// The section's first graded question: what the section is judged by.
    #[must_use]
    pub fn graded(&self) -> Option<&Question> {
        self.questions
            .iter()
            .find(|question| matches!(question.kind, Kind::Grade { .. }))
    }
}
