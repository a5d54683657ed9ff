//! Protected rounds: set up, locked, unlocked at the same place, sealed anew, kept in memory only.

use sightline::app::audit::Edit;
use sightline::app::locking::{Msg as Locking, Tick};
use sightline::app::open::Saved;
use sightline::app::setup::{CODE_FIELD, Msg as Setup, PASSPHRASE_FIELD, TEAM_FIELD, What};
use sightline::app::shelf::Msg as Shelf;
use sightline::app::{Keeping, Msg, RoundId, Route, Shelf as OnShelf, saved};
use sightline::review::CaseNumber;
use sightline::seal::keyring::Slot;
use sightline::store::message::Reply;

use crate::person::{About, PASSPHRASE, Person, at, place};

/// A new round that waits to be protected.
fn to_protect() -> Person {
    let mut person = Person::new();
    person.say(Msg::AddressChanged(Route::NewRound));
    person.say(Msg::Shelf(Shelf::EnteredTitle("A round".into())));
    person.say(Msg::Shelf(Shelf::EnteredAuditor("An auditor".into())));
    person.say(Msg::Shelf(Shelf::ClickedStart));
    assert_eq!(person.model.setup.what, Some(What::New));
    person
}

fn faults(person: &Person) -> Vec<&'static str> {
    let errors = person.model.setup.errors.iter();
    errors.map(|(field, _)| *field).collect()
}

fn protected() -> Person {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person
}

#[test]
fn nothing_is_kept_before_it_is_protected_and_the_code_is_typed_back() {
    let mut person = to_protect();
    assert_eq!(at(&person), Route::Protect);
    for (weak, field) in [
        ("", PASSPHRASE_FIELD),
        ("too short", PASSPHRASE_FIELD),
        ("password1234", PASSPHRASE_FIELD),
    ] {
        person.say(Msg::Setup(Setup::EnteredPassphrase(weak.into())));
        person.say(Msg::Setup(Setup::ClickedProtect));
        assert_eq!(faults(&person), [field], "{weak}");
    }
    person.say(Msg::Setup(Setup::ClickedMakePhrase));
    assert_eq!(person.model.setup.passphrase.split(' ').count(), 6);
    person.say(Msg::Setup(Setup::ClickedProtect));
    let code = person.model.setup.code.clone().expect("a code").code;
    assert!(person.disk.is_empty());
    person.say(Msg::Setup(Setup::EnteredCode("WRONG-GROUPS".into())));
    person.say(Msg::Setup(Setup::ClickedHaveCode));
    assert_eq!(faults(&person), [CODE_FIELD]);
    assert!(person.disk.is_empty());
    // The last two groups, in another spelling.
    let groups: Vec<&str> = code.split('-').collect();
    let last = format!("{} {}", groups[groups.len() - 2], groups[groups.len() - 1]);
    person.say(Msg::Setup(Setup::EnteredCode(last.to_lowercase())));
    person.say(Msg::Setup(Setup::ClickedHaveCode));
    assert_eq!((person.disk.len(), at(&person)), (1, Route::Round));
    assert!(person.open().is_protected());
    assert_eq!(person.open().saved(), Saved::Yes);
    assert!(person.model.setup.passphrase.is_empty() && person.model.setup.code.is_none());
}

#[test]
fn a_team_s_key_is_checked_before_anything_is_kept() {
    let mut person = to_protect();
    person.say(Msg::Setup(Setup::EnteredPassphrase(PASSPHRASE.into())));
    person.say(Msg::Setup(Setup::ChoseKept("team".into())));
    person.say(Msg::Setup(Setup::ClickedProtect));
    assert_eq!(faults(&person), [TEAM_FIELD]);
    person.say(Msg::Setup(Setup::EnteredTeam("age1 and some words".into())));
    person.say(Msg::Setup(Setup::ClickedProtect));
    assert_eq!(faults(&person), [TEAM_FIELD]);
    let secret = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    let identity = sightline::seal::recipient::Identity::parse(secret).expect("a key");
    let public = identity.recipient().to_string();
    person.say(Msg::Setup(Setup::EnteredTeam(format!(" {public} "))));
    person.say(Msg::Setup(Setup::ClickedProtect));
    assert_eq!(person.open().slots().len(), 2);
    person.reload();
    person.unlock(secret);
    assert_eq!(person.open().round.title, "A round");
}

