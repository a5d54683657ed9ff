//! The built-in core form is complete: every graded question tells what good looks like at every
//! grade. Reads plain JSON, so it holds whatever the types of the form become.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do its helpers"
)]

use serde_json::Value;
use std::collections::BTreeSet;

fn form() -> Value {
    serde_json::from_str(include_str!("../forms/core.json")).expect("forms/core.json is JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("“{key}” is not a list in {value}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("“{key}” is not text in {value}"))
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id
            .split('-')
            .all(|w| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase()))
}

#[test]
fn ids_are_unique_and_name_their_section() {
    let form = form();
    let mut seen = BTreeSet::new();
    for section in list(&form, "sections") {
        let id = text(section, "id");
        assert!(is_kebab(id), "{id}");
        for question in list(section, "questions") {
            let full = text(question, "id");
            let (prefix, own) = full.split_once('.').expect("section.question");
            assert_eq!(prefix, id, "{full}");
            assert!(is_kebab(own), "{full}");
            assert!(seen.insert(full.to_owned()), "{full} stands twice");
        }
    }
}

#[test]
fn nine_sections_are_graded_and_the_overall_judgement_is_optional() {
    let form = form();
    let (overall, sections) = list(&form, "sections").split_last().expect("sections");
    assert_eq!(sections.len(), 9);
    for section in sections {
        let id = text(section, "id");
        let questions = list(section, "questions");
        let named = |own: &str| {
            let full = format!("{id}.{own}");
            questions
                .iter()
                .find(|q| q["id"] == full.as_str())
                .unwrap_or_else(|| panic!("{full}"))
        };
        assert_eq!(named("grade")["kind"]["type"], "grade");
        assert_eq!(named("grade")["required"], true);
        assert_eq!(named("evidence")["kind"]["type"], "text");
        assert_eq!(named("evidence")["required"], true);
        assert_eq!(named("actions")["kind"]["type"], "actions");
        assert_eq!(named("actions")["required"], false);
    }
    assert_eq!(overall["id"], "overall");
    assert!(
        list(overall, "questions")
            .iter()
            .all(|q| q["required"] == false)
    );
}

#[test]
fn each_grade_has_a_benchmark_of_one_to_three_sentences() {
    let form = form();
    let grades: Vec<&str> = list(&form, "grades")
        .iter()
        .map(|g| text(g, "id"))
        .collect();
    assert_eq!(
        grades,
        ["outstanding", "good", "requires-improvement", "inadequate"]
    );
    let questions = list(&form, "sections")
        .iter()
        .flat_map(|s| list(s, "questions"));
    let mut texts = BTreeSet::new();
    for question in questions.filter(|q| q["kind"]["type"] == "grade") {
        let benchmarks = list(&question["kind"], "benchmarks");
        let named: Vec<&str> = benchmarks.iter().map(|b| text(b, "grade")).collect();
        assert_eq!(named, grades, "{}", text(question, "id"));
        assert!(question["kind"]["not_applicable"].is_boolean());
        for benchmark in benchmarks {
            let words = text(benchmark, "text");
            let sentences = words.matches(". ").count() + usize::from(words.ends_with('.'));
            assert!(
                (1..=3).contains(&sentences),
                "{sentences} sentences: {words}"
            );
            assert!(texts.insert(words.to_owned()), "stands twice: {words}");
        }
    }
}

#[test]
fn the_form_names_itself_and_its_window() {
    let form = form();
    assert_eq!(form["format"], "sightline-form/1");
    assert_eq!(form["id"], "core");
    assert_eq!(form["version"], "2026.1");
    assert_eq!(form["look_back_months"], 12);
    assert!(!text(&form, "title").is_empty() && !text(&form, "about").is_empty());
}
