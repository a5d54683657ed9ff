//! Every published value in `known_answers.json` is asserted by a test, which is named here: a value
//! that is put there and that no test reads fails.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use serde_json::Value;

/// Where values stand in the file, and who asserts them: the test's file and its name.
const ASSERTED: [(&str, &str, &str); 17] = [
    (
        "ticket/first_fraction",
        "src/sample/ticket.rs",
        "the_published_ticket_exactly",
    ),
    (
        "ticket/examples",
        "src/sample/ticket.rs",
        "the_published_draws",
    ),
    (
        "ticket/consistency",
        "src/sample/draw.rs",
        "a_draw_of_a_part_is_that_part_of_the_draw",
    ),
    (
        "sample_size/table",
        "src/sample/size.rs",
        "the_published_sizes",
    ),
    (
        "sample_size/AICPA_2017_A1_95pct",
        "src/sample/size.rs",
        "the_tables_of_the_aicpa_and_the_gao",
    ),
    (
        "sample_size/GAO_FAM_450_1_90pct_tolerable_5pct",
        "src/sample/size.rs",
        "the_tables_of_the_aicpa_and_the_gao",
    ),
    (
        "sample_size/float_trap",
        "src/sample/size.rs",
        "sizes_are_never_rounded_in_binary",
    ),
    (
        "interval/cases",
        "src/finding/estimate.rs",
        "the_published_intervals",
    ),
    (
        "interval/cases",
        "tests/figures.rs",
        "estimate_gives_every_interval",
    ),
    (
        "interval/one_sided_90_upper_N1200_n102",
        "src/finding/estimate.rs",
        "the_published_upper_limits",
    ),
    (
        "stratified/agstrat",
        "src/finding/estimate/stratified.rs",
        "the_published_estimate",
    ),
    (
        "stratified/hamilton",
        "src/sample/allocation/tests.rs",
        "the_published_allocations",
    ),
    (
        "stratified/samplingbook",
        "src/sample/allocation/tests.rs",
        "the_published_allocations",
    ),
    (
        "agreement/abstractors",
        "src/finding/agreement.rs",
        "the_published_tables",
    ),
    (
        "agreement/paradox",
        "src/finding/agreement.rs",
        "the_published_tables",
    ),
    (
        "agreement/krippendorff_2011",
        "src/finding/agreement/alpha.rs",
        "the_published_example",
    ),
    (
        "agreement/twenty_pairs",
        "src/finding/agreement.rs",
        "the_twenty_pairs",
    ),
];

/// Figures in the file that Sightline does not give, by the ends of their paths.
const NOT_GIVEN: [(&str, &str); 5] = [
    (
        "/scott_pi",
        "kappa, AC and alpha are given; pi lies between them",
    ),
    ("/alpha/ratio", "grades have no ratios"),
    (
        "/coefficients/ordinal/pa",
        "weights are linear and quadratic",
    ),
    (
        "/coefficients/ordinal/cohen_kappa",
        "weights are linear and quadratic",
    ),
    (
        "/coefficients/ordinal/gwet_AC",
        "weights are linear and quadratic",
    ),
];

/// What the file says about its values: no value itself.
const SAID: [&str; 7] = [
    "about", "source", "rule", "note", "name", "weights", "grades",
];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The paths of all values.
fn values(value: &Value, path: &str, found: &mut Vec<String>) {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}/{name}")
        }
    };
    match value {
        Value::Object(fields) => {
            for (name, field) in fields
                .iter()
                .filter(|(name, _)| !SAID.contains(&name.as_str()))
            {
                values(field, &below(name), found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                values(item, &below(&at.to_string()), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.push(path.to_owned());
        }
    }
}

/// The values that no test is named for.
fn unread(known: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    values(known, "", &mut paths);
    let under = |path: &str, whole: &str| {
        let rest = path.strip_prefix(whole);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    paths.retain(|path| {
        let asserted = ASSERTED.iter().any(|(whole, ..)| under(path, whole));
        !asserted && !NOT_GIVEN.iter().any(|(end, _)| path.ends_with(end))
    });
    paths
}

fn known() -> Value {
    serde_json::from_str(&read("tests/known_answers.json")).unwrap()
}

#[test]
fn every_published_value_has_a_test() {
    assert_eq!(unread(&known()), Vec::<String>::new());
}

#[test]
fn a_value_that_nobody_reads_is_named() {
    let mut known = known();
    known["sample_size"]["BDO_2020"] = serde_json::json!({"source": "BDO", "n": [30, 45]});
    known["ticket_of_tomorrow"] = Value::from("0.5");
    let expected = [
        "sample_size/BDO_2020/n/0",
        "sample_size/BDO_2020/n/1",
        "ticket_of_tomorrow",
    ];
    assert_eq!(unread(&known), expected);
}

#[test]
fn the_tests_that_are_named_exist_and_read_the_values() {
    let known = known();
    for (path, file, test) in ASSERTED {
        assert!(known.pointer(&format!("/{path}")).is_some(), "{path}");
        let text = read(file);
        assert!(text.contains(&format!("fn {test}(")), "{file}: {test}");
        let key = path.rsplit('/').next().unwrap();
        assert!(text.contains(key), "{file} does not read {key}");
    }
}
