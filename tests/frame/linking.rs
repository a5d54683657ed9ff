//! Several lists linked into one table.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sightline::frame::filter::{Filter, Side};
use sightline::frame::overlap::Overlap;
use sightline::frame::unit::{Keep, Unit};

use crate::worlds::{World, counts, ids, lines, plan, planned, refused, run, told};

fn need() -> World {
    World::new(
        "need.csv",
        &[
            "id,team,seen",
            "1,North,2026-03-01",
            "2,South,",
            " 3\u{a0},North,x",
            ",East,",
        ],
    )
}

fn missing() -> World {
    World::new(
        "missing.csv",
        &[
            "id,team,episode",
            "3,Y,2026-01-05",
            "4,Y,2026-02-01",
            "3,Z,2026-03-01",
            "3,Y,2025-01-01",
        ],
    )
}

#[test]
fn a_case_is_one_row_with_a_flag_for_each_list() {
    let lists = vec![
        planned("Need", &["team", "seen"]),
        planned("Missing", &["team", "episode"]),
    ];
    let framing = run(&plan(lists), &[&need(), &missing()]);
    assert_eq!(
        lines(&framing.table),
        [
            "id,On Need,On Missing,Number of lists,Rows on Need,Rows on Missing,team (Need),seen,\
             team (Missing),episode",
            "1,Yes,No,1,1,0,North,2026-03-01,,",
            "2,Yes,No,1,1,0,South,,,",
            "3,Yes,Yes,2,1,3,North,x,Y,2026-01-05",
            "4,No,Yes,1,0,1,,,Y,2026-02-01",
        ]
    );
    assert_eq!(ids(&framing.frame), ["1", "2", "3", "4"]);
    let overlaps = framing.account.overlaps.unwrap();
    let exactly = |lists: &[usize], cases| Overlap {
        lists: lists.to_vec(),
        cases,
    };
    assert_eq!(
        overlaps.exactly,
        [exactly(&[0], 2), exactly(&[0, 1], 1), exactly(&[1], 1)]
    );
    assert_eq!(overlaps.both, [[3, 1], [1, 2]]);
}

#[test]
fn every_row_of_every_list_is_accounted_for() {
    let lists = vec![planned("Need", &[]), planned("Missing", &["team"])];
    let framing = run(&plan(lists), &[&need(), &missing()]);
    let [need, missing] = framing.account.lists.as_slice() else {
        panic!("two lists");
    };
    assert_eq!((need.rows, need.cases, need.faulty), (4, 3, 1));
    assert_eq!((missing.rows, missing.cases, missing.faulty), (4, 2, 0));
    assert_eq!(
        counts(&missing.excluded),
        [("Repeats the id of an earlier row", 2)]
    );
    assert_eq!(
        told(&framing.problems),
        [
            "Row 5, column A: On “Need”: This row has no id: “id” is empty. Fill it in, or take the \
             row out of the list.",
            "Row 4, column A: On “Missing”: The id “3” stands in row 2 already; that row is the case.",
            "Row 5, column A: On “Missing”: The id “3” stands in row 2 already; that row is the case.",
            "Row 4, column B: On “Missing”, “team” is “Z” here and “Y” in row 2, which is taken for “3”.",
        ]
    );
    assert_eq!(
        framing.notices,
        [
            "On “Missing”, 1 of the rows that repeat an id say something else in “team” than the row \
          that is taken, which is the first row."
        ]
    );
}

#[test]
fn the_latest_row_is_taken_where_that_is_asked_for() {
    let mut second = planned("Missing", &["team", "episode"]);
    second.keep = Keep::Latest("episode".to_owned());
    let framing = run(
        &plan(vec![planned("Need", &[]), second]),
        &[&need(), &missing()],
    );
    let team = framing.table.column_named("team").unwrap();
    assert_eq!(framing.table.cell(2, team), "Z");
    assert!(
        told(&framing.problems).contains(
            &"Row 2, column A: On “Missing”: The id “3” stands in row 4 too, with a later day; that \
              row is the case."
                .to_owned()
        ),
        "{:#?}",
        told(&framing.problems)
    );
}

