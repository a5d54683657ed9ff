//! An estimate from the samples of several strata, each weighted by its part of the population.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::{Interval, Observed, Refusal};
use crate::chance::Confidence;

/// What one stratum's sample showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// What the stratum is called.
    pub name: String,
    /// Its sample.
    pub observed: Observed,
}

/// A share of the whole population, from all strata.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share.
    pub share: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its limits; `None` where the samples show no spread to judge by: every stratum that was not
    /// read in full showed either none or nothing but cases of interest.
    pub interval: Option<Interval<f64>>,
}

/// The share of the population, its standard error, and an interval by Student's t.
///
/// Source: Cochran (1977), "Sampling Techniques", 3rd edition, section 5.10: the estimate, and its
/// variance without bias and with the finite population correction. As many degrees of freedom as there
/// are cases read, less the strata, as R's package survey takes them.
///
/// # Errors
/// If there is no stratum, or only one case was read of a stratum that has more: its spread cannot
/// be told.
pub fn estimate(strata: &[Stratum], confidence: Confidence) -> Result<Estimate, Refusal> {
    if strata.is_empty() {
        return Err(Refusal("There are no strata to estimate from.".to_owned()));
    }
    let population: f64 = strata
        .iter()
        .map(|it| f64::from(it.observed.population))
        .sum();
    let (mut share, mut variance, mut freedom) = (0.0, 0.0, 0.0);
    for Stratum { name, observed } in strata {
        let (all, n) = (f64::from(observed.population), f64::from(observed.sample));
        let (weight, p) = (all / population, observed.proportion());
        share += weight * p;
        freedom += n - 1.0;
        if observed.sample == observed.population {
            continue;
        }
        if observed.sample < 2 {
            return Err(Refusal(format!(
                "Only one case was read of the stratum “{name}”, which has {}: how much its cases \
                 differ cannot be told. Read at least two, or join it with another stratum.",
                observed.population
            )));
        }
        variance += weight.powi(2) * (1.0 - n / all) * p * (1.0 - p) / (n - 1.0);
    }
    let standard_error = variance.sqrt();
    let in_full = strata
        .iter()
        .all(|it| it.observed.sample == it.observed.population);
    let interval = if in_full {
        Some((share, share))
    } else if variance > 0.0 {
        // With spread in some stratum there is at least one degree of freedom.
        let student = StudentsT::new(0.0, 1.0, freedom).ok();
        student.map(|student| {
            let reach = student.inverse_cdf(1.0 - confidence.error() / 2.0) * standard_error;
            ((share - reach).max(0.0), (share + reach).min(1.0))
        })
    } else {
        None
    };
    Ok(Estimate {
        share,
        standard_error,
        interval,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn strata(figures: &[(u32, u32, u32)]) -> Vec<Stratum> {
        let names = ["North", "South", "East", "West"];
        let strata = names
            .iter()
            .zip(figures)
            .map(|(name, (population, sample, found))| Stratum {
                name: (*name).to_owned(),
                observed: Observed::new(*population, *sample, *found).unwrap(),
            });
        strata.collect()
    }

    fn estimate_of(figures: &[(u32, u32, u32)]) -> Result<Estimate, Refusal> {
        estimate(&strata(figures), "95".parse().unwrap())
    }

    #[test]
    fn the_published_estimate() {
        let text = include_str!("../../../tests/known_answers.json");
        let known: Value = serde_json::from_str(text).unwrap();
        let known = &known["stratified"]["agstrat"];
        let figure = |name: &str, at: usize| known[name][at].as_u64().unwrap().try_into().unwrap();
        let figures: Vec<_> = (0..4)
            .map(|at| (figure("Nh", at), figure("nh", at), figure("xh", at)))
            .collect();
        let found = estimate_of(&figures).unwrap();
        let (low, high) = found.interval.unwrap();
        let limits = &known["ci95_t_df296"];
        for (found, known) in [
            (found.share, &known["p"]),
            (found.standard_error, &known["se"]),
            (found.standard_error.powi(2), &known["var"]),
            (low, &limits[0]),
            (high, &limits[1]),
        ] {
            let known = known.as_f64().unwrap();
            assert!((found - known).abs() < 1e-10, "{found}, not {known}");
        }
    }

    #[test]
    fn without_spread_there_is_no_interval() {
        let none = estimate_of(&[(100, 10, 0), (50, 5, 0)]).unwrap();
        assert_eq!((none.share, none.interval), (0.0, None));
    }

    #[test]
    fn what_was_read_in_full_is_known() {
        let all = estimate_of(&[(4, 4, 1), (1, 1, 1)]).unwrap();
        assert_eq!((all.share, all.standard_error), (0.4, 0.0));
        assert_eq!(all.interval, Some((0.4, 0.4)));
        let one = estimate_of(&[(1, 1, 1), (100, 10, 5)]).unwrap();
        assert!(one.interval.is_some());
    }

    #[test]
    fn one_case_of_many_tells_no_spread() {
        let refusal = estimate_of(&[(100, 10, 5), (50, 1, 0)])
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("“South”, which has 50"), "{refusal}");
        assert!(estimate_of(&[]).is_err());
    }
}
