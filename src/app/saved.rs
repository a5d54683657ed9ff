//! Files of rounds: saving the open one, sealed with a passphrase or for a team's key, and opening one that was
//! saved.

use super::open::Sealed;
use super::setup::{self, Protection, What};
use super::{Asker, Effect, FileKey, Model, Msg as AppMsg, Open, RoundId, Route, Tag};
use crate::file::{self, Lost, Opened, Saved};
use crate::journal::Journal;
use crate::locksmith::{Reply, Request, With};
use crate::round::Round;
use crate::seal::keyring::Slot;
use crate::seal::strength::Strength;
use crate::store;
use crate::table::date::Date;

super::show_nothing_of!(Stage, Msg);

/// The id of the passphrase field.
pub const PASSPHRASE_FIELD: &str = "passphrase";
/// The id of the field for a team's public key.
pub const TEAM_FIELD: &str = "file-team-key";
/// The id of the choice what opens the file.
pub const SEALED_FIELD: &str = "file-sealed";
/// The id of the file field.
pub const FILE_FIELD: &str = "saved-round";

/// What is said where the lock worker ends without an answer.
pub(super) const TOO_LITTLE_MEMORY: &str = "The part that takes passphrases stopped, most likely because \
    this computer has too little memory free. Nothing was changed. Close other pages and programs, then try again.";

/// What opens a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenedBy {
    /// A passphrase.
    #[default]
    Passphrase,
    /// The secret key that belongs to a team's public key.
    Team,
}

/// What the two pages hold; forgotten when they are left.
#[derive(Default)]
pub struct Stage {
    /// The file to open, and its name.
    pub file: Option<(FileKey, String)>,
    /// What is to open the file that is saved.
    pub opened_by: OpenedBy,
    /// The team's public key, as it is typed; `None` is that of the round, if it has one.
    pub team: Option<String>,
    /// The passphrase as it is typed.
    pub passphrase: String,
    /// Whether it is shown; `None` is each page's own beginning.
    pub shown: Option<bool>,
    /// Whether the passphrase is one that Sightline made.
    pub made: bool,
    /// Whether the locksmith is at work.
    pub working: bool,
    /// What is wrong, by field id.
    pub errors: Vec<(&'static str, String)>,
    /// The name of the file that was saved.
    pub saved: Option<String>,
    /// How many entries the round had when the locksmith was asked to seal it.
    entries: usize,
    /// The newest request to the locksmith: answers to others are dropped.
    asked: Tag,
    /// What a file held, while the round of its name is read from the store.
    arrived: Option<(RoundId, Opened, Sealed)>,
    /// Whether what arrived went another way than the round of its name that is here.
    fork: bool,
    /// The passphrase that opened what arrived, until it is known how the round is kept.
    opened_with: String,
}

/// What became of a file that was opened, for the person to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// All that the file held was here already.
    NothingNew,
    /// The file went on where the round on this computer ended.
    Continued,
    /// The round on this computer and the file went on differently: the file is a round of its own.
    Fork,
    /// The round was sealed anew, with another passphrase or what opens it beside that.
    Resealed,
    /// The file was damaged.
    Lost(Lost),
}

/// What can happen with files of rounds.
#[derive(Clone)]
pub enum Msg {
    /// The person typed a passphrase.
    EnteredPassphrase(String),
    /// The person chose whether the passphrase is shown.
    ToggledShown(bool),
    /// The person chose what is to open the file.
    ChoseOpenedBy(OpenedBy),
    /// The person typed a team's public key.
    EnteredTeam(String),
    /// The person wants a passphrase to be made.
    ClickedMakePhrase,
    /// The person wants the round as a file.
    ClickedSave,
    /// The person chose a file, or dropped one: its name.
    ChoseFile(FileKey, String),
    /// The person wants the file opened.
    ClickedOpen,
}

impl Stage {
    /// Forgets all but which request is the newest.
    pub(super) fn leave_page(&mut self) {
        *self = Self {
            asked: Tag(self.asked.0 + 1),
            arrived: self.arrived.take(),
            fork: self.fork,
            ..Self::default()
        };
    }

    /// Forgets what a file held: the round that it belongs to could not be read.
    pub(super) fn forget_file(&mut self) {
        self.arrived = None;
    }

