//! Leaving out who was audited lately, by the file of an earlier round.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test in which a file cannot be made has failed"
)]

use sightline::app::list::earlier::{FILE_FIELD, MONTHS_FIELD, Msg as Earlier, PASSPHRASE_FIELD};
use sightline::app::list::unit::Msg as UnitMsg;
use sightline::app::list::who::Msg as Who;
use sightline::app::{FileKey, Msg, Route, audit, findings, list};
use sightline::export::ExportKind;
use sightline::file::{self, Lock, Saved};
use sightline::frame::annex_a::Unit;
use sightline::review::CaseNumber;
use sightline::seal::age::{Entropy, Work};
use sightline::table::date::Date;

use crate::person::Person;

const PASSPHRASE: &str = "twelve quiet herons";

/// A round whose sample has four cases, of which the first two are signed.
fn audited() -> Person {
    let mut person = Person::with_sample(4);
    for case in [CaseNumber(1), CaseNumber(2)] {
        person.answer_all(case, "good");
        person.say(Msg::Audit(audit::Msg::ClickedSign(case)));
    }
    person
}

fn ids(person: &Person) -> Vec<String> {
    let cases = person.open().round.cases().iter();
    cases.map(|case| case.id.clone()).collect()
}

fn sealed(person: &Person) -> Vec<u8> {
    let saved = Saved {
        round: person.open().id.to_string(),
        saved_at: person.clock,
        lines: person.open().lines().to_vec(),
    };
    let lock = Lock::Passphrase(PASSPHRASE, Work(1));
    file::write(&saved, lock, &Entropy([7; 48])).unwrap()
}

/// A list of these cases and ten more, on the page that says who is in.
fn next_round(known: &[String]) -> Person {
    let mut person = Person::new();
    person.start_round("The next round", "An auditor");
    let mut list = "Child Unique ID,Team\n".to_owned();
    let new = (0..10).map(|number| format!("new-{number}"));
    for id in known.iter().cloned().chain(new) {
        list.extend([id.as_str(), ",North\n"]);
    }
    person.choose_file("list.csv", list.as_bytes());
    person.say(Msg::AddressChanged(Route::ListWho));
    person
}

fn say(person: &mut Person, msg: Earlier) {
    person.say(Msg::List(list::Msg::Earlier(msg)));
}

fn choose(person: &mut Person, name: &str, bytes: &[u8]) {
    person.choose(bytes);
    say(person, Earlier::ChoseFile(FileKey(0), name.into()));
}

/// Cases that are in, and what is left out with its reason. Every row is accounted for.
fn sum(person: &Person) -> (usize, Vec<(String, usize)>) {
    let (_, frame) = person.open().list.framed().expect("a frame");
    let left_out: Vec<_> = frame
        .excluded
        .iter()
        .map(|it| (it.reason.clone(), it.count))
        .collect();
    let all: usize = left_out.iter().map(|(_, count)| count).sum();
    assert_eq!(frame.read, frame.size + all + frame.faulty);
    (frame.size, left_out)
}

fn error(person: &Person) -> (&'static str, String) {
    person.open().list.earlier.errors[0].clone()
}

#[test]
fn the_signed_cases_of_a_sealed_round_are_left_out_and_stand_in_the_certificate() {
    let before = audited();
    let known = ids(&before);
    let mut person = next_round(&known);
    choose(&mut person, "renamed.bin", &sealed(&before));
    say(
        &mut person,
        Earlier::EnteredPassphrase("a wrong one".into()),
    );
    say(&mut person, Earlier::ClickedOpen);
    assert_eq!(error(&person).0, PASSPHRASE_FIELD);
    say(&mut person, Earlier::EnteredPassphrase(PASSPHRASE.into()));
    say(&mut person, Earlier::ClickedOpen);
    let found = person.open().list.earlier.found.clone().expect("a round");
    assert_eq!((found.earlier.cases.len(), found.earlier.unaudited), (2, 2));
    assert!(person.open().list.earlier.passphrase.is_empty());
    let day = Date::of_millis(before.clock).to_string();
    say(&mut person, Earlier::ClickedLeaveOut);
    let (size, left_out) = sum(&person);
    assert_eq!((size, left_out[0].1), (12, 2));
    let reason = &left_out[0].0;
    assert!(
        reason.starts_with("Audited in the last 6 months, from "),
        "{reason}"
    );
    assert!(
        reason.ends_with(&format!("to {day} (renamed.bin)")),
        "{reason}"
    );

    person.say(Msg::List(list::Msg::ClickedUse));
    person.draw(12, "314159");
    assert!(ids(&person).iter().all(|id| !known[..2].contains(id)));
    let sample = person.open().round.sample.clone().expect("a sample");
    assert_eq!(sample.certificate.excluded[0].reason, *reason);
    let text = serde_json::to_string(&sample.certificate).unwrap();
    let hash = sightline::table::sha256(&sealed(&before)).unwrap();
    assert!(text.contains(&hash) && text.contains(&known[0]), "{text}");
}

