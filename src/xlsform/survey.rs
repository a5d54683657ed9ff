//! The sheet `survey`: a row a question, between rows that begin and end a section.

use std::collections::BTreeMap;

use super::choices::Lists;
use super::expression::{self, IN_TIME, LATE};
use super::unread::NAMED;
use super::{Settings, cell, column_of};
use crate::form::edit::fit;
use crate::form::{
    Alternative, Benchmark, Condition, GradeId, Kind, NOT_APPLICABLE, NumberKind, Question,
    QuestionId, ReasonDue, Repeat, Section, SectionId, Test, TimeLimit, Unit,
};
use crate::table::{Problem, Table};

/// What was read from the sheet.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) sections: Vec<Section>,
    /// Why no form can be made of it.
    pub(super) faults: Vec<Problem>,
    /// What a form here cannot hold.
    pub(super) left_out: Vec<Problem>,
    /// Whether a question takes a grade.
    pub(super) graded: bool,
    /// The row of each section and question, by its id.
    pub(super) rows: BTreeMap<String, usize>,
}

/// How many sections and questions may repeat at most where the sheet does not say.
const MANY: u32 = 50;
/// How many lines a long text shows at first where the sheet does not say.
const LINES: u8 = 4;
/// How many places a decimal number has.
const DECIMALS: u8 = 2;

/// Reads the rows, in order.
pub(super) fn read(table: &Table, lists: &Lists, settings: &Settings) -> Read {
    let mut reader = Reader {
        table,
        lists,
        settings,
        read: Read::default(),
        open: Vec::new(),
    };
    if column_of(table, "type").is_none() || column_of(table, "name").is_none() {
        reader.read.faults.push(super::problem(
            "The sheet “survey” has no columns “type” and “name”. They stand in its first row.",
        ));
        return reader.read;
    }
    for row in 0..table.rows() {
        reader.row(row);
    }
    if let Some((row, word)) = reader.open.last().cloned() {
        let message = format!("This section is begun and never ended. Add a row “end_{word}”.");
        reader.fault(row, "type", message);
    }
    let Read { sections, .. } = &mut reader.read;
    settle(sections);
    reader.read
}

/// Whether a cell says yes.
pub(super) fn is_yes(text: &str) -> bool {
    ["yes", "true", "true()", "1"].contains(&text.to_ascii_lowercase().as_str())
}

