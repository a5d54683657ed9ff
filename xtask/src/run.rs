//! Starting other programs: where they are found, what they see, and what is said when they fail.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::step::{Outcome, now};

/// The names under which a browser of Chromium's family is installed.
const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// The repository and the tools that stand in it.
pub(crate) struct Workshop {
    /// The repository's folder.
    pub(crate) root: PathBuf,
    path: OsString,
}

impl Workshop {
    /// A workshop whose own tools come before those of the machine.
    pub(crate) fn new(root: PathBuf) -> Self {
        let own = [
            root.join("target/tools/bin"),
            root.join("node_modules/.bin"),
        ];
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().chain(std::env::split_paths(&inherited));
        let path = std::env::join_paths(folders).unwrap_or(inherited);
        Self { root, path }
    }

    /// A command that runs in the repository and finds our tools first.
    pub(crate) fn command(&self, program: &str) -> Command {
        // Looked up here: a child's PATH does not decide where the child itself is found.
        let found = self.find(program);
        let mut command = Command::new(found.as_deref().unwrap_or(Path::new(program)));
        command.current_dir(&self.root).env("PATH", &self.path);
        command
    }

    /// Node, told which browser to drive.
    pub(crate) fn node(&self) -> Result<Command, String> {
        let browser = self
            .browser()
            .ok_or("No browser was found: set CHROMIUM to its path.")?;
        let mut command = self.command("node");
        command.env("CHROMIUM", browser);
        Ok(command)
    }

    /// The browser to test with: the one that CHROMIUM names, or the first that PATH holds.
    pub(crate) fn browser(&self) -> Option<PathBuf> {
        let named = std::env::var_os("CHROMIUM")
            .map(PathBuf::from)
            .filter(|path| path.is_file());
        named.or_else(|| BROWSERS.iter().find_map(|name| self.find(name)))
    }

    /// Where a program stands on our PATH.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        std::env::split_paths(&self.path)
            .flat_map(|folder| [folder.join(&name), folder.join(format!("{program}.cmd"))])
            .find(|path| path.is_file())
    }
}

/// Runs a command to its end, its output shown.
pub(crate) fn succeed(command: &mut Command) -> Result<Outcome, String> {
    println!("{}", shown(command));
    let status = command
        .status()
        .map_err(|error| not_started(command, &error))?;
    if status.success() {
        return Ok(Outcome::Done);
    }
    Err(format!("{} ended with {status}", name(command)))
}

/// Runs a command for its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{} ended with {}", name(command), output.status))
}

/// Runs a command that may wait for a network that is not there; says whether it succeeded in time.
/// Its output is not shown: what it started may outlive it, and would hold ours open.
pub(crate) fn succeed_within(command: &mut Command, limit: Duration) -> bool {
    println!("{} (at most {} s)", shown(command), limit.as_secs());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    let start = now();
    while start.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => sleep(Duration::from_millis(100)),
            Err(_) => break,
        }
    }
    // It may have ended just now; either way it has not succeeded in time.
    let _ = child.kill();
    let _ = child.wait();
    false
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(name(command)).chain(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.collect::<Vec<_>>().join(" ")
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program
        .file_stem()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("{} could not be started: {error}", name(command))
}
