//! A made-up form with every kind of question, every condition and every field of the format.
#![expect(
    clippy::unwrap_used,
    reason = "a test whose form cannot be read has failed"
)]

use serde_json::{Value, json};
use sightline::form::Form;

/// The form as JSON.
pub(crate) fn whole() -> Value {
    json!({
        "format": "sightline-form/1", "id": "whole", "version": "1", "title": "Every kind",
        "about": "For tests.", "look_back_months": 12,
        "grades": [{"id": "good", "label": "Good"}, {"id": "fair", "label": "Fair"}, {"id": "weak", "label": "Weak"}],
        "sections": [child(), meetings(), exploitation(), last()]
    })
}

fn child() -> Value {
    json!({"id": "child", "title": "The child", "hint": "Read the last year.", "questions": [
        {"id": "child.seen", "text": "Was the child seen alone?", "hint": "By the worker.", "required": true,
            "kind": {"type": "yes_no", "not_applicable": true}},
        {"id": "child.lists", "text": "On which lists?", "required": true, "kind": {"type": "several_of", "options": [
            {"id": "missing", "label": "Missing", "hint": "High risk"}, {"id": "gangs", "label": "Gangs"},
            {"id": "none", "label": "None of these", "exclusive": true}]}},
        {"id": "child.home", "text": "Where does the child live?", "required": true, "kind": {"type": "one_of", "options": [
            {"id": "home", "label": "At home"}, {"id": "care", "label": "In care", "hint": "Any placement"}]}},
        {"id": "child.moves", "text": "How many moves?", "required_if": {"question": "child.home", "equals": "care"},
            "kind": {"type": "number", "min": 0, "max": 20, "unit": "moves", "decimals": 1}},
        {"id": "child.why", "text": "Why so many?", "required": true, "show_if": {"question": "child.moves", "at_least": 3},
            "kind": {"type": "text", "lines": 4}},
        {"id": "child.settled", "text": "Since when settled?", "show_if": {"all": [
            {"question": "child.moves", "at_most": 2}, {"question": "child.moves", "answered": true}]},
            "kind": {"type": "date"}},
        {"id": "child.grade", "text": "How well is the child known?", "required": true, "kind": {"type": "grade",
            "not_applicable": true, "reason": {"at_or_below": "fair"}, "benchmarks": [
                {"grade": "good", "text": "Well."}, {"grade": "fair", "text": "In part."}, {"grade": "weak", "text": "Not."}]}},
        {"id": "child.act", "text": "What must happen?", "required": true,
            "show_if": {"question": "child.grade", "at_or_below": "weak"}, "kind": {"type": "actions"}}
    ]})
}

fn meetings() -> Value {
    json!({"id": "meetings", "title": "Key meetings", "repeat": {"each": "Meeting", "min": 1, "max": 3}, "questions": [
        {"id": "meetings.held", "text": "Was it held?", "required": true, "kind": {"type": "yes_no"}},
        {"id": "meetings.why", "text": "Why not?", "required": true, "show_if": {"question": "meetings.held", "equals": "no"},
            "kind": {"type": "text"}},
        {"id": "meetings.time", "text": "How soon?", "required": true, "show_if": {"not": {"question": "meetings.why", "answered": true}},
            "kind": {"type": "interval", "unit": "working_days", "limit": 15, "from": "Decided", "to": "Held"}},
        {"id": "meetings.grade", "text": "How good was it?", "required": true, "kind": {"type": "grade"}}
    ]})
}

fn exploitation() -> Value {
    json!({"id": "exploitation", "title": "Exploitation",
        "show_if": {"any": [{"question": "child.lists", "one_of": ["missing", "gangs"]}, {"question": "child.seen", "equals": "no"}]},
        "questions": [
            {"id": "exploitation.interview", "text": "How soon was the interview?", "required": true,
                "kind": {"type": "interval", "unit": "hours", "limit": 72, "from": "Returned", "to": "Interview held"}},
            {"id": "exploitation.late", "text": "Why late?", "required": true,
                "show_if": {"question": "exploitation.interview", "late": true}, "kind": {"type": "text"}},
            {"id": "exploitation.seen", "text": "What did you see?", "required": true, "kind": {"type": "evidence"}}
    ]})
}

fn last() -> Value {
    json!({"id": "last", "title": "Overall", "questions": [
        {"id": "last.days", "text": "How long open?", "kind": {"type": "interval", "unit": "days", "from": "Opened", "to": "Closed"}},
        {"id": "last.grade", "text": "Overall, if you give one", "kind": {"type": "grade", "reason": "never"}}
    ]})
}

/// The form.
pub(crate) fn form() -> Form {
    Form::parse(&whole().to_string()).unwrap()
}
