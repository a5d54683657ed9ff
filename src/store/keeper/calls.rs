//! What the keeper asks of its places: each call in time, each place brought up to date.

use std::future::Future;

use super::writing::{Owed, Writing};
use super::{Copies, Faults, Keeper, OWN, TRIES, common};
use crate::store::assemble::{Assembled, Copy, assemble};
use crate::store::place::{Fault, Place, World, before, in_time};
use crate::store::segment::Segment;

impl<P: Place, W: World> Keeper<P, W> {
    /// Removes all segments of a round, and says what stayed.
    pub(super) async fn remove_segments(&self, round: &str) -> Faults {
        let mut faults = Vec::new();
        for place in &self.places {
            let removed = async {
                let segments = self.ask(place, || place.list()).await?;
                for segment in &segments {
                    if segment.round == round {
                        self.ask(place, || place.remove(segment)).await?;
                    }
                }
                Ok(())
            };
            if let Err(fault) = removed.await {
                faults.push((place.name(), fault));
            }
        }
        faults
    }

    /// Removes the segments of a round up to an epoch that are as they were read: in one that has grown since,
    /// a page has written that another had overtaken.
    pub(super) async fn remove_as_read(&self, round: &str, newest: u64, copies: &[Copy]) {
        for (place, copy) in self.places.iter().zip(copies) {
            for (epoch, read) in copy.range(..=newest) {
                let segment = Segment {
                    round: round.to_owned(),
                    epoch: *epoch,
                };
                if self.ask(place, || place.read(&segment)).await.as_ref() == Ok(read) {
                    // What stays is as good as what it repeats.
                    let _ = self.ask(place, || place.remove(&segment)).await;
                }
            }
        }
    }

    /// What both places have of a round. A place that cannot be read has nothing.
    pub(super) async fn copies(&self, round: &str) -> Copies {
        let mut faults = Vec::new();
        let mut copies = Vec::new();
        for place in &self.places {
            let mut copy = Copy::new();
            let read = async {
                for segment in self.ask(place, || place.list()).await? {
                    if segment.round == round {
                        let bytes = self.ask(place, || place.read(&segment)).await?;
                        copy.insert(segment.epoch, bytes);
                    }
                }
                Ok(())
            };
            if let Err(fault) = read.await {
                faults.push((place.name(), fault));
            }
            copies.push(copy);
        }
        (copies, faults)
    }

    /// As [`Keeper::copies`], if at least one place can be read.
    pub(super) async fn readable(&self, round: &str) -> Result<Copies, Fault> {
        let (copies, faults) = self.copies(round).await;
        match faults.first() {
            Some((_, fault)) if copies.iter().all(Copy::is_empty) => Err(fault.clone()),
            _ => Ok((copies, faults)),
        }
    }

