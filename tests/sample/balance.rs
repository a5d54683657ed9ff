//! The sample beside its frame: every case in one group, ranges that chance keeps to.

use sightline::sample::allocation::Allocation;
use sightline::sample::balance::{Balance, Compared, Group};
use sightline::sample::certificate::Certificate;
use sightline::sample::further::Step;
use sightline::sample::method::{Kind, Method, MustInclude};
use sightline::table::column;

use crate::lists::Loaded;
use crate::methods::{by_team, capped, method, systematic, teams, weighted};

/// Forty cases: a team, a number, a day, and whether the child was seen.
fn children() -> Loaded {
    let texts: Vec<[String; 5]> = (1..=40_u32)
        .map(|number| {
            let team = ["North", "South", "East", ""][usize::try_from(number % 8 / 2).unwrap()];
            let days = if number == 40 {
                "n/a".to_owned()
            } else {
                number.to_string()
            };
            [
                format!("C-{number:02}"),
                team.to_owned(),
                days,
                format!("2026-03-{:02}", number.div_ceil(2)),
                if number % 4 == 0 { "Yes" } else { "No" }.to_owned(),
            ]
        })
        .collect();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    Loaded::new(&["Id", "Team", "Days open", "Seen on", "Seen alone"], &rows)
}

fn balance(certificate: &Certificate) -> Balance {
    let loaded = children();
    let profiles = column::profiles(&loaded.table);
    certificate.balance(&loaded.list(), &profiles).unwrap()
}

fn drawn(kind: Kind, size: usize, seed: &str) -> Certificate {
    children().draw(&method(kind, size), seed).unwrap()
}

fn column<'a>(balance: &'a Balance, name: &str) -> &'a Compared {
    let mut columns = balance.columns.iter();
    columns.find(|column| column.column == name).unwrap()
}

fn figures(compared: &Compared) -> Vec<(&str, usize)> {
    let groups = compared.groups.iter();
    groups
        .map(|group| (group.name.as_str(), group.frame))
        .collect()
}

#[test]
fn each_case_stands_in_one_group_of_each_column() {
    let balance = balance(&drawn(Kind::Simple, 12, "314159"));
    assert_eq!((balance.frame, balance.sample), (40, 12));
    let names: Vec<&str> = balance
        .columns
        .iter()
        .map(|it| it.column.as_str())
        .collect();
    // Not the id.
    assert_eq!(names, ["Team", "Days open", "Seen on", "Seen alone"]);
    for compared in &balance.columns {
        let sum = |count: fn(&Group) -> usize| compared.groups.iter().map(count).sum::<usize>();
        assert_eq!((sum(|it| it.frame), sum(|it| it.sample)), (40, 12));
    }
    assert_eq!(
        figures(column(&balance, "Team")),
        [("East", 10), ("North", 10), ("South", 10), ("(empty)", 10)]
    );
    assert_eq!(
        figures(column(&balance, "Days open")),
        [
            ("1 to 10", 10),
            ("11 to 20", 10),
            ("21 to 30", 10),
            ("31 to 39", 9),
            ("(no number)", 1)
        ]
    );
    assert_eq!(
        figures(column(&balance, "Seen on")),
        [
            ("2026-03-01 to 2026-03-05", 10),
            ("2026-03-06 to 2026-03-10", 10),
            ("2026-03-11 to 2026-03-15", 10),
            ("2026-03-16 to 2026-03-20", 10)
        ]
    );
}

#[test]
fn equal_numbers_stay_together_and_rare_values_make_one_group() {
    let texts: Vec<[String; 3]> = (0..60_u32)
        .map(|number| {
            let placements = if number < 45 { 1 } else { number - 44 };
            [
                format!("C-{number}"),
                placements.to_string(),
                format!("T{}", number % 12),
            ]
        })
        .collect();
    let rows: Vec<Vec<&str>> = texts
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let loaded = Loaded::new(&["Id", "Placements", "Team"], &rows);
    let certificate = loaded.draw(&Method::simple(9), "1").unwrap();
    let profiles = column::profiles(&loaded.table);
    let balance = certificate.balance(&loaded.list(), &profiles).unwrap();
    assert_eq!(
        figures(column(&balance, "Placements")),
        [("1", 46), ("2 to 15", 14)]
    );
    let teams = figures(column(&balance, "Team"));
    assert_eq!(teams.len(), 9);
    assert_eq!(teams[8], ("(other values)", 20));
}

