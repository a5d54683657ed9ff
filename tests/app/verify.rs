//! Checking a certificate on the page, without any round: what each file is, what is lacking, what does
//! not fit. (That certificates of every method hold stands with their draws, in `methods.rs`,
//! `further.rs` and `linking.rs`.)

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test whose check was not made, or whose file was taken for another, has failed"
)]

use sightline::app::verify::Msg as Verify;
use sightline::app::{Effect, Msg, Tag, sampling};
use sightline::desk::verify::FileIs;
use sightline::desk::{Reply, verify::Report};
use sightline::sample::verify::Verification;

use crate::person::Person;

const NAME: &str = "made-up-child-protection.csv";
const LIST: &[u8] = include_bytes!("../../demo/child-protection.csv");

/// The certificate of four cases of the made-up list, as it is saved.
fn certificate() -> Vec<u8> {
    let mut person = Person::with_sample(4);
    person.say(Msg::Sampling(sampling::Msg::ClickedSaveCertificate));
    person.files.pop().expect("a file").1
}

fn says(person: &Person) -> Vec<FileIs> {
    let files = person.model.verify.files.iter();
    files
        .map(|given| given.is.clone().expect("looked at"))
        .collect()
}

fn found(person: &Person) -> &Verification {
    person.model.verify.found.as_ref().expect("it was checked")
}

fn unread(person: &Person, part: &str) {
    let says = says(person);
    let FileIs::Unread(why) = says.last().expect("a file") else {
        panic!("{says:?} should end in a file that is refused");
    };
    assert!(why.contains(part), "{why}");
    assert!(person.model.verify.found.is_none());
}

#[test]
fn it_needs_no_round_and_the_files_may_come_in_any_order() {
    let mut person = Person::new();
    person.give(&[(NAME, LIST)]);
    assert_eq!(says(&person), [FileIs::List]);
    assert!(person.model.verify.certificate.is_none());
    person.give(&[("certificate.json", &certificate())]);
    assert_eq!(says(&person), [FileIs::ListDrawnFrom, FileIs::Certificate]);
    assert!(found(&person).matches);
    assert!(person.model.open.is_none());
    assert_eq!(
        person.focus.last().map(String::as_str),
        Some("verify-result")
    );
}

#[test]
fn the_list_that_is_lacking_is_named() {
    let mut person = Person::new();
    person.give(&[("certificate.json", &certificate())]);
    assert_eq!(person.model.verify.lacking, [NAME]);
    assert!(person.model.verify.found.is_none());
    person.give(&[("renamed.csv", LIST)]);
    let found = found(&person);
    assert!(found.matches, "{found:#?}");
    assert!(
        found.notes[0].contains("is called “renamed.csv” now"),
        "{found:#?}"
    );
}

#[test]
fn what_does_not_fit_is_named_and_where() {
    let mut person = Person::new();
    let text = String::from_utf8(certificate()).expect("text");
    let forged = text.replacen("\"size\": 120", "\"size\": 121", 1);
    assert_ne!(forged, text);
    person.give(&[("forged.json", forged.as_bytes()), (NAME, LIST)]);
    let found = found(&person);
    assert!(!found.matches);
    let figure = "Cases in the frame: the certificate says 121, the list gives 120.";
    assert!(found.mismatches.iter().any(|it| it == figure), "{found:#?}");
    let wrong: Vec<&str> = found
        .checked
        .iter()
        .filter(|checked| !checked.matches)
        .map(|checked| checked.what.as_str())
        .collect();
    assert_eq!(
        wrong,
        [
            "Every row of the list",
            "The cases, by their number and fingerprint"
        ]
    );
}

