//! One auditor's answers on one case: what is given, what is missing, and the review that is whole.
//!
//! A [`Review`] may be in any state; only a [`CompleteReview`] can be signed.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::{Form, GradeId, Kind, Question, QuestionId, Section};

/// Names a case of a round: its place in the order of the draw, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseNumber(pub u32);

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Answer {
    /// To a graded question.
    Grade {
        /// The grade, or that the question does not apply.
        choice: Option<Choice>,
        /// Why.
        #[serde(default)]
        reason: String,
    },
    /// To a text question.
    Text {
        /// What was written.
        text: String,
    },
    /// To an actions question.
    Actions {
        /// The actions, in the order in which they were written.
        actions: Vec<Action>,
    },
}

/// What an auditor chose for a graded question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// A grade of the form.
    Grade(GradeId),
    /// The question does not apply to this case: not the same as leaving it blank.
    NotApplicable,
}

/// Something that must happen in a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What must happen.
    pub what: String,
    /// Who makes it happen.
    pub owner: String,
    /// By when, as written (`2026-12-01` from a date field).
    pub due: String,
}

impl Action {
    /// Whether nothing at all has been written.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.what, &self.owner, &self.due]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

impl Answer {
    /// The answer that nobody has given yet, of the kind that the question takes.
    #[must_use]
    pub fn blank(kind: &Kind) -> Self {
        match kind {
            Kind::Grade { .. } => Self::Grade {
                choice: None,
                reason: String::new(),
            },
            Kind::Text { .. } => Self::Text {
                text: String::new(),
            },
            Kind::Actions => Self::Actions {
                actions: Vec::new(),
            },
        }
    }

    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Grade { choice, reason } => choice.is_none() && reason.trim().is_empty(),
            Self::Text { text } => text.trim().is_empty(),
            Self::Actions { actions } => actions.iter().all(Action::is_blank),
        }
    }

    /// Whether the answer is one that the question takes.
    #[must_use]
    pub fn fits(&self, kind: &Kind) -> bool {
        match (self, kind) {
            (
                Self::Grade { choice, .. },
                Kind::Grade {
                    not_applicable,
                    benchmarks,
                },
            ) => match choice {
                None => true,
                Some(Choice::NotApplicable) => *not_applicable,
                Some(Choice::Grade(grade)) => benchmarks.iter().any(|it| it.grade == *grade),
            },
            (Self::Text { .. }, Kind::Text { .. }) | (Self::Actions { .. }, Kind::Actions) => true,
            (Self::Grade { .. } | Self::Text { .. } | Self::Actions { .. }, _) => false,
        }
    }
}

/// One auditor's answers on one case, in any state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// The answers given so far.
    pub answers: BTreeMap<QuestionId, Answer>,
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
    /// The question that needs it.
    pub question: QuestionId,
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
    /// The answer to a question, or a blank one.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Answer {
        self.answers
            .get(&question.id)
            .filter(|answer| answer.fits(&question.kind))
            .cloned()
            .unwrap_or_else(|| Answer::blank(&question.kind))
    }

    /// What was chosen for a graded question.
    #[must_use]
    pub fn choice(&self, question: &QuestionId) -> Option<&Choice> {
        match self.answers.get(question) {
            Some(Answer::Grade { choice, .. }) => choice.as_ref(),
            Some(Answer::Text { .. } | Answer::Actions { .. }) | None => None,
        }
    }

    /// All that one section still needs.
    #[must_use]
    pub fn missing_in(&self, section: &Section) -> Vec<Missing> {
        let applies = section
            .graded()
            .is_none_or(|graded| self.choice(&graded.id) != Some(&Choice::NotApplicable));
        section
            .questions
            .iter()
            .filter_map(|question| {
                let message = self.need(question, applies)?;
                Some(Missing {
                    question: question.id.clone(),
                    message,
                })
            })
            .collect()
    }

    /// All that the review still needs before it can be signed.
    #[must_use]
    pub fn missing(&self, form: &Form) -> Vec<Missing> {
        form.sections
            .iter()
            .flat_map(|section| self.missing_in(section))
            .collect()
    }

    /// How far one section has come. A section that requires nothing is complete once anything in
    /// it is answered.
    #[must_use]
    pub fn progress_in(&self, section: &Section) -> Progress {
        let started = section
            .questions
            .iter()
            .any(|question| !self.answer(question).is_blank());
        match (started, self.missing_in(section).is_empty()) {
            (false, _) => Progress::NotStarted,
            (true, false) => Progress::Incomplete,
            (true, true) => Progress::Complete,
        }
    }

    /// How far the whole review has come.
    #[must_use]
    pub fn progress(&self, form: &Form) -> Progress {
        let started = self.answers.values().any(|answer| !answer.is_blank());
        match (started, self.missing(form).is_empty()) {
            (false, _) => Progress::NotStarted,
            (true, false) => Progress::Incomplete,
            (true, true) => Progress::Complete,
        }
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

    /// What one question still needs, if anything.
    fn need(&self, question: &Question, applies: bool) -> Option<String> {
        let due = question.required && applies;
        match self.answer(question) {
            Answer::Grade {
                choice: None,
                reason,
            } => (question.required || !reason.trim().is_empty())
                .then(|| "Choose a grade".to_owned()),
            Answer::Grade {
                choice: Some(choice),
                reason,
            } => reason.trim().is_empty().then(|| match choice {
                Choice::Grade(_) => "Give the reason for the grade".to_owned(),
                Choice::NotApplicable => "Say why this does not apply".to_owned(),
            }),
            Answer::Text { text } => {
                (due && text.trim().is_empty()).then(|| "Write an answer".to_owned())
            }
            Answer::Actions { actions } => actions
                .iter()
                .any(|action| !action.is_blank() && action.what.trim().is_empty())
                .then(|| "Say what must happen in each action".to_owned())
                .or_else(|| {
                    (due && actions.iter().all(Action::is_blank))
                        .then(|| "Add at least one action".to_owned())
                }),
        }
    }
}
