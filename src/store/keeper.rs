//! Keeps rounds in two places: opens, appends, heals, seals anew, removes.
//!
//! What one worker does, over any [`Place`]. A line counts as kept once both places have it; until
//! then it stays here in memory, sealed, and every further call brings a place that lagged up to
//! date. No fault ever clears anything.

mod calls;
mod writing;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::seal::data_key::DataKey;
use crate::seal::keyring::Slot;

use super::assemble::{self, Assembled, Copy, Outline, Seen};
use super::place::{Fault, Place, World};
use super::segment::Header;
use writing::Writing;

/// Bytes from which on a segment's beginning is known as one's own: its header's nonce is random.
const OWN: usize = 40;

/// From how many segments on a round is written anew as one, when it is opened.
pub const MANY: usize = 32;

/// How often a page tries for an epoch that another is quicker to claim.
const TRIES: usize = 8;

/// What is said of a round in every header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The round.
    pub round: String,
    /// When it was opened: milliseconds since 1970 (UTC).
    pub opened_at: i64,
    /// Whether it is a trial with the made-up list.
    pub made_up: bool,
    /// The ways to its key.
    pub slots: Vec<Slot>,
}

/// What went wrong, by place.
pub type Faults = Vec<(&'static str, Fault)>;

/// What both places hold of a round, and what went wrong.
type Copies = (Vec<Copy>, Faults);

/// Keeps rounds.
#[derive(Debug)]
pub struct Keeper<P, W> {
    places: Vec<P>,
    world: W,
    open: Option<Open>,
    /// The places that did not answer the last time.
    silent: RefCell<BTreeSet<&'static str>>,
}

/// The round that is open.
#[derive(Debug)]
enum Open {
    Writing(Box<Writing>),
    Along(String, DataKey),
}

/// How far a round is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Lines that both places have.
    pub both: usize,
    /// Lines that at least one has.
    pub once: usize,
    /// The hash of the newest record, in hex.
    pub head: String,
    /// What went wrong.
    pub faults: Faults,
    /// Whether another page has taken over since.
    pub overtaken: bool,
}

/// A round as it was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Its lines.
    pub lines: Vec<String>,
    /// Lines that are not part of it, to be settled by a person.
    pub adrift: Vec<String>,
    /// The epoch in which this page writes; 0 if it reads along.
    pub epoch: u64,
    /// Segments of a place that were brought up to the other's.
    pub healed: usize,
    /// Segments that it lies in.
    pub segments: usize,
    /// Bytes that could be read in neither place.
    pub damaged: usize,
    /// What went wrong.
    pub faults: Faults,
    /// How far it is kept.
    pub kept: Kept,
}

impl<P: Place, W: World> Keeper<P, W> {
    /// Keeps rounds in these places, the first of which is asked first.
    pub const fn new(places: Vec<P>, world: W) -> Self {
        Self {
            places,
            world,
            open: None,
            silent: RefCell::new(BTreeSet::new()),
        }
    }

    /// The places.
    pub fn places(&self) -> &[P] {
        &self.places
    }

    /// The rounds in either place, each with what can be said of it without its key, and what went
    /// wrong.
    pub async fn list(&self) -> (BTreeMap<String, Seen>, Faults) {
        let mut faults = Faults::new();
        let mut rounds = BTreeSet::new();
        for place in &self.places {
            match self.ask(place, || place.list()).await {
                Ok(segments) => rounds.extend(segments.into_iter().map(|segment| segment.round)),
                Err(fault) => faults.push((place.name(), fault)),
            }
        }
        let mut found = BTreeMap::new();
        for round in rounds {
            let (copies, more) = self.copies(&round).await;
            faults.extend(more);
            found.insert(round, assemble::see(&copies));
        }
        faults.dedup();
        (found, faults)
    }

    /// What can be said of a round without its key; `None` if it is not here.
    ///
    /// # Errors
    /// If no place can be read.
    pub async fn outline(&self, round: &str) -> Result<Option<Outline>, Fault> {
        let (copies, _) = self.readable(round).await?;
        if assemble::is_newer(&copies) {
            return Err(Fault::Newer);
        }
        Ok(assemble::outline(&copies))
    }

    /// Begins a round with its first lines, and keeps it open for writing.
    ///
    /// # Errors
    /// If nothing can be sealed.
    pub async fn begin(
        &mut self,
        about: About,
        key: DataKey,
        lines: &[String],
    ) -> Result<Kept, Fault> {
        let writing = Writing::new(about, key, 1, None, &self.world)?;
        self.open = Some(Open::Writing(Box::new(writing)));
        self.append(0, lines).await
    }

