//! What a draw and its further rounds do to a round: who counts, who keeps which number, whose
//! words are kept, and what is refused.

use proptest::prelude::*;
use sightline::form::{Form, Kind as Asks};
use sightline::journal::{AuthorId, Fact, Journal, ListTaken};
use sightline::review::{Answer, CaseNumber, Choice, Place};
use sightline::round::Round;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::further::Step;
use sightline::sample::method::{Method, MustInclude};

use crate::lists::{Loaded, given};
use crate::methods::teams;

/// A round with the list of thirty cases.
struct Audit {
    loaded: Loaded,
    journal: Journal,
    round: Round,
}

impl Audit {
    fn new() -> Self {
        let opened = Fact::RoundOpened {
            title: "November".to_owned(),
            auditor: "Alex Grey".to_owned(),
            made_up: false,
            form: Box::new(Form::core().unwrap()),
        };
        let mut journal = Journal::default();
        let entry = journal.draft(&AuthorId("a".to_owned()), 0, opened);
        journal.keep(&entry).unwrap();
        let mut audit = Self {
            loaded: teams(),
            round: Round::open(&entry).unwrap(),
            journal,
        };
        audit.record(audit.list()).unwrap();
        audit
    }

    fn list(&self) -> Fact {
        let frame = &self.loaded.frame;
        Fact::ListTaken(ListTaken {
            source: self.loaded.source.clone(),
            unit: frame.unit_columns().to_vec(),
            read: frame.read(),
            size: frame.size(),
            excluded: 0,
            faulty: 0,
            fingerprint: frame.fingerprint(),
        })
    }

    /// Lets a fact happen, or gives the reason why it cannot; then the round is as it was.
    fn record(&mut self, fact: Fact) -> Result<(), String> {
        let entry = self.journal.draft(&AuthorId("a".to_owned()), 0, fact);
        let before = self.round.clone();
        match self.round.apply(&entry) {
            Ok(()) => {
                self.journal.keep(&entry).unwrap();
                assert_eq!(
                    Round::fold(&self.journal).unwrap(),
                    (self.round.clone(), vec![])
                );
                Ok(())
            }
            Err(rejection) => {
                assert_eq!(self.round, before);
                Err(rejection.0)
            }
        }
    }

    fn certificate(&self, method: &Method, seed: &str, number: u32) -> Certificate {
        let number = DrawNumber {
            number,
            reason: (number > 1).then(|| "The first list was of May.".to_owned()),
        };
        Certificate::draw(&self.loaded.list(), method, &given(seed), number).unwrap()
    }

    fn draw(&mut self, method: &Method, seed: &str, number: u32) -> Result<(), String> {
        self.record(drawn(&self.certificate(method, seed, number)))
    }

    fn extend(&mut self, step: Step) -> Result<(), String> {
        let certificate = &self.round.sample.as_ref().unwrap().certificate;
        let further = certificate.extend(&self.loaded.list(), step, "Moved away.");
        let further = further.map_err(|refusal| refusal.to_string())?;
        let cells = cells(further.cases.len());
        self.record(Fact::SampleExtended {
            further: Box::new(further),
            cells,
        })
    }

    fn write(&mut self, case: u32, text: &str) -> Result<(), String> {
        let form = self.round.form.clone();
        let mut asked = form.questions();
        let text_question = asked.find(|question| matches!(question.kind, Asks::Text { .. }));
        let question = text_question.unwrap().id.clone();
        self.record(Fact::Answered {
            case: CaseNumber(case),
            place: Place::of(&question),
            answer: Answer::Text {
                text: text.to_owned(),
            },
        })
    }

    fn sign(&mut self, case: u32) {
        for question in self.round.form.clone().questions() {
            let mut answer = Answer::blank(&question.kind);
            match (&mut answer, &question.kind) {
                (Answer::Grade { choice, reason }, Asks::Grade { benchmarks, .. }) => {
                    *choice = Some(Choice::Grade(benchmarks[0].grade.clone()));
                    "Because.".clone_into(reason);
                }
                (Answer::Text { text }, _) => "Seen.".clone_into(text),
                _ => {}
            }
            self.record(Fact::Answered {
                case: CaseNumber(case),
                place: Place::of(&question.id),
                answer,
            })
            .unwrap();
        }
        self.record(Fact::ReviewSigned {
            case: CaseNumber(case),
            name: "Pat Lee".to_owned(),
        })
        .unwrap();
    }

    fn numbers(&self) -> Vec<u32> {
        self.round
            .cases()
            .iter()
            .map(|case| case.number.0)
            .collect()
    }

    fn id(&self, number: u32) -> String {
        self.round.case(CaseNumber(number)).unwrap().id.clone()
    }
}

