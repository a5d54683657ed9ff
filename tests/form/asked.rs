//! What is asked, what is missing and what counts, as answers come in.

use sightline::finding::{Counted, Findings};
use sightline::form::{AlternativeId, Form, GradeId, QuestionId, SectionId};
use sightline::review::{Answer, CaseNumber, Choice, Instance, Place, Progress, Review, YesNo};

use crate::made;

/// A review that is filled in step by step.
struct Filled {
    form: Form,
    review: Review,
}

impl Filled {
    fn new() -> Self {
        Self {
            form: made::form(),
            review: Review::default(),
        }
    }

    fn answer(&mut self, question: &str, answer: Answer) {
        self.answer_in(question, None, answer);
    }

    fn answer_in(&mut self, question: &str, instance: Option<u32>, answer: Answer) {
        let place = Place {
            question: QuestionId(question.into()),
            instance: instance.map(Instance),
        };
        self.review.answers.insert(place, answer);
    }

    /// The questions that are asked.
    fn asked(&self) -> Vec<String> {
        let standing = self.review.standing(&self.form);
        standing
            .asked()
            .map(|asked| asked.place.question.to_string())
            .collect()
    }

    /// What is missing, as `question: what to do`.
    fn missing(&self) -> Vec<String> {
        let missing = self.review.missing(&self.form);
        let named = missing
            .into_iter()
            .map(|it| format!("{}: {}", it.place.question, it.message));
        named.collect()
    }

    fn asks(&self, question: &str) -> bool {
        self.asked().iter().any(|it| it == question)
    }

    fn lacks(&self, question: &str) -> Option<String> {
        let start = format!("{question}: ");
        self.missing()
            .iter()
            .find_map(|it| it.strip_prefix(&start).map(str::to_owned))
    }
}

fn yes_no(choice: YesNo) -> Answer {
    Answer::YesNo {
        choice: Some(choice),
        reason: String::new(),
    }
}

fn number(text: &str) -> Answer {
    Answer::Number {
        number: text.into(),
    }
}

fn text(text: &str) -> Answer {
    Answer::Text { text: text.into() }
}

fn one(id: &str) -> Answer {
    Answer::OneOf {
        choice: Some(AlternativeId(id.into())),
    }
}

fn several(ids: &[&str]) -> Answer {
    Answer::SeveralOf {
        choices: ids.iter().map(|id| AlternativeId((*id).into())).collect(),
    }
}

fn grade(id: &str, reason: &str) -> Answer {
    let choice = match id {
        "-" => Choice::NotApplicable,
        id => Choice::Grade(GradeId(id.into())),
    };
    Answer::Grade {
        choice: Some(choice),
        reason: reason.into(),
    }
}

fn interval(from: &str, to: &str) -> Answer {
    Answer::Interval {
        from: from.into(),
        to: to.into(),
    }
}

#[test]
fn an_empty_review_lacks_what_is_required_and_asked() {
    let filled = Filled::new();
    assert_eq!(
        filled.missing(),
        [
            "child.seen: Choose an answer",
            "child.lists: Choose all that apply",
            "child.home: Choose an answer",
            "child.grade: Choose a grade",
            "meetings.held: Choose an answer",
            "meetings.time: Enter both “Decided” and “Held”",
            "meetings.grade: Choose a grade",
        ]
    );
    assert_eq!(filled.review.progress(&filled.form), Progress::NotStarted);
}

#[test]
fn a_question_is_asked_as_soon_as_its_condition_holds_and_is_never_missing_before() {
    let mut filled = Filled::new();
    filled.answer("child.moves", number("2.9"));
    assert!(!filled.asks("child.why"));
    filled.answer("child.moves", number("3"));
    assert_eq!(
        filled.lacks("child.why").as_deref(),
        Some("Write an answer")
    );
    filled.answer("child.why", text("Placements broke down."));
    assert_eq!(filled.lacks("child.why"), None);
    filled.answer("child.moves", number("1"));
    assert!(!filled.asks("child.why") && filled.asks("child.settled"));
}

#[test]
fn an_answer_is_required_where_the_condition_for_it_holds() {
    let mut filled = Filled::new();
    filled.answer("child.home", one("home"));
    assert_eq!(filled.lacks("child.moves"), None);
    filled.answer("child.home", one("care"));
    assert_eq!(
        filled.lacks("child.moves").as_deref(),
        Some("Enter a number with at most one decimal place from 0 to 20")
    );
}

#[test]
fn a_section_is_asked_where_its_condition_holds() {
    let mut filled = Filled::new();
    assert!(!filled.asks("exploitation.seen"));
    filled.answer("child.lists", several(&["gangs"]));
    assert!(filled.asks("exploitation.seen"));
    filled.answer("child.lists", several(&["none"]));
    assert!(!filled.asks("exploitation.seen"));
    filled.answer("child.seen", yes_no(YesNo::No));
    assert!(filled.asks("exploitation.seen"));
}