#[test]
fn a_locked_round_shows_nothing_and_opens_at_the_same_place() {
    let mut person = protected();
    person.say(Msg::AddressChanged(Route::Trail));
    person.reload();
    assert!(person.model.open.is_none());
    let card = person.model.locked_round().expect("a locked round");
    assert_eq!((card.title.as_str(), card.entries), ("Locked round", 1));
    person.unlock("another one altogether");
    let why = person.model.unlock.error.clone().expect("a sentence");
    assert!(why.contains("does not open"), "{why}");
    person.unlock(PASSPHRASE);
    assert_eq!(person.open().round.title, "A round");
    assert_eq!(at(&person), Route::Trail);
    assert!(person.model.unlock.secret.is_empty());
}

#[test]
fn a_round_of_a_newer_version_is_named_as_such_and_is_not_called_lost() {
    let mut person = protected();
    for about in person.about.values_mut() {
        about.newer = true;
    }
    person.reload();
    assert_eq!(person.model.missing, []);
    assert_eq!(at(&person), Route::Home);
    let why = person.model.new_round.refused.clone().expect("a sentence");
    assert!(why.contains("newer version"), "{why}");
    let id = person.disk.keys().next().cloned().expect("a round");
    let card = person.model.card(&RoundId(id)).expect("a card");
    assert_eq!(card.title, "A round of a newer version of Sightline");
}

#[test]
fn the_recovery_code_opens_the_round_in_any_spelling() {
    let mut person = to_protect();
    let code = person.protect(PASSPHRASE);
    person.reload();
    person.unlock(&code.to_lowercase().replace('-', " "));
    assert_eq!(person.open().round.title, "A round");
}

fn tick(person: &mut Person, seconds: i64, running: i64, in_sight: bool) {
    person.clock += seconds * 1000 - 1000; // saying it takes a second
    let tick = Tick { running, in_sight };
    person.say(Msg::Locking(Locking::Ticked(tick)));
}

#[test]
fn it_locks_after_ten_minutes_without_a_sign_of_the_person_whatever_the_clock_on_the_wall_says() {
    for wall in [5, 5 - 315_360_000, 5 + 50] {
        let mut person = protected();
        let mut running = 0;
        let mut minutes = 0;
        while person.locked == 0 && minutes < 20 {
            for _ in 0..12 {
                running += 5_000;
                tick(
                    &mut person,
                    if running == 60_000 { wall } else { 5 },
                    running,
                    true,
                );
            }
            minutes += 1;
            if minutes == 4 {
                person.say(Msg::Locking(Locking::Acted(running)));
            }
        }
        assert_eq!((person.locked, minutes), (1, 14), "the wall went {wall} s");
        assert!(person.model.open.is_none());
    }
}

#[test]
fn it_locks_when_the_computer_has_slept() {
    // The running clock stood still, or the page in sight was silent.
    for (seconds, running) in [(200, 15_000), (200, 210_000)] {
        let mut person = protected();
        tick(&mut person, 5, 5_000, true);
        tick(&mut person, 5, 10_000, true);
        assert_eq!(person.locked, 0);
        tick(&mut person, seconds, running, true);
        assert_eq!(person.locked, 1);
    }
    // A page that was out of sight is silent for other reasons.
    let mut person = protected();
    tick(&mut person, 5, 5_000, false);
    tick(&mut person, 120, 125_000, false);
    assert_eq!(person.locked, 0);
}

