//! Whatever somebody does on the walk through any built-in form, signing gives either a signed review
//! or the exact list of what is missing; a reload gives the same review; and undoing everything
//! leads back to the beginning.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose form cannot be read has failed"
)]

use proptest::prelude::*;
use sightline::app::audit::{self, ActionPart, Edit, EvidencePart};
use sightline::app::{Msg, Route};
use sightline::form::built_in::FORMS;
use sightline::form::{Form, Kind, Question};
use sightline::review::{CaseNumber, Choice, Place, YesNo};

use crate::person::Person;

const CASE: CaseNumber = CaseNumber(1);

/// One thing that somebody does: numbers that are taken as a question and what is done about it.
type Deed = (usize, usize);

/// What a number does to the answer to a question.
fn edit(form: &Form, question: &Question, number: usize) -> Edit {
    const TEXTS: [&str; 5] = ["Seen on file.", "", " ", "3", "2026-10-25"];
    const MOMENTS: [&str; 4] = ["2026-10-24T09:00", "2026-10-25T01:30", "2026-10-24", ""];
    let text = || TEXTS[number % TEXTS.len()].to_owned();
    let moment = || MOMENTS[number / 2 % MOMENTS.len()].to_owned();
    match &question.kind {
        Kind::Grade { not_applicable, .. } => match number % 6 {
            4 | 5 => Edit::Reason(text()),
            3 if *not_applicable => Edit::Grade(Choice::NotApplicable),
            at => Edit::Grade(Choice::Grade(
                form.grades[at % form.grades.len()].id.clone(),
            )),
        },
        Kind::YesNo { not_applicable } => match number % 4 {
            0 => Edit::Reason(text()),
            1 if *not_applicable => Edit::YesNo(YesNo::NotApplicable),
            2 => Edit::YesNo(YesNo::No),
            _ => Edit::YesNo(YesNo::Yes),
        },
        Kind::OneOf { options } => Edit::OneOf(options[number % options.len()].id.clone()),
        Kind::SeveralOf { options } => Edit::Ticked(
            options[number % options.len()].id.clone(),
            !number.is_multiple_of(3),
        ),
        Kind::Text { .. } => Edit::Text(text()),
        Kind::Number(_) => Edit::Number(text()),
        Kind::Date => Edit::Date(text()),
        Kind::Interval(_) if number.is_multiple_of(2) => Edit::From(moment()),
        Kind::Interval(_) => Edit::To(moment()),
        Kind::Actions => match number % 4 {
            0 => Edit::Added,
            1 => Edit::Removed(number % 2),
            _ => Edit::Action(0, ActionPart::What, text()),
        },
        Kind::Evidence => match number % 5 {
            0 => Edit::Added,
            1 => Edit::Removed(0),
            2 => Edit::Evidence(0, EvidencePart::Source, text()),
            _ => Edit::Evidence(0, EvidencePart::What, text()),
        },
    }
}

/// Does something: about one in ten times it is undone or done again, or a section gains or loses one
/// of its instances.
fn act(person: &mut Person, (which, number): Deed) {
    let form = person.open().round.form.clone();
    let questions: Vec<&Question> = form.questions().collect();
    let question = questions[which % questions.len()];
    let section = form.section_of(&question.id).unwrap();
    let instances = person.open().review(CASE).instances(section);
    let instance = (!instances.is_empty()).then(|| instances[number % instances.len()]);
    let msg = match (number % 20, instance) {
        (0, _) => audit::Msg::ClickedUndo(CASE),
        (1, _) => audit::Msg::ClickedRedo(CASE),
        (2, _) if section.repeat.is_some() => {
            audit::Msg::ClickedAddInstance(CASE, section.id.clone())
        }
        (3, Some(instance)) => {
            let remove = audit::Msg::ClickedRemoveInstance(CASE, section.id.clone(), instance);
            person.say(Msg::Audit(remove));
            audit::Msg::ConfirmedRemoveInstance(CASE)
        }
        (_, None) if section.repeat.is_some() => return,
        _ => {
            let place = Place {
                question: question.id.clone(),
                instance,
            };
            audit::Msg::Edited(CASE, place, edit(&form, question, number / 20))
        }
    };
    person.say(Msg::Audit(msg));
    if number.is_multiple_of(3) {
        person.say(Msg::Audit(audit::Msg::LeftField));
    }
}

fn sign(person: &mut Person) {
    person.say(Msg::AddressChanged(Route::Check(CASE)));
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
}

/// What has been answered: a blank answer and none say the same.
fn given(person: &Person) -> Vec<(Place, sightline::review::Answer)> {
    let answers = person.open().review(CASE).answers.into_iter();
    answers.filter(|(_, answer)| !answer.is_blank()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn signing_any_built_in_form_gives_a_signature_or_the_exact_list_of_what_is_missing(
        deeds in prop::collection::vec((0_usize..1000, 0_usize..10_000), 0..120)
    ) {
        for built_in in FORMS {
            let form = built_in.form().unwrap();
            let mut person = Person::with_form(&form, 1);
            for deed in &deeds {
                act(&mut person, *deed);
            }
            sign(&mut person);
            let missing = person.open().review(CASE).missing(&form);
            let signed = person.open().round.progress(CASE).1;
            prop_assert_eq!(signed, missing.is_empty());
            prop_assert_eq!(person.open().audit.show_missing, !signed);

            // Putting right what the list names, and only that, leads to a signature.
            person.answer_all(CASE, &form.grades.first().map_or_else(String::new, |it| it.id.0.clone()));
            sign(&mut person);
            prop_assert!(person.open().round.progress(CASE).1);
            let review = person.open().review(CASE);
            person.reload();
            prop_assert_eq!(person.open().review(CASE), review);
        }
    }

    #[test]
    fn undoing_all_that_was_done_leads_back_to_the_beginning_and_redoing_to_the_end(
        deeds in prop::collection::vec((0_usize..1000, 0_usize..10_000), 0..60)
    ) {
        let form = crate::made::form();
        let mut person = Person::with_form(&form, 1);
        for deed in &deeds {
            act(&mut person, *deed);
        }
        person.say(Msg::AddressChanged(Route::Case(CASE)));
        while person.open().can_redo(CASE) {
            person.say(Msg::Audit(audit::Msg::ClickedRedo(CASE)));
        }
        let last = given(&person);
        let mut steps = 0;
        while person.open().can_undo(CASE) {
            person.say(Msg::Audit(audit::Msg::ClickedUndo(CASE)));
            prop_assert_eq!(&person.open().audit.refused, &None);
            steps += 1;
            prop_assert!(steps < 1000, "there is no end to what can be undone");
        }
        prop_assert_eq!(given(&person), []);
        for _ in 0..steps {
            person.say(Msg::Audit(audit::Msg::ClickedRedo(CASE)));
        }
        prop_assert_eq!(given(&person), last);
        person.reload();
        prop_assert!(person.open().can_undo(CASE) || steps == 0);
    }
}
