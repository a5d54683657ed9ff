//! Every method on a whole list: what it draws, that it can be checked, and what it refuses.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use sightline::sample::allocation::{Allocation, Share};
use sightline::sample::cap::Cap;
use sightline::sample::certificate::{Certificate, DrawnCase};
use sightline::sample::further::Step;
use sightline::sample::method::{Kind, Method, MustInclude};

use crate::lists::Loaded;

pub(crate) fn stratified(strata: &[&str], allocation: Allocation, minimum: usize) -> Kind {
    Kind::Stratified {
        strata: strata.iter().map(ToString::to_string).collect(),
        bands: Vec::new(),
        allocation,
        min_per_stratum: minimum,
    }
}

pub(crate) fn by_team(allocation: Allocation, minimum: usize) -> Kind {
    stratified(&["Team"], allocation, minimum)
}

pub(crate) fn weighted(column: &str) -> Kind {
    Kind::Weighted {
        weight: column.to_owned(),
    }
}

pub(crate) fn two_stage(stage: &[&str], teams: usize, allocation: Allocation) -> Kind {
    Kind::TwoStage {
        stage: stage.iter().map(ToString::to_string).collect(),
        teams,
        allocation,
    }
}

pub(crate) fn systematic(order_by: &[&str]) -> Kind {
    Kind::Systematic {
        order_by: order_by.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn method(kind: Kind, size: usize) -> Method {
    Method {
        kind,
        ..Method::simple(size)
    }
}

/// Thirty cases in three teams (15, 10 and 5), with days open from 1 to 30.
pub(crate) fn teams() -> Loaded {
    let cases: Vec<[String; 3]> = (1..=30)
        .map(|number| {
            let team = match number {
                1..=15 => "North",
                16..=25 => " South\u{a0}",
                _ => "",
            };
            [
                format!("C-{number:02}"),
                team.to_owned(),
                number.to_string(),
            ]
        })
        .collect();
    let rows: Vec<Vec<&str>> = cases
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    Loaded::new(&["Id", "Team", "Days open"], &rows)
}

pub(crate) fn ids(cases: &[DrawnCase]) -> Vec<&str> {
    cases.iter().map(|case| case.id.as_str()).collect()
}

fn drawn(kind: Kind, size: usize) -> Certificate {
    teams().draw(&method(kind, size), "314159").unwrap()
}

fn figures(certificate: &Certificate) -> Vec<(&str, usize, usize)> {
    let strata = certificate.strata.iter();
    strata
        .map(|stratum| (stratum.name.as_str(), stratum.population, stratum.size))
        .collect()
}

#[test]
fn a_stratified_draw_takes_the_smallest_tickets_of_each_stratum() {
    let certificate = drawn(stratified(&["Team"], Allocation::Proportional, 0), 6);
    let whole = drawn(Kind::Simple, 30);
    assert_eq!(
        figures(&certificate),
        [("(empty)", 5, 1), ("North", 15, 3), ("South", 10, 2)]
    );
    for (name, _, size) in figures(&certificate) {
        let of_stratum = |case: &&DrawnCase| match name {
            "North" => case.id.as_str() <= "C-15",
            "South" => ("C-16"..="C-25").contains(&case.id.as_str()),
            _ => case.id.as_str() >= "C-26",
        };
        let first: Vec<&str> = whole
            .sample
            .iter()
            .filter(of_stratum)
            .take(size)
            .map(|case| case.id.as_str())
            .collect();
        let got: Vec<&str> = certificate
            .sample
            .iter()
            .filter(|case| case.stratum.as_deref() == Some(name))
            .map(|case| case.id.as_str())
            .collect();
        assert_eq!(got, first, "{name}");
    }
    let tickets: Vec<&String> = certificate.sample.iter().map(|case| &case.ticket).collect();
    assert!(tickets.is_sorted());
}

#[test]
fn strata_of_several_columns_are_joined() {
    let certificate = drawn(stratified(&["Team", "Id"], Allocation::Equal, 0), 30);
    assert_eq!(figures(&certificate)[0], ("(empty)|C-26", 1, 1));
    assert_eq!(certificate.strata.len(), 30);
}

#[test]
fn at_least_one_comes_from_each_team_where_that_is_asked_for() {
    let sizes = |minimum, size| -> Vec<usize> {
        let certificate = drawn(by_team(Allocation::Proportional, minimum), size);
        figures(&certificate)
            .iter()
            .map(|(_, _, size)| *size)
            .collect()
    };
    // Quotas of 2 from 5, 15 and 10: 0.33, 1 and 0.67.
    assert_eq!(sizes(0, 2), [0, 1, 1]);
    assert_eq!(sizes(1, 3), [1, 1, 1]);
    assert_eq!(sizes(1, 4), [1, 2, 1]);
    let refused = teams().draw(&method(by_team(Allocation::Proportional, 1), 2), "1");
    assert!(
        refused
            .unwrap_err()
            .reason()
            .contains("At least 1 from each of the 3 strata makes 3")
    );
}

#[test]
fn two_stages_draw_teams_and_then_their_smallest_tickets() {
    // Worked out with Python's hashlib: the tickets of "team\tSouth", "team\tNorth" and
    // "team\t(empty)" for the seed 314159, in this order.
    let certificate = drawn(two_stage(&["Team"], 2, Allocation::Equal), 6);
    let teams_drawn: Vec<(&str, usize, &str)> = certificate
        .teams
        .iter()
        .map(|team| {
            (
                team.name.as_str(),
                team.population,
                team.ticket.get(..11).unwrap(),
            )
        })
        .collect();
    let expected = [
        ("South", 10, "0.490873792"),
        ("North", 15, "0.660052919"),
        ("(empty)", 5, "0.952370720"),
    ];
    assert_eq!(teams_drawn, expected);
    let drawn_from: Vec<&str> = figures(&certificate)
        .iter()
        .map(|(name, ..)| *name)
        .collect();
    assert_eq!(drawn_from, ["North", "South"]);
    let whole = drawn(by_team(Allocation::Equal, 0), 9);
    for (name, _, size) in figures(&certificate) {
        assert_eq!(size, 3);
        let of_team = |certificate: &Certificate| -> Vec<String> {
            let cases = certificate.sample.iter();
            let of_team = cases.filter(|case| case.stratum.as_deref() == Some(name));
            of_team.map(|case| case.id.clone()).collect()
        };
        assert_eq!(of_team(&certificate), of_team(&whole), "{name}");
    }
    assert!(teams().verify(&certificate).matches);
}

#[test]
fn more_in_two_stages_comes_from_the_same_teams() {
    let certificate = drawn(two_stage(&["Team"], 2, Allocation::Proportional), 5);
    let further = certificate
        .extend(&teams().list(), Step::more(6), "Few.")
        .unwrap();
    let drawn: BTreeSet<&str> = certificate
        .strata
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    let teams_of_more = further
        .cases
        .iter()
        .filter_map(|case| case.stratum.as_deref());
    assert!(teams_of_more.collect::<BTreeSet<_>>().is_subset(&drawn));
    let gone = Step::replacement(&certificate.sample[0].id);
    let new = certificate.extend(&teams().list(), gone, "Moved.").unwrap();
    assert_eq!(new.cases[0].stratum, certificate.sample[0].stratum);
    assert!(teams().verify(&certificate.with(further)).matches);
}

#[test]
fn two_stages_that_cannot_be_are_refused_with_the_reason() {
    let refused = |stage: &[&str], drawn, allocation, size| {
        let kind = two_stage(stage, drawn, allocation);
        let refusal = teams().draw(&method(kind, size), "314159").unwrap_err();
        refusal.reason().to_owned()
    };
    let equal = || Allocation::Equal;
    assert!(refused(&["Team"], 0, equal(), 3).contains("Ask for at least 1"));
    assert!(refused(&["Team"], 4, equal(), 6).contains("The list has 3 teams, and 4"));
    assert!(refused(&["Team"], 3, equal(), 2).contains("without a case"));
    assert!(refused(&["Team"], 1, equal(), 16).contains("fewer than the sample of 16"));
    assert!(refused(&["Team"], 1, equal(), 31).contains("frame, which holds 30"));
    assert!(refused(&["Crew"], 1, equal(), 3).contains("no column “Crew”"));
    assert!(refused(&[], 1, equal(), 3).contains("at least one column"));
    let by_hand = Allocation::ByHand(Vec::new());
    assert!(refused(&["Team"], 2, by_hand, 3).contains("cannot be set for each"));
}

#[test]
fn each_tampering_with_the_teams_is_named() {
    let honest = drawn(two_stage(&["Team"], 2, Allocation::Equal), 6);
    let check = |change: &dyn Fn(&mut Certificate), expected: &str| {
        let mut certificate = honest.clone();
        change(&mut certificate);
        let mismatches = teams().verify(&certificate).mismatches;
        assert!(
            mismatches.iter().any(|one| one.contains(expected)),
            "{mismatches:#?}"
        );
    };
    check(&|it| it.teams.swap(0, 2), "Place 1 of the teams belongs to");
    check(
        &|it| it.teams[1].ticket = "0.5".to_owned(),
        "0.5 as number 2",
    );
    check(
        &|it| drop(it.teams.pop()),
        "Teams: the certificate says 2, the list gives 3",
    );
    check(&|it| it.strata[0].size = 2, "Sample in stratum");
    check(
        &|it| it.method.kind = two_stage(&["Team"], 1, Allocation::Equal),
        "The list has no stratum “North”",
    );
}

#[test]
fn a_systematic_draw_steps_evenly_through_the_order() {
    let certificate = drawn(systematic(&[]), 10);
    let numbers: Vec<usize> = ids(&certificate.sample)
        .iter()
        .map(|id| id.get(2..).unwrap().parse().unwrap())
        .collect();
    assert!(
        numbers.windows(2).all(|pair| pair[1] == pair[0] + 3),
        "{numbers:?}"
    );
    let by_team = drawn(systematic(&["Team"]), 6);
    // The five cases without a team come first, and one of each five is drawn.
    assert!(ids(&by_team.sample)[0] >= "C-26");
    assert_eq!(by_team.reserve.len(), 5);
}

#[test]
fn a_weighted_draw_never_takes_weight_nought() {
    let rows = [
        vec!["a", "0"],
        vec!["b", "1.5"],
        vec!["c", " 2e3 "],
        vec!["d", "0.0"],
    ];
    let loaded = Loaded::new(&["Id", "Days"], &rows);
    let certificate = loaded.draw(&method(weighted("Days"), 2), "1").unwrap();
    assert_eq!(ids(&certificate.sample), ["c", "b"]);
    assert!(certificate.reserve.is_empty());
}

#[test]
fn wrong_plans_are_refused_with_the_reason() {
    let refused = |kind, size| {
        teams()
            .draw(&method(kind, size), "1")
            .unwrap_err()
            .reason()
            .to_owned()
    };
    let by_hand = |size| {
        let shares = ["North", "South", "(empty)", "East"].map(|stratum| Share {
            stratum: stratum.to_owned(),
            size,
        });
        by_team(Allocation::ByHand(shares.to_vec()), 0)
    };
    assert!(refused(by_team(Allocation::Equal, 0), 31).contains("frame, which holds 30"));
    assert!(refused(by_team(Allocation::Equal, 4), 9).contains("At least 4 from each"));
    assert!(refused(by_hand(1), 4).contains("no stratum “East”"));
    assert!(refused(stratified(&["team"], Allocation::Equal, 0), 3).contains("no column “team”"));
    assert!(refused(stratified(&[], Allocation::Equal, 0), 3).contains("at least one column"));
    assert!(refused(systematic(&["Age"]), 3).contains("no column “Age”"));
    assert!(refused(weighted("Age"), 3).contains("no column “Age”"));
    assert!(refused(weighted("Team"), 3).contains("row 2 has “North”"));
    assert!(refused(weighted("Days open"), 31).contains("larger than the frame"));
    let dropping = |kind| {
        let method = Method {
            drop: 15,
            ..method(kind, 6)
        };
        teams().draw(&method, "1").unwrap_err().reason().to_owned()
    };
    assert!(dropping(systematic(&[])).contains("no tickets to pass over"));
    assert!(dropping(by_team(Allocation::Equal, 0)).contains("at most 3"));
}

#[test]
fn weights_that_are_missing_negative_or_all_nought_are_refused_with_their_rows() {
    let refused = |weights: [&str; 3]| {
        let rows: Vec<Vec<&str>> = ["a", "b", "c"]
            .iter()
            .zip(weights)
            .map(|(id, weight)| vec![*id, weight])
            .collect();
        let loaded = Loaded::new(&["Id", "W"], &rows);
        loaded
            .draw(&method(weighted("W"), 1), "1")
            .unwrap_err()
            .reason()
            .to_owned()
    };
    assert!(
        refused(["1", " ", "-2"])
            .contains("2 of 3 cases have none: row 3 is empty, row 4 has “-2”")
    );
    assert!(refused(["inf", "NaN", "x"]).contains("3 of 3 cases"));
    assert!(refused(["0", "0.0", "0"]).contains("Every weight in column “W” is 0"));
}

#[test]
fn cases_that_must_be_included_are_apart_from_every_draw() {
    let include = |id: &str, reason: &str| MustInclude {
        id: id.to_owned(),
        reason: reason.to_owned(),
    };
    let whole = drawn(Kind::Simple, 30);
    let first = whole.sample[0].id.as_str();
    let with = |must_include: Vec<MustInclude>, kind, size| {
        let method = Method {
            must_include,
            ..method(kind, size)
        };
        teams().draw(&method, "314159")
    };
    let certificate = with(vec![include(first, "A complaint.")], Kind::Simple, 4).unwrap();
    assert_eq!(ids(&certificate.sample), ids(&whole.sample)[1..5]);
    assert_eq!(certificate.frame.size, 30);
    let mut certificate = with(
        vec![include("C-30", "A complaint.")],
        by_team(Allocation::Equal, 0),
        6,
    )
    .unwrap();
    assert_eq!(
        figures(&certificate),
        [("(empty)", 4, 2), ("North", 15, 2), ("South", 10, 2)]
    );
    assert!(teams().verify(&certificate).matches);
    certificate.method.must_include.clear();
    assert!(!teams().verify(&certificate).matches);
    let refused = |must_include, size| {
        with(must_include, Kind::Simple, size)
            .unwrap_err()
            .reason()
            .to_owned()
    };
    let one = || include(first, "A complaint.");
    assert!(refused(vec![include("C-31", "x")], 3).contains("not in the frame"));
    assert!(refused(vec![one(), one()], 3).contains("included twice"));
    assert!(refused(vec![include(first, " ")], 3).contains("nobody says why"));
    assert!(refused(vec![one()], 30).contains("larger than the frame"));
}

pub(crate) fn capped(
    kind: Kind,
    size: usize,
    caps: &[(&str, usize)],
) -> Result<Certificate, String> {
    let caps = caps.iter().map(|(column, most)| Cap {
        column: column.to_string(),
        most: *most,
    });
    let method = Method {
        caps: caps.collect(),
        ..method(kind, size)
    };
    teams()
        .draw(&method, "314159")
        .map_err(|refusal| refusal.to_string())
}

#[test]
fn a_cap_passes_over_those_whose_turn_it_was_and_says_so() {
    let whole = drawn(Kind::Simple, 30);
    let certificate = capped(Kind::Simple, 6, &[("Team", 2)]).unwrap();
    assert!(teams().verify(&certificate).matches);
    assert_eq!(certificate.sample.len(), 6);
    assert!(certificate.reserve.is_empty());
    // Sample and those passed over are the head of the queue, each once.
    let mut walked: Vec<&str> = ids(&certificate.sample);
    walked.extend(certificate.passed_over.iter().map(|case| case.id.as_str()));
    let mut head: Vec<&str> = ids(&whole.sample).into_iter().take(walked.len()).collect();
    walked.sort_unstable();
    head.sort_unstable();
    assert_eq!(walked, head);
    let reasons: Vec<&str> = certificate
        .passed_over
        .iter()
        .map(|case| case.reason.as_str())
        .collect();
    assert!(
        reasons
            .iter()
            .all(|reason| reason.ends_with("has 2 already")),
        "{reasons:?}"
    );
}

#[test]
fn caps_hold_in_strata_and_by_weight() {
    let certificate = capped(by_team(Allocation::Equal, 0), 9, &[("Team", 4)]).unwrap();
    assert_eq!(
        certificate.sample,
        drawn(by_team(Allocation::Equal, 0), 9).sample
    );
    let certificate = capped(weighted("Days open"), 6, &[("Team", 2), ("Days open", 1)]).unwrap();
    assert_eq!(certificate.sample.len(), 6);
    let mut tampered = certificate.clone();
    tampered.passed_over.pop();
    let mismatches = teams().verify(&tampered).mismatches;
    assert_eq!(mismatches.len(), 1, "{mismatches:#?}");
    assert!(mismatches[0].contains("The cases that a cap kept out"));
}

#[test]
fn caps_that_cannot_be_kept_are_refused_with_the_reason() {
    let refused = |kind, size, caps| capped(kind, size, caps).unwrap_err();
    assert!(refused(Kind::Simple, 7, &[("Team", 2)]).contains("leave 1 of the sample's cases"));
    let by_team = by_team(Allocation::Equal, 0);
    assert!(refused(by_team, 9, &[("Team", 2)]).contains("1 of the sample's cases in “(empty)”"));
    assert!(refused(Kind::Simple, 3, &[("Team", 0)]).contains("A cap of 0"));
    assert!(refused(Kind::Simple, 3, &[("Worker", 1)]).contains("no column “Worker”"));
    assert!(refused(systematic(&[]), 3, &[("Team", 2)]).contains("cannot keep to a cap"));
}

pub(crate) fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Simple),
        (0..2_usize).prop_map(|minimum| stratified(&["Team"], Allocation::Proportional, minimum)),
        Just(stratified(&["Team", "Days open"], Allocation::Equal, 0)),
        Just(systematic(&[])),
        Just(systematic(&["Team"])),
        Just(weighted("Days open")),
        Just(two_stage(&["Team"], 1, Allocation::Proportional)),
        Just(two_stage(&["Team", "Days open"], 4, Allocation::Equal)),
    ]
}

