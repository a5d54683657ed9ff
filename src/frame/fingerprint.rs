//! The fingerprint of a frame: SHA-256 over its ids in the order of their bytes.

use sha2::{Digest, Sha256};

use crate::table::hex;

/// The longest id, past what all ids have in common, that is sorted byte by byte.
const SHORT: usize = 16;
/// A short id with zeros after it, which keep the order of the bytes.
type Key = [u8; SHORT];
/// Bytes that are handed to the hash at once.
const PIECE: usize = 1 << 16;

/// SHA-256 over the ids in the order of their bytes, each followed by a line feed, in hex.
pub(super) fn of(ids: &[&str]) -> String {
    let mut hash = Lines::default();
    let shared = shared(ids);
    if let Some(keys) = keys(ids, shared.len()) {
        for key in sorted(keys) {
            let end = key.iter().position(|byte| *byte == 0).unwrap_or(SHORT);
            hash.add(&[shared, key.get(..end).unwrap_or_default()]);
        }
    } else {
        let mut sorted: Vec<&str> = ids.to_vec();
        sorted.sort_unstable();
        for id in sorted {
            hash.add(&[id.as_bytes()]);
        }
    }
    hash.finish()
}

/// What all ids begin with.
fn shared<'a>(ids: &[&'a str]) -> &'a [u8] {
    let Some((first, rest)) = ids.split_first() else {
        return &[];
    };
    let alike = |id: &&str, length: usize| {
        let pairs = first.bytes().zip(id.bytes()).take(length);
        pairs.take_while(|(a, b)| a == b).count()
    };
    let length = rest
        .iter()
        .fold(first.len(), |length, id| alike(id, length));
    first.as_bytes().get(..length).unwrap_or_default()
}

/// The rest of each id; nothing where one is too long, or holds a zero byte, which could not be told
/// from the end.
fn keys(ids: &[&str], shared: usize) -> Option<Vec<Key>> {
    let key = |id: &&str| {
        let rest = id.as_bytes().get(shared..)?;
        let mut key = [0; SHORT];
        key.get_mut(..rest.len())?.copy_from_slice(rest);
        (!rest.contains(&0)).then_some(key)
    };
    ids.iter().map(key).collect()
}

/// Sorts byte by byte, the last first, so that the time grows with the number of keys and no faster
/// (radix sort; Knuth, The Art of Computer Programming, volume 3, section 5.2.5).
fn sorted(mut keys: Vec<Key>) -> Vec<Key> {
    let mut other = vec![[0; SHORT]; keys.len()];
    for column in (0..SHORT).rev() {
        let byte = |key: &Key| usize::from(key.get(column).copied().unwrap_or_default());
        let mut places = [0_usize; 256];
        for key in &keys {
            if let Some(count) = places.get_mut(byte(key)) {
                *count += 1;
            }
        }
        if places.contains(&keys.len()) {
            continue; // One byte in all of them.
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for key in &keys {
            if let Some(place) = places.get_mut(byte(key)) {
                if let Some(to) = other.get_mut(*place) {
                    *to = *key;
                }
                *place += 1;
            }
        }
        std::mem::swap(&mut keys, &mut other);
    }
    keys
}

/// Lines on their way into a hash, in pieces that are worth the call.
#[derive(Default)]
struct Lines {
    hash: Sha256,
    piece: Vec<u8>,
}

impl Lines {
    fn add(&mut self, parts: &[&[u8]]) {
        for part in parts {
            self.piece.extend_from_slice(part);
        }
        self.piece.push(b'\n');
        if self.piece.len() >= PIECE {
            self.hash.update(&self.piece);
            self.piece.clear();
        }
    }

    fn finish(mut self) -> String {
        self.hash.update(&self.piece);
        hex(&self.hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// The plain definition.
    fn plain(ids: &[&str]) -> String {
        let sorted: BTreeSet<&str> = ids.iter().copied().collect();
        let text: String = sorted.iter().flat_map(|id| [id, "\n"]).collect();
        hex(&Sha256::digest(text))
    }

    proptest! {
        #[test]
        fn it_is_the_hash_of_the_sorted_lines(
            ids in prop::collection::btree_set("(AB-)?[a-b\u{0}é]{1,20}", 0..40),
            beginning in "[x\u{0}]{0,30}",
        ) {
            let ids: Vec<String> = ids.iter().map(|id| format!("{beginning}{id}")).collect();
            let ids: Vec<&str> = ids.iter().rev().map(String::as_str).collect();
            prop_assert_eq!(of(&ids), plain(&ids));
        }
    }

    #[test]
    fn many_lines_are_hashed_as_one_text() {
        let ids: Vec<String> = (0..20_000).map(|number| format!("C-{number}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(of(&ids), plain(&ids));
        assert_eq!(of(&[]), plain(&[]));
    }
}
