//! The audit form: versioned data, checked when it is loaded.
//!
//! A [`Form`] is sections of questions; a graded question carries what good looks like at each
//! grade. Forms are read from JSON (`sightline-form/1`, described in docs/formats.md); a round
//! keeps the very form that it was opened with.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The format that this version reads and writes.
pub const FORMAT: &str = "sightline-form/1";

/// The built-in core practice audit.
const CORE: &str = include_str!("../forms/core.json");

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

/// An audit form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// The grades, best first.
    pub grades: Vec<Grade>,
    /// The sections, in the order in which they are walked.
    pub sections: Vec<Section>,
}

/// One grade of a form's scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// The grade's id.
    pub id: GradeId,
    /// The grade as people say it.
    pub label: String,
}

/// A section: one page of the walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The section's id.
    pub id: SectionId,
    /// Its heading.
    pub title: String,
    /// What the section is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// What kind of answer it takes.
    pub kind: Kind,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One of the form's grades, with the reason for it.
    Grade {
        /// Whether "not applicable" may be chosen, with a reason.
        #[serde(default)]
        not_applicable: bool,
        /// What good looks like, one for each grade.
        benchmarks: Vec<Benchmark>,
    },
    /// Free text.
    Text {
        /// How many lines the field shows at first.
        #[serde(default = "one_line")]
        lines: u8,
    },
    /// Any number of actions: what must happen, who does it, by when.
    Actions,
}

fn one_line() -> u8 {
    1
}

/// What practice at one grade looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benchmark {
    /// The grade.
    pub grade: GradeId,
    /// What is seen in a case at that grade.
    pub text: String,
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
        let form: Self = serde_json::from_str(json).map_err(|error| {
            vec![FormProblem {
                place: None,
                message: format!("This is not a form that Sightline can read: {error}."),
            }]
        })?;
        let problems = form.check();
        if problems.is_empty() {
            Ok(form)
        } else {
            Err(problems)
        }
    }

    /// The built-in core practice audit.
    ///
    /// # Errors
    /// As [`Form::parse`]; a test holds that the built-in form has no fault.
    pub fn core() -> Result<Self, Vec<FormProblem>> {
        Self::parse(CORE)
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

    /// A grade as people say it; the id itself where the form has no such grade.
    #[must_use]
    pub fn grade_label<'a>(&'a self, id: &'a GradeId) -> &'a str {
        self.grades
            .iter()
            .find(|grade| grade.id == *id)
            .map_or(id.as_str(), |grade| &grade.label)
    }

    fn check(&self) -> Vec<FormProblem> {
        let mut problems = self.check_whole();
        problems.extend(self.check_ids());
        for section in self
            .sections
            .iter()
            .filter(|section| section.questions.is_empty())
        {
            problems.push(at(section.id.as_str(), "The section has no questions."));
        }
        for question in self.questions() {
            if let Kind::Grade { benchmarks, .. } = &question.kind {
                let found = self.check_benchmarks(benchmarks);
                problems.extend(
                    found
                        .iter()
                        .map(|message| at(question.id.as_str(), message)),
                );
            }
        }
        problems
    }

    fn check_whole(&self) -> Vec<FormProblem> {
        let format = (self.format != FORMAT).then(|| {
            format!(
                "The format is “{}”; this version reads “{FORMAT}”.",
                self.format
            )
        });
        let grades = self
            .grades
            .is_empty()
            .then(|| "The form has no grades. Name at least one.".to_owned());
        let sections = self
            .sections
            .is_empty()
            .then(|| "The form has no sections. Add at least one.".to_owned());
        let found = [format, grades, sections].into_iter().flatten();
        found
            .map(|message| FormProblem {
                place: None,
                message,
            })
            .collect()
    }

    fn check_ids(&self) -> Vec<FormProblem> {
        let grades = repeated(self.grades.iter().map(|grade| grade.id.as_str()));
        let sections = repeated(self.sections.iter().map(|section| section.id.as_str()));
        let questions = repeated(self.questions().map(|question| question.id.as_str()));
        [
            ("grades", grades),
            ("sections", sections),
            ("questions", questions),
        ]
        .into_iter()
        .flat_map(|(what, ids)| {
            let message = format!("Two {what} have this id. Give each its own.");
            ids.into_iter().map(move |id| at(id, &message))
        })
        .collect()
    }

    fn check_benchmarks(&self, benchmarks: &[Benchmark]) -> Vec<String> {
        let known = |id: &GradeId| self.grades.iter().any(|grade| grade.id == *id);
        let missing = self
            .grades
            .iter()
            .filter(|grade| {
                !benchmarks
                    .iter()
                    .any(|benchmark| benchmark.grade == grade.id)
            })
            .map(|grade| format!("There is no benchmark for the grade “{}”.", grade.label));
        let unknown = benchmarks
            .iter()
            .filter(|benchmark| !known(&benchmark.grade))
            .map(|benchmark| format!("The form has no grade “{}”.", benchmark.grade));
        let twice = repeated(benchmarks.iter().map(|benchmark| benchmark.grade.as_str()))
            .into_iter()
            .map(|grade| format!("The grade “{grade}” has two benchmarks."));
        missing.chain(unknown).chain(twice).collect()
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

/// A fault at a section or question.
fn at(place: &str, message: &str) -> FormProblem {
    FormProblem {
        place: Some(place.to_owned()),
        message: message.to_owned(),
    }
}

/// The texts that occur more than once, each named once, in order.
fn repeated<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| !seen.insert(*text)).collect()
}