    fn ask(&mut self, request: Request, file: Option<FileKey>) -> Vec<Effect> {
        self.working = true;
        vec![self.asked.ask_locksmith(Asker::Saved, request, file)]
    }

    /// The field for what opens the file.
    fn field(&self) -> &'static str {
        match self.opened_by {
            OpenedBy::Passphrase => PASSPHRASE_FIELD,
            OpenedBy::Team => TEAM_FIELD,
        }
    }

    /// The strength of the passphrase as it stands.
    #[must_use]
    pub fn strength(&self) -> Strength {
        Strength::told_of(&self.passphrase, self.made)
    }

    fn refuse(&mut self, field: &'static str, why: impl Into<String>) -> Vec<Effect> {
        self.working = false;
        self.errors.push((field, why.into()));
        vec![Effect::Focus("error-summary".to_owned())]
    }
}

impl Model {
    pub(super) fn update_saved(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.saved;
        match msg {
            Msg::EnteredPassphrase(passphrase) => {
                stage.passphrase = passphrase;
                stage.made = false;
                Vec::new()
            }
            Msg::ToggledShown(shown) => {
                stage.shown = Some(shown);
                Vec::new()
            }
            Msg::ChoseOpenedBy(opened_by) => {
                stage.opened_by = opened_by;
                stage.errors.clear();
                Vec::new()
            }
            Msg::EnteredTeam(key) => {
                stage.team = Some(key);
                Vec::new()
            }
            Msg::ChoseFile(file, name) => {
                stage.file = Some((file, name));
                stage.errors.clear();
                Vec::new()
            }
            // A second click while the locksmith is at work is no second request.
            Msg::ClickedMakePhrase | Msg::ClickedSave | Msg::ClickedOpen if stage.working => {
                Vec::new()
            }
            Msg::ClickedMakePhrase => stage.ask(Request::MakePhrase, None),
            Msg::ClickedSave => self.save_round(at),
            Msg::ClickedOpen => self.open_file(at),
        }
    }

    /// The locksmith answered a request of these pages.
    pub(super) fn saved_answered(
        &mut self,
        at: i64,
        tag: Tag,
        reply: Reply,
        bytes: Option<Vec<u8>>,
    ) -> Vec<Effect> {
        if tag != self.saved.asked {
            return Vec::new();
        }
        self.saved.working = false;
        self.locksmith_answered(at, reply, bytes.unwrap_or_default())
    }

    /// The locksmith failed at a request of these pages.
    pub(super) fn saved_failed(&mut self, tag: Tag) -> Vec<Effect> {
        if tag != self.saved.asked {
            return Vec::new();
        }
        let field = self.saved.field();
        self.saved.refuse(field, TOO_LITTLE_MEMORY)
    }

    /// The public key that a file is sealed for: as typed, or else that of the open round's team.
    #[must_use]
    pub fn team_of_file(&self) -> String {
        let slots = self.open.iter().flat_map(|open| open.slots());
        let mut of_round = slots.filter_map(|slot| match slot {
            Slot::Recipient { recipient, .. } => Some(recipient.clone()),
            Slot::Open { .. } | Slot::Passphrase { .. } | Slot::Recovery { .. } => None,
        });
        let typed = self.saved.team.clone();
        typed.or_else(|| of_round.next()).unwrap_or_default()
    }

    fn save_round(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.in_round(|open| open.keep_drafts(at));
        let team = self.team_of_file();
        let Some(open) = &self.open else {
            return effects;
        };
        let stage = &mut self.saved;
        stage.errors.clear();
        stage.saved = None;
        let with = match stage.opened_by {
            OpenedBy::Team => Ok(With::Recipient(team)),
            OpenedBy::Passphrase => {
                let passphrase = stage.passphrase.clone();
                setup::fit(&passphrase, stage.made).map(|()| With::Passphrase(passphrase))
            }
        };
        effects.extend(match with {
            Err(why) => stage.refuse(PASSPHRASE_FIELD, why),
            Ok(with) => {
                let saved = Saved {
                    round: open.id.to_string(),
                    saved_at: at,
                    lines: open.lines().to_vec(),
                };
                stage.entries = saved.lines.len();
                stage.ask(Request::Save { saved, with }, None)
            }
        });
        effects
    }

