//! A form as a workbook: the sheets `survey`, `choices` and `settings`, all cells text.
//!
//! What the convention has no word for stands in columns of our own, which other tools pass over:
//! `sightline`, `unit`, `limit`, `from`, `to`, `reason`, `not_applicable`, `benchmark_…`, `each`.

use super::expression;
use super::survey::list_of;
use super::{GRADES, Settings};
use crate::export::workbook::{self, Refusal};
use crate::form::{
    Alternative, Form, Kind, NumberKind, Question, ReasonDue, Section, TimeLimit, Unit,
};

/// The columns of the survey before those of the benchmarks.
pub(super) const SURVEY: [&str; 19] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "appearance",
    "parameters",
    "each",
    "repeat_min",
    "repeat_max",
    "not_applicable",
    "reason",
    "sightline",
    "unit",
    "limit",
    "from",
    "to",
];

/// The form as the bytes of a workbook, which [`super::read`] reads back to the same form.
///
/// # Errors
/// A text that is longer than a cell of a workbook can be.
pub fn write(form: &Form) -> Result<Vec<u8>, Refusal> {
    let mut columns: Vec<String> = SURVEY.iter().map(|&name| name.to_owned()).collect();
    columns.extend(form.grades.iter().map(|it| format!("benchmark_{}", it.id)));
    let mut survey = vec![columns.clone()];
    for section in &form.sections {
        survey.extend(section_rows(form, section, &columns));
    }
    workbook::plain(&[
        ("survey", survey),
        ("choices", choices(form)),
        ("settings", settings(form)),
    ])
}

