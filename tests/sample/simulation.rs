//! Each method draws with the chances that its design promises: 20,000 seeds, chi-squared.
//!
//! The seeds are the numbers 1 to 20,000, so these tests always give the same answer. The limits
//! are the 99.9 % points of the chi-squared distribution: a right program would be called wrong by
//! 1 in 1,000 such sets of seeds, for each of the tests here.

use std::collections::{BTreeMap, BTreeSet};

use sightline::sample::allocation::Allocation;
use sightline::sample::cap::Cap;
use sightline::sample::draw::{Counts, Drawn, simple};
use sightline::sample::method::Method;
use sightline::sample::stratified::stratified;
use sightline::sample::systematic::systematic;
use sightline::sample::ticket::SeedHash;
use sightline::sample::two_stage::two_stage;
use sightline::sample::weighted::weighted;

use crate::lists::{Loaded, given};

const SEEDS: u32 = 20_000;
const IDS: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/// How often each result comes up over all seeds.
fn tally<R: Ord>(mut draw: impl FnMut(&SeedHash) -> Vec<R>) -> BTreeMap<R, f64> {
    let mut counts = BTreeMap::new();
    for seed in 1..=SEEDS {
        for result in draw(&SeedHash::new(&given(&seed.to_string()))) {
            *counts.entry(result).or_insert(0.0) += 1.0;
        }
    }
    counts
}

fn counts(size: usize) -> Counts {
    Counts {
        size,
        drop: 0,
        reserve: Some(0),
    }
}

fn cases(drawn: &Drawn) -> Vec<usize> {
    drawn.sample.iter().map(|pick| pick.case).collect()
}

/// Σ (observed − expected)² / expected.
fn chi_squared(pairs: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    pairs
        .into_iter()
        .map(|(observed, expected)| (observed - expected).powi(2) / expected)
        .sum()
}

/// The statistic for how often each of N cases is among n drawn without replacement: with the
/// variance n/N (1 − n/N) and the correlation −1/(N − 1) of such draws it has N − 1 degrees of freedom.
fn inclusion(counts: impl IntoIterator<Item = f64>, sample: f64, population: f64) -> f64 {
    inclusion_of(f64::from(SEEDS), counts, sample, population)
}

/// The same over so many draws.
fn inclusion_of(
    draws: f64,
    counts: impl IntoIterator<Item = f64>,
    sample: f64,
    population: f64,
) -> f64 {
    let chance = sample / population;
    let expected = draws * chance;
    let plain = chi_squared(counts.into_iter().map(|count| (count, expected)));
    plain / (1.0 - chance) * (population - 1.0) / population
}

#[test]
fn a_simple_draw_includes_each_case_alike() {
    let counts = tally(|hash| cases(&simple(&IDS, counts(3), hash).unwrap()));
    assert_eq!(counts.len(), 10);
    let statistic = inclusion(counts.into_values(), 3.0, 10.0);
    assert!(statistic < 27.88, "{statistic} with 9 degrees of freedom");
}

#[test]
fn a_simple_draw_gives_every_set_alike() {
    // 10 sets of 3 out of 5.
    let counts = tally(|hash| {
        let mut set = cases(&simple(&IDS[..5], counts(3), hash).unwrap());
        set.sort_unstable();
        vec![set]
    });
    assert_eq!(counts.len(), 10);
    let statistic = chi_squared(
        counts
            .into_values()
            .map(|count| (count, f64::from(SEEDS) / 10.0)),
    );
    assert!(statistic < 27.88, "{statistic} with 9 degrees of freedom");
}

#[test]
fn a_stratified_draw_includes_each_case_of_a_stratum_alike() {
    let strata = [
        ("large".to_owned(), (0..6).collect::<Vec<usize>>()),
        ("small".to_owned(), (6..10).collect()),
    ];
    let rule = (&Allocation::Equal, 0);
    let counts = tally(|hash| cases(&stratified(&IDS, &strata, rule, counts(4), hash).unwrap()));
    let of = |places: std::ops::Range<usize>| places.map(|place| counts[&place]);
    let (large, small) = (
        inclusion(of(0..6), 2.0, 6.0),
        inclusion(of(6..10), 2.0, 4.0),
    );
    assert!(large < 20.52, "{large} with 5 degrees of freedom");
    assert!(small < 16.27, "{small} with 3 degrees of freedom");
}

