//! The round that is open: its journal, its state, and what is on the way to the store.

use std::collections::BTreeMap;

use super::sampling::balance::Beside;
use super::{
    Asker, Effect, FileKey, RoundId, Route, Tag, audit, cases, concern, findings, list, sampling,
    saved, settle, trail,
};
use crate::clerk;
use crate::desk::{Reply, Request, Subject};
use crate::form::Form;
use crate::journal::{AuthorId, Entry, Fact, Journal};
use crate::locksmith;
use crate::round::{Rejection, Round};
use crate::seal::data_key::DataKey;
use crate::seal::keyring::Slot;

/// The open round, with what each of its pages holds that is not (yet) part of the round.
#[derive(Debug)]
pub struct Open {
    /// The round's name in the store.
    pub id: RoundId,
    /// Who is writing.
    pub author: AuthorId,
    /// The round as it stands.
    pub round: Round,
    /// A newer version of the round's form, once its page has asked for it.
    pub newer_form: Option<Box<Form>>,
    /// How far the journal is on disk.
    pub saving: Saving,
    /// How it is kept.
    pub keeping: Keeping,
    /// With what it is sealed.
    pub(super) sealed: Sealed,
    /// Lines that are not part of the round: written by a page that another had overtaken, or found
    /// behind damage. A person settles them.
    pub adrift: Vec<String>,
    /// What the store told when it was opened.
    pub found: Found,
    /// The page on which they are settled.
    pub settle: settle::Stage,
    /// What became of the file that it was opened from.
    pub told: Option<saved::Told>,
    /// The page of the case list.
    pub list: list::Stage,
    /// The page of the sample.
    pub sampling: sampling::Stage,
    /// The page of the cases.
    pub cases: cases::Stage,
    /// The walk through a case.
    pub audit: audit::Stage,
    /// The page of concerns about a case.
    pub concern: concern::Stage,
    /// The page of the findings.
    pub findings: findings::Stage,
    /// The page of the audit trail.
    pub trail: trail::Stage,
    journal: Journal,
    /// The journal's lines, as they are stored.
    lines: Vec<String>,
    asked: Tag,
    /// The newest request on each subject that the desk has not answered: an answer to any other
    /// is dropped.
    awaited: BTreeMap<Subject, Tag>,
}

/// How a round is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// This page writes it.
    #[default]
    Written,
    /// Another page writes it; this one reads along.
    Along,
    /// In memory only, for this session: the store is never given any of it.
    Memory,
}

/// With what a round is sealed on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Whether it is a trial with the made-up list, which is kept apart.
    pub made_up: bool,
    /// When it was opened: milliseconds since 1970 (UTC).
    pub opened_at: i64,
    /// The ways to its key.
    pub slots: Vec<Slot>,
    /// Its key.
    pub key: DataKey,
}

impl Sealed {
    /// Whether something has to be entered before it can be read.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        !self.slots.iter().any(Slot::is_open)
    }
}

/// What the store told when a round was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Parts of one of the two places that were brought up to the other's.
    pub healed: usize,
    /// Bytes that could be read in neither.
    pub damaged: usize,
    /// What is wrong with a place, as sentences.
    pub trouble: Vec<String>,
}

/// How far the journal is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Lines that the store has in both places.
    pub stored: usize,
    /// Lines that it has in at least one.
    pub once: usize,
    /// Lines written.
    pub written: usize,
    /// Why the store could not keep the rest.
    pub failed: Option<String>,
    /// Whether the store has stopped, and is to be started anew.
    pub stopped: bool,
}

/// What may be said of the work so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// All of it is on disk.
    Yes,
    /// Some of it is on its way.
    OnItsWay,
    /// Some of it is in memory only, and the store has failed.
    No,
    /// All of it is in memory only, as it is meant to be or must be.
    Memory,
    /// Another page writes it.
    Along,
}