struct Reader<'a> {
    table: &'a Table,
    lists: &'a Lists,
    settings: &'a Settings,
    read: Read,
    /// The rows that began the sections that are still open, and with which word.
    open: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn cell(&self, row: usize, column: &str) -> &str {
        cell(self.table, row, column)
    }

    /// A text that may be left out.
    fn text(&self, row: usize, column: &str) -> Option<String> {
        let text = self.cell(row, column);
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn place(&self, row: usize, column: &str) -> crate::table::Place {
        self.table.place(row, column_of(self.table, column))
    }

    fn fault(&mut self, row: usize, column: &str, message: impl Into<String>) {
        let place = self.place(row, column);
        let message = message.into();
        self.read.faults.push(Problem { place, message });
    }

    fn leave_out(&mut self, row: usize, column: &str, message: impl Into<String>) {
        let place = self.place(row, column);
        let message = message.into();
        self.read.left_out.push(Problem { place, message });
    }

    fn row(&mut self, row: usize) {
        let kind = self
            .cell(row, "type")
            .replace('_', " ")
            .to_ascii_lowercase();
        let words: Vec<&str> = kind.split_whitespace().collect();
        match words.as_slice() {
            [] if self.cell(row, "name").is_empty() => {}
            [] => self.fault(
                row,
                "type",
                "This row has no type. Say what kind of question it is.",
            ),
            ["begin", what @ ("group" | "repeat")] => self.begin(row, what),
            ["end", what @ ("group" | "repeat")] => self.end(row, what),
            ["note"] => self.note(row),
            _ => self.question(row),
        }
        if words.first() != Some(&"end") {
            self.name_what_is_left_out(row);
        }
    }

    fn end(&mut self, row: usize, what: &str) {
        match self.open.pop() {
            None => self.fault(row, "type", "No section is open here. Remove this row."),
            Some((begun, word)) if word != what => {
                let begun = self.table.place(begun, None).row.unwrap_or_default();
                let message = format!(
                    "Row {begun} begins with “begin_{word}”, and this row ends it with \
                     “end_{what}”. Write “end_{word}”."
                );
                self.fault(row, "type", message);
            }
            Some(_) => {}
        }
    }

    fn begin(&mut self, row: usize, what: &str) {
        let repeats = what == "repeat";
        self.open.push((row, what.to_owned()));
        if self.open.len() > 1 {
            let lost = match (repeats, self.cell(row, "relevant")) {
                (false, "") => "",
                (true, "") => ", and are asked once",
                (_, _) => ", and are asked whether or not its “relevant” holds",
            };
            let message = format!(
                "A section within a section is not supported: its questions go into the outer \
                 one{lost}."
            );
            self.leave_out(row, "type", message);
            return;
        }
        let id = self.cell(row, "name").to_owned();
        if id.is_empty() {
            self.fault(
                row,
                "name",
                "This section has no name. Give it one, such as “plans”.",
            );
        }
        let title = self.text(row, "label").unwrap_or_else(|| id.clone());
        let count = |column| self.cell(row, column).parse::<u32>().ok();
        let repeat = repeats.then(|| Repeat {
            each: self.text(row, "each").unwrap_or_else(|| title.clone()),
            min: count("repeat_min").unwrap_or(0),
            max: count("repeat_max").unwrap_or(MANY),
        });
        let section = Section {
            id: SectionId(id.clone()),
            title,
            hint: self.text(row, "hint"),
            show_if: self.condition(row, "relevant"),
            repeat,
            questions: Vec::new(),
        };
        self.read.rows.insert(id, row);
        self.read.sections.push(section);
    }

    /// A note that opens a section is its hint.
    fn note(&mut self, row: usize) {
        let label = self.cell(row, "label").to_owned();
        let opens = !self.open.is_empty();
        let section = self.read.sections.last_mut().filter(|it| {
            opens && it.questions.is_empty() && it.hint.is_none() && !label.is_empty()
        });
        match section {
            Some(section) => section.hint = Some(label),
            None => self.leave_out(
                row,
                "type",
                "A note between questions is not supported and is left out. Write it as the hint \
                 of a question.",
            ),
        }
    }

    fn question(&mut self, row: usize) {
        let id = self.cell(row, "name").to_owned();
        if id.is_empty() {
            self.fault(
                row,
                "name",
                "This question has no name. Give it one, such as “plans.aim”.",
            );
            return;
        }
        let Some(kind) = self.kind(row) else {
            return;
        };
        let constraint = self.cell(row, "constraint").to_owned();
        if !constraint.is_empty() && !matches!(kind, Kind::Number(_)) {
            let message = format!(
                "The constraint “{constraint}” is not supported at an answer of this kind: any is \
                 taken."
            );
            self.leave_out(row, "constraint", message);
        }
        let (required, required_if) = self.required(row);
        let question = Question {
            text: self.text(row, "label").unwrap_or_else(|| id.clone()),
            hint: self.text(row, "hint"),
            required,
            required_if,
            show_if: self.condition(row, "relevant"),
            kind,
            id: QuestionId(id.clone()),
        };
        self.read.rows.insert(id, row);
        if self.open.is_empty() {
            self.section_for_loose_questions();
        }
        if let Some(section) = self.read.sections.last_mut() {
            section.questions.push(question);
        }
    }

    /// Questions that stand in no group go into a section of their own.
    fn section_for_loose_questions(&mut self) {
        const LOOSE: &str = "questions";
        let loose = |section: &Section| section.id.as_str().starts_with(LOOSE);
        if self.read.sections.last().is_some_and(loose) {
            return;
        }
        let number = self.read.sections.iter().filter(|it| loose(it)).count();
        let id = if number == 0 {
            LOOSE.to_owned()
        } else {
            format!("{LOOSE}-{}", number + 1)
        };
        self.read.sections.push(Section {
            id: SectionId(id),
            title: "Questions".to_owned(),
            hint: None,
            show_if: None,
            repeat: None,
            questions: Vec::new(),
        });
    }

    fn required(&mut self, row: usize) -> (bool, Option<Condition>) {
        match self.cell(row, "required").to_ascii_lowercase().as_str() {
            "" | "no" | "false" | "false()" | "0" => (false, None),
            text if is_yes(text) => (true, None),
            _ => (false, self.condition(row, "required")),
        }
    }

    /// The condition in a cell. One that is not understood is named and left out.
    fn condition(&mut self, row: usize, column: &str) -> Option<Condition> {
        let text = self.text(row, column)?;
        match expression::parse(&text) {
            Ok(condition) => Some(condition),
            Err(why) => {
                let what = if column == "relevant" {
                    "what this row stands for is always asked"
                } else {
                    "the answer is never required"
                };
                let message = format!("The expression “{text}” is not supported ({why}): {what}.");
                self.leave_out(row, column, message);
                None
            }
        }
    }

    fn kind(&mut self, row: usize) -> Option<Kind> {
        let stated = self.cell(row, "type").to_owned();
        let words: Vec<&str> = stated.split_whitespace().collect();
        match words.as_slice() {
            ["text" | "string"] => self.text_kind(row),
            ["integer" | "int"] => Some(self.number(row, 0)),
            ["decimal"] => Some(self.number(row, DECIMALS)),
            ["date"] => Some(Kind::Date),
            ["select_one", list] | ["select", "one", "from", list] => self.select_one(row, list),
            ["select_one", list, "or_other"] => {
                self.or_other(row, list);
                self.select_one(row, list)
            }
            ["select_multiple", list] | ["select", "all", "that", "apply", "from", list] => {
                let options = self.options(row, list)?;
                Some(Kind::SeveralOf { options })
            }
            ["select_multiple", list, "or_other"] => {
                self.or_other(row, list);
                let options = self.options(row, list)?;
                Some(Kind::SeveralOf { options })
            }
            ["start" | "end" | "today" | "deviceid" | "username" | "audit" | "calculate"] => {
                let message = format!("“{stated}” asks nothing of a person: the row is left out.");
                self.leave_out(row, "type", message);
                None
            }
            _ => {
                let message = format!(
                    "A question of type “{stated}” is not supported and is left out. Use text, \
                     integer, decimal, date, select_one or select_multiple."
                );
                self.leave_out(row, "type", message);
                None
            }
        }
    }

    fn or_other(&mut self, row: usize, list: &str) {
        let message = format!(
            "“or_other” is not supported: only the answers of the list “{list}” can be chosen. Add \
             one that says “Other” to it, and a text to say which."
        );
        self.leave_out(row, "type", message);
    }

    /// A text, or one of our own kinds, which other tools take for texts.
    fn text_kind(&mut self, row: usize) -> Option<Kind> {
        match self.cell(row, "sightline") {
            "" => {
                let stated = self.cell(row, "parameters");
                let rows = stated
                    .split_whitespace()
                    .find_map(|it| it.strip_prefix("rows="));
                let long = self.cell(row, "appearance").contains("multiline");
                let lines = rows.and_then(|rows| rows.parse().ok());
                let lines = lines.unwrap_or(if long { LINES } else { 1 });
                Some(Kind::Text { lines })
            }
            "actions" => Some(Kind::Actions),
            "evidence" => Some(Kind::Evidence),
            "interval" => self.interval(row),
            other => {
                let message = format!(
                    "“{other}” is none of “actions”, “evidence” and “interval”. Correct it, or \
                     leave the cell empty."
                );
                self.fault(row, "sightline", message);
                None
            }
        }
    }

    fn interval(&mut self, row: usize) -> Option<Kind> {
        let unit = match self.cell(row, "unit") {
            "hours" => Unit::Hours,
            "days" => Unit::Days,
            "working_days" => Unit::WorkingDays,
            _ => {
                self.fault(
                    row,
                    "unit",
                    "An interval is counted in “hours”, “days” or “working_days”. Say in which.",
                );
                return None;
            }
        };
        Some(Kind::Interval(TimeLimit {
            unit,
            limit: self.cell(row, "limit").parse().ok(),
            from: self.cell(row, "from").to_owned(),
            to: self.cell(row, "to").to_owned(),
        }))
    }

    fn number(&mut self, row: usize, decimals: u8) -> Kind {
        let constraint = self.cell(row, "constraint").to_owned();
        let limits = limits(&constraint, decimals > 0);
        if limits.is_none() {
            let message = format!(
                "The constraint “{constraint}” is not supported: any number is taken. Write it as \
                 “. >= 0 and . <= 10”."
            );
            self.leave_out(row, "constraint", message);
        }
        let (min, max) = limits.unwrap_or_default();
        Kind::Number(NumberKind {
            min,
            max,
            unit: self.text(row, "unit"),
            decimals,
        })
    }

    fn select_one(&mut self, row: usize, list: &str) -> Option<Kind> {
        let not_applicable = is_yes(self.cell(row, "not_applicable"));
        if list == self.settings.grades && self.lists.get(list).is_some() {
            self.read.graded = true;
            return Some(Kind::Grade {
                not_applicable,
                reason: self.reason(row),
                benchmarks: self.benchmarks(row, list),
            });
        }
        let options = self.options(row, list)?;
        let ids: Vec<&str> = options.iter().map(|it| it.id.as_str()).collect();
        match ids.as_slice() {
            ["yes", "no"] => Some(Kind::YesNo { not_applicable }),
            ["yes", "no", NOT_APPLICABLE] => Some(Kind::YesNo {
                not_applicable: true,
            }),
            _ => Some(Kind::OneOf { options }),
        }
    }

    /// At which grades a reason is due: `always`, `never`, or the grade from which on.
    fn reason(&self, row: usize) -> ReasonDue {
        match self.cell(row, "reason") {
            "" | "always" => ReasonDue::Always,
            "never" => ReasonDue::Never,
            grade => ReasonDue::AtOrBelow(GradeId(grade.to_owned())),
        }
    }

    fn benchmarks(&self, row: usize, list: &str) -> Vec<Benchmark> {
        let grades = self.lists.grades(list).into_iter();
        grades
            .filter_map(|grade| {
                let text = self.text(row, &format!("benchmark_{}", grade.id))?;
                let grade = grade.id;
                Some(Benchmark { grade, text })
            })
            .collect()
    }

    fn options(&mut self, row: usize, list: &str) -> Option<Vec<Alternative>> {
        let options = self.lists.get(list).cloned();
        if options.is_none() {
            let message = format!(
                "The sheet “choices” has no list “{list}”. Add its answers there, or correct the \
                 name."
            );
            self.fault(row, "type", message);
        }
        options
    }

    /// What may stand beside a question and is not supported.
    fn name_what_is_left_out(&mut self, row: usize) {
        for column in NAMED {
            let text = self.cell(row, column).to_owned();
            if !text.is_empty() {
                let message = format!("“{column}” is not supported: “{text}” is left out.");
                self.leave_out(row, column, message);
            }
        }
    }
}

