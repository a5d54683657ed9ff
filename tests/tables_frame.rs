//! The frame: every row accounted for, ids as promised, the fingerprint as public tools give it.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use sightline::frame::annex_a::{LISTS, Unit, recognise};
use sightline::frame::{Frame, UnitId, guess_id_column};
use sightline::table::Table;

fn table(names: &[&str], rows: &[&[&str]]) -> Table {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
    Table::from_rows(names, &rows)
}

fn ids(frame: &Frame) -> Vec<&str> {
    frame.ids().iter().map(UnitId::as_str).collect()
}

#[test]
fn each_row_is_a_case_excluded_or_faulty() {
    let table = table(
        &["id"],
        &[&["b"], &[" a\u{a0}"], &["\u{a0} "], &["a"], &["B"], &[""]],
    );
    let frame = Frame::new(&table, &[0]);
    assert_eq!(ids(&frame), ["b", "a", "B"]);
    assert_eq!((frame.read(), frame.size()), (6, 3));
    assert_eq!(
        frame.excluded()[0].reason,
        "Repeats the id of an earlier row"
    );
    assert_eq!(frame.excluded()[0].count, 1);
    let told = |problems: &[sightline::table::Problem]| -> Vec<String> {
        problems.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        told(frame.repeats()),
        ["Row 5, column A: The id “a” stands in row 3 already; that row is the case."]
    );
    assert_eq!(told(frame.faulty()).len(), 2);
    assert_eq!(
        told(frame.faulty())[0],
        "Row 4, column A: This row has no id: “id” is empty. Fill it in, or take the row out of \
         the list."
    );
    assert_eq!(
        told(frame.lookalikes()),
        [
            "Row 6, column A: The id “B” looks like “b” in row 2, yet differs as text (capitals, \
          spaces or hidden characters). Check whether both are the same case."
        ]
    );
    assert_eq!(frame.table_row(2), 4);
}

#[test]
fn ids_in_disguise_are_found() {
    for (one, other) in [
        ("AB1", "ab1"),
        ("AB1", "ＡＢ１"),
        ("AB1", "A\u{200b}B1"),
        ("AB1", "AB 1"),
        ("straße", "STRASSE"),
        ("x²", "x2"),
        ("AB1", "AB\u{ad}1"),
    ] {
        let frame = Frame::new(&table(&["id"], &[&[one], &[other]]), &[0]);
        assert_eq!(
            (frame.size(), frame.lookalikes().len()),
            (2, 1),
            "{one} {other}"
        );
    }
    let frame = Frame::new(&table(&["id"], &[&["e\u{301}"], &["é"]]), &[0]);
    assert_eq!(
        (frame.size(), frame.repeats().len()),
        (1, 1),
        "NFC makes them one id"
    );
}

#[test]
fn several_columns_make_one_id() {
    let table = table(
        &["id", "date"],
        &[&["1", "a "], &["1", "b"], &["", "b"], &["1", "a"]],
    );
    let frame = Frame::new(&table, &[0, 1]);
    assert_eq!(ids(&frame), ["1|a", "1|b"]);
    assert_eq!((frame.repeats().len(), frame.faulty().len()), (1, 1));
    assert_eq!(frame.unit_columns(), ["id", "date"]);
    assert_eq!(Frame::new(&table, &[]).faulty().len(), 4);
}

