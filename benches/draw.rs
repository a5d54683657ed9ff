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

/// Each figure is the median of so many runs.
const RUNS: usize = 7;
/// Draw and fingerprint together shall take no longer than this many times hashing alone.
const GOAL: f64 = 2.0;

fn main() {
    let mut report = format!(
        "Draw of 100 and fingerprint, beside hashing the same ids alone; medians of {RUNS} runs\n\
         {:>9} {:>9} {:>9} {:>9} {:>11} {:>6}\n",
        "ids", "hash ms", "draw ms", "all ms", "finger ms", "ratio"
    );
    let mut before: Option<Measured> = None;
    for count in [10_000, 100_000, 1_000_000] {
        let measured = measure(count);
        report.push_str(&measured.line());
        if let Some(before) = &before {
            report.push_str(&measured.growth(before));
        }
        before = Some(measured);
    }
    let ratio = before.map_or(f64::INFINITY, |all| all.ratio());
    let met = if ratio <= GOAL { "met" } else { "not met" };
    let verdict =
        format!("A million ids: {ratio:.2} x hashing alone; the goal of {GOAL} x is {met} here.\n");
    host::say(&(report + &verdict));
}

/// Milliseconds at one number of ids.
#[derive(Default)]
struct Measured {
    count: u32,
    hashing: f64,
    some: f64,
    all: f64,
    fingerprint: f64,
}

impl Measured {
    /// Draw and fingerprint as against hashing.
    fn ratio(&self) -> f64 {
        self.work() / self.hashing
    }

    fn work(&self) -> f64 {
        self.some + self.fingerprint
    }

    fn line(&self) -> String {
        let Self {
            count,
            hashing,
            some,
            all,
            fingerprint,
        } = self;
        let ratio = self.ratio();
        format!(
            "{count:>9} {hashing:>9.1} {some:>9.1} {all:>9.1} {fingerprint:>11.1} {ratio:>6.2}\n"
        )
    }

    /// How time grows with the number of ids: the exponent is 1 where it grows in proportion.
    fn growth(&self, before: &Self) -> String {
        let ids = (f64::from(self.count) / f64::from(before.count)).ln();
        let exponent = (self.work() / before.work()).ln() / ids;
        format!(
            "          {} to {}: draw and fingerprint grow as ids to the power of {exponent:.2}\n",
            before.count, self.count
        )
    }
}

/// Draws of some and of all, the fingerprint, and hashing alone.
fn measure(count: u32) -> Measured {
    let rows: Vec<Vec<String>> = shuffled(count)
        .map(|id| vec![format!("C-{id:07}")])
        .collect();
    let frame = Frame::new(&Table::from_rows(&["Id".to_owned()], &rows), &[0]);
    drop(rows);
    let ids: Vec<&str> = frame.ids().iter().map(UnitId::as_str).collect();
    let Ok(seed) = Seed::new("314159", SeedOrigin::Given) else {
        return Measured::default();
    };
    let seed = SeedHash::new(&seed);
    let hashing = median(|| {
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
        median(|| drop(black_box(simple(&ids, counts, &seed))))
    };
    let (some, all) = (draw(100), draw(ids.len()));
    Measured {
        count,
        hashing,
        some,
        all,
        fingerprint: median(|| drop(black_box(frame.fingerprint()))),
    }
}

/// Each number below a power of ten once, out of order: the factor has no divisor in common with it.
fn shuffled(count: u32) -> impl Iterator<Item = u64> {
    (0..u64::from(count)).map(move |id| id * 7_368_787 % u64::from(count))
}

/// The milliseconds that the middle one of all runs takes.
fn median(mut work: impl FnMut()) -> f64 {
    let times = (0..RUNS).map(|_| {
        let start = host::now();
        work();
        host::now() - start
    });
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times.get(RUNS / 2).copied().unwrap_or_default()
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
