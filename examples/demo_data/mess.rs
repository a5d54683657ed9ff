//! Spoils tidy lists as real workbooks are spoilt, so that whoever reads them meets it all: a title
//! above the header, headings that differ, numbers for ids, no-break spaces, `#N/A`, ages with
//! decimals, lettered codes, dates as text. What the lists say is not changed.

use super::authority::{Authority, NAME};
use super::calendar::REFERENCE;
use super::random::Random;
use super::sheet::{Cell, Sheet, number, text};

/// One thing that is wrong with a list. Those that name a column name it by its tidy heading, so a
/// heading is spoilt last.
enum Fault {
    /// A line above the header; an empty one leaves a row blank.
    Title(&'static str),
    /// Numbers where other lists have text.
    IdsAsNumbers,
    /// Ages as a formula gives them, 6.138 rather than 6.
    ExactAges,
    DatesAsText,
    /// Some cells of a column bear the letter of their code: `a) Male` beside `Male`.
    Lettered(&'static str),
    /// Some empty cells of a column hold the text `#N/A`.
    NotAvailable(&'static str),
    /// Some codes of a column gave way to the text `#N/A`.
    CodesLost(&'static str),
    /// No-break spaces in and after the names of workers.
    NoBreakSpaces,
    /// A heading as it should be, and as somebody typed it.
    Heading(&'static str, &'static str),
}

use Fault::{
    CodesLost, DatesAsText, ExactAges, Heading, IdsAsNumbers, Lettered, NoBreakSpaces,
    NotAvailable, Title,
};

const AGE: &str = "Age of Child (Years)";

/// What is wrong with each of the eleven lists.
const FAULTS: [&[Fault]; 11] = [
    &[IdsAsNumbers, Heading("Contact Source", "Contact source")],
    &[IdsAsNumbers, DatesAsText, Heading(AGE, "Age")],
    &[
        Title("List 3: referrals received"),
        Title(""),
        ExactAges,
        NoBreakSpaces,
        Heading("Referral Source", "Referral Source "),
    ],
    &[
        IdsAsNumbers,
        Lettered("Gender"),
        Lettered("Does the Child have a Disability"),
        Heading(
            "Was the child assessed as requiring LA children's social care support?",
            "Was the child assessed as requiring LA children’s social care support?",
        ),
    ],
    &[
        Heading(
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Strategy Discussion Initiating Section 47 Enquiry Start Date",
        ),
        Heading(
            "Number of ICPCs in the last 12 months",
            "Number of ICPCs in the last 12 months ",
        ),
    ],
    &[
        IdsAsNumbers,
        NoBreakSpaces,
        NotAvailable("Date Child Was Last Seen"),
        NotAvailable("Reason for Closure"),
        Heading("Case Status", "Case status"),
    ],
    &[
        Title("Annex A, List 7: children subject to a child protection plan"),
        Lettered("Gender"),
        Lettered("Was the Child Seen Alone?"),
        NoBreakSpaces,
        Heading(AGE, "Age of child (years)"),
        Heading(
            "Date of the Last Statutory Visit",
            "Date of the Last Statutory Visit ",
        ),
    ],
    LIST_8,
    &[
        CodesLost("Activity Status"),
        Heading("LA in Touch", "LA in touch "),
    ],
    &[IdsAsNumbers, Heading(AGE, "Age")],
    &[],
];

const LIST_8: &[Fault] = &[
    IdsAsNumbers,
    ExactAges,
    NoBreakSpaces,
    Heading(AGE, "Age of Child (Years"),
    Heading("Child's Category of Need", "Child’s Category of Need"),
    Heading("Child's Legal Status", "Child’s Legal Status"),
    Heading(
        "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    ),
    Heading(
        "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 Months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
    ),
    Heading(
        "Did the Child Accept a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N?)",
    ),
];

/// Spoils the eleven lists of Annex A, each in its own way.
pub(crate) fn spoil(authority: &Authority, lists: &mut [Sheet]) {
    for (sheet, faults) in lists.iter_mut().zip(FAULTS) {
        let mut random = authority.random(&format!("mess {}", sheet.file));
        for fault in faults {
            apply(fault, sheet, &mut random);
        }
    }
}

fn apply(fault: &Fault, sheet: &mut Sheet, random: &mut Random) {
    match fault {
        Title("") => sheet.title.push(String::new()),
        Title(line) => {
            sheet
                .title
                .push(format!("{NAME} – {line}, as at {}", REFERENCE.british()));
        }
        IdsAsNumbers => change(sheet, "Child Unique ID", |cell, _| number_of(cell)),
        ExactAges => exact_ages(sheet),
        DatesAsText => {
            for cell in sheet.rows.iter_mut().flatten() {
                if let Cell::Date(day) = cell {
                    *cell = text(day.british());
                }
            }
        }
        Lettered(heading) => change(sheet, heading, |cell, _| {
            if random.chance(40) {
                lettered(cell)
            } else {
                None
            }
        }),
        NotAvailable(heading) => change(sheet, heading, |cell, _| {
            (*cell == Cell::Empty && random.chance(12)).then(|| text("#N/A"))
        }),
        CodesLost(heading) => {
            change(sheet, heading, |_, _| {
                random.chance(6).then(|| text("#N/A"))
            });
        }
        NoBreakSpaces => change(sheet, "Allocated Worker", no_break),
        Heading(tidy, typed) => {
            if let Some(column) = sheet.column(tidy) {
                (*typed).clone_into(&mut sheet.header[column]);
            }
        }
    }
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
