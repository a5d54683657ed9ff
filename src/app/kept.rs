//! What the store says, and how far the open round is kept.

use super::open::{Found, Keeping, Sealed};
use super::{Effect, Model, Open, RoundId, forms};
use crate::journal::Journal;
use crate::round::Round;
use crate::seal::data_key::DataKey;
use crate::seal::keyring;
use crate::store::mark::Mark;
use crate::store::message::{Access, Reply, Request};

/// Asks for all that the store keeps.
pub(super) fn list_all() -> Vec<Effect> {
    let all = [Request::List, Request::ListForms];
    all.map(Effect::AskStore).to_vec()
}

/// A round's journal, as the store gave it.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) lines: Vec<String>,
    pub(super) adrift: Vec<String>,
    /// How many of the lines both places have.
    pub(super) stored: usize,
    pub(super) keeping: Keeping,
    pub(super) found: Found,
}

impl Model {
    #[expect(
        clippy::too_many_lines,
        reason = "an arm for each thing that the store says"
    )]
    pub(super) fn store_said(&mut self, at: i64, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Listed {
                rounds,
                places,
                trouble,
            } => self.listed(rounds, places, trouble),
            Reply::Opened {
                round,
                writes,
                lines,
                adrift,
                stored,
                head,
                healed,
                damaged,
                trouble,
            } => {
                let lacks = (writes && stored < lines.len() && !trouble.is_empty())
                    .then(|| (lines.len(), trouble.join(" ")));
                let keeping = if writes {
                    Keeping::Written
                } else {
                    Keeping::Along
                };
                let found = Found {
                    healed,
                    damaged,
                    trouble,
                };
                let read = Read {
                    lines,
                    adrift,
                    stored,
                    keeping,
                    found,
                };
                let mut effects = self.round_read(RoundId(round.clone()), read);
                match lacks {
                    // A place lacks some of it, or cannot be read.
                    Some((once, why)) => effects
                        .extend(self.in_round(|open| open.not_stored(&round, stored, once, why))),
                    None if writes => effects.extend(self.mark(round, stored, head)),
                    None => {}
                }
                effects
            }
            Reply::Grew {
                round,
                lines,
                adrift,
            } => self.grown(&RoundId(round), lines, adrift),
            Reply::Adrift { round, adrift } => self.in_round(|open| {
                if open.id.0 == round && open.keeping == Keeping::Written {
                    open.adrift = adrift;
                }
                Vec::new()
            }),
            Reply::Stored { round, lines, head } => {
                self.in_round(|open| open.stored(&round, lines));
                self.mark(round, lines, head)
            }
            Reply::NotStored {
                round,
                lines,
                once,
                why,
            } => self.in_round(|open| open.not_stored(&round, lines, once, why)),
            Reply::Overtaken { round } => self.in_round(|open| open.overtaken(at, &round)),
            Reply::Removed { round } => self.removed(&RoundId(round)),
            Reply::RemovedAll => self.removed_all(),
            Reply::Form(reply) => self.update_forms(at, forms::Msg::Stored(reply)),
            Reply::Recalled { shape, mapping } => self.recalled(at, shape, mapping.as_deref()),
            Reply::Refused(why) => self.store_refused(why),
            Reply::Unavailable(why) => self.unavailable(why),
            // The page does that before the model hears of it.
            Reply::Mirror { .. } => Vec::new(),
        }
    }

    fn recalled(&mut self, at: i64, shape: String, mapping: Option<&str>) -> Vec<Effect> {
        let mapping = mapping.and_then(|mapping| serde_json::from_str(mapping).ok());
        let recalled = super::list::Msg::Recalled(shape, mapping);
        self.in_round(|open| open.update_list(at, recalled))
    }

    /// Notes how far a round is kept.
    fn mark(&mut self, round: String, lines: usize, head: String) -> Vec<Effect> {
        let mark = Mark { round, lines, head };
        self.marks.mark(mark.clone());
        vec![Effect::Mark(mark)]
    }

    /// The store gave a round: the one that was asked for, or the open one once more.
    fn round_read(&mut self, id: RoundId, read: Read) -> Vec<Effect> {
        match self.open.as_mut().filter(|open| open.id == id) {
            Some(open) => {
                if let Some(sealed) = self.resealing.take() {
                    open.sealed = sealed;
                    open.told = Some(super::saved::Told::Resealed);
                }
                open.given_again(read)
            }
            None => self.resume(id, read),
        }
    }

    fn grown(&mut self, id: &RoundId, lines: Vec<String>, adrift: Vec<String>) -> Vec<Effect> {
        self.in_round(|open| {
            if open.id == *id && open.keeping == Keeping::Along {
                open.adopt(lines, adrift);
            }
            Vec::new()
        })
    }

    /// Closes the round that is open, if one is: the store forgets its key.
    pub(super) fn close(&mut self) -> Vec<Effect> {
        let closed = self.open.take().filter(|open| open.is_kept());
        closed
            .map(|_| Effect::AskStore(Request::Close))
            .into_iter()
            .collect()
    }

    /// Asks for a round, with its key if that does not lie open. `None` if it is locked.
    pub(super) fn ask_for(&mut self, id: RoundId, key: Option<DataKey>) -> Option<Effect> {
        let card = self.card(&id)?;
        if card.is_shut() {
            // Nothing opens it: the store says why not.
            return Some(Effect::AskStore(Request::Open {
                round: id.to_string(),
                key: None,
                access: Access::Along,
            }));
        }
        let key = key.or_else(|| keyring::open_key(&card.slots).cloned())?;
        let sealed = Sealed {
            made_up: card.made_up,
            opened_at: card.opened_at.unwrap_or_default(),
            slots: card.slots.clone(),
            key: key.clone(),
        };
        let round = id.to_string();
        self.asked_with = Some((id, sealed));
        Some(Effect::AskStore(Request::Open {
            round,
            key: Some(key),
            access: Access::Write,
        }))
    }
}