#[test]
fn a_certificate_given_later_takes_the_place_of_the_one_before() {
    let mut person = Person::new();
    let good = certificate();
    let text = String::from_utf8(good.clone()).expect("text");
    let other = text.replacen("314159", "314160", 1);
    person.give(&[(NAME, LIST), ("other.json", other.as_bytes())]);
    assert!(found(&person).mismatches[0].contains("“314160” gives none of the certificate's"));
    person.give(&[("good.json", &good)]);
    assert_eq!(
        says(&person),
        [
            FileIs::ListDrawnFrom,
            FileIs::EarlierCertificate,
            FileIs::Certificate
        ]
    );
    assert!(found(&person).matches);
}

#[test]
fn files_that_are_none_of_it_are_told_in_words_for_people() {
    let mut person = Person::new();
    person.give(&[("broken.json", b"{\"format\": ")]);
    unread(&person, "it is not JSON");
    person.give(&[("settings.json", b"{\"theme\": \"dark\"}")]);
    unread(&person, "This is not a certificate");
    let text = String::from_utf8(certificate()).expect("text");
    let newer = text.replacen("sightline-certificate/1", "sightline-certificate/2", 1);
    person.give(&[("newer.json", newer.as_bytes())]);
    unread(&person, "made by a newer Sightline");
    person.say(Msg::Verify(Verify::ClickedAnew));
    person.give(&[
        ("certificate.json", text.as_bytes()),
        ("paper.pdf", b"%PDF-1.7\n"),
    ]);
    unread(&person, "a PDF document");
    assert!(person.model.verify.certificate.is_some());
}

/// What `sightline draw … > certificate.json` writes in an older shell of Windows.
#[test]
fn a_certificate_in_utf_16_is_read() {
    let text = String::from_utf8(certificate()).expect("text");
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(wide).collect();
    let mut person = Person::new();
    person.give(&[("certificate.json", &bytes), (NAME, LIST)]);
    assert!(found(&person).matches);
}

#[test]
fn another_list_beside_the_right_one_does_no_harm_and_can_be_taken_away() {
    let mut person = Person::new();
    let certificate = certificate();
    person.give(&[
        ("other.csv", b"Id,Team\n1,North\n"),
        (NAME, LIST),
        ("certificate.json", &certificate),
    ]);
    assert_eq!(says(&person)[0], FileIs::OtherList);
    assert!(found(&person).matches);
    let other = person.model.verify.files[0].file;
    person.say(Msg::Verify(Verify::ClickedRemove(other)));
    assert_eq!(says(&person), [FileIs::ListDrawnFrom, FileIs::Certificate]);
}

/// The list alone cannot be told from a wrong one: it is taken for the list, and fails by name.
#[test]
fn the_wrong_list_alone_fails_by_name() {
    let mut person = Person::new();
    person.give(&[
        ("certificate.json", &certificate()),
        ("other.csv", b"Id,Team\n1,North\n"),
    ]);
    let found = found(&person);
    assert_eq!(
        found.mismatches,
        ["The list has no column “Child Unique ID”, from which the certificate takes its ids."]
    );
    assert!(!found.checked[0].matches);
}

#[test]
fn a_desk_that_fails_is_told_and_late_answers_are_dropped() {
    let mut person = Person::new();
    let certificate = certificate();
    person.give(&[("certificate.json", &certificate), (NAME, LIST)]);
    let late = Report {
        files: Vec::new(),
        certificate: None,
        lacking: Vec::new(),
        found: None,
    };
    let reply = Reply::Verified(Box::new(late));
    person.say(Msg::Verify(Verify::Answered(Tag(0), reply)));
    assert!(
        found(&person).matches,
        "an answer to an earlier look is dropped"
    );

    let file = person.model.verify.files[0].file;
    let effects = person
        .model
        .update(0, Msg::Verify(Verify::ClickedRemove(file)));
    let Some(Effect::AskVerifier(tag, ..)) = effects.first() else {
        panic!("{effects:?}");
    };
    person.say(Msg::Verify(Verify::Failed(*tag)));
    let failed = person.model.verify.failed.as_ref().expect("it is told");
    assert!(failed.contains("nothing was checked"), "{failed}");
}
