//! The shelf: the rounds kept in this browser; opening, resuming and removing one.

use std::fmt;

use serde::Deserialize;

use super::kept::Read;
use super::open::Sealed;
use super::setup::{Protection, What};
use super::{ENTROPY, Effect, Model, Open, Purpose, Route};
use crate::form::Form;
use crate::form::built_in::{self, CORE};
use crate::journal::{AuthorId, Fact, Journal};
use crate::round::Round;
use crate::seal::data_key::DataKey;
use crate::seal::keyring::Slot;
use crate::store::message::{Kept, Request};

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
        /// What is wrong with a place where they are kept, as sentences.
        trouble: Vec<String>,
        /// The places where they are kept.
        places: Vec<String>,
    },
    /// The browser keeps nothing for us; why.
    Unavailable(String),
}

/// A round as the shelf shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The round.
    pub id: RoundId,
    /// What it is called; of a locked one that cannot be read.
    pub title: String,
    /// How many entries it has.
    pub entries: usize,
    /// When it was opened: milliseconds since 1970 (UTC); `None` if that cannot be read.
    pub opened_at: Option<i64>,
    /// Whether it is a trial with the made-up list.
    pub made_up: bool,
    /// The ways to its key; none of a round that an earlier version kept unsealed.
    pub slots: Vec<Slot>,
    /// Whether nothing of it can be read without a passphrase.
    pub locked: bool,
    /// Whether an earlier version kept it unsealed.
    pub plain: bool,
}

impl Card {
    /// Whether nothing here opens it: the store says why.
    pub(super) fn is_shut(&self) -> bool {
        self.slots.is_empty() && !self.plain
    }
}

/// The form for opening a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRound {
    /// What the round is to be called.
    pub title: String,
    /// The auditor's name.
    pub auditor: String,
    /// The form that it is to be held with: the id of a built-in one, or the name of one's own.
    pub form: String,
    /// Whether it is to be held without grades, for reflection.
    pub ungraded: bool,
    /// What is missing, by field id; shown after the first attempt.
    pub errors: Vec<(&'static str, &'static str)>,
    /// Why a round could not be opened or read.
    pub refused: Option<String>,
}

impl Default for NewRound {
    fn default() -> Self {
        Self {
            title: String::new(),
            auditor: String::new(),
            form: CORE.id.to_owned(),
            ungraded: false,
            errors: Vec::new(),
            refused: None,
        }
    }
}

/// The id of the choice of a form.
pub const FORM_FIELD: &str = "round-form";
/// The id of the field for a round's title.
pub const TITLE_FIELD: &str = "round-title";
/// The id of the field for the auditor's name.
pub const AUDITOR_FIELD: &str = "auditor-name";

/// The id of a page's heading.
pub const HEADING: &str = "main-heading";

/// What can happen on the shelf.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person typed the title of a new round.
    EnteredTitle(String),
    /// The person typed their name.
    EnteredAuditor(String),
    /// The person chose the built-in form of that id, or the own form of that name.
    ChoseForm(String),
    /// The person chose whether the round is held without grades.
    ChoseUngraded(bool),
    /// The person asked for a new round.
    ClickedStart,
    /// The person asked for a trial with the made-up list.
    ClickedTryMadeUp,
    /// The person asked to go on with a round.
    ClickedContinue(RoundId),
    /// The person knows that a round is gone, or shorter than it was.
    ClickedKnown(RoundId),
}

