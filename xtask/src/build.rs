//! Building the page with Trunk, serving it while it is worked on, and what its files weigh.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Workshop, succeed};
use crate::step::Outcome;

/// What Trunk builds, before it is packed.
const BUILT: &str = "target/site";

/// Builds what would be deployed, into `dist/`.
pub(crate) fn release(workshop: &Workshop) -> Result<Outcome, String> {
    succeed(trunk(workshop, "build")?.args(["--release", "--dist", BUILT]))?;
    succeed(
        workshop
            .command("node")
            .args(["xtask/pack.mjs", BUILT, "dist"]),
    )
}

/// Serves the page until it is interrupted, building again at each change.
pub(crate) fn serve(workshop: &Workshop, release: bool, port: u16) -> Result<Outcome, String> {
    let mut serve = trunk(workshop, "serve")?;
    serve.args(["--port", &port.to_string()]);
    // Not into dist/: what lies there is always what would be deployed.
    if release {
        serve.args(["--release", "--dist", BUILT]);
    } else {
        serve.args(["--dist", "target/serve"]);
    }
    println!("Once built, Sightline is at http://127.0.0.1:{port}/");
    println!("It is built again at each change (then reload the page). Ctrl+C ends it.\n");
    succeed(&mut serve)
}

/// Builds the last commit again in another folder, and says whether `dist/` there has the same bytes.
pub(crate) fn reproduce(workshop: &Workshop) -> Result<Outcome, String> {
    let clone = workshop.root.join("target/reproduce/in-another-folder");
    if clone.exists() {
        fs::remove_dir_all(&clone).map_err(|error| format!("{}: {error}", clone.display()))?;
    }
    let shown = clone.display().to_string();
    let cloned = ["clone", "--quiet", ".", &shown];
    succeed(workshop.command("git").args(cloned))?;
    // The tools are not built again.
    fs::create_dir_all(clone.join("target")).map_err(|error| error.to_string())?;
    let tools = ["-a", "target/tools", &format!("{shown}/target/tools")];
    succeed(workshop.command("cp").args(tools))?;
    let again = ["xtask", "dist"];
    succeed(workshop.command("cargo").args(again).current_dir(&clone))?;
    let sums = |folder: &Path| {
        let list = folder.join("dist/SHA256SUMS");
        fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))
    };
    let (here, there) = (sums(&workshop.root)?, sums(&clone)?);
    let differ = |line: &&str| !there.lines().any(|other| other == *line);
    let different: Vec<&str> = here.lines().filter(differ).collect();
    if here != there {
        return Err(format!(
            "the second build differs: {}",
            different.join("; ")
        ));
    }
    let files = here.lines().count();
    Ok(Outcome::Noted(format!(
        "{files} files, the same bytes in both"
    )))
}

/// Lists the size of each file to upload: as it is, and as a host sends it.
pub(crate) fn sizes(workshop: &Workshop) -> Result<Outcome, String> {
    succeed(workshop.command("node").args(["xtask/sizes.mjs", "dist"]))
}

/// Trunk works without a network (see Trunk.toml), so what cargo needs is brought before.
fn trunk(workshop: &Workshop, subcommand: &str) -> Result<Command, String> {
    succeed(workshop.command("cargo").args(["fetch", "--locked"]))?;
    let mut trunk = workshop.command("trunk");
    trunk
        .arg(subcommand)
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            without_paths(),
        )
        .env_remove("NO_COLOR") // Trunk takes only true or false for it
        // It cannot shorten wasm-bindgen's scripts, leaves them as they are, and warns each time.
        .env("RUST_LOG", "trunk=info,trunk::processing::minify=error");
    Ok(trunk)
}

/// What makes the compiler leave out of a program where the crates' sources lie on this machine: that
/// concerns nobody, and the same program would differ from machine to machine.
fn without_paths() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let registries = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let folders = registries.into_iter().flatten().flatten();
    let flags: Vec<String> = folders
        .map(|folder| format!("--remap-path-prefix={}=crates", folder.path().display()))
        .collect();
    flags.join(" ")
}
