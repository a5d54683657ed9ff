//! The sentinel: a few marks in localStorage that remember that there was work here, and how much.
//!
//! Should a browser lose what it kept in both places, they are what notices. Workers have no
//! localStorage: the page makes them, each time the store says that something is kept. They hold a
//! random name, a count, and the hash of ciphertext.

use serde::{Deserialize, Serialize};

use super::message::Kept;

/// The name of the entry.
pub const NAME: &str = "sightline.marks";

/// All marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// A mark for each round.
    #[serde(default)]
    pub rounds: Vec<Mark>,
    /// The round last worked on.
    #[serde(default)]
    pub current: Option<String>,
}

/// What a round was when it was last kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The round.
    pub round: String,
    /// Its lines in both places.
    pub lines: usize,
    /// The hash of the newest record.
    pub head: String,
}

/// A round of which less is here than there was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The round.
    pub round: String,
    /// Lines that there were.
    pub had: usize,
    /// Lines that there are; none if the round is gone.
    pub has: Option<usize>,
}

impl Marks {
    /// Reads the entry. Damage is the same as none.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The entry's text.
    #[must_use]
    pub fn text(&self) -> String {
        // Names, numbers and hashes can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Marks how far a round is kept, which is the one last worked on.
    pub fn mark(&mut self, mark: Mark) {
        self.current = Some(mark.round.clone());
        self.rounds.retain(|known| known.round != mark.round);
        self.rounds.push(mark);
    }

    /// Forgets a round.
    pub fn forget(&mut self, round: &str) {
        self.rounds.retain(|known| known.round != round);
        self.current.take_if(|current| current == round);
    }

    /// The rounds of which less is here than there was.
    #[must_use]
    pub fn missing(&self, kept: &[Kept]) -> Vec<Missing> {
        let here = |round: &str| kept.iter().find(|kept| kept.round == round);
        let missing = self.rounds.iter().filter_map(|mark| {
            let here = here(&mark.round);
            if here.is_some_and(|kept| kept.newer) {
                return None; // How much it has, only the newer version can say.
            }
            let has = here.map(|kept| kept.lines);
            has.is_none_or(|has| has < mark.lines).then(|| Missing {
                round: mark.round.clone(),
                had: mark.lines,
                has,
            })
        });
        missing.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(round: &str, lines: usize) -> Mark {
        Mark {
            round: round.into(),
            lines,
            head: "00".into(),
        }
    }

    fn kept(round: &str, lines: usize) -> Kept {
        Kept {
            round: round.into(),
            opened_at: Some(0),
            made_up: false,
            lines,
            slots: Vec::new(),
            first: None,
            plain: false,
            newer: false,
        }
    }

    #[test]
    fn rounds_that_are_gone_or_shorter_are_named() {
        let mut marks = Marks::default();
        for (round, lines) in [("a", 3), ("b", 5), ("c", 7), ("a", 4), ("d", 1)] {
            marks.mark(mark(round, lines));
        }
        marks.forget("d");
        assert_eq!(marks.current, None);
        let marks = Marks::parse(&marks.text());
        let missing = marks.missing(&[kept("a", 4), kept("b", 4)]);
        let told: Vec<_> = missing
            .iter()
            .map(|one| (one.round.as_str(), one.had, one.has))
            .collect();
        assert_eq!(told, [("b", 5, Some(4)), ("c", 7, None)]);
        assert_eq!(Marks::parse("damage"), Marks::default());
    }
}
