//! Set-up: brings what a command needs and the machine lacks; what is there is left alone.
//!
//! Tools go into `target/tools` and `node_modules`, never into the user's home.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run::{Workshop, output, succeed};
use crate::step::Outcome;

/// What a command needs to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// rustfmt and clippy.
    Lints,
    /// All that turns the sources into the page: the wasm32 target, Trunk, wasm-bindgen, npm packages.
    Build,
    /// A browser to test with.
    Browser,
    /// cargo-deny.
    Audit,
    /// The Python packages that judge draws and the reading of lists.
    Judges,
    /// The other readers that ours are measured against.
    Peers,
}

/// A tool that cargo builds from the registry.
struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    arguments: &'static [&'static str],
}

/// Brings whatever of the needs is missing.
pub(crate) fn ensure(workshop: &Workshop, needs: &[Need]) -> Result<Outcome, String> {
    if needs.contains(&Need::Lints) {
        component(workshop, "rustfmt", "fmt")?;
        component(workshop, "clippy", "clippy")?;
    }
    if needs.contains(&Need::Build) {
        node(workshop)?;
        wasm_target(workshop)?;
        packages(workshop, "")?;
        compressor(workshop)?;
    }
    if needs.contains(&Need::Peers) {
        packages(workshop, "benches/browser")?;
    }
    if needs.contains(&Need::Judges) {
        judges(workshop);
    }
    tools(workshop, needs)?;
    if needs.contains(&Need::Browser) {
        browser(workshop)?;
    }
    println!("All that is needed is there.");
    Ok(Outcome::Done)
}

