//! Who is in: each kind of filter, and that every row is accounted for.

use proptest::prelude::*;
use sightline::frame::UnitId;
use sightline::frame::derived::{Derived, Measure};
use sightline::frame::filter::{Filter, Side, Test};
use sightline::frame::plan::Plan;
use sightline::frame::unit::Keep;

use crate::worlds::{World, counts, ids, lines, plan, planned, refused, run, told};

fn list() -> World {
    World::new(
        "list.csv",
        &[
            "id,status,born,seen,visits",
            "a,Open,2010-05-01,2026-03-30,1",
            "b, Open ,6.138,01/03/2026,2.5",
            "c,Closed,31/03/2016,2026-02-28,",
            "d,open,,#N/A,3",
            "e,,2027-01-01,,many",
            ",Open,5,2026-03-30,1",
        ],
    )
}

fn filtered(keep: &[&str], leave_out: &[&str]) -> Plan {
    let mut plan = plan(vec![planned("", &[])]);
    let filters = |rows: Side, all: &[&str]| -> Vec<Filter> {
        all.iter()
            .map(|words| Filter::parse(rows, words).unwrap())
            .collect()
    };
    plan.filters = [
        filters(Side::Keep, keep),
        filters(Side::LeaveOut, leave_out),
    ]
    .concat();
    plan
}

/// The ids that stay, why the others go, and how many rows are faulty.
#[track_caller]
fn check(plan: &Plan, stay: &[&str], excluded: &[(&str, usize)], faulty: usize) {
    let framing = run(plan, &[&list()]);
    let frame = &framing.frame;
    assert_eq!(ids(frame), stay);
    assert_eq!(counts(frame.excluded()), excluded);
    assert_eq!(frame.faulty().len(), faulty, "{:#?}", told(frame.faulty()));
}

#[test]
fn by_value() {
    check(
        &filtered(&["status = Open"], &[]),
        &["a", "b"],
        &[("Not so: “status” = “Open”", 3)],
        1,
    );
    check(
        &filtered(&[], &["status one of Open, \"open\"; Still open"]),
        &["c", "e"],
        &[("Still open", 3)],
        1,
    );
    check(
        &filtered(&["status != \"\""], &[]),
        &["a", "b", "c", "d"],
        &[("“status” = “”", 1)],
        1,
    );
}

#[test]
fn by_age_on_the_reference_day() {
    // a is 15, b 6 by the column of ages, c 10 that very day; d is blank, e not yet born.
    let plan = filtered(
        &["age born from 10 to 17, blank kept, unreadable left out; Not 10 to 17"],
        &[],
    );
    check(
        &plan,
        &["a", "c", "d"],
        &[("Not 10 to 17", 1), ("Not 10 to 17 (unreadable)", 1)],
        1,
    );
    assert_eq!(
        run(&plan, &[&list()]).notices,
        ["Rows kept though “born” is blank: 1."]
    );
}

#[test]
fn by_window_of_days_and_by_days_since() {
    check(
        &filtered(&["date seen from 2026-03-01 to 2026-03-31"], &[]),
        &["a", "b"],
        &[("Not so: date “seen” from 2026-03-01 to 2026-03-31", 1)],
        3,
    );
    // 30 and 31 days.
    check(
        &filtered(
            &["days since seen from 31, blank left out; Seen lately"],
            &[],
        ),
        &["c"],
        &[("Seen lately", 2), ("Seen lately (blank)", 1)],
        2,
    );
    let framing = run(&filtered(&["days since seen from 31"], &[]), &[&list()]);
    assert_eq!(
        told(framing.frame.faulty())[0],
        "Row 5, column D: “seen” has “#N/A”, which is no date, so the filter “days since “seen” from \
         31” cannot tell. Mend it, or say that such rows are kept or left out."
    );
}

#[test]
fn by_number_and_by_ids_of_an_earlier_round() {
    check(
        &filtered(
            &["number visits from 2, blank left out, unreadable left out; Few visits"],
            &[],
        ),
        &["b", "d"],
        &[
            ("Few visits", 1),
            ("Few visits (blank)", 1),
            ("Few visits (unreadable)", 1),
        ],
        1,
    );
    let mut plan = filtered(&[], &[]);
    let mut earlier = Filter::new(
        Side::LeaveOut,
        Test::Earlier {
            file: "round-1.json".to_owned(),
            sha256: String::new(),
            column: None,
            ids: ["b", "e", "z"]
                .iter()
                .filter_map(|id| UnitId::new(id))
                .collect(),
        },
    );
    earlier.reason = "Audited in the last 6 months".to_owned();
    plan.filters.push(earlier);
    check(
        &plan,
        &["a", "c", "d"],
        &[("Audited in the last 6 months", 2)],
        1,
    );
}

#[test]
fn each_row_leaves_by_the_first_reason_that_hits() {
    let plan = filtered(
        &["status = Open; Not open", "age born from 10; Too young"],
        &[],
    );
    check(&plan, &["a"], &[("Not open", 3), ("Too young", 1)], 1);
    let turned = filtered(
        &[
            "age born from 10, blank kept, unreadable kept; Too young",
            "status = Open; Not open",
        ],
        &[],
    );
    check(&turned, &["a"], &[("Too young", 1), ("Not open", 3)], 1);
}

