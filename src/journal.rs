//! The journal: all that happened in a round, as facts in order.
//!
//! A round changes only by an [`Entry`] appended to its [`Journal`]. Each author's entries form a
//! chain: an entry bears the SHA-256 of the line before it, so that a change to the past shows.
//! Written out, a journal is JSON Lines, one entry a line.

pub mod merge;
pub mod record;
pub mod trail;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::concern::{ConcernNumber, Words};
use crate::form::{Form, SectionId};
use crate::review::{Answer, CaseNumber, Instance, Patch, Place};
use crate::sample::certificate::Certificate;
use crate::sample::further::Further;
use crate::table::Source;

/// Names who wrote an entry: random text, given when a round is opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AuthorId(pub String);

/// Something that happened in a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A round was opened, with the form that it is held with.
    RoundOpened {
        /// What the round is called.
        title: String,
        /// The name of whoever opened it.
        auditor: String,
        /// Whether it is a trial with the made-up list.
        made_up: bool,
        /// The form.
        form: Box<Form>,
    },
    /// A case list was taken as what the sample is drawn from.
    ListTaken(ListTaken),
    /// A sample was drawn: the first, or another in its place, whose certificate says why. Draws
    /// before it stay on record.
    SampleDrawn {
        /// How, so that anyone can check it.
        certificate: Box<Certificate>,
        /// The list's columns that go with each case.
        columns: Vec<String>,
        /// For each case of the sample, in order of the draw, and then for each that must be
        /// included: its cells in those columns.
        cells: Vec<Vec<String>>,
    },
    /// The draw of the sample went on: more cases, or one in the place of another.
    SampleExtended {
        /// The round of drawing, which becomes part of the certificate.
        further: Box<Further>,
        /// For each case that it brought: its cells in the sample's columns.
        cells: Vec<Vec<String>>,
    },
    /// An auditor answered a question, or changed the answer.
    Answered {
        /// The case.
        case: CaseNumber,
        /// The question; where its section repeats, the instance too.
        #[serde(flatten)]
        place: Place,
        /// The whole answer as it now stands.
        answer: Answer,
    },
    /// One more of what a section is asked again for was added.
    InstanceAdded {
        /// The case.
        case: CaseNumber,
        /// The section, which repeats.
        section: SectionId,
        /// The number that it bears from now on.
        instance: Instance,
    },
    /// One of what a section is asked again for was removed, with its answers.
    InstanceRemoved {
        /// The case.
        case: CaseNumber,
        /// The section, which repeats.
        section: SectionId,
        /// Which.
        instance: Instance,
    },
    /// A complete review was signed.
    ReviewSigned {
        /// The case.
        case: CaseNumber,
        /// The name under it.
        name: String,
    },
    /// Somebody wrote that a child may not be safe now, or wrote more about it.
    ConcernWritten {
        /// The concern; the next number raises a new one.
        concern: ConcernNumber,
        /// The case.
        case: CaseNumber,
        /// All that is written of it, as it now stands.
        words: Words,
    },
    /// A concern was closed.
    ConcernClosed {
        /// The concern.
        concern: ConcernNumber,
        /// What came of it.
        outcome: String,
        /// The name of who closed it.
        name: String,
    },
    /// A newer version of the form was taken, after what it changes had been shown.
    FormUpdated {
        /// The form, of the same id.
        form: Box<Form>,
    },
    /// The newest change to a review was taken back.
    ChangeUndone {
        /// The case.
        case: CaseNumber,
        /// How parts of the review stand again.
        patch: Patch,
    },
    /// A change that was taken back was made again.
    ChangeRedone {
        /// The case.
        case: CaseNumber,
        /// How parts of the review stand again.
        patch: Patch,
    },
    /// It was chosen what is shown of each case beside its number.
    ShownChosen {
        /// Whether its id is shown.
        id: bool,
        /// The columns of the sample that are shown.
        columns: Vec<String>,
    },
    /// Entries that another tab had written beside the round were dealt with, each by the SHA-256 of
    /// its line.
    AdriftSettled {
        /// Those whose facts were recorded anew.
        taken: Vec<String>,
        /// Those that were not wanted.
        left: Vec<String>,
    },
    /// Words that only a button makes a part of the round stand now so, that they are not lost before it
    /// is pressed.
    WordsBegun {
        /// What they are written for.
        act: Act,
        /// All of them; none once they were taken back.
        words: String,
    },
    /// A signed review was opened again.
    ReviewReopened {
        /// The case.
        case: CaseNumber,
        /// Why.
        reason: String,
    },
}

