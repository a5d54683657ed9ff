//! `docs/bad-lists.md` says which test holds each of its claims: here each of them must be there.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, a file that cannot be read is a failure"
)]

use std::fs;
use std::path::Path;

/// The text of every test, in Rust and in the browser.
fn tests(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests(&path, text);
        } else if matches!(
            path.extension().and_then(|it| it.to_str()),
            Some("rs" | "mjs")
        ) {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// The names in the last column of a row.
fn named(row: &str) -> impl Iterator<Item = &str> {
    let last = row
        .trim_end_matches('|')
        .rsplit('|')
        .next()
        .unwrap_or_default();
    last.split('`').skip(1).step_by(2)
}

#[test]
fn every_test_that_is_named_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    tests(&root.join("tests"), &mut all);
    tests(&root.join("src"), &mut all);
    let page = fs::read_to_string(root.join("docs/bad-lists.md")).unwrap();
    let (_, claims) = page.split_once("## What comes").unwrap();
    let rows: Vec<&str> = claims
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() > 30, "{}", rows.len());
    for row in rows {
        assert!(named(row).count() > 0, "no test: {row}");
        for name in named(row) {
            let there =
                all.contains(&format!("fn {name}()")) || all.contains(&format!("test(\"{name}"));
            assert!(there, "“{name}” is no test: {row}");
        }
    }
}
