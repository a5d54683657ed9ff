//! Forms as spreadsheets: what is written reads back, what other programs write is read, and what
//! cannot be read is named by its place.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test helper, what cannot be made or read is a failure"
)]

use std::path::Path;
use std::process::Command;

use expect_test::expect;
use sightline::export::workbook::plain;
use sightline::form::{Form, Kind};
use sightline::xlsform::{self, Imported};

/// A survey from lines of cells parted by `|`.
fn survey(lines: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    lines
        .trim()
        .lines()
        .map(|line| cells(line.trim()))
        .collect()
}

const CHOICES: &str = "
    list_name | name | label
    yn | yes | Yes
    yn | no | No
    grades | good | Good
    grades | weak | Weak
    who | police | Police
    who | school | School";

fn read(lines: &str) -> Result<Imported, Vec<String>> {
    let sheets = [
        ("survey", survey(lines)),
        ("choices", survey(CHOICES)),
        (
            "settings",
            survey("form_title | form_id | version\nA form | a-form | 3"),
        ),
    ];
    let bytes = plain(&sheets).unwrap();
    xlsform::read("a form.xlsx", &bytes)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn kinds(form: &Form) -> Vec<String> {
    let word = |kind: &Kind| {
        let text = serde_json::to_value(kind).unwrap();
        text["type"].as_str().unwrap().to_owned()
    };
    form.questions()
        .map(|it| format!("{} {}", it.id, word(&it.kind)))
        .collect()
}

#[test]
fn the_common_kinds_of_question_are_read_in_their_sections() {
    let imported = read(
        "type | name | label | hint | required | relevant | constraint | appearance
         begin_group | plan | The plan | Read the plan first. | | | |
         select_one grades | plan.grade | How good is it? | | yes | | |
         select_one yn | seen | Was the child seen? | | true() | | |
         text | why | Why not? | | yes | ${seen} = 'no' | | multiline
         end_group | | | | | | |
         select_multiple who | came | Who came? | | | | |
         integer | visits | How many visits? | | | | . >= 0 and . <= 52 |
         date | last | When was the last? | | | ${visits} >= 1 and not(${seen} = 'no') | |",
    )
    .unwrap();
    assert_eq!(imported.left_out, []);
    let form = &imported.form;
    assert_eq!(
        (form.title.as_str(), form.id.as_str(), form.version.as_str()),
        ("A form", "a-form", "3")
    );
    let sections: Vec<_> = form
        .sections
        .iter()
        .map(|it| (it.id.as_str(), it.questions.len()))
        .collect();
    assert_eq!(sections, [("plan", 3), ("questions", 3)]);
    expect![[r#"
        [
            "plan.grade grade",
            "seen yes_no",
            "why text",
            "came several_of",
            "visits number",
            "last date",
        ]
    "#]]
    .assert_debug_eq(&kinds(form));
    assert_eq!(form.grades.len(), 2);
    let condition = |id: &str| {
        let question = form.questions().find(|it| it.id.as_str() == id).unwrap();
        serde_json::to_string(&question.show_if).unwrap()
    };
    assert_eq!(condition("why"), r#"{"question":"seen","equals":"no"}"#);
    assert_eq!(
        condition("last"),
        r#"{"all":[{"question":"visits","at_least":1},{"not":{"question":"seen","equals":"no"}}]}"#
    );
}

#[test]
fn what_is_not_supported_is_named_by_row_and_column_and_the_rest_is_read() {
    let imported = read(
        "type | name | label | relevant | calculation
         start | start | | |
         begin_group | plan | The plan | |
         image | photo | A picture | |
         text | why | Why? | count(${plan}) > 2 |
         note | thanks | Thank you | |
         begin_group | inner | Inside | |
         text | more | More | | now()
         end_group | | | |
         end_group | | | |",
    )
    .unwrap();
    assert_eq!(kinds(&imported.form), ["why text", "more text"]);
    let left: Vec<String> = imported.left_out.iter().map(ToString::to_string).collect();
    expect![[r"
        Sheet “survey”, row 2, column A: “start” asks nothing of a person: the row is left out.
        Sheet “survey”, row 4, column A: A question of type “image” is not supported and is left out. Use text, integer, decimal, date, select_one or select_multiple.
        Sheet “survey”, row 5, column D: The expression “count(${plan}) > 2” is not supported (“count” stands where a question (“${name}”) should): what this row stands for is always asked.
        Sheet “survey”, row 6, column A: A note between questions is not supported and is left out. Write it as the hint of a question.
        Sheet “survey”, row 7, column A: A section within a section is not supported: its questions go into the outer one.
        Sheet “survey”, row 8, column E: “calculation” is not supported: “now()” is left out."]]
    .assert_eq(&left.join("\n"));
}

#[test]
fn a_limit_is_read_only_where_it_means_the_same_here() {
    let imported = read(
        "type | name | label | constraint
         integer | a | Whole | . > 0 and . < 10
         decimal | b | Any | . >= 0
         decimal | c | Strict | . > 0
         date | d | Day | . <= today()",
    )
    .unwrap();
    let limits: Vec<_> = (imported.form.questions())
        .map(|it| serde_json::to_string(&it.kind).unwrap())
        .collect();
    expect![[r#"
        {"type":"number","min":1,"max":9}
        {"type":"number","min":0,"decimals":2}
        {"type":"number","decimals":2}
        {"type":"date"}"#]]
    .assert_eq(&limits.join("\n"));
    let left: Vec<String> = imported.left_out.iter().map(ToString::to_string).collect();
    expect![[r"
        Sheet “survey”, row 4, column D: The constraint “. > 0” is not supported: any number is taken. Write it as “. >= 0 and . <= 10”.
        Sheet “survey”, row 5, column D: The constraint “. <= today()” is not supported at an answer of this kind: any is taken."]].assert_eq(&left.join("\n"));
}

#[test]
fn what_asks_about_something_left_out_is_named_and_the_form_is_read() {
    let imported = read(
        "type | name | label | relevant | required | label::Cymraeg | media::image
         range | calm | How calm? | | | | face.png
         text | why | Why? | ${calm} > 3 | ${calm} < 2 | Pam? |
         text | more | More? | | | Mwy? |
         select_one who or_other | whom | Whom? | | | |",
    )
    .unwrap();
    assert_eq!(
        kinds(&imported.form),
        ["why text", "more text", "whom one_of"]
    );
    let left: Vec<String> = imported.left_out.iter().map(ToString::to_string).collect();
    expect![[r"
        Sheet “survey”, row 2, column A: A question of type “range” is not supported and is left out. Use text, integer, decimal, date, select_one or select_multiple.
        Sheet “survey”, row 2, column G: The column “media::image” is another language or a medium. Of several languages the first is read.
        Sheet “survey”, row 3, column D: The expression asks about “calm”, which is left out: what this row stands for is always asked.
        Sheet “survey”, row 3, column E: The expression asks about “calm”, which is left out: the answer is never required.
        Sheet “survey”, row 3, column F: The column “label::Cymraeg” is another language or a medium. Of several languages the first is read. One more row has something in it.
        Sheet “survey”, row 5, column A: “or_other” is not supported: only the answers of the list “who” can be chosen. Add one that says “Other” to it, and a text to say which."]].assert_eq(&left.join("\n"));
}

#[test]
fn a_group_and_a_repeat_are_ended_by_their_own_word() {
    let faults = read(
        "type | name | label | relevant
         begin_repeat | meeting | Meeting |
         text | what | What? |
         end_group | | |
         text | what | Again | ${whta} = ''
         end_group | | |",
    )
    .unwrap_err();
    expect![[r"
        Sheet “survey”, row 4, column A: Row 2 begins with “begin_repeat”, and this row ends it with “end_group”. Write “end_repeat”.
        Sheet “survey”, row 6, column A: No section is open here. Remove this row.
        Sheet “survey”, row 5: what: Two questions have this id. Give each its own.
        Sheet “survey”, row 5: what: It depends on “whta”, which is no question of this form. Correct the id."]].assert_eq(&faults.join("\n"));
}

#[test]
fn a_form_that_cannot_be_made_is_refused_with_every_place() {
    let faults = read(
        "type | name | label | relevant | sightline
         begin_group | plan | The plan | |
         select_one nobody | who | Who? | |
         text | | No name | |
         text | a | First | ${later} = 'x' |
         text | a | Second | | opinion
          | b | No type | |",
    )
    .unwrap_err();
    expect![[r"
        Sheet “survey”, row 3, column A: The sheet “choices” has no list “nobody”. Add its answers there, or correct the name.
        Sheet “survey”, row 4, column B: This question has no name. Give it one, such as “plans.aim”.
        Sheet “survey”, row 6, column E: “opinion” is none of “actions”, “evidence” and “interval”. Correct it, or leave the cell empty.
        Sheet “survey”, row 7, column A: This row has no type. Say what kind of question it is.
        Sheet “survey”, row 2, column A: This section is begun and never ended. Add a row “end_group”.
        Sheet “survey”, row 5: a: It depends on “later”, which is no question of this form. Correct the id."]]
    .assert_eq(&faults.join("\n"));
    let faults = read(
        "type | name | label | relevant
         text | a | First | ${later} = 'x'
         text | a | Second |",
    )
    .unwrap_err();
    assert!(
        faults
            .iter()
            .all(|it| it.starts_with("Sheet “survey”, row ")),
        "{faults:?}"
    );
    assert!(
        faults
            .iter()
            .any(|it| it.contains("Two questions have this id")),
        "{faults:?}"
    );
    assert!(faults.iter().any(|it| it.contains("later")), "{faults:?}");
}

#[test]
fn a_workbook_that_is_no_form_says_what_is_missing() {
    let said = |bytes: &[u8]| xlsform::read("x.xlsx", bytes).unwrap_err()[0].to_string();
    let other = plain(&[("List", survey("Id | Team\n1 | North"))]).unwrap();
    assert!(
        said(&other).contains("no sheet “survey”"),
        "{}",
        said(&other)
    );
    let headless = plain(&[("survey", survey("kind | id\ntext | a"))]).unwrap();
    assert!(
        said(&headless).contains("columns “type” and “name”"),
        "{}",
        said(&headless)
    );
    assert!(said(b"%PDF-1.7").contains("PDF"), "{}", said(b"%PDF-1.7"));
}

/// Every form that comes with Sightline.
fn built_in() -> Vec<Form> {
    sightline::form::built_in::FORMS
        .iter()
        .map(|it| it.form().expect("a built-in form has no fault"))
        .collect()
}

#[test]
fn every_built_in_form_reads_back_as_it_was_written() {
    for form in built_in() {
        let bytes = xlsform::write(&form).unwrap();
        let back = xlsform::read("form.xlsx", &bytes)
            .map_err(|faults| format!("{}: {faults:?}", form.id))
            .unwrap();
        assert_eq!(back.left_out, [], "{}", form.id);
        assert_eq!(
            serde_json::to_value(&back.form).unwrap(),
            serde_json::to_value(&form).unwrap(),
            "{}",
            form.id
        );
        assert_eq!(
            xlsform::write(&back.form).unwrap(),
            bytes,
            "the same form gives the same bytes"
        );
    }
}

#[test]
fn expressions_nested_without_end_are_refused_and_not_followed() {
    let deep = format!("{}${{a}} = 'x'{}", "(".repeat(100_000), ")".repeat(100_000));
    // A cell of a workbook holds 32,767 characters.
    let deep: String = deep.chars().take(30_000).collect();
    let imported = read(&format!(
        "type | name | label | relevant\ntext | a | First |\ntext | b | Second | {deep}"
    ))
    .unwrap();
    assert!(imported.left_out[0].message.contains("too deep"));
}

/// A form written in `LibreOffice` Calc: `tests/fixtures/spreadsheet/xlsform.xlsx`.
#[test]
fn a_form_that_a_spreadsheet_program_wrote_is_read() {
    for name in ["xlsform.xlsx", "xlsform.ods"] {
        let bytes = std::fs::read(Path::new("tests/fixtures/spreadsheet").join(name)).unwrap();
        let imported = xlsform::read(name, &bytes).unwrap();
        assert_eq!(imported.form.title, "Return home interviews: our own form");
        assert_eq!(imported.left_out.len(), 1, "{:?}", imported.left_out);
        expect![[r#"
            [
                "offered yes_no",
                "declined_why text",
                "held_on date",
                "topics several_of",
                "quality grade",
            ]
        "#]]
        .assert_debug_eq(&kinds(&imported.form));
    }
}

/// The public reader of `XLSForm` takes what we write, where it is installed (`pip install pyxform`;
/// `PYTHON` names the interpreter).
#[test]
fn the_public_reader_takes_what_we_write() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python)
        .args(["-c", "import pyxform"])
        .output();
    if !found.is_ok_and(|it| it.status.success()) {
        eprintln!("NOT CHECKED against pyxform: {python} does not have it.");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for form in built_in() {
        let path = folder.join(format!("{}.xlsx", form.id));
        std::fs::write(&path, xlsform::write(&form).unwrap()).unwrap();
        let script =
            "import sys, pyxform.xls2xform as x; r = x.convert(sys.argv[1]); print(len(r.xform))";
        let said = Command::new(&python)
            .args(["-c", script])
            .arg(&path)
            .output()
            .unwrap();
        assert!(
            said.status.success(),
            "{}: {}",
            form.id,
            String::from_utf8_lossy(&said.stderr)
        );
    }
}
