//! What takes a passphrase, as plain requests and replies.
//!
//! Stretching a passphrase takes a second and 128 MiB, which a browser's program never gives back:
//! the lock worker is a few lines around [`handle`], started for one request and thrown away with
//! all that it knew.

use serde::{Deserialize, Serialize};

use crate::file::{self, Opened, Saved};
use crate::seal::age::{Entropy, Work};
use crate::seal::phrase;

/// What the page asks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Write a round as a sealed file.
    Save {
        /// The round.
        saved: Saved,
        /// The passphrase.
        passphrase: String,
    },
    /// Open a sealed file; its bytes come with this message.
    Open {
        /// The passphrase.
        passphrase: String,
    },
    /// Make a passphrase.
    MakePhrase,
}

/// No passphrase is ever shown by accident.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Save { .. } => "Save",
            Self::Open { .. } => "Open",
            Self::MakePhrase => "MakePhrase",
        })
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The round was sealed; the file's bytes come with this message.
    Saved,
    /// The file was opened.
    Opened(Opened),
    /// A passphrase.
    Phrase(String),
    /// It could not be done: why, and what to do.
    Refused(String),
}

/// Does what was asked. `attached` is the file that came with the request, `entropy` random bytes
/// that are used for nothing else.
#[must_use]
pub fn handle(
    request: Request,
    attached: Option<&[u8]>,
    entropy: [u8; 48],
) -> (Reply, Option<Vec<u8>>) {
    match request {
        Request::Save { saved, passphrase } => {
            match file::write(&saved, &passphrase, Work::USUAL, &Entropy(entropy)) {
                Ok(bytes) => (Reply::Saved, Some(bytes)),
                Err(refusal) => (Reply::Refused(refusal.0), None),
            }
        }
        Request::Open { passphrase } => {
            let read = file::read(attached.unwrap_or_default(), &passphrase);
            let reply = read.map_or_else(|refusal| Reply::Refused(refusal.0), Reply::Opened);
            (reply, None)
        }
        Request::MakePhrase => (Reply::Phrase(phrase::from_entropy(&entropy)), None),
    }
}
