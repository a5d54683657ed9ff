//! Estimates: what a random sample says of the whole list, with how sure it is.
//!
//! Only for cases that were drawn at random: cases chosen for a reason never enter an estimate.
//! The main interval is exact for a finite list ([`Observed::count_interval`]); the others are there
//! because people know them. [`stratified`] puts samples of several strata together.

pub mod stratified;

use std::cmp::Ordering;
use std::fmt;

use statrs::distribution::{Beta, ContinuousCDF};

use crate::chance::urn::Urn;
use crate::chance::{Confidence, Limit};

/// Why there is no estimate, as a sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// What a simple random sample, drawn without replacement, showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
    population: u32,
    sample: u32,
    found: u32,
}

/// Two limits, the lower first.
pub type Interval<T> = (T, T);

impl Observed {
    /// `found` cases of interest among `sample` read, drawn from `population`.
    ///
    /// # Errors
    /// If these figures cannot be: an empty sample, one larger than the population, or more found
    /// than were read.
    pub fn new(population: u32, sample: u32, found: u32) -> Result<Self, Refusal> {
        if sample == 0 {
            return Err(Refusal(
                "The sample is empty: nothing can be estimated from it.".into(),
            ));
        }
        if sample > population {
            return Err(Refusal(format!(
                "A sample of {sample} cannot come from a population of {population}."
            )));
        }
        if found > sample {
            return Err(Refusal(format!(
                "{found} cases cannot have been found in a sample of {sample}."
            )));
        }
        Ok(Self {
            population,
            sample,
            found,
        })
    }

    /// How many cases of the whole population are of interest: exact limits for a finite
    /// population.
    ///
    /// The two-sided test of size α is inverted: a count stands in the interval unless the sample
    /// would show so few, or so many, with a chance of at most α/2. Sources: Buonaccorsi (1987), "A
    /// note on confidence intervals for proportions in finite populations", The American Statistician
    /// 41, 215–218; Wright (1991), "Exact confidence bounds when sampling from small finite universes",
    /// Springer.
    #[must_use]
    pub fn count_interval(&self, confidence: Confidence) -> Interval<u32> {
        let half = confidence.doubt().half();
        (self.lowest(half), self.highest(half))
    }

    /// The most cases of interest that there may be, one-sided: with this confidence there are no
    /// more. The same inversion with the whole of α on one side; Touw and Hoogduin (2011),
    /// "Statistiek voor audit en controlling", p. 125.
    #[must_use]
    pub fn upper_count(&self, confidence: Confidence) -> u32 {
        self.highest(confidence.doubt())
    }

    fn highest(&self, error: Limit) -> u32 {
        // The chance of so few falls as the count rises.
        let highest = self.population - (self.sample - self.found);
        last(self.found, highest, |marked| {
            self.at_most(marked, self.found, error) == Ordering::Greater
        })
    }

    fn lowest(&self, error: Limit) -> u32 {
        let Some(fewer) = self.found.checked_sub(1) else {
            return 0;
        };
        // The chance of so many rises with the count: the limit follows the last that is too low.
        let highest = self.population - (self.sample - self.found);
        let too_low = |marked: u32| self.at_most(marked, fewer, error.rest()) != Ordering::Less;
        if too_low(self.found) {
            last(self.found, highest, too_low) + 1
        } else {
            self.found
        }
    }

    /// How the chance of at most so many in the sample, were so many of the population of interest,
    /// compares with a limit.
    fn at_most(&self, marked: u32, count: u32, limit: Limit) -> Ordering {
        let urn = Urn::of(self.population.into(), marked.into());
        urn.compare(count.into(), self.sample.into(), limit)
    }

    /// A count of the population as a share of it.
    #[must_use]
    pub fn share(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.population)
    }

    /// The interval of Clopper and Pearson, which takes the population for endless. Source: Clopper
    /// and Pearson (1934), Biometrika 26, 404–413, in its form with quantiles of beta.
    #[must_use]
    pub fn clopper_pearson(&self, confidence: Confidence) -> Interval<f64> {
        let half = confidence.error() / 2.0;
        let (found, rest) = (f64::from(self.found), f64::from(self.sample - self.found));
        // Neither shape is ever zero where it is asked for.
        let quantile = |a: f64, b: f64, chance: f64, edge: f64| {
            Beta::new(a, b).map_or(edge, |beta| beta.inverse_cdf(chance))
        };
        let lower = if found > 0.0 {
            quantile(found, rest + 1.0, half, 0.0)
        } else {
            0.0
        };
        let upper = if rest > 0.0 {
            quantile(found + 1.0, rest, 1.0 - half, 1.0)
        } else {
            1.0
        };
        (lower, upper)
    }

    /// The score interval of Wilson, which takes the population for endless. Source: Wilson (1927),
    /// Journal of the American Statistical Association 22, 209–212.
    #[must_use]
    pub fn wilson(&self, confidence: Confidence) -> Interval<f64> {
        self.score_interval(confidence, 1.0)
    }

    /// Wilson's interval for a finite population: the variance, and with it z², is multiplied by
    /// the finite population correction (N − n)/(N − 1); Cochran (1977), "Sampling Techniques", 3rd
    /// edition, theorem 3.2.
    #[must_use]
    pub fn wilson_finite(&self, confidence: Confidence) -> Interval<f64> {
        let left = f64::from(self.population - self.sample);
        self.score_interval(confidence, left / f64::from(self.population - 1).max(1.0))
    }

    fn score_interval(&self, confidence: Confidence, correction: f64) -> Interval<f64> {
        let z2 = confidence.normal_quantile().powi(2) * correction;
        let (n, p) = (f64::from(self.sample), self.proportion());
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let reach = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
        ((centre - reach).max(0.0), (centre + reach).min(1.0))
    }

    fn proportion(&self) -> f64 {
        f64::from(self.found) / f64::from(self.sample)
    }
}

