//! The store worker: owns all that is durable.
//!
//! A round's journal is a file in the browser's origin-private file system. The worker says
//! "stored" only after the file was flushed, and handles one message at a time. Holding a journal
//! open shuts out a second tab, which is told so.

mod opfs;
#[path = "../wire.rs"]
mod wire;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use opfs::{Handle, Rounds};
use sightline::store::{JournalFile, Remembered, Reply, Request};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The journal that is open for appending.
type Current = Option<(String, JournalFile<Handle>)>;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let waiting: Rc<RefCell<VecDeque<(u32, Request)>>> = Rc::default();
    let busy = Rc::new(RefCell::new(false));
    let current: Rc<RefCell<Current>> = Rc::default();
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((number, request, _)) = wire::unpack::<Request>(event.data()) else {
            return;
        };
        waiting.borrow_mut().push_back((number, request));
        if busy.replace(true) {
            return;
        }
        let (waiting, busy, current, to) =
            (waiting.clone(), busy.clone(), current.clone(), to.clone());
        spawn_local(async move {
            loop {
                let next = waiting.borrow_mut().pop_front();
                let Some((number, request)) = next else { break };
                let mut open = current.take();
                let reply = handle(&mut open, request).await;
                current.replace(open);
                if let Some(message) = wire::pack(number, &reply, &JsValue::UNDEFINED) {
                    // The page is the only listener; if it is gone there is nobody to tell.
                    let _ = to.post_message(&message);
                }
            }
            busy.replace(false);
        });
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // The page is the only listener; if it is gone there is nobody to tell.
    let _ = scope.post_message(&wire::READY.into());
}

async fn handle(open: &mut Current, request: Request) -> Reply {
    let rounds = match Rounds::open().await {
        Ok(rounds) => rounds,
        Err(why) => return Reply::Unavailable(why),
    };
    match request {
        Request::List => list(&rounds).await.unwrap_or_else(Reply::Refused),
        Request::Read { round } => read(&rounds, open, round)
            .await
            .unwrap_or_else(Reply::Refused),
        Request::Append { round, from, lines } => {
            match append(&rounds, open, &round, from, &lines).await {
                Ok(lines) => Reply::Stored { round, lines },
                Err(why) => Reply::NotStored { round, why },
            }
        }
        Request::Remove { round } => remove(&rounds, open, round)
            .await
            .unwrap_or_else(Reply::Refused),
        Request::Recall { shape } => {
            let mapping = rounds
                .remembered()
                .await
                .recall(&shape)
                .map(ToOwned::to_owned);
            Reply::Recalled { shape, mapping }
        }
        Request::Remember { shape, mapping } => {
            change(&rounds, shape, |all, shape| all.remember(shape, &mapping)).await
        }
        Request::Forget { shape } => change(&rounds, shape, Remembered::forget).await,
    }
}

/// Changes what is remembered for a shape. A disk that refuses costs a convenience and no work: what
/// is then remembered is told, and nothing else.
async fn change(
    rounds: &Rounds,
    shape: String,
    change: impl FnOnce(&mut Remembered, &str),
) -> Reply {
    let mut all = rounds.remembered().await;
    let before = all.recall(&shape).map(ToOwned::to_owned);
    change(&mut all, &shape);
    let mapping = match rounds.keep_remembered(&all).await {
        Ok(()) => all.recall(&shape).map(ToOwned::to_owned),
        Err(_) => before,
    };
    Reply::Recalled { shape, mapping }
}

async fn list(rounds: &Rounds) -> Result<Reply, String> {
    Ok(Reply::Listed {
        rounds: rounds.first_lines().await?,
        current: rounds.current().await,
    })
}

async fn read(rounds: &Rounds, open: &mut Current, round: String) -> Result<Reply, String> {
    *open = None; // Closes the journal that was open, be it the same.
    let (file, lines) = JournalFile::open(rounds.journal(&round).await?)?;
    let set_aside = file.rest().len();
    rounds.set_aside(&round, file.rest()).await?;
    rounds.set_current(&round).await;
    *open = Some((round.clone(), file));
    Ok(Reply::Read {
        round,
        lines,
        set_aside,
    })
}

/// Appends lines; gives how many are on disk. The first line of all makes the journal.
async fn append(
    rounds: &Rounds,
    open: &mut Current,
    round: &str,
    from: usize,
    lines: &[String],
) -> Result<usize, String> {
    if open.as_ref().is_none_or(|(current, _)| current != round) {
        *open = None;
        let disk = match from {
            0 => rounds.new_journal(round).await?,
            _ => rounds.journal(round).await?,
        };
        let (file, _) = JournalFile::open(disk)?;
        rounds.set_aside(round, file.rest()).await?;
        rounds.set_current(round).await;
        *open = Some((round.to_owned(), file));
    }
    let Some((_, file)) = open else {
        return Err("The journal is not open.".to_owned());
    };
    let appended = file.append(from, lines);
    if appended.is_err() {
        // The next try begins with the file as it is on disk.
        *open = None;
    }
    appended
}

async fn remove(rounds: &Rounds, open: &mut Current, round: String) -> Result<Reply, String> {
    if open.as_ref().is_some_and(|(current, _)| *current == round) {
        *open = None;
    }
    rounds.remove(&round).await?;
    Ok(Reply::Removed { round })
}
