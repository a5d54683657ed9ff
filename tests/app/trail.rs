//! The audit trail: every entry, filtered, and as a file.

use serde_json::Value;
use sightline::app::trail::{Msg as Trail, SHOWN};
use sightline::app::{Msg, Route, audit};
use sightline::export::trail::FileKind;
use sightline::journal::trail::{KINDS, Kind};
use sightline::review::CaseNumber;

use crate::person::Person;

fn with_two_cases() -> Person {
    let mut person = Person::with_sample(3);
    person.answer_all(CaseNumber(1), "good");
    person.answer_all(CaseNumber(2), "good");
    person.say(Msg::AddressChanged(Route::Check(CaseNumber(1))));
    person.say(Msg::Audit(audit::Msg::ClickedSign(CaseNumber(1))));
    person.say(Msg::AddressChanged(Route::Trail));
    person
}

fn say(person: &mut Person, msg: Trail) {
    person.say(Msg::Trail(msg));
}

#[test]
fn the_trail_tells_every_entry_the_newest_first_with_who_and_which_question() {
    let person = with_two_cases();
    let steps = person.open().steps();
    assert_eq!(steps.len(), person.open().lines().len());
    assert!(steps.windows(2).all(|pair| pair[0].line > pair[1].line));
    assert!(steps.iter().all(|step| step.name == "Trial auditor"));
    let first = steps.last().unwrap();
    assert_eq!(
        first.what,
        "Trial auditor opened the round “Trial with a made-up list”"
    );
    let form = &person.open().round.form;
    let answered = steps.iter().find(|step| step.kind == Kind::Answer).unwrap();
    let asked = form
        .questions()
        .any(|question| answered.what == format!("answered “{}” of case 2", question.text));
    assert!(asked, "{}", answered.what);
}

#[test]
fn the_filters_part_the_entries() {
    let mut person = with_two_cases();
    let all = person.open().steps().len();
    let mut parts = 0;
    for kind in 0..KINDS.len() {
        say(&mut person, Trail::ChoseKind(kind.to_string()));
        parts += person.open().steps().len();
    }
    assert_eq!(parts, all, "each entry is of one kind");
    say(&mut person, Trail::ChoseKind("4".into()));
    say(&mut person, Trail::ChoseCase("1".into()));
    let signed: Vec<_> = person.open().steps();
    assert_eq!(signed.len(), 1);
    assert_eq!(signed[0].what, "Trial auditor signed case 1");
    say(&mut person, Trail::ChoseCase("2".into()));
    assert_eq!(person.open().steps(), []);
    say(&mut person, Trail::ChoseKind(String::new()));
    say(&mut person, Trail::ChoseCase(String::new()));
    say(&mut person, Trail::ChoseAuthor("somebody else".into()));
    assert_eq!(person.open().steps(), []);
    say(&mut person, Trail::ChoseAuthor(String::new()));
    assert_eq!(person.open().steps().len(), all);
    say(&mut person, Trail::ClickedMore);
    assert_eq!(person.open().trail.shown, 2 * SHOWN);
}

#[test]
fn the_files_hold_exactly_the_entries_that_are_chosen_and_no_word_about_a_child() {
    let mut person = with_two_cases();
    say(&mut person, Trail::ChoseCase("1".into()));
    let chosen = person.open().steps();
    say(&mut person, Trail::ClickedExport(FileKind::Json));
    let (name, json) = person.files.last().unwrap().clone();
    assert_eq!(name, "sightline-trail-2026-11-18.json");
    let file: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(file["format"], "sightline-trail/1");
    assert_eq!(file["filter"]["case"], 1);
    let written = file["trail"].as_array().unwrap();
    assert_eq!(written.len(), chosen.len());
    for (entry, step) in written.iter().zip(chosen.iter().rev()) {
        assert_eq!(*entry, serde_json::to_value(step).unwrap());
    }
    say(&mut person, Trail::ClickedExport(FileKind::Csv));
    let csv = String::from_utf8(person.files.last().unwrap().1.clone()).unwrap();
    assert!(csv.starts_with(
        "\u{feff}Entry,When (UTC),Who,Case,Kind,What was done,Author,Author's entry\r\n"
    ));
    assert_eq!(csv.lines().count(), chosen.len() + 1);
    let when = csv.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    assert!(
        when.starts_with("2026-11-1") && when.ends_with('Z'),
        "{when}"
    );
    for file in [csv, String::from_utf8(json).unwrap()] {
        assert!(!file.contains("Seen on file"), "no answer leaves");
    }
}
