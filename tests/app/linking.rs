//! Several lists as one frame, through the page's messages.
use sightline::app::list::linking::Msg as Linking;
use sightline::app::list::who::{Change, Msg as Who};
use sightline::app::list::{Msg as List, OnDesk};
use sightline::app::{Msg, Route, sampling};

use crate::person::{PASSPHRASE, Person};

const IN_NEED: &str = "Child Unique ID,Team\n1,North\n2,South\n3,North\n3,North\n";
const MISSING: &str = "Child Unique ID,Risk\n3,High\n4,Low\n,High\n";

fn say(person: &mut Person, msg: Linking) {
    person.say(Msg::List(List::Linking(msg)));
}

/// Children 1 to 3 in need, 3 and 4 missing.
fn linked() -> Person {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("in-need.csv", IN_NEED.as_bytes());
    say(&mut person, Linking::ClickedAdd);
    assert!(matches!(person.open().list.desk, OnDesk::Nothing));
    person.choose_file("missing.csv", MISSING.as_bytes());
    person
}

#[test]
fn a_child_is_one_case_with_a_flag_for_each_list_and_the_overlaps_add_up() {
    let person = linked();
    let (view, frame) = person.open().list.framed().expect("a frame");
    assert_eq!((frame.read, frame.size), (4, 4));
    let names: Vec<&str> = view.columns.iter().map(|it| it.name.as_str()).collect();
    assert!(
        names.contains(&"On in-need") && names.contains(&"On missing"),
        "{names:?}"
    );
    let linked = frame.linked.as_ref().expect("linked lists");
    let brought: Vec<_> = linked
        .lists
        .iter()
        .map(|it| (it.rows, it.cases, it.faulty))
        .collect();
    assert_eq!(brought, [(4, 3, 0), (3, 2, 1)]);
    let sets: Vec<_> = linked
        .overlaps
        .exactly
        .iter()
        .map(|it| (it.lists.clone(), it.cases))
        .collect();
    assert_eq!(sets, [(vec![0], 2), (vec![0, 1], 1), (vec![1], 1)]);
}

#[test]
fn lists_are_named_and_columns_asked_for_by_a_person() {
    let mut person = linked();
    say(&mut person, Linking::EnteredName(1, "Missing".into()));
    say(&mut person, Linking::LeftName);
    let before = person.open().list.linking.lists[1].columns[1].1;
    say(&mut person, Linking::ToggledColumn(1, 1));
    let (view, _) = person.open().list.framed().expect("a frame");
    let has = |name: &str| view.columns.iter().any(|it| it.name == name);
    assert!(has("On Missing"));
    assert_eq!(has("Risk"), !before);
}

#[test]
fn a_sample_of_linked_lists_is_drawn_filtered_and_certified_as_such() {
    let mut person = linked();
    let (view, _) = person.open().list.framed().expect("a frame");
    let flag = view
        .columns
        .iter()
        .position(|it| it.name == "On missing")
        .expect("a flag");
    for change in [Change::Column(flag), Change::Ticked("Yes".into())] {
        person.say(Msg::List(List::Who(Who::Changed(change))));
    }
    person.say(Msg::List(List::Who(Who::ClickedAdd)));
    person.say(Msg::List(List::ClickedUse));
    person.draw(2, "314159");
    let mut ids: Vec<String> = person
        .open()
        .round
        .cases()
        .iter()
        .map(|it| it.id.clone())
        .collect();
    ids.sort();
    assert_eq!(ids, ["3", "4"]);
    let taken = person.open().round.list.clone().expect("a list");
    assert_eq!(taken.read, taken.size + taken.excluded + taken.faulty);
    person.say(Msg::Sampling(sampling::Msg::ClickedSaveCertificate));
    person.expect_certificate_holds(&[
        ("missing.csv", MISSING.as_bytes()),
        ("in-need.csv", IN_NEED.as_bytes()),
    ]);
}

#[test]
fn when_the_desk_fails_the_other_lists_are_named_to_be_chosen_again() {
    let mut person = linked();
    person.say(Msg::DeskFailed(person.asked));
    assert_eq!(person.open().list.linking.lost, ["in-need (in-need.csv)"]);
    person.choose_file("in-need.csv", IN_NEED.as_bytes());
    let (_, frame) = person.open().list.framed().expect("a frame");
    assert_eq!((frame.size, frame.linked.is_some()), (3, false));
    assert!(person.open().list.linking.lost.is_empty());
}

