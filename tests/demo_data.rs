//! The made-up authority: the same every time, the size it should be, and at one with itself over all
//! its lists, both before and after they are spoilt.

/// The generator's own modules (it's an example program, so nothing else can name them).
#[path = "../examples/demo_data"]
mod harrowmere {
    pub(crate) mod authority;
    pub(crate) mod calendar;
    pub(crate) mod files;
    pub(crate) mod lists;
    pub(crate) mod mess;
    pub(crate) mod random;
    pub(crate) mod sheet;
    pub(crate) mod small;
    pub(crate) mod write;
}

#[path = "demo_data/files.rs"]
mod files;
#[path = "demo_data/spoilt.rs"]
mod spoilt;

use harrowmere::authority::{self, Authority};
use harrowmere::calendar::{Day, Moment, REFERENCE};
use harrowmere::lists;
use harrowmere::random::Random;
use harrowmere::sheet::{Cell, Sheet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Made once for all tests.
fn authority() -> &'static Authority {
    static MADE: LazyLock<Authority> = LazyLock::new(|| authority::make(harrowmere::files::SEED));
    &MADE
}

/// All fourteen lists, tidy.
fn tidy(authority: &Authority) -> Vec<Sheet> {
    [
        lists::annex_a(authority),
        lists::vulnerable_adolescents(authority),
    ]
    .concat()
}

/// All fourteen lists as they are written.
fn spoilt(authority: &Authority) -> Vec<Sheet> {
    let mut annex_a = lists::annex_a(authority);
    harrowmere::mess::spoil(authority, &mut annex_a);
    [annex_a, lists::vulnerable_adolescents(authority)].concat()
}

/// The cells of a column, by the beginning of its heading.
fn column<'a>(sheet: &'a Sheet, heading: &str) -> Vec<&'a Cell> {
    let column = sheet
        .header
        .iter()
        .position(|name| name.starts_with(heading));
    assert!(column.is_some(), "{} has no column {heading}", sheet.name);
    sheet
        .rows
        .iter()
        .filter_map(|row| row.get(column?))
        .collect()
}

/// A cell as a person would read it out, its letter of code and its odd spaces left aside.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => {
            let words = words.replace('\u{a0}', " ");
            let words = words.trim();
            let code = ["a) ", "b) ", "c) ", "d) "]
                .iter()
                .find_map(|it| words.strip_prefix(it));
            code.unwrap_or(words).to_owned()
        }
        Cell::Number(value) => value.to_string(),
        Cell::Date(day) => day.british(),
        Cell::Moment(moment) => format!("{} {}", moment.day.british(), moment.clock()),
    }
}

fn ids(sheet: &Sheet) -> Vec<String> {
    column(sheet, "Child Unique ID")
        .into_iter()
        .map(plain)
        .collect()
}

fn children(sheet: &Sheet) -> BTreeSet<String> {
    ids(sheet).into_iter().collect()
}

/// The ten lists of Annex A that name children.
fn lists_of_children(sheets: &[Sheet]) -> impl Iterator<Item = &Sheet> {
    sheets.iter().take(10)
}

#[test]
fn the_stream_of_numbers_is_splitmix64() {
    // The published first values for the seed 1234567 (12d687 in hexadecimal); the name of the part is taken out again.
    let mut random = Random::for_part(0x0012_d687 ^ 0xcbf2_9ce4_8422_2325, "");
    let first = [random.next(), random.next(), random.next()];
    assert_eq!(
        first,
        [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423
        ]
    );
}

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

#[test]
fn the_authority_has_the_size_it_should_have() {
    let sheets = tidy(authority());
    let sizes: Vec<usize> = lists_of_children(&sheets)
        .map(|it| children(it).len())
        .collect();
    let [
        contacts,
        early_help,
        referrals,
        assessments,
        enquiries,
        rest @ ..,
    ] = &sizes[..]
    else {
        unreachable!("there are ten lists of children");
    };
    assert_eq!(rest, [900, 350, 500, 240, 60]);
    assert!((900..1400).contains(contacts), "{contacts}");
    assert!((400..600).contains(early_help), "{early_help}");
    assert!((1000..1400).contains(referrals), "{referrals}");
    assert!((900..1300).contains(assessments), "{assessments}");
    assert!((300..420).contains(enquiries), "{enquiries}");
    let all: BTreeSet<String> = lists_of_children(&sheets).flat_map(children).collect();
    assert_eq!(all.len(), 3000);
}

