//! How long a draw and a fingerprint take, beside hashing the same ids and nothing else.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench runs natively and reads the clock"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use sightline::frame::{Frame, UnitId};
use sightline::sample::draw::{Counts, simple};
use sightline::sample::seed::{Seed, SeedOrigin};
use sightline::sample::ticket::SeedHash;
use sightline::table::Table;

/// Each figure is the best of so many runs.
const RUNS: usize = 5;

fn main() {
    println!(
        "{:>9} {:>9} {:>9} {:>9} {:>11} {:>6}",
        "ids", "hash ms", "draw ms", "all ms", "finger ms", "ratio"
    );
    for count in [10_000, 100_000, 1_000_000] {
        measure(count);
    }
}

fn measure(count: u32) {
    let rows: Vec<Vec<String>> = shuffled(count)
        .map(|id| vec![format!("C-{id:07}")])
        .collect();
    let frame = Frame::new(&Table::from_rows(&["Id".to_owned()], &rows), &[0]);
    let ids: Vec<&str> = frame.ids().iter().map(UnitId::as_str).collect();
    let Ok(seed) = Seed::new("314159", SeedOrigin::Given) else {
        return;
    };
    let hashing = best(|| {
        for id in &ids {
            black_box(Sha256::digest(id));
        }
    });
    let draw = |size| {
        let counts = Counts {
            size,
            drop: 0,
            reserve: None,
        };
        best(|| drop(black_box(simple(&ids, counts, &SeedHash::new(&seed)))))
    };
    let (some, all) = (draw(100), draw(ids.len()));
    let fingerprint = best(|| drop(black_box(frame.fingerprint())));
    let ratio = (some + fingerprint).as_secs_f64() / hashing.as_secs_f64();
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1e3);
    println!(
        "{count:>9} {:>9} {:>9} {:>9} {:>11} {ratio:>6.2}",
        ms(hashing),
        ms(some),
        ms(all),
        ms(fingerprint)
    );
}

/// Each number below a power of ten once, out of order: the factor has no divisor in common with it.
fn shuffled(count: u32) -> impl Iterator<Item = u64> {
    (0..u64::from(count)).map(move |id| id * 7_368_787 % u64::from(count))
}

fn best(mut work: impl FnMut()) -> Duration {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
