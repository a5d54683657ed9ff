//! The commands `draw`, `verify` and `plan` as scripts use them: what they print, how they exit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A folder with a list of 30 cases in three teams.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("command")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cases.csv"), list(|_| None)).unwrap();
    folder
}

/// The list, with another line in the place of those that `change` gives one for.
fn list(change: impl Fn(usize) -> Option<String>) -> String {
    let teams = ["North", "South", "East"].iter().cycle();
    let rows = (1..=30).zip(teams).map(|(number, team)| {
        change(number).unwrap_or_else(|| format!("C-{number:02},{team},{number}\n"))
    });
    format!("Child ID,Team,Days\n{}", rows.collect::<String>())
}

/// Runs the program in a folder; gives its exit code, output and messages.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sightline"));
    let output = command
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

const DRAW: [&str; 8] = [
    "draw",
    "cases.csv",
    "--id",
    "Child ID",
    "--seed",
    "314159",
    "--size",
    "4",
];

/// Draws with more options and keeps the certificate.
fn draw(folder: &Path, more: &[&str]) -> Value {
    let (code, certificate, errors) = run(folder, &[&DRAW, more].concat());
    assert_eq!(code, 0, "{errors}");
    fs::write(folder.join("certificate.json"), &certificate).unwrap();
    serde_json::from_str(&certificate).unwrap()
}

const VERIFY: [&str; 4] = ["verify", "certificate.json", "--list", "cases.csv"];

fn verify(folder: &Path) -> (i32, Vec<String>) {
    let (code, output, _) = run(folder, &VERIFY);
    let found: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(found["matches"], json!(code == 0));
    (
        code,
        serde_json::from_value(found["mismatches"].clone()).unwrap(),
    )
}

#[test]
fn a_draw_is_printed_and_checks() {
    let folder = folder("simple");
    let certificate = draw(&folder, &[]);
    assert_eq!(certificate["frame"]["size"], 30);
    assert_eq!(certificate["sample"].as_array().unwrap().len(), 4);
    assert_eq!(verify(&folder), (0, vec![]));
}

#[test]
fn every_method_checks() {
    for (name, more) in [
        ("proportional", ["--strata", "Team"].as_slice()),
        (
            "equal",
            &[
                "--strata",
                "Team",
                "--allocation",
                "equal",
                "--min-per-stratum",
                "1",
            ],
        ),
        (
            "by-hand",
            &["--strata", "Team", "--allocation", "North=2,South=1,East=1"],
        ),
        (
            "neyman",
            &[
                "--strata",
                "Team",
                "--allocation",
                "neyman",
                "--spread",
                "North=.5,South=0.25,East=1",
            ],
        ),
        (
            "banded",
            &["--bands", "Days=1-10,11-20,21+", "--strata", "Team"],
        ),
        (
            "systematic",
            &["--method", "systematic", "--order-by", "Team"],
        ),
        (
            "capped",
            &["--cap", "Team=2", "--must-include", "C-07=A complaint."],
        ),
        (
            "two-stage",
            &["--stage", "Team", "--teams", "2", "--allocation", "equal"],
        ),
        (
            "weighted",
            &["--weight", "Days", "--drop", "2", "--reserve", "3"],
        ),
    ] {
        let folder = folder(name);
        draw(&folder, more);
        assert_eq!(verify(&folder), (0, vec![]), "{name}");
    }
}

#[test]
fn a_draw_is_gone_on_with() {
    let folder = folder("extended");
    let mut certificate = draw(&folder, &["--strata", "Team"]);
    let replaced = certificate["sample"][2]["id"].as_str().unwrap().to_owned();
    let extend = [
        "extend",
        "certificate.json",
        "--list",
        "cases.csv",
        "--reason",
    ];
    for more in [
        ["Left the area.", "--replace", &replaced],
        ["Too few.", "--more", "3"],
    ] {
        let (code, output, errors) = run(&folder, &[&extend[..], &more].concat());
        assert_eq!(code, 0, "{errors}");
        fs::write(folder.join("certificate.json"), &output).unwrap();
        certificate = serde_json::from_str(&output).unwrap();
        assert_eq!(verify(&folder), (0, vec![]));
    }
    let further = &certificate["further"];
    assert_eq!(further[0]["step"], "replacement");
    assert_eq!(further[0]["replaces"], json!(replaced));
    assert_eq!(further[0]["reason"], "Left the area.");
    assert_eq!(further[1]["size"], 3);
    let orders: Vec<&Value> = (0..3).map(|at| &further[1]["cases"][at]["order"]).collect();
    assert_eq!(orders, [6, 7, 8]);
}

#[test]
fn what_was_tampered_with_is_named_and_the_exit_code_is_1() {
    let folder = folder("tampered");
    let certificate = draw(&folder, &[]);
    for (place, to, named) in [
        ("/sample/0/id", "C-99", "“C-99”, is not in this list"),
        ("/seed/text", "314158", "The seed “314158” gives none"),
        ("/sample/1/ticket", "0.5", "the certificate says 0.5"),
    ] {
        let mut changed = certificate.clone();
        *changed.pointer_mut(place).unwrap() = json!(to);
        fs::write(folder.join("certificate.json"), changed.to_string()).unwrap();
        let (code, mismatches) = verify(&folder);
        assert_eq!(code, 1);
        assert!(
            mismatches.iter().any(|one| one.contains(named)),
            "{named}: {mismatches:#?}"
        );
    }
}