impl Open {
    /// Sends the lines from one on.
    pub(super) fn append_from(&mut self, from: usize) -> Effect {
        self.saving.written = self.lines().len();
        let lines = self.lines().get(from..).unwrap_or_default().to_vec();
        Effect::AskStore(Request::Append {
            round: self.id.to_string(),
            from,
            lines,
        })
    }

    /// Gives the store a round that it does not have.
    pub(super) fn begin_journal(&mut self) -> Effect {
        self.saving.written = self.lines().len();
        self.saving.stored = 0;
        let Sealed {
            made_up,
            opened_at,
            slots,
            key,
        } = self.sealed.clone();
        Effect::AskStore(Request::Begin {
            round: self.id.to_string(),
            made_up,
            opened_at,
            slots,
            key,
            lines: self.lines().to_vec(),
        })
    }

    /// Tries again to keep what is not kept yet.
    pub(super) fn store_the_rest(&mut self) -> Vec<Effect> {
        if self.keeping != Keeping::Written {
            return Vec::new();
        }
        self.saving.failed = None;
        if !std::mem::take(&mut self.saving.stopped) {
            return vec![self.append_from(self.saving.stored)];
        }
        let again = match self.keeping {
            Keeping::Along => self.open_again(Access::Along),
            Keeping::Written | Keeping::Memory if self.saving.once == 0 => self.begin_journal(),
            // The lock is still that of the worker which has stopped.
            Keeping::Written | Keeping::Memory => self.open_again(Access::TakeOver),
        };
        vec![Effect::RestartStore, again]
    }

    /// Asks the store for this round once more.
    pub(super) fn open_again(&self, access: Access) -> Effect {
        Effect::AskStore(Request::Open {
            round: self.id.to_string(),
            key: Some(self.sealed.key.clone()),
            access,
        })
    }

    fn stored(&mut self, round: &str, lines: usize) -> Vec<Effect> {
        if *round == self.id.0 {
            self.saving.stored = self.saving.stored.max(lines);
            self.saving.once = self.saving.once.max(lines);
            if self.saving.stored == self.lines().len() {
                self.saving.failed = None;
            }
        }
        Vec::new()
    }

    fn not_stored(&mut self, round: &str, lines: usize, once: usize, why: String) -> Vec<Effect> {
        if *round == self.id.0 {
            self.saving.stored = self.saving.stored.max(lines);
            self.saving.once = self.saving.once.max(once);
            self.saving.failed = Some(why);
        }
        Vec::new()
    }

    /// Another page has taken over: what is typed here is sent first, then this page reads along.
    fn overtaken(&mut self, at: i64, round: &str) -> Vec<Effect> {
        if *round != self.id.0 || self.keeping != Keeping::Written {
            return Vec::new();
        }
        let mut effects = self.keep_drafts(at);
        self.keeping = Keeping::Along;
        effects.push(self.open_again(Access::Along));
        effects
    }

    /// The store gave this round once more: after it was started anew, or taken over, here or elsewhere.
    fn given_again(&mut self, read: Read) -> Vec<Effect> {
        self.keeping = read.keeping;
        self.found = read.found;
        self.saving.failed = None;
        if read.keeping == Keeping::Written && self.lines().starts_with(&read.lines) {
            // What is here goes on where the store ends.
            self.adrift = read.adrift;
            self.saving.stored = read.stored;
            return vec![self.append_from(read.lines.len())];
        }
        self.adopt(read.lines, read.adrift);
        self.saving.stored = read.stored;
        Vec::new()
    }

    /// Takes a journal in the place of the one that is here. What this one has more is adrift.
    fn adopt(&mut self, lines: Vec<String>, mut adrift: Vec<String>) {
        let mut journal = Journal::default();
        if !lines.iter().all(|line| journal.take(line).is_ok()) {
            return; // It is damaged, and what is here is whole.
        }
        let Some((round, _)) = Round::fold(&journal) else {
            return;
        };
        let more = self.lines().iter();
        let more = more.filter(|line| !lines.contains(line) && !adrift.contains(line));
        adrift.extend(more.cloned().collect::<Vec<_>>());
        self.adrift = adrift;
        self.replace(journal, round, lines);
    }
}
