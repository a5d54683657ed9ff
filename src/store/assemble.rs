//! Puts a round together from the copies of its segments, and says what each copy lacks.
//!
//! Of every record that is whole in any copy nothing is dropped: it is part of the round's line, or
//! **adrift**. The line is the chain of records from the first; where two follow the same record,
//! because a page wrote on without knowing that another had taken over, the line goes the way that
//! leads to the newest epoch, and the other way is adrift.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::record;
use crate::seal::data_key::DataKey;
use crate::seal::keyring;

use super::segment::{self, Hash, Header, Position, ROOT};

/// A round's segments as one place has them, by epoch.
pub type Copy = BTreeMap<u64, Vec<u8>>;

/// What is known of a round before it is unlocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The newest header.
    pub header: Header,
    /// The header's payload, sealed with the round's key.
    pub payload: Vec<u8>,
    /// Lines, counted by their numbers.
    pub lines: usize,
    /// The first line, if the key lies open.
    pub first: Option<String>,
}

/// A round as it lies here, locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It can be opened.
    Known(Outline),
    /// A newer version has written in it: only that can open it.
    Newer,
    /// None of its beginnings can be read.
    Unreadable,
}

/// A round as it was put together.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Assembled {
    /// Its lines, in order.
    pub lines: Vec<String>,
    /// Lines that are whole, but not part of the round's line.
    pub adrift: Vec<String>,
    /// What the next line follows.
    pub head: Hash,
    /// The newest epoch in any copy; 0 if there is none.
    pub newest: u64,
    /// Bytes in any copy that are no whole record.
    pub damaged: usize,
    /// What each segment must hold, the parts of all copies taken together.
    pub merged: Copy,
}

/// What can be said of a round without its key. `None` if no header can be read.
#[must_use]
pub fn outline(copies: &[Copy]) -> Option<Outline> {
    let merged = merge(copies);
    let counting = || merged.values().filter(|parts| parts.counts());
    let mut headers = counting().filter_map(|parts| parts.header.zip(parts.header()));
    let (payload, header) = headers.next_back()?;
    let numbers = counting().flat_map(|parts| parts.lines.keys());
    let lines = numbers.map(|(number, _)| number.saturating_add(1)).max();
    let first = keyring::open_key(&header.slots).and_then(|key| {
        let mut all = counting().flat_map(|parts| parts.lines.values());
        all.find_map(|payload| {
            let at = Position::read(payload).filter(|at| at.previous == ROOT)?;
            (at.number == 0).then(|| segment::unseal(payload, &header.round, key))?
        })
    });
    Some(Outline {
        payload: payload.to_vec(),
        lines: usize::try_from(lines.unwrap_or(0)).unwrap_or(usize::MAX),
        first,
        header,
    })
}

/// Whether a newer version has written in it: then this one leaves it alone.
#[must_use]
pub fn is_newer(copies: &[Copy]) -> bool {
    let mut segments = copies.iter().flat_map(BTreeMap::values);
    segments.any(|bytes| segment::is_newer(bytes))
}

/// What is seen of a round.
#[must_use]
pub fn see(copies: &[Copy]) -> Seen {
    if is_newer(copies) {
        return Seen::Newer;
    }
    outline(copies).map_or(Seen::Unreadable, Seen::Known)
}

/// Puts a round together.
#[must_use]
pub fn assemble(round: &str, key: &DataKey, copies: &[Copy]) -> Assembled {
    let merged = merge(copies);
    let mut known: BTreeMap<Hash, Known> = BTreeMap::new();
    for parts in merged.values().filter(|parts| parts.counts()) {
        for payload in parts.lines.values() {
            let line = segment::unseal(payload, round, key);
            if let Some((line, at)) = line.zip(Position::read(payload)) {
                known.insert(segment::hash(payload), Known { at, line });
            }
        }
    }
    let path = path(&known);
    let on_path: BTreeSet<&Hash> = path.iter().collect();
    let lines: Vec<String> = path.iter().map(|hash| known[hash].line.clone()).collect();
    let said: BTreeSet<&String> = lines.iter().collect();
    let mut adrift: Vec<&Known> = known
        .iter()
        .filter(|(hash, known)| !on_path.contains(hash) && !said.contains(&known.line))
        .map(|(_, known)| known)
        .collect();
    adrift.sort_by_key(|known| (known.at.epoch, known.at.number));
    let mut adrift: Vec<String> = adrift.iter().map(|known| known.line.clone()).collect();
    adrift.dedup();
    Assembled {
        adrift,
        head: path.last().copied().unwrap_or(ROOT),
        newest: merged.keys().copied().max().unwrap_or(0),
        damaged: copies
            .iter()
            .flat_map(BTreeMap::values)
            .map(|bytes| damaged(bytes))
            .sum(),
        merged: merged
            .iter()
            .map(|(epoch, parts)| (*epoch, parts.bytes()))
            .collect(),
        lines,
    }
}

