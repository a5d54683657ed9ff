//! The built-in forms are complete: every graded question tells what good looks like at every
//! grade. Reads plain JSON, so it holds whatever the types of the form become.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do its helpers"
)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

use sightline::form::built_in::FORMS;

/// The form of that file in `forms`.
fn form(file: &str) -> Value {
    let text = fs::read_to_string(format!("forms/{file}.json")).expect(file);
    serde_json::from_str(&text).expect(file)
}

/// Every form in `forms`, by its file's name.
fn forms() -> Vec<(String, Value)> {
    let files = fs::read_dir("forms").expect("forms is a folder");
    let names = files.map(|file| {
        file.expect("a file")
            .file_name()
            .into_string()
            .expect("a name")
    });
    let mut names: Vec<String> = names
        .filter(|name| !name.ends_with(".schema.json"))
        .map(|name| name.trim_end_matches(".json").to_owned())
        .collect();
    names.sort();
    names
        .iter()
        .map(|name| (name.clone(), form(name)))
        .collect()
}

#[test]
fn every_form_in_the_folder_is_offered_by_the_name_and_title_that_it_bears() {
    let mut offered: Vec<_> = FORMS
        .iter()
        .map(|it| (it.id.to_owned(), it.title.to_owned()))
        .collect();
    offered.sort();
    let there: Vec<_> = forms()
        .iter()
        .map(|(_, form)| (text(form, "id").to_owned(), text(form, "title").to_owned()))
        .collect();
    assert_eq!(offered, there);
    for (name, json) in forms() {
        assert_eq!(name, text(&json, "id"), "a file is named as its form");
        let built_in = FORMS.iter().find(|it| it.id == name).expect("offered");
        assert_eq!(text(&json, "version"), built_in.version, "{name}");
        assert_eq!(built_in.form().map(|form| form.id), Ok(name));
    }
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
    for (_, form) in forms() {
        check_ids(&form);
    }
}

fn check_ids(form: &Value) {
    let mut seen = BTreeSet::new();
    for section in list(form, "sections") {
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
fn nine_sections_of_the_core_form_are_graded() {
    let form = form("core");
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
}

#[test]
fn the_overall_judgement_comes_last_and_is_never_required() {
    for (name, form) in forms() {
        let (overall, _) = list(&form, "sections").split_last().expect("sections");
        assert_eq!(overall["id"], "overall", "{name}");
        let questions = list(overall, "questions");
        assert!(questions.iter().all(|q| q["required"] == false), "{name}");
    }
}

#[test]
fn each_grade_has_a_benchmark_of_one_to_three_sentences() {
    for (_, form) in forms() {
        check_benchmarks(&form);
    }
}

fn check_benchmarks(form: &Value) {
    let grades: Vec<&str> = list(form, "grades").iter().map(|g| text(g, "id")).collect();
    assert_eq!(
        grades,
        ["outstanding", "good", "requires-improvement", "inadequate"]
    );
    let questions = list(form, "sections")
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
fn the_core_form_names_itself_and_its_window() {
    let form = form("core");
    assert_eq!(form["format"], "sightline-form/1");
    assert_eq!(form["id"], "core");
    assert_eq!(form["version"], "2026.1");
    assert_eq!(form["look_back_months"], 12);
    assert!(!text(&form, "title").is_empty() && !text(&form, "about").is_empty());
}
