//! What the page and the store worker say to each other.

use serde::{Deserialize, Serialize};

use crate::seal::data_key::DataKey;
use crate::seal::keyring::Slot;

use super::mirror;

/// What the page asks of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// List the rounds.
    List,
    /// Begin a round with its first lines, and keep it open for writing.
    Begin {
        /// The round.
        round: String,
        /// Whether it is a trial with the made-up list.
        made_up: bool,
        /// When it was opened: milliseconds since 1970 (UTC).
        opened_at: i64,
        /// The ways to its key.
        slots: Vec<Slot>,
        /// Its key.
        key: DataKey,
        /// Its first lines.
        lines: Vec<String>,
    },
    /// Open a round.
    Open {
        /// The round.
        round: String,
        /// Its key; none for a round whose key lies open.
        key: Option<DataKey>,
        /// To write, or to read along.
        access: Access,
    },
    /// Append lines to the open round.
    Append {
        /// The round.
        round: String,
        /// The number of the first of them, from 0. Lines that are there already are passed over.
        from: usize,
        /// The lines.
        lines: Vec<String>,
    },
    /// Close the open round: its key is dropped, and another page may write.
    Close,
    /// Seal the open round anew, under another key.
    SealAnew {
        /// The round.
        round: String,
        /// The ways to its new key.
        slots: Vec<Slot>,
        /// The new key.
        key: DataKey,
    },
    /// Seal a journal of an earlier version, and open it: the plain one is removed once the sealed one
    /// is whole in both places.
    SealPlain {
        /// The round.
        round: String,
        /// Whether it is a trial with the made-up list.
        made_up: bool,
        /// When it was opened: milliseconds since 1970 (UTC).
        opened_at: i64,
        /// The ways to its key.
        slots: Vec<Slot>,
        /// Its key.
        key: DataKey,
    },
    /// Remove a round.
    Remove {
        /// The round.
        round: String,
    },
    /// Remove all that is kept: every round, and what is remembered for lists.
    RemoveAll,
    /// Give what is remembered for lists of that shape.
    Recall {
        /// The shape.
        shape: String,
    },
    /// Remember this for lists of that shape, in place of what was.
    Remember {
        /// The shape.
        shape: String,
        /// What was chosen, as one line of text.
        mapping: String,
    },
    /// Forget what is remembered for lists of that shape.
    Forget {
        /// The shape.
        shape: String,
    },
    /// Give the forms of one's own that are kept.
    ListForms,
    /// Keep a form, in place of what was kept under its name. It holds nothing of a case, and is not
    /// sealed.
    KeepForm {
        /// The form's name: letters and digits.
        name: String,
        /// The form, as one text.
        form: String,
    },
    /// Remove a form.
    RemoveForm {
        /// The form's name.
        name: String,
    },
    /// What became of [`Reply::Mirror`].
    Mirrored {
        /// The number that it bore.
        number: u32,
        /// What was read; or the name of the browser's error.
        answer: Result<mirror::Answer, String>,
    },
}

/// To write a round, or to read along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// To write, unless another page does; then to read along.
    Write,
    /// To write, whoever else does.
    TakeOver,
    /// To read along.
    Along,
}

/// What the store answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The rounds that are kept.
    Listed {
        /// The rounds.
        rounds: Vec<Kept>,
        /// The places where they are kept.
        places: Vec<String>,
        /// What is wrong with a place, as sentences.
        trouble: Vec<String>,
    },
    /// A round was opened.
    Opened {
        /// The round.
        round: String,
        /// Whether this page writes it, and does not read along.
        writes: bool,
        /// Its lines.
        lines: Vec<String>,
        /// Lines that are not part of it: written by a page that another had overtaken, or behind
        /// damage. To be settled by a person.
        adrift: Vec<String>,
        /// How many of its lines both places have.
        stored: usize,
        /// The hash of the newest record.
        head: String,
        /// Parts of a place that were brought up to the other's.
        healed: usize,
        /// Bytes that could be read in neither place.
        damaged: usize,
        /// What is wrong with a place, as sentences.
        trouble: Vec<String>,
    },
    /// A round that is read along has grown: all of it as it now is.
    Grew {
        /// The round.
        round: String,
        /// Its lines.
        lines: Vec<String>,
        /// As in [`Reply::Opened`].
        adrift: Vec<String>,
    },
    /// A page that this one had overtaken wrote in the round: all that is adrift by now.
    Adrift {
        /// The round.
        round: String,
        /// As in [`Reply::Opened`].
        adrift: Vec<String>,
    },
    /// Both places have the round's journal up to and including this many lines.
    Stored {
        /// The round.
        round: String,
        /// Lines in both places.
        lines: usize,
        /// The hash of the newest record.
        head: String,
    },
    /// Not all lines of a round could be kept in both places.
    NotStored {
        /// The round.
        round: String,
        /// Lines in both places.
        lines: usize,
        /// Lines in at least one place.
        once: usize,
        /// Why, and what to do.
        why: String,
    },
    /// Another page has taken the round over. What this one wrote since is kept, to be settled.
    Overtaken {
        /// The round.
        round: String,
    },
    /// A round was removed.
    Removed {
        /// The round.
        round: String,
    },
    /// All that was kept was removed.
    RemovedAll,
    /// What is remembered for lists of a shape, now.
    Recalled {
        /// The shape.
        shape: String,
        /// What was chosen; nothing if nothing is remembered, or it could not be read.
        mapping: Option<String>,
    },
    /// About the forms of one's own.
    Form(FormReply),
    /// The browser keeps nothing for us; why.
    Unavailable(String),
    /// A round could not be read, listed, sealed or removed; why, and what to do.
    Refused(String),
    /// To be done by the page, which answers [`Request::Mirrored`].
    Mirror {
        /// A number for the answer.
        number: u32,
        /// What to do.
        call: mirror::Call,
    },
}

/// What the store answers about the forms of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormReply {
    /// Those that are kept: name and form.
    Listed(Vec<(String, String)>),
    /// The form of that name is on disk, or was removed from it.
    Kept(String),
    /// A form could not be kept or removed; why, and what to do.
    NotKept(String),
}

/// A round as it lies there, locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The round.
    pub round: String,
    /// When it was opened: milliseconds since 1970 (UTC); `None` if that cannot be read.
    pub opened_at: Option<i64>,
    /// Whether it is a trial with the made-up list.
    pub made_up: bool,
    /// How many lines it has.
    pub lines: usize,
    /// The ways to its key; none for a plain one.
    pub slots: Vec<Slot>,
    /// The first line, where it can be read without a passphrase.
    pub first: Option<String>,
    /// Whether an earlier version kept it unsealed.
    pub plain: bool,
    /// Whether a newer version has written in it.
    pub newer: bool,
}
