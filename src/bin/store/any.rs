//! Whichever place a browser has: all of them behind one type.

use sightline::store::place::{Fault, Place};
use sightline::store::segment::Segment;

use crate::idb::Idb;
use crate::local::Local;
use crate::opfs::Opfs;

/// A place.
pub(crate) enum Any {
    Opfs(Opfs),
    Idb(Idb),
    Local(Local),
}

/// Passes a call on to whichever place it is.
macro_rules! pass {
    ($self:ident, $place:ident => $call:expr) => {
        match $self {
            Any::Opfs($place) => $call.await,
            Any::Idb($place) => $call.await,
            Any::Local($place) => $call.await,
        }
    };
}

impl Place for Any {
    fn name(&self) -> &'static str {
        match self {
            Self::Opfs(place) => place.name(),
            Self::Idb(place) => place.name(),
            Self::Local(place) => place.name(),
        }
    }

    async fn list(&self) -> Result<Vec<Segment>, Fault> {
        pass!(self, place => place.list())
    }

    async fn newest(&self, round: &str) -> Result<Option<u64>, Fault> {
        pass!(self, place => place.newest(round))
    }

    async fn read(&self, segment: &Segment) -> Result<Vec<u8>, Fault> {
        pass!(self, place => place.read(segment))
    }

    async fn claim(&self, segment: &Segment, bytes: &[u8]) -> Result<(), Fault> {
        pass!(self, place => place.claim(segment, bytes))
    }

    async fn write(&self, segment: &Segment, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        pass!(self, place => place.write(segment, offset, bytes))
    }

    async fn remove(&self, segment: &Segment) -> Result<(), Fault> {
        pass!(self, place => place.remove(segment))
    }

    async fn reopen(&self) -> Result<(), Fault> {
        pass!(self, place => place.reopen())
    }
}
