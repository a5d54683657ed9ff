//! The lock worker: all that takes a passphrase, off the page.
//!
//! The page starts one for each request and throws it away after the answer: what a passphrase
//! opened, and the memory that it took, goes with it.

#[path = "../wire.rs"]
mod wire;

use js_sys::Uint8Array;
use sightline::locksmith::{self, Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent};

/// The largest file that is opened, in bytes.
const LARGEST: f64 = 268_435_456.0;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((number, request, attached)) = wire::unpack::<Request>(event.data()) else {
            return;
        };
        let (reply, bytes) =
            work(request, attached).unwrap_or_else(|why| (Reply::Refused(why), None));
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

fn work(request: Request, attached: JsValue) -> Result<(Reply, Option<Vec<u8>>), String> {
    let file = match attached.dyn_into::<File>() {
        Ok(file) => Some(read(&file)?),
        Err(_) => None,
    };
    let mut without = false;
    let mut random = |bytes: &mut [u8]| without |= getrandom::fill(bytes).is_err();
    let done = locksmith::handle(request, file.as_deref(), &mut random);
    if without {
        return Err(
            "This browser gives no random bytes, and nothing is sealed without them.".to_owned(),
        );
    }
    Ok(done)
}

fn read(file: &File) -> Result<Vec<u8>, String> {
    if file.size() > LARGEST {
        return Err(format!(
            "{} is larger than any saved round. Choose a file whose name ends in .sightline.",
            file.name()
        ));
    }
    let bytes = FileReaderSync::new().and_then(|reader| reader.read_as_array_buffer(file));
    let bytes = bytes.map_err(|_| {
        format!(
            "{} could not be read. It may have been moved or changed since it was chosen. Choose \
             it again.",
            file.name()
        )
    })?;
    Ok(Uint8Array::new(&bytes).to_vec())
}
