//! The shelf: the rounds kept in this browser; opening, resuming and removing one.

use std::fmt;

use super::{Effect, Model, Open, Purpose, Route};
use crate::form::Form;
use crate::journal::{AuthorId, Fact, Journal};
use crate::round::Round;

/// Names a round in the store: random text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoundId(pub String);

impl fmt::Display for RoundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of the rounds kept here.
#[derive(Debug, Default, PartialEq)]
pub enum Shelf {
    /// The store has not answered yet.
    #[default]
    Opening,
    /// The rounds, newest first.
    Ready {
        /// A card for each.
        cards: Vec<Card>,
        /// The round last worked on.
        current: Option<RoundId>,
        /// The round whose removal waits for a second word.
        removing: Option<RoundId>,
    },
    /// The browser keeps nothing for us; why.
    Unavailable(String),
}

/// A round as the shelf shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The round.
    pub id: RoundId,
    /// What it is called.
    pub title: String,
    /// When it was opened: milliseconds since 1970 (UTC).
    pub opened_at: i64,
    /// Whether it is a trial with the made-up list.
    pub made_up: bool,
}

/// The form for opening a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewRound {
    /// What the round is to be called.
    pub title: String,
    /// The auditor's name.
    pub auditor: String,
    /// What is missing, by field id; shown after the first attempt.
    pub errors: Vec<(&'static str, &'static str)>,
    /// Why a round could not be opened or read.
    pub refused: Option<String>,
}

/// The id of the field for a round's title.
pub const TITLE_FIELD: &str = "round-title";
/// The id of the field for the auditor's name.
pub const AUDITOR_FIELD: &str = "auditor-name";

/// What can happen on the shelf.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The store told which rounds it has: each with its first line, and the one last worked on.
    Listed(Vec<(RoundId, String)>, Option<RoundId>),
    /// The store cannot be used; why.
    Unavailable(String),
    /// The store gave a round's journal, line by line.
    RoundRead(RoundId, Vec<String>),
    /// The store removed a round.
    Removed(RoundId),
    /// The person typed the title of a new round.
    EnteredTitle(String),
    /// The person typed their name.
    EnteredAuditor(String),
    /// The person asked for a new round.
    ClickedStart,
    /// The person asked for a trial with the made-up list.
    ClickedTryMadeUp,
    /// The person asked to go on with a round.
    ClickedContinue(RoundId),
    /// The person asked to remove a round.
    ClickedRemove(RoundId),
    /// The person changed their mind.
    ClickedKeep,
    /// The person confirmed the removal.
    ConfirmedRemove,
}

