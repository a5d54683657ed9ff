//! The command line: for whoever checks a draw, scripts a round, or wants a figure without a
//! browser. Each command is one file; results go to standard output, sentences to standard error.

mod agreement;
mod balance;
mod draw;
mod estimate;
mod export;
mod extend;
mod merge;
mod open;
mod plan;
mod profile;
mod rescue;
mod rows;
mod saved;
mod trail;
mod verify;

use std::process::ExitCode;

use lexopt::prelude::{Long, Short, Value};

const HELP: &str = "\
sightline: checks and figures for audits of casework, without a browser

Usage: sightline COMMAND [ARGUMENTS]

Commands:
  profile LIST    what a case list holds: columns, notices, problems
  rows LIST       the list as it is read, as CSV
  plan            how many cases, or what a number of cases can tell
  draw LIST       a random sample with its certificate
  extend FILE     more cases of a draw, or one in the place of another
  verify FILE     whether a certificate fits its list
  balance FILE    the sample of a certificate beside its list, column by column
  estimate        what a random sample says of the whole, with how sure it is
  agreement PAIRS how far two auditors' grades agree
  open FILE       what a saved round holds
  trail FILE      who did what when in a saved round, and whether its chain holds
  export FILE     the findings of a saved round as a file
  merge A B       what two files hold of one round, in one
  rescue FOLDER   what a browser kept of a round, from its raw sealed files

`sightline COMMAND --help` tells more. Exit codes: 0 done, 1 the check found something,
2 wrong use or input that cannot be read.";

/// How a command ends, other than with a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done, nothing found.
    Done,
    /// Done, and what was checked for was found.
    Found,
}

/// Why a command gives no result: a sentence for people.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn main() -> ExitCode {
    say_sorry_on_panic();
    match run(lexopt::Parser::from_env()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(Failure(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: lexopt::Parser) -> Result<Outcome, Failure> {
    match arguments.next()? {
        Some(Value(command)) => match command.to_str() {
            Some("profile") => profile::run(arguments),
            Some("rows") => rows::run(arguments),
            Some("plan") => plan::run(arguments),
            Some("draw") => draw::run(arguments),
            Some("extend") => extend::run(arguments),
            Some("verify") => verify::run(arguments),
            Some("balance") => balance::run(arguments),
            Some("estimate") => estimate::run(arguments),
            Some("agreement") => agreement::run(arguments),
            Some("open") => open::run(arguments),
            Some("trail") => trail::run(arguments),
            Some("export") => export::run(arguments),
            Some("merge") => merge::run(arguments),
            Some("rescue") => rescue::run(arguments),
            _ => Err(Failure(format!(
                "There is no command “{}”. `sightline --help` lists those there are.",
                command.to_string_lossy()
            ))),
        },
        Some(Long("help") | Short('h')) => help(HELP),
        Some(Long("version") | Short('V')) => {
            help(concat!("sightline ", env!("CARGO_PKG_VERSION")))
        }
        Some(other) => Err(other.unexpected().into()),
        None => Err(Failure(HELP.to_owned())),
    }
}

/// Prints a text that was asked for.
pub(crate) fn help(text: &str) -> Result<Outcome, Failure> {
    print(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}

/// Prints a result; a reader that has heard enough (`| head`) is no fault.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    use std::io::{ErrorKind, Write};
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure(format!(
            "The result could not be written: {error}."
        ))),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// A fault of the program itself ends with one sentence and exit code 2, never a stack of frames.
fn say_sorry_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|at| format!(" at {}:{}", at.file(), at.line()));
        eprintln!(
            "The file could not be read: it led the program into a fault{}. It may be damaged: \
             open it in a spreadsheet program, save it as .xlsx or CSV and try again.",
            place.unwrap_or_default()
        );
        std::process::exit(2);
    }));
}