/// The limits that a constraint states, `. >= 0 and . <= 10`; `None` if it states something else.
/// Of numbers with decimal places, limits are read that may be met themselves.
fn limits(constraint: &str, decimal: bool) -> Option<(Option<i64>, Option<i64>)> {
    let (mut min, mut max) = (None, None);
    if constraint.trim().is_empty() {
        return Some((min, max));
    }
    for part in constraint.split(" and ") {
        let part: String = part.chars().filter(|char| !char.is_whitespace()).collect();
        let number = |sign: &str| part.strip_prefix(sign)?.parse::<i64>().ok();
        if let Some(least) = number(".>=") {
            min = Some(least);
        } else if let Some(most) = number(".<=") {
            max = Some(most);
        } else if let Some(above) = number(".>").filter(|_| !decimal) {
            min = above.checked_add(1);
        } else if let Some(below) = number(".<").filter(|_| !decimal) {
            max = below.checked_sub(1);
        } else {
            return None;
        }
    }
    Some((min, max))
}

/// An interval is tested for being late, not for its text.
fn settle(sections: &mut [Section]) {
    let questions = sections.iter().flat_map(|section| &section.questions);
    let intervals: Vec<QuestionId> = questions
        .filter(|question| matches!(question.kind, Kind::Interval(_)))
        .map(|question| question.id.clone())
        .collect();
    for section in sections {
        if let Some(condition) = &mut section.show_if {
            settle_condition(condition, &intervals);
        }
        for question in &mut section.questions {
            let conditions = [&mut question.show_if, &mut question.required_if];
            for condition in conditions.into_iter().flatten() {
                settle_condition(condition, &intervals);
            }
        }
    }
}

fn settle_condition(condition: &mut Condition, intervals: &[QuestionId]) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                settle_condition(part, intervals);
            }
        }
        Condition::Not(part) => settle_condition(part, intervals),
        Condition::Answer(question, test) if intervals.contains(question) => {
            if let Test::OneOf(values) = test {
                match values.as_slice() {
                    [value] if value == LATE => *test = Test::Late(true),
                    [value] if value == IN_TIME => *test = Test::Late(false),
                    _ => {}
                }
            }
        }
        Condition::Answer(..) => {}
    }
}

/// The name of a list of choices that belongs to one question.
pub(super) fn list_of(question: &Question) -> String {
    fit(question.id.as_str()).replace(['.', '-'], "_")
}
