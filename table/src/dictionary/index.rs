//! Finds the code of a text: among those that came before, and first among the recent ones.
//!
//! Both are made for a browser's machine, which has no wide multiplication and forgets what lies
//! far apart: a usual cell costs one look at one place.

/// An odd number of which half the bits are set, in no order.
///
/// Source: D. Knuth, "The Art of Computer Programming" 3, section 6.4: 2^64 by the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
const CODE: u64 = 0xFFFF_FFFF;

/// The codes of texts by their hashes. A slot holds a hash above and a code below, or nothing (0).
/// Slots lie in the order of hashes, so that a larger index is filled from front to back.
#[derive(Debug, Default)]
pub(super) struct Index {
    slots: Vec<u64>,
    filled: usize,
}

impl Index {
    /// The code of the text with that hash, for which `same` is true.
    pub(super) fn find(&self, hash: u32, same: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = place(hash, self.slots.len());
        loop {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                return None;
            }
            if slot >> 32 == u64::from(hash) {
                let code = code(slot);
                if same(code) {
                    return Some(code);
                }
            }
            at += 1;
            if at == self.slots.len() {
                at = 0;
            }
        }
    }

    /// Adds a code, which is not 0, of a text that is not there.
    pub(super) fn add(&mut self, hash: u32, code: u32) {
        // A third at least stays empty: chains stay short enough, and a long list small.
        if self.filled * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        self.filled += 1;
        put(&mut self.slots, u64::from(hash) << 32 | u64::from(code));
    }

    fn grow(&mut self) {
        let room = (self.slots.len() * 3 / 2).max(16);
        let old = std::mem::replace(&mut self.slots, vec![0; room]);
        for slot in old {
            if slot != 0 {
                put(&mut self.slots, slot);
            }
        }
    }
}

fn put(slots: &mut [u64], filled: u64) {
    let hash = u32::try_from(filled >> 32).unwrap_or(0);
    let from = place(hash, slots.len());
    let (before, behind) = slots.split_at_mut(from);
    let mut empty = behind.iter_mut().chain(before).filter(|slot| **slot == 0);
    if let Some(slot) = empty.next() {
        *slot = filled;
    }
}

fn place(hash: u32, slots: usize) -> usize {
    let slots = u64::try_from(slots).unwrap_or(0);
    usize::try_from((u64::from(hash) * slots) >> 32).unwrap_or(0)
}

fn code(slot: u64) -> u32 {
    u32::try_from(slot & CODE).unwrap_or(0)
}

/// Up to this length a text is known by its ends.
const SHORT: usize = 16;
/// So many recent texts are known at most (a power of two).
const MOST: usize = 1 << 13;
/// So many more texts are not found than found before a column is taken to hold each text once.
const VAIN: i32 = 4096;

/// Texts that were looked for, each at a place that its ends give: a later one takes it over.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// A power of two of them, or none.
    places: Vec<Known>,
    /// How many more texts were found than not.
    balance: i32,
}

#[derive(Debug, Default, Clone, Copy)]
struct Known {
    ends: (u64, u64),
    length: usize,
    code: u32,
}

impl Recent {
    /// The code of the text of that length with those ends; `same` says whether a long one is it.
    pub(super) fn find(
        &mut self,
        ends: (u64, u64),
        length: usize,
        same: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let known = self.places.get(self.place(ends, length))?;
        let alike = known.ends == ends && known.length == length;
        let found = (alike && (length <= SHORT || same(known.code))).then_some(known.code);
        let change = if found.is_some() { 1 } else { -1 };
        self.balance = self.balance.saturating_add(change);
        found
    }

    /// Keeps a text's code; there are so many texts by now.
    pub(super) fn keep(&mut self, ends: (u64, u64), length: usize, code: u32, texts: usize) {
        if self.balance < -VAIN {
            self.places = Vec::new();
            return;
        }
        if self.places.len() < MOST && self.places.len() < texts * 2 {
            let room = (texts * 4).next_power_of_two().min(MOST);
            self.places = vec![Known::default(); room];
        }
        let place = self.place(ends, length);
        if let Some(known) = self.places.get_mut(place) {
            (known.ends, known.length, known.code) = (ends, length, code);
        }
    }

