//! What leaves: the files read back by other readers hold every answer, and nothing else.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]
#![expect(clippy::needless_raw_string_hashes, reason = "expect_test writes them")]

#[path = "export/audit.rs"]
mod audit;
#[path = "export/readers.rs"]
mod readers;

use expect_test::expect;
use proptest::prelude::*;
use sightline::export::{Cell, Options, Report, Sheet, SheetName, csv, guard, json, workbook};

use audit::{IDS, TICKETS, audited, day};
use readers::{entries, read_csv, read_workbook};

/// 23 November 2026, in the afternoon.
const MADE_AT: i64 = 1_795_445_000_000;

fn report(with_ids: bool, drafts: bool) -> Report {
    Report::of(
        &audited(),
        &Options {
            with_ids,
            drafts,
            made_at: MADE_AT,
        },
    )
}

/// A report of one sheet of answers with these texts, a row each.
fn texts(texts: &[String]) -> Report {
    let mut report = report(false, false);
    report
        .sheets
        .retain(|sheet| sheet.name == SheetName::Answers);
    for sheet in &mut report.sheets {
        sheet.columns.truncate(2);
        sheet.rows = (1..)
            .zip(texts)
            .map(|(at, text)| vec![Cell::Number(at), Cell::text(text)])
            .collect();
    }
    report
}

#[test]
fn another_reader_finds_in_the_workbook_exactly_what_the_report_shows() {
    for (with_ids, drafts) in [(false, false), (true, false), (false, true), (true, true)] {
        let report = report(with_ids, drafts);
        let shown: Vec<_> = report
            .sheets
            .iter()
            .map(|sheet| {
                let headings = sheet
                    .columns
                    .iter()
                    .map(|column| column.heading.clone())
                    .collect();
                (sheet.name.to_string(), headings, sheet.rows.clone())
            })
            .collect();
        assert_eq!(read_workbook(&workbook::write(&report).unwrap()), shown);
    }
}

#[test]
fn every_grade_and_every_reason_is_in_the_workbook() {
    let round = audited();
    let sheets = read_workbook(&workbook::write(&report(false, true)).unwrap());
    let (_, _, answers) = sheets.iter().find(|sheet| sheet.0 == "Answers").unwrap();
    for (case, review) in &round.reviews {
        for question in round.form.questions() {
            let row = answers.iter().find(|row| {
                row[0] == Cell::Number(case.0.into()) && row[2] == Cell::text(&question.text)
            });
            let (grade, text) = audit::expected(&round.form, review, question);
            assert_eq!(row.unwrap()[3..5], [Cell::text(grade), Cell::text(text)]);
        }
    }
    let (_, headings, grades) = sheets.iter().find(|sheet| sheet.0 == "Grades").unwrap();
    assert_eq!(
        headings[1..],
        ["Good", "Fair", "Poor", "Not applicable", "Not graded"]
    );
    let counts: Vec<Vec<String>> = grades
        .iter()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    assert_eq!(
        counts,
        [
            ["Plans", "1", "0", "2", "0", "0"],
            ["The child’s voice", "0", "1", "0", "1", "1"]
        ]
    );
}

