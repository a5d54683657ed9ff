//! Tickets: the pseudo-random number that a seed gives to each case.
//!
//! The method is that of Ronald Rivest's public package `consistent_sampler` (version 1.0.10,
//! <https://pypi.org/project/consistent_sampler/>, `first_fraction`):
//! `"0." + reverse(decimal(SHA256hex(SHA256hex(seed) + id)))`, compared as text. The decimal text
//! is padded with zeros on the left to 64 digits before it is reversed, as the package does.

use std::fmt;

use sha2::block_api::compress256;
use sha2::{Digest, Sha256};

use super::seed::Seed;

/// Digits in one group of a ticket.
const GROUP: usize = 9;
/// Groups in a ticket: 2^256 has 78 digits, and 9 groups hold 81.
const GROUPS: usize = 9;
/// The package pads to this many digits.
const SHORTEST: usize = 64;
/// 10^9: one group's numbers are below it.
const BASE: u32 = 1_000_000_000;

/// A case's ticket: a decimal fraction of 64 to 78 digits. The smaller ticket is drawn first, and
/// the order is exactly that of the text.
//
// The digits after "0." in groups of nine, filled with zeros at the end. A ticket's text ends in a
// zero only where it was padded to 64 digits, so comparing the groups is comparing the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket([u32; GROUPS]);

impl Ticket {
    /// The ticket of a SHA-256 digest, given as eight words, the largest first.
    #[must_use]
    pub fn of_digest(digest: [u32; 8]) -> Self {
        let mut number = digest;
        Self(std::array::from_fn(|_| reverse(divide(&mut number))))
    }

    /// Its first three digits.
    fn first_three(&self) -> u32 {
        let Self([first, ..]) = *self;
        first / 1_000_000
    }

    /// The ticket as the public package shortens it: `digits` digits after the leading nines,
    /// cut off, not rounded.
    #[must_use]
    pub fn short(&self, digits: usize) -> String {
        let text = self.to_string();
        let nines = text.chars().skip(2).take_while(|c| *c == '9').count();
        text.chars().take(2 + nines + digits).collect()
    }

    /// The ticket as a number between 0 and 1: the double nearest to its text.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }

    /// The whole part of `count` times the ticket's first 18 digits: a number from 0 to `count` - 1.
    #[must_use]
    pub fn share_of(&self, count: u128) -> u128 {
        let Self([first, second, ..]) = *self;
        let base = u128::from(BASE);
        (u128::from(first) * base + u128::from(second)) * count / (base * base)
    }
}

impl fmt::Display for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        let mut digits = String::with_capacity(GROUPS * GROUP);
        for group in self.0 {
            write!(digits, "{group:09}")?;
        }
        let digits = digits.trim_end_matches('0');
        write!(f, "0.{digits:0<SHORTEST$}")
    }
}

/// A seed made ready to give out tickets: the hash of the seed is hashed once for all cases.
//
// The 64 letters of the seed's hash are exactly one block of SHA-256. What is kept is the state after
// that block, so that an id of up to 55 bytes costs one block more, and nothing is copied.
#[derive(Clone, Debug)]
pub struct SeedHash([u32; 8]);

/// The state that SHA-256 begins with (FIPS 180-4, section 5.3.3).
const BEGIN: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// Bytes in a block of SHA-256.
const BLOCK: usize = 64;

impl SeedHash {
    /// Hashes the seed.
    #[must_use]
    pub fn new(seed: &Seed) -> Self {
        Self::of_text(seed.text())
    }

    /// The ticket of the case with this id.
    #[must_use]
    pub fn ticket(&self, id: &str) -> Ticket {
        Ticket::of_digest(self.digest(id))
    }