#[test]
fn a_changed_list_is_named_and_the_exit_code_is_1() {
    let folder = folder("changed");
    draw(&folder, &[]);
    for (changed, named) in [
        (
            list(|number| (number == 7).then(|| "C-7,North,7\n".to_owned())),
            "fingerprint",
        ),
        (
            list(|_| None) + "C-31,North,31\n",
            "Cases in the frame: the certificate says 30",
        ),
        (
            list(|_| None).replace("Child ID", "Id"),
            "The list has no column “Child ID”",
        ),
    ] {
        fs::write(folder.join("cases.csv"), changed).unwrap();
        let (code, mismatches) = verify(&folder);
        assert_eq!(code, 1);
        assert!(
            mismatches.iter().any(|one| one.contains(named)),
            "{named}: {mismatches:#?}"
        );
    }
}

#[test]
fn wrong_use_ends_with_2_and_a_sentence() {
    let folder = folder("wrong");
    draw(&folder, &[]);
    let with = |more: &[&str]| {
        [&DRAW, more]
            .concat()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let cases: [(Vec<String>, &str); 19] = [
        (words("draw"), "--id"),
        (words("draw cases.csv --id Team --size 3"), "--seed"),
        (
            words("draw none.csv --id Team --seed 1 --size 3"),
            "could not be opened",
        ),
        (
            words("draw cases.csv --id Name --seed 1 --size 3"),
            "no column “Name”",
        ),
        (
            words("draw cases.csv --id Days --seed 1 --size 31"),
            "larger than the frame",
        ),
        (with(&["--size", "-1"]), "whole number"),
        (
            with(&["--origin", "dreams"]),
            "--origin is given, dice or machine",
        ),
        (
            with(&["--origin", "dice"]),
            "6 throws of a die with ten sides are too few",
        ),
        (with(&["--number", "2"]), "needs a reason"),
        (with(&["--cap", "Team"]), "--cap takes COLUMN=K"),
        (with(&["--must-include", "C-07"]), "has no reason"),
        (with(&["--method", "magic"]), "--method is simple"),
        (with(&["--bands", "Days"]), "--bands takes COLUMN="),
        (with(&["--bands", "Days=1-9,9+"]), "must begin above"),
        (
            with(&["--bands", "Days=1-9,11+"]),
            "row 11: “Days” has “10”",
        ),
        (with(&["--weight", "Team"]), "row 2 has “North”"),
        (
            words("verify cases.csv --list cases.csv"),
            "not a certificate",
        ),
        (words("verify certificate.json"), "--list"),
        (
            words("plan --population 20 --tolerable 5 --margin 5"),
            "Give one of",
        ),
    ];
    expect_refusals(&folder, &cases);
}

#[test]
fn two_stages_that_cannot_be_end_with_2_and_a_sentence() {
    let folder = folder("wrong-stages");
    let with = |more: &str| -> Vec<String> {
        let draw = DRAW.iter().map(ToString::to_string);
        draw.chain(words(more)).collect()
    };
    let cases = [
        (with("--stage Team"), "--teams T"),
        (with("--teams 2"), "--teams belongs to a two_stage"),
        (with("--stage Team --teams 4"), "The list has 3 teams"),
        (
            with("--stage Team --teams 5 --weight Days"),
            "--weight belongs to a weighted",
        ),
    ];
    expect_refusals(&folder, &cases);
}

#[test]
fn steps_that_cannot_be_taken_end_with_2_and_a_sentence() {
    let folder = folder("wrong-steps");
    draw(&folder, &[]);
    let cases = [
        (words("extend certificate.json --more 1"), "--list"),
        (
            words("extend certificate.json --list cases.csv --more 1"),
            "--reason",
        ),
        (
            words("extend certificate.json --list cases.csv --reason Few"),
            "--more N or --replace ID",
        ),
        (
            words("extend certificate.json --list cases.csv --more 27 --reason Few"),
            "Only 26 more",
        ),
        (
            words("extend certificate.json --list cases.csv --replace C-99 --reason Left"),
            "is not in the sample",
        ),
    ];
    expect_refusals(&folder, &cases);
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// Each of these arguments ends with code 2, no result, and a message with these words.
fn expect_refusals(folder: &Path, cases: &[(Vec<String>, &str)]) {
    for (arguments, named) in cases {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (code, output, errors) = run(folder, &arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(named), "{named}: {errors}");
    }
}

#[test]
fn plans_are_answered() {
    let folder = folder("plan");
    let answer = |arguments: &str| {
        let words: Vec<&str> = arguments.split(' ').collect();
        let (code, output, errors) = run(&folder, &words);
        assert_eq!(code, 0, "{errors}");
        serde_json::from_str::<Value>(&output).unwrap()
    };
    assert_eq!(
        answer("plan --population 200 --tolerable 5 --allowed 1")["n"],
        78
    );
    assert_eq!(
        answer("plan --population large --confidence 90 --tolerable 8 --expected 7")["n"],
        1300
    );
    assert_eq!(
        answer("plan --population 1000 --confidence 95 --margin 5")["n"],
        278
    );
    let detection = answer("plan --population 10 --size 5 --weak 1");
    assert!((detection["detection"].as_f64().unwrap() - 0.5).abs() < 1e-12);
}

#[test]
fn each_command_explains_itself() {
    for command in ["draw", "extend", "verify", "plan"] {
        let (code, output, errors) = run(&folder("help"), &[command, "--help"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        assert!(output.contains(&format!("sightline {command}")));
    }
}
