//! What is kept: a reload loses nothing, a failing disk is told at once and loses nothing either.

use sightline::app::audit::Edit;
use sightline::app::open::Saved;
use sightline::app::shelf::Msg as Shelf;
use sightline::app::wipe::{Msg as Wipe, What};
use sightline::app::{Msg, Route, Shelf as OnShelf, audit};
use sightline::journal::Journal;
use sightline::review::CaseNumber;
use sightline::round::Round;
use sightline::store::Reply;

use crate::person::{PASSPHRASE, Person, at, place};

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

/// One of the two places did not answer while the round was opened.
#[test]
fn a_round_that_one_place_may_lack_is_not_called_saved_until_both_have_it() {
    let mut person = Person::with_sample(2);
    let before = person.open().round.clone();
    person.silent = Some("IndexedDB does not answer.".into());
    person.reload();
    assert_eq!(person.open().round, before);
    assert_eq!(person.open().saved(), Saved::No);
    assert_eq!(
        person.open().saving.failed.as_deref(),
        Some("IndexedDB does not answer.")
    );
    person.silent = None;
    person.say(Msg::ClickedStoreAgain);
    assert_eq!(person.open().saved(), Saved::Yes);
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
    person.say(Msg::Wipe(Wipe::Clicked(What::Round(id.clone()))));
    assert_eq!(at(&person), Route::Wipe);
    person.say(Msg::Wipe(Wipe::EnteredWord("yes".into())));
    person.say(Msg::Wipe(Wipe::Confirmed));
    assert!(person.model.wipe.error.is_some());
    person.say(Msg::AddressChanged(Route::Home));
    person.say(Msg::Wipe(Wipe::EnteredWord("remove".into())));
    person.say(Msg::Wipe(Wipe::Confirmed));
    assert_eq!(person.disk.len(), 1, "the person changed their mind");
    person.say(Msg::Wipe(Wipe::Clicked(What::Round(id))));
    person.say(Msg::Wipe(Wipe::EnteredWord(" Remove ".into())));
    person.say(Msg::Wipe(Wipe::Confirmed));
    assert!(person.disk.is_empty());
    assert!(person.model.open.is_none());
    assert_eq!(person.marks.rounds, []);
    assert_eq!(at(&person), Route::Home);
}

