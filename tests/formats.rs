//! The examples of docs/formats.md are read by the program that they describe, so that the page
//! cannot drift away from it.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, an example that is missing is a failure"
)]

use serde_json::Value;
use sightline::form::Form;
use sightline::journal::Entry;

const PAGE: &str = include_str!("../docs/formats.md");

/// The example of that name: what stands between its fences.
fn example(name: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```json {name}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_form_of_the_page_is_a_form() {
    assert_eq!(Form::parse(example("form")).unwrap().questions().count(), 1);
}

#[test]
fn the_entries_of_the_page_are_read_and_written_so() {
    for line in example("journal").lines() {
        let entry: Entry = serde_json::from_str(line).unwrap();
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_value(&entry).unwrap(), value);
    }
}
