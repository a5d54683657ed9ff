//! The benchmarks: draws natively, and readers of lists in a browser, beside those of others.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Workshop, succeed};
use crate::step::Outcome;

/// Where the long lists lie that are read.
const LISTS: &str = "target/bench";

/// How large the lists are, and what is passed on to the browser benchmark.
pub(crate) struct Options {
    rows: u32,
    sheet_rows: u32,
    passed_on: Vec<String>,
}

impl Options {
    /// What stands on the command line.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self {
            rows: 1_000_000,
            sheet_rows: 100_000,
            passed_on: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        for pair in words.chunks(2) {
            let &[option, value] = pair else {
                return Err(format!("`{}` needs a value.", pair.concat()));
            };
            let number = value.parse();
            match (option, number) {
                ("--rows", Ok(rows)) if rows >= 100 => options.rows = rows,
                ("--sheet-rows", Ok(rows)) => options.sheet_rows = rows,
                ("--runs", Ok(1..)) | ("--only", _) => {}
                _ => return Err(format!("bench does not know `{option} {value}`.")),
            }
        }
        Ok(options)
    }
}

/// The benchmarks that need no browser.
pub(crate) fn native(workshop: &Workshop) -> Result<Outcome, String> {
    let bench = ["bench", "--package", "sightline", "--benches"];
    succeed(workshop.command("cargo").args(bench))
}

/// The benchmark of draws alone, natively.
pub(crate) fn draws(workshop: &Workshop) -> Result<Outcome, String> {
    let bench = ["bench", "--package", "sightline", "--bench", "draw"];
    succeed(workshop.command("cargo").args(bench))
}

/// The benchmark of draws again, as WebAssembly: as in the list worker.
pub(crate) fn wasm(workshop: &Workshop) -> Result<Outcome, String> {
    let build = "build --package sightline --bench draw --features web --profile web \
                 --target wasm32-unknown-unknown --target-dir target/bench/wasm";
    succeed(workshop.command("cargo").args(build.split_whitespace()))?;
    let deps = workshop
        .root
        .join("target/bench/wasm/wasm32-unknown-unknown/web/deps");
    let module = newest(&deps).ok_or("The benchmark of draws was not built.")?;
    let bind = [
        "--target",
        "experimental-nodejs-module",
        "--out-dir",
        "target/bench/draw",
        "--out-name",
        "draw",
    ];
    succeed(workshop.command("wasm-bindgen").args(bind).arg(module))?;
    succeed(
        workshop
            .command("node")
            .args(["benches/draw.mjs", "target/bench/draw/draw.js"]),
    )
}

/// The module that was built last in a folder.
fn newest(folder: &Path) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.flatten();
    let modules = files.filter(|file| {
        let path = file.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("draw-"))
            && path.extension().is_some_and(|end| end == "wasm")
    });
    let newest = modules.max_by_key(|file| file.metadata().and_then(|about| about.modified()).ok());
    newest.map(|file| file.path())
}

/// Writes the long lists that are not there yet: three sizes of CSV, to see how time grows.
pub(crate) fn lists(workshop: &Workshop, options: &Options) -> Result<Outcome, String> {
    let rows = options.rows;
    let run = [
        "run",
        "--release",
        "--package",
        "sightline",
        "--example",
        "long_lists",
        "--",
        LISTS,
        &format!("{},{},{rows}", rows / 100, rows / 10),
        &options.sheet_rows.to_string(),
    ];
    succeed(workshop.command("cargo").args(run))
}

/// Reads them in one run of the browser, ours and the others in turn.
pub(crate) fn browser(workshop: &Workshop, options: &Options) -> Result<Outcome, String> {
    let mut node = workshop.node()?;
    succeed(
        node.arg("benches/browser/main.mjs")
            .args(&options.passed_on),
    )
}

/// Types in a round that is longer than any real one.
pub(crate) fn typing(workshop: &Workshop) -> Result<Outcome, String> {
    succeed(workshop.node()?.arg("benches/browser/typing.mjs"))
}

/// How soon the first page can be used, on a slow computer with a slow line, beside another's.
pub(crate) fn startup(workshop: &Workshop) -> Result<Outcome, String> {
    succeed(workshop.node()?.arg("benches/browser/startup/main.mjs"))
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn sizes_are_read_and_all_else_is_passed_on() {
        let words = ["--rows", "20000", "--runs", "1", "--only", "Sightline,bare"];
        let options = Options::parse(&words).unwrap();
        assert_eq!((options.rows, options.sheet_rows), (20_000, 100_000));
        assert_eq!(options.passed_on, words);
    }

    #[test]
    fn what_is_not_known_is_named() {
        for words in [["--rows", "many"], ["--runs", "0"], ["--quick", "1"]] {
            let said = Options::parse(&words).map(|_| ()).unwrap_err();
            assert!(said.contains(words[0]), "{said}");
        }
        assert!(Options::parse(&["--rows"]).is_err());
    }
}
