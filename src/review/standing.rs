//! The form as it stands in one review: which questions are asked, with the answers to them and
//! what they still need.
//!
//! One pass from the first question to the last, since a condition asks about earlier questions
//! only. A question that is not asked counts as not answered, whatever was answered before.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::need::need;
use super::{Answer, Choice, Instance, Missing, Place, Progress, Review, YesNo, measure};
use crate::form::{
    AlternativeId, Condition, Form, Kind, NOT_APPLICABLE, Question, QuestionId, Section, Test,
};

/// The form as it stands in one review.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    form: &'a Form,
    /// The sections that are asked, each instance by itself, in order.
    pub parts: Vec<Part<'a>>,
    /// The sections that are asked, those without an instance among them, in order.
    pub sections: Vec<&'a Section>,
}

/// A section as it is asked; of one that repeats, an instance.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The section.
    pub section: &'a Section,
    /// Which instance, and its place among them, from 1.
    pub instance: Option<(Instance, usize)>,
    /// The questions that are asked, in order.
    pub asked: Vec<Asked<'a>>,
}

/// A question that is asked.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// Where its answer stands.
    pub place: Place,
    /// The answer; a blank one where none was given that fits.
    pub answer: Cow<'a, Answer>,
    /// Whether the review can be signed without an answer.
    pub required: bool,
}

/// The answers that conditions can ask about, by question.
type Known<'a> = BTreeMap<&'a QuestionId, (&'a Question, Cow<'a, Answer>)>;

impl<'a> Standing<'a> {
    pub(super) fn of(form: &'a Form, review: &'a Review) -> Self {
        let mut standing = Self {
            form,
            parts: Vec::new(),
            sections: Vec::new(),
        };
        let mut known = Known::new();
        for section in &form.sections {
            let shown = |condition: &Condition| holds(form, condition, &known);
            if !section.show_if.as_ref().is_none_or(shown) {
                continue;
            }
            standing.sections.push(section);
            if section.repeat.is_none() {
                let part = part(form, review, section, None, &mut known);
                standing.parts.push(part);
                continue;
            }
            for (instance, number) in review.instances(section).into_iter().zip(1..) {
                // What one instance answers, the next does not know.
                let part = part(
                    form,
                    review,
                    section,
                    Some((instance, number)),
                    &mut known.clone(),
                );
                standing.parts.push(part);
            }
        }
        standing
    }

    /// The parts of one section: of one that repeats, its instances.
    pub fn parts_of<'b>(&'b self, section: &'b Section) -> impl Iterator<Item = &'b Part<'a>> {
        self.parts
            .iter()
            .filter(|part| part.section.id == section.id)
    }

    /// Whether a section is asked.
    #[must_use]
    pub fn asks(&self, section: &Section) -> bool {
        self.sections.iter().any(|it| it.id == section.id)
    }

    /// All questions that are asked, in order.
    pub fn asked(&self) -> impl Iterator<Item = &Asked<'a>> {
        self.parts.iter().flat_map(|part| &part.asked)
    }

    /// The question that is asked at a place.
    #[must_use]
    pub fn at(&self, place: &Place) -> Option<&Asked<'a>> {
        self.asked().find(|asked| asked.place == *place)
    }

    /// All that is missing.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        self.parts
            .iter()
            .flat_map(|part| part.missing(self.form))
            .collect()
    }

    /// All that one section still needs.
    #[must_use]
    pub fn missing_in(&self, section: &Section) -> Vec<Missing> {
        self.parts_of(section)
            .flat_map(|part| part.missing(self.form))
            .collect()
    }

    /// How far one section has come. A section that requires nothing is complete once anything in
    /// it is answered.
    #[must_use]
    pub fn progress_in(&self, section: &Section) -> Progress {
        progress(
            self.parts_of(section).any(Part::is_begun),
            self.missing_in(section).is_empty(),
        )
    }

    /// How far the whole review has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        progress(
            self.parts.iter().any(Part::is_begun),
            self.missing().is_empty(),
        )
    }
}

fn progress(begun: bool, whole: bool) -> Progress {
    match (begun, whole) {
        (false, _) => Progress::NotStarted,
        (true, false) => Progress::Incomplete,
        (true, true) => Progress::Complete,
    }
}

