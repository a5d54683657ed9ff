//! How many cases: exact answers for a finite population, in whole numbers and hundredths of a
//! percent.
//!
//! Three questions have an answer here. *Assurance*: how many cases, of which at most so many may be
//! weak, make us sure that fewer than a given share of the population is weak. *Detection*: the
//! chance that a sample meets at least one weak case. *Precision*: how many cases give a share to
//! within a margin. `docs/sampling.md` gives the formulas.

pub mod bearing;

use std::cmp::Ordering;

use super::refusal::Refusal;
use crate::chance::urn::Urn;
use crate::chance::{BasisPoints, Confidence, real};

/// The largest population, and the largest sample from one without an end.
pub const LARGEST: u64 = 10_000_000;

/// What is sampled from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// So many cases, of which none is drawn twice: hypergeometric.
    Of(u64),
    /// A population so large that it has no end: binomial, as in printed tables.
    Large,
}

/// How many weak cases the sample may hold while the assurance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// So many.
    Allowed(u64),
    /// This share of the sample, rounded up.
    Expected(BasisPoints),
}

/// A sample that gives the assurance asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assurance {
    /// Its size, the smallest that will do.
    pub size: u64,
    /// The weak cases that it may hold.
    pub allowed: u64,
}

/// The smallest sample that, with no more weak cases than allowed, makes us so confident that less
/// than the tolerable share of the population is weak.
///
/// That is the smallest n with P(X ≤ k) < 1 − confidence, X the weak cases in a sample of n where
/// `tolerable.of(N)` of the population are weak. The comparison is exact. (AICPA, Audit Sampling
/// guide, 2017, table A-1; GAO, Financial Audit Manual, section 450; the R package jfa 0.7.3.)
///
/// # Errors
/// Shares that leave nothing to show, and populations in which no sample can show it.
pub fn assurance(
    population: Population,
    confidence: Confidence,
    tolerable: BasisPoints,
    errors: Errors,
) -> Result<Assurance, Refusal> {
    check(population)?;
    if tolerable.points() == 0 {
        return Err(Refusal::new(
            "No sample can show that not one case is weak. Give a tolerable share above 0 %.",
        ));
    }
    let urn = urn(population, tolerable);
    let found = match errors {
        Errors::Allowed(allowed) => {
            smallest(&urn, allowed, confidence, 1).map(|size| Assurance { size, allowed })
        }
        Errors::Expected(expected) if expected >= tolerable => {
            return Err(Refusal::new(format!(
                "If {expected} are expected to be weak, no sample can show that fewer than {tolerable} \
                 are. The tolerable share must be the larger one."
            )));
        }
        Errors::Expected(expected) => with_expected(&urn, confidence, expected),
    };
    found.ok_or_else(|| {
        let weak = urn.marked().map(|weak| format!(" ({weak} cases)")).unwrap_or_default();
        Refusal::new(format!(
            "No sample can show with {confidence} confidence that fewer than {tolerable}{weak} are weak \
             while allowing that many weak cases in it. Allow fewer, or tolerate more."
        ))
    })
}

/// The smallest sample whose own share of weak cases may be the expected one.
// A size that allows k weak cases will do where k is the expected share of it, k ≥ n·expected. Where
// it is not, every k below the share of that size fails too, since sizes grow with k.
fn with_expected(urn: &Urn, confidence: Confidence, expected: BasisPoints) -> Option<Assurance> {
    let (mut size, mut allowed) = (0, 0);
    loop {
        size = smallest(urn, allowed, confidence, size + 1)?;
        let share = expected.of(size);
        if share <= allowed {
            return Some(Assurance { size, allowed });
        }
        allowed = share;
    }
}

/// A population with this share of weak cases, rounded up.
fn urn(population: Population, weak: BasisPoints) -> Urn {
    match population {
        Population::Of(cases) => Urn::of(cases, weak.of(cases)),
        Population::Large => Urn::Endless { marked: weak },
    }
}

