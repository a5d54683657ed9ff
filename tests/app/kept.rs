//! What is kept: a reload loses nothing, a failing disk is told at once and loses nothing either.

use sightline::app::audit::Edit;
use sightline::app::open::Saved;
use sightline::app::shelf::Msg as Shelf;
use sightline::app::{Msg, Route, Shelf as OnShelf, audit};
use sightline::journal::Journal;
use sightline::review::CaseNumber;
use sightline::round::Round;
use sightline::store::Reply;

use crate::person::{Person, at, place};

fn type_evidence(person: &mut Person, text: &str) {
    let typed = audit::Msg::Edited(
        CaseNumber(1),
        place("risk.evidence"),
        Edit::Text(text.into()),
    );
    person.type_in(typed);
}

#[test]
fn a_reload_anywhere_brings_back_the_same_round_and_page() {
    let mut person = Person::with_sample(4);
    person.answer_all(CaseNumber(2), "inadequate");
    for route in [
        Route::Cases,
        Route::Check(CaseNumber(2)),
        Route::Findings,
        Route::Certificate,
    ] {
        person.say(Msg::AddressChanged(route.clone()));
        let before = person.open().round.clone();
        person.reload();
        assert_eq!(person.open().round, before);
        assert_eq!(at(&person), route);
    }
}

#[test]
fn while_the_disk_fails_work_goes_on_and_is_kept_when_it_heals() {
    let mut person = Person::with_sample(2);
    person.disk_fails = Some("The disk is full.".into());
    type_evidence(&mut person, "First");
    assert_eq!(person.open().saved(), Saved::No);
    assert_eq!(
        person.open().saving.failed.as_deref(),
        Some("The disk is full.")
    );
    type_evidence(&mut person, "Second");
    assert_eq!(person.open().saved(), Saved::No);
    person.disk_fails = None;
    person.say(Msg::ClickedStoreAgain);
    assert_eq!(person.open().saved(), Saved::Yes);
    let before = person.open().round.clone();
    person.reload();
    assert_eq!(person.open().round, before);
}

#[test]
fn a_disk_that_heals_by_itself_takes_all_that_it_missed() {
    let mut person = Person::with_sample(2);
    person.disk_fails = Some("The disk is full.".into());
    type_evidence(&mut person, "First");
    type_evidence(&mut person, "Second");
    person.disk_fails = None;
    type_evidence(&mut person, "Third");
    assert_eq!(person.open().saved(), Saved::Yes);
    assert_eq!(person.disk.values().next().unwrap(), person.open().lines());
}

#[test]
fn the_disk_holds_a_chain_that_folds_to_what_the_page_shows() {
    let mut person = Person::with_sample(2);
    person.answer_all(CaseNumber(1), "outstanding");
    let mut journal = Journal::default();
    for line in person.disk.values().next().unwrap() {
        journal.take(line).expect("the chain holds");
    }
    let (round, rejected) = Round::fold(&journal).unwrap();
    assert_eq!(rejected, []);
    assert_eq!(round, person.open().round);
}

#[test]
fn a_line_changed_removed_or_moved_on_disk_is_named_and_the_round_not_opened() {
    let mut person = Person::with_sample(2);
    person.answer_all(CaseNumber(1), "good");
    person.say(Msg::AddressChanged(Route::Home));
    let whole = person.disk.clone();
    let damages: [fn(&mut Vec<String>); 3] = [
        |lines| lines[3] = lines[3].replace("good", "inadequate"),
        |lines| drop(lines.remove(4)),
        |lines| lines.swap(4, 5),
    ];
    for damage in damages {
        person.disk.clone_from(&whole);
        damage(person.disk.values_mut().next().unwrap());
        person.reload();
        let OnShelf::Ready { cards, .. } = &person.model.shelf else {
            panic!("the shelf")
        };
        let id = cards[0].id.clone();
        person.say(Msg::Shelf(Shelf::ClickedContinue(id)));
        assert!(person.model.open.is_none());
        let why = person.model.new_round.refused.clone().unwrap();
        assert!(why.contains("Entry"), "{why}");
    }
}

#[test]
fn a_round_is_removed_only_after_a_second_word() {
    let mut person = Person::with_sample(2);
    let id = person.open().id.clone();
    person.say(Msg::AddressChanged(Route::Home));
    person.say(Msg::Shelf(Shelf::ClickedRemove(id.clone())));
    person.say(Msg::Shelf(Shelf::ClickedKeep));
    person.say(Msg::Shelf(Shelf::ConfirmedRemove));
    assert_eq!(person.disk.len(), 1, "the person changed their mind");
    person.say(Msg::Shelf(Shelf::ClickedRemove(id)));
    person.say(Msg::Shelf(Shelf::ConfirmedRemove));
    assert!(person.disk.is_empty());
    assert!(person.model.open.is_none());
}

