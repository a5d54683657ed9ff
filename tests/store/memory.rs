//! Places in memory, which fail at a chosen call as a browser's do; and what runs many pages over
//! them in any order.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::Slot;
use sightline::store::keeper::{About, Keeper};
use sightline::store::place::{Fault, Place, World};
use sightline::store::segment::Segment;

/// What can go wrong with a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Full,
    Aborted,
    Unknown,
    /// Half of it is written.
    Short,
    /// No answer, and nothing done.
    Hung,
    /// It is said to be done, and is not.
    Lost,
    /// Closed until it is opened anew.
    Closed,
}

pub(crate) const KINDS: [Kind; 7] = [
    Kind::Full,
    Kind::Aborted,
    Kind::Unknown,
    Kind::Short,
    Kind::Hung,
    Kind::Lost,
    Kind::Closed,
];

/// A disk: the bytes of each segment, by round and epoch.
pub(crate) type Disk = Rc<RefCell<BTreeMap<Segment, Vec<u8>>>>;

/// A place that fails when it is told to. Its clones share the disk and the faults, as pages do.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) name: &'static str,
    pub(crate) disk: Disk,
    /// The call that fails, from 1, how, and whether all after it do.
    pub(crate) fails: Rc<Cell<Option<(usize, Kind, bool)>>>,
    pub(crate) calls: Rc<Cell<usize>>,
    closed: Rc<Cell<bool>>,
    /// How many other pages get a turn before an answer.
    pub(crate) turns: usize,
}

/// What becomes of a call.
enum Fate {
    Done,
    Half,
    Lost,
    Fails(Fault),
}

impl Memory {
    pub(crate) fn two() -> [Self; 2] {
        let place = |name| Self {
            name,
            ..Self::default()
        };
        [place("files"), place("database")]
    }

    pub(crate) fn fail(&self, at: usize, kind: Kind, from_then_on: bool) {
        self.calls.set(0);
        self.fails.set(Some((at, kind, from_then_on)));
    }

    pub(crate) fn heal(&self) {
        self.fails.set(None);
        self.closed.set(false);
    }

    async fn call(&self) -> Fate {
        for _ in 0..self.turns {
            next_turn().await;
        }
        self.calls.set(self.calls.get() + 1);
        if self.closed.get() {
            return Fate::Fails(Fault::Closed);
        }
        let due = self
            .fails
            .get()
            .filter(|(at, _, on)| *at == self.calls.get() || *on && self.calls.get() > *at);
        match due.map(|(_, kind, _)| kind) {
            None => Fate::Done,
            Some(Kind::Full) => Fate::Fails(Fault::Full),
            Some(Kind::Aborted) => Fate::Fails(Fault::Aborted),
            Some(Kind::Unknown) => Fate::Fails(Fault::Unknown("UnknownError".into())),
            Some(Kind::Short) => Fate::Half,
            Some(Kind::Hung) => pending().await,
            Some(Kind::Lost) => Fate::Lost,
            Some(Kind::Closed) => {
                self.closed.set(true);
                Fate::Fails(Fault::Closed)
            }
        }
    }

    async fn ask<T>(&self, get: impl FnOnce(&BTreeMap<Segment, Vec<u8>>) -> T) -> Result<T, Fault> {
        match self.call().await {
            Fate::Done | Fate::Lost => Ok(get(&self.disk.borrow())),
            Fate::Half => Err(Fault::Short),
            Fate::Fails(fault) => Err(fault),
        }
    }

    async fn put(&self, segment: &Segment, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        let fate = self.call().await;
        let mut disk = self.disk.borrow_mut();
        match fate {
            Fate::Fails(fault) => return Err(fault),
            Fate::Lost => return Ok(()),
            Fate::Done | Fate::Half => {}
        }
        let there = disk.get(segment).map_or(0, Vec::len);
        if offset == 0 && there > 0 {
            return Err(Fault::Taken);
        }
        if there < offset {
            return Err(Fault::Gone);
        }
        let half = matches!(fate, Fate::Half);
        let written = if half { bytes.len() / 2 } else { bytes.len() };
        let file = disk.entry(segment.clone()).or_default();
        file.truncate(offset);
        file.extend(&bytes[..written]);
        if half { Err(Fault::Short) } else { Ok(()) }
    }
}