/// The smallest sample, of at least `from` cases, of which it is so confident that it holds more than
/// `allowed` weak ones.
fn smallest(urn: &Urn, allowed: u64, confidence: Confidence, from: u64) -> Option<u64> {
    let most = match *urn {
        Urn::Finite { marked, .. } if allowed >= marked => return None,
        // With one case more than all strong ones and the allowed weak ones it is certain.
        Urn::Finite { cases, marked } => cases - marked + allowed + 1,
        Urn::Endless { .. } if allowed >= LARGEST => return None,
        Urn::Endless { .. } => LARGEST,
    };
    let will_do = |size| urn.compare(allowed, size, confidence.doubt()) == Ordering::Less;
    // Larger samples hold more weak cases, so the search may halve.
    let (mut low, mut step) = (from.max(allowed + 1), 1);
    let mut high = low;
    while !will_do(high) {
        if high >= most {
            return None;
        }
        low = high + 1;
        high = high.saturating_add(step).min(most);
        step *= 2;
    }
    while low < high {
        let middle = low.midpoint(high);
        if will_do(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}

/// The chance that a sample of `size` from `population` cases holds at least one of its `weak` ones.
///
/// # Errors
/// A sample or a number of weak cases larger than the population.
pub fn detection(population: u64, size: u64, weak: u64) -> Result<f64, Refusal> {
    check(Population::Of(population))?;
    for (what, count) in [("The sample", size), ("The number of weak cases", weak)] {
        if count > population {
            return Err(Refusal::new(format!(
                "{what}, {count}, is larger than the population of {population}."
            )));
        }
    }
    Ok(1.0 - Urn::of(population, weak).at_most(0, size))
}

/// The smallest sample that gives a share to within `margin` either way, whatever the share is.
///
/// n = N·x / ((N − 1)·E² + x) with x = z²/4, rounded up: the normal approximation at a share of one
/// half, with the finite population correction (Cochran, Sampling Techniques, 1977, eq. 4.2).
///
/// # Errors
/// A margin or confidence that leaves nothing to work out.
pub fn precision(
    population: Population,
    confidence: Confidence,
    margin: BasisPoints,
) -> Result<u64, Refusal> {
    check(population)?;
    if margin.points() == 0 {
        return Err(Refusal::new(
            "A margin of 0 % needs every case. Give the margin that you can live with, such as 10 %.",
        ));
    }
    let (z, e) = (confidence.normal_quantile(), margin.fraction());
    let x = z * z / 4.0;
    let size = match population {
        Population::Of(cases) => {
            let cases = real(cases);
            cases * x / ((cases - 1.0) * e * e + x)
        }
        Population::Large => x / (e * e),
    };
    Ok(round_up(size))
}

fn check(population: Population) -> Result<(), Refusal> {
    match population {
        Population::Of(0) => Err(Refusal::new("The population is empty.")),
        Population::Of(cases) if cases > LARGEST => Err(Refusal::new(format!(
            "A population of {cases} is beyond what this planner works out exactly ({LARGEST})."
        ))),
        Population::Of(_) | Population::Large => Ok(()),
    }
}

/// A real number rounded up to a count.
fn round_up(number: f64) -> u64 {
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
    use serde_json::Value;

    use super::*;
    use crate::chance::decimal::scaled;

    fn known() -> Value {
        serde_json::from_str(include_str!("../../tests/known_answers.json")).unwrap()
    }

    fn percent(text: &str) -> BasisPoints {
        text.parse().unwrap()
    }

    fn level(text: &str) -> Confidence {
        text.parse().unwrap()
    }

    /// A percentage from a fraction such as 0.95, by its text.
    fn of_fraction(rate: &Value) -> BasisPoints {
        BasisPoints::new(scaled(&rate.to_string(), 4).unwrap()).unwrap()
    }

    fn size(population: Population, percents: (&str, &str), errors: Errors) -> u64 {
        let (confidence, tolerable) = percents;
        assurance(population, level(confidence), percent(tolerable), errors)
            .unwrap()
            .size
    }

    #[test]
    fn the_published_sizes() {
        for row in known()["sample_size"]["table"].as_array().unwrap() {
            let size = |population| {
                let errors = Errors::Allowed(row["allowed_errors"].as_u64().unwrap());
                let (confidence, tolerable) = (
                    Confidence::new(of_fraction(&row["confidence"])).unwrap(),
                    of_fraction(&row["tolerable"]),
                );
                assurance(population, confidence, tolerable, errors)
                    .ok()
                    .map(|found| found.size)
            };
            assert_eq!(size(Population::Large), row["binomial"].as_u64(), "{row}");
            // Poisson's limit needs as many cases or a few more.
            let more = row["poisson"]
                .as_u64()
                .map(|size| size.saturating_sub(3)..=size);
            let binomial = size(Population::Large);
            assert!(
                more.zip(binomial)
                    .is_some_and(|(more, size)| more.contains(&size)),
                "{row}"
            );
            for (population, expected) in row["hypergeometric"].as_object().unwrap() {
                let population = Population::Of(population.parse().unwrap());
                assert_eq!(size(population), expected.as_u64(), "{population:?} {row}");
            }
        }
    }

    #[test]
    fn the_tables_of_the_aicpa_and_the_gao() {
        let known = &known()["sample_size"];
        let aicpa = &known["AICPA_2017_A1_95pct"];
        for (tolerable, sizes) in aicpa["n_by_tolerable_pct"].as_object().unwrap() {
            let rates = aicpa["expected_rate_pct"].as_array().unwrap();
            for (rate, expected) in rates.iter().zip(sizes.as_array().unwrap()) {
                let text = rate.to_string();
                let rate = percent(text.strip_suffix(".0").unwrap_or(&text));
                let found = size(Population::Large, ("95", tolerable), Errors::Expected(rate));
                assert_eq!(Some(found), expected.as_u64(), "{tolerable} {rate}");
            }
        }
        for (allowed, expected) in known["GAO_FAM_450_1_90pct_tolerable_5pct"]
            .as_object()
            .unwrap()
        {
            let allowed = Errors::Allowed(allowed.parse().unwrap());
            let found = size(Population::Large, ("90", "5"), allowed);
            assert_eq!(Some(found), expected.as_u64());
        }
    }

    #[test]
    fn sizes_are_never_rounded_in_binary() {
        // 7 % of 1,300 is 91; in binary floating point it is a little more, which gave 1,313.
        let errors = Errors::Expected(percent("7"));
        let found = size(Population::Large, ("90", "8"), errors);
        let published = &known()["sample_size"]["float_trap"];
        let expected = format!(
            "tolerable 8 %, expected 7 %, 90 %: {found} (binary floating point gives 1313)"
        );
        assert_eq!(published, &Value::from(expected));
    }

    #[test]
    fn the_least_that_will_do_by_trying_every_size() {
        for cases in 1..40 {
            for (tolerable, allowed) in [("5", 0), ("12.5", 0), ("30", 1), ("30", 2), ("100", 3)] {
                let population = Population::Of(cases);
                let urn = urn(population, percent(tolerable));
                let chance = |n| urn.at_most(allowed, n);
                let tried = (1..=cases).find(|n| chance(*n) < 0.05 - 1e-12);
                let errors = Errors::Allowed(allowed);
                let found = assurance(population, level("95"), percent(tolerable), errors);
                assert_eq!(
                    found.ok().map(|found| found.size),
                    tried,
                    "{cases} {tolerable} {allowed}"
                );
            }
        }
    }

    #[test]
    fn chances_of_meeting_a_weak_case() {
        // Ten of 100, two weak: 1 - (90·89)/(100·99).
        assert!((detection(100, 10, 2).unwrap() - (1.0 - 8_010.0 / 9_900.0)).abs() < 1e-14);
        assert!(detection(100, 0, 5).unwrap().abs() < 1e-15);
        assert!(detection(100, 10, 0).unwrap().abs() < 1e-15);
        assert!((detection(100, 96, 5).unwrap() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn precision_as_cochran_has_it() {
        let size =
            |population, margin| precision(population, level("95"), percent(margin)).unwrap();
        assert_eq!(size(Population::Large, "5"), 385);
        assert_eq!(size(Population::Large, "10"), 97);
        assert_eq!(size(Population::Of(1_000), "5"), 278);
        assert_eq!(size(Population::Of(200), "10"), 66);
        assert_eq!(size(Population::Of(1), "10"), 1);
    }

    #[test]
    fn large_plans_are_worked_out_too() {
        let errors = Errors::Expected(percent("4.9"));
        let large = size(Population::Large, ("95", "5"), errors);
        let most = size(Population::Of(LARGEST), ("95", "5"), errors);
        assert!(most <= large && large < 200_000, "{most} {large}");
    }

    #[test]
    fn wrong_plans_are_refused_with_the_reason() {
        let refused = |cases, (confidence, tolerable), errors| {
            let tolerable = percent(tolerable);
            let found = assurance(Population::Of(cases), level(confidence), tolerable, errors);
            found.unwrap_err().to_string()
        };
        let none = Errors::Allowed(0);
        assert!(refused(0, ("95", "5"), none).contains("is empty"));
        assert!(refused(LARGEST + 1, ("95", "5"), none).contains("beyond"));
        assert!(refused(50, ("95", "0"), none).contains("above 0 %"));
        assert!(refused(50, ("95", "3"), Errors::Allowed(2)).contains("(2 cases)"));
        assert!(refused(50, ("95", "3"), Errors::Allowed(u64::MAX)).contains("Allow fewer"));
        let endless = |allowed| {
            let errors = Errors::Allowed(allowed);
            assurance(Population::Large, level("95"), percent("3"), errors).is_err()
        };
        assert!(endless(u64::MAX) && endless(LARGEST));
        let expected = Errors::Expected(percent("5"));
        assert!(refused(50, ("95", "5"), expected).contains("must be the larger one"));
        assert!(
            detection(10, 11, 1)
                .unwrap_err()
                .to_string()
                .contains("The sample, 11,")
        );
        assert!(
            detection(10, 1, 11)
                .unwrap_err()
                .to_string()
                .contains("weak cases, 11,")
        );
        let margin = precision(Population::Large, level("95"), percent("0"));
        assert!(margin.unwrap_err().to_string().contains("A margin of 0 %"));
    }
}