    /// Asks for the file to be opened, unless words of the open round would be lost.
    fn open_file(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.in_round(|open| open.keep_drafts(at));
        self.saved.errors.clear();
        let unsaved = self.is_unsaved();
        let stage = &mut self.saved;
        let Some((file, _)) = stage.file.clone() else {
            effects.extend(stage.refuse(FILE_FIELD, "Choose the file of a saved round"));
            return effects;
        };
        effects.extend(if unsaved {
            stage.refuse(
                FILE_FIELD,
                "Your latest work in the open round is not saved on this computer, and would be \
                 lost. Save that round to a file first.",
            )
        } else {
            let passphrase = stage.passphrase.clone();
            stage.ask(Request::Open { passphrase }, Some(file))
        });
        effects
    }

    fn locksmith_answered(&mut self, at: i64, reply: Reply, bytes: Vec<u8>) -> Vec<Effect> {
        let stage = &mut self.saved;
        match reply {
            Reply::Phrase(phrase) => {
                stage.passphrase = phrase;
                (stage.made, stage.shown) = (true, Some(true));
                stage.errors.clear();
                vec![Effect::Focus(PASSPHRASE_FIELD.to_owned())]
            }
            Reply::Saved => {
                let name = format!("sightline-round-{}.{}", Date::of_millis(at), file::ENDING);
                stage.saved = Some(name.clone());
                let entries = std::mem::take(&mut stage.entries);
                let mut effects = vec![
                    Effect::SaveFile(name, "application/octet-stream", bytes),
                    Effect::Focus(super::shelf::HEADING.to_owned()),
                ];
                if let Some(round) = self.open.as_ref().map(|open| open.id.clone()) {
                    effects.push(self.remember_file(at, &round, entries));
                }
                effects
            }
            Reply::Opened { opened, key, slots } => {
                let id = RoundId(opened.saved.round.clone());
                let sealed = Sealed {
                    made_up: false,
                    opened_at: opened.saved.saved_at,
                    slots,
                    key,
                };
                stage.arrived = Some((id, opened, sealed));
                stage.opened_with = std::mem::take(&mut stage.passphrase);
                stage.fork = false;
                // What is decided next depends on which rounds are here now.
                vec![Effect::AskStore(store::Request::List)]
            }
            Reply::Keys { .. } | Reply::Unlocked(_) => Vec::new(),
            Reply::Refused(why) => stage.refuse(stage.field(), why),
        }
    }

    /// Now that the rounds on this computer are known: takes in what a file held, as a new round or
    /// beside what is here of it already.
    pub(super) fn take_in(&mut self) -> Vec<Effect> {
        let Some((id, opened, sealed)) = self.saved.arrived.take() else {
            return Vec::new();
        };
        if self.open.as_ref().is_some_and(|open| open.id == id) {
            return self.meet_open((id, opened, sealed));
        }
        let Some(card) = self.card(&id) else {
            return self.keep_new((id, opened, sealed));
        };
        if card.locked || card.plain {
            let why = "This round is on this computer already. Open it on the page All rounds, and then \
                       open the file again: what the file has more is added to it.";
            return self.saved.refuse(FILE_FIELD, why);
        }
        let mut effects = self.close();
        self.saved.arrived = Some((id.clone(), opened, sealed));
        effects.extend(self.ask_for(id, None));
        effects
    }

    /// The file's round is the one that is open.
    fn meet_open(&mut self, arrived: (RoundId, Opened, Sealed)) -> Vec<Effect> {
        let Some(open) = &self.open else {
            return Vec::new();
        };
        let (id, lines, sealed) = (open.id.clone(), open.lines().to_vec(), open.sealed.clone());
        self.saved.arrived = Some(arrived);
        self.meet(&id, &lines, &sealed).unwrap_or_default()
    }

    /// The file's round is not here yet: asks how it is kept, if it can be and has to be.
    fn keep_new(&mut self, arrived: (RoundId, Opened, Sealed)) -> Vec<Effect> {
        let (_, opened, _) = &arrived;
        let made_up = is_made_up(&opened.saved.lines);
        self.saved.arrived = Some(arrived);
        let protection = self.unprotected();
        if made_up || protection == Protection::InMemory {
            return self.keep_arrived(&protection);
        }
        let passphrase = std::mem::take(&mut self.saved.opened_with);
        let effects = self.protect(What::FromFile);
        // The one that the file was opened with is at hand, and may as well open it here.
        self.setup.passphrase = passphrase;
        effects
    }

