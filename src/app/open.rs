//! The round that is open: its journal, its state, and what is on the way to the store.

use std::collections::BTreeMap;

use super::form_update::newer;
use super::sampling::balance::Beside;
use super::{
    Effect, FileKey, RoundId, Route, Tag, audit, concern, findings, list, sampling, saved,
};
use crate::desk::{Reply, Request, Subject};
use crate::form::Form;
use crate::journal::{AuthorId, Fact, Journal};
use crate::round::{Rejection, Round};

/// The open round, with what each of its pages holds that is not (yet) part of the round.
#[derive(Debug)]
pub struct Open {
    /// The round's name in the store.
    pub id: RoundId,
    /// Who is writing.
    pub author: AuthorId,
    /// The round as it stands.
    pub round: Round,
    /// A newer version of the round's form, which it has not taken.
    pub newer_form: Option<Box<Form>>,
    /// How far the journal is on disk.
    pub saving: Saving,
    /// Bytes at the end of its journal that could not be read, and were set aside.
    pub set_aside: usize,
    /// What became of the file that it was opened from.
    pub told: Option<saved::Told>,
    /// The page of the case list.
    pub list: list::Stage,
    /// The page of the sample.
    pub sampling: sampling::Stage,
    /// The walk through a case.
    pub audit: audit::Stage,
    /// The page of concerns about a case.
    pub concern: concern::Stage,
    /// The page of the findings.
    pub findings: findings::Stage,
    journal: Journal,
    /// The journal's lines, as they are stored.
    lines: Vec<String>,
    asked: Tag,
    /// The newest request on each subject that the desk has not answered: an answer to any other
    /// is dropped.
    awaited: BTreeMap<Subject, Tag>,
}

/// How far the journal is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Lines that the store has confirmed.
    pub stored: usize,
    /// Lines written.
    pub written: usize,
    /// Why the store could not keep the rest.
    pub failed: Option<String>,
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
}

impl Open {
    pub(super) fn new(
        id: RoundId,
        author: AuthorId,
        journal: Journal,
        round: Round,
        lines: Vec<String>,
        asked: Tag,
    ) -> Self {
        Self {
            id,
            author,
            newer_form: newer(&round),
            saving: Saving {
                stored: lines.len(),
                written: lines.len(),
                failed: None,
            },
            set_aside: 0,
            told: None,
            list: list::Stage::default(),
            sampling: sampling::Stage::default(),
            audit: audit::Stage::default(),
            concern: concern::Stage::default(),
            findings: findings::Stage::default(),
            round,
            journal,
            lines,
            // A number of its own, which no request of another round bore.
            asked: Tag(asked.0 + 1),
            awaited: BTreeMap::new(),
        }
    }

    /// The journal's lines, as they are stored.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// What may be said of the work so far, typed words included.
    #[must_use]
    pub fn saved(&self) -> Saved {
        let Saving {
            stored,
            written,
            failed,
        } = &self.saving;
        if failed.is_some() {
            Saved::No
        } else if stored == written && !self.drafting() {
            Saved::Yes
        } else {
            Saved::OnItsWay
        }
    }

    /// Whether words are typed that are no fact yet.
    pub(super) fn drafting(&self) -> bool {
        !self.audit.drafts.is_empty() || !self.concern.drafts.is_empty()
    }

    /// Lets a fact happen: it goes into the round, into the journal and on its way to the store.
    ///
    /// # Errors
    /// If it does not fit the round, which is then unchanged.
    pub(super) fn record(&mut self, at: i64, fact: Fact) -> Result<Effect, Rejection> {
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

    fn append_from(&mut self, from: usize) -> Effect {
        self.saving.written = self.lines.len();
        let lines = self.lines.get(from..).unwrap_or_default().to_vec();
        Effect::Append(self.id.clone(), from, lines)
    }

    pub(super) fn store_the_rest(&mut self) -> Vec<Effect> {
        self.saving.failed = None;
        vec![self.append_from(self.saving.stored)]
    }

    pub(super) fn stored(&mut self, round: &RoundId, lines: usize) -> Vec<Effect> {
        if *round == self.id {
            self.saving.stored = self.saving.stored.max(lines);
            if self.saving.stored == self.lines.len() {
                self.saving.failed = None;
            }
        }
        Vec::new()
    }

    pub(super) fn not_stored(&mut self, round: &RoundId, why: String) -> Vec<Effect> {
        if *round == self.id {
            self.saving.failed = Some(why);
        }
        Vec::new()
    }

    /// Forgets what a page showed that does not outlive leaving it.
    pub(super) fn leave_page(&mut self) {
        self.audit.leave_page();
        self.concern.leave_page();
        self.sampling.leave_page();
        self.findings.refused = None;
    }

    /// Asks for what a page shows, now that it is gone to.
    pub(super) fn arrive(&mut self, route: &Route) -> Vec<Effect> {
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

    pub(super) fn desk_answered(
        &mut self,
        at: i64,
        tag: Tag,
        reply: Reply,
        bytes: Option<Vec<u8>>,
    ) -> Vec<Effect> {
        let awaited = self.awaited.iter().find(|(_, awaited)| **awaited == tag);
        let Some(subject) = awaited.map(|(subject, _)| *subject) else {
            return Vec::new();
        };
        if let Reply::Progress(fraction) = reply {
            return self.list.progressed(fraction);
        }
        self.awaited.remove(&subject);
        match reply {
            // A check of a certificate has a desk of its own.
            Reply::Progress(_) | Reply::Verified(_) => Vec::new(),
            Reply::List(reply) => self.told_of_list(reply),
            Reply::Sample(reply) => self.told_of_sample(at, reply),
            Reply::Findings(kind) => self.exported(at, kind, bytes.unwrap_or_default()),
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
             of the round is harmed. Save the list again from its program, as CSV if it goes on \
             failing, and choose it anew."
        );
        // Whatever the desk was at, the list that lay on it is lost.
        for subject in waiting.into_keys().chain([Subject::Reading]) {
            effects.extend(self.desk_refused(subject, why.clone()));
        }
        effects
    }

    fn desk_refused(&mut self, subject: Subject, why: String) -> Vec<Effect> {
        match subject {
            Subject::Findings => {
                self.findings.writing = None;
                self.findings.refused = Some(why);
            }
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
            Subject::Reading | Subject::Frame | Subject::Rows => self.list.refused(why),
        }
        vec![Effect::Focus("error-summary".to_owned())]
    }
}