/// The last number from `low` to `high` for which `holds`, which holds for `low` and, once it no
/// longer does, never again.
fn last(mut low: u32, mut high: u32, holds: impl Fn(u32) -> bool) -> u32 {
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;
    use statrs::distribution::{DiscreteCDF, Hypergeometric};

    fn known() -> Value {
        let text = include_str!("../../tests/known_answers.json");
        serde_json::from_str(text).unwrap()
    }

    fn number(value: &Value) -> u32 {
        value.as_u64().unwrap().try_into().unwrap()
    }

    fn confidence(text: &str) -> Confidence {
        text.parse().unwrap()
    }

    fn assert_near(found: Interval<f64>, expected: &Value, what: &str) {
        for (found, expected) in [found.0, found.1].iter().zip(expected.as_array().unwrap()) {
            let expected = expected.as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-10,
                "{what}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn the_published_intervals() {
        let known = known();
        let cases = known["interval"]["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 8);
        for case in cases {
            let observed =
                Observed::new(number(&case["N"]), number(&case["n"]), number(&case["x"])).unwrap();
            assert_eq!(case["confidence"], 0.95);
            let level = confidence("95");
            let (low, high) = observed.count_interval(level);
            assert_eq!(
                Value::from(vec![low, high]),
                case["hyper_exact_counts"],
                "{observed:?}"
            );
            let share = (observed.share(low), observed.share(high));
            assert_near(share, &case["hyper_exact"], "exact");
            assert_near(
                observed.clopper_pearson(level),
                &case["clopper_pearson"],
                "beta",
            );
            assert_near(observed.wilson(level), &case["wilson"], "Wilson");
            assert_near(
                observed.wilson_finite(level),
                &case["wilson_fpc"],
                "Wilson, finite",
            );
        }
    }

    #[test]
    fn the_published_upper_limits() {
        let known = known();
        let limits = known["interval"]["one_sided_90_upper_N1200_n102"]
            .as_object()
            .unwrap();
        assert_eq!(limits.len(), 4);
        for (found, expected) in limits {
            let observed = Observed::new(1200, 102, found.parse().unwrap()).unwrap();
            let upper = observed.share(observed.upper_count(confidence("90")));
            assert!(
                (upper - expected.as_f64().unwrap()).abs() < 5e-8,
                "{found}: {upper}"
            );
        }
    }

    #[test]
    fn figures_that_cannot_be_are_refused() {
        for (population, sample, found) in [(10, 0, 0), (10, 11, 1), (10, 5, 6), (0, 0, 0)] {
            assert!(Observed::new(population, sample, found).is_err());
        }
    }

    /// Any figures that can be, of up to `most` cases.
    fn observed(most: u32) -> impl Strategy<Value = Observed> {
        (1..=most)
            .prop_flat_map(|population| (Just(population), 1..=population))
            .prop_flat_map(|(population, sample)| (Just(population), Just(sample), 0..=sample))
            .prop_map(|(population, sample, found)| Observed {
                population,
                sample,
                found,
            })
    }

    proptest! {
        #[test]
        fn the_exact_interval_is_what_the_test_does_not_reject(seen in observed(60)) {
            let half = 0.025 * (1.0 + 1e-9);
            let Observed { population, sample, found } = seen;
            let kept: Vec<u32> = (found..=population - (sample - found))
                .filter(|marked| {
                    let [n, k, s, x] = [population, *marked, sample, found].map(u64::from);
                    let judge = Hypergeometric::new(n, k, s).unwrap();
                    let more = x.checked_sub(1).map_or(1.0, |fewer| 1.0 - judge.cdf(fewer));
                    judge.cdf(x) > half && more > half
                })
                .collect();
            let (low, high) = seen.count_interval(confidence("95"));
            prop_assert_eq!(kept, (low..=high).collect::<Vec<_>>());
        }

        #[test]
        fn intervals_hold_what_was_seen_and_widen_with_confidence(seen in observed(100_000)) {
            let (narrow, wide) = (confidence("90"), confidence("99"));
            let share = seen.proportion();
            let (low, high) = seen.count_interval(narrow);
            let (lower, higher) = seen.count_interval(wide);
            prop_assert!(lower <= low && low <= high && high <= higher);
            prop_assert!(seen.found <= low && high <= seen.population - seen.sample + seen.found);
            let slack = 1e-9;
            for (low, high) in
                [seen.clopper_pearson(narrow), seen.wilson(narrow), seen.wilson_finite(narrow)]
            {
                prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
                prop_assert!(low <= share + slack && share <= high + slack);
            }
        }
    }
}
