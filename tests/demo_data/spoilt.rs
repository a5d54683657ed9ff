//! Each kind of mess that real workbooks have is somewhere in the made-up ones.

use super::harrowmere::sheet::{Cell, Sheet};
use super::{authority, column, lists, plain, spoilt};

fn texts<'a>(sheet: &'a Sheet, heading: &str) -> Vec<&'a str> {
    let cells = column(sheet, heading).into_iter();
    cells
        .filter_map(|cell| {
            if let Cell::Text(words) = cell {
                Some(words.as_str())
            } else {
                None
            }
        })
        .collect()
}

fn has_heading(sheets: &[Sheet], is_so: impl Fn(&str) -> bool) -> bool {
    sheets
        .iter()
        .flat_map(|sheet| &sheet.header)
        .any(|heading| is_so(heading))
}

#[test]
fn list_7_has_a_title_above_its_header() {
    let sheets = spoilt(authority());
    assert_eq!(sheets[6].title.len(), 1);
    assert!(sheets[6].title[0].contains("Harrowmere") && sheets[6].title[0].contains("31/03/2026"));
    assert_eq!(
        sheets[2].title.len(),
        2,
        "List 3 has a blank row below its title"
    );
}

#[test]
fn headings_differ_as_people_type_them() {
    let sheets = spoilt(authority());
    assert!(has_heading(&sheets, |it| it == "Age"));
    assert!(has_heading(&sheets, |it| it == "Age of child (years)"));
    assert!(has_heading(&sheets, |it| it == "Age of Child (Years"));
    assert!(has_heading(&sheets, |it| it.contains('’')));
    assert!(has_heading(&sheets, |it| it.ends_with(' ')));
}

#[test]
fn ids_are_numbers_on_some_lists_and_text_on_others() {
    let sheets = spoilt(authority());
    let numbers: Vec<usize> = (1..)
        .zip(sheets.iter().take(10))
        .filter(|(_, sheet)| matches!(column(sheet, "Child Unique ID")[0], Cell::Number(_)))
        .map(|(list, _)| list)
        .collect();
    assert_eq!(numbers, [1, 2, 4, 6, 8, 10]);
}

#[test]
fn cells_hold_what_real_cells_hold() {
    let sheets = spoilt(authority());
    let genders = texts(&sheets[6], "Gender");
    assert!(genders.contains(&"Male") && genders.contains(&"a) Male"));
    let workers = texts(&sheets[6], "Allocated Worker");
    assert!(
        workers
            .iter()
            .any(|name| name.trim_end().contains('\u{a0}'))
    );
    assert!(workers.iter().any(|name| name.ends_with('\u{a0}')));
    assert!(texts(&sheets[5], "Date Child Was Last Seen").contains(&"#N/A"));
    assert!(texts(&sheets[8], "Activity Status").contains(&"#N/A"));
    let exact = |cell: &&Cell| matches!(cell, Cell::Number(years) if years.fract() > 0.0);
    assert!(column(&sheets[7], "Age of Child").iter().any(exact));
    assert!(texts(&sheets[1], "Assessment start date").len() == sheets[1].rows.len());
}

#[test]
fn spoiling_changes_no_id_and_no_row() {
    for (tidy, spoilt) in lists::annex_a(authority()).iter().zip(spoilt(authority())) {
        assert_eq!(tidy.header.len(), spoilt.header.len());
        assert_eq!(tidy.rows.len(), spoilt.rows.len());
        for (before, after) in tidy.rows.iter().zip(&spoilt.rows) {
            assert_eq!(plain(&before[0]), plain(&after[0]), "{}", tidy.name);
        }
    }
}

#[test]
fn postcodes_lie_in_no_real_area() {
    let postcodes = spoilt(authority());
    let postcodes = texts(&postcodes[7], "Placement postcode");
    assert_eq!(postcodes.len(), 500);
    assert!(
        postcodes.iter().all(|it| it.starts_with("ZZ9")),
        "{postcodes:?}"
    );
}
