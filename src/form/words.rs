//! What a form says of itself, in words for people.

use super::{Condition, Form, Kind, NOT_APPLICABLE, QuestionId, ReasonDue, Test, TimeLimit};

impl Condition {
    /// The condition as the end of a sentence: “Was the child seen?” is Yes.
    #[must_use]
    pub fn in_words(&self, form: &Form) -> String {
        match self {
            Self::All(parts) => joined(form, parts, " and "),
            Self::Any(parts) => joined(form, parts, " or "),
            Self::Not(part) => {
                let Self::Answer(question, Test::OneOf(values)) = &**part else {
                    return format!("not ({})", part.in_words(form));
                };
                let verb = if takes_several(form, question) {
                    "does not include"
                } else {
                    "is not"
                };
                let values = one_of(form, question, values);
                format!("{} {verb} {values}", named(form, question))
            }
            Self::Answer(question, test) => {
                format!(
                    "{} {}",
                    named(form, question),
                    test_in_words(form, question, test)
                )
            }
        }
    }
}

fn joined(form: &Form, parts: &[Condition], word: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Condition::All(_) | Condition::Any(_) => format!("({})", part.in_words(form)),
            Condition::Not(_) | Condition::Answer(..) => part.in_words(form),
        })
        .collect();
    parts.join(word)
}

/// A question by its text; by its id where there is none of that id.
fn named(form: &Form, id: &QuestionId) -> String {
    let text = form.question(id).map_or(id.as_str(), |it| &it.text);
    format!("“{text}”")
}

fn takes_several(form: &Form, id: &QuestionId) -> bool {
    form.question(id)
        .is_some_and(|it| matches!(it.kind, Kind::SeveralOf { .. }))
}

fn test_in_words(form: &Form, question: &QuestionId, test: &Test) -> String {
    match test {
        Test::OneOf(values) => {
            let verb = if takes_several(form, question) {
                "includes"
            } else {
                "is"
            };
            format!("{verb} {}", one_of(form, question, values))
        }
        Test::Answered(true) => "has an answer".to_owned(),
        Test::Answered(false) => "has no answer".to_owned(),
        Test::AtOrBelow(grade) => format!("is {} or lower", form.grade_label(grade)),
        Test::AtLeast(number) => format!("is at least {number}"),
        Test::AtMost(number) => format!("is at most {number}"),
        Test::Late(true) => "is over its limit".to_owned(),
        Test::Late(false) => "is within its limit".to_owned(),
    }
}

fn one_of(form: &Form, question: &QuestionId, values: &[String]) -> String {
    let answers: Vec<String> = match form.question(question) {
        None => values.to_vec(),
        Some(question) => {
            let answers = question.kind.answers(form);
            let label = |value: &String| {
                let found = answers.iter().find(|(id, _)| id == value);
                found.map_or_else(|| value.clone(), |(_, label)| label.clone())
            };
            values.iter().map(label).collect()
        }
    };
    answers.join(" or ")
}

impl Kind {
    /// The answers that can be chosen, each with its id and what it says; none where the answer is
    /// not chosen.
    #[must_use]
    pub fn answers(&self, form: &Form) -> Vec<(String, String)> {
        let own = |id: &str, label: &str| (id.to_owned(), label.to_owned());
        let not_applicable = own(NOT_APPLICABLE, "Not applicable");
        match self {
            Self::Grade {
                not_applicable: may,
                ..
            } => {
                let grades = form.grades.iter();
                let grades = grades.map(|it| own(it.id.as_str(), &it.label));
                grades.chain(may.then_some(not_applicable)).collect()
            }
            Self::YesNo {
                not_applicable: may,
            } => {
                let both = [own("yes", "Yes"), own("no", "No")];
                both.into_iter()
                    .chain(may.then_some(not_applicable))
                    .collect()
            }
            Self::OneOf { options } | Self::SeveralOf { options } => options
                .iter()
                .map(|it| own(it.id.as_str(), &it.label))
                .collect(),
            Self::Text { .. }
            | Self::Number(_)
            | Self::Date
            | Self::Interval(_)
            | Self::Actions
            | Self::Evidence => Vec::new(),
        }
    }
}

impl ReasonDue {
    /// When the reason for a grade is asked for.
    #[must_use]
    pub fn in_words(&self, form: &Form) -> String {
        match self {
            Self::Always => "The reason is asked for at every grade.".to_owned(),
            Self::Never => "The reason may be given, and need not be.".to_owned(),
            Self::AtOrBelow(grade) => {
                format!(
                    "The reason is asked for at {} and below.",
                    form.grade_label(grade)
                )
            }
        }
    }
}

impl TimeLimit {
    /// What is measured, and what is in time: `From “Returned” to “Interview held”: within 72 hours`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let limit = self.limit.map_or_else(String::new, |limit| {
            format!(": in time within {limit} {}", self.unit.of(limit.into()))
        });
        format!(
            "From “{}” to “{}”, in {}{limit}",
            self.from,
            self.to,
            self.unit.of(2)
        )
    }
}