/// A record whose line was read.
struct Known {
    at: Position,
    line: String,
}

/// The hashes of the records of the round's line, from the first.
fn path(known: &BTreeMap<Hash, Known>) -> Vec<Hash> {
    let mut followers: BTreeMap<(u64, Hash), Vec<Hash>> = BTreeMap::new();
    let mut order: Vec<(&Hash, Position)> =
        known.iter().map(|(hash, one)| (hash, one.at)).collect();
    order.sort_by_key(|(_, at)| std::cmp::Reverse(at.number));
    // The newest epoch that a record leads to, from the last records to the first.
    let mut leads_to: BTreeMap<Hash, u64> = BTreeMap::new();
    for (hash, at) in order {
        let after = followers.get(&(at.number + 1, *hash));
        let newest = after.into_iter().flatten().map(|next| leads_to[next]).max();
        leads_to.insert(*hash, newest.unwrap_or(0).max(at.epoch));
        followers
            .entry((at.number, at.previous))
            .or_default()
            .push(*hash);
    }
    let mut path = Vec::new();
    let mut head = ROOT;
    for number in 0.. {
        let next = followers.get(&(number, head)).into_iter().flatten();
        let Some(next) = next.max_by_key(|next| leads_to[*next]) else {
            break;
        };
        path.push(*next);
        head = *next;
    }
    path
}

/// What all copies of one segment hold together.
#[derive(Debug, Default)]
struct Parts<'a> {
    header: Option<&'a [u8]>,
    /// By number, and then by hash: two with one number is what no writer of ours makes.
    lines: BTreeMap<(u64, Hash), &'a [u8]>,
    /// All of them, in the order of the copy that has most.
    order: Vec<&'a [u8]>,
}

impl<'a> Parts<'a> {
    fn header(&self) -> Option<Header> {
        self.header.and_then(Header::read)
    }

    /// Whether it may be used: a segment that holds the whole round counts once it is whole.
    fn counts(&self) -> bool {
        let whole = self.header().and_then(|header| header.whole);
        let there = || self.lines.keys().map(|(number, _)| *number);
        whole.is_none_or(|whole| {
            there().collect::<BTreeSet<u64>>().range(..whole).count()
                == usize::try_from(whole).unwrap_or(usize::MAX)
        })
    }

    /// Takes a payload, unless it is none of this epoch or known already.
    fn take(&mut self, epoch: u64, payload: &'a [u8]) {
        let new = if let Some(at) = Position::read(payload) {
            let key = (at.number, segment::hash(payload));
            at.epoch == epoch && self.lines.insert(key, payload).is_none()
        } else {
            let ours = Header::read(payload).is_some_and(|header| header.epoch == epoch);
            ours && self.header.replace(payload).is_none()
        };
        if new {
            self.order.push(payload);
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let records = self.order.iter();
        // A payload that was read from a record fits into one.
        let records = records.filter_map(|payload| record::write(payload));
        records.flatten().collect()
    }
}

/// Every whole record of every copy, once. The copy that has most gives the order: one that lacks nothing
/// stays as it is.
fn merge(copies: &[Copy]) -> BTreeMap<u64, Parts<'_>> {
    let mut by_epoch: BTreeMap<u64, Vec<Vec<&[u8]>>> = BTreeMap::new();
    for (epoch, bytes) in copies.iter().flatten() {
        let payloads = segment::payloads(bytes);
        by_epoch.entry(*epoch).or_default().push(payloads);
    }
    let merged = by_epoch.into_iter().map(|(epoch, mut copies)| {
        copies.sort_by_key(|payloads| std::cmp::Reverse(payloads.len()));
        let mut parts = Parts::default();
        for payload in copies.into_iter().flatten() {
            parts.take(epoch, payload);
        }
        (epoch, parts)
    });
    merged.collect()
}

/// How many of a copy's bytes are in no whole record.
fn damaged(bytes: &[u8]) -> usize {
    let whole = segment::payloads(bytes);
    let records = whole.into_iter().filter_map(record::write);
    bytes.len() - records.map(|record| record.len()).sum::<usize>()
}
