//! Removing what is kept here: one round, or everything; after what is lost has been told, and a word
//! has been typed.

use super::{Effect, Model, RoundId, Route, shelf};
use crate::store::mark::Marks;
use crate::store::message::Request;

/// The id of the field for the word.
pub const WORD_FIELD: &str = "wipe-word";
/// The word.
pub const WORD: &str = "remove";

/// What is to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One round.
    Round(RoundId),
    /// Every round, and all that is remembered.
    Everything,
}

/// What the page holds; forgotten when it is left.
#[derive(Debug, Default)]
pub struct Stage {
    /// What is to be removed.
    pub what: Option<What>,
    /// What was typed.
    pub typed: String,
    /// What is wrong with it.
    pub error: Option<&'static str>,
    /// Whether the store is at work.
    pub working: bool,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person wants something removed.
    Clicked(What),
    /// The person typed the word.
    EnteredWord(String),
    /// The person means it.
    Confirmed,
}

impl Model {
    pub(super) fn update_wipe(&mut self, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.wipe;
        match msg {
            Msg::Clicked(what) => {
                *stage = Stage {
                    what: Some(what),
                    ..Stage::default()
                };
                vec![Effect::Navigate(Route::Wipe)]
            }
            Msg::EnteredWord(typed) => {
                stage.typed = typed;
                Vec::new()
            }
            Msg::Confirmed if stage.working => Vec::new(),
            Msg::Confirmed if !stage.typed.trim().eq_ignore_ascii_case(WORD) => {
                stage.error = Some("Type the word remove, or go back");
                vec![Effect::Focus("error-summary".to_owned())]
            }
            Msg::Confirmed => {
                stage.working = true;
                match stage.what.clone() {
                    Some(What::Round(RoundId(round))) => {
                        vec![Effect::AskStore(Request::Remove { round })]
                    }
                    Some(What::Everything) => vec![Effect::AskStore(Request::RemoveAll)],
                    None => Vec::new(),
                }
            }
        }
    }

    /// The store has removed what was to be removed.
    pub(super) fn removal_done(&mut self) -> Vec<Effect> {
        if self.wipe.what.is_none() {
            return vec![Effect::Focus(shelf::HEADING.to_owned())];
        }
        self.wipe = Stage::default();
        vec![Effect::Navigate(Route::Home)]
    }

    pub(super) fn removed_all(&mut self) -> Vec<Effect> {
        self.open = None;
        self.marks = Marks::default();
        self.missing.clear();
        self.settings = super::settings::Settings::default();
        let mut effects = vec![Effect::ForgetAll, Effect::AskStore(Request::List)];
        effects.extend(self.removal_done());
        effects
    }
}
