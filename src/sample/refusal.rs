//! Why a draw, a seed or a certificate is refused, as a sentence for the person who asked.

use std::fmt;

/// A draw that cannot be made, or a certificate that cannot be read: what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// A refusal with its reason, a whole sentence in plain English.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// The reason, for the screen.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for crate::table::Refusal {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.0)
    }
}
