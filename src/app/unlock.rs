//! Unlocking a round that is kept here: the page that stands in place of any other of it.

use super::{Asker, Effect, Model, Tag, shelf};
use crate::locksmith::{Reply, Request};

super::show_nothing_of!(Stage, Msg);

/// The id of the field for what opens the round.
pub const SECRET_FIELD: &str = "secret";

/// What the page holds; forgotten once the round is open.
#[derive(Default)]
pub struct Stage {
    /// The passphrase, recovery code or secret key, as it is typed.
    pub secret: String,
    /// Whether it is shown.
    pub shown: bool,
    /// Whether the locksmith is at work, or the round is being read.
    pub working: bool,
    /// What is wrong.
    pub error: Option<String>,
    asked: Tag,
}

/// What can happen on the page.
#[derive(Clone)]
pub enum Msg {
    /// The person typed.
    EnteredSecret(String),
    /// The person chose whether it is shown.
    ToggledShown(bool),
    /// The person wants the round opened.
    ClickedUnlock,
}

impl Stage {
    /// Forgets all but which request is the newest.
    pub(super) fn leave(&mut self) {
        *self = Self {
            asked: Tag(self.asked.0 + 1),
            ..Self::default()
        };
    }

    pub(super) fn refuse(&mut self, why: String) -> Vec<Effect> {
        self.working = false;
        self.error = Some(why);
        vec![Effect::Focus("error-summary".to_owned())]
    }
}

impl Model {
    /// The round that the page is about, if it is kept here and locked.
    #[must_use]
    pub fn locked_round(&self) -> Option<&shelf::Card> {
        self.wanted().filter(|card| card.locked)
    }

    pub(super) fn update_unlock(&mut self, msg: Msg) -> Vec<Effect> {
        let slots = self.locked_round().map(|card| card.slots.clone());
        let stage = &mut self.unlock;
        match msg {
            Msg::EnteredSecret(secret) => stage.secret = secret,
            Msg::ToggledShown(shown) => stage.shown = shown,
            // A second click while the locksmith is at work is no second request.
            Msg::ClickedUnlock if stage.working => {}
            Msg::ClickedUnlock if stage.secret.trim().is_empty() => {
                return stage.refuse("Enter the passphrase".to_owned());
            }
            Msg::ClickedUnlock => {
                let Some(slots) = slots else {
                    return Vec::new();
                };
                stage.error = None;
                stage.working = true;
                let secret = std::mem::take(&mut stage.secret);
                let request = Request::Unlock { slots, secret };
                return vec![stage.asked.ask_locksmith(Asker::Unlock, request, None)];
            }
        }
        Vec::new()
    }

    pub(super) fn unlock_answered(&mut self, tag: Tag, reply: Reply) -> Vec<Effect> {
        if tag != self.unlock.asked {
            return Vec::new();
        }
        match reply {
            Reply::Unlocked(key) => {
                let id = self.locked_round().map(|card| card.id.clone());
                let open = id.and_then(|id| self.ask_for(id, Some(key)));
                open.into_iter().collect()
            }
            Reply::Refused(why) => self.unlock.refuse(why),
            Reply::Saved | Reply::Opened { .. } | Reply::Phrase(_) | Reply::Keys { .. } => {
                Vec::new()
            }
        }
    }

    pub(super) fn unlock_failed(&mut self, tag: Tag) -> Vec<Effect> {
        if tag != self.unlock.asked {
            return Vec::new();
        }
        self.unlock
            .refuse(super::saved::TOO_LITTLE_MEMORY.to_owned())
    }
}
