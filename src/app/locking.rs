//! Locking: at a word, after a while without a sign of the person, and when the computer has slept.
//!
//! Locking drops everything: the shell ends the workers, forgets the keys and loads the page anew, at
//! the same address. So it waits until all that was written is on disk. What is kept in memory only,
//! or without a passphrase, is never locked: nothing could open it again, or anybody could.
//!
//! Two clocks are compared. The running clock goes on evenly while the computer is awake; on most
//! computers it stands still during sleep, while the clock on the wall does not. Where it does not
//! stand still, a page in sight that was silent for long has slept.

use super::{Effect, Model};

/// How often the shell says the time, in milliseconds.
pub const TICK: u32 = 5_000;

/// From how many milliseconds on a gap between the clocks, or a silence, is sleep.
const SLEEP: i64 = 60_000;

/// What locking goes by.
#[derive(Debug, Default)]
pub struct Stage {
    /// The newest sign of the person, by the running clock.
    acted: Option<i64>,
    /// The newest tick, and when it came by the clock on the wall.
    last: Option<(i64, Tick)>,
    /// Whether the page is to be locked as soon as all is on disk.
    pub due: bool,
}

/// A time that the shell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Milliseconds by a clock that runs evenly.
    pub running: i64,
    /// Whether the page is in sight.
    pub in_sight: bool,
}

/// What can happen.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Time has passed.
    Ticked(Tick),
    /// The person typed, clicked or moved, at that time of the running clock.
    Acted(i64),
    /// The person wants the round locked.
    ClickedLock,
}

impl Stage {
    /// Takes in a tick at a time of the wall; whether the computer has slept since the one before.
    fn slept(&mut self, wall: i64, tick: Tick) -> bool {
        let Some((before, last)) = self.last.replace((wall, tick)) else {
            return false;
        };
        let ran = tick.running - last.running;
        let stood_still = wall - before - ran > SLEEP;
        let silent = last.in_sight && tick.in_sight && ran > SLEEP;
        stood_still || silent
    }
}

impl Model {
    /// Whether the open round can be locked: it is kept, and something opens it again.
    #[must_use]
    pub fn can_lock(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.is_protected())
    }

    pub(super) fn update_locking(&mut self, at: i64, msg: Msg) -> Vec<Effect> {
        let stage = &mut self.locking;
        match msg {
            Msg::Acted(running) => stage.acted = Some(running),
            Msg::Ticked(tick) => {
                let slept = stage.slept(at, tick);
                let acted = *stage.acted.get_or_insert(tick.running);
                let idle = i64::from(self.settings.lock_after) * 60_000;
                stage.due |= slept || tick.running - acted >= idle;
            }
            Msg::ClickedLock => stage.due = true,
        }
        if !self.can_lock() {
            self.locking.due = false;
        }
        if self.locking.due {
            return self.keep_words(at);
        }
        Vec::new()
    }

    /// Locks, if that is due and nothing would be lost.
    pub(super) fn lock_if_due(&mut self) -> Option<Effect> {
        let kept = !self.has_unsaved() && !self.would_lose_words();
        (self.locking.due && self.can_lock() && kept).then_some(Effect::Lock)
    }
}
