//! Going on from a draw on the page: more, in the place of another, again; with a reason or not at all.
#![expect(
    clippy::expect_used,
    reason = "a test whose files cannot be written or whose command cannot run has failed"
)]

use std::path::PathBuf;
use std::process::Command;
use std::{fs, str};

use sightline::app::sampling::further::Msg as Further;
use sightline::app::{Msg, Route, sampling};
use sightline::review::CaseNumber;
use sightline::round::Sample;

use crate::person::{Person, at};

const LIST: &[u8] = include_bytes!("../../demo/child-protection.csv");

fn say(person: &mut Person, msg: Further) {
    person.say(Msg::Sampling(sampling::Msg::Further(msg)));
}

fn sample(person: &Person) -> &Sample {
    person.open().round.sample.as_ref().expect("a sample")
}

fn fields(person: &Person) -> Vec<&str> {
    let errors = &person.open().sampling.errors;
    errors.iter().map(|(field, _)| field.as_str()).collect()
}

fn more(person: &mut Person, size: &str, reason: &str) {
    say(person, Further::ClickedMore);
    say(person, Further::EnteredMore(size.into()));
    say(person, Further::EnteredReason(reason.into()));
    say(person, Further::ClickedGoOn);
}

#[test]
fn more_and_replaced_cases_are_those_of_the_command_line() {
    let mut person = Person::with_sample(4);
    let replaced = sample(&person).cases[1].id.clone();
    more(&mut person, "3", "A wider look");
    assert_eq!(at(&person), Route::Certificate);
    say(&mut person, Further::ClickedReplace(CaseNumber(2)));
    say(&mut person, Further::EnteredReason("File sealed".into()));
    say(&mut person, Further::ClickedGoOn);
    assert_eq!(at(&person), Route::Cases);
    assert_eq!(sample(&person).cases.len(), 7);
    assert_eq!(sample(&person).replaced[0].case.id, replaced);
    person.say(Msg::Sampling(sampling::Msg::ClickedSaveCertificate));
    let saved = person.files.last().expect("a file").1.clone();

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("further");
    fs::create_dir_all(&folder).expect("a folder");
    let name = "made-up-child-protection.csv";
    fs::write(folder.join(name), LIST).expect("the list");
    let run = |arguments: &[&str], keep: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_sightline"))
            .args(arguments)
            .current_dir(&folder)
            .output()
            .expect("the command ran");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{complaint}");
        fs::write(folder.join(keep), &output.stdout).expect("written");
        output.stdout
    };
    let draw = [
        "draw",
        name,
        "--id",
        "Child Unique ID",
        "--seed",
        "314159",
        "--size",
        "4",
    ];
    run(&draw, "first.json");
    let wider = ["--more", "3", "--reason", "A wider look"];
    run(
        &[&["extend", "first.json", "--list", name][..], &wider].concat(),
        "second.json",
    );
    let replace = ["--replace", replaced.as_str(), "--reason", "File sealed"];
    let third = run(
        &[&["extend", "second.json", "--list", name][..], &replace].concat(),
        "third.json",
    );
    assert_eq!(str::from_utf8(&saved), str::from_utf8(&third));
    person.expect_certificate_holds(&[(name, LIST)]);
}

#[test]
fn without_a_number_or_a_reason_nothing_is_drawn() {
    let mut person = Person::with_sample(4);
    more(&mut person, "", " ");
    assert_eq!(fields(&person), ["more-size", "further-reason"]);
    more(&mut person, "117", "All of them");
    assert_eq!(fields(&person), ["more-size"], "more than are left");
    assert_eq!(sample(&person).cases.len(), 4);
    say(&mut person, Further::ClickedLeave);
    assert!(person.open().sampling.going.is_none() && fields(&person).is_empty());
}

#[test]
fn after_a_reload_the_list_is_asked_for_before_the_draw_goes_on() {
    let mut person = Person::with_sample(4);
    person.reload();
    more(&mut person, "2", "A wider look");
    assert_eq!(fields(&person), ["#/list"]);
    person.choose_file("the-same.csv", LIST);
    assert!(person.open().has_drawn_list());
    more(&mut person, "2", "A wider look");
    assert_eq!(sample(&person).cases.len(), 6);
}

#[test]
fn another_list_is_no_list_to_go_on_from() {
    let mut person = Person::with_sample(4);
    person.choose_file(
        "other.csv",
        b"Child Unique ID,Team\n1,North\n2,South\n3,North\n",
    );
    assert!(!person.open().has_drawn_list());
    more(&mut person, "2", "A wider look");
    assert_eq!(fields(&person), ["#/list"]);
}

#[test]
fn a_second_draw_needs_a_reason_and_keeps_the_first_on_record() {
    let mut person = Person::with_sample(4);
    let first = sample(&person).certificate.clone();
    say(&mut person, Further::ClickedAgain);
    assert_eq!(at(&person), Route::Sample);
    person.draw(5, "another seed");
    assert_eq!(fields(&person), ["further-reason"]);
    assert_eq!(sample(&person).certificate, first);
    say(
        &mut person,
        Further::EnteredReason("The list held closed cases".into()),
    );
    person.draw_with("another seed");
    assert_eq!(at(&person), Route::Certificate);
    let draw = &sample(&person).certificate.draw;
    assert_eq!(draw.number, 2);
    assert_eq!(draw.reason.as_deref(), Some("The list held closed cases"));
    assert_eq!(person.open().round.earlier[0].certificate, first);
}

/// A draw is not made again by chance: the button of the page is not enough.
#[test]
fn without_asking_for_a_second_draw_there_is_none() {
    let mut person = Person::with_sample(4);
    let first = sample(&person).certificate.clone();
    person.say(Msg::AddressChanged(Route::Sample));
    person.draw(5, "another seed");
    assert_eq!(sample(&person).certificate, first);
}