    /// What each place lacks of a round's segments before an epoch. What only adds comes first: nothing
    /// that one place alone has is ever out of both.
    pub(super) fn owed(
        &self,
        round: &str,
        copies: &[Copy],
        assembled: &Assembled,
        epoch: u64,
        faults: &[(&'static str, Fault)],
    ) -> Vec<Owed> {
        let mut owed = Vec::new();
        for (at, (place, copy)) in self.places.iter().zip(copies).enumerate() {
            if faults.iter().any(|(name, _)| *name == place.name()) {
                continue; // What could not be read is not known to be missing.
            }
            for (segment, whole) in assembled.merged.range(..epoch) {
                let here = copy.get(segment).map_or(&[][..], Vec::as_slice);
                if here != whole {
                    let same = common(here, whole);
                    let lacks = Owed {
                        place: at,
                        segment: Segment {
                            round: round.to_owned(),
                            epoch: *segment,
                        },
                        whole: whole.clone(),
                        same,
                    };
                    owed.push((here.len() > same, lacks));
                }
            }
        }
        owed.sort_by_key(|(drops, _)| *drops);
        owed.into_iter().map(|(_, owed)| owed).collect()
    }

    /// Gives the places what they lack of older segments, and says what went wrong.
    async fn heal(&self, writing: &mut Writing) -> Faults {
        let mut faults = Vec::new();
        for owed in std::mem::take(&mut writing.owed) {
            let Some(place) = self.places.get(owed.place) else {
                continue;
            };
            let Owed {
                segment,
                whole,
                same,
                ..
            } = &owed;
            let rest = whole.get(*same..).unwrap_or_default();
            let written = match *same {
                0 => self.replace(place, segment, whole).await,
                same => self.ask(place, || place.write(segment, same, rest)).await,
            };
            if let Err(fault) = written {
                faults.push((place.name(), fault));
                writing.owed.push(owed);
            }
        }
        faults
    }

    /// Writes a whole segment, whether or not there is one.
    async fn replace(&self, place: &P, segment: &Segment, whole: &[u8]) -> Result<(), Fault> {
        match self.ask(place, || place.claim(segment, whole)).await {
            Err(Fault::Taken) => self.ask(place, || place.write(segment, 0, whole)).await,
            other => other,
        }
    }

    /// Brings each place up to what the segment holds, and says what went wrong. Where another page was
    /// quicker to claim the epoch, all that was sealed is sealed again in the next.
    pub(super) async fn bring_up_to_date(&self, writing: &mut Writing) -> Faults {
        let owing = self.heal(writing).await;
        let mut faults = Vec::new();
        for _ in 0..TRIES {
            faults.clone_from(&owing);
            writing.kept.resize(self.places.len(), 0);
            let (mut taken, mut compare) = (false, false);
            for (at, place) in self.places.iter().enumerate() {
                match self.bring(place, writing, writing.kept_in(at)).await {
                    Ok(was_gone) => {
                        // A place that had lost this segment has lost those before it, too; and one that
                        // could not be read when the round was opened may lack some.
                        compare |= was_gone || writing.unread.contains(&at);
                        writing.kept[at] = writing.bytes.len();
                    }
                    Err(fault) => {
                        taken |= fault == Fault::Taken;
                        faults.push((place.name(), fault));
                    }
                }
            }
            if compare {
                self.compare(writing).await;
                faults.extend(self.heal(writing).await);
            }
            if !taken {
                break;
            }
            match self.claim_again(writing).await {
                Ok(again) => *writing = again,
                Err(fault) => {
                    faults.push(("", fault));
                    break;
                }
            }
        }
        faults
    }

    /// Brings one place up to date, of which so many bytes are there. Says whether it had lost them, and has
    /// been given the whole segment anew.
    async fn bring(&self, place: &P, writing: &Writing, kept: usize) -> Result<bool, Fault> {
        let (segment, bytes) = (writing.segment(), &writing.bytes);
        let rest = bytes.get(kept..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(false);
        }
        let written = match kept {
            0 => self.ask(place, || place.claim(&segment, bytes)).await,
            _ => self.ask(place, || place.write(&segment, kept, rest)).await,
        };
        match written {
            Err(Fault::Taken) if kept == 0 => {
                // Perhaps by ourselves: a call that seemed to fail, and did not.
                let there = self.ask(place, || place.read(&segment)).await?;
                if common(&there, bytes) < OWN {
                    return Err(Fault::Taken);
                }
                self.ask(place, || place.write(&segment, 0, bytes)).await?;
                Ok(false)
            }
            Err(Fault::Gone) => self.replace(place, &segment, bytes).await.map(|()| true),
            written => written.map(|()| false),
        }
    }

    /// Finds out what the places lack of the segments before this one, as they are now.
    async fn compare(&self, writing: &mut Writing) {
        let round = &writing.about.round;
        let (copies, faults) = self.copies(round).await;
        let assembled = assemble(round, &writing.key, &copies);
        writing.owed = self.owed(round, &copies, &assembled, writing.epoch, &faults);
        writing.unread = self.unread(&faults);
    }

    /// The places that could not be read, by number.
    pub(super) fn unread(&self, faults: &Faults) -> Vec<usize> {
        let could_not = |at: &usize| {
            let name = self.places.get(*at).map(Place::name);
            faults.iter().any(|(place, _)| Some(*place) == name)
        };
        (0..self.places.len()).filter(could_not).collect()
    }

    /// The same lines in the next epoch.
    async fn claim_again(&self, writing: &mut Writing) -> Result<Writing, Fault> {
        let epoch = self.newest(&writing.about.round).await.max(writing.epoch);
        let about = writing.about.clone();
        let key = writing.key.clone();
        let mut again = Writing::new(about, key, epoch.saturating_add(1), None, &self.world)?;
        again.follow(writing.before, writing.follows);
        for line in writing.unsealed() {
            again.seal(&line, &self.world)?;
        }
        again.owed = std::mem::take(&mut writing.owed);
        again.unread = std::mem::take(&mut writing.unread);
        Ok(again)
    }

    /// The newest epoch of a round in any place that answers.
    pub(super) async fn newest(&self, round: &str) -> u64 {
        let mut newest = 0;
        for place in &self.places {
            let epoch = self.ask(place, || place.newest(round)).await;
            newest = newest.max(epoch.ok().flatten().unwrap_or(0));
        }
        newest
    }

    /// Makes a call, for as long as patience lasts. A place that was closed or does not answer is opened
    /// anew, and the call made once more. One that is silent even then is waited for no longer: from
    /// then on it is asked for a sign of life before each call.
    pub(super) async fn ask<T, F>(&self, place: &P, call: impl Fn() -> F) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        if self.is_silent(place) {
            self.look_for(place).await?;
        }
        let first = in_time(&self.world, call()).await;
        if !matches!(first, Err(Fault::Closed | Fault::Hung)) {
            return first;
        }
        if matches!(first, Err(Fault::Hung)) {
            self.silent.borrow_mut().insert(place.name());
        }
        in_time(&self.world, place.reopen()).await?;
        if self.is_silent(place) {
            self.look_for(place).await?;
        }
        in_time(&self.world, call()).await
    }

    fn is_silent(&self, place: &P) -> bool {
        self.silent.borrow().contains(place.name())
    }

    /// Asks a place that was silent for something small, and waits for a moment.
    async fn look_for(&self, place: &P) -> Result<(), Fault> {
        before(self.world.moment(), place.newest("")).await?;
        self.silent.borrow_mut().remove(place.name());
        Ok(())
    }
}