/// A row under construction: what stands in which column.
type Cells = Vec<(&'static str, String)>;

fn row(columns: &[String], cells: &Cells) -> Vec<String> {
    let cell = |column: &String| {
        let found = cells.iter().find(|(name, _)| name == column);
        found.map_or_else(String::new, |(_, text)| text.clone())
    };
    columns.iter().map(cell).collect()
}

fn section_rows(form: &Form, section: &Section, columns: &[String]) -> Vec<Vec<String>> {
    let what = if section.repeat.is_some() {
        "repeat"
    } else {
        "group"
    };
    let mut begin: Cells = vec![
        ("type", format!("begin_{what}")),
        ("name", section.id.to_string()),
        ("label", section.title.clone()),
        ("hint", section.hint.clone().unwrap_or_default()),
    ];
    if let Some(condition) = &section.show_if {
        begin.push(("relevant", expression::write(form, condition)));
    }
    if let Some(repeat) = &section.repeat {
        begin.push(("each", repeat.each.clone()));
        begin.push(("repeat_min", repeat.min.to_string()));
        begin.push(("repeat_max", repeat.max.to_string()));
    }
    let mut rows = vec![row(columns, &begin)];
    let questions = section.questions.iter();
    rows.extend(questions.map(|question| question_row(form, question, columns)));
    rows.push(row(columns, &vec![("type", format!("end_{what}"))]));
    rows
}

fn question_row(form: &Form, question: &Question, columns: &[String]) -> Vec<String> {
    let required = match (&question.required_if, question.required) {
        (_, true) => "yes".to_owned(),
        (Some(condition), false) => expression::write(form, condition),
        (None, false) => String::new(),
    };
    let mut cells: Cells = vec![
        ("name", question.id.to_string()),
        ("label", question.text.clone()),
        ("hint", question.hint.clone().unwrap_or_default()),
        ("required", required),
    ];
    if let Some(condition) = &question.show_if {
        cells.push(("relevant", expression::write(form, condition)));
    }
    cells.extend(kind_cells(question));
    let mut row = row(columns, &cells);
    if let Kind::Grade { benchmarks, .. } = &question.kind {
        for benchmark in benchmarks {
            let name = format!("benchmark_{}", benchmark.grade);
            let cell = columns.iter().position(|column| *column == name);
            if let Some(cell) = cell.and_then(|at| row.get_mut(at)) {
                cell.clone_from(&benchmark.text);
            }
        }
    }
    row
}

fn kind_cells(question: &Question) -> Cells {
    let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
    let own = |kind: &str| vec![("type", "text".to_owned()), ("sightline", kind.to_owned())];
    match &question.kind {
        Kind::Grade {
            not_applicable,
            reason,
            ..
        } => vec![
            ("type", format!("select_one {GRADES}")),
            ("not_applicable", yes(*not_applicable)),
            ("reason", reason_word(reason)),
        ],
        Kind::YesNo { not_applicable } => vec![
            ("type", "select_one yes_no".to_owned()),
            ("not_applicable", yes(*not_applicable)),
        ],
        Kind::OneOf { .. } => vec![("type", format!("select_one {}", list_of(question)))],
        Kind::SeveralOf { .. } => {
            vec![("type", format!("select_multiple {}", list_of(question)))]
        }
        Kind::Text { lines: 1 } => vec![("type", "text".to_owned())],
        Kind::Text { lines } => vec![
            ("type", "text".to_owned()),
            ("appearance", "multiline".to_owned()),
            ("parameters", format!("rows={lines}")),
        ],
        Kind::Number(number) => number_cells(number),
        Kind::Date => vec![("type", "date".to_owned())],
        Kind::Interval(limit) => {
            let mut cells = own("interval");
            cells.extend(interval_cells(limit));
            cells
        }
        Kind::Actions => own("actions"),
        Kind::Evidence => own("evidence"),
    }
}

fn reason_word(reason: &ReasonDue) -> String {
    match reason {
        ReasonDue::Always => "always".to_owned(),
        ReasonDue::Never => "never".to_owned(),
        ReasonDue::AtOrBelow(grade) => grade.to_string(),
    }
}

fn number_cells(number: &NumberKind) -> Cells {
    let least = number.min.map(|min| format!(". >= {min}"));
    let most = number.max.map(|max| format!(". <= {max}"));
    let constraint: Vec<String> = least.into_iter().chain(most).collect();
    let kind = if number.decimals == 0 {
        "integer"
    } else {
        "decimal"
    };
    vec![
        ("type", kind.to_owned()),
        ("constraint", constraint.join(" and ")),
        ("unit", number.unit.clone().unwrap_or_default()),
    ]
}

fn interval_cells(limit: &TimeLimit) -> Cells {
    let unit = match limit.unit {
        Unit::Hours => "hours",
        Unit::Days => "days",
        Unit::WorkingDays => "working_days",
    };
    vec![
        ("unit", unit.to_owned()),
        (
            "limit",
            limit.limit.map(|it| it.to_string()).unwrap_or_default(),
        ),
        ("from", limit.from.clone()),
        ("to", limit.to.clone()),
    ]
}

fn choices(form: &Form) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["list_name", "name", "label", "hint", "exclusive"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let mut say = |list: &str, id: &str, label: &str, hint: &str, exclusive: bool| {
        let exclusive = if exclusive { "yes" } else { "" };
        rows.push(
            [list, id, label, hint, exclusive]
                .map(str::to_owned)
                .to_vec(),
        );
    };
    for grade in &form.grades {
        say(GRADES, grade.id.as_str(), &grade.label, "", false);
    }
    if form
        .questions()
        .any(|it| matches!(it.kind, Kind::YesNo { .. }))
    {
        say("yes_no", "yes", "Yes", "", false);
        say("yes_no", "no", "No", "", false);
    }
    for question in form.questions() {
        let (Kind::OneOf { options } | Kind::SeveralOf { options }) = &question.kind else {
            continue;
        };
        let list = list_of(question);
        for Alternative {
            id,
            label,
            hint,
            exclusive,
        } in options
        {
            let hint = hint.as_deref().unwrap_or_default();
            say(&list, id.as_str(), label, hint, *exclusive);
        }
    }
    rows
}

fn settings(form: &Form) -> Vec<Vec<String>> {
    let Settings {
        title,
        id,
        version,
        about,
        look_back_months,
        ..
    } = Settings {
        title: form.title.clone(),
        id: form.id.clone(),
        version: form.version.clone(),
        about: form.about.clone(),
        look_back_months: form.look_back_months,
        grades: GRADES.to_owned(),
    };
    let months = look_back_months.map(|months| months.to_string());
    vec![
        [
            "form_title",
            "form_id",
            "version",
            "about",
            "look_back_months",
        ]
        .map(str::to_owned)
        .to_vec(),
        vec![title, id, version, about, months.unwrap_or_default()],
    ]
}
