//! Chances of weak cases in a sample, hypergeometric and binomial.
//!
//! Single chances follow Loader (Fast and accurate computation of binomial probabilities, 2000),
//! whose error is a few units in the last place; sums run outwards from their largest term. Where
//! a sum comes so near to a limit that rounding could decide, whole numbers decide.

use std::f64::consts::{PI, SQRT_2};

use num_bigint::BigUint;

use super::{BasisPoints, LARGEST, Population};

/// How near to the limit a chance must be for whole numbers to decide: far more than rounding can do.
const NEAR: f64 = 1e-9;

/// A population as a sample sees it: so many cases, so many of them weak.
#[derive(Clone, Copy, Debug)]
pub(super) enum Urn {
    /// Drawn from without putting back.
    Finite { cases: u64, weak: u64 },
    /// Without an end, with this share of weak cases.
    Endless { weak: BasisPoints },
}

impl Urn {
    /// A population with this share of weak cases, rounded up.
    pub(super) fn new(population: Population, weak: BasisPoints) -> Self {
        match population {
            Population::Of(cases) => Self::with_weak(cases, weak.of(cases)),
            Population::Large => Self::Endless { weak },
        }
    }

    /// A population with so many weak cases.
    pub(super) fn with_weak(cases: u64, weak: u64) -> Self {
        Self::Finite { cases, weak }
    }

    /// How many are weak, where that is a number.
    pub(super) fn weak(&self) -> Option<u64> {
        match self {
            Self::Finite { weak, .. } => Some(*weak),
            Self::Endless { .. } => None,
        }
    }