#[test]
fn beginning_again_forgets_every_list() {
    let mut person = linked();
    say(&mut person, Linking::ClickedStartOver);
    person.choose_file("missing.csv", MISSING.as_bytes());
    let (_, frame) = person.open().list.framed().expect("a frame");
    assert!(frame.linked.is_none());
    assert_eq!(person.open().list.linking.kept, 0);
}

#[test]
fn another_sheet_of_the_same_workbook_is_linked_without_choosing_the_file_again() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    let book = include_bytes!("../fixtures/spreadsheet/annex-a-part.xlsx");
    person.choose_file("annex-a.xlsx", book);
    say(&mut person, Linking::ClickedAdd);
    let sheets = person.open().list.linking.sheets.clone();
    let other = sheets
        .iter()
        .find(|sheet| sheet.name == "List 7 Child protection");
    let other = other.expect("a sheet").name.clone();
    person.say(Msg::List(List::ChoseSheet(other)));
    let (_, frame) = person.open().list.framed().expect("a frame");
    let linked = frame.linked.as_ref().expect("linked lists");
    assert_eq!(linked.lists.len(), 2);
    assert_eq!(linked.lists[1].list, "List 7: Child protection");
    let all: usize = linked.overlaps.exactly.iter().map(|it| it.cases).sum();
    assert_eq!(all, frame.size);
}

#[test]
fn lists_of_a_round_that_was_left_are_not_linked_in_the_next() {
    let mut person = linked();
    person.say(Msg::AddressChanged(Route::Home));
    person.start_round("Another round", "An auditor");
    person.choose_file("in-need.csv", IN_NEED.as_bytes());
    let (_, frame) = person.open().list.framed().expect("a frame");
    assert_eq!((frame.size, frame.linked.is_some()), (3, false));
    say(&mut person, Linking::ClickedAdd);
    person.choose_file("missing.csv", MISSING.as_bytes());
    let (_, frame) = person.open().list.framed().expect("a frame");
    assert_eq!(
        frame.linked.as_ref().map(|linked| linked.lists.len()),
        Some(2)
    );
}

#[test]
fn what_was_said_of_the_rows_of_the_first_list_stays_said_of_them_alone() {
    let mut person = Person::new();
    person.start_round("A round", "An auditor");
    person.choose_file("in-need.csv", IN_NEED.as_bytes());
    for change in [Change::Column(1), Change::Ticked("North".into())] {
        person.say(Msg::List(List::Who(Who::Changed(change))));
    }
    person.say(Msg::List(List::Who(Who::ClickedAdd)));
    say(&mut person, Linking::ClickedAdd);
    person.choose_file("missing.csv", MISSING.as_bytes());
    let brought = |person: &Person| {
        let (_, frame) = person.open().list.framed().expect("a frame");
        let linked = frame.linked.clone().expect("linked lists");
        let sizes: Vec<usize> = linked.lists.iter().map(|list| list.cases).collect();
        (frame.size, sizes)
    };
    assert_eq!(brought(&person), (3, vec![2, 2]));
    // And the next filter of the list that was read last, before it is linked.
    person.say(Msg::List(List::Who(Who::ChoseAlone(true))));
    for change in [Change::Column(1), Change::Ticked("High".into())] {
        person.say(Msg::List(List::Who(Who::Changed(change))));
    }
    person.say(Msg::List(List::Who(Who::ClickedAdd)));
    assert_eq!(brought(&person), (2, vec![2, 1]));
    say(&mut person, Linking::ClickedRemoveFilter(0, 0));
    assert_eq!(brought(&person), (3, vec![3, 1]));
}

#[test]
fn names_and_columns_of_linked_lists_are_taken_again() {
    let mut person = linked();
    say(&mut person, Linking::EnteredName(1, "Missing".into()));
    say(&mut person, Linking::LeftName);
    let before = person.open().list.linking.lists[1].columns[1].1;
    say(&mut person, Linking::ToggledColumn(1, 1));
    person.say(Msg::List(List::ClickedUse));
    person.reload();
    person.unlock(PASSPHRASE);
    person.choose_file("in-need-2.csv", IN_NEED.as_bytes());
    say(&mut person, Linking::ClickedAdd);
    person.choose_file("missing-2.csv", MISSING.as_bytes());
    let lists = &person.open().list.linking.lists;
    assert_eq!(lists[0].name, "in-need", "the name that it had before");
    assert_eq!(lists[1].name, "Missing");
    assert_eq!(lists[1].columns[1].1, !before);
    assert!(person.open().list.recalled);
    let (view, _) = person.open().list.framed().expect("a frame");
    assert!(view.columns.iter().any(|it| it.name == "On Missing"));
}
