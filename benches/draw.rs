//! How long a draw and a fingerprint take, beside hashing the same ids and nothing else.
//!
//! Natively with `cargo bench --bench draw`; built for WebAssembly as the page is, `draw.mjs` runs it.

use std::hint::black_box;

use sha2::{Digest, Sha256};
use sightline::frame::{Frame, UnitId};
use sightline::sample::draw::{Counts, simple};
use sightline::sample::seed::{Seed, SeedOrigin};
use sightline::sample::ticket::SeedHash;
use sightline::table::Table;

/// Each figure is the best of so many runs.
const RUNS: usize = 5;

fn main() {
    let mut report = format!(
        "{:>9} {:>9} {:>9} {:>9} {:>11} {:>6}\n",
        "ids", "hash ms", "draw ms", "all ms", "finger ms", "ratio"
    );
    for count in [10_000, 100_000, 1_000_000] {
        report.push_str(&measure(count));
    }
    host::say(&report);
}

/// A line of the report; the ratio is that of draw and fingerprint to hashing.
fn measure(count: u32) -> String {
    let rows: Vec<Vec<String>> = shuffled(count)
        .map(|id| vec![format!("C-{id:07}")])
        .collect();
    let frame = Frame::new(&Table::from_rows(&["Id".to_owned()], &rows), &[0]);
    drop(rows);
    let ids: Vec<&str> = frame.ids().iter().map(UnitId::as_str).collect();
    let Ok(seed) = Seed::new("314159", SeedOrigin::Given) else {
        return String::new();
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
    let ratio = (some + fingerprint) / hashing;
    format!("{count:>9} {hashing:>9.1} {some:>9.1} {all:>9.1} {fingerprint:>11.1} {ratio:>6.2}\n")
}

/// Each number below a power of ten once, out of order: the factor has no divisor in common with it.
fn shuffled(count: u32) -> impl Iterator<Item = u64> {
    (0..u64::from(count)).map(move |id| id * 7_368_787 % u64::from(count))
}

/// The milliseconds that the quickest run takes.
fn best(mut work: impl FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = host::now();
        work();
        host::now() - start
    });
    times.fold(f64::INFINITY, f64::min)
}

#[cfg(not(target_arch = "wasm32"))]
mod host {
    //! The machine itself.

    use std::sync::LazyLock;
    use std::time::Instant;

    #[expect(
        clippy::disallowed_methods,
        reason = "a bench runs natively and reads the clock"
    )]
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);

    /// Milliseconds since the start.
    pub(crate) fn now() -> f64 {
        START.elapsed().as_secs_f64() * 1e3
    }

    pub(crate) fn say(report: &str) {
        print!("{report}");
    }
}

#[cfg(target_arch = "wasm32")]
mod host {
    //! An engine that runs WebAssembly; `draw.mjs` prints the report.

    pub(crate) fn now() -> f64 {
        let performance = js_sys::Reflect::get(&js_sys::global(), &"now".into());
        let now = performance.ok().map(js_sys::Function::from);
        let time = now.and_then(|now| now.call0(&js_sys::global()).ok());
        time.and_then(|time| time.as_f64()).unwrap_or_default()
    }

    pub(crate) fn say(report: &str) {
        // An engine whose global object cannot be written to would show no report, and nothing else.
        let _ = js_sys::Reflect::set(&js_sys::global(), &"report".into(), &report.into());
    }
}
