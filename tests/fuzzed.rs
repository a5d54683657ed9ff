//! The bodies of the fuzz targets (`fuzz/`), over their seeds and over random bytes: a short run of what
//! `cargo +nightly fuzz run` does for hours.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a seed that cannot be read is a failure"
)]

#[path = "../fuzz/fuzz_targets/bodies.rs"]
mod bodies;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// The seeds of a target, and every file that once broke it.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn every_seed_is_read_or_refused() {
    tried("file", bodies::file);
    tried("journal", bodies::journal);
}

/// Gives a target its seeds, and all beginnings of them.
fn tried(target: &str, body: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty());
    for seed in seeds {
        body(&seed);
        for at in 0..seed.len().min(200) {
            body(&seed[..at]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn random_bytes_as_a_file_never_panic(bytes: Vec<u8>) {
        bodies::file(&bytes);
    }

    #[test]
    fn random_bytes_in_a_journal_never_panic_and_never_take_a_line_away(bytes: Vec<u8>) {
        bodies::journal(&bytes);
    }
}
