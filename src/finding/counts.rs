//! Counts: how many of the cases read stand at each grade, and what must happen in them.
//!
//! A count is of the cases read and of nothing else. [`Findings::bearing`] says so in a sentence
//! that stands wherever the counts are shown.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::{Form, Kind, Question, QuestionId, Section};
use crate::review::{Action, Answer, Asked, CaseNumber, Choice, Part, Progress, Review, Standing};

/// Which reviews are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Only those that are signed.
    #[default]
    Signed,
    /// All in which something has been answered, signed or not.
    Begun,
}

impl Counted {
    /// Whether a review counts.
    #[must_use]
    pub fn holds(self, form: &Form, review: &Review) -> bool {
        match self {
            Self::Signed => review.signed.is_some(),
            Self::Begun => review.signed.is_some() || review.progress(form) != Progress::NotStarted,
        }
    }
}

/// A share as it was counted, never rounded: `3 of 12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Out of how many.
    pub whole: usize,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.part, self.whole)
    }
}

/// What the reviews of a round say, taken together.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// Which reviews are counted.
    pub counted: Counted,
    /// Cases in the sample.
    pub sampled: usize,
    /// The cases counted, in order.
    pub cases: Vec<CaseNumber>,
    /// How many of them are signed.
    pub signed: usize,
    /// The counts for each graded question, in the order of the form.
    pub grades: Vec<GradeCount>,
    /// All actions, by case and then in the order of the form.
    pub actions: Vec<ActionDue>,
    /// The cases that stand at the form's worst grade in at least one question.
    pub worst: Vec<WorstCase>,
}

/// The cases counted, by how one question was graded; each case stands in one count. Where the
/// question's section repeats, its instances are counted in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeCount {
    /// The question.
    pub question: QuestionId,
    /// What the counts are headed: the section's title, with the question where the section has
    /// more than one that is graded, and what is counted where it is not cases.
    pub heading: String,
    /// What is counted where it is not cases: what the form calls an instance, such as `Meeting`.
    pub each: Option<String>,
    /// For each grade of the form, best first: how many.
    pub at: Vec<usize>,
    /// How many the question does not apply to, or was not asked of.
    pub not_applicable: usize,
    /// How many have not been graded.
    pub not_graded: usize,
}

impl GradeCount {
    /// Those that were given a grade.
    #[must_use]
    pub fn graded(&self) -> usize {
        self.at.iter().sum()
    }

    /// Those at a grade, by its place in the form, out of those that were given one.
    #[must_use]
    pub fn share(&self, grade: usize) -> Share {
        Share {
            part: self.at.get(grade).copied().unwrap_or_default(),
            whole: self.graded(),
        }
    }
}

/// An action, with the case and the section that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionDue {
    /// The case.
    pub case: CaseNumber,
    /// The section's title.
    pub section: String,
    /// The action.
    pub action: Action,
}

/// A case at the form's worst grade, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorstCase {
    /// The case.
    pub case: CaseNumber,
    /// The headings of the questions, as in [`GradeCount::heading`].
    pub headings: Vec<String>,
}

impl Findings {
    /// Counts the reviews of a sample of `sampled` cases.
    #[must_use]
    pub fn of<'a>(
        form: &Form,
        sampled: usize,
        reviews: impl IntoIterator<Item = (CaseNumber, &'a Review)>,
        counted: Counted,
    ) -> Self {
        let mut reviews: Vec<_> = reviews
            .into_iter()
            .filter(|(_, review)| counted.holds(form, review))
            .collect();
        reviews.sort_by_key(|(case, _)| *case);
        let standings: Vec<_> = reviews
            .iter()
            .map(|(case, review)| (*case, review.standing(form)))
            .collect();
        Self {
            counted,
            sampled,
            cases: reviews.iter().map(|(case, _)| *case).collect(),
            signed: reviews
                .iter()
                .filter(|(_, review)| review.signed.is_some())
                .count(),
            grades: graded(form)
                .map(|asked| asked.count(form, &standings))
                .collect(),
            actions: actions(&standings),
            worst: worst(form, &standings),
        }
    }

    /// The cases counted, out of the sample.
    #[must_use]
    pub fn read(&self) -> Share {
        Share {
            part: self.cases.len(),
            whole: self.sampled,
        }
    }

