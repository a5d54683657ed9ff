//! Files of rounds: saving the open one with a passphrase, and opening one that was saved.

use super::open::Sealed;
use super::{Effect, FileKey, Model, Msg as AppMsg, Open, RoundId, Route, Tag};
use crate::file::{self, Lost, Opened, Saved};
use crate::journal::Journal;
use crate::locksmith::{Reply, Request};
use crate::round::Round;
use crate::store;
use crate::table::date::Date;

/// The id of the passphrase field.
pub const PASSPHRASE_FIELD: &str = "passphrase";
/// The id of the file field.
pub const FILE_FIELD: &str = "saved-round";

/// The shortest passphrase, in characters, that a file is sealed with.
pub const SHORTEST: usize = 12;

/// What the two pages hold; forgotten when they are left.
#[derive(Default)]
pub struct Stage {
    /// The file to open, and its name.
    pub file: Option<(FileKey, String)>,
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
    /// The newest request to the locksmith: answers to others are dropped.
    asked: Tag,
    /// What a file held, while the round of its name is read from the store.
    arrived: Option<(RoundId, Opened, Sealed)>,
}

/// No passphrase is ever shown by accident.
impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
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
    /// The person wants a passphrase to be made.
    ClickedMakePhrase,
    /// The person wants the round as a file.
    ClickedSave,
    /// The person chose a file, or dropped one: its name.
    ChoseFile(FileKey, String),
    /// The person wants the file opened.
    ClickedOpen,
    /// The locksmith answered the request of that tag.
    Answered(Tag, Reply, Option<Vec<u8>>),
    /// The locksmith failed at the request of that tag.
    Failed(Tag),
}

/// No passphrase is ever shown by accident.
impl std::fmt::Debug for Msg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Saved")
    }
}

impl Stage {
    /// Forgets all but which request is the newest.
    pub(super) fn leave_page(&mut self) {
        let (asked, arrived) = (self.asked, self.arrived.take());
        *self = Self {
            asked: Tag(asked.0 + 1),
            arrived,
            ..Self::default()
        };
    }

    /// Forgets what a file held: the round that it belongs to could not be read.
    pub(super) fn forget_file(&mut self) {
        self.arrived = None;
    }

    fn ask(&mut self, request: Request, file: Option<FileKey>) -> Vec<Effect> {
        self.working = true;
        self.asked.0 += 1;
        vec![Effect::AskLocksmith(self.asked, request, file)]
    }

    fn refuse(&mut self, field: &'static str, why: impl Into<String>) -> Vec<Effect> {
        self.working = false;
        self.errors.push((field, why.into()));
        vec![Effect::Focus("error-summary".to_owned())]
    }
}

impl Model {
    pub(super) fn update_saved(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        if let Msg::Answered(tag, reply, _) = &msg
            && self.looks_back(*tag)
        {
            let reply = Some(reply.clone());
            return self.in_round(|open| open.unsealed(reply));
        }
        if let Msg::Failed(tag) = &msg
            && self.looks_back(*tag)
        {
            return self.in_round(|open| open.unsealed(None));
        }
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
            Msg::Answered(tag, reply, bytes) if stage.working && tag == stage.asked => {
                stage.working = false;
                self.locksmith_answered(at, reply, bytes.unwrap_or_default())
            }
            Msg::Failed(tag) if stage.working && tag == stage.asked => stage.refuse(
                PASSPHRASE_FIELD,
                "This computer has too little memory free for it. Close other pages and programs, \
                 then try again.",
            ),
            Msg::Answered(..) | Msg::Failed(_) => Vec::new(),
        }
    }

    /// Whether the answer is to the open round, which looks into the file of an earlier one.
    fn looks_back(&self, tag: Tag) -> bool {
        let open = self.open.as_ref().filter(|_| !self.saved.working);
        open.is_some_and(|open| open.list.earlier.awaits(tag))
    }

    fn save_round(&mut self, at: i64) -> Vec<Effect> {
        let mut effects = self.in_round(|open| open.keep_drafts(at));
        let Some(open) = &self.open else {
            return effects;
        };
        let stage = &mut self.saved;
        stage.errors.clear();
        stage.saved = None;
        effects.extend(if stage.passphrase.chars().count() < SHORTEST {
            stage.refuse(
                PASSPHRASE_FIELD,
                format!("Enter a passphrase of at least {SHORTEST} characters"),
            )
        } else {
            let saved = Saved {
                round: open.id.to_string(),
                saved_at: at,
                lines: open.lines().to_vec(),
            };
            let passphrase = stage.passphrase.clone();
            stage.ask(Request::Save { saved, passphrase }, None)
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
                vec![
                    Effect::SaveFile(name, "application/octet-stream", bytes),
                    Effect::Focus(super::shelf::HEADING.to_owned()),
                ]
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
                // What is decided next depends on which rounds are here now.
                vec![Effect::AskStore(store::Request::List)]
            }
            Reply::Keys { .. } | Reply::Unlocked(_) => Vec::new(),
            Reply::Refused(why) => stage.refuse(PASSPHRASE_FIELD, why),
        }
    }

    /// Now that the rounds on this computer are known: takes in what a file held, as a new round or
    /// beside what is here of it already.
    pub(super) fn take_in(&mut self) -> Vec<Effect> {
        let Some((id, opened, sealed)) = self.saved.arrived.take() else {
            return Vec::new();
        };
        let Some(card) = self.card(&id) else {
            let told = opened.lost.map(Told::Lost);
            return self.open_saved(id, opened.saved.lines, None, sealed, told);
        };
        if card.locked {
            let why = "This round is on this computer too, and locked. Unlock it first, then open \
                       the file again.";
            return self.saved.refuse(FILE_FIELD, why);
        }
        self.open = None;
        self.saved.arrived = Some((id.clone(), opened, sealed));
        self.ask_for(id, None).into_iter().collect()
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
        let (id, lines, stored) = (id.clone(), lines.to_vec(), Some(here.len()));
        Some(self.open_saved(id, lines, stored, sealed.clone(), Some(told)))
    }

    /// Neither is the beginning of the other: the file becomes a round of its own, always under
    /// the same name, so that opening it again finds it.
    fn fork(&mut self, (id, opened, sealed): (RoundId, Opened, Sealed)) -> Vec<Effect> {
        let last = opened.saved.lines.last().map_or("", String::as_str);
        let name = Journal::hash(&format!("{id}{last}"));
        let id = RoundId(name.chars().take(16).collect());
        self.saved.arrived = Some((id, opened, sealed));
        let effects = self.take_in();
        if let Some(open) = self.open.as_mut().filter(|open| open.told.is_none()) {
            open.told = Some(Told::Fork);
        }
        effects
    }

    /// Opens a round from these lines, of which so many are on disk; none, if the store does not have it.
    fn open_saved(
        &mut self,
        id: RoundId,
        lines: Vec<String>,
        stored: Option<usize>,
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
        let mut open = Open::new(id, author, journal, round, lines, sealed, self.asked);
        open.told = told;
        let mut effects = vec![match stored {
            Some(stored) => {
                open.saving.stored = stored;
                open.append_from(stored)
            }
            None => open.begin_journal(),
        }];
        self.open = Some(Box::new(open));
        self.new_round.refused = None;
        effects.extend(self.show(Route::Round));
        effects
    }
}

impl From<Msg> for AppMsg {
    fn from(msg: Msg) -> Self {
        Self::Saved(msg)
    }
}
