//! Spoils tidy lists as real workbooks are spoilt, so that whoever reads them meets it all: a title
//! above the header, headings that differ, numbers for ids, no-break spaces, `#N/A`, ages with
//! decimals, lettered codes, dates as text. What the lists say is not changed.

use super::authority::{Authority, NAME};
use super::calendar::REFERENCE;
use super::random::Random;
use super::sheet::{Cell, Sheet, number, text};

/// A heading as it should be, and as somebody typed it.
type Renamed = (&'static str, &'static str);

/// What is wrong with one list.
#[derive(Default)]
struct Mess {
    title: &'static [&'static str],
    headings: &'static [Renamed],
    ids_as_numbers: bool,
    exact_ages: bool,
    dates_as_text: bool,
    /// Columns in which some cells bear the letter of their code: `a) Male` beside `Male`.
    lettered: &'static [&'static str],
    /// Columns in which some empty cells hold the text `#N/A`.
    not_available: &'static [&'static str],
    no_break_spaces: bool,
}

/// Spoils the eleven lists of Annex A, each in its own way.
pub(crate) fn spoil(authority: &Authority, lists: &mut [Sheet]) {
    for (index, sheet) in lists.iter_mut().enumerate() {
        let mut random = authority.random(&format!("mess {}", sheet.file));
        apply(&mess_of(index + 1), sheet, &mut random);
    }
}

fn mess_of(list: usize) -> Mess {
    match list {
        1 => Mess {
            ids_as_numbers: true,
            headings: &[("Contact Source", "Contact source")],
            ..Mess::default()
        },
        2 => Mess {
            ids_as_numbers: true,
            dates_as_text: true,
            headings: &[("Age of Child (Years)", "Age")],
            ..Mess::default()
        },
        3 => Mess {
            title: &["List 3: referrals received", ""],
            headings: &[("Referral Source", "Referral Source ")],
            exact_ages: true,
            no_break_spaces: true,
            ..Mess::default()
        },
        4 => Mess {
            ids_as_numbers: true,
            lettered: &["Gender", "Does the Child have a Disability"],
            headings: &[(
                "Was the child assessed as requiring LA children's social care support?",
                "Was the child assessed as requiring LA children’s social care support?",
            )],
            ..Mess::default()
        },
        5 => Mess {
            headings: &[
                (
                    "Strategy discussion initiating Section 47 Enquiry Start Date",
                    "Strategy Discussion Initiating Section 47 Enquiry Start Date",
                ),
                (
                    "Number of ICPCs in the last 12 months",
                    "Number of ICPCs in the last 12 months ",
                ),
            ],
            ..Mess::default()
        },
        6 => Mess {
            ids_as_numbers: true,
            no_break_spaces: true,
            headings: &[("Case Status", "Case status")],
            not_available: &["Date Child Was Last Seen", "Reason for Closure"],
            ..Mess::default()
        },
        7 => Mess {
            title: &["Annex A, List 7: children subject to a child protection plan"],
            lettered: &["Gender", "Was the Child Seen Alone?"],
            headings: &[
                ("Age of Child (Years)", "Age of child (years)"),
                (
                    "Date of the Last Statutory Visit",
                    "Date of the Last Statutory Visit ",
                ),
            ],
            no_break_spaces: true,
            ..Mess::default()
        },
        8 => Mess {
            ids_as_numbers: true,
            exact_ages: true,
            no_break_spaces: true,
            headings: LIST_8,
            ..Mess::default()
        },
        9 => Mess {
            headings: &[("LA in Touch", "LA in touch ")],
            not_available: &["Activity Status"],
            ..Mess::default()
        },
        10 => Mess {
            ids_as_numbers: true,
            headings: &[("Age of Child (Years)", "Age")],
            ..Mess::default()
        },
        _ => Mess::default(),
    }
}

