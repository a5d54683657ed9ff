//! Coverage: how much of the sample has been looked at, and how far.

use crate::review::Progress;

/// The cases of a sample by how far their reviews have come; each case stands in one count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Cases in the sample: the sum of the other four.
    pub sampled: usize,
    /// Nothing has been answered.
    pub not_started: usize,
    /// Something is still missing.
    pub incomplete: usize,
    /// Nothing is missing, but nobody has signed.
    pub complete: usize,
    /// Signed.
    pub signed: usize,
}

impl Coverage {
    /// Counts the cases of a sample, each given by its progress and whether it is signed.
    #[must_use]
    pub fn of(cases: impl Iterator<Item = (Progress, bool)>) -> Self {
        let mut coverage = Self::default();
        for case in cases {
            coverage.sampled += 1;
            let count = match case {
                (_, true) => &mut coverage.signed,
                (Progress::NotStarted, false) => &mut coverage.not_started,
                (Progress::Incomplete, false) => &mut coverage.incomplete,
                (Progress::Complete, false) => &mut coverage.complete,
            };
            *count += 1;
        }
        coverage
    }

    /// Cases in which something has been answered, signed or not.
    #[must_use]
    pub fn begun(&self) -> usize {
        self.incomplete + self.complete + self.signed
    }

    /// Whether every case of the sample is signed; never so for an empty sample.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.sampled > 0 && self.signed == self.sampled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_stands_in_one_count() {
        let cases = [
            (Progress::NotStarted, false),
            (Progress::Incomplete, false),
            (Progress::Incomplete, false),
            (Progress::Complete, false),
            (Progress::Complete, true),
        ];
        let coverage = Coverage::of(cases.into_iter());
        let expected = Coverage {
            sampled: 5,
            not_started: 1,
            incomplete: 2,
            complete: 1,
            signed: 1,
        };
        assert_eq!(coverage, expected);
        assert_eq!(coverage.begun(), 4);
        assert!(!coverage.is_whole());
    }

    #[test]
    fn only_a_sample_with_every_case_signed_is_whole() {
        assert!(Coverage::of([(Progress::Complete, true)].into_iter()).is_whole());
        assert!(!Coverage::default().is_whole());
    }
}
