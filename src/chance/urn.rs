//! How many marked cases a sample holds: hypergeometric where the population has an end, binomial
//! where it has none.
//!
//! Single chances follow Loader (Fast and accurate computation of binomial probabilities, 2000),
//! whose error is a few units in the last place; sums run outwards from their largest term. Where
//! a sum comes so near to a limit that rounding could decide, whole numbers decide.

use std::cmp::Ordering;
use std::f64::consts::PI;

use num_bigint::BigUint;

use super::{BasisPoints, Limit, real};

/// How near to the limit a chance must be for whole numbers to decide: far more than rounding can do.
const NEAR: f64 = 1e-9;

/// A population as a sample sees it: so many cases, so many of them marked.
#[derive(Clone, Copy, Debug)]
pub enum Urn {
    /// Drawn from without putting back.
    Finite {
        /// All cases.
        cases: u64,
        /// Those of them that are marked.
        marked: u64,
    },
    /// Without an end, with this share of marked cases.
    Endless {
        /// The share.
        marked: BasisPoints,
    },
}

impl Urn {
    /// A population of so many cases, so many of them marked.
    #[must_use]
    pub fn of(cases: u64, marked: u64) -> Self {
        Self::Finite { cases, marked }
    }

    /// How many are marked, where that is a number.
    #[must_use]
    pub fn marked(&self) -> Option<u64> {
        match self {
            Self::Finite { marked, .. } => Some(*marked),
            Self::Endless { .. } => None,
        }
    }

    /// How P(X ≤ k), X the marked cases in a sample of `size`, compares with a limit: exactly.
    #[must_use]
    pub fn compare(&self, k: u64, size: u64, limit: Limit) -> Ordering {
        let chance = self.at_most(k, size);
        if (chance - limit.value()).abs() > NEAR * limit.value() {
            return chance.total_cmp(&limit.value());
        }
        let (ways, all) = self.ways_at_most(k, size);
        (ways * limit.whole).cmp(&(all * limit.part))
    }

    /// P(X ≤ k) for the marked cases X in a sample of `size`.
    #[must_use]
    pub fn at_most(&self, k: u64, size: u64) -> f64 {
        let most = self.marked().map_or(size, |marked| marked.min(size));
        if k >= most {
            return 1.0;
        }
        let mean = match *self {
            Self::Finite { cases, marked } => real(size) * real(marked) / real(cases),
            Self::Endless { marked } => real(size) * marked.fraction(),
        };
        if real(k) <= mean {
            return self.sum(k, size, |x| (x > 0).then(|| (x - 1, self.ratio(x, size))));
        }
        1.0 - self.sum(k + 1, size, |x| {
            (x < most).then(|| (x + 1, 1.0 / self.ratio(x + 1, size)))
        })
    }

    /// Adds up chances from `x` outwards until more of them change nothing; `next` gives the next
    /// number and its chance as a multiple of this one's.
    fn sum(&self, x: u64, size: u64, next: impl Fn(u64) -> Option<(u64, f64)>) -> f64 {
        let mut term = self.exactly(x, size);
        let (mut sum, mut x) = (term, x);
        while let Some((further, ratio)) = next(x) {
            x = further;
            term *= ratio;
            sum += term;
            if term < sum * f64::EPSILON / 64.0 {
                break;
            }
        }
        sum
    }

    /// P(X = x − 1) / P(X = x).
    fn ratio(&self, x: u64, size: u64) -> f64 {
        let (got, strong) = (real(x), real(size) - real(x) + 1.0);
        match *self {
            Self::Finite { cases, marked } => {
                let (cases, marked) = (real(cases), real(marked));
                got * (cases - marked - strong + 1.0) / ((marked - got + 1.0) * strong)
            }
            Self::Endless { marked } => {
                got * (1.0 - marked.fraction()) / (strong * marked.fraction())
            }
        }
    }

    /// P(X = x) for the marked cases X in a sample of `size`.
    #[must_use]
    pub fn exactly(&self, x: u64, size: u64) -> f64 {
        match *self {
            Self::Finite { cases, marked } => {
                if x > marked || x > size || size - x > cases - marked {
                    return 0.0;
                }
                let (p, q) = (real(size) / real(cases), real(cases - size) / real(cases));
                binomial(x, marked, p, q) * binomial(size - x, cases - marked, p, q)
                    / binomial(size, cases, p, q)
            }
            Self::Endless { marked } => {
                let strong = real(BasisPoints::ALL - marked.points()) / real(BasisPoints::ALL);
                binomial(x, size, marked.fraction(), strong)
            }
        }
    }

    /// P(X ≤ k) as a fraction of whole numbers.
    fn ways_at_most(&self, k: u64, size: u64) -> (BigUint, BigUint) {
        match *self {
            Self::Finite { cases, marked } => {
                let ways = (0..=k.min(size).min(marked))
                    .map(|x| choose(marked, x) * choose(cases - marked, size - x));
                (ways.sum(), choose(cases, size))
            }
            Self::Endless { marked } => {
                let strong = BasisPoints::ALL - marked.points();
                let power = |base: u64, exponent: u64| {
                    BigUint::from(base).pow(u32::try_from(exponent).unwrap_or(u32::MAX))
                };
                let ways = (0..=k.min(size))
                    .map(|x| choose(size, x) * power(marked.points(), x) * power(strong, size - x));
                (ways.sum(), power(BasisPoints::ALL, size))
            }
        }
    }
}

/// The number of ways to choose k of n, 0 where k is larger.
fn choose(n: u64, k: u64) -> BigUint {
    if k > n {
        return BigUint::ZERO;
    }
    let k = k.min(n - k);
    (0..k).fold(BigUint::from(1_u8), |ways, i| ways * (n - i) / (i + 1))
}

