//! Which columns a list offers for groups, weights, an order and limits; for lists of Annex A those
//! first that they are known for.

use crate::frame::annex_a;
use crate::table::column::{Kind, Profile};
use crate::table::date::Date;

/// A column of more different values than this makes no groups unless it is cut into bands.
const MOST_VALUES: usize = 60;
/// A column of numbers with no more different values than this needs no bands.
const FEW_VALUES: usize = 8;

/// What a column is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// To make groups.
    Strata,
    /// To name the teams, some of which are drawn.
    Team,
    /// As a weight.
    Weight,
    /// To order the list by.
    Order,
    /// To keep to a cap by.
    Cap,
}

/// The columns that a list offers for a use: first those that its kind of list is known for.
#[must_use]
pub fn offered(wanted: Use, columns: &[Profile]) -> Vec<usize> {
    let fits = |column: &&usize| columns.get(**column).is_some_and(|it| is_fit(wanted, it));
    let mut offered: Vec<usize> = suggested(wanted, columns)
        .iter()
        .filter(fits)
        .copied()
        .collect();
    for column in 0..columns.len() {
        if !offered.contains(&column) && fits(&&column) {
            offered.push(column);
        }
    }
    offered
}

/// The columns that are known to serve a use, if the list is one of Annex A.
#[must_use]
pub fn suggested(wanted: Use, columns: &[Profile]) -> Vec<usize> {
    let header: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let Some(list) = annex_a::recognise(&header) else {
        return Vec::new();
    };
    match wanted {
        Use::Strata => list.strata_columns(&header),
        Use::Weight | Use::Order => list.risk_columns(&header),
        Use::Team | Use::Cap => Vec::new(),
    }
}

fn is_fit(wanted: Use, column: &Profile) -> bool {
    let varies = column.distinct > 1;
    let is_word = matches!(column.kind, Kind::YesNo | Kind::Category | Kind::Text);
    match wanted {
        _ if matches!(column.kind, Kind::Id | Kind::Empty) => false,
        Use::Strata => varies && (!is_word || column.distinct <= MOST_VALUES),
        Use::Team => varies && is_word,
        Use::Weight => column.kind == Kind::Number,
        Use::Order => varies,
        Use::Cap => varies && column.kind != Kind::Date,
    }
}

/// Bands to begin with, for a column of ages, days or many numbers; the person changes them.
pub(super) fn usual_bands(column: &Profile, today: Date) -> String {
    let name = column.name.to_lowercase();
    let to = format!(
        "{:04}-{:02}-{:02}",
        today.year(),
        today.month(),
        today.day()
    );
    match column.kind {
        Kind::Date if name.contains("birth") || name.contains("dob") => {
            format!("0-4, 5-9, 10-15, 16+ years to {to}")
        }
        Kind::Date => format!("0-30, 31-90, 91-180, 181+ days to {to}"),
        Kind::Number if name.split_whitespace().any(|word| word == "age") => {
            "0-4, 5-9, 10-15, 16+".to_owned()
        }
        Kind::Number if column.distinct > FEW_VALUES => "0, 1-2, 3-5, 6-10, 11+".to_owned(),
        Kind::Number | Kind::Id | Kind::YesNo | Kind::Category | Kind::Text | Kind::Empty => {
            String::new()
        }
    }
}
