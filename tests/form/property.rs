//! Random answers to any form give either a signed review or the exact list of what is missing:
//! never both, never neither, never a panic.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose form cannot be read has failed"
)]

use proptest::prelude::*;
use sightline::form::built_in::FORMS;
use sightline::form::{Form, GradeId, Kind, Unit};
use sightline::review::{Action, Answer, Choice, Evidence, Place, Review, Signature, YesNo};

use crate::made;

/// Texts as a person leaves them: none, blank, good ones, and some that are wrong.
fn texts() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        " ",
        "Seen on file.",
        "0",
        "3",
        "2.5",
        "-1",
        "999999",
        "2026-10-24",
        "2026-10-25",
        "2026-10-24T09:00",
        "2026-10-25T01:30",
        "2026-03-29T01:30",
        "2026-10-27T09:00",
        "T",
        "«",
    ])
    .prop_map(str::to_owned)
}

/// An answer of the kind that a question takes; of another kind now and then.
fn answers(form: &Form, kind: &Kind) -> BoxedStrategy<Answer> {
    match kind {
        Kind::Grade { .. } => {
            let mut choices: Vec<_> = form
                .grades
                .iter()
                .map(|it| Choice::Grade(it.id.clone()))
                .collect();
            choices.extend([Choice::NotApplicable, Choice::Grade(GradeId("gone".into()))]);
            (prop::option::of(prop::sample::select(choices)), texts())
                .prop_map(|(choice, reason)| Answer::Grade { choice, reason })
                .boxed()
        }
        Kind::YesNo { .. } => (
            prop::option::of(prop::sample::select(YesNo::ALL.to_vec())),
            texts(),
        )
            .prop_map(|(choice, reason)| Answer::YesNo { choice, reason })
            .boxed(),
        Kind::OneOf { options } => {
            let ids: Vec<_> = options.iter().map(|it| it.id.clone()).collect();
            prop::option::of(prop::sample::select(ids))
                .prop_map(|choice| Answer::OneOf { choice })
                .boxed()
        }
        Kind::SeveralOf { options } => {
            let ids: Vec<_> = options.iter().map(|it| it.id.clone()).collect();
            prop::sample::subsequence(ids.clone(), 0..=ids.len())
                .prop_map(|choices| Answer::SeveralOf { choices })
                .boxed()
        }
        Kind::Text { .. } => texts().prop_map(|text| Answer::Text { text }).boxed(),
        Kind::Number(_) => texts().prop_map(|number| Answer::Number { number }).boxed(),
        Kind::Date => texts().prop_map(|date| Answer::Date { date }).boxed(),
        Kind::Interval(_) => (texts(), texts())
            .prop_map(|(from, to)| Answer::Interval { from, to })
            .boxed(),
        Kind::Actions => prop::collection::vec((texts(), texts(), texts()), 0..3)
            .prop_map(|it| Answer::Actions {
                actions: it
                    .into_iter()
                    .map(|(what, owner, due)| Action { what, owner, due })
                    .collect(),
            })
            .boxed(),
        Kind::Evidence => prop::collection::vec((texts(), texts(), texts()), 0..3)
            .prop_map(|it| Answer::Evidence {
                evidence: it
                    .into_iter()
                    .map(|(what, source, date)| Evidence { what, source, date })
                    .collect(),
            })
            .boxed(),
    }
}

/// A review with random answers, and a form: the made-up one or one that is built in.
fn reviews() -> impl Strategy<Value = (Form, Review)> {
    let mut forms = vec![made::form()];
    forms.extend(FORMS.iter().map(|it| it.form().unwrap()));
    forms.extend(FORMS.iter().map(|it| it.form().unwrap().reflective()));
    prop::sample::select(forms).prop_flat_map(|form| {
        let questions: Vec<_> = form.questions().cloned().collect();
        let each: Vec<_> = questions
            .iter()
            .map(|question| prop::option::weighted(0.8, answers(&form, &question.kind)))
            .collect();
        each.prop_map(move |given| {
            let mut review = Review::default();
            for (question, answer) in questions.iter().zip(given) {
                let section = form.section_of(&question.id).unwrap();
                let instance = review.instances(section).first().copied();
                let place = Place {
                    question: question.id.clone(),
                    instance,
                };
                review.answers.extend(answer.map(|answer| (place, answer)));
            }
            (form.clone(), review)
        })
    })
}

/// An answer that satisfies any question of the kind.
fn right(form: &Form, kind: &Kind) -> Answer {
    let words = || "Seen on file.".to_owned();
    match kind {
        Kind::Grade { .. } => Answer::Grade {
            choice: Some(Choice::Grade(form.grades[0].id.clone())),
            reason: words(),
        },
        Kind::YesNo { .. } => Answer::YesNo {
            choice: Some(YesNo::Yes),
            reason: String::new(),
        },
        Kind::OneOf { options } => Answer::OneOf {
            choice: Some(options[0].id.clone()),
        },
        Kind::SeveralOf { options } => Answer::SeveralOf {
            choices: vec![options[0].id.clone()],
        },
        Kind::Text { .. } => Answer::Text { text: words() },
        Kind::Number(kind) => Answer::Number {
            number: kind.min.or(kind.max).unwrap_or(0).to_string(),
        },
        Kind::Date => Answer::Date {
            date: "2026-10-25".into(),
        },
        Kind::Interval(limit) => {
            let time = if limit.unit == Unit::Hours {
                "T12:00"
            } else {
                ""
            };
            Answer::Interval {
                from: format!("2026-10-24{time}"),
                to: format!("2026-10-25{time}"),
            }
        }
        Kind::Actions => Answer::Actions {
            actions: vec![Action {
                what: words(),
                ..Action::default()
            }],
        },
        Kind::Evidence => Answer::Evidence {
            evidence: vec![Evidence {
                what: words(),
                source: words(),
                ..Evidence::default()
            }],
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_answers_give_a_signed_review_or_the_exact_list_of_what_is_missing(
        (form, mut review) in reviews()
    ) {
        // Putting right what is named, in one place after the other, always ends in a signature; and
        // until then nothing can be signed.
        for _ in 0..=form.questions().count() {
            let missing = review.missing(&form);
            let asked: Vec<_> = review.standing(&form).asked().map(|it| it.place.clone()).collect();
            match review.clone().complete(&form) {
                Ok(complete) => {
                    prop_assert_eq!(missing, []);
                    let signed = complete.sign(Signature { name: "A".into(), at: 0 });
                    prop_assert!(signed.signed.is_some());
                    return Ok(());
                }
                Err((same, named)) => {
                    prop_assert_eq!(&same, &review);
                    prop_assert_eq!(&named, &missing);
                    prop_assert!(named.iter().all(|it| asked.contains(&it.place)), "only what is asked");
                }
            }
            let place = missing.first().map(|it| it.place.clone());
            let place = place.ok_or_else(|| TestCaseError::fail("refused, and nothing is missing"))?;
            let kind = &form.question(&place.question).unwrap().kind;
            let answer = right(&form, kind);
            review.answers.insert(place.clone(), answer);
            let now = review.missing(&form);
            prop_assert!(now.iter().all(|it| it.place != place), "put right, and still missing");
        }
        prop_assert!(false, "there is no end to what is missing");
    }
}
