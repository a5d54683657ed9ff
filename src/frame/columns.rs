//! Which column is what: the id above all, guessed from Annex A, from names and from contents.

use super::annex_a;
use crate::table::column::{self, Kind, Profile};

/// The column that most likely names the unit: Annex A's own, else one whose name says id and
/// that is filled, the one with the most distinct cells first; else one whose cells tell all rows
/// apart.
#[must_use]
pub fn guess_id_column(profiles: &[Profile]) -> Option<usize> {
    let names: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    annex_a::recognise(&names)
        .and_then(|list| list.id_column(&names))
        .or_else(|| guess_from(profiles))
}

fn guess_from(profiles: &[Profile]) -> Option<usize> {
    let rows = profiles.iter().map(|profile| profile.filled).max()?;
    // The strongest names win over a column that merely has more distinct cells.
    let strength = |profile: &Profile| (names_a_person(&profile.name), profile.distinct);
    let named = profiles.iter().enumerate().filter(|(_, profile)| {
        column::names_an_id(&profile.name)
            && !matches!(
                profile.kind,
                Kind::Date | Kind::YesNo | Kind::Category | Kind::Empty
            )
            && is_filled(profile, rows)
    });
    // The first of equals.
    let best = named.rev().max_by_key(|(_, profile)| strength(profile));
    let apart = || {
        profiles.iter().position(|profile| {
            profile.distinct == rows && matches!(profile.kind, Kind::Id | Kind::Number | Kind::Text)
        })
    };
    best.map(|(at, _)| at).or_else(apart)
}

fn names_a_person(name: &str) -> bool {
    const WORDS: [&str; 7] = [
        "child",
        "case",
        "client",
        "person",
        "unique",
        "mosaic",
        "liquidlogic",
    ];
    let name = name.to_lowercase();
    WORDS.iter().any(|word| name.contains(word))
}

/// Whether a column is filled enough to be the id: a strong name may miss more of its cells, as
/// each of them is shown as a fault.
fn is_filled(profile: &Profile, rows: usize) -> bool {
    if names_a_person(&profile.name) {
        profile.filled * 2 >= rows
    } else {
        profile.filled * 10 >= rows * 9
    }
}
