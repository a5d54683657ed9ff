//! What takes a passphrase, as plain requests and replies.
//!
//! Stretching a passphrase takes a second and 128 MiB, which a browser's program never gives back:
//! the lock worker is a few lines around [`handle`], started for one request and thrown away with
//! all that it knew.

use serde::{Deserialize, Serialize};

use crate::file::{self, Lock, Opened, Saved};
use crate::seal::age::{Entropy, Work};
use crate::seal::data_key::DataKey;
use crate::seal::keyring::{self, Slot};
use crate::seal::phrase;
use crate::seal::recipient::Recipient;

/// What the page asks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Write a round as a sealed file.
    Save {
        /// The round.
        saved: Saved,
        /// What opens it.
        with: With,
    },
    /// Open a sealed file; its bytes come with this message.
    Open {
        /// The passphrase.
        passphrase: String,
    },
    /// Make a passphrase.
    MakePhrase,
    /// Make a key for a round, and the ways to it.
    MakeKeys(Ways),
    /// Make new ways to a round's key.
    WrapKey {
        /// The key.
        key: DataKey,
        /// The ways.
        ways: Ways,
    },
    /// Give a round's key.
    Unlock {
        /// The ways to it.
        slots: Vec<Slot>,
        /// A passphrase, a recovery code, or a secret key of age.
        secret: String,
    },
}

/// What opens a file that is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum With {
    /// A passphrase.
    Passphrase(String),
    /// The secret key that belongs to a public key of age.
    Recipient(String),
}

/// The ways that a round's key is to have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// A passphrase.
    pub passphrase: String,
    /// Whether a recovery code is to be made.
    pub recovery: bool,
    /// Public keys of age.
    pub recipients: Vec<String>,
}

/// No passphrase is ever shown by accident.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Save { .. } => "Save",
            Self::Open { .. } => "Open",
            Self::MakePhrase => "MakePhrase",
            Self::MakeKeys(_) => "MakeKeys",
            Self::WrapKey { .. } => "WrapKey",
            Self::Unlock { .. } => "Unlock",
        })
    }
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The round was sealed; the file's bytes come with this message.
    Saved,
    /// The file was opened.
    Opened {
        /// What it held.
        opened: Opened,
        /// A key for the round, should it be new here.
        key: DataKey,
        /// The ways to it.
        slots: Vec<Slot>,
    },
    /// A passphrase.
    Phrase(String),
    /// A round's key and the ways to it.
    Keys {
        /// The key.
        key: DataKey,
        /// The ways.
        slots: Vec<Slot>,
        /// The recovery code, which is kept nowhere.
        recovery: Option<String>,
    },
    /// The key that a secret opened.
    Unlocked(DataKey),
    /// It could not be done: why, and what to do.
    Refused(String),
}

/// No passphrase and no code is ever shown by accident.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Saved => "Saved",
            Self::Opened { .. } => "Opened",
            Self::Phrase(_) => "Phrase",
            Self::Keys { .. } => "Keys",
            Self::Unlocked(_) => "Unlocked",
            Self::Refused(why) => why,
        })
    }
}

/// Does what was asked. `attached` is the file that came with the request; `random` fills with
/// random bytes that are used for nothing else.
#[must_use]
pub fn handle(
    request: Request,
    attached: Option<&[u8]>,
    random: &mut dyn FnMut(&mut [u8]),
) -> (Reply, Option<Vec<u8>>) {
    let reply = match request {
        Request::Save { saved, with } => match save(&saved, &with, random) {
            Ok(bytes) => return (Reply::Saved, Some(bytes)),
            Err(why) => Reply::Refused(why),
        },
        Request::Open { passphrase } => {
            match file::read(attached.unwrap_or_default(), &passphrase) {
                Ok(opened) => {
                    let mut key = [0; 32];
                    random(&mut key);
                    let key = DataKey::new(key);
                    let slots = vec![Slot::Open { key: key.clone() }];
                    Reply::Opened { opened, key, slots }
                }
                Err(refusal) => Reply::Refused(refusal.0),
            }
        }
        Request::MakePhrase => Reply::Phrase(phrase::from_entropy(&entropy(random).0)),
        Request::MakeKeys(ways) => {
            let mut key = [0; 32];
            random(&mut key);
            wrap(DataKey::new(key), &ways, random)
        }
        Request::WrapKey { key, ways } => wrap(key, &ways, random),
        Request::Unlock { slots, secret } => match keyring::unlock(&slots, &secret) {
            Ok(key) => Reply::Unlocked(key),
            Err(refusal) => Reply::Refused(refusal.0),
        },
    };
    (reply, None)
}

fn save(saved: &Saved, with: &With, random: &mut dyn FnMut(&mut [u8])) -> Result<Vec<u8>, String> {
    let recipients;
    let lock = match with {
        With::Passphrase(passphrase) => Lock::Passphrase(passphrase, Work::USUAL),
        With::Recipient(key) => {
            recipients = [Recipient::parse(key).ok_or(keyring::NO_PUBLIC_KEY)?];
            Lock::Recipients(&recipients)
        }
    };
    file::write(saved, lock, &entropy(random)).map_err(|refusal| refusal.0)
}

fn wrap(key: DataKey, ways: &Ways, random: &mut dyn FnMut(&mut [u8])) -> Reply {
    let mut made = || {
        let mut slots = vec![Slot::passphrase(&key, &ways.passphrase, &entropy(random))?];
        let mut recovery = None;
        if ways.recovery {
            let mut letters = [0; keyring::CODE];
            random(&mut letters);
            let code = keyring::recovery_code(&letters);
            slots.push(Slot::recovery(&key, &code, &entropy(random))?);
            recovery = Some(code);
        }
        for recipient in &ways.recipients {
            slots.push(Slot::recipient(&key, recipient, &entropy(random))?);
        }
        Ok((slots, recovery))
    };
    let made: Result<_, keyring::Refusal> = made();
    match made {
        Ok((slots, recovery)) => Reply::Keys {
            key,
            slots,
            recovery,
        },
        Err(refusal) => Reply::Refused(refusal.0),
    }
}

fn entropy(random: &mut dyn FnMut(&mut [u8])) -> Entropy {
    let mut bytes = [0; 48];
    random(&mut bytes);
    Entropy(bytes)
}