impl Open {
    pub(super) fn new(
        id: RoundId,
        author: AuthorId,
        journal: Journal,
        round: Round,
        lines: Vec<String>,
        sealed: Sealed,
        asked: Tag,
    ) -> Self {
        Self {
            id,
            author,
            newer_form: None,
            saving: Saving {
                stored: lines.len(),
                once: lines.len(),
                written: lines.len(),
                ..Saving::default()
            },
            keeping: Keeping::default(),
            sealed,
            adrift: Vec::new(),
            settle: settle::Stage::default(),
            found: Found::default(),
            told: None,
            list: list::Stage::default(),
            sampling: sampling::Stage::default(),
            cases: cases::Stage::default(),
            audit: audit::Stage::default(),
            concern: concern::Stage::default(),
            findings: findings::Stage::default(),
            trail: trail::Stage::default(),
            round,
            journal,
            lines,
            // A number of its own, which no request of another round bore.
            asked: Tag(asked.0 + 1),
            awaited: BTreeMap::new(),
        }
    }

    /// All that happened in the round, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        self.journal.entries()
    }

    /// The journal's lines, as they are stored.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether it is kept in this browser.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.keeping != Keeping::Memory
    }

    /// Whether something has to be entered before it can be read where it is kept.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.is_kept() && self.sealed.is_protected()
    }

    /// The ways to its key.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.sealed.slots
    }

    /// Takes a journal in the place of the one that is here.
    pub(super) fn replace(&mut self, journal: Journal, round: Round, lines: Vec<String>) {
        self.newer_form = None;
        self.saving.stored = lines.len();
        self.saving.written = lines.len();
        self.round = round;
        self.journal = journal;
        self.lines = lines;
    }

    /// What may be said of the work so far, typed words included.
    #[must_use]
    pub fn saved(&self) -> Saved {
        let Saving {
            stored,
            written,
            failed,
            ..
        } = &self.saving;
        if self.keeping == Keeping::Memory {
            Saved::Memory
        } else if self.keeping == Keeping::Along && !self.drafting() {
            Saved::Along
        } else if failed.is_some() {
            Saved::No
        } else if stored == written && !self.drafting() {
            Saved::Yes
        } else {
            Saved::OnItsWay
        }
    }

    /// Whether words are typed that are no fact yet.
    pub(super) fn drafting(&self) -> bool {
        !self.audit.drafts.is_empty()
            || !self.concern.drafts.is_empty()
            || !self.unkept_words().is_empty()
    }

    /// Lets a fact happen: it goes into the round, into the journal and on its way to the store.
    ///
    /// # Errors
    /// If it does not fit the round, which is then unchanged; or another page writes it.
    pub(super) fn record(&mut self, at: i64, fact: Fact) -> Result<Effect, Rejection> {
        if self.keeping == Keeping::Along {
            return Err(Rejection(
                "Another tab writes in this round. To write here, choose “Write here instead” at the top of the page.".to_owned(),
            ));
        }
        let entry = self.journal.draft(&self.author, at, fact);
        self.round.apply(&entry)?;
        let line = self
            .journal
            .keep(&entry)
            .map_err(|fault| Rejection(fault.to_string()))?;
        Ok(self.store(line))
    }

    /// Sends a line to the store, with all before it that the store has not been given or lost.
    pub(super) fn store(&mut self, line: String) -> Effect {
        self.lines.push(line);
        let from = match self.saving.failed {
            Some(_) => self.saving.stored,
            None => self.lines.len() - 1,
        };
        self.append_from(from)
    }

    /// Forgets what a page showed that does not outlive leaving it.
    pub(super) fn leave_page(&mut self) {
        self.audit.leave_page();
        self.concern.leave_page();
        self.list.earlier.leave_page();
        self.sampling.leave_page();
        self.findings.refused = None;
        self.trail.leave_page();
    }

    /// Asks for what a page shows, now that it is gone to.
    pub(super) fn arrive(&mut self, route: &Route) -> Vec<Effect> {
        self.audit.arrive(route.case_number());
        if *route == Route::ListRows {
            self.arrive_at_rows()
        } else if *route == Route::Sample {
            self.arrive_at_sample()
        } else if *route == Route::Balance {
            self.arrive_at_balance()
        } else {
            Vec::new()
        }
    }

    /// The newest request to the desk.
    pub(super) fn asked(&self) -> Tag {
        self.asked
    }

    /// Takes note of a request to the desk that was made outside of the round.
    pub(super) fn note_asked(&mut self, asked: Tag) {
        self.asked = asked;
    }

    /// Asks the desk, and remembers which answer to wait for.
    pub(super) fn ask(&mut self, request: Request, file: Option<FileKey>) -> Effect {
        self.asked.0 += 1;
        let subject = request.subject();
        if subject == Subject::Reading {
            self.awaited.clear();
        }
        self.awaited.insert(subject, self.asked);
        Effect::AskDesk(self.asked, request, file)
    }

    /// Asks a locksmith, and says which answer to wait for.
    pub(super) fn ask_locksmith(
        &mut self,
        request: locksmith::Request,
        file: Option<FileKey>,
    ) -> (Tag, Effect) {
        let effect = self.asked.ask_locksmith(Asker::Earlier, request, file);
        (self.asked, effect)
    }

    /// Asks a clerk, and says which answer to wait for.
    pub(super) fn ask_clerk(&mut self, request: clerk::Request) -> (Tag, Effect) {
        self.asked.0 += 1;
        (self.asked, Effect::AskClerk(self.asked, request, None))
    }

    /// Whether the desk is still at work on that.
    #[must_use]
    pub fn awaits(&self, subject: Subject) -> bool {
        self.awaited.contains_key(&subject)
    }

    /// Waits no more for what was asked on that.
    pub(super) fn forget(&mut self, subject: Subject) {
        self.awaited.remove(&subject);
    }

    /// Begins with an empty desk: what was asked of the one before is not waited for.
    pub(super) fn replace_desk(&mut self) -> Effect {
        self.awaited.clear();
        Effect::ReplaceDesk
    }

    pub(super) fn desk_answered(&mut self, at: i64, tag: Tag, reply: Reply) -> Vec<Effect> {
        let awaited = self.awaited.iter().find(|(_, awaited)| **awaited == tag);
        let Some(subject) = awaited.map(|(subject, _)| *subject) else {
            return Vec::new();
        };
        if let Reply::Progress(fraction) = reply {
            return self.list.progressed(fraction);
        }
        self.awaited.remove(&subject);
        match reply {
            Reply::List(reply) => self.told_of_list(reply),
            Reply::Sample(reply) => self.told_of_sample(at, reply),
            // A check of a certificate has a desk of its own, and what asks for transcripts sees to them.
            Reply::Progress(_) | Reply::Verified(_) | Reply::Transcribe(_) => Vec::new(),
            Reply::Refused(why) => self.desk_refused(subject, why),
        }
    }

    pub(super) fn desk_failed(&mut self, tag: Tag) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.awaited);
        let mut effects = vec![Effect::ReplaceDesk];
        if tag != self.asked {
            return effects;
        }
        let file = self.list.file_name().unwrap_or("the list").to_owned();
        self.list.lost();
        let why = format!(
            "Sightline could not work through {file}: the part that reads lists stopped. Nothing \
             of the round is harmed. Save the list again from its program, as CSV or with fewer columns if \
             it goes on failing, and choose it anew."
        );
        // Whatever the desk was at, the list that lay on it is lost.
        for subject in waiting.into_keys().chain([Subject::Reading]) {
            effects.extend(self.desk_refused(subject, why.clone()));
        }
        effects
    }

    fn desk_refused(&mut self, subject: Subject, why: String) -> Vec<Effect> {
        match subject {
            Subject::Sample => {
                self.sampling.drawing = false;
                self.sampling.errors = vec![(self.refused_step_field().to_owned(), why)];
            }
            Subject::Plan => {
                self.sampling.stop_preview();
                return Vec::new();
            }
            Subject::Balance => {
                self.sampling.balance = Beside::Refused(why);
                return Vec::new();
            }
            Subject::Verification => return Vec::new(),
            Subject::Earlier => self.earlier_refused(why),
            Subject::Reading | Subject::Frame | Subject::Rows => self.list.refused(why),
        }
        vec![Effect::Focus("error-summary".to_owned())]
    }
}