/// The binomial chance of x in n, with p + q = 1 (Loader 2000, eq. 8).
fn binomial(x: u64, n: u64, p: f64, q: f64) -> f64 {
    let (np, nq) = (real(n) * p, real(n) * q);
    if x == 0 {
        return power(n, q, p);
    }
    if x == n {
        return power(n, p, q);
    }
    if p == 0.0 || q == 0.0 {
        return 0.0;
    }
    let exponent = stirling_error(n)
        - stirling_error(x)
        - stirling_error(n - x)
        - deviance(real(x), np)
        - deviance(real(n - x), nq);
    let spread = 2.0 * PI * real(x) * (real(n - x) / real(n));
    libm::exp(exponent) / libm::sqrt(spread)
}

/// p^n, p = 1 − q, without loss where q is small.
fn power(n: u64, p: f64, q: f64) -> f64 {
    match n {
        0 => 1.0,
        _ if p == 0.0 => 0.0,
        _ if q < 0.1 => libm::exp(real(n) * libm::log1p(-q)),
        _ => libm::exp(real(n) * libm::log(p)),
    }
}

/// ln n! minus Stirling's formula for it (Loader 2000, eq. 4; Abramowitz and Stegun 6.1.41).
fn stirling_error(n: u64) -> f64 {
    let real_n = real(n);
    if n <= 15 {
        let factorial: f64 = (1..=n).map(real).product();
        return libm::log(factorial) - (real_n + 0.5) * libm::log(real_n) + real_n
            - libm::log(2.0 * PI) / 2.0;
    }
    let nn = real_n * real_n;
    let series = [
        1.0 / 1188.0,
        1.0 / 1680.0,
        1.0 / 1260.0,
        1.0 / 360.0,
        1.0 / 12.0,
    ];
    series.iter().fold(0.0, |sum, term| term - sum / nn) / real_n
}

/// x·ln(x/m) + m − x, without loss where x is near to m (Loader 2000, section 4).
fn deviance(x: f64, m: f64) -> f64 {
    if (x - m).abs() >= 0.1 * (x + m) {
        return x * libm::log(x / m) + m - x;
    }
    let v = (x - m) / (x + m);
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    for odd in (3..).step_by(2) {
        power *= v * v;
        let further = sum + power / real(odd);
        if (further - sum).abs() <= f64::EPSILON / 2.0 * sum {
            break;
        }
        sum = further;
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use statrs::distribution::{DiscreteCDF, Hypergeometric};

    use super::super::Confidence;
    use super::*;

    /// The first 15 digits of a fraction of whole numbers.
    fn quotient(part: &BigUint, whole: &BigUint) -> f64 {
        let digits = part * BigUint::from(10_u8).pow(15) / whole;
        digits.to_string().parse::<f64>().unwrap() / 1e15
    }

    proptest! {
        #[test]
        fn chances_are_those_of_whole_numbers(
            (cases, marked, size) in (1..150_u64)
                .prop_flat_map(|cases| (Just(cases), 0..=cases, 0..=cases)),
            k in 0..150_u64,
        ) {
            let urn = Urn::of(cases, marked);
            let (ways, all) = urn.ways_at_most(k, size);
            prop_assert!((urn.at_most(k, size) - quotient(&ways, &all)).abs() < 1e-12);
        }

        #[test]
        fn another_library_agrees(
            (cases, marked, size) in (1..5_000_u64)
                .prop_flat_map(|cases| (Just(cases), 0..=cases, 0..=cases)),
            k in 0..5_000_u64,
        ) {
            let judge = Hypergeometric::new(cases, marked, size).unwrap().cdf(k);
            let found = Urn::of(cases, marked).at_most(k, size);
            prop_assert!((found - judge).abs() < 1e-9, "{found}, not {judge}");
        }

        #[test]
        fn single_chances_add_up(
            (cases, marked, size) in (1..300_u64)
                .prop_flat_map(|cases| (Just(cases), 0..=cases, 0..=cases)),
            k in 0..300_u64,
        ) {
            let urn = Urn::of(cases, marked);
            let sum: f64 = (0..=k).map(|x| urn.exactly(x, size)).sum();
            prop_assert!((sum - urn.at_most(k, size)).abs() < 1e-12);
        }

        #[test]
        fn chances_without_an_end_are_those_of_whole_numbers(
            points in 1..9_999_u64,
            size in 1..120_u64,
            k in 0..120_u64,
        ) {
            let urn = Urn::Endless { marked: BasisPoints::new(points).unwrap() };
            let (ways, all) = urn.ways_at_most(k, size);
            prop_assert!((urn.at_most(k, size) - quotient(&ways, &all)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_chance_of_exactly_the_limit_is_told_from_one_below() {
        let doubt = "95".parse::<Confidence>().unwrap().doubt();
        // One marked case of 20: a sample of 19 misses it with a chance of 5 % exactly.
        assert_eq!(Urn::of(20, 1).compare(0, 19, doubt), Ordering::Equal);
        assert_eq!(Urn::of(20, 1).compare(0, 20, doubt), Ordering::Less);
        assert_eq!(Urn::of(20, 1).compare(0, 18, doubt), Ordering::Greater);
        // One of a million: 950,000 miss it with 5 % exactly.
        assert_eq!(
            Urn::of(1_000_000, 1).compare(0, 950_000, doubt),
            Ordering::Equal
        );
        assert_eq!(Urn::of(40, 1).compare(0, 39, doubt.half()), Ordering::Equal);
        assert_eq!(
            Urn::of(40, 1).compare(0, 1, doubt.half().rest()),
            Ordering::Equal
        );
    }
}
