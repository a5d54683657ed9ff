//! Immediate safeguarding concerns: kept from the first word, closed only with what was done.

use sightline::app::concern::{Msg as ConcernMsg, NAME_FIELD, OUTCOME_FIELD};
use sightline::app::open::Saved;
use sightline::app::{Msg, Route, audit};
use sightline::concern::{ConcernNumber, Part};
use sightline::export::ExportKind;
use sightline::review::CaseNumber;

use crate::person::{Person, at};

const CASE: CaseNumber = CaseNumber(2);
const FIRST: ConcernNumber = ConcernNumber(1);

fn write(person: &mut Person, part: Part, text: &str) {
    let entered = ConcernMsg::Entered(CASE, FIRST, part, text.into());
    person.say(Msg::Concern(entered));
}

fn written(person: &mut Person) {
    write(person, Part::Seen, "An injury that nobody asked about");
    write(person, Part::Done, "Told the duty manager at 10:40");
    write(person, Part::By, "An auditor");
    person.pause();
}

fn at_concern() -> Person {
    let mut person = Person::with_sample(3);
    person.say(Msg::AddressChanged(Route::Concern(CASE)));
    person
}

#[test]
fn the_first_words_raise_a_concern_without_a_button() {
    let mut person = at_concern();
    write(&mut person, Part::Seen, "An inj");
    assert_eq!(person.open().saved(), Saved::OnItsWay);
    person.pause();
    assert_eq!(person.open().saved(), Saved::Yes);
    person.reload();
    let open: Vec<_> = person.open().round.open_concerns().collect();
    assert_eq!(
        (open[0].case, open[0].words.seen.as_str()),
        (CASE, "An inj")
    );
}

#[test]
fn leaving_in_the_middle_of_a_word_keeps_it() {
    let mut person = at_concern();
    write(&mut person, Part::Done, "Called the");
    person.say(Msg::AddressChanged(Route::Round));
    person.reload();
    assert_eq!(person.open().round.concerns[0].words.done, "Called the");
}

#[test]
fn what_was_done_and_by_whom_is_asked_for_before_going_back() {
    let mut person = at_concern();
    write(&mut person, Part::Seen, "An injury");
    person.say(Msg::Concern(ConcernMsg::ClickedRecord(CASE, FIRST)));
    let fields: Vec<_> = person
        .open()
        .concern
        .errors
        .iter()
        .map(|it| it.0.as_str())
        .collect();
    assert_eq!(fields, ["concern-1-done", "concern-1-by"]);
    assert_eq!(at(&person), Route::Concern(CASE));
    written(&mut person);
    person.say(Msg::Concern(ConcernMsg::ClickedRecord(CASE, FIRST)));
    assert_eq!(at(&person), Route::Case(CASE));
}

#[test]
fn a_concern_is_closed_with_its_outcome_and_a_name_and_then_stays_as_it_is() {
    let mut person = at_concern();
    written(&mut person);
    person.say(Msg::Concern(ConcernMsg::ClickedClose(FIRST)));
    person.say(Msg::Concern(ConcernMsg::EnteredName(FIRST, " ".into())));
    person.say(Msg::Concern(ConcernMsg::ConfirmedClose(FIRST)));
    let fields: Vec<_> = person
        .open()
        .concern
        .errors
        .iter()
        .map(|it| it.0.as_str())
        .collect();
    assert_eq!(fields, [OUTCOME_FIELD, NAME_FIELD]);
    person.say(Msg::Concern(ConcernMsg::EnteredOutcome(
        FIRST,
        "Seen and safe".into(),
    )));
    person.say(Msg::Concern(ConcernMsg::EnteredName(
        FIRST,
        "A manager".into(),
    )));
    person.say(Msg::Concern(ConcernMsg::ConfirmedClose(FIRST)));
    person.reload();
    let closed = person.open().round.concerns[0].closed.clone().unwrap();
    assert_eq!(
        (closed.outcome.as_str(), closed.signed.name.as_str()),
        ("Seen and safe", "A manager")
    );
    assert_eq!(person.open().round.open_concerns().count(), 0);
    write(&mut person, Part::Seen, "Something else");
    person.pause();
    assert_eq!(
        person.open().round.concerns[0].words.seen,
        "An injury that nobody asked about"
    );
    assert!(
        !person.open().concern.errors.is_empty(),
        "the words are not dropped in silence"
    );
}

#[test]
fn what_came_of_a_concern_is_kept_before_its_button_is_pressed() {
    let mut person = at_concern();
    written(&mut person);
    person.say(Msg::Concern(ConcernMsg::ClickedClose(FIRST)));
    let outcome = |text: &str| Msg::Concern(ConcernMsg::EnteredOutcome(FIRST, text.into()));
    person.say(outcome("Seen and safe"));
    person.pause();
    person.reload();
    let closing = person.open().closing(FIRST).expect("it is being closed");
    assert_eq!(closing.outcome, "Seen and safe");
    assert_eq!(person.open().round.open_concerns().count(), 1);
    // Taken back, nothing is left of it.
    person.say(outcome(" "));
    person.pause();
    person.reload();
    assert_eq!(person.open().closing(FIRST), None);
}

#[test]
fn a_second_concern_about_a_case_has_a_number_of_its_own() {
    let mut person = at_concern();
    written(&mut person);
    person.say(Msg::Concern(ConcernMsg::ClickedClose(FIRST)));
    person.say(Msg::Concern(ConcernMsg::EnteredOutcome(
        FIRST,
        "Seen and safe".into(),
    )));
    person.say(Msg::Concern(ConcernMsg::ConfirmedClose(FIRST)));
    let next = person.open().round.next_concern();
    assert_eq!(next, ConcernNumber(2));
    let entered = ConcernMsg::Entered(CASE, next, Part::Seen, "Another injury".into());
    person.say(Msg::Concern(entered));
    person.pause();
    assert_eq!(person.open().round.open_concerns().count(), 1);
}

#[test]
fn a_signed_case_can_still_be_a_concern_and_signing_does_not_close_it() {
    let mut person = at_concern();
    write(&mut person, Part::Seen, "An injury");
    person.pause();
    person.answer_all(CASE, "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CASE)));
    assert!(person.open().round.progress(CASE).1);
    assert_eq!(person.open().round.open_concerns().count(), 1);
    written(&mut person);
    assert_eq!(person.open().round.concerns[0].words.by, "An auditor");
}

#[test]
fn concerns_leave_with_the_findings() {
    let mut person = at_concern();
    written(&mut person);
    let json = String::from_utf8(person.export(ExportKind::Json)).unwrap();
    assert!(json.contains("Told the duty manager at 10:40"), "{json}");
}
