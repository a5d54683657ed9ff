//! Agreement: how far two auditors who graded the same cases agree, beyond what chance would give.
//!
//! A grade is a score here, in rising order; [`Pairs`] holds what the first and the second auditor
//! gave. [`alpha`] also takes more auditors, and cases that some of them did not grade.

pub mod alpha;

/// The scores that two auditors gave to the same cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    pairs: Vec<(f64, f64)>,
    grades: Vec<Grade>,
}

/// A grade and how often each auditor gave it, as a share of the cases.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Grade {
    score: f64,
    first: f64,
    second: f64,
}

/// How much two different grades count as agreeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// Not at all.
    Unweighted,
    /// Less by as much as they lie apart: `1 − |x − y| / (max − min)`.
    Linear,
    /// Less by the square of it: `1 − (x − y)² / (max − min)²`.
    Quadratic,
}

impl Pairs {
    /// Pairs of scores, and all the scores that there are. `None` if there is no pair, one with a
    /// score that there is not, or a score that is no number.
    #[must_use]
    pub fn new(mut scores: Vec<f64>, pairs: Vec<(f64, f64)>) -> Option<Self> {
        let known = |score: f64| scores.iter().any(|known| same(*known, score));
        let all_known = pairs
            .iter()
            .all(|(first, second)| known(*first) && known(*second));
        if pairs.is_empty() || !all_known || !scores.iter().all(|score| score.is_finite()) {
            return None;
        }
        scores.sort_by(f64::total_cmp);
        scores.dedup();
        let grades = scores.into_iter().map(|score| Grade {
            score,
            first: mean(&pairs, |first, _| same(first, score).into()),
            second: mean(&pairs, |_, second| same(second, score).into()),
        });
        Some(Self {
            grades: grades.collect(),
            pairs,
        })
    }

    /// How many cases there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pairs.len()
    }

    /// The share of cases with the same grade from both.
    #[must_use]
    pub fn exact(&self) -> f64 {
        mean(&self.pairs, |first, second| same(first, second).into())
    }

    /// The share of cases whose two scores differ by one at most.
    #[must_use]
    pub fn within_one(&self) -> f64 {
        mean(&self.pairs, |first, second| {
            ((first - second).abs() <= 1.0).into()
        })
    }

    /// The mean of the second score less the first: below zero the second auditor is the stricter,
    /// where poor grades have low scores.
    #[must_use]
    pub fn signed_shift(&self) -> f64 {
        mean(&self.pairs, |first, second| second - first)
    }

    /// Cohen's kappa: agreement beyond that of two auditors who give each grade as often as these
    /// do, but at random. `None` where those would always agree.
    ///
    /// Sources: Cohen (1960), Educational and Psychological Measurement 20, 37–46; with weights
    /// Cohen (1968), Psychological Bulletin 70, 213–220.
    #[must_use]
    pub fn kappa(&self, weights: Weights) -> Option<f64> {
        let by_chance = self.sum(weights, |row, column| row.first * column.second);
        beyond(self.agreement(weights), by_chance)
    }

    /// Gwet's AC1, and with weights his AC2: agreement beyond chance where chance is that of cases
    /// too hard to grade; it holds where nearly all cases have one grade and kappa falls to nothing.
    /// `None` with a single grade.
    ///
    /// Sources: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29–48;
    /// with weights Gwet (2014), "Handbook of Inter-Rater Reliability", 4th edition.
    #[must_use]
    pub fn ac(&self, weights: Weights) -> Option<f64> {
        let grades: f64 = self.grades.iter().map(|_| 1.0).sum();
        if grades < 2.0 {
            return None;
        }
        let total = self.sum(weights, |_, _| 1.0);
        let spread: f64 = self
            .grades
            .iter()
            .map(|grade| f64::midpoint(grade.first, grade.second))
            .map(|share| share * (1.0 - share))
            .sum();
        beyond(
            self.agreement(weights),
            total * spread / (grades * (grades - 1.0)),
        )
    }

    /// The cases' scores, as [`alpha::alpha`] takes them.
    #[must_use]
    pub fn units(&self) -> Vec<Vec<f64>> {
        self.pairs
            .iter()
            .map(|(first, second)| vec![*first, *second])
            .collect()
    }

    /// The mean weight of the pairs.
    fn agreement(&self, weights: Weights) -> f64 {
        mean(&self.pairs, |first, second| {
            self.weight(weights, first, second)
        })
    }

    fn weight(&self, weights: Weights, first: f64, second: f64) -> f64 {
        if same(first, second) {
            return 1.0;
        }
        let ends = self.grades.first().zip(self.grades.last());
        let range = ends.map_or(0.0, |(lowest, highest)| highest.score - lowest.score);
        let apart = (first - second).abs() / range;
        match weights {
            Weights::Unweighted => 0.0,
            Weights::Linear => 1.0 - apart,
            Weights::Quadratic => 1.0 - apart.powi(2),
        }
    }

    /// The weighted sum of something over every grade of the first with every grade of the second.
    fn sum(&self, weights: Weights, of: impl Fn(&Grade, &Grade) -> f64) -> f64 {
        let cell = |row: &Grade, column: &Grade| {
            self.weight(weights, row.score, column.score) * of(row, column)
        };
        self.grades
            .iter()
            .flat_map(|row| self.grades.iter().map(move |column| cell(row, column)))
            .sum()
    }
}