    /// Opens a round for writing: claims the next epoch, reads what both places have, and heals one from
    /// the other. Where it has come to lie in many segments, and nothing is wrong, it is first written as
    /// one.
    ///
    /// # Errors
    /// If there is no such round, its key is another, or no place can be read.
    pub async fn open(&mut self, round: &str, key: DataKey) -> Result<Opened, Fault> {
        let opened = self.claim_and_read(round, key.clone()).await?;
        let well = opened.faults.is_empty() && opened.kept.faults.is_empty();
        let slots = self.writing().map(|writing| writing.about.slots.clone());
        match slots.filter(|_| well && opened.segments > MANY) {
            Some(slots) => {
                // Where it cannot be done, all is as it was, and is opened as it is.
                let _ = self.seal_anew(slots, key.clone()).await;
                self.claim_and_read(round, key).await
            }
            None => Ok(opened),
        }
    }

    async fn claim_and_read(&mut self, round: &str, key: DataKey) -> Result<Opened, Fault> {
        self.open = None;
        let (copies, _) = self.readable(round).await?;
        let about = about(round, &key, &copies)?;
        let newest = copies.iter().flat_map(Copy::keys).max();
        let epoch = newest.map_or(0, |newest| *newest).saturating_add(1);
        let mut writing = Writing::new(about, key.clone(), epoch, None, &self.world)?;
        self.bring_up_to_date(&mut writing).await;
        // Only now: whoever wrote before this claim is read, and whoever writes after it sees it.
        let (copies, faults) = self.readable(round).await?;
        let assembled = assemble::assemble(round, &key, &copies);
        writing.follow(assembled.lines.len(), assembled.head);
        writing.owed = self.owed(round, &copies, &assembled, writing.epoch, &faults);
        writing.unread = self.unread(&faults);
        let (epoch, lacking) = (writing.epoch, writing.owed.len());
        self.open = Some(Open::Writing(Box::new(writing)));
        let kept = self.append(assembled.lines.len(), &[]).await?;
        let still = self.writing().map_or(lacking, |writing| writing.owed.len());
        Ok(Opened {
            epoch,
            healed: lacking - still,
            faults,
            kept,
            ..opened(assembled)
        })
    }

    /// Opens a round for reading along with whoever writes it.
    ///
    /// # Errors
    /// As [`Keeper::open`].
    pub async fn read_along(&mut self, round: &str, key: DataKey) -> Result<Opened, Fault> {
        self.open = None;
        let (copies, faults) = self.readable(round).await?;
        about(round, &key, &copies)?;
        let assembled = assemble::assemble(round, &key, &copies);
        self.open = Some(Open::Along(round.to_owned(), key));
        Ok(Opened {
            faults,
            ..opened(assembled)
        })
    }

    /// The round that is read along, as it is by now; `None` if none is.
    pub async fn refresh(&self) -> Option<Opened> {
        let Some(Open::Along(round, key)) = &self.open else {
            return None;
        };
        let (copies, faults) = self.readable(round).await.ok()?;
        Some(Opened {
            faults,
            ..opened(assemble::assemble(round, key, &copies))
        })
    }

    /// The lines that are not part of the round that this page writes, as they are by now: a page that was
    /// overtaken may have written some. `None` if this page writes none.
    pub async fn adrift(&self) -> Option<Vec<String>> {
        let writing = self.writing()?;
        let round = &writing.about.round;
        let (copies, _) = self.readable(round).await.ok()?;
        Some(assemble::assemble(round, &writing.key, &copies).adrift)
    }

    /// Closes the round that is open and drops its key.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Appends lines, the first of which has that number in the round. Lines that are here already
    /// are passed over, so that sending them twice is harmless.
    ///
    /// # Errors
    /// If lines between are missing, nothing is open for writing, or nothing can be sealed.
    pub async fn append(&mut self, from: usize, lines: &[String]) -> Result<Kept, Fault> {
        let Some(Open::Writing(mut writing)) = self.open.take() else {
            return Err(Fault::Unknown(
                "the round is not open for writing".to_owned(),
            ));
        };
        let sealed = self.seal(&mut writing, from, lines);
        let faults = self.bring_up_to_date(&mut writing).await;
        let overtaken = self.newest(&writing.about.round).await > writing.epoch;
        let kept = writing.how_far(self.places.len(), faults, overtaken);
        self.open = Some(Open::Writing(writing));
        sealed.map(|()| kept)
    }

