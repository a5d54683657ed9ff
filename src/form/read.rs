//! From JSON to a form: each section and question is read by itself, so that every fault is told at
//! once and with the id of the question that it is in.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Form, FormProblem, Question, Section};

/// The form, where its shape can be read, and what is wrong with its shape.
pub(super) fn form(json: &str) -> (Option<Form>, Vec<FormProblem>) {
    let mut reader = Reader::default();
    let form = match serde_json::from_str(json) {
        Ok(Value::Object(fields)) => reader.form(fields),
        Ok(_) => {
            reader.say(
                None,
                "A form is a JSON object: write it between { and }.".to_owned(),
            );
            None
        }
        Err(error) => {
            let message = format!("This is not JSON: {error}. Correct it there.");
            reader.say(None, message);
            None
        }
    };
    (form, reader.problems)
}

#[derive(Default)]
struct Reader {
    problems: Vec<FormProblem>,
}

impl Reader {
    fn say(&mut self, place: Option<&str>, message: String) {
        self.problems.push(FormProblem {
            place: place.map(str::to_owned),
            message,
        });
    }

    fn form(&mut self, mut fields: Map<String, Value>) -> Option<Form> {
        let sections = self.take_list(&mut fields, "sections", None);
        let mut form: Option<Form> = self.read(Value::Object(fields), None);
        let sections = sections.map(|sections| {
            let read = sections.into_iter().enumerate();
            read.filter_map(|(at, value)| self.section(value, at + 1))
                .collect()
        });
        if let (Some(form), Some(sections)) = (&mut form, sections) {
            form.sections = sections;
        }
        form
    }

    fn section(&mut self, value: Value, number: usize) -> Option<Section> {
        let place = place(&value, &format!("Section {number}"));
        let Value::Object(mut fields) = value else {
            self.say(
                Some(&place),
                "A section is an object: write it between { and }.".to_owned(),
            );
            return None;
        };
        let questions = self.take_list(&mut fields, "questions", Some(&place));
        let mut section: Option<Section> = self.read(Value::Object(fields), Some(&place));
        let questions: Option<Vec<Question>> = questions.map(|questions| {
            let read = questions.into_iter().enumerate();
            read.filter_map(|(at, value)| {
                let place = self::place(&value, &format!("{place}, question {}", at + 1));
                self.read(value, Some(&place))
            })
            .collect()
        });
        if let (Some(section), Some(questions)) = (&mut section, questions) {
            section.questions = questions;
        }
        section
    }

    /// Takes a list out of an object and leaves an empty one in its place, so that the object can
    /// be read without it.
    fn take_list(
        &mut self,
        fields: &mut Map<String, Value>,
        name: &str,
        place: Option<&str>,
    ) -> Option<Vec<Value>> {
        let list = fields.get_mut(name)?; // Reading the object names what is missing.
        match std::mem::replace(list, Value::Array(Vec::new())) {
            Value::Array(items) => Some(items),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => {
                self.say(
                    place,
                    format!("“{name}” is a list: write it between [ and ]."),
                );
                None
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self, value: Value, place: Option<&str>) -> Option<T> {
        serde_json::from_value(value)
            .map_err(|error| self.say(place, plainly(&error.to_string())))
            .ok()
    }
}

/// The id that a section or question gives itself; where it gives none, its place in the form.
fn place(value: &Value, otherwise: &str) -> String {
    value
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or(otherwise)
        .to_owned()
}

/// What the reader of JSON found, as a sentence that says what to do.
fn plainly(error: &str) -> String {
    let quoted = |text: &str| text.replacen('`', "“", 1).replacen('`', "”", 1);
    let all_quoted = |text: &str| {
        let parts = text.split('`').enumerate();
        parts.fold(String::new(), |mut whole, (at, part)| {
            if at > 0 {
                whole.push(if at % 2 == 1 { '“' } else { '”' });
            }
            whole.push_str(part);
            whole
        })
    };
    if let Some(field) = error.strip_prefix("missing field ") {
        return format!("The field {} is missing. Add it.", quoted(field));
    }
    if let Some(field) = error.strip_prefix("unknown field ") {
        let (field, known) = field.split_once(", ").unwrap_or((field, "no field at all"));
        let (field, known) = (all_quoted(field), all_quoted(known));
        return format!(
            "There is no field {field} here ({known}). Correct its name, or remove it."
        );
    }
    if let Some(name) = error.strip_prefix("unknown variant ") {
        let (name, known) = name.split_once(", ").unwrap_or((name, ""));
        let (name, known) = (all_quoted(name), all_quoted(known));
        return format!("{name} is not known here: {known}. Use one of these.");
    }
    format!("It cannot be read: {}. Correct it.", all_quoted(error))
}
