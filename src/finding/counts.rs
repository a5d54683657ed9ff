//! Counts: how many of the cases read stand at each grade, and what must happen in them.
//!
//! A count is of the cases read and of nothing else. [`Findings::bearing`] says so in a sentence
//! that stands wherever the counts are shown.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::{Form, Kind, Question, QuestionId, Section};
use crate::review::{Action, Answer, CaseNumber, Choice, Progress, Review};

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

/// The cases counted, by how one question was graded; each case stands in one count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeCount {
    /// The question.
    pub question: QuestionId,
    /// What the counts are headed: the section's title, with the question where the section has
    /// more than one that is graded.
    pub heading: String,
    /// For each grade of the form, best first: how many cases.
    pub at: Vec<usize>,
    /// Cases in which the question does not apply.
    pub not_applicable: usize,
    /// Cases in which it has not been graded.
    pub not_graded: usize,
}

impl GradeCount {
    /// The cases that were given a grade.
    #[must_use]
    pub fn graded(&self) -> usize {
        self.at.iter().sum()
    }

    /// The cases at a grade, by its place in the form, out of those that were given one.
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
        Self {
            counted,
            sampled,
            cases: reviews.iter().map(|(case, _)| *case).collect(),
            signed: reviews
                .iter()
                .filter(|(_, review)| review.signed.is_some())
                .count(),
            grades: graded(form)
                .map(|asked| asked.count(form, &reviews))
                .collect(),
            actions: actions(form, &reviews),
            worst: worst(form, &reviews),
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
            rest => format!("say nothing of the other {rest} in the sample"),
        };
        format!(
            "{read_of} sampled {case} {} been {done}.{drafts} The counts {rest} and are no estimate \
             for the rest of the list.",
            if read == 1 { "has" } else { "have" }
        )
    }
}

/// A graded question with its heading.
struct Asked<'a> {
    question: &'a Question,
    heading: String,
}

/// The graded questions of a form, in order.
fn graded(form: &Form) -> impl Iterator<Item = Asked<'_>> {
    form.sections.iter().flat_map(|section| {
        let is_graded = |question: &&Question| matches!(question.kind, Kind::Grade { .. });
        let alone = section.questions.iter().filter(is_graded).count() == 1;
        section
            .questions
            .iter()
            .filter(is_graded)
            .map(move |question| Asked {
                question,
                heading: heading(section, question, alone),
            })
    })
}

fn heading(section: &Section, question: &Question, alone: bool) -> String {
    if alone {
        section.title.clone()
    } else {
        format!("{}: {}", section.title, question.text)
    }
}

impl Asked<'_> {
    /// A grade that the form does not have counts as not graded, so that each case is counted once.
    fn count(self, form: &Form, reviews: &[(CaseNumber, &Review)]) -> GradeCount {
        let mut count = GradeCount {
            question: self.question.id.clone(),
            heading: self.heading,
            at: vec![0; form.grades.len()],
            not_applicable: 0,
            not_graded: 0,
        };
        for (_, review) in reviews {
            let tally = match review.choice(&self.question.id) {
                Some(Choice::Grade(id)) => {
                    let place = form.grades.iter().position(|grade| grade.id == *id);
                    place.and_then(|place| count.at.get_mut(place))
                }
                Some(Choice::NotApplicable) => Some(&mut count.not_applicable),
                None => None,
            };
            *tally.unwrap_or(&mut count.not_graded) += 1;
        }
        count
    }
}

fn actions(form: &Form, reviews: &[(CaseNumber, &Review)]) -> Vec<ActionDue> {
    let mut due = Vec::new();
    for (case, review) in reviews {
        for section in &form.sections {
            for question in &section.questions {
                if let Answer::Actions { actions } = review.answer(question) {
                    let written = actions.into_iter().filter(|action| !action.is_blank());
                    due.extend(written.map(|action| ActionDue {
                        case: *case,
                        section: section.title.clone(),
                        action,
                    }));
                }
            }
        }
    }
    due
}

