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
    for command in ["draw", "extend", "verify", "balance", "plan"] {
        let (code, output, errors) = run(&folder("help"), &[command, "--help"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        assert!(output.contains(&format!("sightline {command}")));
    }
}

#[test]
fn a_sample_is_set_beside_its_list() {
    let folder = folder("balance");
    draw(&folder, &[]);
    let balance = ["balance", "certificate.json", "--list", "cases.csv"];
    let (code, output, said) = run(&folder, &balance);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("Nothing here is a ground for another draw"),
        "{said}"
    );
    let found: Value = serde_json::from_str(&output).unwrap();
    assert_eq!((&found["frame"], &found["sample"]), (&json!(30), &json!(4)));
    let groups = found["columns"][0]["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 3);
    assert!(groups.iter().all(|group| group["frame"] == json!(10)));
    // R: qhyper(c(.025, .975), 10, 20, 4).
    assert_eq!(groups[0]["range"], json!([0, 3]));
    let other = list(|number| (number == 3).then(|| "C-99,North,1\n".to_owned()));
    fs::write(folder.join("cases.csv"), other).unwrap();
    let (code, _, said) = run(&folder, &balance);
    assert_eq!(code, 2);
    assert!(
        said.contains("not the list that the sample was drawn from"),
        "{said}"
    );
}

/// A folder with the list of 30 cases and a list of episodes of some of them and two others.
fn two_lists(name: &str) -> PathBuf {
    let folder = folder(name);
    let episodes = "Id,Episode\nC-03,2026-03-01\nC-03,2026-02-01\nC-07,2025-01-01\n\
                    D-1,2026-03-30\nD-2,#N/A\nC-09,2026-01-15\n";
    fs::write(folder.join("missing.csv"), episodes).unwrap();
    folder
}

const LINK: [&str; 18] = [
    "--name",
    "Cases",
    "--take",
    "Team",
    "--take",
    "Days",
    "--link",
    "missing.csv",
    "--name",
    "Missing",
    "--id",
    "Id",
    "--rows",
    "date Episode from 2025-10-01, unreadable kept; Long ago",
    "--as-of",
    "2026-03-31",
    "--where",
    "number Days from 2, blank kept; Only one day",
];

#[test]
fn lists_are_linked_and_filtered_and_check() {
    let folder = two_lists("linked");
    let certificate = draw(&folder, &LINK);
    assert_eq!(certificate["list"]["rows"], 32);
    assert_eq!(certificate["frame"]["size"], 31);
    assert_eq!(
        certificate["excluded"],
        json!([{"reason": "Only one day", "count": 1}])
    );
    let lists = &certificate["account"]["lists"];
    assert_eq!(lists[0]["cases"], 30);
    assert_eq!(lists[1]["cases"], 4);
    assert_eq!(
        certificate["account"]["overlaps"]["both"],
        json!([[30, 2], [2, 4]])
    );
    let verify = |lists: &[&str]| {
        let (code, output, errors) =
            run(&folder, &[&["verify", "certificate.json"], lists].concat());
        assert!(code < 2, "{errors}");
        let found: Value = serde_json::from_str(&output).unwrap();
        (code, found["mismatches"].to_string())
    };
    // Files are known by their bytes, in whatever order they are given.
    let both = ["--list", "missing.csv", "--list", "cases.csv"];
    assert_eq!(verify(&both), (0, "[]".to_owned()));
    let (code, mismatches) = verify(&both[2..]);
    assert_eq!(code, 1);
    assert!(mismatches.contains("“Missing” (file “missing.csv”) is not given"));
    fs::write(folder.join("missing.csv"), "Id,Episode\nC-03,2026-03-01\n").unwrap();
    let (code, mismatches) = verify(&both);
    assert_eq!(code, 1);
    assert!(mismatches.contains("On “Missing”, cases: the certificate says 4, the list gives 1"));
}

#[test]
fn a_linked_draw_can_be_gone_on_with() {
    let folder = two_lists("linked-further");
    draw(&folder, &LINK);
    let more = ["extend", "certificate.json", "--list", "cases.csv"];
    let lists = ["--list", "missing.csv", "--more", "2", "--reason", "More"];
    let (code, output, errors) = run(&folder, &[&more[..], &lists].concat());
    assert_eq!(code, 0, "{errors}");
    let certificate: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(
        certificate["further"][0]["cases"].as_array().unwrap().len(),
        2
    );
    let (code, _, errors) = run(
        &folder,
        &[&more[..], &["--more", "2", "--reason", "More"]].concat(),
    );
    assert_eq!(code, 2);
    assert!(errors.contains("is not given"), "{errors}");
}

#[test]
fn the_flag_of_a_list_and_derived_days_make_strata_and_weights() {
    let folder = two_lists("flags");
    let certificate = draw(&folder, &[&LINK[..], &["--strata", "On Missing"]].concat());
    assert_eq!(certificate["strata"][0]["name"], "No");
    assert_eq!(certificate["strata"][1]["population"], 4);
    let weighted = draw(
        &folder,
        &[
            "--as-of",
            "2026-03-31",
            "--add",
            "age Days",
            "--method",
            "weighted",
            "--weight",
            "Age from Days",
        ],
    );
    assert_eq!(weighted["sample"].as_array().unwrap().len(), 4);
    assert_eq!(verify(&folder), (0, vec![]));
}

#[test]
fn cases_of_an_earlier_round_are_left_out() {
    let folder = two_lists("audited");
    let first = draw(&folder, &[]);
    fs::copy(folder.join("certificate.json"), folder.join("round-1.json")).unwrap();
    let second = draw(&folder, &["--audited", "round-1.json"]);
    assert_eq!(
        second["excluded"],
        json!([{"reason": "Audited in an earlier round", "count": 4}])
    );
    let ids = |certificate: &Value| -> Vec<String> {
        let sample = certificate["sample"].as_array().unwrap();
        sample
            .iter()
            .map(|case| case["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(ids(&first).iter().all(|id| !ids(&second).contains(id)));
    assert_eq!(verify(&folder), (0, vec![]));
    let third = draw(
        &folder,
        &[
            "--as-of",
            "2026-03-31",
            "--audited",
            "missing.csv",
            "--audited-on",
            "Episode",
            "--unit",
            "child",
        ],
    );
    assert_eq!(
        third["excluded"],
        json!([{"reason": "Audited in the last 6 months", "count": 2}])
    );
    assert_eq!(third["account"]["plan"]["unit"], "child");
    assert_eq!(verify(&folder), (0, vec![]));
}

#[test]
fn wrong_words_about_lists_are_refused_with_a_sentence() {
    let folder = two_lists("wrong-lists");
    let wrong: [(&[&str], &str); 10] = [
        (&["--where", "Team"], "not understood"),
        (&["--where", "Tame = North"], "no column “Tame”"),
        (&["--where", "days since Days from 3"], "reference day"),
        (&["--unit", "village"], "child, event or family"),
        (&["--as-of", "soon"], "takes a day"),
        (&["--add", "weight Days"], "is neither"),
        (&["--audited-on", "Episode"], "--audited FILE"),
        (&["missing.csv"], "one list too many"),
        (&["--link", "missing.csv"], "no column “Child ID”"),
        (&["--link", "nowhere.csv"], "could not be opened"),
    ];
    for (more, why) in wrong {
        let (code, output, errors) = run(&folder, &[&DRAW, more].concat());
        assert_eq!((code, output.as_str()), (2, ""), "{more:?}");
        assert!(errors.contains(why), "{more:?}: {errors}");
    }
}