fn drawn(certificate: &Certificate) -> Fact {
    Fact::SampleDrawn {
        columns: vec!["Team".to_owned()],
        cells: cells(certificate.sample.len() + certificate.method.must_include.len()),
        certificate: Box::new(certificate.clone()),
    }
}

fn cells(count: usize) -> Vec<Vec<String>> {
    vec![vec!["North".to_owned()]; count]
}

#[test]
fn further_cases_take_the_next_numbers_and_a_replaced_one_keeps_its_words() {
    let mut audit = Audit::new();
    audit.draw(&Method::simple(3), "1", 1).unwrap();
    audit.write(2, "Half an hour of reading.").unwrap();
    let gone = audit.id(2);
    audit.extend(Step::replacement(&gone)).unwrap();
    audit.extend(Step::more(2)).unwrap();
    assert_eq!(audit.numbers(), [1, 3, 4, 5, 6]);
    let sample = audit.round.sample.as_ref().unwrap();
    let replaced = &sample.replaced[0];
    assert_eq!((replaced.case.number.0, replaced.by.0), (2, 4));
    assert_eq!(replaced.reason, "Moved away.");
    assert_eq!(sample.certificate.drawn().count(), 6);
    assert!(audit.loaded.verify(&sample.certificate).matches);
    // The words stay, can still be added to, and are counted nowhere.
    audit
        .write(2, "Half an hour of reading, and more.")
        .unwrap();
    assert!(audit.round.reviews.contains_key(&CaseNumber(2)));
    assert_eq!(audit.round.counted_reviews().count(), 0);
    assert_eq!(audit.round.coverage().sampled, 5);
    assert_eq!(audit.round.coverage().begun(), 0);
}

#[test]
fn a_signed_case_is_not_replaced() {
    let mut audit = Audit::new();
    audit.draw(&Method::simple(2), "1", 1).unwrap();
    audit.sign(1);
    let signed = Step::replacement(audit.id(1));
    assert!(
        audit
            .extend(signed.clone())
            .unwrap_err()
            .contains("Case 1 is signed")
    );
    audit
        .record(Fact::ReviewReopened {
            case: CaseNumber(1),
            reason: "The wrong child.".to_owned(),
        })
        .unwrap();
    audit.extend(signed).unwrap();
    assert_eq!(audit.numbers(), [2, 3]);
}

#[test]
fn a_second_draw_keeps_the_first_on_record_with_all_that_was_written() {
    let mut audit = Audit::new();
    audit.draw(&Method::simple(20), "1", 1).unwrap();
    for case in 1..=20 {
        audit
            .write(case, &format!("Words on case {case}."))
            .unwrap();
    }
    let first = audit.round.sample.clone().unwrap();
    audit.draw(&Method::simple(20), "2", 2).unwrap();
    assert_eq!(audit.round.earlier, [first]);
    assert_eq!(audit.round.reviews.len(), 20);
    let (mut same, mut new) = (0, 0);
    for case in audit.round.cases() {
        let mut before = audit.round.earlier[0].cases.iter();
        if let Some(it) = before.find(|it| it.id == case.id) {
            assert_eq!(it.number, case.number);
            same += 1;
        } else {
            new += 1;
            assert_eq!(case.number.0, 20 + new);
        }
    }
    assert!(same >= 10 && same + new == 20);
    // Reviews of cases that both draws hold count on; the others stay, and can be read.
    assert_eq!(
        audit.round.counted_reviews().count(),
        usize::try_from(same).unwrap()
    );
    for case in 1..=20 {
        assert!(audit.round.case(CaseNumber(case)).is_some());
    }
}

#[test]
fn a_case_that_must_be_included_is_audited_and_counts_in_no_estimate() {
    let mut audit = Audit::new();
    let mut method = Method::simple(3);
    method.must_include = vec![MustInclude {
        id: "C-30".to_owned(),
        reason: "A complaint.".to_owned(),
    }];
    audit.draw(&method, "1", 1).unwrap();
    assert_eq!(audit.numbers(), [1, 2, 3]);
    assert_eq!(audit.id(4), "C-30");
    audit.sign(4);
    assert_eq!(audit.round.counted_reviews().count(), 0);
    audit.extend(Step::more(1)).unwrap();
    assert_eq!(audit.numbers(), [1, 2, 3, 5]);
}