    /// The `count` smallest tickets, smallest first, each with its id's place in `ids`.
    ///
    /// The whole ticket is worked out only where its first three digits may be small enough, so the
    /// cost is that of hashing. Two ids with one ticket (nobody has ever seen two texts with one
    /// SHA-256) would stand in the order of their bytes.
    pub fn smallest<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a str>,
        count: usize,
    ) -> Vec<(usize, Ticket)> {
        let mut queue = std::collections::BinaryHeap::new();
        if count == 0 {
            return Vec::new();
        }
        // The first three digits of the largest ticket in a queue that is full.
        let mut limit = u32::MAX;
        for (place, id) in ids.into_iter().enumerate() {
            let digest = self.digest(id);
            if first_three(&digest) > limit {
                continue;
            }
            queue.push((Ticket::of_digest(digest), id, place));
            if queue.len() > count {
                queue.pop();
            }
            if let (true, Some((last, ..))) = (queue.len() == count, queue.peek()) {
                limit = last.first_three();
            }
        }
        let sorted = queue.into_sorted_vec();
        sorted
            .into_iter()
            .map(|(ticket, _, place)| (place, ticket))
            .collect()
    }

    /// SHA-256 of the seed's hash in lower-case hexadecimal, followed by the id.
    fn digest(&self, id: &str) -> [u32; 8] {
        let mut state = self.0;
        let (whole, rest) = id.as_bytes().as_chunks::<BLOCK>();
        if !whole.is_empty() {
            compress256(&mut state, whole);
        }
        // What is left of the id, a bit set, zeros, and the length in bits in the last eight bytes.
        let mut last = [[0_u8; BLOCK]; 2];
        let blocks = if rest.len() + 9 > BLOCK { 2 } else { 1 };
        let bits = u64::try_from(BLOCK + id.len()).unwrap_or_default() * 8;
        let padded = last.as_flattened_mut();
        put(padded, 0, rest);
        put(padded, rest.len(), &[0x80]);
        put(padded, blocks * BLOCK - 8, &bits.to_be_bytes());
        compress256(&mut state, last.get(..blocks).unwrap_or_default());
        state
    }

    fn of_text(seed: &str) -> Self {
        let mut block = [0; BLOCK];
        let digest = Sha256::digest(seed);
        let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        for (letter, nibble) in block.iter_mut().zip(nibbles) {
            *letter = if nibble < 10 {
                b'0' + nibble
            } else {
                b'a' + nibble - 10
            };
        }
        let mut state = BEGIN;
        compress256(&mut state, &[block]);
        Self(state)
    }
}

/// Puts bytes into a block, which holds them.
fn put(block: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = block.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
}

/// What each of a digest's eight words counts, modulo 1,000: 2^224, 2^192, … 1.
const PLACES: [u64; 8] = {
    let mut places = [1; 8];
    let mut place = 7;
    while place > 0 {
        places[place - 1] = (places[place] << 32) % 1_000;
        place -= 1;
    }
    places
};

/// The first three digits of the ticket of this digest: its last three, the other way round.
fn first_three(digest: &[u32; 8]) -> u32 {
    let products = digest
        .iter()
        .zip(PLACES)
        .map(|(word, place)| u64::from(*word) * place);
    // Eight products are below 8 · 2^32 · 10^3 < 2^46.
    let last = products.sum::<u64>() % 1_000;
    let reversed = last % 10 * 100 + last / 10 % 10 * 10 + last / 100;
    u32::try_from(reversed).unwrap_or_default()
}

/// Divides the number by 10^9 in place; gives the remainder: its last nine digits.
fn divide(number: &mut [u32; 8]) -> u32 {
    let mut rest = 0_u64;
    for word in number {
        let value = (rest << 32) | u64::from(*word);
        // A remainder below 10^9 < 2^30 keeps the quotient below 2^32.
        *word = u32::try_from(value / u64::from(BASE)).unwrap_or_default();
        rest = value % u64::from(BASE);
    }
    u32::try_from(rest).unwrap_or_default()
}

