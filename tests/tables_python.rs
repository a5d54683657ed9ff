//! `sightline rows` beside Python's csv and openpyxl, on random lists: cell for cell the same.
//! Needs python3 with openpyxl (or `SIGHTLINE_PYTHON` naming such a Python); says so if it is missing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

const FILES: usize = 300;

/// A Python that has openpyxl.
fn python() -> Option<String> {
    let named = std::env::var("SIGHTLINE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&named)
        .args(["-c", "import openpyxl"])
        .output();
    found
        .is_ok_and(|output| output.status.success())
        .then_some(named)
}

#[test]
fn rows_are_what_csv_and_openpyxl_give() {
    let Some(python) = python() else {
        // Written past the test's capture, so that a run without the judge does not look like one with it.
        let said = "rows_are_what_csv_and_openpyxl_give: SKIPPED, python3 has no openpyxl here\n";
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables_python");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables_python.py");
    let seed = std::env::var("SIGHTLINE_SEED").unwrap_or_else(|_| "1".to_owned());
    let made = Command::new(python)
        .arg(script)
        .arg(&folder)
        .args([FILES.to_string(), seed])
        .status();
    assert!(made.unwrap().success());
    for number in 0..FILES {
        let ending = if number % 2 == 1 { "csv" } else { "xlsx" };
        compare(&folder.join(format!("{number}.{ending}")));
    }
}

fn compare(list: &Path) {
    let json = fs::read_to_string(list.with_extension("json")).unwrap();
    let judge: serde_json::Value = serde_json::from_str(&json).unwrap();
    let given = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .arg("rows")
        .arg(list)
        .output()
        .unwrap();
    assert!(given.status.success(), "{}", list.display());
    let text = |cells: &serde_json::Value| -> Vec<String> {
        let cells = cells.as_array().unwrap().iter();
        cells
            .map(|cell| cell.as_str().unwrap().to_owned())
            .collect()
    };
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(given.stdout.as_slice());
    let mut rows = rows
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(
        rows.next().unwrap(),
        text(&judge["header"]),
        "{}",
        list.display()
    );
    let judged = judge["rows"].as_array().unwrap();
    for (at, row) in judged.iter().enumerate() {
        assert_eq!(
            rows.next(),
            Some(text(row)),
            "{}, row {}",
            list.display(),
            at + 2
        );
    }
    assert_eq!(rows.next(), None, "{}", list.display());
}