impl Fact {
    /// The case that it is about.
    #[must_use]
    pub fn case(&self) -> Option<CaseNumber> {
        match self {
            Self::Answered { case, .. }
            | Self::InstanceAdded { case, .. }
            | Self::InstanceRemoved { case, .. }
            | Self::ReviewSigned { case, .. }
            | Self::ChangeUndone { case, .. }
            | Self::ChangeRedone { case, .. }
            | Self::ConcernWritten { case, .. }
            | Self::ReviewReopened { case, .. }
            | Self::WordsBegun {
                act: Act::Reopen(case),
                ..
            } => Some(*case),
            Self::RoundOpened { .. }
            | Self::ListTaken(_)
            | Self::SampleDrawn { .. }
            | Self::SampleExtended { .. }
            | Self::FormUpdated { .. }
            | Self::ShownChosen { .. }
            | Self::AdriftSettled { .. }
            | Self::WordsBegun {
                act: Act::Close(_), ..
            }
            | Self::ConcernClosed { .. } => None,
        }
    }
}

/// What is done by a button, with words that were written before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// To open a signed case again: why.
    Reopen(CaseNumber),
    /// To close a concern: what came of it.
    Close(ConcernNumber),
}

/// The case list that a round stands on: what was read, and what became of each row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListTaken {
    /// The file and sheet.
    pub source: Source,
    /// The columns that name a case.
    pub unit: Vec<String>,
    /// Rows read.
    pub read: usize,
    /// Cases in the frame.
    pub size: usize,
    /// Rows left out with a reason.
    pub excluded: usize,
    /// Faulty rows.
    pub faulty: usize,
    /// The frame's fingerprint.
    pub fingerprint: String,
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Who wrote it.
    pub author: AuthorId,
    /// Its number among the author's entries, from 1.
    pub number: u64,
    /// When, by the author's clock: milliseconds since 1970 (UTC). Never used for order.
    pub at: i64,
    /// The SHA-256 of the author's line before it, in hex; empty for the first.
    pub previous: String,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
}

/// A fault in a journal, by the line that it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Fault {}

/// All entries of a round, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    entries: Vec<Entry>,
    heads: BTreeMap<AuthorId, Head>,
}

/// The end of one author's chain.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    number: u64,
    hash: String,
}

impl Journal {
    /// The entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A fact as the author's next entry. It is not in the journal until it is kept with [`Journal::keep`],
    /// so that a round can refuse it first.
    #[must_use]
    pub fn draft(&self, author: &AuthorId, at: i64, fact: Fact) -> Entry {
        let head = self.heads.get(author);
        Entry {
            author: author.clone(),
            number: head.map_or(0, |head| head.number) + 1,
            at,
            previous: head.map_or_else(String::new, |head| head.hash.clone()),
            fact,
        }
    }

    /// Puts an entry into the journal, and gives the line to be stored: JSON, without the line
    /// feed.
    ///
    /// # Errors
    /// If the entry does not follow its author's entry before it.
    pub fn keep(&mut self, entry: &Entry) -> Result<String, Fault> {
        let line = serde_json::to_string(entry).map_err(|error| Fault {
            line: self.entries.len() + 1,
            message: format!("this entry cannot be written ({error})."),
        })?;
        self.take(&line)?;
        Ok(line)
    }

    /// Reads a line that was kept, and checks that it continues its author's chain.
    ///
    /// # Errors
    /// If the line is not an entry, or does not follow the author's line before it.
    pub fn take(&mut self, line: &str) -> Result<&Entry, Fault> {
        let fault = |message: String| Fault {
            line: self.entries.len() + 1,
            message,
        };
        let entry: Entry = serde_json::from_str(line)
            .map_err(|error| fault(format!("this line cannot be read ({error}).")))?;
        let head = self.heads.get(&entry.author);
        let (number, hash) = head.map_or((0, ""), |head| (head.number, head.hash.as_str()));
        if entry.number != number + 1 || entry.previous != hash {
            return Err(fault(format!(
                "it does not follow the entry before it (number {} after {number}): an entry has \
                 been changed, removed or moved.",
                entry.number
            )));
        }
        Ok(self.push(entry, line))
    }

    fn push(&mut self, entry: Entry, line: &str) -> &Entry {
        let head = Head {
            number: entry.number,
            hash: Self::hash(line),
        };
        self.heads.insert(entry.author.clone(), head);
        let at = self.entries.len();
        self.entries.push(entry);
        &self.entries[at]
    }

    /// The SHA-256 of a line, in lower-case hex.
    #[must_use]
    pub fn hash(line: &str) -> String {
        use fmt::Write as _;
        Sha256::digest(line.as_bytes())
            .iter()
            .fold(String::with_capacity(64), |mut hex, byte| {
                // Writing to a string cannot fail.
                let _ = write!(hex, "{byte:02x}");
                hex
            })
    }
}
