//! What changes from one version of a form to another, as data, for whoever decides whether a round
//! takes the newer one.

use std::cmp::Ordering;

use super::{Form, Question, QuestionId, Section, SectionId};

/// All that changes from one version of a form to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormChange {
    /// Whether the grades themselves change.
    pub grades: bool,
    /// The sections that change, in the order of the newer form; those removed come last.
    pub sections: Vec<(SectionId, What)>,
    /// The questions that change, in the same order; one that changes in several ways stands there
    /// for each.
    pub questions: Vec<(QuestionId, What)>,
}

/// How a section or a question changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new.
    Added(String),
    /// It is gone.
    Removed(String),
    /// It is put in other words.
    Reworded {
        /// As it was.
        before: String,
        /// As it is now.
        after: String,
    },
    /// What is said to help with it changes.
    Explained(String),
    /// When it is asked, how often, or whether an answer is required changes.
    Asked(String),
    /// It takes other answers: another kind, other options, limits or benchmarks.
    Answered(String),
}

impl FormChange {
    /// What changes from one form to another.
    #[must_use]
    pub fn between(before: &Form, after: &Form) -> Self {
        let sections = after.sections.iter().flat_map(|section| {
            let changes = match before.section(&section.id) {
                None => vec![What::Added(section.title.clone())],
                Some(before) => section_changes(before, section),
            };
            changes.into_iter().map(|what| (section.id.clone(), what))
        });
        let gone = before
            .sections
            .iter()
            .filter(|it| after.section(&it.id).is_none());
        let gone = gone.map(|it| (it.id.clone(), What::Removed(it.title.clone())));
        let questions = after.questions().flat_map(|question| {
            let changes = match before.question(&question.id) {
                None => vec![What::Added(question.text.clone())],
                Some(before) => question_changes(before, question),
            };
            changes.into_iter().map(|what| (question.id.clone(), what))
        });
        let dropped = before
            .questions()
            .filter(|it| after.question(&it.id).is_none());
        let dropped = dropped.map(|it| (it.id.clone(), What::Removed(it.text.clone())));
        Self {
            grades: before.grades != after.grades,
            sections: sections.chain(gone).collect(),
            questions: questions.chain(dropped).collect(),
        }
    }

    /// Whether nothing that can be seen changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn section_changes(before: &Section, after: &Section) -> Vec<What> {
    let asked = (&before.show_if, &before.repeat) != (&after.show_if, &after.repeat);
    let title = || after.title.clone();
    [
        reworded(&before.title, &after.title),
        (before.hint != after.hint).then(|| What::Explained(title())),
        asked.then(|| What::Asked(title())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn question_changes(before: &Question, after: &Question) -> Vec<What> {
    let asked = |it: &Question| (it.required, it.required_if.clone(), it.show_if.clone());
    let text = || after.text.clone();
    [
        reworded(&before.text, &after.text),
        (before.hint != after.hint).then(|| What::Explained(text())),
        (asked(before) != asked(after)).then(|| What::Asked(text())),
        (before.kind != after.kind).then(|| What::Answered(text())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn reworded(before: &str, after: &str) -> Option<What> {
    (before != after).then(|| What::Reworded {
        before: before.to_owned(),
        after: after.to_owned(),
    })
}

/// Whether a version comes after another: `2026.10` comes after `2026.9`.
#[must_use]
pub fn is_newer(version: &str, than: &str) -> bool {
    let parts = |version: &str| -> Vec<(u64, String)> {
        let parts = version.split('.');
        parts
            .map(|part| (part.parse().unwrap_or_default(), part.to_owned()))
            .collect()
    };
    parts(version).cmp(&parts(than)) == Ordering::Greater
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        for (version, than, newer) in [
            ("2026.2", "2026.1", true),
            ("2026.10", "2026.9", true),
            ("2026.1", "2026.1", false),
            ("2026.1", "2026.2", false),
            ("2027", "2026.5", true),
            ("2026.1.1", "2026.1", true),
        ] {
            assert_eq!(is_newer(version, than), newer, "{version} than {than}");
        }
    }
}
