//! The commands of Sightline's developers. `cargo xtask --help` lists them.
//!
//! Each command does the set-up that it needs (`setup`), says what it does while it does it, and
//! closes with a table of its steps and their times (`step`).

mod bench;
mod build;
mod faults;
mod run;
mod setup;
mod step;
mod test;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use run::Workshop;
use setup::Need;
use step::{Outcome, Steps};

const HELP: &str = "\
cargo xtask COMMAND

  serve [--release] [--port N]  Build the page and serve it on 127.0.0.1 (port 8080), building again
                                at each change; --release serves what would be deployed.
  test [STEP…]                  Run every check, or only the steps named:
                                {steps}.
  dist                          Build what to upload, in dist/, and list each file's size.
  bench [--rows N] [--sheet-rows N] [--runs N] [--only NAME,…]
                                Run the benchmarks: draws natively, then readers of lists in one run of
                                the browser, beside others (1000000 and 100000 rows, 5 runs); --only
                                leaves out readers whose names begin otherwise.
  bench draw                    Only the draws: natively and as WebAssembly, beside hashing alone.
  faults [--long] [--kills N] [--disks N] [--schedules N] [--seed TEXT]
                                Kill the browser in mid-typing, fill its disk, open many tabs, and see
                                that no word is lost; --long: 1000 kills, 50 disks, 200 schedules;
                                --seed: strike as a run did that printed it.
  reproduce                     Build dist/, build it again from a clone of the last commit in another folder,
                                and fail if a file differs.
  judge [N]                     Read so many made-up workbooks (10000) with our reader and with calamine,
                                and fail at the first difference.
  demo-data [FOLDER]            Write a made-up authority's case lists (into target/demo-data).
  screenshots                   Take a picture of every page, into target/screenshots.
  --help                        Print this text.

Each command first does the set-up that is missing: tools go into target/tools and node_modules,
never into your home folder. CHROMIUM=/path/to/browser names the browser to test with.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).parent() else {
        return wrong_use("xtask must stand in a folder of the repository.");
    };
    let mut steps = Steps::default();
    match command(&words, root.to_path_buf(), &mut steps) {
        Ok(()) => steps.close(),
        Err(message) => wrong_use(&message),
    }
}

/// Carries out one command; an error is wrong use, a failed step is in `steps`.
fn command(words: &[&str], root: PathBuf, steps: &mut Steps) -> Result<(), String> {
    let workshop = Workshop::new(root);
    match *words {
        [] | ["--help" | "-h" | "help"] => {
            println!("{}", HELP.replace("{steps}", &test::names().join(", ")));
        }
        ["serve", ref options @ ..] => {
            let (release, port) = serve_options(options)?;
            if set_up(&workshop, steps, &[Need::Build]) {
                steps.run("serve", || build::serve(&workshop, release, port));
            }
        }
        ["test", ref names @ ..] => {
            let chosen = test::choose(names)?;
            test::run(&workshop, steps, &chosen);
        }
        ["dist"] => {
            if set_up(&workshop, steps, &[Need::Build]) {
                steps.run("build", || build::release(&workshop));
                steps.run("sizes", || build::sizes(&workshop));
            }
        }
        ["bench", ref options @ ..] => benchmarks(&workshop, options, steps)?,
        ["faults", ref options @ ..] => {
            let options = faults::Options::parse(options)?;
            steps.run("native", || faults::native(&workshop));
            if set_up(&workshop, steps, &[Need::Build, Need::Browser])
                && steps.run_then("build", || build::release(&workshop))
            {
                steps.run("browser", || faults::browser(&workshop, &options));
            }
        }
        ["reproduce"] => {
            if set_up(&workshop, steps, &[Need::Build])
                && steps.run_then("build", || build::release(&workshop))
            {
                steps.run("reproduce", || build::reproduce(&workshop));
            }
        }
        ["judge"] => steps.run("judge", || test::judge(&workshop, "10000")),
        ["judge", number] => steps.run("judge", || test::judge(&workshop, number)),
        ["demo-data"] => steps.run("demo-data", || demo_data(&workshop, "target/demo-data")),
        ["demo-data", folder] => steps.run("demo-data", || demo_data(&workshop, folder)),
        ["screenshots"] => {
            if set_up(&workshop, steps, &[Need::Build, Need::Browser])
                && steps.run_then("build", || build::release(&workshop))
            {
                steps.run("screenshots", || {
                    run::succeed(workshop.node()?.arg("tests/browser/screenshots.mjs"))
                });
            }
        }
        [other, ..] => return Err(format!("`{other}` is not understood.")),
    }
    Ok(())
}

fn set_up(workshop: &Workshop, steps: &mut Steps, needs: &[Need]) -> bool {
    steps.run_then("set-up", || setup::ensure(workshop, needs))
}

fn benchmarks(workshop: &Workshop, options: &[&str], steps: &mut Steps) -> Result<(), String> {
    if options == ["draw"] {
        if set_up(workshop, steps, &[Need::Build])
            && steps.run_then("draws", || bench::draws(workshop))
        {
            steps.run("draws as wasm", || bench::wasm(workshop));
        }
        return Ok(());
    }
    let options = bench::Options::parse(options)?;
    steps.run("native", || bench::native(workshop));
    if set_up(workshop, steps, &[Need::Build, Need::Browser, Need::Peers])
        && steps.run_then("draws as wasm", || bench::wasm(workshop))
        && steps.run_then("lists", || bench::lists(workshop, &options))
        && steps.run_then("build", || build::release(workshop))
    {
        steps.run("browser", || bench::browser(workshop, &options));
        steps.run("typing", || bench::typing(workshop));
        steps.run("start", || bench::startup(workshop));
    }
    Ok(())
}

fn serve_options(options: &[&str]) -> Result<(bool, u16), String> {
    let (mut release, mut port) = (false, 8080);
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        match *option {
            "--release" => release = true,
            "--port" => {
                port = rest
                    .next()
                    .and_then(|text| text.parse().ok())
                    .ok_or("--port needs a number between 1 and 65535.")?;
            }
            other => return Err(format!("serve does not know `{other}`.")),
        }
    }
    Ok((release, port))
}

fn demo_data(workshop: &Workshop, folder: &str) -> Result<Outcome, String> {
    let run = [
        "run",
        "--release",
        "--package",
        "sightline",
        "--example",
        "demo_data",
        "--",
    ];
    run::succeed(workshop.command("cargo").args(run).arg(folder))
}

fn wrong_use(message: &str) -> ExitCode {
    eprintln!("{message} `cargo xtask --help` lists the commands.");
    ExitCode::from(2)
}
