//! Writes long made-up case lists for the benchmarks: the same rows as CSV and as XLSX, the same
//! bytes at each run.
//!
//! `cargo run --release --example long_lists -- FOLDER CSV-ROWS XLSX-ROWS`; either number may be a
//! list such as `10000,100000`. A file that is there already is left alone.

#[path = "../demo_data/random.rs"]
#[expect(
    dead_code,
    reason = "the made-up authority draws in more ways than these rows"
)]
mod random;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use random::Random;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

const USAGE: &str = "Usage: long_lists FOLDER CSV-ROWS XLSX-ROWS";
const SEED: u64 = 20_261_124;

const HEADER: [&str; 16] = [
    "Child Unique ID",
    "Referral ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Postcode District",
    "Date of Referral",
    "Allocated Team",
    "Allocated Worker",
    "Primary Need Code",
    "Status",
    "Plan Start Date",
    "Date Last Seen",
    "Next Review",
    "Does the Child have a Disability",
    "Case Note",
];
const GENDERS: [(u32, &str); 4] = [(49, "Male"), (48, "Female"), (2, "Unborn"), (1, "Unknown")];
const ETHNICITIES: [(u32, &str); 8] = [
    (62, "WBRI"),
    (7, "WOTH"),
    (6, "APKN"),
    (6, "BAFR"),
    (6, "MWBC"),
    (5, "AIND"),
    (4, "OOTH"),
    (4, "NOBT"),
];
const TEAMS: [&str; 12] = [
    "Assessment North",
    "Assessment South",
    "Safeguarding 1",
    "Safeguarding 2",
    "Safeguarding 3",
    "Children in Care 1",
    "Children in Care 2",
    "Leaving Care",
    "Disabled Children",
    "Adolescent Support",
    "Fostering",
    "Adoption, Permanence",
];
const FORENAMES: [&str; 16] = [
    "Grace", "Amir", "Ruth", "Callum", "Zoë", "Dele", "Priya", "Tomasz", "Ellen", "Marcus",
    "Niamh", "Yusuf", "Helen", "Owen", "Sinéad", "Joan",
];
const SURNAMES: [&str; 25] = [
    "Okafor",
    "Hussain",
    "Bennett",
    "Murphy",
    "Kowalska",
    "Patel",
    "O'Neill",
    "Fraser",
    "Begum",
    "Lloyd",
    "Carter",
    "Ndlovu",
    "Shaw",
    "Rahman",
    "Doyle",
    "Pritchard",
    "Evans",
    "Osei",
    "Walsh",
    "Ahmed",
    "Greene",
    "Foster",
    "Mbeki",
    "Sharp",
    "Young",
];
const NEEDS: [&str; 8] = ["N1", "N2", "N3", "N4", "N5", "N6", "N8", "N9"];
const STATUSES: [(u32, &str); 4] = [
    (50, "Open"),
    (30, "Open - plan"),
    (15, "Closed"),
    (5, "Closed - stepped down"),
];
const NOTES: [&str; 8] = [
    "Visit on {day}: seen alone, settled, no new worries",
    "Core group {day}; school says attendance {n}%, better than before",
    "No reply at the door on {day}. Second visit within {n} hours",
    "Mother called {day}, asked for help with housing",
    "Strategy meeting {day}: \"no further action\" agreed with police",
    "Review due {day}, report not yet written",
    "Contact with father, {n} minutes, went well",
    "Health check done {day}\nDentist still to be found",
];

enum Cell {
    Text(String),
    Day(u16, u8, u8),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, csv, xlsx] = arguments.as_slice() else {
        return Err("Name a folder and two numbers of rows.".into());
    };
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    for (counts, ending) in [(csv, "csv"), (xlsx, "xlsx")] {
        let write = if ending == "csv" {
            write_csv
        } else {
            write_xlsx
        };
        for count in counts.split(',') {
            let rows: u32 = count.parse()?;
            let path = folder.join(format!("list-{rows}.{ending}"));
            if !path.exists() {
                // Under another name until it is whole: what is there is trusted next time.
                let unfinished = path.with_extension("unfinished");
                write(&unfinished, rows)?;
                fs::rename(&unfinished, &path)?;
            }
            println!("{} ({} bytes)", path.display(), path.metadata()?.len());
        }
    }
    Ok(())
}

