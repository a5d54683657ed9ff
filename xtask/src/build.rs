//! Building the page with Trunk, serving it while it is worked on, and what its files weigh.

use std::fs;
use std::path::PathBuf;
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