#[test]
fn the_frame_is_fixed_before_the_seed() {
    let mut audit = Audit::new();
    let certificate = audit.certificate(&Method::simple(3), "1", 1);
    audit.round.list = None;
    assert!(
        audit
            .record(drawn(&certificate))
            .unwrap_err()
            .contains("fixed before the seed")
    );
    audit = Audit::new();
    let mut other = certificate.clone();
    other.frame.fingerprint = "0".repeat(64);
    assert!(
        audit
            .record(drawn(&other))
            .unwrap_err()
            .contains("drawn from another frame")
    );
    audit.record(drawn(&certificate)).unwrap();
    assert!(
        audit
            .record(audit.list())
            .unwrap_err()
            .contains("its list stays as it was")
    );
}

#[test]
fn what_does_not_fit_the_sample_is_refused_and_changes_nothing() {
    let mut audit = Audit::new();
    let more = |audit: &Audit, step| {
        let certificate = audit.certificate(&Method::simple(3), "1", 1);
        let further = certificate
            .extend(&audit.loaded.list(), step, "Few.")
            .unwrap();
        (further.cases.len(), further)
    };
    let fact = |(count, further): (usize, _)| Fact::SampleExtended {
        further: Box::new(further),
        cells: cells(count),
    };
    let two = more(&audit, Step::more(2));
    assert!(
        audit
            .record(fact(two.clone()))
            .unwrap_err()
            .contains("No sample has been drawn")
    );
    audit.draw(&Method::simple(3), "1", 1).unwrap();
    let refused = |audit: &mut Audit, further| audit.record(fact(further)).unwrap_err();
    assert!(refused(&mut audit, (1, two.1.clone())).contains("cells do not match"));
    let mut silent = two.clone();
    silent.1.reason.clear();
    assert!(refused(&mut audit, silent).contains("needs a reason"));
    let mut fewer = two.clone();
    fewer.1.cases.pop();
    assert!(refused(&mut audit, (1, fewer.1)).contains("not as many as were asked for"));
    let mut twice = two.clone();
    twice.1.cases[0].id = audit.id(1);
    assert!(refused(&mut audit, twice).contains("do not go on from this sample"));
    let mut stranger = more(&audit, Step::replacement(audit.id(1)));
    stranger.1.step = Step::replacement("C-99");
    assert!(refused(&mut audit, stranger).contains("is not in the sample"));
    audit.record(fact(two.clone())).unwrap();
    assert!(refused(&mut audit, two).contains("the sample has changed since"));

    let again =
        |audit: &mut Audit, number| audit.draw(&Method::simple(3), "9", number).unwrap_err();
    assert!(again(&mut audit, 1).contains("so the next is draw 2, not 1"));
    assert!(again(&mut audit, 3).contains("so the next is draw 2, not 3"));
    let mut silent = audit.certificate(&Method::simple(3), "9", 2);
    silent.draw.reason = None;
    assert!(
        audit
            .record(drawn(&silent))
            .unwrap_err()
            .contains("needs a reason")
    );
    let mut twice = audit.certificate(&Method::simple(3), "9", 2);
    twice.sample[0].id = twice.sample[1].id.clone();
    assert!(
        audit
            .record(drawn(&twice))
            .unwrap_err()
            .contains("holds a case twice")
    );
}

proptest! {
    #[test]
    fn numbers_stay_and_no_word_is_lost_whatever_is_drawn(
        steps in prop::collection::vec((0..4_u8, 0..9_u32), 1..12),
    ) {
        let mut audit = Audit::new();
        audit.draw(&Method::simple(4), "1", 1).unwrap();
        let (mut draws, mut written) = (1, std::collections::BTreeMap::new());
        let mut known: std::collections::BTreeMap<u32, String> = (1..=4)
            .map(|number| (number, audit.id(number)))
            .collect();
        for (step, number) in steps {
            let numbers = audit.numbers();
            let one = numbers[usize::try_from(number).unwrap() % numbers.len()];
            match step {
                0 => {
                    draws += 1;
                    audit.draw(&Method::simple(4), &number.to_string(), draws).unwrap();
                }
                1 => drop(audit.extend(Step::more(usize::try_from(number).unwrap()))),
                2 => drop(audit.extend(Step::replacement(audit.id(one)))),
                _ => {
                    let text = format!("Words {}", written.len());
                    audit.write(one, &text).unwrap();
                    written.insert(one, text);
                }
            }
            for case in audit.round.every_case() {
                let id = known.entry(case.number.0).or_insert_with(|| case.id.clone());
                prop_assert_eq!(&*id, &case.id);
            }
            let ids: std::collections::BTreeSet<&String> = known.values().collect();
            prop_assert_eq!(ids.len(), known.len());
            for (number, text) in &written {
                prop_assert!(audit.round.case(CaseNumber(*number)).is_some());
                let review = &audit.round.reviews[&CaseNumber(*number)];
                let kept = Answer::Text { text: text.clone() };
                prop_assert!(review.answers.values().any(|answer| *answer == kept));
            }
        }
    }
}
