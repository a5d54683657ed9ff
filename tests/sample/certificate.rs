//! What a certificate says, and what happens to one that is not quite as expected.

use expect_test::expect_file;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::Method;

use crate::lists::{Loaded, given, ids};

fn small() -> Certificate {
    let rows = [" A-1", "A-2", "A-3\u{a0}", "B-1", "B-2", "B-3", "B-2", ""];
    let mut loaded = Loaded::of_ids(&rows);
    loaded.source.sheet = Some("List 7".to_owned());
    let mut method = Method::simple(2);
    method.reserve = Some(1);
    loaded.draw(&method, "314159").unwrap()
}

#[test]
fn a_certificate_as_it_is_saved() {
    expect_file!["certificate.json"].assert_eq(&small().to_json());
}

#[test]
fn a_certificate_is_read_as_it_was_written() {
    assert_eq!(Certificate::read(&small().to_json()).unwrap(), small());
}

#[test]
fn later_fields_are_read_past_and_told() {
    let json = small()
        .to_json()
        .replacen("\"size\": 6", "\"size\": 6, \"colour\": \"green\"", 1)
        .replacen('{', "{\"witness\": \"A. Person\",", 1);
    let certificate = Certificate::read(&json).unwrap();
    assert_eq!(certificate.unknown, ["frame.colour", "witness"]);
}

#[test]
fn later_formats_and_other_files_are_refused_with_the_reason() {
    let refused = |json: &str| Certificate::read(json).unwrap_err().reason().to_owned();
    let json = small().to_json();
    let newer = json.replace("sightline-certificate/1", "sightline-certificate/2");
    assert!(refused(&newer).contains("made by a newer Sightline"));
    let newer = json.replace("\"version\": 1", "\"version\": 2");
    assert!(refused(&newer).contains("version 2 of its method"));
    let unheard_of = json.replace("\"name\": \"simple\"", "\"name\": \"psychic\"");
    assert!(refused(&unheard_of).contains("unknown variant `psychic`"));
    assert!(refused(&json.replace("\"seed\"", "\"sead\"")).contains("missing field `seed`"));
    assert!(refused("PK\u{3}\u{4}").contains("not JSON"));
    assert!(refused("[1, 2]").contains("“format”"));
    assert!(refused("{\"format\": \"sightline-form/1\"}").contains("“format”"));
}

#[test]
fn every_file_cut_short_is_refused_and_none_panics() {
    let json = small().to_json();
    for end in (0..json.len()).filter(|end| json.is_char_boundary(*end)) {
        assert!(Certificate::read(json.get(..end).unwrap()).is_err());
    }
}

#[test]
fn a_second_draw_needs_a_reason() {
    let loaded = Loaded::of_ids(&ids(9));
    let draw = |number, reason: Option<&str>| {
        let number = DrawNumber {
            number,
            reason: reason.map(str::to_owned),
        };
        Certificate::draw(&loaded.list(), &Method::simple(2), &given("1"), number)
    };
    assert!(draw(2, Some("Two teams were merged.")).is_ok());
    for (number, reason) in [(0, None), (2, None), (2, Some("  "))] {
        assert!(draw(number, reason).is_err());
    }
}