type Written = Result<(), Box<dyn std::error::Error>>;

fn write_csv(path: &Path, rows: u32) -> Written {
    let mut file = BufWriter::new(File::create(path)?);
    let mut line = HEADER.join(",");
    line.push_str("\r\n");
    file.write_all(line.as_bytes())?;
    let mut random = Random::for_part(SEED, "rows");
    for number in 0..rows {
        line.clear();
        for cell in row(number, &mut random) {
            match cell {
                Cell::Day(year, month, day) => write!(line, "{day:02}/{month:02}/{year}")?,
                Cell::Text(text) if text.contains([',', '"', '\n']) => {
                    write!(line, "\"{}\"", text.replace('"', "\"\""))?;
                }
                Cell::Text(text) => line.push_str(&text),
            }
            line.push(',');
        }
        line.pop();
        line.push_str("\r\n");
        file.write_all(line.as_bytes())?;
    }
    file.flush()?;
    Ok(())
}

fn write_xlsx(path: &Path, rows: u32) -> Written {
    let mut book = Workbook::new();
    let written = ExcelDateTime::from_ymd(2026, 11, 24)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let as_date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    for (column, name) in (0_u16..).zip(HEADER) {
        sheet.write(0, column, name)?;
    }
    let mut random = Random::for_part(SEED, "rows");
    for number in 0..rows {
        for (column, cell) in (0_u16..).zip(row(number, &mut random)) {
            match cell {
                Cell::Day(year, month, day) => {
                    let day = ExcelDateTime::from_ymd(year, month, day)?;
                    sheet.write_with_format(number + 1, column, &day, &as_date)?;
                }
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    sheet.write(number + 1, column, text)?;
                }
            }
        }
    }
    book.save(path)?;
    Ok(())
}

fn row(number: u32, random: &mut Random) -> [Cell; 16] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let worker = format!("{}, {}", random.pick(&SURNAMES), random.pick(&FORENAMES));
    let or_blank = |random: &mut Random, cell| {
        if random.chance(20) {
            Cell::Text(String::new())
        } else {
            cell
        }
    };
    let planned = day(random, 2024, 2);
    let (planned, review) = (or_blank(random, planned), day(random, 2026, 2));
    [
        Cell::Text(format!("{:07}", 1_000_000 + number)),
        Cell::Text(format!("R-{}-{number:06}", 2020 + random.below(7))),
        text(random.weighted(&GENDERS)),
        text(random.weighted(&ETHNICITIES)),
        day(random, 2008, 18),
        Cell::Text(format!("HX{}", 1 + random.below(30))),
        day(random, 2020, 6),
        text(random.pick(&TEAMS)),
        Cell::Text(worker),
        text(random.pick(&NEEDS)),
        text(random.weighted(&STATUSES)),
        planned,
        day(random, 2026, 1),
        or_blank(random, review),
        text(if random.chance(12) { "Yes" } else { "No" }),
        Cell::Text(note(random)),
    ]
}

fn note(random: &mut Random) -> String {
    let day = format!(
        "{:02}/{:02}/2026",
        1 + random.below(28),
        1 + random.below(11)
    );
    let about = random.pick(&NOTES).replace("{day}", &day);
    let about = about.replace("{n}", &(10 + random.below(90)).to_string());
    format!("{about}; {}.", random.pick(&SURNAMES))
}

/// A day in one of so many years.
fn day(random: &mut Random, first: u16, years: u32) -> Cell {
    let year = first + u16::try_from(random.below(years)).unwrap_or(0);
    let month = u8::try_from(1 + random.below(12)).unwrap_or(1);
    Cell::Day(year, month, u8::try_from(1 + random.below(28)).unwrap_or(1))
}
