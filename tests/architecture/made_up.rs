//! Each rule is able to fail: made-up sources that break it are named, and those that keep it are not.

use super::*;

/// What a rule says of one made-up file.
fn says(rule: fn(&[Source]) -> Vec<String>, path: &str, text: &str) -> Vec<String> {
    rule(&[Source::new(path, text)])
}

#[test]
fn a_module_that_reaches_up_is_named() {
    let rule = modules_use_only_what_they_may;
    let up = says(
        rule,
        "table/src/csv.rs",
        "use crate::{frame::Frame, table::Table};",
    );
    assert_eq!(up, ["table/src/csv.rs: `table` may not use `frame`"]);
    assert_eq!(
        says(rule, "src/form.rs", "fn f() { super::round::open() }").len(),
        1
    );
    assert_eq!(says(rule, "src/newcomer.rs", "//! New.").len(), 1);
    assert!(
        says(
            rule,
            "src/frame.rs",
            "use crate::table::Table; // not crate::round"
        )
        .is_empty()
    );
}

#[test]
fn a_library_with_a_clock_is_named() {
    let rule = the_library_is_pure;
    assert_eq!(
        says(
            rule,
            "src/round.rs",
            "use std::{collections::BTreeMap, time::Instant};"
        )
        .len(),
        1
    );
    assert_eq!(
        says(rule, "src/app/list.rs", "let w = web_sys::window();").len(),
        1
    );
    assert!(says(rule, "src/bin/app/main.rs", "use web_sys::Window;").is_empty());
    assert!(
        says(
            rule,
            "src/round.rs",
            "//! No web_sys.\nconst A: &str = \"std::fs\";"
        )
        .is_empty()
    );
}

#[test]
fn a_crate_out_of_place_is_named() {
    let rule = crates_stay_in_their_place;
    assert_eq!(says(rule, "src/desk.rs", "use calamine::Data;").len(), 1);
    assert_eq!(
        says(
            rule,
            "src/export/csv.rs",
            "rust_xlsxwriter::Workbook::new()"
        )
        .len(),
        1
    );
    assert!(says(rule, "table/src/shown.rs", "use calamine::Data;").is_empty());
    assert!(says(rule, "src/round.rs", "(1..).zip(cases)").is_empty());
}

#[test]
fn a_view_that_acts_is_named() {
    let rule = views_know_no_shell;
    assert_eq!(
        says(rule, "src/bin/app/view/case.rs", "use crate::world::now;").len(),
        1
    );
    assert_eq!(
        says(
            rule,
            "src/bin/app/view/case.rs",
            "use sightline::{app, store};"
        )
        .len(),
        1
    );
    assert_eq!(
        says(rule, "src/bin/app/view/case.rs", "<p style=\"color: red\">").len(),
        1
    );
    assert!(
        says(
            rule,
            "src/bin/app/view/case.rs",
            "use sightline::app::Model;"
        )
        .is_empty()
    );
}

#[test]
fn storage_and_requests_elsewhere_are_named() {
    let rule = only_the_store_keeps;
    assert_eq!(
        says(
            rule,
            "src/bin/app/world.rs",
            "use web_sys::FileSystemFileHandle;"
        )
        .len(),
        1
    );
    assert_eq!(
        says(rule, "web/start.js", "localStorage.setItem('a', 1)").len(),
        1
    );
    assert!(
        says(
            rule,
            "src/bin/store/opfs.rs",
            "use web_sys::FileSystemFileHandle;"
        )
        .is_empty()
    );
    let rule = only_the_start_asks_the_network;
    assert_eq!(
        says(
            rule,
            "src/bin/app/world.rs",
            "window.fetch_with_str(address)"
        )
        .len(),
        1
    );
    assert!(says(rule, "web/start.js", "await fetch(file)").is_empty());
}

#[test]
fn an_address_in_code_is_named() {
    let rule = no_address_stands_in_code;
    assert_eq!(
        says(
            rule,
            "src/app.rs",
            "const A: &str = \"https://example.org\";"
        )
        .len(),
        1
    );
    assert!(says(rule, "src/app.rs", "// see https://example.org").is_empty());
}

#[test]
fn a_file_badly_named_not_introduced_or_long_is_named() {
    let rule = files_are_as_they_should_be;
    assert_eq!(
        says(rule, "table/src/utils.rs", "//! Odds and ends.").len(),
        1
    );
    assert_eq!(says(rule, "table/src/lib.rs", "use std::fmt;").len(), 1);
    assert_eq!(
        says(rule, "table/src/lib.rs", &"//! Long.\n".repeat(LINES + 1)).len(),
        1
    );
    assert!(says(rule, "table/src/lib.rs", "//! Tables.").is_empty());
}

#[test]
fn comments_and_texts_are_told_from_code() {
    let source = "a(\"b // \\\" c\", '\"', r#\"d \" e\"#); // f\nfn g<'h>() {}";
    assert_eq!(stripped(source, false), "a(\"\", , \"\"); \nfn g<h>() {}");
    assert_eq!(
        stripped(source, true),
        "a(\"b // \\\" c\", , r#\"d \" e\"#); \nfn g<h>() {}"
    );
    let code = "use root::{a::{b, c}, d}; my_root::e(); root::f()";
    assert_eq!(reached(code, "root"), ["a", "d", "f"].into());
}