impl Model {
    pub(super) fn update_shelf(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Listed(rounds, current) => {
                let mut cards: Vec<Card> = rounds.into_iter().filter_map(card).collect();
                cards.sort_by_key(|card| std::cmp::Reverse(card.opened_at));
                self.shelf = Shelf::Ready {
                    cards,
                    current,
                    removing: None,
                };
                self.read_current_round().into_iter().collect()
            }
            Msg::Unavailable(why) => {
                if let Some(open) = &mut self.open {
                    open.saving.failed = Some(why.clone());
                }
                self.shelf = Shelf::Unavailable(why);
                Vec::new()
            }
            Msg::RoundRead(id, lines) => self.resume(at, id, &lines),
            Msg::Removed(id) => {
                if self.open.as_ref().is_some_and(|open| open.id == id) {
                    self.open = None;
                }
                vec![Effect::ListRounds]
            }
            Msg::EnteredTitle(title) => {
                self.new_round.title = title;
                Vec::new()
            }
            Msg::EnteredAuditor(name) => {
                self.new_round.auditor = name;
                Vec::new()
            }
            Msg::ClickedStart => self.check_new_round(),
            Msg::ClickedTryMadeUp => vec![Effect::GiveEntropy(Purpose::MadeUpRound)],
            Msg::ClickedContinue(id) => {
                self.new_round.refused = None;
                let mut effects = self.in_round(|open| open.keep_drafts(at));
                self.open = None;
                self.set_current(&id);
                // The page of a round, once it is shown, reads the current one.
                effects.push(Effect::Navigate(Route::Round));
                effects
            }
            Msg::ClickedRemove(id) => {
                self.set_removing(Some(id));
                vec![Effect::Focus("confirm-remove".to_owned())]
            }
            Msg::ClickedKeep => {
                self.set_removing(None);
                Vec::new()
            }
            Msg::ConfirmedRemove => self
                .set_removing(None)
                .map(Effect::RemoveRound)
                .into_iter()
                .collect(),
        }
    }

    /// Marks the round to be removed, and gives the one marked before.
    fn set_removing(&mut self, id: Option<RoundId>) -> Option<RoundId> {
        match &mut self.shelf {
            Shelf::Ready { removing, .. } => std::mem::replace(removing, id),
            Shelf::Opening | Shelf::Unavailable(_) => None,
        }
    }

    /// Where the page shows a round and none is open: asks for the one last worked on.
    pub(super) fn read_current_round(&self) -> Option<Effect> {
        match &self.shelf {
            Shelf::Ready {
                current: Some(id), ..
            } if self.open.is_none() && self.route.needs_round() => {
                Some(Effect::ReadRound(id.clone()))
            }
            Shelf::Ready { .. } | Shelf::Opening | Shelf::Unavailable(_) => None,
        }
    }

    fn check_new_round(&mut self) -> Vec<Effect> {
        let form = &mut self.new_round;
        form.errors = [
            (TITLE_FIELD, "Enter a name for the round", &form.title),
            (AUDITOR_FIELD, "Enter your name", &form.auditor),
        ]
        .into_iter()
        .filter(|(_, _, text)| text.trim().is_empty())
        .map(|(field, message, _)| (field, message))
        .collect();
        if form.errors.is_empty() {
            vec![Effect::GiveEntropy(Purpose::NewRound)]
        } else {
            vec![Effect::Focus("error-summary".to_owned())]
        }
    }

    pub(super) fn open_new_round(&mut self, at: i64, entropy: [u8; 16]) -> Vec<Effect> {
        let NewRound { title, auditor, .. } = self.new_round.clone();
        self.open_round(at, entropy, title.trim(), auditor.trim(), false)
    }

    pub(super) fn open_made_up_round(&mut self, at: i64, entropy: [u8; 16]) -> Vec<Effect> {
        let mut effects = self.open_round(
            at,
            entropy,
            "Trial with a made-up list",
            "Trial auditor",
            true,
        );
        effects.retain(|effect| !matches!(effect, Effect::Navigate(_)));
        effects.extend(self.in_round(Open::read_made_up));
        effects.push(Effect::Navigate(Route::List));
        effects
    }

    fn open_round(
        &mut self,
        at: i64,
        entropy: [u8; 16],
        title: &str,
        auditor: &str,
        made_up: bool,
    ) -> Vec<Effect> {
        let form = match Form::core() {
            Ok(form) => Box::new(form),
            Err(problems) => {
                return self.refuse(problems.iter().map(ToString::to_string).collect());
            }
        };
        let [round, author] = names(entropy);
        let fact = Fact::RoundOpened {
            title: title.to_owned(),
            auditor: auditor.to_owned(),
            made_up,
            form,
        };
        let mut effects = self.in_round(|open| open.keep_drafts(at));
        let mut journal = Journal::default();
        let author = AuthorId(author);
        let entry = journal.draft(&author, at, fact);
        match (Round::open(&entry), journal.keep(&entry)) {
            (Some(round_state), Ok(line)) => {
                let id = RoundId(round);
                let mut open = Open::new(id, author, journal, round_state, Vec::new(), self.asked);
                effects.push(open.store(line));
                effects.push(Effect::Navigate(Route::Round));
                self.set_current(&open.id);
                self.open = Some(Box::new(open));
                self.new_round = NewRound::default();
                effects
            }
            (_, Err(fault)) => self.refuse(fault.to_string()),
            (None, Ok(_)) => self.refuse("The round could not be opened.".to_owned()),
        }
    }

    fn set_current(&mut self, id: &RoundId) {
        if let Shelf::Ready { current, .. } = &mut self.shelf {
            *current = Some(id.clone());
        }
    }

    /// Opens a round from its stored journal. A journal with a fault is read up to it.
    fn resume(&mut self, at: i64, id: RoundId, lines: &[String]) -> Vec<Effect> {
        let mut effects = self.in_round(|open| open.keep_drafts(at));
        let mut journal = Journal::default();
        let fault = lines.iter().find_map(|line| journal.take(line).err());
        if let Some(fault) = fault {
            effects.push(Effect::Navigate(Route::Home));
            effects.extend(self.refuse(format!(
                "This round cannot be continued, because its journal is damaged. {fault} Nothing \
                 has been removed."
            )));
            return effects;
        }
        let author = journal.entries().first().map(|entry| entry.author.clone());
        match (Round::fold(&journal), author) {
            (Some((round, _)), Some(author)) => {
                self.set_current(&id);
                self.open = Some(Box::new(Open::new(
                    id,
                    author,
                    journal,
                    round,
                    lines.to_vec(),
                    self.asked,
                )));
                self.new_round.refused = None;
                effects
            }
            _ => self.refuse("There is no round in this journal.".to_owned()),
        }
    }

    fn refuse(&mut self, why: String) -> Vec<Effect> {
        self.new_round.refused = Some(why);
        vec![Effect::Focus("error-summary".to_owned())]
    }

    /// The store could not do what it was asked: keep the open round's lines, or read a round.
    pub(super) fn store_failed(&mut self, why: String) -> Vec<Effect> {
        if let Some(open) = &mut self.open {
            open.saving.failed = Some(why);
            return Vec::new();
        }
        let mut effects = vec![Effect::Navigate(Route::Home)];
        effects.extend(self.refuse(why));
        effects
    }

    pub(super) fn store_again(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::RestartStore];
        effects.extend(self.in_round(Open::store_the_rest));
        if self.open.is_none() {
            effects.push(Effect::ListRounds);
        }
        effects
    }
}

/// The card of a round, from its first line; `None` if that line opens no round.
fn card((id, first): (RoundId, String)) -> Option<Card> {
    let mut journal = Journal::default();
    let round = Round::open(journal.take(&first).ok()?)?;
    Some(Card {
        id,
        title: round.title,
        opened_at: round.opened_at,
        made_up: round.made_up,
    })
}

/// Two names of 16 hex digits each.
fn names(entropy: [u8; 16]) -> [String; 2] {
    let number = u128::from_be_bytes(entropy);
    let hex = format!("{number:032x}");
    let (round, author) = hex.split_at(16);
    [round.to_owned(), author.to_owned()]
}
