//! Dates of the made-up authority: those of the calendar, in the order in which things happen, and
//! return home interviews as late as a published letter of 2018 found them.

use super::harrowmere::authority;
use super::harrowmere::calendar::{Day, Moment, REFERENCE};
use super::harrowmere::files::SEED;
use super::harrowmere::sheet::{Cell, Sheet};
use super::{column, lists};

#[test]
fn days_are_those_of_the_calendar() {
    assert_eq!(REFERENCE, Day(46_112));
    assert_eq!(Day::new(1970, 1, 1), Day(25_569));
    for serial in 20_000..60_000 {
        let (year, month, day) = Day(serial).civil();
        assert_eq!(Day::new(year, month, day), Day(serial));
    }
    assert_eq!(Day::new(2008, 2, 29).age_on(Day::new(2026, 2, 28)), 17);
    assert_eq!(Day::new(2008, 2, 29).age_on(Day::new(2026, 3, 1)), 18);
    assert_eq!(Day::new(2008, 2, 29).birthday(18), Day::new(2026, 3, 1));
}

/// Steps of a case that come one after the other, by list.
const STEPS: &[(usize, &[&str])] = &[
    (
        2,
        &["Date of Birth", "Assessment start", "Assessment completion"],
    ),
    (
        4,
        &[
            "Date of Birth",
            "Continuous Assessment Start",
            "Continuous Assessment Date of",
        ],
    ),
    (
        5,
        &[
            "Date of Birth",
            "Strategy discussion",
            "Date of Initial Child Protection",
        ],
    ),
    (
        6,
        &[
            "Date of Birth",
            "CIN Start Date",
            "Date Child Was Last Seen",
            "CIN Closure Date",
        ],
    ),
    (
        7,
        &[
            "Date of Birth",
            "Child Protection Plan Start",
            "Date of the Last",
            "Child Protection Plan End",
        ],
    ),
    (
        7,
        &[
            "Child Protection Plan Start",
            "Date of latest review",
            "Child Protection Plan End",
        ],
    ),
    (
        8,
        &[
            "Date of Birth",
            "Date Started",
            "Start date of current",
            "Date Ceased",
        ],
    ),
    (
        8,
        &["Date Started", "Date of Latest Statutory", "Date Ceased"],
    ),
    (
        8,
        &["Date Started", "Date of Last Social Work", "Date Ceased"],
    ),
    (
        8,
        &["Date Started", "Start Date of Most Recent", "Date Ceased"],
    ),
    (
        10,
        &[
            "Date of Birth",
            "Date the Child Entered",
            "Date of Decision that Child Should be",
        ],
    ),
    (
        10,
        &[
            "Date of Decision that Child Should be",
            "Date of Placement Order",
        ],
    ),
    (
        10,
        &[
            "Date of Placement Order",
            "Date of Matching",
            "Date Placed",
            "Date of Adoption",
        ],
    ),
    (
        11,
        &[
            "Date enquiry",
            "Date Stage 1 started",
            "Date Stage 1 ended",
            "Date Stage 2 started",
        ],
    ),
    (
        11,
        &[
            "Date Stage 2 started",
            "Date Stage 2 ended",
            "Date application submitted",
        ],
    ),
    (
        11,
        &[
            "Date application submitted",
            "Date application approved",
            "Date adopter matched",
        ],
    ),
    (
        11,
        &[
            "Date adopter matched",
            "Date child/children placed",
            "Date of Adoption Order",
        ],
    ),
];

#[test]
fn what_follows_comes_later_and_nothing_lies_in_the_future() {
    for seed in [SEED, 1, 2, 3] {
        let sheets = lists::annex_a(&authority::make(seed));
        for (list, headings) in STEPS {
            assert_in_order(&sheets[list - 1], headings, seed);
        }
        for sheet in &sheets {
            for cell in sheet.rows.iter().flatten() {
                assert!(
                    !matches!(cell, Cell::Date(day) if *day > REFERENCE),
                    "{}",
                    sheet.name
                );
            }
        }
    }
}

fn assert_in_order(sheet: &Sheet, headings: &[&str], seed: u64) {
    let columns: Vec<Vec<&Cell>> = headings.iter().map(|it| column(sheet, it)).collect();
    for row in 0..sheet.rows.len() {
        let days: Vec<Day> = columns
            .iter()
            .filter_map(|cells| {
                if let Cell::Date(day) = cells[row] {
                    Some(*day)
                } else {
                    None
                }
            })
            .collect();
        assert!(
            days.is_sorted(),
            "{} row {row}, seed {seed}: {headings:?} {days:?}",
            sheet.name
        );
    }
}

fn minutes(from: Moment, until: Moment) -> i32 {
    (until.day.0 - from.day.0) * 1440 + until.minute - from.minute
}

#[test]
fn return_interviews_are_counted_as_the_letter_counts_them() {
    let sheets = lists::vulnerable_adolescents(super::authority());
    let moments = |heading| {
        column(&sheets[0], heading).into_iter().map(|cell| {
            if let Cell::Moment(moment) = cell {
                Some(*moment)
            } else {
                None
            }
        })
    };
    let (mut all, mut completed, mut in_time) = (0, 0, 0);
    let returned = moments("Date and Time Missing").zip(moments("Date and Time Returned"));
    for ((from, until), interview) in returned.zip(moments("Date and Time of Return")) {
        let (Some(from), Some(until)) = (from, until) else {
            unreachable!("an episode has both")
        };
        assert!(
            (60..4 * 1440).contains(&minutes(from, until)),
            "{from:?} {until:?}"
        );
        all += 1;
        if let Some(interview) = interview {
            let waited = minutes(until, interview);
            assert!(waited > 0 && interview.day <= REFERENCE);
            // Far enough from 72 hours that a change of clocks cannot matter.
            assert!(!(70 * 60..75 * 60).contains(&waited), "{waited} minutes");
            completed += 1;
            in_time += i32::from(waited <= 72 * 60);
        }
    }
    let percent = |part: i32| f64::from(part) * 100.0 / f64::from(all);
    assert!(all > 250, "{all} episodes");
    assert!(
        (percent(completed) - 62.0).abs() < 0.5,
        "{completed} of {all}"
    );
    assert!((percent(in_time) - 36.0).abs() < 0.5, "{in_time} of {all}");
}
