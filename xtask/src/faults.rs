//! What a browser's storage goes through, many times: the figures of `tests/browser/faults/`.

use crate::run::{Workshop, succeed};
use crate::step::Outcome;

/// How often each fault is played.
pub(crate) struct Options {
    kills: u32,
    disks: u32,
    schedules: u32,
    /// Where chance comes from, if it is not to be new.
    seed: Option<String>,
}

impl Options {
    /// What stands on the command line.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self {
            kills: 20,
            disks: 4,
            schedules: 4,
            seed: None,
        };
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let mut next = || rest.next().copied();
            let mut count = || {
                let count = next().and_then(|count| count.parse().ok());
                count.ok_or(format!("`{word}` needs a number."))
            };
            match *word {
                "--long" => {
                    (options.kills, options.disks, options.schedules) = (1000, 50, 200);
                }
                "--kills" => options.kills = count()?,
                "--disks" => options.disks = count()?,
                "--schedules" => options.schedules = count()?,
                "--seed" => {
                    let seed = next().ok_or("`--seed` needs the seed that a run has printed.")?;
                    options.seed = Some(seed.to_owned());
                }
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
    let counts = [options.kills, options.disks, options.schedules];
    succeed(
        workshop
            .node()?
            .arg("tests/browser/faults.run.mjs")
            .args(counts.map(|count| count.to_string()))
            .args(&options.seed),
    )
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn how_often_is_read_and_what_is_not_known_is_named() {
        let options = Options::parse(&["--long", "--kills", "7", "--seed", "x"]).unwrap();
        assert_eq!(
            (options.kills, options.disks, options.schedules),
            (7, 50, 200)
        );
        assert_eq!(options.seed.as_deref(), Some("x"));
        for words in [vec!["--quick"], vec!["--kills", "many"], vec!["--seed"]] {
            let said = Options::parse(&words).map(|_| ()).unwrap_err();
            assert!(said.contains(words[0]), "{said}");
        }
    }
}
