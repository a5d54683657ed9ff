//! What is refused, and in which words: each fault with the question's id and what to do, all of them
//! at once.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose form has no such question has failed"
)]

use serde_json::{Value, json};
use sightline::form::Form;

use crate::made;

/// The faults of the made-up form after a change, as sentences.
fn faults(change: impl Fn(&mut Value)) -> Vec<String> {
    let mut form = made::whole();
    change(&mut form);
    match Form::parse(&form.to_string()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The question of that number in the first section.
fn question(form: &mut Value, number: usize) -> &mut Value {
    &mut form["sections"][0]["questions"][number]
}

#[test]
fn the_form_itself_is_read_and_written_as_it_is() {
    assert_eq!(faults(|_| ()), [""; 0]);
    let form = made::form();
    let written = serde_json::to_string(&form).unwrap();
    assert_eq!(Form::parse(&written).unwrap(), form);
}

/// A change to the made-up form.
type Change = fn(&mut Value);

/// Changes to a question, each with what is said of it.
const IN_QUESTIONS: [(Change, &str); 22] = [
    (
        |f| {
            question(f, 0).as_object_mut().unwrap().remove("text");
        },
        "child.seen: The field “text” is missing. Add it.",
    ),
    (
        |f| question(f, 0)["requird"] = json!(true),
        "child.seen: There is no field “requird” here (expected one of “id”, “text”, “hint”, “required”, “required_if”, “show_if”, “kind”). Correct its name, or remove it.",
    ),
    (
        |f| question(f, 0)["kind"]["type"] = json!("slider"),
        "child.seen: “slider” is not known here: expected one of “grade”, “yes_no”, “one_of”, “several_of”, “text”, “number”, “date”, “interval”, “actions”, “evidence”. Use one of these.",
    ),
    (
        |f| question(f, 0)["required"] = json!("yes"),
        "child.seen: It cannot be read: invalid type: string \"yes\", expected a boolean. Correct it.",
    ),
    (
        |f| question(f, 0)["text"] = json!(" "),
        "child.seen: The question has no text. Ask it.",
    ),
    (
        |f| question(f, 1)["id"] = json!("child.seen"),
        "child.seen: Two questions have this id. Give each its own.",
    ),
    (
        |f| question(f, 4)["id"] = json!("why so many"),
        "why so many: An id is made of the letters a to z, digits, “-”, “_” and “.”, and is not empty. Change it.",
    ),
    (
        |f| question(f, 2)["kind"]["options"] = json!([]),
        "child.home: The question has no “options”. Add at least one.",
    ),
    (
        |f| question(f, 2)["kind"]["options"][0]["exclusive"] = json!(true),
        "child.home: Only one answer can be chosen, so none need be “exclusive”. Remove the word.",
    ),
    (
        |f| question(f, 2)["kind"]["options"][1]["id"] = json!("home"),
        "child.home: Two options have the id “home”. Give each its own.",
    ),
    (
        |f| question(f, 3)["kind"]["min"] = json!(21),
        "child.moves: No number is at least 21 and at most 20. Swap “min” and “max”.",
    ),
    (
        |f| question(f, 4)["show_if"]["question"] = json!("child.moved"),
        "child.why: It depends on “child.moved”, which is no question of this form. Correct the id.",
    ),
    (
        |f| question(f, 0)["show_if"] = json!({"question": "child.home", "equals": "care"}),
        "child.seen: It depends on “child.home”, which does not come before it. Move one of them.",
    ),
    (
        |f| question(f, 0)["show_if"] = json!({"question": "child.seen", "answered": false}),
        "child.seen: It depends on “child.seen”, which does not come before it. Move one of them.",
    ),
    (
        |f| question(f, 3)["required_if"]["equals"] = json!("hostel"),
        "child.moves: It depends on “child.home”, which cannot be answered “hostel”. It can be: home, care.",
    ),
    (
        |f| question(f, 4)["show_if"] = json!({"question": "child.home", "at_least": 3}),
        "child.why: It depends on “child.home”, which is no number.",
    ),
    (
        |f| question(f, 4)["show_if"] = json!({"question": "child.home", "late": true}),
        "child.why: It depends on “child.home”, which is no interval with a limit.",
    ),
    (
        |f| question(f, 4)["show_if"] = json!({"all": []}),
        "child.why: A condition has an empty list in it. Name at least one thing, or remove it.",
    ),
    (
        |f| question(f, 4)["show_if"] = json!({"question": "child.home"}),
        "child.why: It cannot be read: a condition is either one of “all”, “any” and “not”, or a “question” with one of “equals”, “one_of”, “answered”, “at_or_below”, “at_least”, “at_most” and “late”. Correct it.",
    ),
    (
        |f| {
            question(f, 6)["kind"]["benchmarks"]
                .as_array_mut()
                .unwrap()
                .remove(1);
        },
        "child.grade: There is no benchmark for the grade “Fair”. Write it.",
    ),
    (
        |f| question(f, 6)["kind"]["reason"]["at_or_below"] = json!("poor"),
        "child.grade: The form has no grade “poor”. Use the id of one that it has.",
    ),
    (
        |f| f["sections"][2]["questions"][0]["kind"]["limit"] = json!(0),
        "exploitation.interview: A “limit” is from 1 to 100000. Leave it out to measure only.",
    ),
];

#[test]
fn a_fault_in_a_question_is_named_by_its_id_with_what_to_do() {
    each_is_told(&IN_QUESTIONS);
}

/// Changes elsewhere.
const ELSEWHERE: [(Change, &str); 10] = [
    (
        |f| f["format"] = json!("sightline-form/9"),
        "The format is “sightline-form/9”; this version reads “sightline-form/1”.",
    ),
    (
        |f| f["sections"] = json!([]),
        "The form has no sections. Add at least one.",
    ),
    (
        |f| f["sections"] = json!({}),
        "“sections” is a list: write it between [ and ].",
    ),
    (
        |f| f["grades"] = json!([]),
        "child.grade: The form has no grades to choose from. Name them in “grades”, or ask another kind of question.",
    ),
    (
        |f| f["sections"][3]["questions"] = json!([]),
        "last: The section has no questions. Add one, or remove the section.",
    ),
    (
        |f| f["sections"][3]["id"] = json!("check"),
        "check: This word is the address of another page. Give the section another id.",
    ),
    (
        |f| f["sections"][1]["repeat"]["min"] = json!(4),
        "meetings: The section repeats at least 4 and at most 3 times. Swap them.",
    ),
    (
        |f| f["sections"][1]["repeat"]["each"] = json!(""),
        "meetings: The section repeats, but “each” does not say what one of them is called. Name it: “Meeting”.",
    ),
    (
        |f| f["sections"][3]["show_if"] = json!({"question": "meetings.held", "equals": "no"}),
        "last: It depends on “meetings.held”, which is asked several times. Only its own section can depend on it.",
    ),
    (
        |f| f["sections"][2]["title"] = json!(null),
        "exploitation: It cannot be read: invalid type: null, expected a string. Correct it.",
    ),
];

#[test]
fn a_fault_in_a_section_or_in_the_whole_is_named() {
    each_is_told(&ELSEWHERE);
}

fn each_is_told(cases: &[(Change, &str)]) {
    for (change, expected) in cases {
        let found = faults(change);
        assert!(
            found.iter().any(|it| it == expected),
            "{expected}\nis not in\n{found:#?}"
        );
    }
}

#[test]
fn faults_of_every_sort_are_told_at_once() {
    let found = faults(|form| {
        question(form, 0)["kind"]["type"] = json!("slider");
        question(form, 1).as_object_mut().unwrap().remove("text");
        question(form, 3)["kind"]["min"] = json!(21);
        form["sections"][1]["repeat"]["min"] = json!(4);
    });
    let places: Vec<_> = found
        .iter()
        .filter_map(|it| it.split_once(": "))
        .map(|it| it.0)
        .collect();
    assert_eq!(
        places,
        ["child.seen", "child.lists", "child.moves", "meetings"]
    );
}

#[test]
fn what_is_no_form_at_all_is_refused_in_a_sentence() {
    for (text, expected) in [
        (
            "",
            "This is not JSON: EOF while parsing a value at line 1 column 0. Correct it there.",
        ),
        ("[]", "A form is a JSON object: write it between { and }."),
        ("{}", "The field “format” is missing. Add it."),
    ] {
        let problems = Form::parse(text).unwrap_err();
        let found: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(found, [expected]);
    }
}
