//! What the page and the store worker say to each other, and how a journal's file is kept.
//!
//! The store worker alone touches what is durable. A journal is a file of records
//! ([`crate::journal::record`]), one line each; [`JournalFile`] keeps it on anything that is like
//! a [`Disk`], so that its rules are tested without a browser.

pub mod assemble;
pub mod keeper;
pub mod mark;
pub mod message;
pub mod mirror;
pub mod place;
pub mod segment;

use serde::{Deserialize, Serialize};

use crate::journal::record;

/// What the page asks of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// List the rounds.
    List,
    /// Read a round's journal, and keep it open for appending.
    Read {
        /// The round.
        round: String,
    },
    /// Append lines to a round's journal.
    Append {
        /// The round.
        round: String,
        /// The number of the first of them, from 0. Lines that are there already are passed over.
        from: usize,
        /// The lines.
        lines: Vec<String>,
    },
    /// Remove a round.
    Remove {
        /// The round.
        round: String,
    },
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
}

/// What the store answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The rounds that are kept, each with its first line, and the one last worked on.
    Listed {
        /// Round and first line.
        rounds: Vec<(String, String)>,
        /// The round last worked on.
        current: Option<String>,
    },
    /// A round's journal.
    Read {
        /// The round.
        round: String,
        /// Its lines.
        lines: Vec<String>,
        /// Bytes behind the last line that could not be read, and were set aside: what a crash left
        /// of a write, or damage.
        set_aside: usize,
    },
    /// The journal is on disk up to and including this many lines.
    Stored {
        /// The round.
        round: String,
        /// Lines on disk.
        lines: usize,
    },
    /// A round was removed.
    Removed {
        /// The round.
        round: String,
    },
    /// What is remembered for lists of a shape, now.
    Recalled {
        /// The shape.
        shape: String,
        /// What was chosen; nothing if nothing is remembered, or it could not be read.
        mapping: Option<String>,
    },
    /// The browser keeps nothing for us; why.
    Unavailable(String),
    /// Lines of a round could not be kept.
    NotStored {
        /// The round.
        round: String,
        /// Why, and what to do.
        why: String,
    },
    /// A round could not be read, listed or removed; why, and what to do.
    Refused(String),
}

/// How many shapes of lists are remembered.
const REMEMBERED: usize = 100;

/// What is remembered for lists, by shape, the newest first: a small text with a line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered(Vec<(String, String)>);

impl Remembered {
    /// What the text holds; a line that cannot be read is passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        Self(
            lines
                .map(|(shape, mapping)| (shape.to_owned(), mapping.to_owned()))
                .collect(),
        )
    }

    /// The text that holds it.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(shape, mapping): &(String, String)| [shape, " ", mapping, "\n"].concat();
        self.0.iter().map(line).collect()
    }

    /// What is remembered for a shape.
    #[must_use]
    pub fn recall(&self, shape: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(known, _)| known == shape)
            .map(|(_, mapping)| mapping.as_str())
    }

    /// Remembers a mapping for a shape, in place of what was. The oldest is forgotten when there are
    /// too many.
    pub fn remember(&mut self, shape: &str, mapping: &str) {
        self.forget(shape);
        self.0
            .insert(0, (shape.to_owned(), mapping.replace(['\n', '\r'], " ")));
        self.0.truncate(REMEMBERED);
    }

    /// Forgets what is remembered for a shape.
    pub fn forget(&mut self, shape: &str) {
        self.0.retain(|(known, _)| known != shape);
    }
}

/// A file as a disk gives it.
pub trait Disk {
    /// All that the file holds.
    ///
    /// # Errors
    /// What the disk said.
    fn read(&mut self) -> Result<Vec<u8>, String>;
    /// Writes at an offset, whole or not at all as far as the caller may know.
    ///
    /// # Errors
    /// What the disk said; part of it may be written.
    fn write(&mut self, offset: usize, bytes: &[u8]) -> Result<(), String>;
    /// Cuts the file to a length.
    ///
    /// # Errors
    /// What the disk said.
    fn truncate(&mut self, length: usize) -> Result<(), String>;
    /// Returns once all that was written is on disk.
    ///
    /// # Errors
    /// What the disk said.
    fn flush(&mut self) -> Result<(), String>;
}

