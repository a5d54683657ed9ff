//! What this browser remembers of how the person works, for every round: nothing of a case.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Effect, Model, RoundId};

/// The minutes without a sign of the person after which the page can be made to lock.
pub const LOCK_AFTER: [u16; 5] = [2, 5, 10, 20, 30];

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Minutes without a sign of the person after which a protected round is locked.
    pub lock_after: u16,
    /// Whether the browser may check the spelling of what is written about a case.
    pub spelling: bool,
    /// The file that each round was last saved to, by the round's name.
    pub files: BTreeMap<String, SavedFile>,
}

/// A file that a round was saved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// When: milliseconds since 1970 (UTC).
    pub at: i64,
    /// How many entries the round had.
    pub entries: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lock_after: 10,
            spelling: false,
            files: BTreeMap::new(),
        }
    }
}

/// What can happen to the settings.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The browser gave what it had kept.
    Recalled(String),
    /// The person chose after how many minutes to lock.
    ChoseLockAfter(String),
    /// The person chose whether spelling is checked.
    ToggledSpelling(bool),
}

impl Model {
    pub(super) fn update_settings(&mut self, msg: Msg) -> Vec<Effect> {
        let settings = &mut self.settings;
        match msg {
            Msg::Recalled(text) => {
                // Settings that cannot be read are those of the beginning.
                *settings = serde_json::from_str(&text).unwrap_or_default();
                return Vec::new();
            }
            Msg::ChoseLockAfter(minutes) => {
                let chosen = minutes.parse().ok();
                let offered = chosen.filter(|minutes| LOCK_AFTER.contains(minutes));
                settings.lock_after = offered.unwrap_or(settings.lock_after);
            }
            Msg::ToggledSpelling(on) => settings.spelling = on,
        }
        vec![self.keep_settings()]
    }

    /// Remembers that the open round was saved to a file with all that it has.
    pub(super) fn remember_file(&mut self, at: i64, round: &RoundId, entries: usize) -> Effect {
        self.settings
            .files
            .insert(round.0.clone(), SavedFile { at, entries });
        self.keep_settings()
    }

    /// Forgets the file of a round that was removed.
    pub(super) fn forget_file_of(&mut self, round: &RoundId) -> Option<Effect> {
        let known = self.settings.files.remove(&round.0);
        known.map(|_| self.keep_settings())
    }

    fn keep_settings(&self) -> Effect {
        // Numbers and names of rounds always serialise.
        Effect::KeepSettings(serde_json::to_string(&self.settings).unwrap_or_default())
    }
}
