//! The third kind of place, for pages without `https`: localStorage, which no worker can reach.
//!
//! The worker asks, the page does ([`perform`]). What is kept there is ciphertext like everywhere;
//! each write is an entry of its own, a byte a character.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the names of our entries begin with.
const PREFIX: &str = "sightline.seg:";

/// What the page is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Call {
    /// The names of all segments.
    List,
    /// All of a segment.
    Read(String),
    /// Begin a segment, unless there is one.
    Claim(String, String),
    /// Write at an offset, and drop what stood behind.
    Write(String, usize, String),
    /// Remove a segment.
    Remove(String),
}

/// What the page gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It is done.
    Done,
    /// Names of segments.
    Names(Vec<String>),
    /// Bytes of a segment.
    Bytes(String),
}

/// What is like localStorage.
pub trait Entries {
    /// The names of all entries.
    fn names(&self) -> Vec<String>;
    /// What an entry holds.
    fn get(&self, name: &str) -> Option<String>;
    /// Puts an entry.
    ///
    /// # Errors
    /// The name of the browser's error.
    fn set(&mut self, name: &str, value: &str) -> Result<(), String>;
    /// Removes an entry.
    fn remove(&mut self, name: &str);
}

/// Does what the worker asked, in one go: no other page comes between.
///
/// # Errors
/// The name of the browser's error, or what a browser would call it.
pub fn perform(entries: &mut impl Entries, call: Call) -> Result<Answer, String> {
    match call {
        Call::List => {
            let names = entries.names();
            let mut segments: Vec<String> = names
                .iter()
                .filter_map(|name| Some(name.strip_prefix(PREFIX)?.split_once(':')?.0.to_owned()))
                .collect();
            segments.sort();
            segments.dedup();
            Ok(Answer::Names(segments))
        }
        Call::Read(segment) => Ok(Answer::Bytes(
            parts(entries, &segment).into_values().collect(),
        )),
        Call::Claim(segment, bytes) => {
            if parts(entries, &segment).is_empty() {
                entries.set(&name(&segment, 0), &bytes)?;
                Ok(Answer::Done)
            } else {
                Err("ConstraintError".to_owned())
            }
        }
        Call::Write(segment, offset, bytes) => {
            let parts = parts(entries, &segment);
            let before = parts.range(..offset).next_back();
            if let Some((at, part)) = before {
                let length = part.chars().count();
                if at + length < offset {
                    return Err("NotFoundError".to_owned());
                }
                if at + length > offset {
                    let rest: String = part.chars().take(offset - at).collect();
                    entries.set(&name(&segment, *at), &rest)?;
                }
            } else if offset > 0 {
                return Err("NotFoundError".to_owned());
            }
            entries.set(&name(&segment, offset), &bytes)?;
            for behind in parts.keys().filter(|at| **at > offset) {
                entries.remove(&name(&segment, *behind));
            }
            Ok(Answer::Done)
        }
        Call::Remove(segment) => {
            for at in parts(entries, &segment).keys() {
                entries.remove(&name(&segment, *at));
            }
            Ok(Answer::Done)
        }
    }
}

fn name(segment: &str, offset: usize) -> String {
    format!("{PREFIX}{segment}:{offset}")
}

/// The parts of a segment, by offset.
fn parts(entries: &impl Entries, segment: &str) -> BTreeMap<usize, String> {
    let names = entries.names();
    let ours = names.iter().filter_map(|name| {
        let (of, offset) = name.strip_prefix(PREFIX)?.split_once(':')?;
        (of == segment).then_some(())?;
        Some((offset.parse().ok()?, entries.get(name)?))
    });
    ours.collect()
}

/// Bytes as text, a byte a character.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes of such a text; what is no byte is none of ours.
#[must_use]
pub fn from_text(text: &str) -> Vec<u8> {
    text.chars()
        .filter_map(|char| u8::try_from(u32::from(char)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Map(BTreeMap<String, String>);

    impl Entries for Map {
        fn names(&self) -> Vec<String> {
            self.0.keys().cloned().collect()
        }
        fn get(&self, name: &str) -> Option<String> {
            self.0.get(name).cloned()
        }
        fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
            if self.0.len() > 20 {
                return Err("QuotaExceededError".into());
            }
            self.0.insert(name.into(), value.into());
            Ok(())
        }
        fn remove(&mut self, name: &str) {
            self.0.remove(name);
        }
    }

    #[test]
    fn what_was_written_in_parts_is_read_as_one_and_what_stood_behind_is_dropped() {
        let mut map = Map::default();
        map.0.insert("somebody else's".into(), String::new());
        let segment = || "a.1".to_owned();
        let bytes: Vec<u8> = (0..=255).collect();
        let mut ask = |call| perform(&mut map, call);
        ask(Call::Claim(segment(), to_text(&bytes))).unwrap();
        assert_eq!(
            ask(Call::Claim(segment(), "x".into())),
            Err("ConstraintError".into())
        );
        ask(Call::Write(segment(), 256, "more".into())).unwrap();
        ask(Call::Write(segment(), 260, "and more".into())).unwrap();
        ask(Call::Write(segment(), 256, "MORE".into())).unwrap();
        let Ok(Answer::Bytes(read)) = ask(Call::Read(segment())) else {
            panic!("bytes")
        };
        assert_eq!(from_text(&read), [bytes.as_slice(), b"MORE"].concat());
        assert_eq!(ask(Call::List), Ok(Answer::Names(vec![segment()])));
        ask(Call::Write(segment(), 3, "in the middle of a part".into())).unwrap();
        let Ok(Answer::Bytes(read)) = ask(Call::Read(segment())) else {
            panic!("bytes")
        };
        assert_eq!(read, "\0\u{1}\u{2}in the middle of a part");
        let behind = ask(Call::Write(segment(), 100, "x".into()));
        assert_eq!(behind, Err("NotFoundError".into()));
        ask(Call::Remove(segment())).unwrap();
        assert_eq!(ask(Call::List), Ok(Answer::Names(Vec::new())));
        assert_eq!(
            ask(Call::Write(segment(), 5, "x".into())),
            Err("NotFoundError".into())
        );
        assert_eq!(map.0.len(), 1);
    }
}