impl Part<'_> {
    /// What the part is called: `Key meetings: Meeting 2`, or the section's title.
    #[must_use]
    pub fn title(&self) -> String {
        match self.name() {
            Some(name) => format!("{}: {name}", self.section.title),
            None => self.section.title.clone(),
        }
    }

    /// What an instance is called: `Meeting 2`.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let (_, number) = self.instance?;
        let repeat = self.section.repeat.as_ref()?;
        Some(format!("{} {number}", repeat.each))
    }

    /// Whether anything has been answered.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.asked.iter().any(|asked| !asked.answer.is_blank())
    }

    /// What it still needs.
    fn missing(&self, form: &Form) -> Vec<Missing> {
        let missing = self.asked.iter().filter_map(|asked| {
            Some(Missing {
                message: need(form, &asked.question.kind, &asked.answer, asked.required)?,
                place: asked.place.clone(),
            })
        });
        missing.collect()
    }
}

fn part<'a>(
    form: &'a Form,
    review: &'a Review,
    section: &'a Section,
    instance: Option<(Instance, usize)>,
    known: &mut Known<'a>,
) -> Part<'a> {
    let mut asked: Vec<Asked> = Vec::new();
    for question in &section.questions {
        let met = |condition: &Condition| holds(form, condition, known);
        if !question.show_if.as_ref().is_none_or(met) {
            continue;
        }
        let required = question.required || question.required_if.as_ref().is_some_and(met);
        let place = Place {
            question: question.id.clone(),
            instance: instance.map(|(instance, _)| instance),
        };
        let given = review.answers.get(&place);
        let answer = given
            .filter(|answer| answer.fits(&question.kind, form))
            .map_or_else(|| Cow::Owned(Answer::blank(&question.kind)), Cow::Borrowed);
        known.insert(&question.id, (question, answer.clone()));
        asked.push(Asked {
            question,
            place,
            answer,
            required,
        });
    }
    let mut part = Part {
        section,
        instance,
        asked,
    };
    spare_the_rest(&mut part);
    part
}

/// Where a section's grade is "not applicable", its other questions are not required.
fn spare_the_rest(part: &mut Part) {
    let is_grade = |asked: &Asked| matches!(asked.question.kind, Kind::Grade { .. });
    let Some(judged) = part.asked.iter().position(is_grade) else {
        return;
    };
    let applies = part.asked.get(judged).is_none_or(|asked| {
        !matches!(
            *asked.answer,
            Answer::Grade {
                choice: Some(Choice::NotApplicable),
                ..
            }
        )
    });
    for (at, asked) in part.asked.iter_mut().enumerate() {
        asked.required = asked.required && (applies || at == judged);
    }
}

/// Whether a condition holds, given the answers known so far.
fn holds(form: &Form, condition: &Condition, known: &Known) -> bool {
    condition.holds(&|question, test| match known.get(question) {
        Some((question, answer)) => passes(form, &question.kind, answer, test),
        None => *test == Test::Answered(false),
    })
}

/// Whether an answer is as a condition asks.
fn passes(form: &Form, kind: &Kind, answer: &Answer, test: &Test) -> bool {
    match (test, answer, kind) {
        (Test::Answered(wanted), ..) => answer.is_blank() != *wanted,
        (Test::OneOf(values), ..) => chosen(answer)
            .iter()
            .any(|id| values.iter().any(|value| value == id)),
        (
            Test::AtOrBelow(limit),
            Answer::Grade {
                choice: Some(Choice::Grade(grade)),
                ..
            },
            _,
        ) => form.is_at_or_below(grade, limit),
        (Test::AtLeast(least), Answer::Number { number }, Kind::Number(kind)) => {
            measure::compares(kind, number, *least, true)
        }
        (Test::AtMost(most), Answer::Number { number }, Kind::Number(kind)) => {
            measure::compares(kind, number, *most, false)
        }
        (Test::Late(late), Answer::Interval { from, to }, Kind::Interval(kind)) => {
            let measured = measure::Measured::of(kind, from, to);
            measured.is_ok_and(|it| it.is_some_and(|it| it.is_late() == Some(*late)))
        }
        (Test::AtOrBelow(_) | Test::AtLeast(_) | Test::AtMost(_) | Test::Late(_), ..) => false,
    }
}

/// The ids that were chosen.
fn chosen(answer: &Answer) -> Vec<&str> {
    match answer {
        Answer::Grade { choice, .. } => match choice {
            Some(Choice::Grade(grade)) => vec![grade.as_str()],
            Some(Choice::NotApplicable) => vec![NOT_APPLICABLE],
            None => Vec::new(),
        },
        Answer::YesNo { choice, .. } => choice.iter().map(|choice: &YesNo| choice.id()).collect(),
        Answer::OneOf { choice } => choice.iter().map(AlternativeId::as_str).collect(),
        Answer::SeveralOf { choices } => choices.iter().map(AlternativeId::as_str).collect(),
        Answer::Text { .. }
        | Answer::Number { .. }
        | Answer::Date { .. }
        | Answer::Interval { .. }
        | Answer::Actions { .. }
        | Answer::Evidence { .. } => Vec::new(),
    }
}