#[test]
fn the_fingerprint_is_what_sort_and_sha256sum_give() {
    let rows: Vec<Vec<String>> = ["10", "9", "é", "Z", "a b", "a", "😀", "e"]
        .iter()
        .map(|id| vec![(*id).to_owned()])
        .collect();
    let frame = Frame::new(&Table::from_rows(&["id".to_owned()], &rows), &[0]);
    let known = "b772a644abaa0cf9c1cb6e678f35a78e3a3b5ed33c41547dfd7f281adf46e48a";
    let shell = Command::new("sh")
        .args(["-c", "LC_ALL=C sort | sha256sum"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    if let Ok(mut shell) = shell {
        let mut input = shell.stdin.take().unwrap();
        for id in frame.ids() {
            writeln!(input, "{id}").unwrap();
        }
        drop(input);
        let out = shell.wait_with_output().unwrap();
        if out.status.success() {
            let out = String::from_utf8(out.stdout).unwrap();
            assert_eq!(out.split_whitespace().next().unwrap(), frame.fingerprint());
        }
    }
    assert_eq!(frame.fingerprint(), known);
}

#[test]
fn every_annex_a_list_is_recognised_as_real_workbooks_write_it() {
    let opening = [
        "Child Unique ID",
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Age of Child (Years)",
    ];
    for list in &LISTS {
        let mut header: Vec<String> = list.columns.iter().map(|name| (*name).to_owned()).collect();
        if list.number != 11 {
            header.splice(0..0, opening.map(str::to_owned));
        }
        assert_eq!(
            recognise(&header).map(|found| found.number),
            Some(list.number)
        );
        let messy: Vec<String> = header
            .iter()
            .map(|name| match name.as_str() {
                "Age of Child (Years)" => "Age ".to_owned(),
                name => format!(
                    "{} ",
                    name.to_uppercase()
                        .replace('\'', "\u{2019}")
                        .trim_end_matches(')')
                ),
            })
            .collect();
        let found = recognise(&messy).unwrap();
        assert_eq!(found.number, list.number, "{messy:?}");
        let id = found.id_column(&messy).unwrap();
        assert_eq!(id, usize::from(list.number == 11), "{}", list.name);
        assert_eq!(found.strata_columns(&messy).len(), list.strata.len());
        assert_eq!(found.risk_columns(&messy).len(), list.risk.len());
    }
    assert!(recognise(&["Child Unique ID", "Gender", "Ethnicity"]).is_none());
    assert!(recognise(&["id", "name"]).is_none());
}

#[test]
fn each_annex_a_list_offers_its_natural_unit_first() {
    let offered = |number: u8, header: &[&str]| -> Vec<(Unit, Vec<usize>)> {
        let list = LISTS.iter().find(|list| list.number == number).unwrap();
        let choices = list.units(header).into_iter();
        choices
            .map(|choice| (choice.unit, choice.columns))
            .collect()
    };
    assert_eq!(
        offered(3, &["Child Unique ID", "Age", "Date of Referral"]),
        [(Unit::Event, vec![0, 2]), (Unit::Child, vec![0])]
    );
    assert_eq!(
        offered(6, &["CIN start date", "Child Unique ID"]),
        [(Unit::Child, vec![1]), (Unit::Event, vec![1, 0])]
    );
    assert_eq!(
        offered(10, &["Child Unique ID", "Family identifier"]),
        [(Unit::Child, vec![0]), (Unit::Family, vec![1])]
    );
    assert_eq!(
        offered(11, &["Individual adopter identifier", "Family identifier"]),
        [(Unit::Family, vec![1])]
    );
}

#[test]
fn the_id_column_is_guessed() {
    let guess = |names: &[&str], rows: &[&[&str]]| guess_id_column(&table(names, rows));
    let rows: &[&[&str]] = &[&["Ann", "A1", "x"], &["Bob", "A2", "x"], &["Cy", "A3", "y"]];
    assert_eq!(guess(&["Name", "Case ID", "Team"], rows), Some(1));
    assert_eq!(guess(&["Name", "Mosaic", "Team"], rows), Some(1));
    assert_eq!(guess(&["Name", "LiquidLogic No.", "Team"], rows), Some(1));
    assert_eq!(
        guess(
            &["Name", "Worker ref", "Child identifier"],
            &[&["a", "1", "7"], &["b", "2", "7"]]
        ),
        Some(2)
    );
    assert_eq!(
        guess(&["Team", "Reference"], &[&["x", "a9"], &["x", "a9"]]),
        Some(1),
        "events"
    );
    assert_eq!(
        guess(&["Team", "Who"], &[&["x", "Ann"], &["x", "Bob"]]),
        Some(1)
    );
    assert_eq!(guess(&["Team", "Kind"], &[&["x", "y"], &["x", "y"]]), None);
    assert_eq!(
        guess(
            &["Number of visits", "Name"],
            &[&["3", "A"], &["4", "B"], &["4", "C"]]
        ),
        Some(1)
    );
    assert_eq!(guess_id_column(&Table::default()), None);
}

proptest! {
    #[test]
    fn read_is_frame_and_excluded_and_faulty(
        cells in proptest::collection::vec("[ab \u{a0}é\u{301}]{0,3}", 0..40),
        width in 1_usize..3,
    ) {
        let rows: Vec<Vec<String>> = cells.chunks(width).map(<[String]>::to_vec).collect();
        let names: Vec<String> = (0..width).map(|at| format!("c{at}")).collect();
        let table = Table::from_rows(&names, &rows);
        let unit: Vec<usize> = (0..width).collect();
        let frame = Frame::new(&table, &unit);
        let excluded: usize = frame.excluded().iter().map(|exclusion| exclusion.count).sum();
        prop_assert_eq!(frame.read(), table.rows());
        prop_assert_eq!(frame.read(), frame.size() + excluded + frame.faulty().len());
        let mut distinct = frame.ids().to_vec();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), frame.size());
    }

    #[test]
    fn the_fingerprint_does_not_know_the_order_of_rows(mut ids in proptest::collection::vec("[a-c]{1,2}", 1..9)) {
        let frame = |ids: &[String]| {
            let rows: Vec<Vec<String>> = ids.iter().map(|id| vec![id.clone()]).collect();
            Frame::new(&Table::from_rows(&["id".to_owned()], &rows), &[0]).fingerprint()
        };
        let before = frame(&ids);
        ids.reverse();
        prop_assert_eq!(before, frame(&ids));
    }
}
