//! Krippendorff's alpha: agreement of any number of auditors, with cases that some did not grade.
//!
//! Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of
//! Pennsylvania, sections D and E; the metrics are its δ², nominal, ordinal and interval.

/// What makes two grades differ, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// Different grades differ by one, whichever they are.
    Nominal,
    /// By how many of the grades given lie between them: the difference of their mean ranks.
    Ordinal,
    /// By the difference of their scores.
    Interval,
}

/// One less the disagreement observed within cases over that expected between any two grades.
///
/// A case is the scores that it was given; a case with fewer than two says nothing. `None` where no
/// two different scores were given, for then nothing could have disagreed.
#[must_use]
pub fn alpha(cases: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let cases: Vec<&[f64]> = cases
        .iter()
        .map(Vec::as_slice)
        .filter(|case| case.len() > 1)
        .collect();
    let mut given = cases.concat();
    given.sort_by(f64::total_cmp);
    let place = |score: f64| match metric {
        Metric::Nominal | Metric::Interval => score,
        Metric::Ordinal => {
            let below = given.partition_point(|other| *other < score);
            let not_above = given.partition_point(|other| *other <= score);
            f64::midpoint(float(below), float(not_above))
        }
    };
    let disagreement = |scores: &[f64]| {
        let places: Vec<f64> = scores.iter().map(|score| place(*score)).collect();
        match metric {
            Metric::Nominal => differing(places),
            Metric::Ordinal | Metric::Interval => squares(&places),
        }
    };
    let count = float(given.len());
    let observed: f64 = cases
        .iter()
        .map(|case| disagreement(case) / (float(case.len()) - 1.0))
        .sum();
    let expected = disagreement(&given) / (count - 1.0);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// How many ordered pairs of the places differ.
fn differing(mut places: Vec<f64>) -> f64 {
    places.sort_by(f64::total_cmp);
    let alike = places.chunk_by(|one, other| one.total_cmp(other).is_eq());
    float(places.len()).powi(2) - alike.map(|alike| float(alike.len()).powi(2)).sum::<f64>()
}

/// The sum of (x − y)² over all ordered pairs, which is 2m Σ(x − mean)².
fn squares(places: &[f64]) -> f64 {
    let count = float(places.len());
    let mean = places.iter().sum::<f64>() / count;
    2.0 * count
        * places
            .iter()
            .map(|place| (place - mean).powi(2))
            .sum::<f64>()
}

fn float(count: usize) -> f64 {
    // Exact as far as anybody grades cases.
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn the_published_example() {
        let text = include_str!("../../../tests/known_answers.json");
        let known: Value = serde_json::from_str(text).unwrap();
        let known = &known["agreement"]["krippendorff_2011"];
        let observers: Vec<Vec<Option<f64>>> =
            serde_json::from_value(known["data_rows_are_observers"].clone()).unwrap();
        let cases: Vec<Vec<f64>> = (0..observers[0].len())
            .map(|case| {
                observers
                    .iter()
                    .filter_map(|observer| observer[case])
                    .collect()
            })
            .collect();
        for (name, metric) in [
            ("nominal", Metric::Nominal),
            ("ordinal", Metric::Ordinal),
            ("interval", Metric::Interval),
        ] {
            let expected = known["alpha"][name].as_f64().unwrap();
            let found = alpha(&cases, metric).unwrap();
            assert!(
                (found - expected).abs() < 1e-11,
                "{name}: {found}, not {expected}"
            );
        }
    }

    #[test]
    fn where_nothing_could_disagree_there_is_no_alpha() {
        for cases in [vec![], vec![vec![1.0], vec![2.0]], vec![vec![3.0, 3.0]; 4]] {
            for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
                assert_eq!(alpha(&cases, metric), None, "{cases:?}");
            }
        }
    }

    #[test]
    fn full_agreement_is_one_and_none_is_below_nothing() {
        assert_eq!(
            alpha(&[vec![1.0, 1.0], vec![2.0, 2.0]], Metric::Ordinal),
            Some(1.0)
        );
        assert!(alpha(&[vec![1.0, 2.0], vec![2.0, 1.0]], Metric::Nominal).unwrap() < 0.0);
    }
}
