//! The places where segments are kept, and what can go wrong there.
//!
//! A place is a browser's storage or, in tests, memory that fails as a browser's does. Whatever is
//! written stands twice, in two places of different kinds.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use super::segment::Segment;

/// One of the two places where segments are kept.
pub trait Place {
    /// What the place is called, for people.
    fn name(&self) -> &'static str;

    /// All segments, in any order.
    fn list(&self) -> impl Future<Output = Result<Vec<Segment>, Fault>>;

    /// The newest epoch of a round, if it has any.
    fn newest(&self, round: &str) -> impl Future<Output = Result<Option<u64>, Fault>>;

    /// All bytes of a segment; none, if it is not there.
    fn read(&self, segment: &Segment) -> impl Future<Output = Result<Vec<u8>, Fault>>;

    /// Begins a segment with these bytes: [`Fault::Taken`] if there is one of its name with anything in it.
    /// Of several pages that claim a name, one gets it.
    fn claim(&self, segment: &Segment, bytes: &[u8]) -> impl Future<Output = Result<(), Fault>>;

    /// Writes at an offset, drops what stood behind it, and returns once all is on disk. [`Fault::Gone`]
    /// if what stands before the offset is no longer there.
    fn write(
        &self,
        segment: &Segment,
        offset: usize,
        bytes: &[u8],
    ) -> impl Future<Output = Result<(), Fault>>;

    /// Removes a segment; one that is not there is removed.
    fn remove(&self, segment: &Segment) -> impl Future<Output = Result<(), Fault>>;

    /// Opens the place anew, after it was closed or did not answer.
    fn reopen(&self) -> impl Future<Output = Result<(), Fault>>;
}

/// What else the keeper needs of the world.
pub trait World {
    /// Fills with random bytes.
    ///
    /// # Errors
    /// If there are none: then nothing can be sealed.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Fault>;

    /// Returns when a place has been given long enough to answer.
    fn patience(&self) -> impl Future<Output = ()>;

    /// Returns when a place has been given long enough that did not answer the last time.
    fn moment(&self) -> impl Future<Output = ()>;
}

/// Waits for a call for as long as patience lasts.
///
/// # Errors
/// What the call gave; or [`Fault::Hung`].
pub async fn in_time<T>(
    world: &impl World,
    call: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    before(world.patience(), call).await
}

/// Waits for a call for as long as another future takes.
///
/// # Errors
/// As [`in_time`].
pub async fn before<T>(
    patience: impl Future<Output = ()>,
    call: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Fault> {
    let mut call = pin!(call);
    let mut patience = pin!(patience);
    poll_fn(|context| {
        if let Poll::Ready(done) = call.as_mut().poll(context) {
            return Poll::Ready(done);
        }
        let out = patience.as_mut().poll(context);
        out.map(|()| Err(Fault::Hung))
    })
    .await
}

/// Why a place did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk is full, or the browser's share of it.
    Full,
    /// The browser broke off what it had begun.
    Aborted,
    /// Not all of it was written.
    Short,
    /// There was no answer.
    Hung,
    /// The browser closed the place.
    Closed,
    /// Another page holds it, or was first.
    Taken,
    /// What was written before is no longer there.
    Gone,
    /// It is sealed with another key than the one given.
    OtherKey,
    /// A newer version has written it.
    Newer,
    /// There are no random bytes.
    NoEntropy,
    /// Something else, in the browser's words.
    Unknown(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full | Self::Short => {
                "the disk is full, or the browser's share of it. Free some space on this computer"
            }
            Self::Aborted => "the browser broke off the writing",
            Self::Hung => "the browser's storage does not answer",
            Self::Closed => "the browser closed its storage",
            Self::Taken => "another tab or window is using it",
            Self::Gone => "the browser has removed what was written before",
            Self::OtherKey => "it was sealed with another key",
            Self::Newer => {
                "a newer version of Sightline has written in it. Nothing of it was changed. Load the \
                 page again for the newer version, or ask whoever hosts it"
            }
            Self::NoEntropy => "this browser gives no random bytes, and nothing is sealed without",
            Self::Unknown(words) => return write!(f, "the browser could not do it ({words})"),
        })
    }
}

impl std::error::Error for Fault {}
