//! The made-up authority's lists linked, and counted on another way: from the cells as they were
//! written, with sets.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use sightline::frame::annex_a;
use sightline::frame::filter::{Filter, Side};
use sightline::frame::plan::{Framing, Given, Plan, PlannedList};
use sightline::table::{self, ReadOptions, Reading};

use super::harrowmere::files;
use super::harrowmere::sheet::Sheet;
use super::{authority, ids, spoilt};

/// In need, protection, missing and exploitation: the workbook and the place among all lists.
const LISTS: [(&str, usize); 4] = [
    ("annex-a.xlsx", 5),
    ("annex-a.xlsx", 6),
    ("vulnerable-adolescents.xlsx", 11),
    ("vulnerable-adolescents.xlsx", 12),
];

fn readings(sheets: &[Sheet]) -> Vec<Reading> {
    let all = files::all(authority()).expect("the files are written");
    let reading = |&(file, at): &(&str, usize)| {
        let (name, bytes) = all
            .iter()
            .find(|(name, _)| name == file)
            .expect("a workbook");
        let options = ReadOptions {
            sheet: Some(sheets[at].name.clone()),
            ..ReadOptions::default()
        };
        table::read(name, bytes, &options, &mut |_| {}).expect("the sheet is read")
    };
    LISTS.iter().map(reading).collect()
}

fn id_column(reading: &Reading) -> String {
    let names: Vec<&str> = reading.table.names().collect();
    let known = annex_a::recognise(&names).and_then(|list| list.id_column(&names));
    let column = known.or_else(|| sightline::frame::guess_id_column(&reading.table));
    names[column.expect("a column of ids")].to_owned()
}

fn framing(readings: &[Reading], filters: &[&str]) -> Framing {
    let lists = readings.iter().map(|reading| PlannedList {
        name: reading.source.sheet.clone().unwrap_or_default(),
        id: vec![id_column(reading)],
        ..PlannedList::default()
    });
    let filters = filters
        .iter()
        .map(|words| Filter::parse(Side::Keep, words).expect("a filter"));
    let plan = Plan {
        lists: lists.collect(),
        filters: filters.collect(),
        ..Plan::default()
    };
    let lists: Vec<Given> = readings.iter().map(Given::from).collect();
    plan.run(&lists).expect("the plan fits")
}

#[test]
fn linked_lists_count_as_sets_of_their_ids_do() {
    let sheets = spoilt(authority());
    let readings = readings(&sheets);
    let framing = framing(&readings, &[]);
    let sets: Vec<BTreeSet<String>> = LISTS
        .iter()
        .map(|&(_, at)| {
            ids(&sheets[at])
                .into_iter()
                .filter(|id| !id.is_empty())
                .collect()
        })
        .collect();
    let all: BTreeSet<&String> = sets.iter().flatten().collect();
    assert_eq!(framing.frame.size(), all.len());
    assert!(
        framing
            .frame
            .ids()
            .iter()
            .all(|id| all.contains(&id.to_string()))
    );
    let overlaps = framing.account.overlaps.as_ref().expect("several lists");
    for (a, one) in sets.iter().enumerate() {
        for (b, other) in sets.iter().enumerate() {
            assert_eq!(
                overlaps.both[a][b],
                one.intersection(other).count(),
                "{a} {b}"
            );
        }
    }
    for overlap in &overlaps.exactly {
        let exactly = |id: &&&String| {
            sets.iter()
                .enumerate()
                .all(|(at, set)| set.contains(**id) == overlap.lists.contains(&at))
        };
        assert_eq!(overlap.cases, all.iter().filter(exactly).count());
    }
    assert!(
        overlaps.both[1][2] > 0,
        "some children with a plan went missing"
    );
}

#[test]
fn children_on_two_lists_are_kept_by_their_flags() {
    let sheets = spoilt(authority());
    let readings = readings(&sheets);
    let flag = |at: usize| format!("“On {}” = Yes", sheets[LISTS[at].1].name);
    let framing = framing(&readings, &[&flag(2), &flag(3)]);
    let set = |at: usize| -> BTreeSet<String> { ids(&sheets[LISTS[at].1]).into_iter().collect() };
    let both = set(2)
        .intersection(&set(3))
        .filter(|id| !id.is_empty())
        .count();
    assert_eq!(framing.frame.size(), both);
    let excluded: usize = framing.frame.excluded().iter().map(|one| one.count).sum();
    assert_eq!(framing.frame.read(), both + excluded);
}