#[test]
fn a_draw_in_two_stages_draws_each_set_of_teams_and_each_case_of_a_team_alike() {
    let teams = [
        ("large".to_owned(), (0..4).collect::<Vec<usize>>()),
        ("other".to_owned(), (4..7).collect()),
        ("third".to_owned(), (7..10).collect()),
    ];
    let team_of = |case: usize| usize::from(case > 3) + usize::from(case > 6);
    let draws = tally(|hash| {
        let drawn = two_stage(&IDS, &teams, (2, &Allocation::Equal), counts(4), hash).unwrap();
        vec![cases(&drawn)]
    });
    let (mut pairs, mut included) = (BTreeMap::new(), [0.0; 10]);
    for (sample, count) in draws {
        let pair: BTreeSet<usize> = sample.iter().map(|case| team_of(*case)).collect();
        assert_eq!((sample.len(), pair.len()), (4, 2));
        *pairs.entry(pair).or_insert(0.0) += count;
        for case in sample {
            included[case] += count;
        }
    }
    assert_eq!(pairs.len(), 3);
    let statistic = chi_squared(pairs.values().map(|count| (*count, f64::from(SEEDS) / 3.0)));
    assert!(statistic < 13.82, "{statistic} with 2 degrees of freedom");
    // Given that a team is drawn, two of its cases are, each as likely as any other.
    for (team, (_, members)) in teams.iter().enumerate() {
        let of_team = pairs.iter().filter(|(pair, _)| pair.contains(&team));
        let draws: f64 = of_team.map(|(_, count)| count).sum();
        let population = [4.0, 3.0, 3.0][team];
        let limit = [16.27, 13.82, 13.82][team];
        let counts = members.iter().map(|case| included[*case]);
        let statistic = inclusion_of(draws, counts, 2.0, population);
        assert!(statistic < limit, "{statistic} for team {team}");
    }
}

#[test]
fn a_capped_draw_includes_each_set_as_often_as_a_walk_over_every_order_does() {
    // Three cases of one worker, one of another, one of a third; two are drawn, at most one a worker.
    let workers = ["a", "a", "a", "b", "c"];
    let mut expected = BTreeMap::new();
    for order in orders(&[0, 1, 2, 3, 4]) {
        let mut sample: Vec<usize> = Vec::new();
        for case in order {
            if sample.len() < 2 && sample.iter().all(|one| workers[*one] != workers[case]) {
                sample.push(case);
            }
        }
        sample.sort_unstable();
        *expected.entry(sample).or_insert(0.0) += f64::from(SEEDS) / 120.0;
    }
    assert_eq!(expected.len(), 7);
    let rows: Vec<Vec<&str>> = IDS
        .iter()
        .zip(workers)
        .map(|(id, worker)| vec![*id, worker])
        .collect();
    let loaded = Loaded::new(&["Id", "Worker"], &rows);
    let mut method = Method::simple(2);
    method.caps = vec![Cap {
        column: "Worker".to_owned(),
        most: 1,
    }];
    let mut observed = BTreeMap::new();
    for seed in 1..=SEEDS {
        let certificate = loaded.draw(&method, &seed.to_string()).unwrap();
        let place = |id: &str| IDS.iter().position(|one| *one == id).unwrap();
        let mut sample: Vec<usize> = certificate
            .sample
            .iter()
            .map(|case| place(&case.id))
            .collect();
        sample.sort_unstable();
        *observed.entry(sample).or_insert(0.0) += 1.0;
    }
    assert!(observed.keys().all(|sample| expected.contains_key(sample)));
    let pairs = expected
        .iter()
        .map(|(sample, expected)| (observed[sample], *expected));
    let statistic = chi_squared(pairs);
    assert!(statistic < 22.46, "{statistic} with 6 degrees of freedom");
}

/// Every order of these cases.
fn orders(cases: &[usize]) -> Vec<Vec<usize>> {
    if cases.is_empty() {
        return vec![Vec::new()];
    }
    let with_first = |first: &usize| {
        let others: Vec<usize> = cases.iter().copied().filter(|case| case != first).collect();
        let rest = orders(&others).into_iter();
        rest.map(|rest| [vec![*first], rest].concat())
            .collect::<Vec<_>>()
    };
    cases.iter().flat_map(with_first).collect()
}

#[test]
fn a_systematic_draw_starts_anywhere_alike() {
    // 10 starts, each with a sample of its own, of 3 out of 10.
    let counts = tally(|hash| vec![cases(&systematic(&IDS, &[], counts(3), hash).unwrap())]);
    assert_eq!(counts.len(), 10);
    let mut included = [0; 10];
    counts
        .keys()
        .flatten()
        .for_each(|case| included[*case] += 1);
    assert_eq!(included, [3; 10]);
    let statistic = chi_squared(
        counts
            .into_values()
            .map(|count| (count, f64::from(SEEDS) / 10.0)),
    );
    assert!(statistic < 27.88, "{statistic} with 9 degrees of freedom");
}

#[test]
fn a_weighted_draw_takes_each_next_case_in_proportion_to_its_weight() {
    let weights = [1.0, 2.0, 3.0, 0.5, 3.5];
    let all: f64 = weights.iter().sum();
    let counts = tally(|hash| {
        vec![cases(
            &weighted(&IDS[..5], &weights, counts(2), hash).unwrap(),
        )]
    });
    assert_eq!(counts.len(), 20);
    let statistic = chi_squared(counts.iter().map(|(pair, count)| {
        let (first, second) = (weights[pair[0]], weights[pair[1]]);
        (
            *count,
            f64::from(SEEDS) * first / all * second / (all - first),
        )
    }));
    assert!(statistic < 43.82, "{statistic} with 19 degrees of freedom");
}
