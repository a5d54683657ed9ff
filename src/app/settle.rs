//! Entries that another tab wrote while this round went on without it: settled by a person, one by
//! one. To take one is to record its fact anew; those that are left stay where they lie on disk, and the
//! round says that they were dealt with.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Effect, Open};
use crate::journal::trail::{self, Step};
use crate::journal::{Entry, Fact, Journal};
use crate::review::{Answer, Asked, Place};
use crate::round::Round;

/// What the page of entries to settle holds.
#[derive(Debug, Default)]
pub struct Stage {
    /// The entries that are to be taken, by the hash of their line.
    pub take: BTreeSet<String>,
    /// Those that did not fit the round any more, each with the reason.
    pub refused: Vec<String>,
}

/// An entry to be settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Adrift {
    /// The hash of its line.
    pub hash: String,
    /// What it says was done.
    pub step: Step,
    /// The words in it.
    pub words: String,
    /// The words that the round has in their place.
    pub instead: String,
    fact: Fact,
}

/// What can happen on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person chose whether to take the entry of that hash.
    Toggled(String, bool),
    /// The person has chosen for all of them.
    ClickedSettle,
}

impl Open {
    /// The entries that wait to be settled, in the order in which they were written.
    #[must_use]
    pub fn to_settle(&self) -> Vec<Adrift> {
        let waiting = |line: &&String| !self.round.settled.contains(&Journal::hash(line));
        let lines: Vec<&String> = self.adrift.iter().filter(waiting).collect();
        let read = |line: &String| serde_json::from_str::<Entry>(line).ok();
        let entries: Vec<(String, Entry)> = lines
            .into_iter()
            .filter_map(|line| Some((Journal::hash(line), read(line)?)))
            .collect();
        let steps = trail::of_form(&self.round.form, entries.iter().map(|(_, entry)| entry));
        let told = entries.into_iter().zip(steps);
        told.map(|((hash, entry), step)| Adrift {
            hash,
            step,
            words: words(&entry.fact, &self.round),
            instead: instead(&entry.fact, &self.round),
            fact: entry.fact,
        })
        .collect()
    }

    pub(super) fn update_settle(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Toggled(hash, true) => {
                self.settle.take.insert(hash);
                Vec::new()
            }
            Msg::Toggled(hash, false) => {
                self.settle.take.remove(&hash);
                Vec::new()
            }
            Msg::ClickedSettle => self.settle_all(at),
        }
    }

    fn settle_all(&mut self, at: i64) -> Vec<Effect> {
        let waiting = self.to_settle();
        let take = std::mem::take(&mut self.settle.take);
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        let mut effects = Vec::new();
        self.settle.refused.clear();
        for entry in waiting {
            if !take.contains(&entry.hash) {
                left.push(entry.hash);
                continue;
            }
            match self.record(at, entry.fact) {
                Ok(effect) => {
                    effects.push(effect);
                    taken.push(entry.hash);
                }
                // It stays among those that wait, with the reason.
                Err(why) => self
                    .settle
                    .refused
                    .push(format!("{}: {why}", entry.step.what)),
            }
        }
        if !(taken.is_empty() && left.is_empty()) {
            let settled = Fact::AdriftSettled { taken, left };
            effects.extend(self.record(at, settled));
        }
        effects.push(Effect::Focus(if self.settle.refused.is_empty() {
            super::shelf::HEADING.to_owned()
        } else {
            "error-summary".to_owned()
        }));
        effects
    }
}

/// The words in a fact, as a person reads them.
fn words(fact: &Fact, round: &Round) -> String {
    match fact {
        Fact::Answered { place, answer, .. } => answer_in_words(place, answer, round),
        Fact::ConcernWritten { words, .. } => [&words.seen, &words.done, &words.by]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("\n"),
        Fact::ConcernClosed { outcome: words, .. }
        | Fact::ReviewReopened { reason: words, .. }
        | Fact::WordsBegun { words, .. } => words.clone(),
        Fact::RoundOpened { .. }
        | Fact::ListTaken(_)
        | Fact::SampleDrawn { .. }
        | Fact::SampleExtended { .. }
        | Fact::InstanceAdded { .. }
        | Fact::InstanceRemoved { .. }
        | Fact::ReviewSigned { .. }
        | Fact::FormUpdated { .. }
        | Fact::ChangeUndone { .. }
        | Fact::ChangeRedone { .. }
        | Fact::ShownChosen { .. }
        | Fact::AdriftSettled { .. } => String::new(),
    }
}

/// What the round says where the fact would change it.
fn instead(fact: &Fact, round: &Round) -> String {
    let Fact::Answered { case, place, .. } = fact else {
        return String::new();
    };
    let review = round.reviews.get(case);
    let answer = review.and_then(|review| review.answers.get(place));
    answer.map_or_else(String::new, |answer| answer_in_words(place, answer, round))
}

fn answer_in_words(place: &Place, answer: &Answer, round: &Round) -> String {
    let Some(question) = round.form.question(&place.question) else {
        return String::new();
    };
    let asked = Asked {
        question,
        place: place.clone(),
        answer: Cow::Borrowed(answer),
        required: false,
    };
    let words = asked.words();
    let parts = [asked.grade(&round.form).unwrap_or_default(), words.as_str()];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(": ")
}