    fn place(&self, ends: (u64, u64), length: usize) -> usize {
        let length = u64::try_from(length).unwrap_or(0);
        let mixed = (ends.0 ^ ends.1.rotate_left(29) ^ length).wrapping_mul(GOLDEN);
        usize::try_from(mixed >> 40).unwrap_or(0) & self.places.len().wrapping_sub(1)
    }
}

/// The first and the last bytes of a text as numbers: up to 16 bytes and with its length, the text.
pub(super) fn ends(text: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return (u64::from(first), u64::from(last));
    }
    let at = |place: usize| u64::from(text.get(place).copied().unwrap_or(0));
    (at(0) | at(1) << 8 | at(2) << 16, 0)
}

/// A text's hash.
pub(super) fn hash(text: &[u8]) -> u32 {
    let (first, last) = ends(text);
    let mut mixed = fold(first, u64::try_from(text.len()).unwrap_or(0));
    if text.len() > SHORT {
        let (words, _) = text.get(8..).unwrap_or_default().as_chunks();
        for word in words {
            mixed = fold(mixed, u64::from_le_bytes(*word));
        }
    }
    let mixed = fold(mixed, last).wrapping_mul(GOLDEN);
    u32::try_from(mixed >> 32).unwrap_or(0)
}

fn fold(mixed: u64, word: u64) -> u64 {
    let mixed = (mixed ^ word).wrapping_mul(GOLDEN);
    mixed ^ mixed >> 32
}

#[cfg(test)]
mod tests {
    use super::{Index, Recent, ends, hash};

    #[test]
    fn every_text_is_found_under_its_own_code() {
        let texts: Vec<String> = (1..20_000).map(|n| format!("{n}-{}", n * 7)).collect();
        let mut index = Index::default();
        for (code, text) in (1..).zip(&texts) {
            index.add(hash(text.as_bytes()), code);
        }
        let same = |text: &str| {
            let text = text.to_owned();
            let texts = &texts;
            move |code: u32| texts[usize::try_from(code).unwrap() - 1] == text
        };
        for (code, text) in (1..).zip(&texts) {
            assert_eq!(index.find(hash(text.as_bytes()), same(text)), Some(code));
        }
        assert_eq!(index.find(hash(b"none"), same("none")), None);
    }

    #[test]
    fn texts_of_one_hash_stay_apart() {
        let mut index = Index::default();
        for code in 1..100 {
            index.add(u32::MAX, code);
        }
        assert_eq!(index.find(u32::MAX, |code| code == 77), Some(77));
        assert_eq!(index.find(u32::MAX, |_| false), None);
        assert_eq!(index.find(0, |_| true), None);
    }

    #[test]
    fn ends_tell_short_texts_apart() {
        let mut seen = std::collections::BTreeSet::new();
        for length in 0..=16_u8 {
            for changed in 0..=length {
                let text: Vec<u8> = (0..length)
                    .map(|at| b'a' + u8::from(at == changed))
                    .collect();
                assert!(seen.insert((ends(&text), text.len())), "{text:?}");
            }
        }
    }

    #[test]
    fn long_texts_with_the_same_ends_are_compared() {
        let (one, other) = ("12345678 one 12345678", "12345678 two 12345678");
        assert_eq!(ends(one.as_bytes()), ends(other.as_bytes()));
        let mut recent = Recent::default();
        recent.keep(ends(one.as_bytes()), one.len(), 1, 2);
        let mut found = |same| recent.find(ends(other.as_bytes()), other.len(), |_| same);
        assert_eq!((found(true), found(false)), (Some(1), None));
    }

    #[test]
    fn texts_that_never_come_again_are_not_kept() {
        let mut recent = Recent::default();
        for text in 0..20_000_u64 {
            let ends = (text, text);
            assert_eq!(recent.find(ends, 8, |_| true), None);
            recent.keep(ends, 8, 1, 20_000);
        }
        assert!(recent.places.is_empty());
    }
}
