//! How long a draw takes as the desk makes it, with fingerprint and certificate, beside hashing the
//! same ids and nothing else.
//!
//! Natively with `cargo bench --bench draw`; built for WebAssembly as the page is, `draw.mjs` runs it.
//! `cargo xtask bench draw` does both.

use std::hint::black_box;

use sha2::{Digest, Sha256};
use sightline::frame::{Frame, UnitId};
use sightline::sample::List;
use sightline::sample::certificate::{Certificate, DrawNumber};
use sightline::sample::method::Method;
use sightline::sample::seed::{Seed, SeedOrigin};
use sightline::table::{Source, Table};

/// Each figure is the median of so many runs.
const RUNS: usize = 7;
/// A draw of a million ids shall take no longer than this many times hashing them.
const GOAL: f64 = 2.0;

fn main() {
    let mut report = format!(
        "A certified draw of 100, fingerprint and all, beside hashing the ids alone; medians of {RUNS} runs\n\
         {:>9} {:>9} {:>11} {:>9} {:>6}\n",
        "ids", "hash ms", "finger ms", "draw ms", "ratio"
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
    fingerprint: f64,
    draw: f64,
}

impl Measured {
    /// The draw as against hashing.
    fn ratio(&self) -> f64 {
        self.draw / self.hashing
    }

    fn line(&self) -> String {
        let Self {
            count,
            hashing,
            fingerprint,
            draw,
        } = self;
        let ratio = self.ratio();
        format!("{count:>9} {hashing:>9.1} {fingerprint:>11.1} {draw:>9.1} {ratio:>6.2}\n")
    }

    /// How time grows with the number of ids: the exponent is 1 where it grows in proportion.
    fn growth(&self, before: &Self) -> String {
        let ids = (f64::from(self.count) / f64::from(before.count)).ln();
        let exponent = (self.draw / before.draw).ln() / ids;
        format!(
            "          {} to {}: the draw grows as the ids to the power of {exponent:.2}\n",
            before.count, self.count
        )
    }
}

/// A draw with its certificate, the fingerprint in it, and hashing alone.
fn measure(count: u32) -> Measured {
    let rows: Vec<Vec<String>> = shuffled(count)
        .map(|id| vec![format!("C-{id:07}")])
        .collect();
    let table = Table::from_rows(&["Id".to_owned()], &rows);
    drop(rows);
    let (source, frame) = (Source::default(), Frame::new(&table, &[0]));
    let list = List {
        source: &source,
        table: &table,
        frame: &frame,
        account: None,
    };
    let Ok(seed) = Seed::new("314159", SeedOrigin::Given) else {
        return Measured::default();
    };
    let method = Method::simple(100);
    let ids: Vec<&str> = frame.ids().iter().map(UnitId::as_str).collect();
    let hash = || {
        for id in &ids {
            black_box(Sha256::digest(id));
        }
    };
    let draw = || {
        drop(black_box(Certificate::draw(
            &list,
            &method,
            &seed,
            DrawNumber::first(),
        )));
    };
    Measured {
        count,
        hashing: median(hash),
        fingerprint: median(|| drop(black_box(frame.fingerprint()))),
        draw: median(draw),
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
