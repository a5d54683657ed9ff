//! Signs of the person, and of time passing: what locking goes by.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use sightline::app::locking::{Msg, TICK, Tick};
use web_sys::VisibilityState;
use yew::Callback;

use crate::world::Listener;

/// Signs of the same kind closer together than this, in milliseconds, are one.
const TOGETHER: i64 = 1_000;

/// What a person does on a page.
const ACTS: [&str; 5] = ["keydown", "pointerdown", "pointermove", "wheel", "input"];

/// Watches for signs while it is held.
pub(crate) struct Signs {
    _listeners: Vec<Listener>,
    _ticks: Interval,
}

impl Signs {
    /// Tells of each sign, and of the time every few seconds and whenever the page comes back in sight.
    pub(crate) fn watch(to: &Callback<Msg>) -> Self {
        let last = Rc::new(Cell::new(i64::MIN));
        let acts = ACTS.into_iter().filter_map(|act| {
            let (to, last) = (to.clone(), last.clone());
            Listener::on_window(act, move |_| {
                let now = running();
                if now.saturating_sub(last.replace(now)) >= TOGETHER {
                    to.emit(Msg::Acted(now));
                }
            })
        });
        let tick = to.reform(|()| Msg::Ticked(tick()));
        let back = ["focus", "pageshow", "resume"]
            .into_iter()
            .filter_map(|event| {
                let tick = tick.clone();
                Listener::on_window(event, move |_| tick.emit(()))
            });
        Self {
            _listeners: acts.chain(back).collect(),
            _ticks: Interval::new(TICK, move || tick.emit(())),
        }
    }
}

fn tick() -> Tick {
    let document = web_sys::window().and_then(|window| window.document());
    Tick {
        running: running(),
        in_sight: document
            .is_some_and(|document| document.visibility_state() == VisibilityState::Visible),
    }
}

/// Milliseconds since the page was opened, by a clock that nobody sets.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a clock's milliseconds are far below 2^53; their fractions do not matter"
)]
fn running() -> i64 {
    let clock = web_sys::window().and_then(|window| window.performance());
    clock.map_or(0.0, |clock| clock.now()) as i64
}