#[test]
fn locking_waits_until_all_is_on_disk_and_loses_no_word() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.disk_fails = Some("The disk is full.".into());
    person.choose_file("list.csv", b"Child Unique ID\n1\n2\n");
    person.say(Msg::List(sightline::app::list::Msg::ClickedUse));
    let entries = person.open().lines().len();
    person.say(Msg::Locking(Locking::ClickedLock));
    assert_eq!(person.locked, 0, "it would be lost");
    person.disk_fails = None;
    person.say(Msg::ClickedStoreAgain);
    assert_eq!(person.locked, 1);
    person.unlock(PASSPHRASE);
    assert_eq!(person.open().lines().len(), entries);
}

#[test]
fn what_nothing_opens_again_is_not_locked() {
    let mut person = Person::with_sample(2);
    person.say(Msg::Locking(Locking::ClickedLock));
    tick(&mut person, 5, 5_000, true);
    tick(&mut person, 5_000, 10_000, true);
    assert_eq!(person.locked, 0, "a trial has no passphrase");
    let mut person = to_protect();
    person.say(Msg::Setup(Setup::ChoseKept("memory".into())));
    person.say(Msg::Setup(Setup::ClickedProtect));
    person.say(Msg::Locking(Locking::ClickedLock));
    assert_eq!(person.locked, 0, "it is kept nowhere");
}

#[test]
fn a_round_for_this_session_is_never_sent_to_the_store_and_is_not_left_unless_it_is_in_a_file() {
    let mut person = to_protect();
    person.say(Msg::Setup(Setup::ChoseKept("memory".into())));
    person.say(Msg::Setup(Setup::ClickedProtect));
    assert_eq!(person.open().keeping, Keeping::Memory);
    assert_eq!(at(&person), Route::Round);
    person.choose_file("list.csv", b"Child Unique ID\n1\n2\n3\n");
    person.say(Msg::List(sightline::app::list::Msg::ClickedUse));
    person.draw(2, "314159");
    person.answer_all(CaseNumber(1), "good");
    assert!(person.disk.is_empty() && person.marks.rounds.is_empty());
    assert_eq!(person.open().saved(), Saved::Memory);
    assert!(person.model.is_unsaved());
    person.say(Msg::AddressChanged(Route::Home));
    person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
    assert_eq!(person.open().round.title, "A round", "it would be lost");
    let passphrase = saved::Msg::EnteredPassphrase(PASSPHRASE.into());
    person.say(Msg::Saved(passphrase));
    person.say(Msg::Saved(saved::Msg::ClickedSave));
    assert!(!person.model.is_unsaved());
    person.say(Msg::Shelf(Shelf::ClickedTryMadeUp));
    assert_eq!(person.open().round.title, "Trial with a made-up list");
}

#[test]
fn where_nothing_is_kept_the_round_is_in_memory_and_that_is_told() {
    let mut person = Person::new();
    person.nothing_kept = Some("This browser keeps nothing in a private window.".into());
    person.reload();
    assert!(matches!(person.model.shelf, OnShelf::Unavailable(_)));
    person.start_round("A round", "An auditor");
    assert_eq!(person.open().keeping, Keeping::Memory);
    person.say(Msg::AddressChanged(Route::Home));
    assert!(person.model.is_unsaved());
}

#[test]
fn a_round_of_an_earlier_version_is_sealed_before_it_is_opened() {
    let mut person = protected();
    let id = person.open().id.clone();
    let about = person.about.get_mut(&id.0).expect("the round");
    *about = About {
        plain: true,
        newer: false,
        slots: Vec::new(),
        ..about.clone()
    };
    person.say(Msg::AddressChanged(Route::Findings));
    person.reload();
    assert!(person.model.open.is_none());
    assert_eq!(at(&person), Route::Protect);
    person.protect(PASSPHRASE);
    assert!(person.open().is_protected());
    assert!(!person.about[&id.0].plain);
    person.reload();
    person.unlock(PASSPHRASE);
    assert_eq!(person.open().id, id);
}

