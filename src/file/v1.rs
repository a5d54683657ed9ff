//! The first version of the saved file: the shape of its header line. Frozen once released.

use serde::{Deserialize, Serialize};

/// What names this version.
pub(super) const FORMAT: &str = "sightline-round/1";

/// The first line of a saved round; its journal's lines follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// [`FORMAT`].
    pub(super) format: String,
    /// Names the round: random text.
    pub(super) round: String,
    /// When it was saved: milliseconds since 1970 (UTC).
    pub(super) saved_at: i64,
    /// How many entries follow.
    pub(super) entries: usize,
}