    /// The smallest sample, of at least `from` cases, of which it is so confident that it holds more
    /// than `allowed` weak ones.
    pub(super) fn smallest(&self, allowed: u64, confidence: BasisPoints, from: u64) -> Option<u64> {
        let most = match *self {
            Self::Finite { weak, .. } if allowed >= weak => return None,
            // With one case more than all strong ones and the allowed weak ones it is certain.
            Self::Finite { cases, weak } => cases - weak + allowed + 1,
            Self::Endless { .. } if allowed >= LARGEST => return None,
            Self::Endless { .. } => LARGEST,
        };
        // Larger samples hold more weak cases, so the search may halve.
        let (mut low, mut step) = (from.max(allowed + 1), 1);
        let mut high = low;
        while !self.rules_out(allowed, high, confidence) {
            if high >= most {
                return None;
            }
            low = high + 1;
            high = high.saturating_add(step).min(most);
            step *= 2;
        }
        while low < high {
            let middle = low.midpoint(high);
            if self.rules_out(allowed, middle, confidence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(high)
    }

    /// Whether P(X ≤ allowed) < 1 − confidence in a sample of `size`, exactly.
    fn rules_out(&self, allowed: u64, size: u64, confidence: BasisPoints) -> bool {
        let doubt = BasisPoints::ALL - confidence.points();
        let limit = real(doubt) / real(BasisPoints::ALL);
        let chance = self.at_most(allowed, size);
        if (chance - limit).abs() > NEAR * limit {
            return chance < limit;
        }
        let (ways, all) = self.ways_at_most(allowed, size);
        ways * BasisPoints::ALL < all * doubt
    }

    /// P(X ≤ k) for the weak cases X in a sample of `size`.
    pub(super) fn at_most(&self, k: u64, size: u64) -> f64 {
        let most = self.weak().map_or(size, |weak| weak.min(size));
        if k >= most {
            return 1.0;
        }
        let mean = match *self {
            Self::Finite { cases, weak } => real(size) * real(weak) / real(cases),
            Self::Endless { weak } => real(size) * share(weak),
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
            Self::Finite { cases, weak } => {
                let (cases, weak) = (real(cases), real(weak));
                got * (cases - weak - strong + 1.0) / ((weak - got + 1.0) * strong)
            }
            Self::Endless { weak } => got * (1.0 - share(weak)) / (strong * share(weak)),
        }
    }

    /// P(X = x).
    fn exactly(&self, x: u64, size: u64) -> f64 {
        match *self {
            Self::Finite { cases, weak } => {
                if x > weak || x > size || size - x > cases - weak {
                    return 0.0;
                }
                let (p, q) = (real(size) / real(cases), real(cases - size) / real(cases));
                binomial(x, weak, p, q) * binomial(size - x, cases - weak, p, q)
                    / binomial(size, cases, p, q)
            }
            Self::Endless { weak } => {
                let strong = real(BasisPoints::ALL - weak.points()) / real(BasisPoints::ALL);
                binomial(x, size, share(weak), strong)
            }
        }
    }

    /// P(X ≤ k) as a fraction of whole numbers.
    fn ways_at_most(&self, k: u64, size: u64) -> (BigUint, BigUint) {
        match *self {
            Self::Finite { cases, weak } => {
                let ways = (0..=k.min(size).min(weak))
                    .map(|x| choose(weak, x) * choose(cases - weak, size - x));
                (ways.sum(), choose(cases, size))
            }
            Self::Endless { weak } => {
                let strong = BasisPoints::ALL - weak.points();
                let power = |base: u64, exponent: u64| {
                    BigUint::from(base).pow(u32::try_from(exponent).unwrap_or(u32::MAX))
                };
                let ways = (0..=k.min(size))
                    .map(|x| choose(size, x) * power(weak.points(), x) * power(strong, size - x));
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

/// The z that a normal deviate stays within, either way, with this chance.
pub(super) fn normal_quantile(chance: BasisPoints) -> f64 {
    let (mut low, mut high) = (0.0, 10.0);
    // Each step halves the bracket; 64 of them use up a double's digits.
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if libm::erf(middle / SQRT_2) < share(chance) {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// A percentage as a fraction.
pub(super) fn share(points: BasisPoints) -> f64 {
    real(points.points()) / real(BasisPoints::ALL)
}

/// A count as a real number; exact, as counts here stay below 2^32.
pub(super) fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// A real number rounded up to a count.
pub(super) fn round_up(number: f64) -> u64 {
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never negative, and a conversion from a larger number stops at the largest"
    )]
    let count = libm::ceil(number) as u64;
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first 15 digits of a fraction of whole numbers.
    fn quotient(part: &BigUint, whole: &BigUint) -> f64 {
        let digits = part * BigUint::from(10_u8).pow(15) / whole;
        digits.to_string().parse::<f64>().unwrap() / 1e15
    }

    proptest! {
        #[test]
        fn chances_are_those_of_whole_numbers(
            (cases, weak, size) in (1..150_u64)
                .prop_flat_map(|cases| (Just(cases), 0..=cases, 0..=cases)),
            k in 0..150_u64,
        ) {
            let urn = Urn::with_weak(cases, weak);
            let (ways, all) = urn.ways_at_most(k, size);
            prop_assert!((urn.at_most(k, size) - quotient(&ways, &all)).abs() < 1e-12);
        }

        #[test]
        fn chances_without_an_end_are_those_of_whole_numbers(
            points in 1..9_999_u64,
            size in 1..120_u64,
            k in 0..120_u64,
        ) {
            let urn = Urn::Endless { weak: BasisPoints::new(points).unwrap() };
            let (ways, all) = urn.ways_at_most(k, size);
            prop_assert!((urn.at_most(k, size) - quotient(&ways, &all)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_chance_of_exactly_the_limit_is_not_below_it() {
        // One weak case of 20: a sample of 19 misses it with a chance of 5 % exactly.
        let confidence = BasisPoints::new(9_500).unwrap();
        assert_eq!(Urn::with_weak(20, 1).smallest(0, confidence, 1), Some(20));
        assert!(!Urn::with_weak(20, 1).rules_out(0, 19, confidence));
        // One of a million: 950,000 miss it with 5 % exactly.
        assert_eq!(
            Urn::with_weak(1_000_000, 1).smallest(0, confidence, 1),
            Some(950_001)
        );
    }

    #[test]
    fn quantiles_of_the_normal_distribution() {
        // Abramowitz and Stegun, table 26.5.
        for (points, z) in [
            (9_000, 1.644_853_627),
            (9_500, 1.959_963_985),
            (9_900, 2.575_829_304),
        ] {
            assert!((normal_quantile(BasisPoints::new(points).unwrap()) - z).abs() < 1e-9);
        }
    }
}