const LIST_8: &[Renamed] = &[
    ("Age of Child (Years)", "Age of Child (Years"),
    ("Child's Category of Need", "Child’s Category of Need"),
    ("Child's Legal Status", "Child’s Legal Status"),
    (
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    ),
    (
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 Months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
    ),
    (
        "Did the Child Accept a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N?)",
    ),
];

fn apply(mess: &Mess, sheet: &mut Sheet, random: &mut Random) {
    if mess.ids_as_numbers {
        change(sheet, "Child Unique ID", |cell, _| number_of(cell));
    }
    if mess.exact_ages {
        exact_ages(sheet);
    }
    for heading in mess.lettered {
        change(sheet, heading, |cell, _| {
            if random.chance(40) {
                lettered(cell)
            } else {
                None
            }
        });
    }
    for heading in mess.not_available {
        change(sheet, heading, |cell, _| {
            // In a column of codes without gaps some codes give way to it instead.
            let gap = *cell == Cell::Empty && random.chance(12);
            let code = *heading == "Activity Status" && random.chance(6);
            (gap || code).then(|| text("#N/A"))
        });
    }
    if mess.no_break_spaces {
        change(sheet, "Allocated Worker", |cell, row| no_break(cell, row));
    }
    if mess.dates_as_text {
        for cell in sheet.rows.iter_mut().flatten() {
            if let Cell::Date(day) = cell {
                *cell = text(day.british());
            }
        }
    }
    for (tidy, typed) in mess.headings {
        if let Some(column) = sheet.column(tidy) {
            sheet.header[column] = (*typed).to_owned();
        }
    }
    let titled = |line: &&str| match *line {
        "" => String::new(),
        line => format!("{NAME} – {line}, as at {}", REFERENCE.british()),
    };
    sheet.title = mess.title.iter().map(titled).collect();
}

/// Puts what `new` gives into the cells of a column, and leaves those for which it gives nothing.
fn change(sheet: &mut Sheet, heading: &str, mut new: impl FnMut(&Cell, usize) -> Option<Cell>) {
    let Some(column) = sheet.column(heading) else {
        return;
    };
    for (index, row) in sheet.rows.iter_mut().enumerate() {
        if let Some(cell) = new(&row[column], index) {
            row[column] = cell;
        }
    }
}

fn number_of(cell: &Cell) -> Option<Cell> {
    let Cell::Text(digits) = cell else {
        return None;
    };
    digits.parse::<u32>().ok().map(number)
}

/// Ages as a formula gives them, 6.138 rather than 6.
fn exact_ages(sheet: &mut Sheet) {
    let (Some(born), Some(age)) = (
        sheet.column("Date of Birth"),
        sheet.column("Age of Child (Years)"),
    ) else {
        return;
    };
    for row in &mut sheet.rows {
        if let Cell::Date(day) = row[born] {
            let completed = day.age_on(REFERENCE);
            let (last, next) = (day.birthday(completed), day.birthday(completed + 1));
            let part = f64::from(REFERENCE.0 - last.0) / f64::from(next.0 - last.0);
            // Rounded down, so that the last day of a year of life does not become a year more.
            let years = f64::from(completed) + (part * 1000.0).floor() / 1000.0;
            row[age] = number((years * 1000.0).round() / 1000.0);
        }
    }
}

fn lettered(cell: &Cell) -> Option<Cell> {
    let Cell::Text(plain) = cell else { return None };
    let letter = match plain.as_str() {
        "Male" | "Yes" => 'a',
        "Female" | "No" => 'b',
        "Not stated/recorded" => 'c',
        _ => 'd',
    };
    Some(text(format!("{letter}) {plain}")))
}

/// Every seventh name has a no-break space in it, every eleventh one after it.
fn no_break(cell: &Cell, row: usize) -> Option<Cell> {
    let Cell::Text(name) = cell else { return None };
    if row % 7 == 3 {
        Some(text(name.replace(' ', "\u{a0}")))
    } else if row % 11 == 5 {
        Some(text(format!("{name}\u{a0}")))
    } else {
        None
    }
}