proptest! {
    #[test]
    fn each_method_can_be_checked_in_any_order_of_rows(
        kind in kinds(),
        cases in prop::collection::btree_map("[a-z0-9]{1,3}", ("[A-C]?", 1..90_u32), 4..30),
        size in 4..30_usize,
        seed in "[0-9]{1,6}",
    ) {
        let texts: Vec<(String, String, String)> = cases
            .into_iter()
            .map(|(id, (team, days))| (id, team, days.to_string()))
            .collect();
        let mut rows: Vec<Vec<&str>> =
            texts.iter().map(|(id, team, days)| vec![id.as_str(), team, days]).collect();
        let header = ["Id", "Team", "Days open"];
        let size = size.min(rows.len());
        let drawn = Loaded::new(&header, &rows).draw(&method(kind, size), &seed);
        // The teams that the seed draws may hold too few cases.
        let Ok(certificate) = drawn else { return Ok(()) };
        prop_assert_eq!(certificate.sample.len(), size);
        let sum: usize = certificate.strata.iter().map(|stratum| stratum.size).sum();
        prop_assert!(certificate.strata.is_empty() || sum == size);
        prop_assert!(certificate.strata.iter().all(|stratum| stratum.size <= stratum.population));
        rows.reverse();
        let again = Certificate::read(&certificate.to_json()).unwrap();
        let verification = Loaded::new(&header, &rows).verify(&again);
        prop_assert!(verification.matches, "{:#?}", verification);
    }
}

