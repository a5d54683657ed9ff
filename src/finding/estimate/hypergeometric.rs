//! The hypergeometric distribution: how many marked cases a sample without replacement holds.
//!
//! Chances are summed from the likeliest count outwards, each from its neighbour by one product, so
//! that nothing overflows and every machine gets the same digits (no logarithm is taken).

/// The chance that a sample of `drawn` cases from `population`, of which `marked` are marked, holds
/// at most `count` marked ones. Source: Johnson, Kemp and Kotz (2005), "Univariate Discrete
/// Distributions", 3rd edition, chapter 6.
#[must_use]
pub fn at_most(population: u32, marked: u32, drawn: u32, count: u32) -> f64 {
    let (marked, drawn) = (marked.min(population), drawn.min(population));
    // As 64-bit numbers the sums below cannot overflow.
    let [all, k, n, x] = [population, marked, drawn, count].map(i64::from);
    let (least, most) = ((n + k - all).max(0), n.min(k));
    if x < least {
        return 0.0;
    }
    if x >= most {
        return 1.0;
    }
    let likeliest = ((n + 1) * (k + 1) / (all + 2)).clamp(least, most);
    let mut sums = Sums {
        below: 0.0,
        total: 0.0,
        limit: x,
    };
    sums.add(likeliest, 1.0);
    let mut weight = 1.0;
    for at in (least + 1..=likeliest).rev() {
        weight *= ratio([at, all - k - n + at], [k - at + 1, n - at + 1]);
        if !sums.add(at - 1, weight) {
            break;
        }
    }
    weight = 1.0;
    for at in likeliest..most {
        weight *= ratio([k - at, n - at], [at + 1, all - k - n + at + 1]);
        if !sums.add(at + 1, weight) {
            break;
        }
    }
    (sums.below / sums.total).clamp(0.0, 1.0)
}

/// Sums of weights, relative to the likeliest count's.
struct Sums {
    below: f64,
    total: f64,
    limit: i64,
}

impl Sums {
    /// Adds a count's weight; false once the weights left can no longer change the sums.
    fn add(&mut self, count: i64, weight: f64) -> bool {
        self.total += weight;
        if count <= self.limit {
            self.below += weight;
        }
        weight > 1e-40
    }
}

/// A product of two numbers through a product of two others.
fn ratio(above: [i64; 2], below: [i64; 2]) -> f64 {
    // All are at most 2³², so each is exact as a double.
    let float = |number: i64| u32::try_from(number).map_or(0.0, f64::from);
    let [a, b] = above.map(float);
    let [c, d] = below.map(float);
    (a / c) * (b / d)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::distribution::{DiscreteCDF, Hypergeometric};

    /// n over k, exactly.
    fn choose(n: u128, k: u128) -> u128 {
        if k > n {
            0
        } else {
            (0..k).fold(1, |product, at| product * (n - at) / (at + 1))
        }
    }

    #[test]
    fn small_populations_are_exact() {
        for population in 0..=12 {
            for marked in 0..=population {
                for drawn in 0..=population {
                    let ways = |count: u32| {
                        let (all, k) = (u128::from(population), u128::from(marked));
                        let (n, x) = (u128::from(drawn), u128::from(count));
                        choose(k, x) * n.checked_sub(x).map_or(0, |rest| choose(all - k, rest))
                    };
                    let total: u128 = (0..=drawn).map(ways).sum();
                    for count in 0..=drawn {
                        let below: u128 = (0..=count).map(ways).sum();
                        let [below, total] =
                            [below, total].map(|ways| f64::from(u32::try_from(ways).unwrap()));
                        let found = at_most(population, marked, drawn, count);
                        assert!((found - below / total).abs() < 1e-14);
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn another_library_agrees(
            (population, marked, drawn) in (1_u32..5_000).prop_flat_map(|n| (Just(n), 0..=n, 0..=n)),
            count in 0_u32..5_000,
        ) {
            let [all, k, n, x] = [population, marked, drawn, count].map(u64::from);
            let judge = Hypergeometric::new(all, k, n).unwrap().cdf(x);
            let found = at_most(population, marked, drawn, count);
            prop_assert!((found - judge).abs() < 1e-9, "{found}, not {judge}");
        }
    }
}