#[test]
fn everything_is_removed_after_a_second_word_marks_and_settings_too() {
    let mut person = Person::with_sample(2);
    let spelling = sightline::app::settings::Msg::ToggledSpelling(true);
    person.say(Msg::Settings(spelling));
    person.say(Msg::Wipe(Wipe::Clicked(What::Everything)));
    person.say(Msg::Wipe(Wipe::EnteredWord("remove".into())));
    person.say(Msg::Wipe(Wipe::Confirmed));
    assert!(person.disk.is_empty() && person.model.open.is_none());
    assert!(person.marks.rounds.is_empty() && person.settings.is_empty());
    person.reload();
    assert!(!person.model.settings.spelling);
    assert_eq!(person.model.missing, []);
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
    assert_eq!(titles, ["Locked round"; 2], "no title can be read");
    assert!(cards[0].opened_at > cards[1].opened_at, "newest first");
    let first = cards[1].id.clone();
    person.say(Msg::Shelf(Shelf::ClickedContinue(first)));
    person.unlock(PASSPHRASE);
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
    let one = person.open().id.clone();
    person.say(Msg::AddressChanged(Route::Home));
    person.start_round("Two", "B");
    person.disk_fails = Some("The disk is full.".into());
    person.choose_file("list.csv", b"Child Unique ID\n1\n2\n");
    person.say(Msg::List(sightline::app::list::Msg::ClickedUse));
    assert!(person.model.is_unsaved());
    person.say(Msg::AddressChanged(Route::Home));
    person.say(Msg::Shelf(Shelf::ClickedContinue(one.clone())));
    person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
    assert_eq!(person.open().round.title, "Two");
    assert!(person.model.new_round.refused.is_some());
    person.disk_fails = None;
    person.say(Msg::ClickedStoreAgain);
    person.say(Msg::Shelf(Shelf::ClickedContinue(one)));
    person.unlock(PASSPHRASE);
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

/// Ten years forward, ten years back, and backwards with each word: order never comes from the clock.
#[test]
fn whatever_the_clock_does_the_round_is_the_same() {
    const TEN_YEARS: i64 = 315_569_520_000;
    let mut person = Person::with_sample(2);
    for jump in [TEN_YEARS, -2 * TEN_YEARS, -5000, -5000, TEN_YEARS] {
        person.clock += jump;
        type_evidence(&mut person, &format!("After a jump of {jump}"));
        assert_eq!(person.open().saved(), Saved::Yes);
        let before = person.open().round.clone();
        person.reload();
        assert_eq!(person.open().round, before);
    }
    person.clock -= TEN_YEARS;
    person.answer_all(CaseNumber(1), "good");
    person.say(Msg::Audit(audit::Msg::ClickedSign(CaseNumber(1))));
    assert_eq!(person.open().round.coverage().signed, 1);
    println!("the clock moved 6 times, by up to 20 years: the round is the same after each reload");
}

/// What a second page sees and does.
mod two_pages {
    use sightline::app::open::Keeping;
    use sightline::store::message::Access;

    use super::*;

    /// The page hears that another has taken its round over, while words are typed.
    fn overtaken() -> Person {
        let mut person = Person::with_sample(2);
        type_evidence(&mut person, "First");
        person.say(Msg::Audit(audit::Msg::Edited(
            CaseNumber(1),
            place("risk.evidence"),
            Edit::Text("First and half".into()),
        )));
        let round = person.open().id.to_string();
        person.say(Msg::StoreSaid(Reply::Overtaken { round }));
        person
    }

    #[test]
    fn who_is_overtaken_sends_what_is_typed_and_reads_along() {
        let mut person = overtaken();
        assert_eq!(person.asked_of_store.last(), Some(&Access::Along));
        let kept = person.disk.values().next().unwrap().concat();
        assert!(kept.contains("First and half"), "the last words were sent");
        let lines = person.open().lines().len();
        type_evidence(&mut person, "Written while reading along");
        assert_eq!(
            person.open().lines().len(),
            lines,
            "and nothing is written any more"
        );
    }

    #[test]
    fn what_the_other_page_writes_appears_and_what_only_this_one_has_is_adrift() {
        let mut person = overtaken();
        let (id, mine) = (person.open().id.to_string(), person.open().lines().to_vec());
        let theirs = mine[..mine.len() - 1].to_vec();
        person.say(Msg::StoreSaid(Reply::Opened {
            round: id.clone(),
            writes: false,
            stored: theirs.len(),
            lines: theirs.clone(),
            adrift: Vec::new(),
            head: String::new(),
            healed: 0,
            damaged: 0,
            trouble: Vec::new(),
        }));
        assert_eq!(person.open().keeping, Keeping::Along);
        assert_eq!(person.open().lines(), theirs);
        assert_eq!(person.open().adrift, mine[mine.len() - 1..]);
        person.say(Msg::StoreSaid(Reply::Grew {
            round: id,
            lines: mine.clone(),
            adrift: Vec::new(),
        }));
        assert_eq!(
            (person.open().lines(), person.open().adrift.len()),
            (mine.as_slice(), 0)
        );
        person.say(Msg::ClickedTakeOver);
        assert_eq!(person.asked_of_store.last(), Some(&Access::TakeOver));
    }

    /// A store that stopped is started anew, and given all that it had not confirmed.
    #[test]
    fn a_store_that_stops_is_started_anew_and_gets_what_it_missed() {
        let mut person = Person::with_sample(2);
        type_evidence(&mut person, "First");
        person.say(Msg::StoreStopped);
        assert_eq!(person.open().saved(), Saved::No);
        person.disk_fails = Some("It has stopped.".into());
        type_evidence(&mut person, "Second");
        person.disk_fails = None;
        person.say(Msg::StoreStopped);
        person.say(Msg::ClickedStoreAgain);
        assert_eq!(person.open().saved(), Saved::Yes);
        assert_eq!(person.disk.values().next().unwrap(), person.open().lines());
    }
}