/// Scores are given, never computed: the same grade has the very same score.
fn same(first: f64, second: f64) -> bool {
    first.total_cmp(&second).is_eq()
}

fn mean(pairs: &[(f64, f64)], of: impl Fn(f64, f64) -> f64) -> f64 {
    let (sum, count) = pairs
        .iter()
        .fold((0.0, 0.0), |(sum, count), (first, second)| {
            (sum + of(*first, *second), count + 1.0)
        });
    sum / count
}

/// Agreement beyond chance, as a share of what there is beyond chance.
fn beyond(observed: f64, by_chance: f64) -> Option<f64> {
    let room = 1.0 - by_chance;
    (room > 1e-12).then(|| (observed - by_chance) / room)
}

#[cfg(test)]
mod tests {
    use super::alpha::{Metric, alpha};
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    const WEIGHTS: [(&str, Weights); 3] = [
        ("unweighted", Weights::Unweighted),
        ("linear", Weights::Linear),
        ("quadratic", Weights::Quadratic),
    ];

    fn known() -> Value {
        let text = include_str!("../../tests/known_answers.json");
        serde_json::from_str::<Value>(text).unwrap()["agreement"].clone()
    }

    fn assert_near(found: f64, expected: &Value, within: f64, what: &str) {
        let expected = expected.as_f64().unwrap();
        assert!(
            (found - expected).abs() < within,
            "{what}: {found}, not {expected}"
        );
    }

    /// The pairs of a table of counts, its grades scored 1, 2, 3 …
    fn of_table(table: &Value) -> Pairs {
        let rows: Vec<Vec<u64>> = serde_json::from_value(table.clone()).unwrap();
        let scores: Vec<f64> = (1_u8..).map(f64::from).take(rows.len()).collect();
        let mut pairs = Vec::new();
        for (first, row) in scores.iter().zip(&rows) {
            for (second, count) in scores.iter().zip(row) {
                pairs.extend((0..*count).map(|_| (*first, *second)));
            }
        }
        Pairs::new(scores, pairs).unwrap()
    }

    fn twenty_pairs(known: &Value) -> Pairs {
        let column = |name: &str| serde_json::from_value::<Vec<f64>>(known[name].clone()).unwrap();
        let pairs = column("auditor")
            .into_iter()
            .zip(column("moderator"))
            .collect();
        Pairs::new(vec![1.0, 2.0, 3.0, 4.0], pairs).unwrap()
    }