#[test]
fn the_container_holds_the_sheets_and_the_chart_and_nothing_else() {
    let entries = entries(&workbook::write(&report(true, true)).unwrap());
    let names: Vec<_> = entries.keys().map(String::as_str).collect();
    expect![[r#"
        [Content_Types].xml
        _rels/.rels
        docProps/app.xml
        docProps/core.xml
        xl/_rels/workbook.xml.rels
        xl/charts/chart1.xml
        xl/drawings/_rels/drawing1.xml.rels
        xl/drawings/drawing1.xml
        xl/sharedStrings.xml
        xl/styles.xml
        xl/theme/theme1.xml
        xl/workbook.xml
        xl/worksheets/_rels/sheet2.xml.rels
        xl/worksheets/sheet1.xml
        xl/worksheets/sheet2.xml
        xl/worksheets/sheet3.xml
        xl/worksheets/sheet4.xml
        xl/worksheets/sheet5.xml
        xl/worksheets/sheet6.xml"#]]
    .assert_eq(&names.join("\n"));
    let text = |name: &str| String::from_utf8(entries[name].clone()).unwrap();
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Sightline findings</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">2026-11-23T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-23T00:00:00Z</dcterms:modified></cp:coreProperties>"#]].assert_eq(&text("docProps/core.xml"));
    let book = text("xl/workbook.xml");
    assert_eq!(book.matches("<sheet ").count(), 6);
    assert!(
        !book.contains("state=") && !book.contains("hidden"),
        "{book}"
    );
    for (name, content) in &entries {
        let content = String::from_utf8_lossy(content);
        assert!(
            !content.contains("hidden=\"1\"") && !content.contains("<f>"),
            "{name}"
        );
    }
    let chart = text("xl/charts/chart1.xml");
    for part in [
        "Grades!$A$2:$A$3",
        "Grades!$B$1",
        "Grades!$F$2:$F$3",
        "\"stacked\"",
    ] {
        assert!(chart.contains(part), "{part} in {chart}");
    }
    let answers = text("xl/worksheets/sheet3.xml");
    assert!(answers.contains(r#"topLeftCell="A2""#) && answers.contains(r#"state="frozen""#));
}

#[test]
fn without_ids_no_id_and_no_ticket_leaves() {
    let leaks = |with_ids: bool| {
        let report = report(with_ids, true);
        let mut files = entries(&workbook::write(&report).unwrap());
        files.insert("csv".to_owned(), csv::write(&report));
        files.insert("json".to_owned(), json::write(&report));
        let mut found = Vec::new();
        for (name, content) in &files {
            let content = String::from_utf8_lossy(content);
            for secret in IDS.iter().chain(&TICKETS) {
                if content.contains(secret) {
                    found.push(format!("{name}: {secret}"));
                }
            }
        }
        found
    };
    assert_eq!(leaks(false), Vec::<String>::new());
    // The same search finds them where they are asked for: three in the strings, two in the CSV
    // (ids of the cases begun) and all in the JSON.
    let found = leaks(true);
    for file in ["xl/sharedStrings.xml", "csv", "json"] {
        assert!(found.iter().any(|leak| leak.starts_with(file)), "{found:?}");
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = report(true, true);
    let bytes = workbook::write(&report).unwrap();
    assert_eq!(bytes, workbook::write(&report).unwrap());
    let posted: Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    // The certificate stays behind: only the JSON file holds it.
    let certificate = None;
    assert_eq!(
        posted,
        Report {
            certificate,
            ..report
        }
    );
    assert_eq!(bytes, workbook::write(&posted).unwrap());
}

#[test]
fn files_are_named_by_the_day_alone() {
    assert_eq!(
        report(true, false).file_name("xlsx"),
        "sightline-findings-2026-11-23.xlsx"
    );
}

#[test]
fn unless_asked_for_a_draft_is_neither_counted_nor_shown() {
    let cases = |drafts: bool| {
        let report = report(false, drafts);
        let sheet = report.sheet(SheetName::Answers).unwrap();
        let mut cases: Vec<_> = sheet.rows.iter().map(|row| row[0].to_string()).collect();
        cases.dedup();
        cases
    };
    assert_eq!(cases(false), ["1", "2"]);
    assert_eq!(cases(true), ["1", "2", "3"]);
}

#[test]
fn an_id_in_what_somebody_wrote_is_warned_of() {
    assert_eq!(report(false, true).warnings, Vec::<String>::new());
    let round = audit::with_reason(&format!("See the note on ({}), too.", IDS[2]));
    let options = Options {
        made_at: MADE_AT,
        ..Options::default()
    };
    let warnings = Report::of(&round, &options).warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].contains("“Answers”") && warnings[0].contains("(case 1)"),
        "{warnings:?}"
    );
    assert!(!warnings[0].contains(IDS[2]));
}

#[test]
fn a_text_too_long_for_a_cell_is_named_and_never_cut() {
    let longest = "ä".repeat(32_767);
    let rows = read_workbook(&workbook::write(&texts(std::slice::from_ref(&longest))).unwrap())
        .remove(0)
        .2;
    assert_eq!(rows[0][1], Cell::text(&longest));
    let report = texts(&["short".to_owned(), longest + "x"]);
    let refusal = workbook::write(&report).unwrap_err().to_string();
    assert!(
        refusal.starts_with("Row 3 of the sheet “Answers” has a text"),
        "{refusal}"
    );
    assert!(csv::write(&report).len() > 65_535);
}

#[test]
fn the_summary_accounts_for_every_row_and_says_what_the_counts_bear() {
    let report = report(false, false);
    let lines: Vec<_> = report
        .sheet(SheetName::Summary)
        .unwrap()
        .rows
        .iter()
        .map(|row| line(row))
        .collect();
    expect![[r#"
        Round: November
        Opened by: Alex Grey
        Opened on: 2026-11-20
        Form: Small audit, version 1.0
        Case list: annex-a.xlsx
        Sheet: List 7
        A case is named by: Child Unique ID
        Rows read: 40
        Cases in the frame: 36
        Rows excluded: 3
        Excluded: Repeats the id of an earlier row: 3
        Faulty rows: 1
        Every row accounted for: 40 rows read = 36 in the frame + 3 excluded + 1 faulty
        Fingerprint of the frame: cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd
        Method: Simple: the smallest tickets (version 1)
        Seed: 63454660390103169462
        Where the seed came from: Rolled with dice
        Draw of this frame: 2: The first list was of the wrong month
        Cases in the sample: 4
        Signed: 2
        Complete, not signed: 0
        Begun, not complete: 1
        Not begun: 1
        Counted: Signed cases only
        What the counts bear: 2 of 4 sampled cases have been read and signed. The counts say nothing of the other 2 in the sample and are no estimate for the rest of the list.
        How cases are named: By number in the draw only: ids and tickets are left out"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn the_csv_is_as_documented() {
    let bytes = csv::write(&report(true, false));
    expect![[r#"
        ﻿Case,Case id,Section,Question,Grade,Reason or answer,Signed by,Signed on␍
        1,00731-K,Plans,How good is the plan?,Good,"'=1+1 is what the plan says; “brief”, she said,
        and general.",Pat O’Neill,2026-11-20␍
        1,00731-K,Plans,Actions for the plan,,"Hold a strategy meeting; owner: Team manager; due: 2026-12-01
        -See the child alone; due: next week",Pat O’Neill,2026-11-20␍
        1,00731-K,The child’s voice,Is the child heard?,Fair," Seen alone once. ",Pat O’Neill,2026-11-20␍
        1,00731-K,The child’s voice,What did the child say?,,'+44 “Nobody asks.”,Pat O’Neill,2026-11-20␍
        2,AB-130|2,Plans,How good is the plan?,Poor,No contingency.,Sam Lee,2026-11-20␍
        2,AB-130|2,Plans,Actions for the plan,,,Sam Lee,2026-11-20␍
        2,AB-130|2,The child’s voice,Is the child heard?,Not applicable,Unborn.,Sam Lee,2026-11-20␍
        2,AB-130|2,The child’s voice,What did the child say?,,,Sam Lee,2026-11-20␍
    "#]].assert_eq(&String::from_utf8(bytes).unwrap().replace('\r', "␍"));
}

#[test]
fn the_json_is_as_documented() {
    let bytes = json::write(&report(true, false));
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(json["format"], "sightline-findings/1");
    assert_eq!(json["certificate"]["sample"][0]["id"], IDS[0]);
    let sheet = |name: &str| {
        let sheets = json["sheets"].as_array().unwrap();
        sheets
            .iter()
            .find(|sheet| sheet["name"] == name)
            .unwrap()
            .clone()
    };
    expect![[r#"
        [
          {
            "action": "Hold a strategy meeting",
            "case": 1,
            "due": "2026-12-01",
            "owner": "Team manager",
            "section": "Plans"
          },
          {
            "action": "-See the child alone",
            "case": 1,
            "due": "next week",
            "owner": null,
            "section": "Plans"
          }
        ]"#]]
    .assert_eq(&serde_json::to_string_pretty(&sheet("Actions")["rows"]).unwrap());
    let kinds = sheet("Actions")["columns"].to_string();
    expect![[r#"[{"heading":"Case","key":"case","kind":"number"},{"heading":"Section","key":"section","kind":"text"},{"heading":"What must happen","key":"action","kind":"text"},{"heading":"Who","key":"owner","kind":"text"},{"heading":"By when","key":"due","kind":"date"}]"#]].assert_eq(&kinds);
    assert_eq!(sheet("Answers")["rows"][0]["grade"], "Good");
    assert_eq!(sheet("Answers")["rows"][0]["case_id"], IDS[0]);
    assert_eq!(sheet("Grades")["rows"][0]["grade_poor"], 1);
}

#[test]
fn a_round_that_has_only_been_opened_has_a_report_too() {
    let report = Report::of(&audit::opened(), &Options::default());
    assert!(workbook::write(&report).is_ok());
    let bearing = "No sample has been drawn yet, so there is nothing to count.";
    assert!(
        report.sheets[0]
            .rows
            .iter()
            .any(|row| row[1] == Cell::text(bearing))
    );
}

fn line(row: &[Cell]) -> String {
    row.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_comes_back_from_the_csv(text in prop::collection::vec(any::<String>(), 1..8)) {
        let rows = read_csv(&csv::write(&texts(&text)));
        let back: Vec<_> = rows.iter().map(|row| guard::unguard(&row[1]).to_owned()).collect();
        prop_assert_eq!(back, text);
    }

    #[test]
    fn any_text_comes_back_from_the_workbook(
        text in prop::collection::vec("(\\PC|[\\r\\n\\t \u{a0}=+_x0-9A-F<&\u{0}-\u{1f}]){0,12}", 1..8),
    ) {
        let sheets = read_workbook(&workbook::write(&texts(&text)).unwrap());
        let back: Vec<_> = sheets[0].2.iter().map(|row| row[1].to_string()).collect();
        prop_assert_eq!(back, text);
    }

    #[test]
    fn any_text_comes_back_from_the_json(text in prop::collection::vec(any::<String>(), 1..8)) {
        let json: serde_json::Value = serde_json::from_slice(&json::write(&texts(&text))).unwrap();
        let rows = json["sheets"][0]["rows"].as_array().unwrap();
        let back: Vec<_> =
            rows.iter().map(|row| row["section"].as_str().unwrap_or_default().to_owned()).collect();
        prop_assert_eq!(back, text);
    }
}

#[test]
fn days_stand_as_days() {
    let report = report(false, false);
    let answers: &Sheet = report.sheet(SheetName::Answers).unwrap();
    assert_eq!(answers.rows[0].last(), Some(&Cell::Date(day("2026-11-20"))));
}