    /// What the counts bear, for whoever reads them: how much of the sample they rest on, and what
    /// they do not say.
    #[must_use]
    pub fn bearing(&self) -> String {
        let Share {
            part: read,
            whole: sampled,
        } = self.read();
        let done = match self.counted {
            Counted::Signed => "read and signed",
            Counted::Begun => "begun",
        };
        let case = if sampled == 1 { "case" } else { "cases" };
        if sampled == 0 {
            return "No sample has been drawn yet, so there is nothing to count.".to_owned();
        }
        if read == 0 {
            return format!(
                "None of the {sampled} sampled {case} has been {done} yet, so there is nothing to \
                 count."
            );
        }
        let read_of = self.read();
        let drafts = match read.saturating_sub(self.signed) {
            0 => String::new(),
            1 => " One of these is not signed yet and may still change.".to_owned(),
            some => format!(" Of these, {some} are not signed yet and may still change."),
        };
        let rest = match sampled.saturating_sub(read) {
            0 => "are of these cases only".to_owned(),
            1 => "say nothing of the one other in the sample".to_owned(),
            rest => format!("say nothing of the other {rest} in the sample"),
        };
        format!(
            "{read_of} sampled {case} {} been {done}.{drafts} The counts {rest} and are no estimate \
             for the rest of the list.",
            if read == 1 { "has" } else { "have" }
        )
    }
}

/// The cases counted, with the form as it stands in each.
type Standings<'a> = [(CaseNumber, Standing<'a>)];

/// A graded question with its heading.
struct Graded<'a> {
    section: &'a Section,
    question: &'a Question,
    heading: String,
}

/// The graded questions of a form, in order.
fn graded(form: &Form) -> impl Iterator<Item = Graded<'_>> {
    form.sections.iter().flat_map(|section| {
        let is_graded = |question: &&Question| matches!(question.kind, Kind::Grade { .. });
        let alone = section.questions.iter().filter(is_graded).count() == 1;
        section
            .questions
            .iter()
            .filter(is_graded)
            .map(move |question| Graded {
                section,
                question,
                heading: heading(section, question, alone),
            })
    })
}

fn heading(section: &Section, question: &Question, alone: bool) -> String {
    let each = section.repeat.as_ref().map_or_else(String::new, |repeat| {
        format!(" (each {})", repeat.each.to_lowercase())
    });
    if alone {
        format!("{}{each}", section.title)
    } else {
        format!("{}{each}: {}", section.title, question.text)
    }
}

/// A question as it is asked in one part: `None` where it is not.
fn asked<'a, 'b>(part: &'b Part<'a>, question: &QuestionId) -> Option<&'b Asked<'a>> {
    part.asked.iter().find(|it| it.question.id == *question)
}

impl Graded<'_> {
    fn count(self, form: &Form, standings: &Standings) -> GradeCount {
        let repeat = self.section.repeat.as_ref();
        let mut count = GradeCount {
            question: self.question.id.clone(),
            heading: self.heading,
            each: repeat.map(|repeat| repeat.each.clone()),
            at: vec![0; form.grades.len()],
            not_applicable: 0,
            not_graded: 0,
        };
        for (_, standing) in standings {
            let mut parts = standing.parts_of(self.section).peekable();
            if repeat.is_none() && parts.peek().is_none() {
                count.not_applicable += 1; // The whole section is not asked.
            }
            for part in parts {
                count.take(form, asked(part, &self.question.id));
            }
        }
        count
    }
}

impl GradeCount {
    /// Counts one. A grade that the form does not have counts as not graded, so that each is
    /// counted once.
    fn take(&mut self, form: &Form, asked: Option<&Asked>) {
        let tally = match asked.map(Asked::choice) {
            Some(Some(Choice::Grade(id))) => {
                let place = form.grades.iter().position(|grade| grade.id == *id);
                place.and_then(|place| self.at.get_mut(place))
            }
            Some(Some(Choice::NotApplicable)) | None => Some(&mut self.not_applicable),
            Some(None) => None,
        };
        *tally.unwrap_or(&mut self.not_graded) += 1;
    }
}

fn actions(standings: &Standings) -> Vec<ActionDue> {
    let mut due = Vec::new();
    for (case, standing) in standings {
        for part in &standing.parts {
            for asked in &part.asked {
                if let Answer::Actions { actions } = &*asked.answer {
                    let written = actions.iter().filter(|action| !action.is_blank());
                    due.extend(written.map(|action| ActionDue {
                        case: *case,
                        section: part.title(),
                        action: action.clone(),
                    }));
                }
            }
        }
    }
    due
}

fn worst(form: &Form, standings: &Standings) -> Vec<WorstCase> {
    // With one grade there is no better one to be worse than.
    let Some(worst) = form.grades.last().filter(|_| form.grades.len() > 1) else {
        return Vec::new();
    };
    let at_worst = |standing: &Standing, graded: &Graded| {
        standing.parts_of(graded.section).any(|part| {
            let chosen = asked(part, &graded.question.id).and_then(Asked::choice);
            matches!(chosen, Some(Choice::Grade(grade)) if *grade == worst.id)
        })
    };
    let cases = standings.iter().map(|(case, standing)| WorstCase {
        case: *case,
        headings: graded(form)
            .filter(|graded| at_worst(standing, graded))
            .map(|graded| graded.heading)
            .collect(),
    });
    cases.filter(|case| !case.headings.is_empty()).collect()
}

#[cfg(test)]
mod tests;
