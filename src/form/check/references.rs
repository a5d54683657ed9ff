//! What conditions ask about: questions that exist, that come earlier (so that no two wait for each
//! other), and that can be answered so.

use super::super::{
    Alternative, Condition, Form, FormProblem, Kind, NOT_APPLICABLE, Question, QuestionId, Section,
    Test,
};
use super::at;

/// All that is wrong with the conditions of a form.
pub(super) fn all(form: &Form) -> Vec<FormProblem> {
    let mut problems = Vec::new();
    let mut reader = Reader {
        form,
        earlier: Vec::new(),
    };
    for section in &form.sections {
        if let Some(condition) = &section.show_if {
            let found = reader.check(condition, None);
            problems.extend(found.map(|text| at(section.id.as_str(), text)));
        }
        for question in &section.questions {
            for condition in [&question.show_if, &question.required_if]
                .into_iter()
                .flatten()
            {
                let found = reader.check(condition, Some(section));
                problems.extend(found.map(|text| at(question.id.as_str(), text)));
            }
            reader.earlier.push((section, question));
        }
    }
    problems
}

struct Reader<'a> {
    form: &'a Form,
    /// The questions before the one that is checked, with their sections.
    earlier: Vec<(&'a Section, &'a Question)>,
}

impl Reader<'_> {
    /// What is wrong with a condition that stands in `section`; at a section itself, in none.
    fn check(
        &self,
        condition: &Condition,
        section: Option<&Section>,
    ) -> impl Iterator<Item = String> {
        let empty = condition.has_empty_list().then(|| {
            "A condition has an empty list in it. Name at least one thing, or remove it.".to_owned()
        });
        let tests = condition.tests();
        let wrong: Vec<String> = tests
            .into_iter()
            .filter_map(|(question, test)| self.check_test(question, test, section))
            .collect();
        empty.into_iter().chain(wrong)
    }

    fn check_test(&self, id: &QuestionId, test: &Test, from: Option<&Section>) -> Option<String> {
        let Some((section, question)) = self.earlier.iter().find(|(_, it)| it.id == *id) else {
            return Some(if self.form.question(id).is_some() {
                format!("It depends on “{id}”, which does not come before it. Move one of them.")
            } else {
                format!("It depends on “{id}”, which is no question of this form. Correct the id.")
            });
        };
        if section.repeat.is_some() && from.is_none_or(|from| from.id != section.id) {
            return Some(format!(
                "It depends on “{id}”, which is asked several times. Only its own section can \
                 depend on it."
            ));
        }
        self.misfit(question, test)
            .map(|why| format!("It depends on “{id}”, {why}"))
    }

    /// Why a question cannot be answered so.
    fn misfit(&self, question: &Question, test: &Test) -> Option<String> {
        match (test, &question.kind) {
            (Test::Answered(_), _) | (Test::AtLeast(_) | Test::AtMost(_), Kind::Number(_)) => None,
            (Test::OneOf(values), kind) => {
                let offered = self.values(kind);
                if offered.is_empty() {
                    return Some(
                        "which offers no answers to compare with. Use “answered”.".to_owned(),
                    );
                }
                let unknown = values
                    .iter()
                    .find(|value| !offered.contains(&value.as_str()))?;
                Some(format!(
                    "which cannot be answered “{unknown}”. It can be: {}.",
                    offered.join(", ")
                ))
            }
            (Test::AtOrBelow(grade), Kind::Grade { .. }) => {
                let known = self.form.grades.iter().any(|it| it.id == *grade);
                (!known).then(|| format!("but the form has no grade “{grade}”. Correct its id."))
            }
            (Test::AtOrBelow(_), _) => Some("which is not graded.".to_owned()),
            (Test::AtLeast(_) | Test::AtMost(_), _) => Some("which is no number.".to_owned()),
            (Test::Late(_), Kind::Interval(limit)) if limit.limit.is_some() => None,
            (Test::Late(_), _) => Some("which is no interval with a limit.".to_owned()),
        }
    }

    /// What a question offers to choose from.
    fn values<'b>(&'b self, kind: &'b Kind) -> Vec<&'b str> {
        let grades = self.form.grades.iter().map(|grade| grade.id.as_str());
        let (mut values, not_applicable) = match kind {
            Kind::Grade { not_applicable, .. } => (grades.collect(), *not_applicable),
            Kind::YesNo { not_applicable } => (vec!["yes", "no"], *not_applicable),
            Kind::OneOf { options } | Kind::SeveralOf { options } => (ids(options), false),
            Kind::Text { .. }
            | Kind::Number(_)
            | Kind::Date
            | Kind::Interval(_)
            | Kind::Actions
            | Kind::Evidence => (Vec::new(), false),
        };
        if not_applicable {
            values.push(NOT_APPLICABLE);
        }
        values
    }
}

fn ids(options: &[Alternative]) -> Vec<&str> {
    options.iter().map(|option| option.id.as_str()).collect()
}
