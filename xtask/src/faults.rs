//! What a browser's storage goes through, many times: the figures of `tests/browser/faults.mjs`.

use crate::run::{Workshop, succeed};
use crate::step::Outcome;

/// How often each fault is played.
pub(crate) struct Options {
    kills: u32,
    disks: u32,
    schedules: u32,
}

impl Options {
    /// What stands on the command line.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self {
            kills: 20,
            disks: 4,
            schedules: 4,
        };
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let mut count = || {
                let count = rest.next().and_then(|count| count.parse().ok());
                count.ok_or(format!("`{word}` needs a number."))
            };
            match *word {
                "--long" => {
                    options = Self {
                        kills: 1000,
                        disks: 50,
                        schedules: 200,
                    };
                }
                "--kills" => options.kills = count()?,
                "--disks" => options.disks = count()?,
                "--schedules" => options.schedules = count()?,
                other => return Err(format!("faults does not know `{other}`.")),
            }
        }
        Ok(options)
    }
}

/// The faults that need no browser: every storage call in every way, schedules, damage.
pub(crate) fn native(workshop: &Workshop) -> Result<Outcome, String> {
    let test = "test --package sightline --test store -- --nocapture --test-threads 1";
    succeed(workshop.command("cargo").args(test.split_whitespace()))
}

/// Those that need one.
pub(crate) fn browser(workshop: &Workshop, options: &Options) -> Result<Outcome, String> {
    succeed(workshop.node()?.args([
        "tests/browser/faults.run.mjs",
        &options.kills.to_string(),
        &options.disks.to_string(),
        &options.schedules.to_string(),
    ]))
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn how_often_is_read_and_what_is_not_known_is_named() {
        let options = Options::parse(&["--long", "--kills", "7"]).unwrap();
        assert_eq!(
            (options.kills, options.disks, options.schedules),
            (7, 50, 200)
        );
        for words in [vec!["--quick"], vec!["--kills", "many"], vec!["--disks"]] {
            let said = Options::parse(&words).map(|_| ()).unwrap_err();
            assert!(said.contains(words[0]), "{said}");
        }
    }
}
