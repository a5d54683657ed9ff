//! Draws from linked and filtered lists: what their certificates say, and that a check names each
//! single thing that was changed in them or in the lists.

use sightline::frame::filter::{Filter, Side};
use sightline::frame::plan::{Given, Plan, PlannedList};
use sightline::sample::List;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::Method;
use sightline::sample::verify::{Verification, verify_lists};
use sightline::table::date::Date;
use sightline::table::{Source, Table};

use crate::lists::given;

/// Two lists that share ten children, one of them twice on the second, and a row without an id.
struct World {
    need: (Source, Table),
    missing: (Source, Table),
}

impl World {
    fn new() -> Self {
        let need: Vec<Vec<String>> = (1..=20)
            .map(|number| vec![format!("C-{number:02}"), (number % 18).to_string()])
            .collect();
        let mut missing: Vec<Vec<String>> = (11..=30)
            .map(|number| vec![format!("C-{number:02}"), format!("2026-01-{number:02}")])
            .collect();
        missing.push(vec!["C-11".to_owned(), "2025-01-01".to_owned()]);
        missing.push(vec![String::new(), "2026-01-01".to_owned()]);
        let header = |one: &str, other: &str| [one.to_owned(), other.to_owned()];
        Self {
            need: (
                source("need.csv", '1'),
                Table::from_rows(&header("Child ID", "Age"), &need),
            ),
            missing: (
                source("missing.csv", '2'),
                Table::from_rows(&header("Id", "Episode"), &missing),
            ),
        }
    }

    fn given(&self) -> [Option<Given<'_>>; 2] {
        let given = |(source, table)| Given { source, table };
        [&self.need, &self.missing].map(|(source, table)| Some(given((source, table))))
    }

    fn certificate(&self) -> Certificate {
        let lists: Vec<Given> = self.given().into_iter().flatten().collect();
        let framing = plan().run(&lists).unwrap();
        let method = Method::simple(5);
        Certificate::draw(
            &List::of(&framing),
            &method,
            &given("7"),
            DrawNumber::first(),
        )
        .unwrap()
    }

    fn verify(&self, certificate: &Certificate) -> Verification {
        verify_lists(certificate, &self.given())
    }
}

fn source(name: &str, digit: char) -> Source {
    Source {
        name: name.to_owned(),
        sha256: digit.to_string().repeat(64),
        ..Source::default()
    }
}

fn plan() -> Plan {
    let list = |name: &str, id: &str, take: &str| PlannedList {
        name: name.to_owned(),
        id: vec![id.to_owned()],
        take: vec![take.to_owned()],
        ..PlannedList::default()
    };
    let mut missing = list("Missing", "Id", "Episode");
    let recent = Filter::parse(Side::Keep, "days since Episode to 365; Not this year");
    missing.filters = vec![recent.unwrap()];
    let older = Filter::parse(Side::LeaveOut, "age Age to 3, blank kept; Under four");
    Plan {
        day: Date::of_field("2026-03-31"),
        lists: vec![list("Need", "Child ID", "Age"), missing],
        filters: vec![older.unwrap()],
        ..Plan::default()
    }
}

/// Changes the certificate, and expects exactly these sentences (parts of them).
fn check(change: impl FnOnce(&mut Certificate), expected: &[&str]) {
    let world = World::new();
    let mut certificate = world.certificate();
    change(&mut certificate);
    expect(&world.verify(&certificate), expected);
}

#[track_caller]
fn expect(found: &Verification, expected: &[&str]) {
    assert_eq!(found.mismatches.len(), expected.len(), "{found:#?}");
    for (mismatch, expected) in found.mismatches.iter().zip(expected) {
        assert!(
            mismatch.contains(expected),
            "{mismatch} should contain {expected}"
        );
    }
}

#[test]
fn a_certificate_of_linked_lists_says_all_that_a_check_needs() {
    let world = World::new();
    let certificate = world.certificate();
    let read = Certificate::read(&certificate.to_json()).unwrap();
    assert_eq!(read, certificate);
    assert!(read.unknown.is_empty());
    expect(&world.verify(&read), &[]);
    let account = read.account.unwrap();
    let rows = |at: usize| {
        let list: &sightline::frame::account::ListAccount = &account.lists[at];
        (list.rows, list.cases, list.excluded.len(), list.faulty)
    };
    assert_eq!((rows(0), rows(1)), ((20, 20, 0, 0), (22, 20, 1, 1)));
    // 30 children, of whom 1, 2, 3, 18, 19 and 20 are under four.
    assert_eq!((certificate.list.rows, certificate.frame.size), (30, 24));
    assert_eq!(certificate.excluded[0].reason, "Under four");
    assert_eq!(certificate.excluded[0].count, 6);
    assert_eq!(certificate.unit.columns, ["Child ID"]);
    let recipe = certificate.recipe.join("\n");
    for step in [
        "from “missing.csv” (SHA-256 2222",
        "“Id” of each row; only those for which days since “Episode” to 365",
        "not those for which age “Age” to 3",
        "counted to 2026-03-31",
    ] {
        assert!(recipe.contains(step), "{recipe}");
    }
}

#[test]
fn a_frame_from_one_list_as_it_is_has_no_account() {
    let world = World::new();
    let plan = Plan::of_columns(&["Child ID".to_owned()]);
    let framing = plan.run(&[world.given()[0].unwrap()]).unwrap();
    let list = List::of(&framing);
    let certificate =
        Certificate::draw(&list, &Method::simple(2), &given("7"), DrawNumber::first());
    let certificate = certificate.unwrap();
    assert!(!certificate.to_json().contains("account"));
    expect(&verify_lists(&certificate, &world.given()[..1]), &[]);
}