#[test]
fn only_lists_of_events_name_a_child_twice() {
    for sheet in lists_of_children(&tidy(authority())) {
        let repeats = ids(sheet).len() - children(sheet).len();
        let events = ["List 1 ", "List 3 ", "List 5 "]
            .iter()
            .any(|it| sheet.name.starts_with(it));
        assert_eq!(repeats > 0, events, "{} has {repeats} repeats", sheet.name);
    }
}

#[test]
fn children_stand_on_several_lists() {
    let sheets = tidy(authority());
    let on: Vec<BTreeSet<String>> = sheets
        .iter()
        .map(|it| {
            if it.name.starts_with("List 11") {
                BTreeSet::new()
            } else {
                children(it)
            }
        })
        .collect();
    let both = |a: usize, b: usize| on[a].intersection(&on[b]).count();
    assert_eq!(
        (both(5, 6), both(5, 7), both(6, 7), both(7, 8)),
        (70, 30, 40, 25)
    );
    // Vulnerable adolescents: missing, exploited, offending, and known to the service anyway.
    let known: BTreeSet<&String> = on[5].iter().chain(&on[6]).chain(&on[7]).collect();
    for list in 11..14 {
        assert!(
            on[list].iter().all(|id| known.contains(id)),
            "{}",
            sheets[list].name
        );
    }
    let thrice = on[11]
        .iter()
        .filter(|&id| on[12].contains(id) && on[13].contains(id))
        .count();
    assert!(thrice >= 5, "{thrice} adolescents stand on all three lists");
}

#[test]
fn a_child_is_the_same_on_every_list() {
    let mut facts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for sheet in spoilt(authority())
        .iter()
        .filter(|it| !it.name.starts_with("List 11"))
    {
        if sheet.name.starts_with("Missing") {
            continue;
        }
        let (gender, ethnicity) = (column(sheet, "Gender"), column(sheet, "Ethnicity"));
        let (born, age) = (column(sheet, "Date of Birth"), column(sheet, "Age"));
        for (row, id) in ids(sheet).into_iter().enumerate() {
            let whole_years = plain(age[row]).split('.').next().map(str::to_owned);
            let whole_years = whole_years.unwrap_or_default();
            let here = vec![
                plain(gender[row]),
                plain(ethnicity[row]),
                plain(born[row]),
                whole_years,
            ];
            let there = facts.entry(id.clone()).or_insert_with(|| here.clone());
            assert_eq!(*there, here, "{id} on {}", sheet.name);
        }
    }
    assert_eq!(facts.len(), 3000);
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
    for seed in [harrowmere::files::SEED, 1, 2, 3] {
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
    let sheets = lists::vulnerable_adolescents(authority());
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

#[test]
fn list_8_counts_the_episodes_of_the_missing_list() {
    let missing = ids(&lists::vulnerable_adolescents(authority())[0]);
    let care = &lists::annex_a(authority())[7];
    let counts = column(care, "Number of Episodes the Child has been 'Missing'");
    let offered = column(care, "Was the Child offered");
    for (row, id) in ids(care).iter().enumerate() {
        let episodes = missing.iter().filter(|it| *it == id).count();
        assert_eq!(plain(counts[row]), episodes.to_string(), "{id}");
        assert_eq!(*offered[row] == Cell::Empty, episodes == 0, "{id}");
    }
}

#[test]
fn a_worker_holds_about_fifteen_to_nineteen_cases_in_one_team() {
    let mut cases: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for child in authority().children.iter().filter(|child| child.is_open()) {
        cases.entry(&child.worker).or_default().push(child.team);
    }
    for (worker, teams) in &cases {
        assert!(
            (12..=21).contains(&teams.len()),
            "{worker} holds {} cases",
            teams.len()
        );
        assert!(
            teams.iter().all(|team| team == &teams[0]),
            "{worker} is in several teams"
        );
    }
    let usual = cases
        .values()
        .filter(|teams| (15..=19).contains(&teams.len()))
        .count();
    assert!(
        usual * 100 >= cases.len() * 90,
        "{usual} of {} hold 15 to 19",
        cases.len()
    );
}