impl Place for Memory {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn list(&self) -> Result<Vec<Segment>, Fault> {
        self.ask(|disk| disk.keys().cloned().collect()).await
    }

    async fn newest(&self, round: &str) -> Result<Option<u64>, Fault> {
        let of = |segment: &&Segment| segment.round == round;
        self.ask(|disk| disk.keys().filter(of).map(|segment| segment.epoch).max())
            .await
    }

    async fn read(&self, segment: &Segment) -> Result<Vec<u8>, Fault> {
        self.ask(|disk| disk.get(segment).cloned().unwrap_or_default())
            .await
    }

    async fn claim(&self, segment: &Segment, bytes: &[u8]) -> Result<(), Fault> {
        self.put(segment, 0, bytes).await
    }

    async fn write(&self, segment: &Segment, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        if offset == 0 {
            // To write a whole segment anew is what healing does.
            self.disk.borrow_mut().remove(segment);
        }
        self.put(segment, offset, bytes).await
    }

    async fn remove(&self, segment: &Segment) -> Result<(), Fault> {
        match self.call().await {
            Fate::Done => {
                self.disk.borrow_mut().remove(segment);
                Ok(())
            }
            Fate::Lost => Ok(()),
            Fate::Half => Err(Fault::Short),
            Fate::Fails(fault) => Err(fault),
        }
    }

    async fn reopen(&self) -> Result<(), Fault> {
        self.closed.set(false);
        Ok(())
    }
}

/// Random bytes that differ each time, and patience that ends at its second look.
#[derive(Clone, Debug, Default)]
pub(crate) struct Small {
    count: Rc<Cell<u64>>,
    /// How often a call may be looked at before it counts as hung.
    patience: usize,
    /// How often patience has run out.
    pub(crate) waited: Rc<Cell<usize>>,
}

impl Small {
    pub(crate) fn patient(patience: usize) -> Self {
        Self {
            patience,
            ..Self::default()
        }
    }
}

impl World for Small {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        self.count.set(self.count.get() + 1);
        bytes.fill(0);
        bytes[..8].copy_from_slice(&self.count.get().to_le_bytes());
        Ok(())
    }

    async fn patience(&self) {
        self.moment().await;
        self.waited.set(self.waited.get() + 1);
    }

    async fn moment(&self) {
        for _ in 0..self.patience {
            next_turn().await;
        }
    }
}

/// Lets the others do something.
pub(crate) async fn next_turn() {
    let mut been = false;
    poll_fn(|context| {
        if been {
            return Poll::Ready(());
        }
        been = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Runs what needs nobody else.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
    }
}

pub(crate) type Page = Keeper<Memory, Small>;

pub(crate) fn page(places: &[Memory; 2], world: &Small) -> Page {
    Keeper::new(places.to_vec(), world.clone())
}

pub(crate) fn key() -> DataKey {
    DataKey::new([7; 32])
}

pub(crate) const ROUND: &str = "0123456789abcdef";

pub(crate) fn about() -> About {
    About {
        round: ROUND.into(),
        opened_at: 1_795_000_000_000,
        made_up: false,
        slots: vec![Slot::Open { key: key() }],
    }
}

pub(crate) fn line(number: usize) -> String {
    format!("the line of number {number}")
}

pub(crate) fn lines(count: usize) -> Vec<String> {
    (0..count).map(line).collect()
}

/// A round of so many lines in both places, appended one by one.
pub(crate) fn kept(count: usize) -> [Memory; 2] {
    let places = Memory::two();
    let world = Small::default();
    let mut page = page(&places, &world);
    run(page.begin(about(), key(), &lines(1))).unwrap();
    for number in 1..count {
        let kept = run(page.append(number, &[line(number)])).unwrap();
        assert_eq!(kept.both, number + 1);
    }
    places
}
