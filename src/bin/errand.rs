//! A worker for one errand: it answers one request, and the page throws it away after the answer.

use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::wire;

/// Listens to the page, and answers with a reply and the bytes that go with it.
pub(crate) fn serve<Request, Reply>(
    mut answer: impl FnMut(Request, JsValue) -> (Reply, Option<Vec<u8>>) + 'static,
) where
    Request: DeserializeOwned + 'static,
    Reply: Serialize + 'static,
{
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((number, request, attached)) = wire::unpack(event.data()) else {
            return;
        };
        let (reply, bytes) = answer(request, attached);
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
