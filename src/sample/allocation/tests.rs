//! Shares as published, within their bounds, and refused with a reason.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

fn parts(populations: &[usize]) -> Vec<Part<'static>> {
    populations
        .iter()
        .zip(NAMES)
        .map(|(population, name)| Part::whole(name, *population))
        .collect()
}

fn sizes(
    allocation: &Allocation,
    populations: &[usize],
    size: usize,
    minimum: usize,
) -> Vec<usize> {
    allocate(allocation, &parts(populations), size, minimum).unwrap()
}

fn spreads(millionths: &[u64]) -> Allocation {
    let named = millionths
        .iter()
        .zip(NAMES)
        .map(|(millionths, name)| Spread {
            stratum: name.to_owned(),
            millionths: *millionths,
        });
    Allocation::Neyman(named.collect())
}

fn shares(sizes: &[usize]) -> Allocation {
    let named = sizes.iter().zip(NAMES).map(|(size, name)| Share {
        stratum: name.to_owned(),
        size: *size,
    });
    Allocation::ByHand(named.collect())
}

fn numbers(value: &Value) -> Vec<usize> {
    let numbers = value.as_array().unwrap().iter();
    numbers
        .map(|number| usize::try_from(number.as_u64().unwrap()).unwrap())
        .collect()
}

#[test]
fn the_published_allocations() {
    let known: Value =
        serde_json::from_str(include_str!("../../../tests/known_answers.json")).unwrap();
    for case in known["stratified"]["hamilton"].as_array().unwrap() {
        let size = usize::try_from(case["n"].as_u64().unwrap()).unwrap();
        assert_eq!(
            sizes(&Allocation::Proportional, &numbers(&case["Nh"]), size, 0),
            numbers(&case["nh"])
        );
    }
    // The strata of samplingbook's own example (R, samplingbook 1.2.4, ?stratasamp).
    let populations = [5234, 2586, 649, 157];
    let samplingbook = &known["stratified"]["samplingbook"];
    assert_eq!(
        sizes(&Allocation::Proportional, &populations, 500, 0),
        numbers(&samplingbook["proportional"])
    );
    assert_eq!(
        sizes(&spreads(&[251, 1165, 8035, 24725]), &populations, 500, 0),
        numbers(&samplingbook["neyman Sh=251,1165,8035,24725"])
    );
}

#[test]
fn bounds_hold_and_the_rest_keeps_its_proportions() {
    assert_eq!(sizes(&Allocation::Equal, &[10, 10, 10], 8, 0), [3, 3, 2]);
    assert_eq!(sizes(&Allocation::Equal, &[1, 10, 10], 9, 0), [1, 4, 4]);
    assert_eq!(
        sizes(&Allocation::Proportional, &[1, 1, 98], 10, 1),
        [1, 1, 8]
    );
    assert_eq!(
        sizes(&Allocation::Proportional, &[1, 40, 60], 10, 2),
        [1, 4, 5]
    );
    // The spread asks for more of b than it holds.
    assert_eq!(
        sizes(&spreads(&[1, 100, 1]), &[50, 5, 50], 15, 0),
        [5, 5, 5]
    );
    // Without spread in any stratum that is left, cases decide.
    assert_eq!(
        sizes(&spreads(&[0, 100, 0]), &[50, 5, 100], 20, 0),
        [5, 5, 10]
    );
    assert_eq!(sizes(&shares(&[2, 0]), &[2, 9], 2, 0), [2, 0]);
}

#[test]
fn wrong_plans_are_refused_with_the_reason() {
    let refused = |allocation: &Allocation, populations: &[usize], size, minimum| {
        allocate(allocation, &parts(populations), size, minimum)
            .unwrap_err()
            .to_string()
    };
    let proportional = &Allocation::Proportional;
    assert!(refused(proportional, &[3, 4], 8, 0).contains("which hold 7"));
    assert!(refused(proportional, &[3, 0], 2, 0).contains("“b” is empty"));
    assert!(refused(proportional, &[3, 4], 3, 2).contains("makes 4, more than the sample of 3"));
    assert!(refused(&spreads(&[1]), &[3, 4], 3, 0).contains("“b” needs one spread, and has 0"));
    assert!(refused(&spreads(&[0, 0]), &[3, 4], 3, 0).contains("Every spread is 0"));
    assert!(refused(&shares(&[1, 1, 1]), &[3, 4], 3, 0).contains("no stratum “c”"));
    assert!(refused(&shares(&[1, 1]), &[3, 4], 3, 0).contains("add up to 2"));
    assert!(refused(&shares(&[1, 3]), &[3, 4], 4, 2).contains("less than the minimum of 2"));
    assert!(refused(&shares(&[4, 1]), &[3, 4], 5, 0).contains("holds 3 cases, and 4 are asked"));
}

proptest! {
    #[test]
    fn shares_add_up_within_their_bounds(
        populations in prop::collection::vec(1..200_usize, 1..8),
        millionths in prop::collection::vec(0..5_000_000_u64, 8),
        share in 0.0..=1.0_f64,
        minimum in 0..5_usize,
        rule in 0..3,
    ) {
        let whole: usize = populations.iter().sum();
        let least: usize = populations.iter().map(|population| minimum.min(*population)).sum();
        let size = (0..=whole).nth(
            (0..=whole).take_while(|n| f64::from(u32::try_from(*n).unwrap())
                <= share * f64::from(u32::try_from(whole).unwrap())).count() - 1
        ).unwrap().max(least);
        let allocation = match rule {
            0 => Allocation::Proportional,
            1 => Allocation::Equal,
            _ => spreads(&millionths[..populations.len()]),
        };
        prop_assume!(rule < 2 || millionths[..populations.len()].iter().any(|m| *m > 0));
        let sizes = sizes(&allocation, &populations, size, minimum);
        prop_assert_eq!(sizes.iter().sum::<usize>(), size);
        for (size, population) in sizes.iter().zip(&populations) {
            prop_assert!(size <= population && *size >= minimum.min(*population));
        }
    }

    /// Without bounds in the way no share is more than one case from its quota.
    #[test]
    fn proportional_shares_keep_to_their_quota(
        populations in prop::collection::vec(1..200_usize, 1..8),
        size in 0..200_usize,
    ) {
        let whole: usize = populations.iter().sum();
        let size = size.min(whole);
        let sizes = sizes(&Allocation::Proportional, &populations, size, 0);
        for (got, population) in sizes.iter().zip(&populations) {
            prop_assert!(got * whole < size * population + whole);
            prop_assert!(got * whole + whole > size * population);
        }
    }
}