    /// Keeps the round that came out of a file, now that it is known how.
    pub(super) fn keep_arrived(&mut self, protection: &Protection) -> Vec<Effect> {
        let Some((id, opened, sealed)) = self.saved.arrived.take() else {
            return Vec::new();
        };
        let mut effects = self.close();
        let told = opened.lost.map(Told::Lost);
        let told = told.or(std::mem::take(&mut self.saved.fork).then_some(Told::Fork));
        let sealed = Sealed {
            made_up: is_made_up(&opened.saved.lines),
            ..protection.sealed(sealed)
        };
        effects.extend(self.open_saved(
            id,
            opened.saved.lines,
            Kept::New(protection),
            sealed,
            told,
        ));
        effects
    }

    /// Where the round that was just read is the one that a file holds: puts the two together.
    pub(super) fn meet(
        &mut self,
        id: &RoundId,
        here: &[String],
        sealed: &Sealed,
    ) -> Option<Vec<Effect>> {
        let arrived = self.saved.arrived.take_if(|(arrived, ..)| arrived == id)?;
        let (_, opened, _) = &arrived;
        let there = &opened.saved.lines;
        let lost = opened.lost.clone().map(Told::Lost);
        let (lines, told) = if here.starts_with(there) {
            (here, lost.unwrap_or(Told::NothingNew))
        } else if there.starts_with(here) {
            (there.as_slice(), lost.unwrap_or(Told::Continued))
        } else {
            return Some(self.fork(arrived));
        };
        let (id, lines) = (id.clone(), lines.to_vec());
        let kept = Kept::Here(here.len());
        Some(self.open_saved(id, lines, kept, sealed.clone(), Some(told)))
    }

    /// Neither is the beginning of the other: the file becomes a round of its own, always under
    /// the same name, so that opening it again finds it.
    fn fork(&mut self, (id, opened, sealed): (RoundId, Opened, Sealed)) -> Vec<Effect> {
        let last = opened.saved.lines.last().map_or("", String::as_str);
        let name = Journal::hash(&format!("{id}{last}"));
        let id = RoundId(name.chars().take(16).collect());
        self.saved.arrived = Some((id, opened, sealed));
        self.saved.fork = true;
        self.take_in()
    }

    /// Opens a round from these lines.
    fn open_saved(
        &mut self,
        id: RoundId,
        lines: Vec<String>,
        kept: Kept<'_>,
        sealed: Sealed,
        told: Option<Told>,
    ) -> Vec<Effect> {
        let mut journal = Journal::default();
        let whole = lines.iter().all(|line| journal.take(line).is_ok());
        let author = journal.entries().first().map(|entry| entry.author.clone());
        let folded = Round::fold(&journal).zip(author);
        let Some(((round, _), author)) = folded.filter(|_| whole) else {
            let why = "The beginning of the round cannot be read. Use another copy of the file.";
            return self.saved.refuse(FILE_FIELD, why);
        };
        self.set_current(&id);
        let before = self.open.as_ref().filter(|open| open.id == id);
        let keeping = before.map(|open| open.keeping).unwrap_or_default();
        let mut open = Open::new(id, author, journal, round, lines, sealed, self.asked);
        open.keeping = keeping;
        open.told = told;
        let mut effects = vec![match kept {
            Kept::Here(stored) => {
                open.saving.stored = stored;
                open.append_from(stored)
            }
            Kept::New(protection) => open.keep(protection),
        }];
        self.open = Some(Box::new(open));
        self.new_round.refused = None;
        effects.extend(self.show(Route::Round));
        effects
    }
}

/// What the store has of a round that is opened from a file.
#[derive(Clone, Copy)]
enum Kept<'a> {
    /// So many of its lines.
    Here(usize),
    /// Nothing yet; it is to be protected so.
    New(&'a Protection),
}

/// Whether these are the lines of a trial with the made-up list.
fn is_made_up(lines: &[String]) -> bool {
    let mut journal = Journal::default();
    let first = lines.first().and_then(|line| journal.take(line).ok());
    first
        .and_then(Round::open)
        .is_some_and(|round| round.made_up)
}

impl From<Msg> for AppMsg {
    fn from(msg: Msg) -> Self {
        Self::Saved(msg)
    }
}