#[test]
fn a_list_counts_only_the_rows_that_its_own_filters_leave() {
    let mut second = planned("Missing", &["team", "episode"]);
    let recent = Filter::parse(
        Side::Keep,
        "days since episode to 60; Not in the last 60 days",
    );
    second.filters = vec![recent.unwrap()];
    let framing = run(
        &plan(vec![planned("Need", &[]), second]),
        &[&need(), &missing()],
    );
    // 3 has an old episode first and one within the 60 days further down.
    let flag = framing.table.column_named("On Missing").unwrap();
    let flags: Vec<&str> = (0..4).map(|row| framing.table.cell(row, flag)).collect();
    assert_eq!(flags, ["No", "No", "Yes", "Yes"]);
    assert_eq!(
        counts(&framing.account.lists[1].excluded),
        [("Not in the last 60 days", 2)]
    );
}

#[test]
fn ids_that_look_alike_are_two_cases_and_named_with_both_lists() {
    let one = World::new("one.csv", &["id", "AB1", "x"]);
    let other = World::new("other.csv", &["id", "y", "ab 1"]);
    let lists = vec![planned("One", &[]), planned("Other", &[])];
    let framing = run(&plan(lists), &[&one, &other]);
    assert_eq!(framing.frame.size(), 4);
    assert_eq!(
        told(framing.frame.lookalikes()),
        [
            "Row 3, column A: On “Other” the id “ab 1” looks like “AB1” on “One” in row 2, yet differs \
          as text (capitals, spaces or hidden characters), so they are two cases. Check whether both \
          are the same child."
        ]
    );
}

#[test]
fn a_plan_that_does_not_fit_is_refused_with_the_reason() {
    let need = need();
    let two = |one, other| plan(vec![planned(one, &[]), planned(other, &[])]);
    let lists: &[&World] = &[&need, &need];
    assert!(refused(&two("A", "B"), &[&need]).contains("made of 2 lists, and 1 were given"));
    assert!(refused(&two("A", "A"), lists).contains("a name of its own"));
    let mut events = two("A", "B");
    events.unit = Some(Unit::Event);
    assert!(refused(&events, lists).contains("events of several lists"));
    let asked = plan(vec![planned("A", &["colour"]), planned("B", &[])]);
    assert!(refused(&asked, lists).contains("no column “colour”"));
    let twice = plan(vec![planned("A", &["team", "team"]), planned("B", &[])]);
    assert!(refused(&twice, lists).contains("asked for twice"));
    let mut elsewhere = two("A", "B");
    elsewhere.lists[1].id = vec!["ID".to_owned()];
    assert_eq!(
        refused(&elsewhere, lists),
        "On “B”: The list has no column “ID”."
    );
}

proptest! {
    #[test]
    fn linking_is_a_union_in_whichever_order(
        one in proptest::collection::vec("[a-f ]{0,2}", 0..12),
        other in proptest::collection::vec("[a-f ]{0,2}", 0..12),
        third in proptest::collection::vec("[a-f ]{0,2}", 0..12),
    ) {
        let columns = [one, other, third];
        let worlds: Vec<World> = columns.iter().map(|ids| {
            let lines: Vec<&str> = std::iter::once("id").chain(ids.iter().map(String::as_str)).collect();
            World::new("list.csv", &lines)
        }).collect();
        let worlds: Vec<&World> = worlds.iter().collect();
        let lists = vec![planned("A", &[]), planned("B", &[]), planned("C", &[])];
        let framing = run(&plan(lists.clone()), &worlds);

        // By sets alone, as anybody would count it.
        let sets: Vec<BTreeSet<&str>> = columns.iter()
            .map(|ids| ids.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).collect())
            .collect();
        let all: BTreeSet<&str> = sets.iter().flatten().copied().collect();
        let found: BTreeSet<&str> = ids(&framing.frame).into_iter().collect();
        prop_assert_eq!(&found, &all);
        let overlaps = framing.account.overlaps.as_ref().unwrap();
        for a in 0..3 {
            for b in 0..3 {
                prop_assert_eq!(overlaps.both[a][b], sets[a].intersection(&sets[b]).count());
            }
        }
        prop_assert_eq!(overlaps.exactly.iter().map(|one| one.cases).sum::<usize>(), all.len());
        for list in &framing.account.lists {
            let excluded: usize = list.excluded.iter().map(|one| one.count).sum();
            prop_assert_eq!(list.rows, list.cases + excluded + list.faulty);
        }

        let backwards: Vec<&World> = worlds.iter().rev().copied().collect();
        let again = run(&plan(lists.into_iter().rev().collect()), &backwards);
        prop_assert_eq!(again.frame.fingerprint(), framing.frame.fingerprint());
    }
}
