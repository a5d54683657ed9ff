//! Conditions in plain words: any or all of a few lines, each about one earlier question.

use super::Of;
use crate::form::{Condition, Form, Kind, QuestionId, Section, Test};

/// A condition as lines that can be changed one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// Whether one line that holds is enough; all must hold otherwise.
    pub any: bool,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line: an earlier question, and how it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The question.
    pub question: QuestionId,
    /// What its answer is tested for.
    pub test: Test,
    /// Whether the test must fail.
    pub not: bool,
}

/// How a condition can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionEdit {
    /// A line more; the first makes the condition.
    AddedLine,
    /// The line at that place less; the last takes the condition away.
    RemovedLine(usize),
    /// Whether one line that holds is enough.
    ChoseAny(bool),
    /// The line at that place is about that question.
    ChoseQuestion(usize, QuestionId),
    /// It tests for that, by [`Line::tag`].
    ChoseTest(usize, String),
    /// It compares with that.
    ChoseValue(usize, String),
    /// The whole condition is taken away.
    Cleared,
}

impl Line {
    /// What the line tests for.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        match (&self.test, self.not) {
            (Test::OneOf(_), false) => "is",
            (Test::OneOf(_), true) => "is_not",
            (Test::Answered(given), not) if *given != not => "answered",
            (Test::Answered(_), _) => "unanswered",
            (Test::AtOrBelow(_), _) => "at_or_below",
            (Test::AtLeast(_), _) => "at_least",
            (Test::AtMost(_), _) => "at_most",
            (Test::Late(late), not) if *late != not => "late",
            (Test::Late(_), _) => "in_time",
        }
    }

    /// What it compares with.
    #[must_use]
    pub fn value(&self) -> String {
        match &self.test {
            Test::OneOf(values) => values.first().cloned().unwrap_or_default(),
            Test::AtOrBelow(grade) => grade.0.clone(),
            Test::AtLeast(number) | Test::AtMost(number) => number.to_string(),
            Test::Answered(_) | Test::Late(_) => String::new(),
        }
    }

    /// The tests that make sense for a question, each with its tag and its words.
    #[must_use]
    pub fn tests_of(kind: &Kind) -> Vec<(&'static str, &'static str)> {
        let mut tests = match kind {
            Kind::Grade { .. } => vec![
                ("is", "is"),
                ("is_not", "is not"),
                ("at_or_below", "is, or is below,"),
            ],
            Kind::YesNo { .. } | Kind::OneOf { .. } => vec![("is", "is"), ("is_not", "is not")],
            Kind::SeveralOf { .. } => vec![("is", "includes"), ("is_not", "does not include")],
            Kind::Number(_) => vec![("at_least", "is at least"), ("at_most", "is at most")],
            Kind::Interval(limit) if limit.limit.is_some() => {
                vec![
                    ("late", "is over its limit"),
                    ("in_time", "is within its limit"),
                ]
            }
            Kind::Interval(_) | Kind::Text { .. } | Kind::Date | Kind::Actions | Kind::Evidence => {
                Vec::new()
            }
        };
        tests.extend([
            ("answered", "has an answer"),
            ("unanswered", "has no answer"),
        ]);
        tests
    }

    /// The line about a question that tests for the first thing that makes sense.
    fn about(form: &Form, question: &QuestionId) -> Self {
        let kind = form.question(question).map(|it| &it.kind);
        let tag = kind.and_then(|kind| Self::tests_of(kind).first().map(|it| it.0));
        Self::tagged(form, question, tag.unwrap_or("answered"))
    }

    fn tagged(form: &Form, question: &QuestionId, tag: &str) -> Self {
        let first = || {
            let kind = form.question(question).map(|it| &it.kind);
            let answers = kind.map(|kind| kind.answers(form)).unwrap_or_default();
            answers
                .into_iter()
                .next()
                .map(|it| it.0)
                .unwrap_or_default()
        };
        let (test, not) = match tag {
            "is" => (Test::OneOf(vec![first()]), false),
            "is_not" => (Test::OneOf(vec![first()]), true),
            "at_or_below" => {
                let last = form.grades.last().map(|it| it.id.clone());
                let grade = last.unwrap_or_else(|| crate::form::GradeId(String::new()));
                (Test::AtOrBelow(grade), false)
            }
            "at_least" => (Test::AtLeast(1), false),
            "at_most" => (Test::AtMost(1), false),
            "late" => (Test::Late(true), false),
            "in_time" => (Test::Late(false), false),
            "unanswered" => (Test::Answered(false), false),
            _ => (Test::Answered(true), false),
        };
        Self {
            question: question.clone(),
            test,
            not,
        }
    }

    fn compare_with(&mut self, value: &str) {
        match &mut self.test {
            Test::OneOf(values) => *values = vec![value.to_owned()],
            Test::AtOrBelow(grade) => value.clone_into(&mut grade.0),
            Test::AtLeast(number) | Test::AtMost(number) => {
                if let Ok(typed) = value.trim().parse() {
                    *number = typed;
                }
            }
            Test::Answered(_) | Test::Late(_) => {}
        }
    }

    fn condition(self) -> Condition {
        let answer = Condition::Answer(self.question, self.test);
        if self.not {
            Condition::Not(Box::new(answer))
        } else {
            answer
        }
    }
}