impl Model {
    pub(super) fn update_shelf(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::EnteredTitle(title) => {
                self.new_round.title = title;
                Vec::new()
            }
            Msg::EnteredAuditor(name) => {
                self.new_round.auditor = name;
                Vec::new()
            }
            Msg::ChoseForm(id) => {
                if built_in::named(&id).is_some() || self.forms.own(&id).is_some() {
                    self.new_round.form = id;
                }
                Vec::new()
            }
            Msg::ChoseUngraded(ungraded) => {
                self.new_round.ungraded = ungraded;
                Vec::new()
            }
            // A second click while the round is being opened is no second round.
            Msg::ClickedStart if self.route == Route::NewRound => {
                self.leave_for(at, Self::check_new_round)
            }
            Msg::ClickedTryMadeUp if self.route == Route::Home => {
                self.leave_for(at, |model| vec![model.ask_for_trial()])
            }
            Msg::ClickedStart | Msg::ClickedTryMadeUp => Vec::new(),
            Msg::ClickedContinue(id) => self.leave_for(at, |model| {
                model.new_round.refused = None;
                let mut effects = model.close();
                model.set_current(&id);
                // The page of a round, once it is shown, reads the current one.
                effects.push(Effect::Navigate(Route::Round));
                effects
            }),
            Msg::ClickedKnown(RoundId(id)) => {
                self.missing.retain(|missing| missing.round != id);
                self.marks.forget(&id);
                let known = Effect::Unmark(RoundId(id));
                vec![known, Effect::Focus(HEADING.to_owned())]
            }
        }
    }

    pub(super) fn listed(
        &mut self,
        rounds: Vec<Kept>,
        places: Vec<String>,
        trouble: Vec<String>,
    ) -> Vec<Effect> {
        self.missing = self.marks.missing(&rounds);
        self.put_on_shelf(rounds, places, trouble);
        let mut effects = self.take_in();
        effects.extend(self.read_current_round());
        effects
    }

    /// Shows these rounds, and asks for nothing: all that the first page needs.
    pub fn put_on_shelf(&mut self, rounds: Vec<Kept>, places: Vec<String>, trouble: Vec<String>) {
        let mut cards: Vec<Card> = rounds.into_iter().map(card).collect();
        cards.sort_by_key(|card| std::cmp::Reverse(card.opened_at));
        let current = self.marks.current.clone().map(RoundId);
        let current = current.filter(|current| cards.iter().any(|card| card.id == *current));
        // A browser that was killed may not have noted it yet: then it is the newest.
        let current = current.or_else(|| cards.first().map(|card| card.id.clone()));
        self.shelf = Shelf::Ready {
            cards,
            current,
            trouble,
            places,
        };
    }

    pub(super) fn unavailable(&mut self, why: String) -> Vec<Effect> {
        if let Some(open) = &mut self.open {
            open.saving.failed = Some(why.clone());
        }
        self.shelf = Shelf::Unavailable(why);
        self.take_in()
    }

    pub(super) fn store_refused(&mut self, why: String) -> Vec<Effect> {
        self.saved.forget_file();
        self.resealing = None;
        if self.unlock.working {
            return self.unlock.refuse(why);
        }
        let mut effects = self.refuse(why);
        if self.open.is_none() && self.route.needs_round() {
            effects.insert(0, Effect::Navigate(Route::Home));
        }
        effects
    }

    pub(super) fn removed(&mut self, id: &RoundId) -> Vec<Effect> {
        if self.open.as_ref().is_some_and(|open| open.id == *id) {
            self.open = None;
        }
        self.marks.forget(&id.0);
        let mut effects = vec![Effect::Unmark(id.clone()), Effect::AskStore(Request::List)];
        effects.extend(self.forget_file_of(id));
        effects.extend(self.removal_done());
        effects
    }

    /// The round that the page shows, where it shows one and none is open.
    #[must_use]
    pub fn wanted(&self) -> Option<&Card> {
        let Shelf::Ready { current, .. } = &self.shelf else {
            return None;
        };
        let current = current.as_ref().filter(|_| self.open.is_none())?;
        self.card(current).filter(|_| self.route.needs_round())
    }

    /// Where the page shows a round and none is open: asks for the one last worked on.
    pub(super) fn read_current_round(&mut self) -> Option<Effect> {
        let card = self.wanted()?;
        let id = card.id.clone();
        match (card.plain, card.made_up) {
            (true, true) => {
                self.sealing = Some(id);
                Some(Effect::GiveEntropy(Purpose::Sealing))
            }
            (true, false) => self.protect(What::Plain(id)).pop(),
            (false, _) => self.ask_for(id, None),
        }
    }

    /// Seals a round that an earlier version kept unsealed, and opens it.
    pub(super) fn seal_plain(&mut self, entropy: [u8; ENTROPY]) -> Vec<Effect> {
        let Some(id) = self.sealing.take() else {
            return Vec::new();
        };
        self.seal_plain_with(id, unprotected(true, 0, entropy))
    }

    /// As [`Model::seal_plain`], with these ways to its key.
    pub(super) fn seal_plain_with(&mut self, id: RoundId, sealed: Sealed) -> Vec<Effect> {
        let Some(card) = self.card(&id) else {
            return Vec::new();
        };
        let sealed = Sealed {
            made_up: card.made_up,
            opened_at: card.opened_at.unwrap_or_default(),
            ..sealed
        };
        self.asked_with = Some((id.clone(), sealed.clone()));
        let Sealed {
            made_up,
            opened_at,
            slots,
            key,
        } = sealed;
        vec![Effect::AskStore(Request::SealPlain {
            round: id.0,
            made_up,
            opened_at,
            slots,
            key,
        })]
    }

    /// What is known of a round on the shelf.
    #[must_use]
    pub fn card(&self, id: &RoundId) -> Option<&Card> {
        match &self.shelf {
            Shelf::Ready { cards, .. } => cards.iter().find(|card| card.id == *id),
            Shelf::Opening | Shelf::Unavailable(_) => None,
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
        if !form.errors.is_empty() {
            return vec![Effect::Focus("error-summary".to_owned())];
        }
        let name = form.form.clone();
        match self.forms.own(&name).map(|kept| kept.form.clone()) {
            Some(form) => self.form_for_round(form),
            None => vec![self.ask_for_round(&name)],
        }
    }

    /// The form of the round that is to be opened is here: names are still needed.
    pub(super) fn form_for_round(&mut self, form: Form) -> Vec<Effect> {
        if self.route != Route::NewRound {
            return Vec::new(); // The person has gone on to something else.
        }
        let form = if self.new_round.ungraded && form.is_graded() {
            form.reflective()
        } else {
            form
        };
        let fault = form.check().into_iter().next();
        if let Some(problem) = fault {
            return self.refuse(format!("The form has a fault. {problem}"));
        }
        self.form_to_open = Some(Box::new(form));
        self.protect(What::New)
    }

    /// The form of the trial that is to be opened is here.
    pub(super) fn form_for_trial(&mut self, form: Form) -> Vec<Effect> {
        if self.route != Route::Home {
            return Vec::new();
        }
        self.form_to_open = Some(Box::new(form));
        vec![Effect::GiveEntropy(Purpose::MadeUpRound)]
    }

    pub(super) fn open_new_round(&mut self, at: i64, entropy: [u8; ENTROPY]) -> Vec<Effect> {
        let NewRound {
            title,
            auditor,
            form,
            ..
        } = self.new_round.clone();
        let Some(protection) = self.setup.ready.take() else {
            return Vec::new();
        };
        let names = (title.trim(), auditor.trim());
        let mut effects = self.open_round(at, entropy, names, false, &protection);
        if self.open.is_some() {
            effects.extend(self.mark_used(&form));
        }
        effects.extend(self.show(Route::Round));
        effects
    }

    /// Goes to a page of the round that was just opened. The page counts as shown at once: a second
    /// click on the page before is no longer one.
    pub(super) fn show(&mut self, page: Route) -> Option<Effect> {
        self.open.as_ref()?;
        self.saved.leave_page();
        self.route = page.clone();
        Some(Effect::Navigate(page))
    }

    pub(super) fn open_made_up_round(&mut self, at: i64, entropy: [u8; ENTROPY]) -> Vec<Effect> {
        let names = ("Trial with a made-up list", "Trial auditor");
        let protection = self.unprotected();
        let mut effects = self.open_round(at, entropy, names, true, &protection);
        effects.extend(self.in_round(|open| open.read_made_up(at)));
        effects.extend(self.show(Route::List));
        effects
    }

    /// Opens a round with the form that is here for it.
    fn open_round(
        &mut self,
        at: i64,
        entropy: [u8; ENTROPY],
        (title, auditor): (&str, &str),
        made_up: bool,
        protection: &Protection,
    ) -> Vec<Effect> {
        let Some(form) = self.form_to_open.take() else {
            return Vec::new(); // The second of two clicks.
        };
        let [round, author] = names(entropy);
        let fact = Fact::RoundOpened {
            title: title.to_owned(),
            auditor: auditor.to_owned(),
            made_up,
            form,
        };
        let mut effects = self.close();
        let mut journal = Journal::default();
        let author = AuthorId(author);
        let entry = journal.draft(&author, at, fact);
        match (Round::open(&entry), journal.keep(&entry)) {
            (Some(round_state), Ok(line)) => {
                let id = RoundId(round);
                let sealed = Sealed {
                    made_up,
                    opened_at: at,
                    ..protection.sealed(unprotected(made_up, at, entropy))
                };
                let lines = vec![line];
                let asked = self.asked;
                let mut open = Open::new(id, author, journal, round_state, lines, sealed, asked);
                effects.push(open.keep(protection));
                self.set_current(&open.id);
                self.open = Some(Box::new(open));
                self.new_round = NewRound::default();
                effects
            }
            (_, Err(fault)) => self.refuse(fault.to_string()),
            (None, Ok(_)) => self.refuse("The round could not be opened.".to_owned()),
        }
    }

    pub(super) fn set_current(&mut self, id: &RoundId) {
        if let Shelf::Ready { current, .. } = &mut self.shelf {
            *current = Some(id.clone());
        }
    }

    /// Opens a round from its stored journal.
    pub(super) fn resume(&mut self, id: RoundId, read: Read) -> Vec<Effect> {
        let asked_with = self.asked_with.take_if(|(asked, _)| *asked == id);
        let Some((_, sealed)) = asked_with else {
            return self.store_refused("This round is locked.".to_owned());
        };
        if let Some(effects) = self.meet(&id, &read.lines, &sealed) {
            return effects;
        }
        let Read { lines, .. } = &read;
        let mut journal = Journal::default();
        let fault = lines.iter().find_map(|line| journal.take(line).err());
        if let Some(fault) = fault {
            return self.store_refused(format!(
                "This round cannot be continued, because its journal is damaged. {fault} Nothing \
                 has been removed."
            ));
        }
        let author = journal.entries().first().map(|entry| entry.author.clone());
        let Some(((round, _), author)) = Round::fold(&journal).zip(author) else {
            return self.store_refused(
                "The beginning of this round's journal cannot be read. Nothing has been removed."
                    .to_owned(),
            );
        };
        self.set_current(&id);
        self.unlock.leave();
        let asked = self.asked;
        let mut open = Open::new(id, author, journal, round, read.lines, sealed, asked);
        open.saving.stored = read.stored;
        open.adrift = read.adrift;
        open.keeping = read.keeping;
        open.found = read.found;
        self.open = Some(Box::new(open));
        self.new_round.refused = None;
        self.arrive_at_forms()
    }

    pub(super) fn refuse(&mut self, why: String) -> Vec<Effect> {
        self.new_round.refused = Some(why);
        vec![Effect::Focus("error-summary".to_owned())]
    }

    pub(super) fn store_stopped(&mut self) -> Vec<Effect> {
        let why = "The part of Sightline that keeps your work has stopped.".to_owned();
        match &mut self.open {
            Some(open) => {
                open.saving.failed = Some(why);
                open.saving.stopped = true;
            }
            None => self.shelf = Shelf::Unavailable(why),
        }
        Vec::new()
    }

    /// Leaves the open round for what comes `next`, unless words of it would be lost: then it
    /// stays, and that is said.
    fn leave_for(&mut self, at: i64, next: impl FnOnce(&mut Self) -> Vec<Effect>) -> Vec<Effect> {
        let mut effects = self.in_round(|open| open.keep_drafts(at));
        effects.extend(if self.is_unsaved() {
            self.refuse(
                "Your latest work in the open round is not saved on this computer, and would be \
                 lost. Try to save it again before you go to another round."
                    .to_owned(),
            )
        } else {
            next(self)
        });
        effects
    }

    pub(super) fn store_again(&mut self) -> Vec<Effect> {
        let mut effects = match &mut self.open {
            Some(open) => open.store_the_rest(),
            None => vec![Effect::RestartStore, Effect::AskStore(Request::List)],
        };
        effects.extend(self.keep_forms_again());
        effects
    }
}

