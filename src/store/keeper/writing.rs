//! A segment while it is being written: all of it, sealed, and how much of it each place has.

use crate::journal::record;
use crate::seal::data_key::{DataKey, NONCE};
use crate::store::place::{Fault, World};
use crate::store::segment::{self, FORMAT, Hash, Header, NOWHERE, Position, ROOT, Segment};

use super::{About, Faults, Kept};

/// A segment that is being written.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) about: About,
    pub(super) key: DataKey,
    pub(super) epoch: u64,
    /// Lines of the round before this segment.
    pub(super) before: usize,
    /// What its first line follows.
    pub(super) follows: Hash,
    /// All of its bytes.
    pub(super) bytes: Vec<u8>,
    /// Where its header and each of its lines end.
    ends: Vec<usize>,
    /// What the next line follows.
    head: Hash,
    /// How many of its bytes each place has.
    pub(super) kept: Vec<usize>,
    /// What the places still lack of the segments before it.
    pub(super) owed: Vec<Owed>,
    /// The places, by number, that could not be read, so that it is not known what they lack.
    pub(super) unread: Vec<usize>,
}

/// What a place lacks of a segment.
#[derive(Debug)]
pub(super) struct Owed {
    /// The place, by number.
    pub(super) place: usize,
    pub(super) segment: Segment,
    /// All that the segment must hold.
    pub(super) whole: Vec<u8>,
    /// How much of its beginning is there.
    pub(super) same: usize,
}

impl Writing {
    /// A segment with its header, not yet written anywhere.
    pub(super) fn new(
        about: About,
        key: DataKey,
        epoch: u64,
        whole: Option<u64>,
        world: &impl World,
    ) -> Result<Self, Fault> {
        let header = Header {
            format: FORMAT.to_owned(),
            round: about.round.clone(),
            epoch,
            opened_at: about.opened_at,
            made_up: about.made_up,
            slots: about.slots.clone(),
            whole,
        };
        let payload = header.payload(&key, nonce(world)?);
        let bytes = payload.and_then(|payload| record::write(&payload));
        let bytes = bytes.ok_or_else(|| Fault::Unknown("a header that is too long".to_owned()))?;
        Ok(Self {
            about,
            key,
            epoch,
            before: 0,
            follows: ROOT,
            ends: vec![bytes.len()],
            bytes,
            head: ROOT,
            kept: Vec::new(),
            owed: Vec::new(),
            unread: Vec::new(),
        })
    }

    /// Says what the first line is to follow, and how many there are before it.
    pub(super) const fn follow(&mut self, before: usize, head: Hash) {
        self.before = before;
        self.follows = head;
        self.head = head;
    }

    pub(super) fn segment(&self) -> Segment {
        Segment {
            round: self.about.round.clone(),
            epoch: self.epoch,
        }
    }

    /// Lines of the round, those of this segment included.
    pub(super) const fn lines(&self) -> usize {
        self.before + self.ends.len() - 1
    }

    /// How much of it a place has.
    pub(super) fn kept_in(&self, place: usize) -> usize {
        self.kept.get(place).copied().unwrap_or(0)
    }

    /// Seals the next line.
    pub(super) fn seal(&mut self, line: &str, world: &impl World) -> Result<(), Fault> {
        let number = u64::try_from(self.lines()).unwrap_or(u64::MAX);
        self.head = self.add(line, number, self.head, world)?;
        self.ends.push(self.bytes.len());
        Ok(())
    }

    /// Seals a line that is not part of the round's line. To be done before the last line is sealed.
    pub(super) fn seal_adrift(&mut self, line: &str, world: &impl World) -> Result<(), Fault> {
        self.add(line, 0, NOWHERE, world)?;
        if let Some(end) = self.ends.last_mut() {
            *end = self.bytes.len();
        }
        Ok(())
    }

    fn add(
        &mut self,
        line: &str,
        number: u64,
        previous: Hash,
        world: &impl World,
    ) -> Result<Hash, Fault> {
        let position = Position {
            epoch: self.epoch,
            number,
            previous,
        };
        let payload = position.seal(line, &self.about.round, &self.key, nonce(world)?);
        let record = payload.as_deref().and_then(record::write);
        let (payload, record) = payload.zip(record).ok_or_else(|| {
            Fault::Unknown("an entry is too long to be kept; shorten the text".to_owned())
        })?;
        self.bytes.extend(record);
        Ok(segment::hash(&payload))
    }

    /// Its lines, opened again.
    pub(super) fn unsealed(&self) -> Vec<String> {
        let payloads = segment::payloads(&self.bytes).into_iter();
        payloads
            .filter_map(|payload| segment::unseal(payload, &self.about.round, &self.key))
            .collect()
    }

    /// How far the round is kept, in so many places.
    pub(super) fn how_far(&self, places: usize, faults: Faults, overtaken: bool) -> Kept {
        let lines = || {
            (0..places).map(|place| {
                let lacks = self.owed.iter().any(|owed| owed.place == place);
                if lacks || self.unread.contains(&place) {
                    0
                } else {
                    self.lines_within(self.kept_in(place))
                }
            })
        };
        let both = lines().min().filter(|_| places > 1);
        Kept {
            both: both.unwrap_or(0),
            once: lines().max().unwrap_or(0),
            head: hex(&self.head),
            faults,
            overtaken,
        }
    }

    /// Lines of the round that a place has which has so many bytes of this segment.
    fn lines_within(&self, kept: usize) -> usize {
        let whole = self.ends.iter().filter(|end| **end <= kept).count();
        self.before + whole.saturating_sub(1)
    }
}

fn nonce(world: &impl World) -> Result<[u8; NONCE], Fault> {
    let mut nonce = [0; NONCE];
    world.fill(&mut nonce)?;
    Ok(nonce)
}

fn hex(hash: &Hash) -> String {
    use std::fmt::Write as _;
    hash.iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
