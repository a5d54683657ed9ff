//! The clerk's worker: findings and forms as files, and workbooks that few lists come as.
//!
//! The page starts one for each request and throws it away after the answer, with the memory that it took.

#[path = "../chosen.rs"]
mod chosen;
#[path = "../wire.rs"]
mod wire;

use chosen::Chosen;
use js_sys::Uint8Array;
use sightline::clerk::{self, Reply, Request};
use sightline::table::{self, Refusal};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((number, request, attached)) = wire::unpack::<Request>(event.data()) else {
            return;
        };
        let (reply, bytes) = match file(attached) {
            Ok(file) => clerk::handle(request, file),
            Err(refusal) => (Reply::Refused(refusal.0), None),
        };
        let attached = bytes.map_or(JsValue::UNDEFINED, |bytes| {
            Uint8Array::from(bytes.as_slice()).into()
        });
        if let Some(message) = wire::pack(number, &reply, &attached) {
            // The page is the only listener; if it is gone there is nobody to tell.
            let _ = to.post_message(&message);
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // The page is the only listener; if it is gone there is nobody to tell.
    let _ = scope.post_message(&wire::READY.into());
}

/// The file that came with a request, if one did.
fn file(attached: JsValue) -> Result<Option<Box<dyn table::File>>, Refusal> {
    let Ok(file) = attached.dyn_into() else {
        return Ok(None);
    };
    Ok(Some(Box::new(Chosen::open(file, None)?)))
}
