//! Tests of the counts: every case in one count, and what the counts say that they bear.

use super::*;
use crate::form::GradeId;
use crate::review::{Place, Signature};
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
        review.answers.insert(Place::of(&question.id), answer);
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
    one.answers.insert(
        Place::of(&QuestionId("todo".to_owned())),
        Answer::Actions { actions },
    );
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
    expect_test::expect![[r"
        No sample has been drawn yet, so there is nothing to count.
        None of the 12 sampled cases has been read and signed yet, so there is nothing to count.
        3 of 12 sampled cases have been read and signed. The counts say nothing of the other 9 in the sample and are no estimate for the rest of the list.
        4 of 12 sampled cases have been begun. One of these is not signed yet and may still change. The counts say nothing of the other 8 in the sample and are no estimate for the rest of the list.
        1 of 12 sampled cases has been begun. The counts say nothing of the other 11 in the sample and are no estimate for the rest of the list.
        12 of 12 sampled cases have been read and signed. The counts are of these cases only and are no estimate for the rest of the list.
        1 of 1 sampled case has been read and signed. The counts are of these cases only and are no estimate for the rest of the list."]].assert_eq(&cases.join("\n"));
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