fn worst(form: &Form, reviews: &[(CaseNumber, &Review)]) -> Vec<WorstCase> {
    // With one grade there is no better one to be worse than.
    let Some(worst) = form.grades.last().filter(|_| form.grades.len() > 1) else {
        return Vec::new();
    };
    let at_worst = |review: &Review, id: &QuestionId| matches!(review.choice(id), Some(Choice::Grade(grade)) if *grade == worst.id);
    let cases = reviews.iter().map(|(case, review)| WorstCase {
        case: *case,
        headings: graded(form)
            .filter(|asked| at_worst(review, &asked.question.id))
            .map(|asked| asked.heading)
            .collect(),
    });
    cases.filter(|case| !case.headings.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::GradeId;
    use crate::review::Signature;
    use proptest::prelude::*;

    /// A form of two sections, the second with two graded questions, and three grades.
    fn form() -> Form {
        let grade = |text: &str| {
            format!(
                r#"{{"id":"{text}","text":"Is {text} good?","required":true,
                    "kind":{{"type":"grade","not_applicable":true,"benchmarks":[
                    {{"grade":"good","text":"g"}},{{"grade":"fair","text":"f"}},
                    {{"grade":"poor","text":"p"}}]}}}}"#
            )
        };
        let json = format!(
            r#"{{"format":"sightline-form/1","id":"t","version":"1","title":"T","about":"A",
              "grades":[{{"id":"good","label":"Good"}},{{"id":"fair","label":"Fair"}},
                {{"id":"poor","label":"Poor"}}],
              "sections":[
                {{"id":"plan","title":"Plans","questions":[{},
                  {{"id":"todo","text":"Actions","kind":{{"type":"actions"}}}}]}},
                {{"id":"voice","title":"Voice","questions":[{},{}]}}]}}"#,
            grade("plan.grade"),
            grade("voice.child"),
            grade("voice.family")
        );
        Form::parse(&json).unwrap()
    }

    /// A review with these choices: a grade, `-` for not applicable, anything else for none.
    fn review(signed: bool, choices: [&str; 3]) -> Review {
        let mut review = Review::default();
        for (question, choice) in form().questions().filter(|q| q.id.0 != "todo").zip(choices) {
            let choice = match choice {
                "-" => Some(Choice::NotApplicable),
                "" => continue,
                grade => Some(Choice::Grade(GradeId(grade.to_owned()))),
            };
            let answer = Answer::Grade {
                choice,
                reason: "Because".to_owned(),
            };
            review.answers.insert(question.id.clone(), answer);
        }
        review.signed = signed.then(|| Signature {
            name: "A".to_owned(),
            at: 0,
        });
        review
    }

    fn findings(reviews: &[Review], counted: Counted) -> Findings {
        let cases = (1..).map(CaseNumber).zip(reviews);
        Findings::of(&form(), 12, cases, counted)
    }

    #[test]
    fn counts_each_question_at_each_grade() {
        let reviews = [
            review(true, ["good", "poor", "-"]),
            review(true, ["good", "fair", "poor"]),
            review(true, ["poor", "fair", "good"]),
            review(false, ["poor", "poor", ""]),
        ];
        let signed = findings(&reviews, Counted::Signed);
        let counts: Vec<_> = signed
            .grades
            .iter()
            .map(|c| {
                (
                    c.heading.as_str(),
                    c.at.as_slice(),
                    c.not_applicable,
                    c.not_graded,
                )
            })
            .collect();
        let expected: [(&str, &[usize], usize, usize); 3] = [
            ("Plans", &[2, 0, 1], 0, 0),
            ("Voice: Is voice.child good?", &[0, 2, 1], 0, 0),
            ("Voice: Is voice.family good?", &[1, 0, 1], 1, 0),
        ];
        assert_eq!(counts, expected);
        assert_eq!(signed.grades[2].share(2).to_string(), "1 of 2");
        let begun = findings(&reviews, Counted::Begun);
        assert_eq!(begun.grades[0].at, [2, 0, 2]);
        assert_eq!(begun.grades[2].not_graded, 1);
    }

    #[test]
    fn names_the_cases_at_the_worst_grade_and_where() {
        let reviews = [
            review(true, ["good", "fair", "good"]),
            review(true, ["poor", "fair", "poor"]),
            review(false, ["poor", "", ""]),
        ];
        let worst = findings(&reviews, Counted::Signed).worst;
        let headings = vec![
            "Plans".to_owned(),
            "Voice: Is voice.family good?".to_owned(),
        ];
        assert_eq!(
            worst,
            [WorstCase {
                case: CaseNumber(2),
                headings
            }]
        );
    }

    #[test]
    fn gathers_actions_without_the_blank_ones() {
        let action = |what: &str| Action {
            what: what.to_owned(),
            ..Action::default()
        };
        let mut one = review(true, ["good", "good", "good"]);
        let actions = vec![
            action("Hold a strategy meeting"),
            action("  "),
            action("See the child"),
        ];
        one.answers
            .insert(QuestionId("todo".to_owned()), Answer::Actions { actions });
        let due = findings(&[one], Counted::Signed).actions;
        let texts: Vec<_> = due.iter().map(|due| due.action.what.as_str()).collect();
        assert_eq!(texts, ["Hold a strategy meeting", "See the child"]);
        assert_eq!(
            (due[0].case, due[0].section.as_str()),
            (CaseNumber(1), "Plans")
        );
    }

    #[test]
    fn says_what_the_counts_bear() {
        let say = |sampled: usize, signed: usize, drafts: usize, counted: Counted| {
            let mut reviews = vec![review(true, ["good"; 3]); signed];
            reviews.extend(vec![review(false, ["good"; 3]); drafts]);
            let cases = (1..).map(CaseNumber).zip(&reviews);
            Findings::of(&form(), sampled, cases, counted).bearing()
        };
        let cases = [
            say(0, 0, 0, Counted::Signed),
            say(12, 0, 3, Counted::Signed),
            say(12, 3, 2, Counted::Signed),
            say(12, 3, 1, Counted::Begun),
            say(12, 1, 0, Counted::Begun),
            say(12, 12, 0, Counted::Signed),
            say(1, 1, 0, Counted::Signed),
        ];
        expect_test::expect![[r#"
            No sample has been drawn yet, so there is nothing to count.
            None of the 12 sampled cases has been read and signed yet, so there is nothing to count.
            3 of 12 sampled cases have been read and signed. The counts say nothing of the other 9 in the sample and are no estimate for the rest of the list.
            4 of 12 sampled cases have been begun. One of these is not signed yet and may still change. The counts say nothing of the other 8 in the sample and are no estimate for the rest of the list.
            1 of 12 sampled cases has been begun. The counts say nothing of the other 11 in the sample and are no estimate for the rest of the list.
            12 of 12 sampled cases have been read and signed. The counts are of these cases only and are no estimate for the rest of the list.
            1 of 1 sampled case has been read and signed. The counts are of these cases only and are no estimate for the rest of the list."#]].assert_eq(&cases.join("\n"));
    }

    fn choices() -> impl Strategy<Value = [&'static str; 3]> {
        let choice = || prop::sample::select(vec!["good", "fair", "poor", "-", "", "unknown"]);
        [choice(), choice(), choice()]
    }

    proptest! {
        #[test]
        fn every_case_counted_stands_in_one_count(
            reviews in prop::collection::vec((any::<bool>(), choices()), 0..12),
            drafts in any::<bool>(),
        ) {
            let counted = if drafts { Counted::Begun } else { Counted::Signed };
            let reviews: Vec<_> =
                reviews.into_iter().map(|(signed, choices)| review(signed, choices)).collect();
            let found = findings(&reviews, counted);
            let signed = reviews.iter().filter(|review| review.signed.is_some()).count();
            prop_assert_eq!(found.signed, signed);
            prop_assert!(drafts || found.cases.len() == signed);
            for count in &found.grades {
                let sum = count.graded() + count.not_applicable + count.not_graded;
                prop_assert_eq!(sum, found.cases.len());
            }
        }
    }
}
