//! What a person chose for a list, remembered for the next file of the same shape: names of columns
//! only, and nothing that stands in a cell.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::annex_a::Unit;
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