#[test]
fn a_changed_filter() {
    // Another bound leaves out others.
    check(
        |certificate| {
            let other = Filter::parse(Side::LeaveOut, "age Age to 4, blank kept; Under four");
            certificate.account.as_mut().unwrap().plan.filters = vec![other.unwrap()];
        },
        &[
            "Rows excluded because “Under four”: the certificate says 6, the list gives 7",
            "Cases in the frame: the certificate says 24, the list gives 23",
            "The frame's fingerprint",
        ],
    );
    // Without the filter at all.
    check(
        |certificate| certificate.account.as_mut().unwrap().plan.filters.clear(),
        &[
            "Rows excluded because “Under four”: the certificate says 6, the list gives 0",
            "Cases in the frame: the certificate says 24, the list gives 30",
            "The frame's fingerprint",
            "“C-24” is in the sample, and",
            "“C-03” belongs in the sample",
            "“C-12” is in the reserve, and",
            "“C-16” is in the reserve, and",
            "“C-20” belongs in the reserve",
            "“C-24” belongs in the reserve",
        ],
    );
    check(
        |certificate| {
            let filters = &mut certificate.account.as_mut().unwrap().plan.filters;
            filters[0].reason = "Seen lately".to_owned();
        },
        &[
            "“Under four”: the certificate says 6, the list gives 0",
            "“Seen lately”: the certificate says 0, the list gives 6",
        ],
    );
    check(
        |certificate| certificate.excluded[0].count = 5,
        &[
            "“Under four”: the certificate says 5, the list gives 6",
            "do not add up",
        ],
    );
}

#[test]
fn a_changed_filter_of_one_list_or_its_counts() {
    check(
        |certificate| certificate.account.as_mut().unwrap().lists[1].excluded[0].count = 2,
        &[
            "On “Missing”, rows excluded because “Not this year”: the certificate says 2, the list gives 1",
        ],
    );
    check(
        |certificate| certificate.account.as_mut().unwrap().lists[0].rows = 21,
        &["On “Need”, rows read: the certificate says 21, the list gives 20"],
    );
    check(
        |certificate| {
            certificate.account.as_mut().unwrap().plan.lists[1]
                .filters
                .clear();
        },
        &[
            "On “Missing”, rows excluded because “Not this year”: the certificate says 1, the list gives 0",
            "On “Missing”, rows excluded because “Repeats the id of an earlier row”: the certificate says 0, the list gives 1",
        ],
    );
}

#[test]
fn a_changed_reference_day_or_unit() {
    check(
        |certificate| {
            certificate.account.as_mut().unwrap().plan.day = Date::of_field("2027-01-20");
        },
        &[
            "On “Missing”, cases: the certificate says 20, the list gives 11",
            "“Not this year”: the certificate says 1, the list gives 10",
            "Cases on exactly “Need”: the certificate says 10, the lists give 19",
            "Cases on exactly “Need” and “Missing”: the certificate says 10, the lists give 1",
        ],
    );
    check(
        |certificate| {
            let unit = sightline::frame::unit::Unit::Event;
            certificate.account.as_mut().unwrap().plan.unit = Some(unit);
        },
        &["The frame cannot be made again. Lists are linked by the child or the family"],
    );
}

#[test]
fn changed_overlaps() {
    check(
        |certificate| {
            let overlaps = &mut certificate.account.as_mut().unwrap().overlaps;
            overlaps.as_mut().unwrap().exactly[0].cases = 11;
        },
        &["Cases on exactly “Need”: the certificate says 11, the lists give 10"],
    );
    check(
        |certificate| {
            let overlaps = &mut certificate.account.as_mut().unwrap().overlaps;
            overlaps.as_mut().unwrap().both[0][1] = 11;
        },
        &["The table of overlaps"],
    );
    check(
        |certificate| certificate.account.as_mut().unwrap().overlaps = None,
        &["leaves out how the lists overlap"],
    );
}

#[test]
fn an_account_or_a_list_taken_away() {
    check(
        |certificate| {
            certificate.account.as_mut().unwrap().plan.lists.pop();
        },
        &["The frame cannot be made again. The frame is made of 1 lists, and 2 were given"],
    );
    let world = World::new();
    let certificate = world.certificate();
    let [need, _] = world.given();
    expect(
        &verify_lists(&certificate, &[need, None]),
        &["The list “Missing” (file “missing.csv”) is not given."],
    );
    let mut without = certificate.clone();
    without.account = None;
    let found = verify_lists(&without, &[need]);
    assert!(!found.matches);
    assert!(found.mismatches[0].contains("Rows read: the certificate says 30, the list gives 20"));
}

#[test]
fn other_bytes_and_other_cases() {
    let mut world = World::new();
    let certificate = world.certificate();
    world.missing.0.sha256 = "3".repeat(64);
    let found = world.verify(&certificate);
    expect(&found, &[]);
    assert!(
        found.notes[0].contains("“Missing” is not byte for byte"),
        "{found:#?}"
    );

    let header = ["Id".to_owned(), "Episode".to_owned()];
    let fewer: Vec<Vec<String>> = (11..=29)
        .map(|number| vec![format!("C-{number:02}"), "2026-01-01".to_owned()])
        .collect();
    world.missing.1 = Table::from_rows(&header, &fewer);
    let found = world.verify(&certificate);
    assert!(!found.matches);
    assert!(found.mismatches.iter().any(|one| {
        one.contains("On “Missing”, cases: the certificate says 20, the list gives 19")
    }));
    // And the files the wrong way round.
    let [need, missing] = world.given();
    assert!(!verify_lists(&certificate, &[missing, need]).matches);
}

#[test]
fn a_false_hash_of_the_list() {
    check(
        |certificate| certificate.list.sha256 = "f".repeat(64),
        &["SHA-256 of its list is not that of the lists it names"],
    );
}