#[test]
fn the_range_of_a_simple_draw_is_hypergeometric() {
    let balance = balance(&drawn(Kind::Simple, 12, "314159"));
    // R: qhyper(c(.025, .975), 10, 30, 12) and qhyper(c(.025, .975), 1, 39, 12).
    for group in &column(&balance, "Team").groups {
        assert_eq!(group.range, Some((1, 6)));
    }
    assert_eq!(column(&balance, "Days open").groups[4].range, Some((0, 1)));
}

#[test]
fn the_range_of_a_stratified_draw_is_that_of_its_design() {
    let certificate = drawn(by_team(Allocation::Equal, 0), 12, "314159");
    let balance = balance(&certificate);
    for group in &column(&balance, "Team").groups {
        assert_eq!((group.sample, group.range), (3, Some((3, 3))));
        assert!(!group.is_outside());
    }
    // “Yes” is half of the cases of North and of East, and none of the others'.
    let yes = column(&balance, "Seen alone")
        .groups
        .iter()
        .find(|it| it.name == "Yes")
        .unwrap();
    assert_eq!(yes.frame, 10);
    assert_eq!(yes.range, Some((1, 5)));
}

#[test]
fn ranges_hold_as_often_as_they_say() {
    let kinds = [Kind::Simple, by_team(Allocation::Proportional, 0)];
    for kind in kinds {
        let (mut within, mut all) = (0_u32, 0_u32);
        for seed in 1..=500 {
            let balance = balance(&drawn(kind.clone(), 9, &seed.to_string()));
            let (outside, ranged) = balance.outside();
            all += u32::try_from(ranged).unwrap();
            within += u32::try_from(ranged - outside).unwrap();
        }
        let share = f64::from(within) / f64::from(all);
        // At least 95 % by the rule. A right range would fall below 94 % for fewer than 1 in 1,000 sets
        // of 500 seeds, were the counts of a draw as good as one: 0.95 − 3.09 √(0.95 · 0.05 / 500) = 0.92.
        assert!((0.92..1.0).contains(&share), "{share}");
    }
}

#[test]
fn designs_without_a_simple_rule_have_no_range() {
    let loaded = teams();
    let profiles = column::profiles(&loaded.table);
    let certificates = [
        capped(Kind::Simple, 5, &[("Team", 2)]).unwrap(),
        loaded.draw(&method(systematic(&[]), 8), "1").unwrap(),
        loaded.draw(&method(weighted("Days open"), 8), "1").unwrap(),
    ];
    for certificate in certificates {
        let balance = certificate.balance(&loaded.list(), &profiles).unwrap();
        assert_eq!(balance.outside(), (0, 0));
        assert!(balance.to_string().contains("no range is given"));
    }
}

#[test]
fn it_is_of_the_cases_that_count_and_never_asks_for_another_draw() {
    let include = |id: &str| MustInclude {
        id: id.to_owned(),
        reason: "A complaint.".to_owned(),
    };
    let method = Method {
        must_include: vec![include("C-01"), include("C-02")],
        ..Method::simple(10)
    };
    let loaded = children();
    let certificate = loaded.draw(&method, "1").unwrap();
    let gone = Step::replacement(&certificate.sample[0].id);
    let further = certificate
        .extend(&loaded.list(), gone, "Moved away.")
        .unwrap();
    let balance = balance(&certificate.with(further));
    assert_eq!((balance.frame, balance.sample), (38, 10));
    let said = balance.to_string();
    assert!(
        said.contains("up to 1 in 20 of the counts here is expected outside: of 1"),
        "{said}"
    );
    assert!(said.contains("Nothing here is a ground for another draw"));
}

#[test]
fn another_list_is_refused() {
    let certificate = drawn(Kind::Simple, 12, "1");
    let loaded = teams();
    let profiles = column::profiles(&loaded.table);
    let refusal = certificate.balance(&loaded.list(), &profiles).unwrap_err();
    assert!(
        refusal
            .reason()
            .contains("not the list that the sample was drawn from")
    );
}