    #[test]
    fn the_published_tables() {
        let known = known();
        for (name, within) in [("abstractors", 1e-7), ("paradox", 1e-12)] {
            let (pairs, expected) = (of_table(&known[name]["matrix"]), &known[name]["expected"]);
            assert_near(pairs.exact(), &expected["pa"], within, name);
            let kappa = pairs.kappa(Weights::Unweighted).unwrap();
            assert_near(kappa, &expected["cohen_kappa"], within, name);
            let ac = pairs.ac(Weights::Unweighted).unwrap();
            assert_near(ac, &expected["gwet_AC"], within, name);
            if let Some(expected) = expected.get("kripp_alpha") {
                let alpha = alpha(&pairs.units(), Metric::Nominal).unwrap();
                assert_near(alpha, expected, within, name);
            }
        }
    }

    #[test]
    fn the_twenty_pairs() {
        let known = &known()["twenty_pairs"];
        let pairs = twenty_pairs(known);
        assert_eq!(pairs.count(), 20);
        assert_near(pairs.exact(), &known["exact"], 1e-12, "exact");
        assert_near(
            pairs.within_one(),
            &known["within_one"],
            1e-12,
            "within one",
        );
        assert_near(pairs.signed_shift(), &known["signed_shift"], 1e-12, "shift");
        for (name, weights) in WEIGHTS {
            let expected = &known["coefficients"][name];
            assert_near(pairs.agreement(weights), &expected["pa"], 1e-12, name);
            assert_near(
                pairs.kappa(weights).unwrap(),
                &expected["cohen_kappa"],
                1e-12,
                name,
            );
            assert_near(
                pairs.ac(weights).unwrap(),
                &expected["gwet_AC"],
                1e-12,
                name,
            );
        }
        // Quadratic weights and the interval metric are the same thing.
        for (name, metric) in [
            ("unweighted", Metric::Nominal),
            ("quadratic", Metric::Interval),
        ] {
            let alpha = alpha(&pairs.units(), metric).unwrap();
            assert_near(
                alpha,
                &known["coefficients"][name]["kripp_alpha"],
                1e-12,
                name,
            );
        }
    }

    #[test]
    fn with_one_grade_there_is_nothing_beyond_chance() {
        let pairs = Pairs::new(vec![1.0, 2.0], vec![(2.0, 2.0); 5]).unwrap();
        assert_eq!(pairs.kappa(Weights::Linear), None);
        assert_eq!(pairs.ac(Weights::Linear), Some(1.0));
        let single = Pairs::new(vec![2.0], vec![(2.0, 2.0); 5]).unwrap();
        assert_eq!(single.ac(Weights::Unweighted), None);
    }

    #[test]
    fn pairs_that_cannot_be_are_refused() {
        assert_eq!(Pairs::new(vec![1.0], Vec::new()), None);
        assert_eq!(Pairs::new(vec![1.0], vec![(1.0, 2.0)]), None);
        assert_eq!(Pairs::new(vec![f64::NAN], vec![(f64::NAN, f64::NAN)]), None);
    }

    proptest! {
        #[test]
        fn swapping_the_auditors_turns_only_the_shift(
            pairs in prop::collection::vec((1_u8..=4, 1_u8..=4), 1..60),
        ) {
            let scores = || vec![1.0, 2.0, 3.0, 4.0];
            let pairs: Vec<(f64, f64)> =
                pairs.into_iter().map(|(first, second)| (first.into(), second.into())).collect();
            let swapped = pairs.iter().map(|(first, second)| (*second, *first)).collect();
            let (one, other) =
                (Pairs::new(scores(), pairs).unwrap(), Pairs::new(scores(), swapped).unwrap());
            let near = |one: Option<f64>, other: Option<f64>| match (one, other) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-9,
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            prop_assert!((one.signed_shift() + other.signed_shift()).abs() < 1e-9);
            prop_assert!(one.exact() <= one.within_one());
            for (_, weights) in WEIGHTS {
                prop_assert!(near(one.kappa(weights), other.kappa(weights)));
                prop_assert!(near(one.ac(weights), other.ac(weights)));
                prop_assert!(one.kappa(weights).is_none_or(|kappa| kappa <= 1.0 + 1e-9));
            }
        }
    }
}