/// The nine digits of a group, last first.
fn reverse(group: u32) -> u32 {
    let mut rest = group;
    let mut reversed = 0;
    for _ in 0..GROUP {
        reversed = reversed * 10 + rest % 10;
        rest /= 10;
    }
    reversed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn known() -> Value {
        serde_json::from_str(include_str!("../../tests/known_answers.json")).unwrap()
    }

    fn text(value: &Value) -> String {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    }

    /// A digest as a number of eight words, the largest first.
    fn words(digest: &[u8; 32]) -> [u32; 8] {
        let (words, _) = digest.as_chunks::<4>();
        std::array::from_fn(|at| u32::from_be_bytes(words[at]))
    }

    /// The plain definition: the number in decimal, padded to 64 digits, reversed.
    fn plain(digest: &[u8; 32]) -> String {
        let mut digits = vec![0_u32]; // smallest first, so already reversed
        for byte in digest {
            let mut carry = u32::from(*byte);
            for digit in &mut digits {
                let value = *digit * 256 + carry;
                *digit = value % 10;
                carry = value / 10;
            }
            while carry > 0 {
                digits.push(carry % 10);
                carry /= 10;
            }
        }
        while digits.len() < 64 {
            digits.push(0);
        }
        let digits: String = digits.iter().map(ToString::to_string).collect();
        format!("0.{digits}")
    }

    /// What the library makes of the two hashes.
    fn by_the_library(seed: &str, id: &str) -> [u8; 32] {
        let seed = crate::table::hex(&Sha256::digest(seed));
        Sha256::digest(format!("{seed}{id}")).into()
    }

    /// Digests of every size, also those of a few digits that are padded.
    fn digests() -> impl Strategy<Value = [u8; 32]> {
        (any::<[u8; 32]>(), prop_oneof![Just(0_usize), 0..=32_usize]).prop_map(
            |(mut digest, zeros)| {
                digest.iter_mut().take(zeros).for_each(|byte| *byte = 0);
                digest
            },
        )
    }

    #[test]
    fn the_published_ticket_exactly() {
        let known = &known()["ticket"]["first_fraction"];
        let hash = SeedHash::of_text(&text(&known["seed"]));
        assert_eq!(
            hash.ticket(&text(&known["id"])).to_string(),
            text(&known["ticket"])
        );
    }

    #[test]
    fn the_published_draws() {
        for example in known()["ticket"]["examples"].as_array().unwrap() {
            let ids: Vec<String> = example["ids"]
                .as_array()
                .unwrap()
                .iter()
                .map(text)
                .collect();
            let count = |key: &str| usize::try_from(example[key].as_u64().unwrap()).unwrap();
            let hash = SeedHash::of_text(&text(&example["seed"]));
            let drawn: Vec<(String, String)> = hash
                .smallest(
                    ids.iter().map(String::as_str),
                    count("take") + count("drop"),
                )
                .into_iter()
                .skip(count("drop"))
                .map(|(place, ticket)| (ticket.short(count("digits")), ids[place].clone()))
                .collect();
            let expected: Vec<(String, String)> = example["expected"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (text(&row[0]), text(&row[1])))
                .collect();
            assert_eq!(drawn, expected, "{}", example["name"]);
        }
    }

    #[test]
    fn the_ends_of_the_range() {
        for digest in [[0; 32], [255; 32], {
            let mut one = [0; 32];
            one[31] = 10;
            one
        }] {
            assert_eq!(
                Ticket::of_digest(words(&digest)).to_string(),
                plain(&digest)
            );
        }
    }

    proptest! {
        #[test]
        fn the_text_is_the_plain_definition(digest in digests()) {
            let ticket = Ticket::of_digest(words(&digest));
            prop_assert_eq!(ticket.to_string(), plain(&digest));
            let first = format!("0.{:03}", first_three(&words(&digest)));
            prop_assert!(plain(&digest).starts_with(&first));
        }

        #[test]
        fn ids_of_any_length_are_hashed_as_the_library_does(id in ".{0,200}", seed in ".{0,70}") {
            let hash = SeedHash::of_text(&seed);
            prop_assert_eq!(hash.digest(&id), words(&by_the_library(&seed, &id)));
        }

        #[test]
        fn the_order_is_that_of_the_text(a in digests(), b in digests()) {
            let order = Ticket::of_digest(words(&a)).cmp(&Ticket::of_digest(words(&b)));
            prop_assert_eq!(order, plain(&a).cmp(&plain(&b)));
        }

        #[test]
        fn tickets_that_differ_late_keep_the_order_of_the_text(a in digests(), digit in 0..78_u32) {
            // b = a + 10^digit: the same text up to that digit.
            let mut b = a;
            let mut power = [0_u8; 32];
            power[31] = 1;
            for _ in 0..digit {
                let mut carry = 0;
                for byte in power.iter_mut().rev() {
                    let value = u32::from(*byte) * 10 + carry;
                    *byte = u8::try_from(value % 256).unwrap();
                    carry = value / 256;
                }
            }
            let mut carry = 0;
            for (byte, more) in b.iter_mut().zip(power).rev() {
                let value = u32::from(*byte) + u32::from(more) + carry;
                *byte = u8::try_from(value % 256).unwrap();
                carry = value / 256;
            }
            let order = Ticket::of_digest(words(&a)).cmp(&Ticket::of_digest(words(&b)));
            prop_assert_eq!(order, plain(&a).cmp(&plain(&b)));
        }

        #[test]
        fn the_smallest_are_those_of_a_whole_sort(
            ids in prop::collection::btree_set("[a-c]{0,6}", 0..60),
            seed in "[0-9]{1,4}",
            count in 0..70_usize,
        ) {
            let hash = SeedHash::of_text(&seed);
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let mut all: Vec<(String, usize)> = ids
                .iter()
                .enumerate()
                .map(|(place, id)| (plain(&by_the_library(&seed, id)), place))
                .collect();
            all.sort();
            all.truncate(count);
            let drawn: Vec<(String, usize)> = hash
                .smallest(ids.iter().copied(), count)
                .into_iter()
                .map(|(place, ticket)| (ticket.to_string(), place))
                .collect();
            prop_assert_eq!(drawn, all);
        }
    }
}
