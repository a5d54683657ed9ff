//! The list worker: the desk, off the page.
//!
//! It holds the case list, and does all that is slow, one request after another. If it fails, the page
//! throws it away and starts another.

#[path = "../wire.rs"]
mod wire;

mod chosen;
mod stream;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use chosen::Chosen;
use js_sys::{Array, Uint8Array};
use sightline::desk::{Answer, Desk, Reply, Request, list};
use sightline::table::{self, ReadOptions, Refusal};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

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
    let say = |reply: &Reply, bytes: &JsValue| {
        if let Some(message) = wire::pack(number, reply, bytes) {
            // The page is the only listener; if it is gone there is nobody to tell.
            let _ = to.post_message(&message);
        }
    };
    let mut progress = |fraction| say(&Reply::Progress(fraction), &JsValue::UNDEFINED);
    let files = files(asked.attached);
    let opened: Result<Vec<_>, Refusal> = files.iter().cloned().map(opened).collect();
    let (reply, bytes) = match (asked.request, opened) {
        (_, Err(refusal)) => (Reply::Refused(refusal.0), None),
        (request, Ok(mut opened)) => match (request, files.last(), opened.pop()) {
            (Request::List(list::Request::Read { name, linked }), Some(file), Some(chosen)) => {
                read(desk, (name, linked), file, chosen, &mut progress).await
            }
            (request, _, last) => {
                opened.extend(last);
                desk.handle(request, opened, &mut progress)
            }
        },
    };
    let attached = bytes.map_or(JsValue::UNDEFINED, |bytes| {
        Uint8Array::from(bytes.as_slice()).into()
    });
    say(&reply, &attached);
}

/// Reads a list as it arrives, or, where that cannot be, from its place.
async fn read(
    desk: &mut Desk,
    (name, linked): (String, bool),
    file: &File,
    chosen: Box<dyn table::File>,
    progress: &mut dyn FnMut(f32),
) -> Answer {
    progress(0.0);
    let arriving = table::Arriving::of(&name, &*chosen);
    desk.lay(name, linked, chosen);
    if let Some(arriving) = arriving
        && let Some(reading) = stream::read(file, arriving, progress).await
    {
        return desk.receive(reading);
    }
    let again = list::Request::ReadAgain(ReadOptions::default());
    desk.handle(Request::List(again), Vec::new(), progress)
}

/// The files that came with a request: one, several in an array, or none.
fn files(attached: JsValue) -> Vec<File> {
    let attached = match attached.dyn_into::<Array>() {
        Ok(several) => several.to_vec(),
        Err(one) => vec![one],
    };
    let files = attached.into_iter();
    files.filter_map(|one| one.dyn_into().ok()).collect()
}

fn opened(file: File) -> Result<Box<dyn table::File>, Refusal> {
    Ok(Box::new(Chosen::open(file)?))
}