#[test]
fn a_round_needs_a_name_and_an_auditor() {
    let mut person = Person::new();
    person.start_round(" ", "");
    assert!(person.model.open.is_none());
    assert_eq!(person.model.new_round.errors.len(), 2);
    person.start_round("Child protection, November", "A. Auditor");
    assert_eq!(person.open().round.title, "Child protection, November");
    assert_eq!(at(&person), Route::Round);
}

#[test]
fn the_front_page_shows_a_round_as_soon_as_it_is_opened() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.say(Msg::AddressChanged(Route::Home));
    let OnShelf::Ready { cards, .. } = &person.model.shelf else {
        panic!("the shelf")
    };
    assert_eq!(cards.len(), 1);
}

#[test]
fn two_rounds_stand_side_by_side() {
    let mut person = Person::new();
    person.start_round("One", "A");
    person.say(Msg::AddressChanged(Route::Home));
    person.start_round("Two", "B");
    person.say(Msg::AddressChanged(Route::Home));
    person.reload();
    let OnShelf::Ready { cards, .. } = &person.model.shelf else {
        panic!("the shelf")
    };
    let titles: Vec<&str> = cards.iter().map(|card| card.title.as_str()).collect();
    assert_eq!(titles, ["Two", "One"], "newest first");
    let first = cards[1].id.clone();
    person.say(Msg::Shelf(Shelf::ClickedContinue(first)));
    assert_eq!(person.open().round.title, "One");
}

#[test]
fn a_round_that_the_store_does_not_give_is_refused_on_the_front_page() {
    let mut person = Person::with_sample(2);
    person.say(Msg::AddressChanged(Route::Home));
    person.reload();
    let OnShelf::Ready { cards, .. } = &person.model.shelf else {
        panic!("the shelf")
    };
    let id = cards[0].id.clone();
    person.read_fails = Some("This round is open in another tab.".into());
    person.say(Msg::Shelf(Shelf::ClickedContinue(id.clone())));
    assert!(person.model.open.is_none());
    assert_eq!(at(&person), Route::Home);
    assert_eq!(
        person.model.new_round.refused.as_deref(),
        Some("This round is open in another tab.")
    );
    person.read_fails = None;
    person.say(Msg::Shelf(Shelf::ClickedContinue(id)));
    assert_eq!(person.open().round.cases().len(), 2);
    assert_eq!(person.model.new_round.refused, None);
}

#[test]
fn without_a_store_a_round_can_still_be_worked_on_and_says_that_it_is_not_kept() {
    let mut person = Person::new();
    person.disk_fails = Some("Nothing is kept in a private window.".into());
    person.start_round("A round", "An auditor");
    assert_eq!(person.open().saved(), Saved::No);
    assert_eq!(at(&person), Route::Round);
}

#[test]
fn a_round_whose_words_are_not_kept_is_not_left_for_another() {
    let mut person = Person::new();
    person.start_round("One", "A");
    person.say(Msg::AddressChanged(Route::Home));
    person.start_round("Two", "B");
    person.disk_fails = Some("The disk is full.".into());
    person.choose_file("list.csv", b"Child Unique ID\n1\n2\n");
    person.say(Msg::List(sightline::app::list::Msg::ClickedUse));
    assert!(person.model.is_unsaved());
    person.say(Msg::AddressChanged(Route::Home));
    let OnShelf::Ready { cards, .. } = &person.model.shelf else {
        panic!("the shelf")
    };
    let other = cards
        .iter()
        .find(|card| card.title == "One")
        .map(|card| card.id.clone());
    person.say(Msg::Shelf(Shelf::ClickedContinue(other.clone().unwrap())));
    person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
    assert_eq!(person.open().round.title, "Two");
    assert!(person.model.new_round.refused.is_some());
    person.disk_fails = None;
    person.say(Msg::ClickedStoreAgain);
    person.say(Msg::Shelf(Shelf::ClickedContinue(other.unwrap())));
    assert_eq!(person.open().round.title, "One");
}

#[test]
fn a_failure_that_concerns_another_round_is_not_taken_for_this_one() {
    let mut person = Person::with_sample(2);
    person.say(Msg::StoreSaid(Reply::NotStored {
        round: "another".into(),
        lines: 0,
        once: 0,
        why: "The disk is full.".into(),
    }));
    person.say(Msg::StoreSaid(Reply::Refused(
        "It cannot be removed.".into(),
    )));
    assert_eq!(person.open().saved(), Saved::Yes);
}

#[test]
fn a_second_click_makes_no_second_round_no_second_draw_and_no_complaint() {
    let mut person = Person::new();
    person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
    person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
    assert_eq!(person.disk.len(), 1);
    let mut person = Person::with_sample(1);
    person.answer_all(CaseNumber(1), "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CaseNumber(1))));
    let lines = person.open().lines().len();
    person.say(Msg::Audit(audit::Msg::ClickedSign(CaseNumber(1))));
    assert_eq!(
        (
            person.open().lines().len(),
            person.open().audit.refused.clone()
        ),
        (lines, None)
    );
}