#[test]
fn an_answer_to_what_is_not_asked_any_more_decides_nothing() {
    let mut filled = Filled::new();
    filled.answer_in("meetings.held", Some(1), yes_no(YesNo::No));
    filled.answer_in("meetings.why", Some(1), text("Nobody came."));
    assert!(!filled.asks("meetings.time"));
    filled.answer_in("meetings.held", Some(1), yes_no(YesNo::Yes));
    assert!(!filled.asks("meetings.why"), "held, so not asked why not");
    assert!(
        filled.asks("meetings.time"),
        "the kept “why not” counts no more"
    );
}

#[test]
fn an_interval_over_its_limit_is_late_by_the_clocks_and_not_by_the_wall() {
    let mut filled = Filled::new();
    filled.answer("child.lists", several(&["missing"]));
    // Three days by the calendar; the clocks went back on 25 October 2026.
    for (to, late) in [("2026-10-27T08:00", false), ("2026-10-27T09:00", true)] {
        filled.answer("exploitation.interview", interval("2026-10-24T09:00", to));
        assert_eq!(filled.asks("exploitation.late"), late, "{to}");
    }
}

#[test]
fn a_reason_is_due_at_the_grades_that_the_form_says() {
    let mut filled = Filled::new();
    for (id, due) in [("good", false), ("fair", true), ("weak", true), ("-", true)] {
        filled.answer("child.grade", grade(id, " "));
        assert_eq!(filled.lacks("child.grade").is_some(), due, "{id}");
        filled.answer("last.grade", grade(id, ""));
        assert_eq!(
            filled.lacks("last.grade"),
            None,
            "never, and n/a is not on offer"
        );
    }
    assert!(!filled.asks("child.act"));
    filled.answer("child.grade", grade("weak", "Nobody asked."));
    assert_eq!(
        filled.lacks("child.act").as_deref(),
        Some("Add at least one action")
    );
}

#[test]
fn what_is_written_must_be_right_even_where_nothing_is_required() {
    let mut filled = Filled::new();
    filled.answer("child.moves", number("two"));
    assert!(filled.lacks("child.moves").is_some());
    filled.answer("child.moves", number("1"));
    filled.answer(
        "child.settled",
        Answer::Date {
            date: "June".into(),
        },
    );
    assert_eq!(
        filled.lacks("child.settled").as_deref(),
        Some("Enter a date, for example 27 March 2026")
    );
    filled.answer("last.days", interval("2026-10-24", ""));
    assert_eq!(
        filled.lacks("last.days").as_deref(),
        Some("Enter both “Opened” and “Closed”")
    );
}

#[test]
fn each_instance_of_a_section_answers_for_itself() {
    let mut filled = Filled::new();
    let section = SectionId("meetings".into());
    filled
        .review
        .instances
        .insert(section.clone(), vec![Instance(1), Instance(3)]);
    filled.answer_in("meetings.held", Some(1), yes_no(YesNo::No));
    filled.answer_in("meetings.held", Some(3), yes_no(YesNo::Yes));
    let standing = filled.review.standing(&filled.form);
    let meetings = filled.form.section(&section).unwrap();
    let parts: Vec<_> = standing.parts_of(meetings).collect();
    let named: Vec<_> = parts.iter().map(|part| part.title()).collect();
    assert_eq!(
        named,
        ["Key meetings: Meeting 1", "Key meetings: Meeting 2"]
    );
    let why = |at: usize| {
        parts[at]
            .asked
            .iter()
            .any(|it| it.question.id.as_str() == "meetings.why")
    };
    assert!(why(0) && !why(1));
    assert_eq!(filled.review.next_instance(meetings), Instance(4));
}

#[test]
fn findings_count_instances_in_the_place_of_cases_and_nothing_that_is_not_asked() {
    let mut filled = Filled::new();
    filled
        .review
        .instances
        .insert(SectionId("meetings".into()), vec![Instance(1), Instance(2)]);
    filled.answer("child.grade", grade("weak", "Nobody asked."));
    filled.answer_in("meetings.grade", Some(1), grade("good", "In time."));
    filled.answer_in("meetings.grade", Some(2), grade("weak", "Late."));
    filled.answer_in(
        "meetings.grade",
        Some(9),
        grade("weak", "An instance that is gone."),
    );
    let reviews = [(CaseNumber(1), &filled.review)];
    let findings = Findings::of(&filled.form, 5, reviews, Counted::Begun);
    let counts: Vec<_> = findings
        .grades
        .iter()
        .map(|it| (it.heading.as_str(), it.each.as_deref(), it.at.as_slice()))
        .collect();
    assert_eq!(
        counts,
        [
            ("The child", None, &[0, 0, 1][..]),
            (
                "Key meetings (each meeting)",
                Some("Meeting"),
                &[1, 0, 1][..]
            ),
            ("Overall", None, &[0, 0, 0][..]),
        ]
    );
}
