//! The JSON Schema beside the forms says what the reader takes: on the forms that we have, and on each
//! of them with a field left out, misnamed or of another sort.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test whose schema cannot be read has failed"
)]

use serde_json::{Value, json};
use sightline::form::Form;

use crate::made;

const SCHEMA: &str = include_str!("../../forms/sightline-form-1.schema.json");

/// A schema of the keywords that ours uses; any other fails the test.
struct Schema {
    whole: Value,
}

impl Schema {
    fn read() -> Self {
        Self {
            whole: serde_json::from_str(SCHEMA).unwrap(),
        }
    }

    fn is_valid(&self, value: &Value) -> bool {
        self.holds(&self.whole, value)
    }

    /// Whether a value is as a schema says.
    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let keywords = schema.as_object().unwrap().iter();
        keywords
            .into_iter()
            .all(|(keyword, asked)| match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" => true,
                "$ref" => {
                    let place = asked.as_str().unwrap().trim_start_matches('#');
                    self.holds(self.whole.pointer(place).unwrap(), value)
                }
                "type" => is_of(asked.as_str().unwrap(), value),
                "const" => value == asked,
                "enum" => asked.as_array().unwrap().contains(value),
                "not" => !self.holds(asked, value),
                "oneOf" => {
                    let branches = asked.as_array().unwrap().iter();
                    branches.filter(|it| self.holds(it, value)).count() == 1
                }
                "pattern" => value
                    .as_str()
                    .is_none_or(|text| matches(asked.as_str().unwrap(), text)),
                "minimum" => value
                    .as_i64()
                    .is_none_or(|it| it >= asked.as_i64().unwrap()),
                "maximum" => value
                    .as_i64()
                    .is_none_or(|it| it <= asked.as_i64().unwrap()),
                "minItems" => {
                    let least = usize::try_from(asked.as_u64().unwrap()).unwrap();
                    value.as_array().is_none_or(|items| items.len() >= least)
                }
                "items" => {
                    let items = value.as_array();
                    items.is_none_or(|items| items.iter().all(|item| self.holds(asked, item)))
                }
                "required" => {
                    let names = asked
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|name| name.as_str().unwrap());
                    let fields = value.as_object();
                    fields.is_none_or(|fields| {
                        names.into_iter().all(|name| fields.contains_key(name))
                    })
                }
                "properties" => value.as_object().is_none_or(|fields| {
                    let known = asked.as_object().unwrap();
                    let of = |name: &String| known.get(name);
                    fields
                        .iter()
                        .all(|(name, it)| of(name).is_none_or(|of| self.holds(of, it)))
                }),
                "additionalProperties" => {
                    assert_eq!(asked, &json!(false));
                    let known = schema["properties"].as_object().unwrap();
                    let fields = value.as_object();
                    fields.is_none_or(|fields| fields.keys().all(|name| known.contains_key(name)))
                }
                other => panic!("the test does not know the keyword “{other}”"),
            })
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        other => panic!("the test does not know the type “{other}”"),
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    let in_id = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
    match pattern {
        r"\S" => text.contains(|char: char| !char.is_whitespace()),
        "^[A-Za-z0-9._-]+$" => !text.is_empty() && text.chars().all(in_id),
        other => panic!("the test does not know the pattern “{other}”"),
    }
}

fn is_read(form: &Value) -> bool {
    Form::parse(&form.to_string()).is_ok()
}

/// The addresses of all fields and items in a value, the deepest last.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut visit = |key: &str, value: &Value| {
        let place = format!("{at}/{key}");
        found.push(place.clone());
        places(value, &place, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| visit(key, value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, value)| visit(&at.to_string(), value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_forms_that_we_have_are_as_the_schema_says() {
    let schema = Schema::read();
    let mut forms = vec![made::whole()];
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/forms")).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_string_lossy().ends_with(".schema.json") {
            forms.push(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
        }
    }
    assert!(forms.len() > 1);
    for form in forms {
        assert!(schema.is_valid(&form), "{}", form["id"]);
        assert!(is_read(&form), "{}", form["id"]);
    }
}

#[test]
fn the_schema_and_the_reader_agree_on_each_field_left_out_misnamed_or_of_another_sort() {
    let (schema, whole) = (Schema::read(), made::whole());
    let mut found = Vec::new();
    places(&whole, "", &mut found);
    let mut refused = 0;
    for place in &found {
        let (parent, key) = place.rsplit_once('/').unwrap();
        let changes: [&dyn Fn(&mut Value); 3] = [
            &|form| {
                if let Some(Value::Object(fields)) = form.pointer_mut(parent) {
                    fields.remove(key);
                }
            },
            &|form| {
                if let Some(Value::Object(fields)) = form.pointer_mut(parent) {
                    let value = fields.remove(key).unwrap();
                    fields.insert(format!("{key}_"), value);
                }
            },
            &|form| *form.pointer_mut(place).unwrap() = json!([[]]),
        ];
        for change in changes {
            let mut form = whole.clone();
            change(&mut form);
            let (says, reads) = (schema.is_valid(&form), is_read(&form));
            assert!(
                says || !reads,
                "read, though the schema refuses it: {place}"
            );
            let shape = Form::parse(&form.to_string()).err().into_iter().flatten();
            let of_shape = shape.into_iter().any(|it| {
                let says = |text| it.message.contains(text);
                says("The field “") || says("There is no field") || says("It cannot be read")
            });
            assert!(!says || !of_shape, "the schema lets it pass: {place}");
            refused += usize::from(!says);
        }
    }
    assert!(
        refused > found.len(),
        "{refused} refused, of {}",
        found.len()
    );
}
