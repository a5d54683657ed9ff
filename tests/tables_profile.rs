//! Kinds of columns and dates, and the commands `profile` and `rows` as others rely on them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

use sightline::table::column::{Kind, profiles};
use sightline::table::date::Date;
use sightline::table::{Table, letters};

#[test]
fn dates_are_read_day_first() {
    for (text, day) in [
        ("2026-03-31", "2026-03-31"),
        ("2026-03-31T10:00:00", "2026-03-31"),
        ("2026-03-31 00:00:00.000", "2026-03-31"),
        ("05/04/2026", "2026-04-05"),
        ("5/4/26", "2026-04-05"),
        ("31.03.1998", "1998-03-31"),
        ("31-Mar-98", "1998-03-31"),
        ("1st April 2026", "2026-04-01"),
        ("30 Sept 2026", "2026-09-30"),
        ("05/04/2026 14:30", "2026-04-05"),
        ("29/02/2024", "2024-02-29"),
    ] {
        assert_eq!(
            Date::parse(text).map(|date| date.to_string()).as_deref(),
            Some(day),
            "{text}"
        );
    }
    for text in [
        "",
        "31/13/2026",
        "29/02/2026",
        "12345",
        "1.2.3.4",
        "6.138",
        "03/2026",
        "1/2/3",
        "5 apples 2026",
        "05/04/2026 late: no",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    let day = |text| Date::parse(text).unwrap();
    assert_eq!(day("01/03/2024").days() - day("28/02/2024").days(), 2);
    assert_eq!(day("01/01/2026").days() - day("01/01/2025").days(), 365);
    assert!(day("05/04/2026").is_doubtful() && !day("05/05/2026").is_doubtful());
}

#[test]
fn kinds_of_columns() {
    use Kind::{Category, Date, Empty, Id, Number, Text, YesNo};
    let names = [
        "Child ID",
        "Seen",
        "Age",
        "Alone?",
        "Team",
        "Notes",
        "Nothing",
        "Gender",
        "Number of plans",
    ];
    let rows: Vec<Vec<String>> = (0..40)
        .map(|row| {
            vec![
                format!("C{:04}", row / 2),
                format!("{:02}/04/2026", row % 28 + 1),
                if row == 3 {
                    "#N/A".to_owned()
                } else {
                    format!("{}.138", row % 17)
                },
                ["Y", "n", "b) No"][row % 3].to_owned(),
                ["North", "South"][row % 2].to_owned(),
                format!("what was seen {row}"),
                " ".to_owned(),
                ["a) Male", "b) Female"][row % 2].to_owned(),
                (row % 3).to_string(),
            ]
        })
        .collect();
    let profiles = profiles(&Table::from_rows(&names.map(str::to_owned), &rows));
    let kinds: Vec<Kind> = profiles.iter().map(|profile| profile.kind).collect();
    assert_eq!(
        kinds,
        [
            Id, Date, Number, YesNo, Category, Text, Empty, Category, Number
        ]
    );
    let team = &profiles[4];
    assert_eq!((team.filled, team.distinct, team.top[0].count), (40, 2, 20));
    assert_eq!(team.samples, ["North", "South"]);
    assert_eq!(
        profiles[1].dates,
        Some(("2026-04-01".to_owned(), "2026-04-28".to_owned()))
    );
    assert_eq!(profiles[5].top.len(), 10);
    assert_eq!(profiles[6].filled, 0);
}

#[test]
fn letters_of_columns() {
    let known = [
        (0, "A"),
        (25, "Z"),
        (26, "AA"),
        (701, "ZZ"),
        (702, "AAA"),
        (16_383, "XFD"),
    ];
    for (column, text) in known {
        assert_eq!(letters(column), text);
    }
}

fn sightline(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(arguments)
        .output()
        .unwrap()
}

fn file(name: &str, content: &[u8]) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn profile_gives_one_object_and_an_exit_code() {
    let clean = file("clean.csv", b"Case ID,Name\n1,Ann\n2,Bob\n");
    let out = sightline(&["profile", &clean]);
    assert_eq!(out.status.code(), Some(0));
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(told["rows"], 2);
    assert_eq!(told["columns"][0]["name"], "Case ID");
    assert_eq!(told["columns"][0]["kind"], "id");
    assert_eq!(
        (
            &told["columns"][1]["filled"],
            &told["columns"][1]["distinct"]
        ),
        (&2.into(), &2.into())
    );
    assert_eq!(
        (told["sheet"].is_null(), told["annex_a"].is_null()),
        (true, true)
    );
    assert_eq!(told["encoding"], "UTF-8");
    assert_eq!(
        (&told["notices"], &told["problems"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
    assert!(out.stderr.is_empty());

    let names = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source";
    let faulty = file(
        "faulty.csv",
        format!("{names}\n1,F,x,01/01/2020,6,01/02/2026,School\n,F,x,01/01/2020,6,01/02/2026,GP\n")
            .as_bytes(),
    );
    let out = sightline(&["profile", &faulty]);
    assert_eq!(out.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(told["annex_a"], 1);
    let problem = &told["problems"][0];
    assert_eq!(
        (&problem["row"], &problem["column"]),
        (&3.into(), &"A".into())
    );
    assert!(problem["sheet"].is_null() && problem["message"].as_str().unwrap().contains("no id"));
    assert!(
        String::from_utf8(out.stderr)
            .unwrap()
            .contains("Row 3, column A: This row has no id")
    );

    let refused = file("refused.csv", b"%PDF-1.7");
    let out = sightline(&["profile", &refused]);
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0));
    assert!(
        String::from_utf8(out.stderr)
            .unwrap()
            .contains("This is a PDF document.")
    );
}

#[test]
fn rows_gives_the_table_as_read() {
    let list = file(
        "rows.csv",
        b"Title;\nid;note\r\n001;a,b\r\n2;\"c\nd\"\r\n3;e\r\n",
    );
    let text = |arguments: &[&str]| {
        let out = sightline(arguments);
        assert_eq!(
            out.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    };
    assert_eq!(
        text(&["rows", &list]),
        "id,note\r\n001,\"a,b\"\r\n2,\"c\nd\"\r\n3,e\r\n"
    );
    assert_eq!(
        text(&["rows", &list, "--from", "2", "--count", "1"]),
        "id,note\r\n2,\"c\nd\"\r\n"
    );
    assert_eq!(text(&["rows", &list, "--from", "9"]), "id,note\r\n");
}

#[test]
fn wrong_use_is_told_in_a_sentence() {
    for arguments in [
        vec![],
        vec!["dance"],
        vec!["profile"],
        vec!["profile", "/no/such/file.csv"],
        vec!["rows", "a.csv", "--from", "x"],
        vec!["rows", "a.csv", "--from", "0"],
        vec!["profile", "--nonsense"],
        vec!["profile", "a.csv", "--encoding", "EBCDIC"],
    ] {
        let out = sightline(&arguments);
        assert_eq!(
            (out.status.code(), out.stdout.len()),
            (Some(2), 0),
            "{arguments:?}"
        );
        assert!(!out.stderr.is_empty(), "{arguments:?}");
    }
    for command in [
        vec!["--help"],
        vec!["profile", "--help"],
        vec!["rows", "--help"],
    ] {
        let out = sightline(&command);
        assert_eq!(out.status.code(), Some(0));
        assert!(
            String::from_utf8(out.stdout)
                .unwrap()
                .contains("Usage: sightline")
        );
    }
}
