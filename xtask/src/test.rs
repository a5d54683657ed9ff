//! Every check that a change must pass, as steps that can be run one by one.

use std::fs;
use std::time::Duration;

use crate::build;
use crate::run::{Workshop, output, succeed, succeed_within};
use crate::setup::{self, Need};
use crate::step::{Outcome, Steps};

/// One check: its name, what must be there for it, and how it is done.
pub(crate) struct Check {
    name: &'static str,
    needs: &'static [Need],
    run: fn(&Workshop) -> Result<Outcome, String>,
}

/// In this order: what fails fastest comes first, and each builds on what the ones before it compiled.
const CHECKS: [Check; 8] = [
    Check {
        name: "format",
        needs: &[Need::Lints],
        run: format,
    },
    Check {
        name: "lint",
        needs: &[Need::Lints],
        run: lint,
    },
    Check {
        name: "lint-web",
        needs: &[Need::Lints, Need::Build],
        run: lint_web,
    },
    Check {
        name: "docs",
        needs: &[],
        run: docs,
    },
    Check {
        name: "native",
        needs: &[Need::Judges],
        run: native,
    },
    Check {
        name: "audit",
        needs: &[Need::Audit],
        run: audit,
    },
    Check {
        name: "build",
        needs: &[Need::Build],
        run: build::release,
    },
    Check {
        name: "browser",
        needs: &[Need::Build, Need::Browser],
        run: browser,
    },
];

/// The names of the checks, for people.
pub(crate) fn names() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.name).collect()
}

/// The checks with these names, in our order; all of them when none is named.
pub(crate) fn choose(names: &[&str]) -> Result<Vec<&'static Check>, String> {
    if let Some(unknown) = names.iter().find(|name| !self::names().contains(name)) {
        return Err(format!("There is no check `{unknown}`."));
    }
    Ok(CHECKS
        .iter()
        .filter(|check| names.is_empty() || names.contains(&check.name))
        .collect())
}

/// Runs the checks, all of them even when one fails, then looks at what they left in the tree.
pub(crate) fn run(workshop: &Workshop, steps: &mut Steps, checks: &[&Check]) {
    let before = tree(workshop);
    let needs: Vec<Need> = checks
        .iter()
        .flat_map(|check| check.needs)
        .copied()
        .collect();
    if !steps.run_then("set-up", || setup::ensure(workshop, &needs)) {
        return;
    }
    let mut built = true;
    for check in checks {
        if check.name == "browser" && !built {
            steps.run(check.name, || Err("not run: the page was not built".into()));
            continue;
        }
        let went_well = steps.run_then(check.name, || (check.run)(workshop));
        built &= went_well || check.name != "build";
    }
    steps.run("clean tree", || {
        clean(before.as_deref(), tree(workshop).as_deref())
    });
}

fn format(workshop: &Workshop) -> Result<Outcome, String> {
    succeed(workshop.command("cargo").args(["fmt", "--all", "--check"]))
}

/// The long form of a test: so many made-up workbooks are read by our reader and by calamine.
pub(crate) fn judge(workshop: &Workshop, number: &str) -> Result<Outcome, String> {
    let workbooks: u32 = number
        .parse()
        .map_err(|_| format!("`{number}` is no number of workbooks."))?;
    let test = ["test", "--release", "--package", "sightline-table", "--lib"];
    let mut judge = workshop.command("cargo");
    judge
        .args(test)
        .arg("workbook::judge")
        .env("SIGHTLINE_WORKBOOKS", workbooks.to_string());
    succeed(&mut judge)?;
    Ok(Outcome::Noted(format!(
        "{workbooks} workbooks read by both, 0 differences"
    )))
}

fn lint(workshop: &Workshop) -> Result<Outcome, String> {
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ];
    succeed(workshop.command("cargo").args(clippy))
}

fn lint_web(workshop: &Workshop) -> Result<Outcome, String> {
    let mut clippy = workshop.command("cargo");
    clippy
        .args([
            "clippy",
            "--target",
            "wasm32-unknown-unknown",
            "--features",
            "web",
            "--locked",
        ])
        .args([
            "--bin",
            "app",
            "--bin",
            "clerk-worker",
            "--bin",
            "list-worker",
            "--bin",
            "lock-worker",
            "--bin",
            "store-worker",
        ])
        .args(["--", "-D", "warnings"]);
    succeed(&mut clippy)
}

fn docs(workshop: &Workshop) -> Result<Outcome, String> {
    let doc = [
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--locked",
    ];
    succeed(
        workshop
            .command("cargo")
            .args(doc)
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn native(workshop: &Workshop) -> Result<Outcome, String> {
    succeed(
        workshop
            .command("cargo")
            .args(["test", "--workspace", "--locked"])
            .env("PYTHONPATH", workshop.root.join(setup::JUDGES)),
    )
}

/// Licences, duplicates and sources always; advisories when their database can be reached.
fn audit(workshop: &Workshop) -> Result<Outcome, String> {
    let deny = |arguments: &[&str]| {
        let mut deny = workshop.command("cargo-deny");
        deny.arg("--locked").args(arguments);
        deny
    };
    succeed(&mut deny(&["check", "licenses", "bans", "sources"]))?;
    if succeed_within(&mut deny(&["fetch", "db"]), Duration::from_secs(30)) {
        return succeed(&mut deny(&["check", "--disable-fetch", "advisories"]));
    }
    let note = "advisories NOT checked: the database could not be reached";
    println!("{note}");
    Ok(Outcome::Noted(note.into()))
}

fn browser(workshop: &Workshop) -> Result<Outcome, String> {
    if !workshop.root.join("dist/index.html").is_file() {
        return Err("there is no dist/ to test: `cargo xtask test build browser`".into());
    }
    let mut tests: Vec<_> = fs::read_dir(workshop.root.join("tests/browser"))
        .map_err(|error| format!("tests/browser: {error}"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    tests.sort();
    succeed(
        workshop
            .node()?
            .args(["--test", "--test-reporter=spec"])
            .args(tests),
    )
}

/// What git sees changed, or nothing where there is no git.
fn tree(workshop: &Workshop) -> Option<String> {
    output(workshop.command("git").args(["status", "--porcelain"])).ok()
}

/// A clean tree must stay clean. One with work in it must stay as it was, but on a build machine
/// nobody works, so there it fails.
fn clean(before: Option<&str>, after: Option<&str>) -> Result<Outcome, String> {
    let (Some(before), Some(after)) = (before, after) else {
        return Ok(Outcome::Left("this is not a git work tree".into()));
    };
    if after.is_empty() {
        return Ok(Outcome::Done);
    }
    print!("{after}");
    if before != after {
        return Err("the checks changed the files listed above".into());
    }
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        return Err("the tree had changes before the checks began".into());
    }
    Ok(Outcome::Noted(
        "unchanged by the checks, though it had changes before they began".into(),
    ))
}