fn component(workshop: &Workshop, component: &str, subcommand: &str) -> Result<(), String> {
    if output(workshop.command("cargo").args([subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    rustup(workshop, &["component", "add", component])
}

fn wasm_target(workshop: &Workshop) -> Result<(), String> {
    let target = "wasm32-unknown-unknown";
    let question = ["--print", "target-libdir", "--target", target];
    let folder = output(workshop.command("rustc").args(question))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    rustup(workshop, &["target", "add", target])
}

fn rustup(workshop: &Workshop, arguments: &[&str]) -> Result<(), String> {
    succeed(workshop.command("rustup").args(arguments))
        .map(drop)
        .map_err(|error| {
            format!("{error}. Install Rust with rustup (https://rustup.rs), then try again.")
        })
}

fn node(workshop: &Workshop) -> Result<(), String> {
    let found = output(workshop.command("node").arg("--version")).unwrap_or_default();
    let major = found.trim().trim_start_matches('v').split('.').next();
    if major
        .and_then(|text| text.parse::<u32>().ok())
        .is_none_or(|major| major < 20)
    {
        return Err("Node.js 20 or later, with npm, is needed: install it, then try again.".into());
    }
    Ok(())
}

/// npm's packages of a folder, exactly those of its lock file; a copy of it among them says that they
/// are there.
fn packages(workshop: &Workshop, folder: &str) -> Result<(), String> {
    let folder = workshop.root.join(folder);
    let wanted = read(&folder.join("package-lock.json"))?;
    let mark = folder.join("node_modules/.sightline-lock.json");
    if fs::read_to_string(&mark).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    succeed(workshop.command("npm").args(arguments).current_dir(&folder))?;
    fs::write(&mark, wanted).map_err(|error| format!("{}: {error}", mark.display()))
}

/// Where Python's packages lie.
pub(crate) const JUDGES: &str = "target/tools/python";

/// Python's packages, in a folder of their own. Without Python or its pip the tests that need them say
/// that they were skipped.
fn judges(workshop: &Workshop) {
    let packages = [
        "consistent_sampler==1.0.10",
        "openpyxl==3.1.5",
        "pyxlsb==1.0.10",
    ];
    let mark = workshop.root.join(JUDGES).join(".sightline-packages");
    if fs::read_to_string(&mark).is_ok_and(|there| there == packages.concat()) {
        return;
    }
    let mut pip = workshop.command("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ])
    .args(["--upgrade", "--target", JUDGES])
    .args(packages);
    let installed = succeed(&mut pip).and_then(|_| {
        fs::write(&mark, packages.concat()).map_err(|error| format!("{}: {error}", mark.display()))
    });
    if let Err(error) = installed {
        println!("{error}. The tests that need Python's packages will say that they were skipped.");
    }
}

/// The tools that cargo builds, in one shared folder that is deleted afterwards.
fn tools(workshop: &Workshop, needs: &[Need]) -> Result<(), String> {
    let mut missing = Vec::new();
    let noted = fs::read_to_string(workshop.root.join("target/tools/.crates.toml"));
    let noted = noted.unwrap_or_default();
    for tool in wanted(workshop, needs)? {
        let said = output(workshop.command(tool.program).arg("--version")).unwrap_or_default();
        let said = said.split_whitespace().nth(1) == Some(tool.version.as_str());
        // One of them does not say its version; cargo notes what it installed.
        let note = format!("\"{} {} ", tool.package, tool.version);
        if !said && !noted.contains(&note) {
            missing.push(tool);
        }
    }
    for tool in &missing {
        let mut install = workshop.command("cargo");
        install
            .args([
                "install",
                tool.package,
                "--version",
                &tool.version,
                "--force",
            ])
            .args([
                "--root",
                "target/tools",
                "--target-dir",
                "target/tools/build",
            ])
            .args(tool.arguments);
        succeed(quick(&mut install))?;
    }
    if missing.is_empty() {
        return Ok(());
    }
    let build = workshop.root.join("target/tools/build");
    fs::remove_dir_all(&build).map_err(|error| format!("{}: {error}", build.display()))
}

fn wanted(workshop: &Workshop, needs: &[Need]) -> Result<Vec<Tool>, String> {
    let mut tools = Vec::new();
    if needs.contains(&Need::Build) {
        tools.push(Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: locked_version(&read(&workshop.root.join("Cargo.lock"))?, "wasm-bindgen")?,
            arguments: &[], // not --locked: its lock names a version that registries have withdrawn
        });
        tools.push(Tool {
            package: "wasm_split_cli_support",
            program: "wasm-split-cli",
            version: "0.2.4".into(),
            arguments: &["--locked", "--features", "build-binary"],
        });
        tools.push(Tool {
            package: "trunk",
            program: "trunk",
            version: "0.21.14".into(),
            arguments: &["--locked", "--no-default-features", "--features", "rustls"],
        });
    }
    if needs.contains(&Need::Audit) {
        tools.push(Tool {
            package: "cargo-deny",
            program: "cargo-deny",
            version: "0.20.2".into(),
            arguments: &["--locked"],
        });
    }
    Ok(tools)
}

/// Builds tools in minutes rather than a quarter of an hour: they run for seconds at a time.
fn quick(install: &mut Command) -> &mut Command {
    install
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .env("CARGO_PROFILE_RELEASE_STRIP", "true")
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Result<String, String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines
        .next()
        .and_then(|line| line.strip_prefix("version = \""));
    let version = version.and_then(|text| text.strip_suffix('"'));
    version
        .map(str::to_owned)
        .ok_or_else(|| format!("Cargo.lock does not name {package}."))
}

/// xz, which makes the single file small.
fn compressor(workshop: &Workshop) -> Result<(), String> {
    if workshop.find("xz").is_some() {
        return Ok(());
    }
    if may_install(workshop) {
        return install(workshop, &["xz-utils"]);
    }
    Err(
        "xz is needed: install it (on Debian, `apt-get install xz-utils` as root), then try again."
            .into(),
    )
}

/// Whether this is Debian, and we may install its packages.
fn may_install(workshop: &Workshop) -> bool {
    let debian = fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"));
    debian && output(workshop.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// A browser: the one that is there, or Debian's where we may install it; and there a host too.
fn browser(workshop: &Workshop) -> Result<(), String> {
    let found = workshop.browser().is_some();
    let host = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"]
        .iter()
        .any(|path| Path::new(path).is_file());
    match (found && host, may_install(workshop)) {
        (true, _) => Ok(()),
        (false, true) => install(
            workshop,
            &[
                "chromium",
                "fonts-liberation",
                "nginx-light",
                "apache2-bin",
                "caddy",
            ],
        ),
        // A host that is not there is left out, and its test says so.
        (false, false) if found => Ok(()),
        (false, false) => Err(
            "The browser tests need Chromium or Google Chrome: install one (on Debian, \
             `apt-get install chromium fonts-liberation nginx-light` as root), or set CHROMIUM to \
             its path."
                .into(),
        ),
    }
}

/// Installs Debian's packages. What they would start by themselves is not wanted.
fn install(workshop: &Workshop, packages: &[&str]) -> Result<(), String> {
    let mut update = workshop.command("apt-get");
    succeed(update.args(["update", "--quiet"]))?;
    let mut install = workshop.command("apt-get");
    install
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    succeed(&mut install).map(drop)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";

    #[test]
    fn a_version_is_that_of_the_package_of_exactly_that_name() {
        assert_eq!(
            locked_version(LOCK, "wasm-bindgen").as_deref(),
            Ok("0.2.130")
        );
    }

    #[test]
    fn a_package_that_is_not_there_is_named() {
        let said = locked_version(LOCK, "yew").unwrap_err();
        assert!(said.contains("yew"), "{said}");
    }
}
