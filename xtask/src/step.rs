//! Steps of a command: each says that it starts, how it ended and how long it took; a table closes.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How a step ended that did not fail.
pub(crate) enum Outcome {
    /// It did all that it is for.
    Done,
    /// It did it, and there is something that a reader of the closing table must know.
    Noted(String),
    /// It was left out, for the reason given.
    Left(String),
}

struct Step {
    name: &'static str,
    result: Result<Outcome, String>,
    took: Duration,
}

/// The steps of one command, in the order in which they ran.
#[derive(Default)]
pub(crate) struct Steps(Vec<Step>);

impl Steps {
    /// Runs one step and tells of it.
    pub(crate) fn run(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Outcome, String>,
    ) {
        self.run_then(name, work);
    }

    /// Runs one step, tells of it, and says whether what builds on it can go on.
    pub(crate) fn run_then(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Outcome, String>,
    ) -> bool {
        println!("\n=== {name}");
        let start = now();
        let result = work();
        let step = Step {
            name,
            result,
            took: start.elapsed(),
        };
        println!("=== {}", step.line(0));
        let went_well = step.result.is_ok();
        self.0.push(step);
        went_well
    }

    /// Prints the closing table; the exit code fails when a step did.
    pub(crate) fn close(&self) -> ExitCode {
        if self.0.len() > 1 {
            let width = self.0.iter().map(|step| step.name.len()).max().unwrap_or(0);
            let total = self.0.iter().map(|step| step.took).sum();
            println!();
            for step in &self.0 {
                println!("{}", step.line(width));
            }
            println!("{:width$}  {} in all", "", seconds(total));
        }
        let failed: Vec<&str> = self
            .0
            .iter()
            .filter(|step| step.result.is_err())
            .map(|step| step.name)
            .collect();
        if failed.is_empty() {
            return ExitCode::SUCCESS;
        }
        println!("Failed: {}.", failed.join(", "));
        ExitCode::FAILURE
    }
}

impl Step {
    fn line(&self, width: usize) -> String {
        let (word, note) = match &self.result {
            Ok(Outcome::Done) => ("ok", ""),
            Ok(Outcome::Noted(note)) => ("ok", note.as_str()),
            Ok(Outcome::Left(reason)) => ("left out", reason.as_str()),
            Err(reason) => ("FAILED", reason.as_str()),
        };
        let line = format!(
            "{:width$}  {}  {word:8}  {note}",
            self.name,
            seconds(self.took)
        );
        line.trim_end().to_owned()
    }
}

fn seconds(time: Duration) -> String {
    format!("{:7.1} s", time.as_secs_f64())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the commands run on a developer's machine, which has a clock"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}
