//! What a sample of a given size can bear: the other way round.

use std::cmp::Ordering;

use super::{Population, check, precision};
use crate::chance::urn::Urn;
use crate::chance::{BasisPoints, Confidence};
use crate::sample::refusal::Refusal;

/// The smallest margin, in whole hundredths of a percent, that a sample of `size` of so many cases
/// gives a share to, either way: [`precision`] turned round.
///
/// # Errors
/// A sample of none or of more cases than there are.
pub fn margin(population: u64, confidence: Confidence, size: u64) -> Result<BasisPoints, Refusal> {
    check_size(population, size)?;
    let (mut low, mut high) = (0, BasisPoints::ALL);
    // Larger margins need fewer cases, so the search may halve. All cases leave no margin.
    while size < population && low + 1 < high {
        let middle = low.midpoint(high);
        let points = BasisPoints::new(middle).unwrap_or_default();
        if precision(Population::Of(population), confidence, points)? <= size {
            high = middle;
        } else {
            low = middle;
        }
    }
    let found = if size < population { high } else { 0 };
    Ok(BasisPoints::new(found).unwrap_or_default())
}

/// The most weak cases that there may be, with this confidence, though a sample of `size` met none:
/// the largest number whose chance to stay unseen, P(X = 0), is not below 1 − confidence. Exact.
///
/// # Errors
/// A sample of none or of more cases than there are.
pub fn unseen(population: u64, confidence: Confidence, size: u64) -> Result<u64, Refusal> {
    check_size(population, size)?;
    let is_possible =
        |weak| Urn::of(population, weak).compare(0, size, confidence.doubt()) != Ordering::Less;
    // With none weak the chance is 1; with more than are left outside the sample it is 0.
    let (mut low, mut high) = (0, population - size + 1);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if is_possible(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn check_size(population: u64, size: u64) -> Result<(), Refusal> {
    check(Population::Of(population))?;
    if size == 0 {
        return Err(Refusal::new("A sample of 0 cases says nothing."));
    }
    if size > population {
        return Err(Refusal::new(format!(
            "The sample, {size}, is larger than the population of {population}."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Errors, assurance, detection};
    use super::*;

    fn level(text: &str) -> Confidence {
        text.parse().unwrap()
    }

    proptest! {
        #[test]
        fn what_stays_unseen_is_found_by_trying_every_number(
            (cases, size) in (1..60_u64).prop_flat_map(|cases| (Just(cases), 1..=cases)),
        ) {
            let missed = |weak: &u64| 1.0 - detection(cases, size, *weak).unwrap();
            let tried = (0..=cases).filter(|weak| missed(weak) >= 0.05 - 1e-12).max();
            prop_assert_eq!(unseen(cases, level("95"), size).ok(), tried);
        }

        #[test]
        fn a_margin_is_the_smallest_that_the_size_is_enough_for(
            (cases, size) in (2..5_000_u64).prop_flat_map(|cases| (Just(cases), 1..cases)),
        ) {
            let found = margin(cases, level("95"), size).unwrap().points();
            let needs = |points| {
                precision(Population::Of(cases), level("95"), BasisPoints::new(points).unwrap()).unwrap()
            };
            // At a margin of 100 % one case is enough, so there is always one.
            prop_assert!(needs(found) <= size || found == BasisPoints::ALL);
            prop_assert!(found <= 1 || needs(found - 1) > size);
        }
    }

    #[test]
    fn twelve_of_a_hundred_and_twenty() {
        // P(X = 0) with 25 weak: C(95, 12)/C(120, 12) = 0.0518; with 26 it is 0.0453.
        assert_eq!(unseen(120, level("95"), 12).unwrap(), 25);
        assert_eq!(unseen(120, level("95"), 120).unwrap(), 0);
        assert_eq!(margin(120, level("95"), 120).unwrap().points(), 0);
        // Cochran 1977, eq. 4.2: 66 of 200 give 10 percentage points.
        assert!(margin(200, level("95"), 66).unwrap().points() <= 1_000);
        assert!(margin(200, level("95"), 65).unwrap().points() > 1_000);
        assert!(unseen(10, level("95"), 11).is_err() && margin(10, level("95"), 0).is_err());
    }

    #[test]
    fn a_sample_that_assures_leaves_fewer_unseen_than_it_rules_out() {
        let tolerable = BasisPoints::new(1_000).unwrap();
        let found = assurance(
            Population::Of(1_000),
            level("95"),
            tolerable,
            Errors::Allowed(0),
        )
        .unwrap();
        assert!(unseen(1_000, level("95"), found.size).unwrap() < 100);
        assert!(unseen(1_000, level("95"), found.size - 1).unwrap() >= 100);
    }
}
