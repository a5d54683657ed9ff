//! What a round tells the next one: which cases were audited, and when.

use super::{Case, Round};
use crate::frame::UnitId;
use crate::frame::earlier::{Audited, Earlier};
use crate::table::date::Date;

impl Round {
    /// The cases with a signed review, each with the day on which it was signed; those that were
    /// replaced or drawn before another draw among them, since they were audited none the less.
    #[must_use]
    pub fn audited(&self, file: &str, sha256: &str) -> Earlier {
        let audited = |case: &Case| {
            let signed = self.reviews.get(&case.number)?.signed.as_ref()?;
            Some(Audited {
                id: UnitId::new(&case.id)?,
                on: Some(Date::of_millis(signed.at)),
            })
        };
        Earlier {
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            cases: self.every_case().filter_map(audited).collect(),
            unaudited: self
                .cases()
                .iter()
                .filter(|case| audited(case).is_none())
                .count(),
        }
    }
}
