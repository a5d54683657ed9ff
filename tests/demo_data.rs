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

#[path = "demo_data/dates.rs"]
mod dates;
#[path = "demo_data/files.rs"]
mod files;
#[path = "demo_data/linked.rs"]
mod linked;
#[path = "demo_data/recognised.rs"]
mod recognised;
#[path = "demo_data/spoilt.rs"]
mod spoilt;

use harrowmere::authority::{self, Authority};
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