#[test]
fn only_the_months_before_the_reference_day_count() {
    let before = audited();
    let mut person = next_round(&ids(&before));
    choose(&mut person, "round.sightline", &sealed(&before));
    say(&mut person, Earlier::EnteredPassphrase(PASSPHRASE.into()));
    say(&mut person, Earlier::ClickedOpen);
    let year = Date::of_millis(before.clock).year() + 1;
    person.say(Msg::List(list::Msg::Who(Who::EnteredDay(format!(
        "{year}-12-01"
    )))));
    say(&mut person, Earlier::ClickedLeaveOut);
    assert_eq!(error(&person).0, MONTHS_FIELD, "nobody was audited since");
    say(&mut person, Earlier::EnteredMonths("soon".into()));
    say(&mut person, Earlier::ClickedLeaveOut);
    assert_eq!(error(&person).0, MONTHS_FIELD);
    assert_eq!(sum(&person), (14, Vec::new()));
    say(&mut person, Earlier::EnteredMonths("24".into()));
    say(&mut person, Earlier::ClickedLeaveOut);
    assert_eq!(sum(&person).0, 12);
    person.say(Msg::List(list::Msg::Who(Who::ClickedRemove(0))));
    assert_eq!(sum(&person), (14, Vec::new()));
}

#[test]
fn findings_name_who_was_audited_in_each_of_their_formats_if_ids_are_in_them() {
    for kind in [ExportKind::Workbook, ExportKind::Csv, ExportKind::Json] {
        let mut before = audited();
        let without = before.export(kind);
        before.say(Msg::Findings(findings::Msg::ToggledIds));
        let with = before.export(kind);
        let mut person = next_round(&ids(&before));
        choose(&mut person, "findings", &without);
        let (field, why) = error(&person);
        assert_eq!(field, FILE_FIELD, "{kind:?}");
        assert!(why.contains("with the ids in them"), "{kind:?}: {why}");
        choose(&mut person, "findings", &with);
        say(&mut person, Earlier::ClickedLeaveOut);
        let (size, left_out) = sum(&person);
        assert_eq!((size, left_out[0].1), (12, 2), "{kind:?}");
    }
}

#[test]
fn of_a_certificate_that_says_no_day_all_cases_are_left_out() {
    let before = audited();
    let certificate = before.open().round.sample.clone().unwrap().certificate;
    let bytes = serde_json::to_vec(&certificate).unwrap();
    let mut person = next_round(&ids(&before));
    choose(&mut person, "certificate.json", &bytes);
    say(&mut person, Earlier::ClickedLeaveOut);
    let reason = "Audited in an earlier round (certificate.json)".to_owned();
    assert_eq!(sum(&person), (10, vec![(reason, 4)]));
}

#[test]
fn of_any_list_the_columns_are_guessed_and_can_be_chosen() {
    let mut person = next_round(&["1".into(), "2".into(), "3".into()]);
    let day = Date::of_millis(person.clock);
    let list = format!(
        "Nr,Child Unique ID,Audited on,Reviewed on\n9,1,{day},01/01/2001\n9,2,01/02/2003,{day}\n9,3,soon,\n"
    );
    choose(&mut person, "audits.csv", list.as_bytes());
    let found = person.open().list.earlier.found.clone().unwrap();
    assert_eq!(found.id.as_deref(), Some("Child Unique ID"));
    assert_eq!(found.on.as_deref(), Some("Audited on"));
    assert_eq!(
        found.problems[0].count, 1,
        "a day that cannot be read is told"
    );
    say(&mut person, Earlier::ChoseOn("Reviewed on".into()));
    say(&mut person, Earlier::ClickedLeaveOut);
    assert_eq!(sum(&person).0, 12);
    choose(&mut person, "audits-2.csv", list.as_bytes());
    say(&mut person, Earlier::ChoseOn(String::new()));
    say(&mut person, Earlier::ClickedLeaveOut);
    assert_eq!(sum(&person).0, 10);
}

#[test]
fn a_child_audited_before_is_left_out_of_a_list_of_events_too() {
    let mut person = Person::new();
    person.start_round("Referrals", "An auditor");
    let list = "Child Unique ID,Date of referral\n1,01/02/2026\n1,02/02/2026\n2,03/02/2026\n";
    person.choose_file("list.csv", list.as_bytes());
    person.say(Msg::List(list::Msg::Unit(UnitMsg::ChoseUnit(Unit::Event))));
    choose(
        &mut person,
        "ids.csv",
        b"Child Unique ID,Team\n1,North\n7,North\n",
    );
    say(&mut person, Earlier::ClickedLeaveOut);
    let (size, left_out) = sum(&person);
    assert_eq!((size, left_out[0].1), (1, 2));
}

#[test]
fn what_is_no_earlier_round_is_refused_at_the_field_and_nothing_is_lost() {
    let mut person = next_round(&["1".into()]);
    for (bytes, why) in [
        (&b"%PDF-1.7"[..], "PDF"),
        (b"{\"a\":1}", "neither a certificate nor findings"),
        (b"", "empty"),
    ] {
        choose(&mut person, "file", bytes);
        let (field, said) = error(&person);
        assert_eq!(field, FILE_FIELD);
        assert!(said.contains(why), "{said}");
    }
    assert_eq!(sum(&person), (11, Vec::new()));
}

#[test]
fn leaving_the_page_forgets_the_passphrase_and_a_late_answer() {
    let before = audited();
    let mut person = next_round(&ids(&before));
    choose(&mut person, "round.sightline", &sealed(&before));
    say(&mut person, Earlier::EnteredPassphrase(PASSPHRASE.into()));
    let effects = person
        .model
        .update(0, Msg::List(list::Msg::Earlier(Earlier::ClickedOpen)));
    assert!(person.open().list.earlier.is_unsealing());
    person.say(Msg::AddressChanged(Route::List));
    assert!(person.open().list.earlier.passphrase.is_empty());
    person.perform(effects);
    assert!(person.open().list.earlier.found.is_none());
    assert_eq!(sum(&person), (14, Vec::new()));
}