#[test]
fn rows_are_filtered_before_they_are_collapsed() {
    let episodes = World::new(
        "episodes.csv",
        &[
            "id,day",
            "a,2025-01-01",
            "a,2026-03-01",
            "b,2026-03-02",
            "a,2026-03-20",
        ],
    );
    let mut plan = filtered(&["date day from 2026-01-01; Old"], &[]);
    let framing = run(&plan, &[&episodes]);
    assert_eq!(ids(&framing.frame), ["a", "b"]);
    assert_eq!(framing.frame.table_row(0), 1);
    assert_eq!(
        counts(framing.frame.excluded()),
        [("Old", 1), ("Repeats the id of an earlier row", 1)]
    );
    plan.lists[0].keep = Keep::Latest("day".to_owned());
    assert_eq!(run(&plan, &[&episodes]).frame.table_row(0), 3);
}

#[test]
fn derived_columns_stand_after_the_others() {
    let mut plan = filtered(
        &["days since seen from 0, blank kept, unreadable kept"],
        &[],
    );
    plan.derived = vec![
        Derived {
            measure: Measure::DaysSince,
            column: "seen".to_owned(),
        },
        Derived {
            measure: Measure::Age,
            column: "born".to_owned(),
        },
    ];
    let world = list();
    let framing = run(&plan, &[&world]);
    assert_eq!(
        lines(&framing.table)[..4],
        [
            "id,status,born,seen,visits,Days since seen,Age from born",
            "a,Open,2010-05-01,2026-03-30,1,1,15",
            "b, Open ,6.138,01/03/2026,2.5,30,6",
            "c,Closed,31/03/2016,2026-02-28,,31,10",
        ]
    );
    assert_eq!(world.table.columns(), 5, "the list itself stays as it is");
    assert_eq!(
        framing.notices[0],
        "“Days since seen” is blank in 2 rows, where “seen” is blank or cannot be read."
    );
}

#[test]
fn what_a_filter_cannot_mean_is_refused() {
    for (words, why) in [
        ("", "not understood"),
        ("status", "not understood"),
        ("= Open", "not understood"),
        ("date seen from tomorrow", "not understood"),
        ("age born", "a beginning, an end or both"),
        ("age born from 17 to 10", "ends before it begins"),
    ] {
        let refusal = Filter::parse(Side::Keep, words).unwrap_err().0;
        assert!(refusal.contains(why), "{words}: {refusal}");
    }
    let mut undated = filtered(&["days since seen to 3"], &[]);
    undated.day = None;
    assert!(refused(&undated, &[&list()]).contains("reference day"));
    let twice = filtered(&["status = Open; Same", "age born from 3; Same"], &[]);
    assert!(refused(&twice, &[&list()]).contains("Two filters bear the reason “Same”"));
    let nowhere = filtered(&["colour = red"], &[]);
    assert!(refused(&nowhere, &[&list()]).contains("no column “colour”"));
}

#[test]
fn a_filter_in_words_says_what_it_was_given_as() {
    for words in [
        "“Case Status” = “Open”",
        "“Team” one of “North, East”, “South; West”",
        "date “Date of move from A to B” from 2025-10-01 to 2026-03-31",
        "age “Age of Child (Years)” from 5 to 9",
        "days since “a = b” to 42",
        "number “Number of from” from -2",
    ] {
        let filter = Filter::parse(Side::Keep, words).unwrap();
        assert_eq!(filter.test.to_string(), words);
        let json = serde_json::to_string(&filter).unwrap();
        assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
    }
    let bare = Filter::parse(
        Side::LeaveOut,
        " Age of Child (Years) not one of 5 , 6; Why ; not ",
    )
    .unwrap();
    assert_eq!(
        bare.test.to_string(),
        "“Age of Child (Years)” one of “5”, “6”"
    );
    assert_eq!(
        (bare.rows, bare.reason().as_str()),
        (Side::Keep, "Why ; not")
    );
}

proptest! {
    #[test]
    fn read_is_frame_and_excluded_and_faulty_whatever_the_filters(
        rows in proptest::collection::vec(("[ab]{0,1}", "[xy]{0,1}", "(2026-0[1-4]-0[1-3]|#N/A|)", "[0-9]{0,2}"), 0..25),
        chosen in proptest::sample::subsequence(vec![
            "x = y", "x one of x, \"\"", "date d from 2026-02-01", "date d to 2026-03-01, blank kept",
            "days since d to 40, blank left out, unreadable left out", "age n from 3 to 60",
            "number n to 50, unreadable kept", "n != 7",
        ], 0..8),
    ) {
        let lines: Vec<String> = std::iter::once("id,x,d,n".to_owned())
            .chain(rows.iter().map(|(id, x, d, n)| format!("{id},{x},{d},{n}")))
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let world = World::new("list.csv", &lines);
        let framing = run(&filtered(&chosen, &[]), &[&world]);
        let frame = &framing.frame;
        let excluded: usize = frame.excluded().iter().map(|one| one.count).sum();
        prop_assert_eq!(frame.read(), rows.len());
        prop_assert_eq!(frame.read(), frame.size() + excluded + frame.faulty().len());

        let mut turned = lines.clone();
        turned[1..].reverse();
        let again = run(&filtered(&chosen, &[]), &[&World::new("list.csv", &turned)]);
        prop_assert_eq!(again.frame.fingerprint(), frame.fingerprint());
        prop_assert_eq!(counts(again.frame.excluded()), counts(frame.excluded()));
    }

    #[test]
    fn no_words_make_it_panic(words in "([a-z“”\", =;!]|from|to|age|date|one of| ){0,12}") {
        let _ = Filter::parse(Side::Keep, &words);
    }
}
