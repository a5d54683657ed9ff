//! The commands `estimate` and `agreement` as scripts use them: what they print, how they exit.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// Keeps a list for a test and gives its path.
fn kept(name: &str, text: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("figures");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Runs the program; gives its exit code, its result and its messages.
fn run(arguments: &[&str]) -> (i32, Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(arguments)
        .output()
        .unwrap();
    let result = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (
        output.status.code().unwrap(),
        result,
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Runs the program, which must find no fault.
fn result(arguments: &[&str]) -> Value {
    let (code, result, errors) = run(arguments);
    assert_eq!((code, errors.as_str()), (0, ""));
    result
}

fn known() -> Value {
    serde_json::from_str(include_str!("known_answers.json")).unwrap()
}

fn assert_near(found: &Value, expected: &Value) {
    if let (Value::Array(found), Value::Array(expected)) = (found, expected) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert_near(found, expected);
        }
    } else {
        let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
        assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
    }
}

#[test]
fn estimate_gives_every_interval() {
    for case in known()["interval"]["cases"].as_array().unwrap() {
        let figure = |name: &str| case[name].to_string();
        let (population, sample, found) = (figure("N"), figure("n"), figure("x"));
        let arguments = [
            "--population",
            &population,
            "--sample",
            &sample,
            "--found",
            &found,
        ];
        let result = result(&[&["estimate"], &arguments[..], &["--confidence", "95"]].concat());
        assert_eq!(result["count"], case["hyper_exact_counts"]);
        for (field, known) in [
            ("share", "hyper_exact"),
            ("clopper_pearson", "clopper_pearson"),
            ("wilson", "wilson"),
            ("wilson_finite", "wilson_fpc"),
        ] {
            assert_near(&result[field], &case[known]);
        }
        assert!(result["upper_one_sided"].as_f64() <= result["share"][1].as_f64());
    }
}

#[test]
fn estimate_puts_strata_together() {
    let known = &known()["stratified"]["agstrat"];
    let mut list = "stratum,population,sample,found\n".to_owned();
    for (at, name) in ["NC", "NE", "S", "W"].iter().enumerate() {
        let (all, read, found) = (&known["Nh"][at], &known["nh"][at], &known["xh"][at]);
        writeln!(list, "{name},{all},{read},{found}").unwrap();
    }
    let result = result(&["estimate", "--strata", &kept("strata.csv", &list)]);
    assert_near(&result["share"], &known["p"]);
    assert_near(&result["standard_error"], &known["se"]);
    assert_near(&result["interval"], &known["ci95_t_df296"]);
}

#[test]
fn agreement_is_the_same_in_numbers_and_in_words() {
    let known = &known()["agreement"]["twenty_pairs"];
    let words = [
        "Inadequate",
        "Requires improvement to be good",
        "Good",
        "OUTSTANDING",
    ];
    let (mut numbered, mut worded) = (
        "auditor,moderator\n".to_owned(),
        "First,Second\n".to_owned(),
    );
    for at in 0..20 {
        let [one, other] = ["auditor", "moderator"].map(|who| known[who][at].as_u64().unwrap());
        let word = |grade: u64| words[usize::try_from(grade).unwrap() - 1];
        writeln!(numbered, "{one},{other}").unwrap();
        writeln!(worded, "{},{}", word(one), word(other)).unwrap();
    }
    let result = result(&["agreement", &kept("numbers.csv", &numbered)]);
    assert_eq!(result["n"], 20);
    for field in ["exact", "within_one", "signed_shift"] {
        assert_near(&result[field], &known[field]);
    }
    for weights in ["unweighted", "linear", "quadratic"] {
        let expected = &known["coefficients"][weights];
        assert_near(&result["kappa"][weights], &expected["cohen_kappa"]);
        assert_near(&result["ac"][weights], &expected["gwet_AC"]);
    }
    assert_near(
        &result["alpha"]["nominal"],
        &known["coefficients"]["unweighted"]["kripp_alpha"],
    );
    assert_near(
        &result["alpha"]["interval"],
        &known["coefficients"]["quadratic"]["kripp_alpha"],
    );
    assert!(result["alpha"]["ordinal"].is_number());

    worded.push_str("Good,\n");
    let (code, again, messages) = run(&["agreement", &kept("words.csv", &worded)]);
    assert_eq!((code, &again), (0, &result));
    assert!(messages.contains("is missing: 1."), "{messages}");
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let strata = |row: &str| {
        kept(
            "bad.csv",
            &format!("stratum,population,sample,found\nA,{row}\n"),
        )
    };
    let refused = |arguments: &[&str]| {
        let (code, result, errors) = run(arguments);
        assert_eq!((code, result), (2, Value::Null), "{errors}");
        errors
    };
    let one = [
        "estimate",
        "--population",
        "10",
        "--sample",
        "11",
        "--found",
        "1",
    ];
    assert!(refused(&one).contains("A sample of 11 cannot come from a population of 10."));
    assert!(refused(&["estimate", "--population", "10"]).contains("--sample"));
    assert!(refused(&["estimate", "--strata", &strata("9,x,1")]).starts_with("Row 2: “x”"));
    assert!(refused(&["estimate", "--strata", &strata("9,1,1")]).contains("“A”, which has 9"));
    let pairs = kept("grades.csv", "one,two\nGood,Good\nGood,Great\n");
    assert!(refused(&["agreement", &pairs]).starts_with("Row 3, column “two”: “Great”"));
    let scale = result(&["agreement", &pairs, "--scale", "good,great"]);
    assert_eq!(scale["exact"], 0.5);
    assert!(refused(&["agreement", &pairs, "--scale", "good,Good"]).contains("twice"));
}