#[test]
fn the_passphrase_is_changed_and_the_old_one_opens_nothing_more() {
    let mut person = to_protect();
    let old = person.protect(PASSPHRASE);
    person.say(Msg::Setup(Setup::ClickedAgain));
    assert_eq!(at(&person), Route::Protect);
    let new = person.protect("kettle orbit marble thunder");
    assert_eq!(at(&person), Route::Round);
    person.reload();
    for secret in [PASSPHRASE, &old] {
        person.unlock(secret);
        assert!(person.model.open.is_none());
    }
    person.unlock("kettle orbit marble thunder");
    assert!(person.open().is_protected());
    person.reload();
    person.unlock(&new);
    assert!(matches!(person.open().slots()[0], Slot::Passphrase { .. }));
}

#[test]
fn a_second_tab_reads_along_takes_over_openly_and_neither_loses_a_word() {
    let mut person = Person::with_sample(2);
    person.other_tab = true;
    person.reload();
    assert_eq!(person.open().keeping, Keeping::Along);
    let entries = person.open().lines().len();
    person.edit(CaseNumber(1), "risk.evidence", Edit::Text("typed".into()));
    person.pause();
    assert_eq!(person.open().lines().len(), entries, "it only reads along");
    // The other tab had written less, and goes on.
    let mut grown = person.disk.values().next().expect("a round").clone();
    let line = grown.pop().expect("a line");
    let shorter = grown.clone();
    grown.push(line);
    let round = person.open().id.to_string();
    for (lines, now) in [(shorter, entries - 1), (grown, entries)] {
        person.say(Msg::StoreSaid(Reply::Grew {
            round: round.clone(),
            lines,
            adrift: Vec::new(),
        }));
        assert_eq!(person.open().lines().len(), now);
    }
    person.say(Msg::ClickedTakeOver);
    assert_eq!(person.open().keeping, Keeping::Written);
    person.answer_all(CaseNumber(1), "good");
    assert!(person.open().lines().len() > entries);
    assert_eq!(person.open().saved(), Saved::Yes);
}

#[test]
fn entries_of_another_tab_are_settled_one_by_one() {
    use sightline::app::settle::Msg as Settle;
    let mut person = Person::with_sample(2);
    let begun = person.disk.clone();
    // What another tab wrote beside this round.
    person.edit(
        CaseNumber(1),
        "risk.evidence",
        Edit::Text("first words".into()),
    );
    person.pause();
    person.edit(
        CaseNumber(1),
        "risk.evidence",
        Edit::Text("other words".into()),
    );
    person.pause();
    let lines = person.open().lines().to_vec();
    person.adrift = lines[lines.len() - 2..].to_vec();
    person.disk = begun;
    person.reload();
    person.edit(CaseNumber(1), "risk.evidence", Edit::Text("mine".into()));
    person.pause();
    let waiting = person.open().to_settle();
    let words: Vec<&str> = waiting.iter().map(|entry| entry.words.as_str()).collect();
    assert_eq!(words, ["first words", "other words"]);
    assert_eq!(waiting[0].instead, "mine");
    person.say(Msg::Settle(Settle::Toggled(waiting[1].hash.clone(), true)));
    person.say(Msg::Settle(Settle::ClickedSettle));
    assert_eq!(person.open().to_settle(), []);
    let review = &person.open().round.reviews[&CaseNumber(1)];
    let answer = format!("{:?}", review.answers[&place("risk.evidence")]);
    assert!(answer.contains("other words"), "{answer}");
    let told = person.open().steps()[0].what.clone();
    assert_eq!(told, "settled entries of another tab: 1 taken, 1 left");
    person.reload();
    assert_eq!(
        person.open().to_settle(),
        [],
        "they are not asked for again"
    );
}

#[test]
fn a_store_that_was_cleared_is_noticed() {
    let mut person = protected();
    let id = person.open().id.clone();
    person.disk.clear();
    person.say(Msg::AddressChanged(Route::Home));
    person.reload();
    let missing = &person.model.missing;
    assert_eq!(
        (missing.len(), missing[0].had, missing[0].has),
        (1, 1, None)
    );
    person.say(Msg::Shelf(Shelf::ClickedKnown(id)));
    person.reload();
    assert_eq!(person.model.missing, []);
}
