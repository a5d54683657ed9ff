//! Audit forms as spreadsheets, in the `XLSForm` convention (xlsform.org) that survey tools share: a
//! sheet `survey` with a row a question, `choices` with the answers on offer, `settings`.
//!
//! [`read`] takes the part of the convention that a [`Form`] can hold, described in docs/formats.md,
//! and names the rest by sheet, row and column; [`write()`] gives a workbook that reads back to the
//! same form and that other tools open.

mod choices;
mod expression;
mod survey;
mod unread;
mod write;

use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::form::edit::fit;
use crate::table::{self, Problem, ReadOptions, Table};

pub use self::write::write;

/// A form that was read from a spreadsheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The form.
    pub form: Form,
    /// What was left out because a form here cannot hold it, by place.
    pub left_out: Vec<Problem>,
}

/// Reads a form from a workbook.
///
/// # Errors
/// Why no form can be made of it, each with its place and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, Vec<Problem>> {
    let book = Book { name, bytes };
    let survey = book.sheet("survey")?.ok_or_else(|| {
        vec![problem(
            "This workbook has no sheet “survey”, which holds a form’s questions, a row each. Name \
             the sheet so, or choose another file.",
        )]
    })?;
    let choices = book.sheet("choices")?;
    let settings = book.sheet("settings")?;
    let mut faults = Vec::new();
    let lists = choices::lists(choices.as_ref(), &mut faults);
    let settings = Settings::of(settings.as_ref());
    let mut read = survey::read(&survey, &lists, &settings);
    faults.append(&mut read.faults);
    let mut left_out = read.left_out;
    left_out.extend(unread::conditions(&mut read.sections, &survey, &read.rows));
    let known = [&write::SURVEY[..], &unread::NAMED].concat();
    left_out.extend(unread::columns(&survey, &known));
    if let Some(choices) = &choices {
        left_out.extend(unread::columns(choices, &unread::CHOICES));
    }
    left_out.sort_by_key(|it| {
        let sheet = it.place.sheet.as_deref().unwrap_or_default();
        (!sheet.eq_ignore_ascii_case("survey"), it.place.row)
    });
    let form = settings.form(name, read.sections, &lists, read.graded);
    // What the survey's rows do not show by themselves, such as two questions of one name. Where rows
    // are at fault, what is missing because of them is not told again.
    let wrong = form.check().into_iter();
    let wrong = wrong.filter(|wrong| faults.is_empty() || wrong.place.is_some());
    let wrong: Vec<Problem> = wrong
        .map(|wrong| {
            let row = wrong.place.as_ref().and_then(|id| read.rows.get(id));
            Problem {
                place: row.map_or_else(Default::default, |row| survey.place(*row, None)),
                message: wrong.to_string(),
            }
        })
        .collect();
    faults.extend(wrong);
    if faults.is_empty() {
        Ok(Imported { form, left_out })
    } else {
        Err(faults)
    }
}

/// A problem of the workbook as a whole.
fn problem(message: impl Into<String>) -> Problem {
    Problem {
        place: table::Place::default(),
        message: message.into(),
    }
}

/// The workbook as it came.
struct Book<'a> {
    name: &'a str,
    bytes: &'a [u8],
}

impl Book<'_> {
    /// The sheet of that name, in any case; `None` if there is none or nothing stands in it.
    fn sheet(&self, wanted: &str) -> Result<Option<Table>, Vec<Problem>> {
        let read = |sheet: Option<String>| {
            let options = ReadOptions {
                sheet,
                ..ReadOptions::default()
            };
            table::read(self.name, self.bytes, &options, &mut |_| ())
        };
        let any = read(None).map_err(|refusal| vec![problem(refusal.0)])?;
        let named = any.sheets.iter().find(|sheet| {
            let name = table::trimmed(&sheet.name);
            name.eq_ignore_ascii_case(wanted)
        });
        match named {
            Some(sheet) if sheet.rows > 0 => read(Some(sheet.name.clone()))
                .map(|reading| Some(reading.table))
                .map_err(|refusal| vec![problem(refusal.0)]),
            Some(_) | None => Ok(None),
        }
    }
}

/// The cell of a row in the column of that name, trimmed; empty where there is none.
fn cell<'a>(table: &'a Table, row: usize, column: &str) -> &'a str {
    column_of(table, column).map_or("", |at| table::trimmed(table.cell(row, at)))
}

/// A column's name as it is compared: `List name` is `list_name`.
fn plain(name: &str) -> String {
    table::trimmed(name).to_ascii_lowercase().replace(' ', "_")
}

/// The column of that name, in any case. Of a column in several languages (`label::English (en)`)
/// the first is taken.
fn column_of(table: &Table, wanted: &str) -> Option<usize> {
    let exact = table.names().position(|name| plain(name) == wanted);
    exact.or_else(|| {
        let language = format!("{wanted}::");
        table
            .names()
            .position(|name| plain(name).starts_with(&language))
    })
}

/// What the sheet `settings` says.
#[derive(Clone, Debug, Default)]
struct Settings {
    title: String,
    id: String,
    version: String,
    about: String,
    look_back_months: Option<u32>,
    /// The list of choices that is the scale of grades.
    grades: String,
}

/// The list that is the scale of grades where the settings name none.
const GRADES: &str = "grades";

impl Settings {
    fn of(table: Option<&Table>) -> Self {
        let get = |column| table.map_or("", |table| cell(table, 0, column)).to_owned();
        let grades = get("grades");
        Self {
            title: get("form_title"),
            id: get("form_id"),
            version: get("version"),
            about: get("about"),
            look_back_months: get("look_back_months").parse().ok(),
            grades: if grades.is_empty() {
                GRADES.to_owned()
            } else {
                grades
            },
        }
    }

    /// The whole form. What the settings leave open is taken from the file's name.
    fn form(
        &self,
        file: &str,
        sections: Vec<crate::form::Section>,
        lists: &choices::Lists,
        graded: bool,
    ) -> Form {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let or = |text: &str, other: &str| {
            if text.is_empty() {
                other.to_owned()
            } else {
                text.to_owned()
            }
        };
        Form {
            format: crate::form::FORMAT.to_owned(),
            id: or(&self.id, &fit(stem)),
            version: or(&self.version, "1"),
            title: or(&self.title, stem),
            about: self.about.clone(),
            look_back_months: self.look_back_months,
            grades: if graded {
                lists.grades(&self.grades)
            } else {
                Vec::new()
            },
            sections,
        }
    }
}