    /// Seals the open round anew under another key.
    ///
    /// # Errors
    /// As [`Keeper::seal_whole`].
    pub async fn seal_anew(&mut self, slots: Vec<Slot>, key: DataKey) -> Result<(), Fault> {
        let writing = self.writing().ok_or(Fault::Gone)?;
        let (about, old) = (writing.about.clone(), writing.key.clone());
        let (copies, _) = self.readable(&about.round).await?;
        let now = assemble::assemble(&about.round, &old, &copies);
        let about = About { slots, ..about };
        let (round, epoch) = (about.round.clone(), now.newest);
        self.seal_whole(about, key, &now.lines, &now.adrift).await?;
        self.remove_as_read(&round, epoch, &copies).await;
        Ok(())
    }

    /// Seals a whole round in a segment of its own, with what is adrift. It counts from its last line on,
    /// which is written once all before has been read back from both places.
    ///
    /// # Errors
    /// What went wrong; then all is as it was.
    pub async fn seal_whole(
        &mut self,
        about: About,
        key: DataKey,
        lines: &[String],
        adrift: &[String],
    ) -> Result<(), Fault> {
        self.open = None;
        let epoch = self.newest(&about.round).await.saturating_add(1);
        let whole = u64::try_from(lines.len()).ok();
        let mut writing = Writing::new(about, key, epoch, whole, &self.world)?;
        let (last, first) = lines.split_last().ok_or(Fault::Gone)?;
        self.seal(&mut writing, 0, first)?;
        for line in adrift {
            writing.seal_adrift(line, &self.world)?;
        }
        let mut faults = self.bring_up_to_date(&mut writing).await;
        let segment = writing.segment();
        for place in &self.places {
            let read = self.ask(place, || place.read(&segment)).await;
            if read.as_ref() != Ok(&writing.bytes) {
                faults.push((place.name(), read.err().unwrap_or(Fault::Gone)));
            }
        }
        if faults.is_empty() {
            writing.seal(last, &self.world)?;
            faults = self.bring_up_to_date(&mut writing).await;
        }
        let kept = writing.how_far(self.places.len(), faults, false);
        if kept.once == lines.len() {
            return Ok(());
        }
        for place in &self.places {
            // What stays of it is not whole, and counts for nothing.
            let _ = self.ask(place, || place.remove(&segment)).await;
        }
        let fault = kept.faults.into_iter().next();
        Err(fault.map_or(Fault::Aborted, |(_, fault)| fault))
    }

    /// Removes a round from both places.
    ///
    /// # Errors
    /// If a place still has some of it.
    pub async fn remove(&mut self, round: &str) -> Result<(), Fault> {
        self.open = None;
        match self.remove_segments(round).await.pop() {
            Some((_, fault)) => Err(fault),
            None => Ok(()),
        }
    }

    /// Removes every round.
    ///
    /// # Errors
    /// If a place still has some.
    pub async fn remove_all(&mut self) -> Result<(), Fault> {
        let (rounds, mut faults) = self.list().await;
        for round in rounds.keys() {
            faults.extend(self.remove_segments(round).await);
        }
        self.open = None;
        faults.pop().map_or(Ok(()), |(_, fault)| Err(fault))
    }

    fn writing(&self) -> Option<&Writing> {
        match &self.open {
            Some(Open::Writing(writing)) => Some(writing),
            Some(Open::Along(..)) | None => None,
        }
    }

    /// Seals the lines that are not yet in the segment.
    fn seal(&self, writing: &mut Writing, from: usize, lines: &[String]) -> Result<(), Fault> {
        let here = writing.lines();
        if from > here {
            return Err(Fault::Unknown(format!(
                "there are {here} entries, and entry {} was to be kept: some between are missing",
                from + 1
            )));
        }
        for line in lines.iter().skip(here - from) {
            writing.seal(line, &self.world)?;
        }
        Ok(())
    }
}

/// What the newest header says, if it was sealed with this key.
fn about(round: &str, key: &DataKey, copies: &[Copy]) -> Result<About, Fault> {
    if assemble::is_newer(copies) {
        return Err(Fault::Newer);
    }
    let outline = assemble::outline(copies).ok_or(Fault::Gone)?;
    if !Header::is_sealed(&outline.payload, key) {
        return Err(Fault::OtherKey);
    }
    Ok(About {
        round: round.to_owned(),
        opened_at: outline.header.opened_at,
        made_up: outline.header.made_up,
        slots: outline.header.slots,
    })
}

fn opened(assembled: Assembled) -> Opened {
    Opened {
        lines: assembled.lines,
        adrift: assembled.adrift,
        damaged: assembled.damaged,
        segments: assembled.merged.len(),
        ..Opened::default()
    }
}

/// How many bytes two runs have in common from the beginning.
fn common(one: &[u8], other: &[u8]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.take_while(|(one, other)| one == other).count()
}
