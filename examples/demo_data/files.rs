//! Which files there are, under which names.

use super::authority::Authority;
use super::sheet::Sheet;
use super::write::csv::Style;
use super::write::{csv, ods, xlsx};
use super::{lists, mess, small};
use std::error::Error;

/// The seed with which the files in the repository were made.
pub(crate) const SEED: u64 = 2026;

/// A file's path in the folder, with `/` between its parts, and its bytes.
pub(crate) type File = (String, Vec<u8>);

type Files = Result<Vec<File>, Box<dyn Error>>;

/// Two workbooks, each as XLSX and as ODS, and every list as CSV.
pub(crate) fn all(authority: &Authority) -> Files {
    let mut annex_a = lists::annex_a(authority);
    mess::spoil(authority, &mut annex_a);
    let others = lists::vulnerable_adolescents(authority);
    let mut files = vec![
        ("annex-a.xlsx".to_owned(), xlsx::bytes(&annex_a)?),
        ("annex-a.ods".to_owned(), ods::bytes(&annex_a)?),
        (
            "vulnerable-adolescents.xlsx".to_owned(),
            xlsx::bytes(&others)?,
        ),
        (
            "vulnerable-adolescents.ods".to_owned(),
            ods::bytes(&others)?,
        ),
    ];
    for sheet in annex_a.iter().chain(&others) {
        files.push((
            format!("csv/{}.csv", sheet.file),
            csv::bytes(sheet, style(sheet)),
        ));
    }
    Ok(files)
}

/// Some lists of Annex A in one workbook, by their numbers.
pub(crate) fn some_lists(authority: &Authority, numbers: &[usize]) -> Files {
    let mut annex_a = lists::annex_a(authority);
    mess::spoil(authority, &mut annex_a);
    let chosen = (1..)
        .zip(annex_a)
        .filter(|(number, _)| numbers.contains(number));
    let sheets: Vec<Sheet> = chosen.map(|(_, sheet)| sheet).collect();
    if sheets.is_empty() {
        return Err("Annex A has lists 1 to 11.".into());
    }
    Ok(vec![(
        "annex-a-part.xlsx".to_owned(),
        xlsx::bytes(&sheets)?,
    )])
}

/// The small list that the page offers.
pub(crate) fn small(authority: &Authority) -> Files {
    let sheet = small::made_up_list(authority).ok_or("List 7 is too short for a small list.")?;
    Ok(vec![(
        "child-protection.csv".to_owned(),
        csv::bytes(&sheet, Style::Plain),
    )])
}

/// Files from different programs come together, so their encodings and line ends differ.
fn style(sheet: &Sheet) -> Style {
    match sheet.file {
        "list-06-child-in-need" => Style::Marked,
        "list-08-in-care" => Style::Windows,
        _ => Style::Plain,
    }
}
