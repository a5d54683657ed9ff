//! The list worker: the desk, off the page.
//!
//! It holds the case list, and does all that is slow. If it fails, the page throws it away and
//! starts another.

#[path = "../wire.rs"]
mod wire;

mod chosen;

use chosen::Chosen;
use js_sys::{Array, Uint8Array};
use sightline::desk::{Desk, Reply, Request};
use sightline::table::{self, Refusal};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut desk = Desk::default();
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((number, request, attached)) = wire::unpack::<Request>(event.data()) {
            work(&mut desk, &to, number, request, attached);
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // The page is the only listener; if it is gone there is nobody to tell.
    let _ = scope.post_message(&wire::READY.into());
}

fn work(
    desk: &mut Desk,
    to: &DedicatedWorkerGlobalScope,
    number: u32,
    request: Request,
    attached: JsValue,
) {
    let say = |reply: &Reply, bytes: &JsValue| {
        if let Some(message) = wire::pack(number, reply, bytes) {
            // The page is the only listener; if it is gone there is nobody to tell.
            let _ = to.post_message(&message);
        }
    };
    let files = match files(attached) {
        Ok(files) => files,
        Err(refusal) => return say(&Reply::Refused(refusal.0), &JsValue::UNDEFINED),
    };
    let (reply, bytes) = desk.handle(request, files, &mut |fraction| {
        say(&Reply::Progress(fraction), &JsValue::UNDEFINED);
    });
    let attached = bytes.map_or(JsValue::UNDEFINED, |bytes| {
        Uint8Array::from(bytes.as_slice()).into()
    });
    say(&reply, &attached);
}

/// The files that came with a request: one, several in an array, or none.
fn files(attached: JsValue) -> Result<Vec<Box<dyn table::File>>, Refusal> {
    let attached = match attached.dyn_into::<Array>() {
        Ok(several) => several.to_vec(),
        Err(one) => vec![one],
    };
    let files = attached.into_iter().filter_map(|one| one.dyn_into().ok());
    let mut opened: Vec<Box<dyn table::File>> = Vec::new();
    for file in files {
        opened.push(Box::new(Chosen::open(file)?));
    }
    Ok(opened)
}
