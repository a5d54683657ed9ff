//! A check names each single thing that was changed.

use proptest::prelude::*;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::Method;
use sightline::sample::seed::SeedOrigin;

use crate::lists::{Loaded, ids};

fn loaded() -> Loaded {
    Loaded::of_ids(&ids(40))
}

fn certificate() -> Certificate {
    loaded().draw(&Method::simple(6), "314159").unwrap()
}

/// Changes the certificate, and expects exactly these sentences (their beginnings).
fn check(change: impl FnOnce(&mut Certificate), expected: &[&str]) {
    let mut certificate = certificate();
    change(&mut certificate);
    expect(&loaded().verify(&certificate).mismatches, expected);
}

fn expect(mismatches: &[String], expected: &[&str]) {
    assert_eq!(mismatches.len(), expected.len(), "{mismatches:#?}");
    for (mismatch, expected) in mismatches.iter().zip(expected) {
        assert!(
            mismatch.contains(expected),
            "{mismatch} should contain {expected}"
        );
    }
}

#[test]
fn an_honest_certificate_matches_without_a_note() {
    let verification = loaded().verify(&certificate());
    assert!(verification.matches, "{verification:#?}");
    assert!(verification.notes.is_empty(), "{verification:#?}");
}

#[test]
fn a_changed_seed() {
    check(
        |certificate| certificate.seed.text = "314160".to_owned(),
        &["The seed “314160” gives none of the certificate's 11 tickets"],
    );
    check(
        |certificate| certificate.seed.text.push(' '),
        &["The seed is not valid. There is white space"],
    );
    check(
        |certificate| certificate.seed.text.clear(),
        &["The seed is not valid. The seed is empty"],
    );
}

#[test]
fn an_altered_ticket() {
    for change in [
        "0.5",
        "",
        "0.414200000000000000000000000000000000000000000000000000000000000000000000",
    ] {
        check(
            |certificate| certificate.sample[2].ticket = change.to_owned(),
            &["The ticket of case 3, “C-039”, is 0."],
        );
    }
    check(
        |certificate| certificate.reserve[0].ticket.push('0'),
        &["The ticket of case 7, “C-013”, is 0."],
    );
}

#[test]
fn a_changed_order() {
    check(
        |certificate| {
            certificate.sample.swap(0, 1);
            certificate.sample[0].order = 1;
            certificate.sample[1].order = 2;
        },
        &[
            "Place 1 of the sample belongs to “C-014”",
            "Place 2 of the sample belongs to “C-011”",
        ],
    );
    check(
        |certificate| certificate.sample[5].order = 60,
        &["The sample numbers “C-004” as 60 where the count comes to 6"],
    );
}

#[test]
fn another_case_in_the_place_of_one() {
    check(
        |certificate| certificate.sample[0].id = "C-002".to_owned(),
        &[
            "The ticket of case 1, “C-002”",
            "“C-002” is in the sample, and the draw does not put it there",
            "“C-014” belongs in the sample by the draw, and is missing",
        ],
    );
    check(
        |certificate| certificate.sample[0].id = "X".to_owned(),
        &[
            "Case 1 of the draw, “X”, is not in this list",
            "The ticket of case 1, “X”",
            "“X” is in the sample",
            "“C-014” belongs in the sample",
        ],
    );
}

#[test]
fn a_case_left_out_or_put_in() {
    check(
        |certificate| {
            certificate.sample.pop();
        },
        &[
            "Cases in the sample: the certificate says 5, the list gives 6",
            "“C-004” belongs in",
        ],
    );
    check(
        |certificate| {
            let twice = certificate.sample[0].clone();
            certificate.sample.push(twice);
        },
        &["Cases in the sample: the certificate says 7, the list gives 6"],
    );
}

#[test]
fn a_wrong_reserve() {
    check(
        |certificate| {
            certificate.reserve.remove(0);
        },
        &[
            "Cases in the reserve: the certificate says 4",
            "“C-013” belongs in the reserve",
            "The reserve numbers “C-019” as 8 where the count comes to 7",
            "numbers “C-030” as 9",
            "numbers “C-029” as 10",
            "numbers “C-017” as 11",
        ],
    );
    check(
        |certificate| certificate.reserve.clear(),
        &[
            "Cases in the reserve: the certificate says 0",
            "C-013",
            "C-019",
            "C-030",
            "C-029",
            "C-017",
        ],
    );
}

#[test]
fn a_changed_method() {
    check(
        |certificate| certificate.method.drop = 1,
        &[
            "“C-014” is in the sample",
            "“C-013” belongs in the sample",
            "“C-013” is in the reserve",
            "belongs in the reserve",
        ],
    );
    check(
        |certificate| certificate.method.size = 41,
        &["The draw cannot be made again. The sample of 41 is larger than the frame"],
    );
}