/// Of a round's first line, what its card tells; all else of it is read when the round is opened.
#[derive(Deserialize)]
struct FirstLine {
    fact: String,
    title: String,
    at: i64,
    made_up: bool,
}

/// The card of a round: what can be said of it before it is unlocked.
fn card(kept: Kept) -> Card {
    let first = kept.first.as_deref();
    let said: Option<FirstLine> = first.and_then(|line| serde_json::from_str(line).ok());
    let said = said.filter(|line| line.fact == "round_opened");
    let locked = first.is_none() && !kept.slots.is_empty();
    Card {
        id: RoundId(kept.round),
        opened_at: said.as_ref().map(|line| line.at).or(kept.opened_at),
        made_up: said.as_ref().is_some_and(|line| line.made_up) || kept.made_up,
        title: match said {
            Some(line) => line.title,
            None if locked => "Locked round".to_owned(),
            None if kept.newer => "A round of a newer version of Sightline".to_owned(),
            None => "A round that cannot be read".to_owned(),
        },
        entries: kept.lines,
        slots: kept.slots,
        locked,
        plain: kept.plain,
    }
}

/// A key that lies open beside what it seals.
fn unprotected(made_up: bool, opened_at: i64, entropy: [u8; ENTROPY]) -> Sealed {
    let key = DataKey::new(entropy.last_chunk().copied().unwrap_or_default());
    Sealed {
        made_up,
        opened_at,
        slots: vec![Slot::Open { key: key.clone() }],
        key,
    }
}

/// Two names of 16 hex digits each.
fn names(entropy: [u8; ENTROPY]) -> [String; 2] {
    let number = u128::from_be_bytes(entropy.first_chunk().copied().unwrap_or_default());
    let hex = format!("{number:032x}");
    let (round, author) = hex.split_at(16);
    [round.to_owned(), author.to_owned()]
}