/// A journal's file, open for appending.
#[derive(Debug)]
pub struct JournalFile<D> {
    disk: D,
    /// Lines on disk.
    lines: usize,
    /// Where the next record goes.
    end: usize,
    /// What stands behind the last whole record.
    rest: Vec<u8>,
}

impl<D: Disk> JournalFile<D> {
    /// Opens a journal, and gives its lines: all up to the first record that is not whole. The next
    /// append overwrites what stands behind it, which is [`JournalFile::rest`]: keep that first.
    ///
    /// # Errors
    /// What the disk said; or that a line is not text.
    pub fn open(mut disk: D) -> Result<(Self, Vec<String>), String> {
        let bytes = disk.read()?;
        let records = record::read(&bytes);
        let lines = records.payloads.iter().map(|payload| {
            String::from_utf8(payload.to_vec())
                .map_err(|_| "The journal on this computer is damaged: a line is not text.".into())
        });
        let lines = lines.collect::<Result<Vec<_>, String>>()?;
        let rest = bytes.get(records.good..).unwrap_or_default().to_vec();
        let file = Self {
            disk,
            lines: lines.len(),
            end: records.good,
            rest,
        };
        Ok((file, lines))
    }

    /// What stood behind the last whole record when the journal was opened: nothing, the torn end
    /// of a write that was never confirmed, or lines behind a damaged one.
    #[must_use]
    pub fn rest(&self) -> &[u8] {
        &self.rest
    }

