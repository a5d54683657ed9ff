//! Why rows of a list are not in the frame: each reason with its count stands in the certificate.

use serde::{Deserialize, Serialize};

/// The reason of rows that repeat an id.
pub const REPEATED: &str = "Repeats the id of an earlier row";

/// Rows that are left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Exclusion {
    /// The reason, as a person reads it.
    pub reason: String,
    /// How many rows.
    pub count: usize,
}

impl Exclusion {
    /// An exclusion, if there are rows that it holds for.
    #[must_use]
    pub fn of(reason: &str, count: usize) -> Option<Self> {
        (count > 0).then(|| Self {
            reason: reason.to_owned(),
            count,
        })
    }
}
