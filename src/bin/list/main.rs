//! The list worker: the desk, off the page.
//!
//! It holds the case list, and does all that is slow, one request after another. If it fails, the page
//! throws it away and starts another.

#[path = "../chosen.rs"]
mod chosen;
#[path = "../wire.rs"]
mod wire;

mod stream;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use chosen::Chosen;
use js_sys::{Array, Uint8Array};
use sightline::desk::{Desk, Reply, Request, list};
use sightline::table::{self, ReadOptions, Refusal};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let waiting: Rc<RefCell<VecDeque<Asked>>> = Rc::default();
    let desk: Rc<RefCell<Option<Desk>>> = Rc::new(RefCell::new(Some(Desk::default())));
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((number, request, attached)) = wire::unpack::<Request>(event.data()) {
            waiting.borrow_mut().push_back(Asked {
                number,
                request,
                attached,
            });
        }
        // Who works has the desk: it will come to what waits.
        let Some(mut held) = desk.take() else { return };
        let (waiting, desk, to) = (waiting.clone(), desk.clone(), to.clone());
        spawn_local(async move {
            loop {
                let next = waiting.borrow_mut().pop_front();
                let Some(asked) = next else { break };
                work(&mut held, &to, asked).await;
            }
            desk.replace(Some(held));
        });
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // The page is the only listener; if it is gone there is nobody to tell.
    let _ = scope.post_message(&wire::READY.into());
}

/// A request, its number, and what is attached to it.
struct Asked {
    number: u32,
    request: Request,
    attached: JsValue,
}

async fn work(desk: &mut Desk, to: &DedicatedWorkerGlobalScope, asked: Asked) {
    let number = asked.number;
    let say = |reply: &Reply| {
        if let Some(message) = wire::pack(number, reply, &JsValue::UNDEFINED) {
            // The page is the only listener; if it is gone there is nobody to tell.
            let _ = to.post_message(&message);
        }
    };
    let mut progress = |fraction| say(&Reply::Progress(fraction));
    let reply = match files(asked.attached) {
        Ok(Files::Ready(files)) => answer(desk, asked.request, files, &mut progress).await,
        Ok(Files::Untold(place)) => Reply::Transcribe(place),
        Err(refusal) => Reply::Refused(refusal.0),
    };
    say(&reply);
}

async fn answer(
    desk: &mut Desk,
    request: Request,
    mut files: Vec<Chosen>,
    progress: &mut dyn FnMut(f32),
) -> Reply {
    match (request, files.pop()) {
        (Request::List(list::Request::Read { name, linked }), Some(file)) => {
            read(desk, (name, linked), file, progress).await
        }
        (request, last) => {
            let files = files.into_iter().chain(last);
            let opened = files.map(|file| -> Box<dyn table::File> { Box::new(file) });
            desk.handle(request, opened.collect(), progress)
        }
    }
}

/// Reads a list as it arrives, or, where that cannot be, from its place.
async fn read(
    desk: &mut Desk,
    (name, linked): (String, bool),
    chosen: Chosen,
    progress: &mut dyn FnMut(f32),
) -> Reply {
    progress(0.0);
    let arriving = table::Arriving::of(&name, &chosen);
    let file = chosen.file.clone();
    desk.lay(name, linked, Box::new(chosen));
    if let Some(arriving) = arriving
        && let Some(reading) = stream::read(&file, arriving, progress).await
    {
        return desk.receive(reading);
    }
    let again = list::Request::ReadAgain(ReadOptions::default());
    desk.handle(Request::List(again), Vec::new(), progress)
}

/// The files that came with a request.
enum Files {
    Ready(Vec<Chosen>),
    /// The one at that place must be transcribed by a clerk first.
    Untold(usize),
}

/// The files that came with a request, if any: an array of files, or of arrays of a file and its transcript.
fn files(attached: JsValue) -> Result<Files, Refusal> {
    let attached = attached.dyn_into::<Array>().unwrap_or_default();
    let mut opened = Vec::new();
    for (place, one) in attached.into_iter().enumerate() {
        let (file, transcript) = match one.dyn_into::<Array>() {
            Ok(both) => (both.get(0), both.get(1).dyn_into::<Uint8Array>().ok()),
            Err(file) => (file, None),
        };
        let Ok(file) = file.dyn_into() else {
            continue;
        };
        let is_told = transcript.is_some();
        let file = Chosen::open(file, transcript.map(|bytes| bytes.to_vec()))?;
        if !is_told && table::needs_transcript(&file)? {
            return Ok(Files::Untold(place));
        }
        opened.push(file);
    }
    Ok(Files::Ready(opened))
}
