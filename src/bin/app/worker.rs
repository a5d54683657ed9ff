//! A worker as the page sees it: started, spoken to, replaced when it fails.

use js_sys::{Function, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};
use yew::Callback;

use crate::wire;

/// What a worker says.
pub(crate) enum Heard<T> {
    /// The worker has started and listens.
    Ready,
    /// A message: the number of the request that it answers, the reply, what is attached.
    Reply(u32, T, JsValue),
    /// The worker has failed and can do nothing more.
    Failed,
}

/// A worker that is running.
pub(crate) struct Line {
    worker: Worker,
    // Dropped with the line: the browser must not call into them later.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Line {
    /// Starts the worker of that name (`clerk`, `list`, `lock` or `store`). `None` if the browser refuses.
    pub(crate) fn open<T: DeserializeOwned + 'static>(
        name: &str,
        heard: &Callback<Heard<T>>,
    ) -> Option<Self> {
        let worker = start(name).ok()?;
        let to = heard.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            if data == wire::READY {
                to.emit(Heard::Ready);
            } else if let Some((number, reply, attached)) = wire::unpack(data) {
                to.emit(Heard::Reply(number, reply, attached));
            }
        });
        let to = heard.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |_: ErrorEvent| {
            to.emit(Heard::Failed);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Sends a request, with what is attached to it; `false` if it cannot be sent.
    pub(crate) fn send<T: Serialize>(&self, number: u32, request: &T, attached: &JsValue) -> bool {
        wire::pack(number, request, attached)
            .is_some_and(|message| self.worker.post_message(&message).is_ok())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Asks the start script, which holds the workers' programs, for a worker.
fn start(name: &str) -> Result<Worker, JsValue> {
    let sightline = Reflect::get(&js_sys::global(), &"sightline".into())?;
    let new: Function = Reflect::get(&sightline, &"newWorker".into())?.dyn_into()?;
    new.call1(&sightline, &name.into())?.dyn_into()
}
