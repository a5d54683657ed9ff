//! What a person chose for a list, remembered for the next file of the same shape: names of columns,
//! and of filters what was asked for, if the person wants that. No id of an earlier round is among it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::annex_a::Unit;
use super::filter::{Filter, Test};
use crate::table::{hex, trimmed};

/// What a person chose for lists of one shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What a case is.
    pub unit: Unit,
    /// The name of the column that names it.
    pub id: String,
    /// Where a case is an event, the name of the column that tells the events of a child apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What the list is called where it is linked with others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it is linked with others, the columns that were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<Vec<String>>,
    /// Who is in, where the person wants it remembered; never by ids of an earlier round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
}

impl Mapping {
    /// The filters that may be remembered: all but those that hold the ids of an earlier round.
    #[must_use]
    pub fn lasting(filters: &[Filter]) -> Vec<Filter> {
        let lasts = |filter: &&Filter| !matches!(filter.test, Test::Earlier { .. });
        filters.iter().filter(lasts).cloned().collect()
    }

    /// The remembered filters that a list with these columns can be asked.
    #[must_use]
    pub fn filters_for(&self, names: &[&str]) -> Vec<Filter> {
        let fits = |filter: &&Filter| {
            let column = filter.test.column();
            column.is_some_and(|column| names.contains(&column))
        };
        self.filters.iter().filter(fits).cloned().collect()
    }
}

/// The shape of a list: SHA-256, in hex, over the names of its columns in their order, each
/// followed by a line feed; capitals and spaces at the ends of a name make no difference.
#[must_use]
pub fn shape<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for name in names {
        hash.update(trimmed(name).to_lowercase().as_bytes());
        hash.update(b"\n");
    }
    hex(&hash.finalize())
}

/// Whether two names are those of the same column: capitals and spaces at the ends make no difference.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    trimmed(one).to_lowercase() == trimmed(other).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_same_columns_have_one_shape() {
        let first = shape(["Child ID", "Team"]);
        assert_eq!(first, shape(["child id ", "\u{a0}TEAM"]));
        // From `printf 'child id\nteam\n' | sha256sum`.
        assert_eq!(
            first,
            "2a4553ec793a94a6a360c1b03ee22042568bd33c033887b0b38617d6bfa0f7e0"
        );
        for other in [
            &["Team", "Child ID"][..],
            &["Child ID"],
            &["Child ID", "Team", ""],
            &["Child", "IDTeam"],
        ] {
            assert_ne!(first, shape(other.iter().copied()), "{other:?}");
        }
    }
}
