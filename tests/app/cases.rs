//! The page of the cases: looking for one, going on where one left off, and what is shown of each.

use sightline::app::audit::Edit;
use sightline::app::cases::Msg as Cases;
use sightline::app::concern::Msg as Concern;
use sightline::app::{Msg, Route, audit};
use sightline::concern::Part;
use sightline::review::CaseNumber;
use sightline::round::Found;

use crate::person::{Person, place};

const SECOND: CaseNumber = CaseNumber(2);

fn say(person: &mut Person, msg: Cases) {
    person.say(Msg::Cases(msg));
}

/// The cases that are found, by number.
fn search(person: &mut Person, wanted: &str) -> Vec<u32> {
    say(person, Cases::EnteredWanted(wanted.into()));
    say(person, Cases::ClickedSearch);
    found(person).iter().map(|it| it.case.0).collect()
}

fn found(person: &Person) -> Vec<Found> {
    let found = person.open().cases.found.clone();
    found.map_or_else(Vec::new, |(_, found)| found)
}

fn write(person: &mut Person, case: CaseNumber, text: &str) {
    let entered = Edit::Text(text.into());
    person.type_in(audit::Msg::Edited(case, place("risk.evidence"), entered));
}

#[test]
fn a_case_is_found_by_its_number_its_id_and_what_was_written() {
    let mut person = Person::with_sample(3);
    write(&mut person, SECOND, "The Chronology stops in May.");
    assert_eq!(search(&mut person, "case 3"), [3]);
    assert_eq!(search(&mut person, "chronology STOPS"), [2]);
    let excerpt = &found(&person)[0].excerpts[0];
    assert_eq!(excerpt.place.as_ref(), Some(&place("risk.evidence")));
    assert_eq!(
        [&excerpt.before, &excerpt.words, &excerpt.after],
        ["The ", "Chronology stops", " in May."]
    );
    let id = person.open().round.cases()[0].id.clone();
    assert_eq!(search(&mut person, &id.to_lowercase()), [1]);
    assert_eq!(search(&mut person, "nowhere written"), [0; 0]);
    say(&mut person, Cases::ClickedAll);
    assert_eq!(person.open().cases.found, None);
}

#[test]
fn what_was_written_of_a_concern_is_found() {
    let mut person = Person::with_sample(3);
    let number = person.open().round.next_concern();
    let entered = Concern::Entered(SECOND, number, Part::Seen, "A bruise".into());
    person.say(Msg::Concern(entered));
    person.say(Msg::PageHidden);
    assert_eq!(search(&mut person, "bruise"), [2]);
    assert_eq!(found(&person)[0].excerpts[0].place, None);
}

#[test]
fn a_case_can_be_shown_by_its_number_alone_and_is_then_not_found_by_its_id() {
    let mut person = Person::with_sample(3);
    let case = person.open().round.cases()[0].clone();
    assert!(!person.open().round.facts_of(&case).is_empty());
    assert!(person.open().round.shows_id());
    say(&mut person, Cases::ClickedNumberAlone);
    person.reload();
    assert!(!person.open().round.shows_id());
    assert_eq!(person.open().round.facts_of(&case), []);
    assert_eq!(search(&mut person, &case.id), [0; 0]);
}

#[test]
fn only_the_columns_chosen_are_shown_in_the_order_of_the_list() {
    let mut person = Person::with_sample(2);
    let sample = person.open().round.sample.clone();
    let columns = sample.map(|it| it.columns).unwrap_or_default();
    let [first, second] = [columns[1].clone(), columns[2].clone()];
    say(&mut person, Cases::ClickedNumberAlone);
    say(&mut person, Cases::ShowedColumn(second.clone(), true));
    say(&mut person, Cases::ShowedColumn(first.clone(), true));
    let case = person.open().round.cases()[0].clone();
    let names = |person: &Person| -> Vec<String> {
        let facts = person.open().round.facts_of(&case);
        facts.iter().map(|(name, _)| (*name).to_owned()).collect()
    };
    assert_eq!(names(&person), [first, second.clone()]);
    say(&mut person, Cases::ShowedColumn(columns[1].clone(), false));
    assert_eq!(names(&person), [second]);
}

#[test]
fn one_goes_on_at_the_answer_written_last_or_at_the_next_case() {
    let mut person = Person::with_sample(3);
    let left_off = |person: &Person| person.open().left_off().map(|it| it.address);
    assert_eq!(left_off(&person).as_deref(), Some("#/cases/1"));
    write(&mut person, SECOND, "The chronology");
    person.reload();
    let address = left_off(&person).unwrap_or_default();
    assert_eq!(address, "#/cases/2/risk/risk-evidence");
    assert!(matches!(Route::parse(&address), Route::Section(SECOND, _)));
    person.answer_all(SECOND, "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(SECOND)));
    assert_eq!(left_off(&person).as_deref(), Some("#/cases/3"));
    for case in [CaseNumber(3), CaseNumber(1)] {
        person.answer_all(case, "good");
        person.say(Msg::Audit(audit::Msg::ClickedSign(case)));
    }
    assert_eq!(left_off(&person), None);
}
