//! Writes Harrowmere, a made-up authority, as the files that a real one would bring: the eleven lists
//! of Annex A and the lists of vulnerable adolescents as XLSX, ODS and CSV.
//!
//! `cargo run --release --example demo_data -- FOLDER` writes all of it,
//! `… -- --small FOLDER` only the small list that the page offers,
//! `… -- --lists 6,7,8 FOLDER` only these lists of Annex A, as XLSX.

mod authority;
mod calendar;
mod files;
mod lists;
mod mess;
mod random;
mod sheet;
mod small;
mod write;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "Usage: demo_data [--small] [--lists 6,7,8] [--seed NUMBER] FOLDER";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let (mut folder, mut small, mut lists, mut seed) = (None, false, Vec::new(), files::SEED);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("small") => small = true,
            Long("seed") => seed = arguments.value()?.parse()?,
            Long("lists") => {
                let chosen = arguments.value()?.string()?;
                lists = chosen
                    .split(',')
                    .map(str::parse)
                    .collect::<Result<Vec<usize>, _>>()?;
            }
            Value(path) if folder.is_none() => folder = Some(PathBuf::from(path)),
            other @ (Short(_) | Long(_) | Value(_)) => return Err(other.unexpected().into()),
        }
    }
    let folder = folder.ok_or("Name the folder to write to.")?;
    let authority = authority::make(seed);
    let files = if small {
        files::small(&authority)?
    } else if lists.is_empty() {
        files::all(&authority)?
    } else {
        files::some_lists(&authority, &lists)?
    };
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, &bytes)?;
        println!("{} ({} bytes)", path.display(), bytes.len());
    }
    Ok(())
}
