//! How long the start takes that no snapshot shortens: a round's two copies put together, and its journal
//! opened. Several sizes, so that the growth shows; the last is a round of 500 cases with each of 300
//! questions answered.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench runs natively and reads the clock"
)]

use std::time::Instant;

use sightline::journal::record;
use sightline::seal::data_key::DataKey;
use sightline::store::assemble::{Copy, assemble};
use sightline::store::segment::{Position, ROOT, hash};

/// Bytes of a line: an answer of a few sentences.
const LINE: usize = 600;

fn main() {
    let key = DataKey::new([7; 32]);
    for lines in [500, 2_000, 8_000, 500 * 300] {
        let copy = segment(&key, lines);
        let bytes = copy[&1].len();
        let copies = [copy.clone(), copy];
        let began = Instant::now();
        let read = assemble("round", &key, &copies).lines.len();
        let took = began.elapsed();
        println!("{read} lines, {} KB in each copy: {took:.0?}", bytes >> 10);
    }
}

/// A copy of a round of so many lines.
fn segment(key: &DataKey, lines: u64) -> Copy {
    let mut bytes = Vec::new();
    let mut previous = ROOT;
    for number in 0..lines {
        let at = Position {
            epoch: 1,
            number,
            previous,
        };
        let mut nonce = [0; 24];
        nonce[..8].copy_from_slice(&number.to_le_bytes());
        let line = format!("{number:>LINE$}");
        let payload = at.seal(&line, "round", key, nonce).unwrap_or_default();
        previous = hash(&payload);
        bytes.extend(record::write(&payload).unwrap_or_default());
    }
    Copy::from([(1, bytes)])
}