#[test]
fn counts_that_do_not_add_up() {
    check(
        |certificate| certificate.list.rows = 41,
        &[
            "Rows read: the certificate says 41, the list gives 40",
            "do not add up: 40 in the frame, 0 excluded and 0 faulty are 40, not 41",
        ],
    );
    check(
        |certificate| certificate.faulty.count = 1,
        &["Faulty rows: the certificate says 1", "do not add up"],
    );
    check(
        |certificate| certificate.frame.size = 39,
        &[
            "do not add up",
            "Cases in the frame: the certificate says 39",
        ],
    );
    check(
        |certificate| certificate.frame.fingerprint = "0".repeat(64),
        &["The frame's fingerprint is not the certificate's"],
    );
    check(
        |certificate| certificate.unit.columns = vec!["Worker".to_owned()],
        &["A case is made of “Worker” in the certificate, and of “Child ID” here"],
    );
}

#[test]
fn a_second_draw_that_hides_its_reason() {
    check(
        |certificate| certificate.draw.number = 2,
        &["Draw 2 of the same frame needs a reason"],
    );
}

/// Checks the honest certificate against a list of other ids.
fn against(change: impl FnOnce(&mut Vec<String>)) -> Vec<String> {
    let mut ids = ids(40);
    change(&mut ids);
    Loaded::of_ids(&ids).verify(&certificate()).mismatches
}

#[test]
fn a_changed_id_in_the_list() {
    // C-002 was not drawn, C-014 was.
    expect(
        &against(|ids| ids[1] = "C-999".to_owned()),
        &["The frame's fingerprint is not"],
    );
    expect(
        &against(|ids| ids[13] = "C-14".to_owned()),
        &[
            "The frame's fingerprint is not",
            "Case 1 of the draw, “C-014”, is not in this list",
            "“C-014” is in the sample",
            "“C-013” belongs in the sample",
            "“C-013” is in the reserve",
            "belongs in the reserve",
        ],
    );
}

#[test]
fn an_added_or_removed_row() {
    let mismatches = against(|ids| ids.push("C-041".to_owned()));
    expect(
        &mismatches[..3],
        &[
            "Rows read: the certificate says 40, the list gives 41",
            "Cases in the frame: the certificate says 40, the list gives 41",
            "The frame's fingerprint is not",
        ],
    );
    let mismatches = against(|ids| {
        ids.remove(1);
    });
    expect(
        &mismatches[..3],
        &[
            "Rows read: the certificate says 40, the list gives 39",
            "Cases in the frame",
            "fingerprint",
        ],
    );
    // A repeated row changes no draw, and is named all the same.
    expect(
        &against(|ids| ids.push("C-001".to_owned())),
        &[
            "Rows read",
            "Rows excluded because “Repeats the id of an earlier row”: the certificate says 0",
        ],
    );
}

#[test]
fn another_file_with_the_same_cases_is_a_note() {
    let mut shuffled = ids(40);
    shuffled.reverse();
    let mut loaded = Loaded::of_ids(&shuffled);
    loaded.source.sha256 = "1".repeat(64);
    loaded.source.name = "again.xlsx".to_owned();
    loaded.source.sheet = Some("Sheet1".to_owned());
    let verification = loaded.verify(&certificate());
    assert!(verification.matches, "{verification:#?}");
    expect(
        &verification.notes,
        &[
            "not byte for byte the one that was drawn from, but it holds the same cases",
            "called “cases.csv” when it was drawn from, and is called “again.xlsx” now",
            "made from no sheet, and this is sheet “Sheet1”",
        ],
    );
}

#[test]
fn circumstances_are_notes() {
    let mut certificate = certificate();
    certificate.draw = DrawNumber {
        number: 2,
        reason: Some("The list was out of date.".to_owned()),
    };
    certificate.seed.origin = SeedOrigin::Machine;
    certificate.recipe.push("rm -rf ids.txt".to_owned());
    certificate.unknown.push("witness".to_owned());
    let verification = loaded().verify(&certificate);
    assert!(verification.matches);
    expect(
        &verification.notes,
        &[
            "The recipe in the certificate is not the one that this program writes",
            "This is draw 2 of its frame. The reason given: The list was out of date.",
            "The seed was made by the machine",
            "did not check: witness",
        ],
    );
}

proptest! {
    #[test]
    fn every_draw_matches_its_own_list_in_any_order(
        ids in prop::collection::btree_set("[a-z0-9|]{1,4}", 1..30),
        seed in "[ -~]{0,9}[!-~]",
        size in 1..30_usize,
    ) {
        let ids: Vec<String> = ids.into_iter().collect();
        let method = Method::simple(size.min(ids.len()));
        let certificate = Loaded::of_ids(&ids).draw(&method, &seed).unwrap();
        let read = Certificate::read(&certificate.to_json()).unwrap();
        let other: Vec<&String> = ids.iter().rev().collect();
        let verification = Loaded::of_ids(&other).verify(&read);
        prop_assert!(verification.matches, "{:#?}", verification);
    }
}