    /// Appends lines, the first being the line of number `from`, and returns how many lines are on
    /// disk. Lines that are there already are passed over, so that sending them twice is harmless.
    ///
    /// # Errors
    /// What the disk said, or that lines between are missing. The lines before are as they were,
    /// and the same call may be made again.
    pub fn append(&mut self, from: usize, lines: &[String]) -> Result<usize, String> {
        if from > self.lines {
            return Err(format!(
                "The store has {} entries and was given entry {}: some between are missing.",
                self.lines,
                from + 1
            ));
        }
        let new = lines.get(self.lines - from..).unwrap_or_default();
        let mut bytes = Vec::new();
        for line in new {
            let record = record::write(line.as_bytes())
                .ok_or("An entry is too long to be kept. Shorten the text.")?;
            bytes.extend(record);
        }
        if !bytes.is_empty() {
            self.disk.truncate(self.end)?;
            self.disk.write(self.end, &bytes)?;
            self.disk.flush()?;
            self.end += bytes.len();
            self.lines += new.len();
        }
        Ok(self.lines)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    /// A disk in memory that fails at its n-th call, leaving a write half done.
    #[derive(Clone, Debug, Default)]
    struct Memory {
        bytes: Rc<RefCell<Vec<u8>>>,
        calls: usize,
        fails_at: Option<usize>,
    }

    impl Memory {
        fn call(&mut self) -> Result<(), String> {
            self.calls += 1;
            if self.fails_at == Some(self.calls) {
                Err("The disk is full.".into())
            } else {
                Ok(())
            }
        }
    }

    impl Disk for Memory {
        fn read(&mut self) -> Result<Vec<u8>, String> {
            self.call()?;
            Ok(self.bytes.borrow().clone())
        }
        fn write(&mut self, offset: usize, bytes: &[u8]) -> Result<(), String> {
            let failed = self.call();
            let written = if failed.is_err() {
                bytes.len() / 2
            } else {
                bytes.len()
            };
            let mut file = self.bytes.borrow_mut();
            let end = (offset + written).max(file.len());
            file.resize(end, 0);
            file[offset..offset + written].copy_from_slice(&bytes[..written]);
            failed
        }
        fn truncate(&mut self, length: usize) -> Result<(), String> {
            self.call()?;
            self.bytes.borrow_mut().truncate(length);
            Ok(())
        }
        fn flush(&mut self) -> Result<(), String> {
            self.call()
        }
    }

    fn line(number: usize) -> String {
        format!("the line of number {number}")
    }

    #[test]
    fn what_is_remembered_is_read_again_replaced_and_forgotten() {
        let mut remembered = Remembered::default();
        for shape in 0..=REMEMBERED {
            remembered.remember(&format!("shape{shape}"), "{\"id\":\"Child ID\"}");
        }
        remembered.remember("shape7", "{\"id\":\"Id\"}\nshape9 {}");
        let mut again = Remembered::parse(&remembered.text());
        assert_eq!(again, remembered);
        assert_eq!(again.recall("shape0"), None, "the oldest made room");
        assert_eq!(again.recall("shape1"), Some("{\"id\":\"Child ID\"}"));
        assert_eq!(again.recall("shape7"), Some("{\"id\":\"Id\"} shape9 {}"));
        again.forget("shape7");
        assert_eq!(again.recall("shape7"), None);
        assert_eq!(
            Remembered::parse("damage\n\nshape1 {}\n").recall("shape1"),
            Some("{}")
        );
    }

    #[test]
    fn lines_are_read_again_as_they_were_written() {
        let disk = Memory::default();
        let (mut file, none) = JournalFile::open(disk.clone()).unwrap();
        assert!(none.is_empty());
        assert_eq!(file.append(0, &[line(0), line(1)]), Ok(2));
        assert_eq!(file.append(2, &[line(2)]), Ok(3));
        let (_, lines) = JournalFile::open(disk).unwrap();
        assert_eq!(lines, [line(0), line(1), line(2)]);
    }

    #[test]
    fn lines_sent_twice_are_kept_once() {
        let disk = Memory::default();
        let (mut file, _) = JournalFile::open(disk.clone()).unwrap();
        file.append(0, &[line(0), line(1)]).unwrap();
        assert_eq!(file.append(0, &[line(0), line(1), line(2)]), Ok(3));
        assert_eq!(file.append(1, &[line(1)]), Ok(3));
        let (_, lines) = JournalFile::open(disk).unwrap();
        assert_eq!(lines, [line(0), line(1), line(2)]);
    }

    #[test]
    fn what_stands_behind_a_damaged_record_is_given_to_be_kept() {
        let disk = Memory::default();
        let (mut file, _) = JournalFile::open(disk.clone()).unwrap();
        file.append(0, &[line(0), line(1), line(2)]).unwrap();
        assert!(file.rest().is_empty());
        let whole = disk.bytes.borrow().clone();
        let second = record::write(line(0).as_bytes()).unwrap().len();
        disk.bytes.borrow_mut()[second + 10] ^= 1;
        let (file, lines) = JournalFile::open(disk.clone()).unwrap();
        assert_eq!(lines, [line(0)]);
        assert_eq!(file.rest().len(), whole.len() - second);
    }

    #[test]
    fn a_gap_is_refused() {
        let (mut file, _) = JournalFile::open(Memory::default()).unwrap();
        assert!(file.append(1, &[line(1)]).is_err());
    }

    /// Whatever call fails, no confirmed line is lost, and trying again brings in the rest.
    #[test]
    fn whichever_call_fails_no_confirmed_line_is_lost() {
        for fails_at in 1.. {
            let disk = Memory {
                fails_at: Some(fails_at),
                ..Memory::default()
            };
            let bytes = disk.bytes.clone();
            let mut failed = false;
            let (mut file, mut confirmed) = match JournalFile::open(disk) {
                Ok((file, _)) => (file, 0),
                Err(_) => continue,
            };
            for number in 0..4 {
                let unsent: Vec<String> = (confirmed..=number).map(line).collect();
                match file.append(confirmed, &unsent) {
                    Ok(lines) => confirmed = lines,
                    Err(_) => failed = true,
                }
                let on_disk = Memory {
                    bytes: bytes.clone(),
                    ..Memory::default()
                };
                let (_, lines) = JournalFile::open(on_disk).unwrap();
                assert!(lines.len() >= confirmed, "call {fails_at}");
                assert!(
                    (0..)
                        .map(line)
                        .zip(&lines)
                        .all(|(wrote, read)| wrote == *read)
                );
            }
            if !failed {
                assert!(fails_at > 8, "the sweep must reach every call");
                assert_eq!(confirmed, 4);
                break;
            }
        }
    }
}