impl Lines {
    /// A condition as lines; `None` if it says more than lines can.
    #[must_use]
    pub fn of(condition: &Condition) -> Option<Self> {
        match condition {
            Condition::All(parts) => Self::from_parts(false, parts),
            Condition::Any(parts) => Self::from_parts(true, parts),
            Condition::Answer(question, Test::OneOf(values)) if values.len() > 1 => {
                let line = |value: &String| Line {
                    question: question.clone(),
                    test: Test::OneOf(vec![value.clone()]),
                    not: false,
                };
                Some(Self {
                    any: true,
                    lines: values.iter().map(line).collect(),
                })
            }
            Condition::Not(_) | Condition::Answer(..) => {
                Self::from_parts(false, std::slice::from_ref(condition))
            }
        }
    }

    fn from_parts(any: bool, parts: &[Condition]) -> Option<Self> {
        let lines: Option<Vec<Line>> = parts.iter().map(line).collect();
        Some(Self { any, lines: lines? })
    }

    /// The condition that the lines state; `None` if there is none.
    #[must_use]
    pub fn condition(self) -> Option<Condition> {
        let mut parts: Vec<Condition> = self.lines.into_iter().map(Line::condition).collect();
        match parts.len() {
            0 | 1 => parts.pop(),
            _ if self.any => Some(Condition::any_of(parts)),
            _ => Some(Condition::All(parts)),
        }
    }
}

fn line(part: &Condition) -> Option<Line> {
    let (not, answer) = if let Condition::Not(inner) = part {
        (true, &**inner)
    } else {
        (false, part)
    };
    match answer {
        Condition::Answer(_, Test::OneOf(values)) if values.len() != 1 => None,
        Condition::Answer(question, test) => Some(Line {
            question: question.clone(),
            test: test.clone(),
            not,
        }),
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => None,
    }
}

/// The questions that a condition may ask about: those before it, and of a section that repeats only
/// those of its own.
#[must_use]
pub fn candidates<'a>(form: &'a Form, of: &Of) -> Vec<&'a crate::form::Question> {
    let mut found = Vec::new();
    let own = |section: &Section| match of {
        Of::Section(_) => false,
        Of::Asked(id) | Of::Required(id) => section.questions.iter().any(|it| it.id == *id),
    };
    for section in &form.sections {
        if matches!(of, Of::Section(id) if *id == section.id) {
            break;
        }
        let here = own(section);
        for question in &section.questions {
            if matches!(of, Of::Asked(id) | Of::Required(id) if *id == question.id) {
                break;
            }
            if here || section.repeat.is_none() {
                found.push(question);
            }
        }
        if here {
            break;
        }
    }
    found
}

/// The condition that is changed.
#[must_use]
pub fn current<'a>(form: &'a Form, of: &Of) -> Option<&'a Condition> {
    match of {
        Of::Section(id) => form.section(id)?.show_if.as_ref(),
        Of::Asked(id) => form.question(id)?.show_if.as_ref(),
        Of::Required(id) => form.question(id)?.required_if.as_ref(),
    }
}

pub(super) fn change(form: &mut Form, of: &Of, edit: &ConditionEdit) {
    let mut lines = match current(form, of).map(Lines::of) {
        Some(Some(lines)) => lines,
        // It says more than lines can: it can only be taken away.
        Some(None) if *edit != ConditionEdit::Cleared => return,
        Some(None) | None => Lines {
            any: false,
            lines: Vec::new(),
        },
    };
    if *edit == ConditionEdit::AddedLine {
        let candidates = candidates(form, of);
        let chosen = |it: &&&crate::form::Question| !it.kind.answers(form).is_empty();
        let about = candidates.iter().rev().find(chosen).or(candidates.last());
        let about = about.map(|question| Line::about(form, &question.id));
        lines.lines.extend(about);
    } else {
        lines.change(form, edit);
    }
    let condition = lines.condition();
    match of {
        Of::Section(id) => {
            if let Some(section) = form.section_mut(id) {
                section.show_if = condition;
            }
        }
        Of::Asked(id) => {
            if let Some(question) = form.question_mut(id) {
                question.show_if = condition;
            }
        }
        Of::Required(id) => {
            if let Some(question) = form.question_mut(id) {
                question.required_if = condition;
            }
        }
    }
}

impl Lines {
    /// Changes what is there.
    fn change(&mut self, form: &Form, edit: &ConditionEdit) {
        match edit {
            ConditionEdit::AddedLine => {}
            ConditionEdit::Cleared => self.lines.clear(),
            ConditionEdit::ChoseAny(any) => self.any = *any,
            ConditionEdit::RemovedLine(at) => {
                if *at < self.lines.len() {
                    self.lines.remove(*at);
                }
            }
            ConditionEdit::ChoseQuestion(at, question) => {
                if let Some(line) = self.lines.get_mut(*at) {
                    *line = Line::about(form, question);
                }
            }
            ConditionEdit::ChoseTest(at, tag) => {
                if let Some(line) = self.lines.get_mut(*at) {
                    *line = Line::tagged(form, &line.question, tag);
                }
            }
            ConditionEdit::ChoseValue(at, value) => {
                if let Some(line) = self.lines.get_mut(*at) {
                    line.compare_with(value);
                }
            }
        }
    }
}