/// The paths of all texts and numbers in a JSON value.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                leaves(field, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{at}"), found);
            }
        }
        Value::String(_) | Value::Number(_) => found.push(path.to_owned()),
        Value::Null | Value::Bool(_) => {}
    }
}

#[test]
fn no_single_change_of_any_field_goes_unsaid() {
    let capped_method = capped(by_team(Allocation::Proportional, 1), 6, &[("Team", 3)]).unwrap();
    let certificates = [
        drawn(Kind::Simple, 5),
        capped_method,
        drawn(systematic(&["Team"]), 4),
        drawn(weighted("Days open"), 5),
        drawn(two_stage(&["Team"], 2, Allocation::Equal), 6),
    ];
    for honest in certificates {
        let json: Value = serde_json::from_str(&honest.to_json()).unwrap();
        let mut paths = Vec::new();
        leaves(&json, "", &mut paths);
        assert!(paths.len() > 50);
        for path in paths {
            let mut changed = json.clone();
            let leaf = changed.pointer_mut(&path).unwrap();
            *leaf = match leaf.as_u64() {
                Some(number) => Value::from(number + 1),
                None => Value::from(format!("{}x", leaf.as_str().unwrap())),
            };
            if let Ok(certificate) = Certificate::read(&changed.to_string()) {
                let found = teams().verify(&certificate);
                assert!(
                    !found.matches || !found.notes.is_empty(),
                    "{path}: {found:#?}"
                );
            }
        }
    }
}
