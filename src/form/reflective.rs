//! The ungraded, reflective mode: the same form, asked for what is seen and learned and not for a
//! judgement.
//!
//! Every graded question asks for words instead; what good looks like stays, as help. All else is
//! asked as before. It is a form of its own, with an id of its own: a round that is held with it has
//! no grades anywhere.

use super::{Condition, Form, Kind, Question, QuestionId, Test};

/// What the id of a form without grades ends with.
pub const ENDING: &str = "-reflective";

/// How many lines the words that stand for a grade are given at first.
const LINES: u8 = 6;

impl Form {
    /// Whether some question of the form asks for a grade.
    #[must_use]
    pub fn is_graded(&self) -> bool {
        self.questions().any(Question::is_graded)
    }

    /// The form without grades.
    #[must_use]
    pub fn reflective(&self) -> Self {
        let graded: Vec<QuestionId> = self
            .questions()
            .filter(|question| question.is_graded())
            .map(|question| question.id.clone())
            .collect();
        let mut form = self.clone();
        form.id.push_str(ENDING);
        form.title.push_str(" (reflective, without grades)");
        for section in &mut form.sections {
            // "Not applicable" goes with the grade: where it could be said, nothing is required.
            let may_not_apply = section.graded().is_some_and(Question::may_not_apply);
            section.show_if = section.show_if.take().and_then(|it| it.without(&graded));
            for question in &mut section.questions {
                question.show_if = question.show_if.take().and_then(|it| it.without(&graded));
                question.required_if = question
                    .required_if
                    .take()
                    .and_then(|it| it.without(&graded));
                question.required &= !may_not_apply;
                question.reflect();
            }
        }
        form.grades.clear();
        form
    }
}

impl Question {
    /// Whether the question asks for a grade.
    #[must_use]
    pub fn is_graded(&self) -> bool {
        matches!(self.kind, Kind::Grade { .. })
    }

    fn may_not_apply(&self) -> bool {
        matches!(
            self.kind,
            Kind::Grade {
                not_applicable: true,
                ..
            }
        )
    }

    /// Asks for words where a grade was asked for.
    fn reflect(&mut self) {
        let Kind::Grade { benchmarks, .. } = &self.kind else {
            return;
        };
        let best = benchmarks
            .first()
            .map(|best| format!("At its best: {}", best.text));
        let ask = "Say what works well, what does not yet, and what you would try.".to_owned();
        let hint = self.hint.take();
        let parts: Vec<String> = hint.into_iter().chain([ask]).chain(best).collect();
        self.hint = Some(parts.join(" "));
        self.kind = Kind::Text { lines: LINES };
    }
}

impl Condition {
    /// The condition without what it asks about the grades of those questions; `None` where nothing
    /// is left of it. That such a question has an answer at all can still be asked.
    fn without(self, graded: &[QuestionId]) -> Option<Self> {
        let rest = |parts: Vec<Self>| -> Vec<Self> {
            let parts = parts.into_iter();
            parts.filter_map(|part| part.without(graded)).collect()
        };
        match self {
            Self::All(parts) => some(rest(parts), Self::All),
            // One of them held for a grade, which may be any now.
            Self::Any(parts) => {
                let count = parts.len();
                let left = rest(parts);
                (left.len() == count).then_some(Self::Any(left))
            }
            Self::Not(part) => part.without(graded).map(|part| Self::Not(Box::new(part))),
            Self::Answer(question, test) => {
                let asks_for_words = matches!(test, Test::Answered(_));
                (asks_for_words || !graded.contains(&question))
                    .then_some(Self::Answer(question, test))
            }
        }
    }
}

fn some(parts: Vec<Condition>, list: impl Fn(Vec<Condition>) -> Condition) -> Option<Condition> {
    (!parts.is_empty()).then(|| list(parts))
}
