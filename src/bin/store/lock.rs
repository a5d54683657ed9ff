//! Who writes a round: a Web Lock, and what pages tell each other on a channel.
//!
//! The lock is a courtesy between pages, the epoch what no page gets around. Without `https` there are
//! no locks: a page then asks on the channel whether anybody writes, and takes half a second of
//! silence for a no. A page that is frozen does not answer; should it wake, it finds itself overtaken.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, DedicatedWorkerGlobalScope, MessageEvent};

use crate::js::call;

/// How long an answer is waited for where there are no locks.
const SILENCE: u32 = 500;

/// What pages tell each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Word {
    /// Does anybody write this round?
    WhoWrites(String),
    /// I write this round.
    IWrite(String),
    /// I have taken this round over.
    TookOver(String),
    /// I have written in this round.
    Wrote(String),
}

/// The channel between pages.
#[derive(Clone)]
pub(crate) struct Channel {
    channel: Option<BroadcastChannel>,
    /// The rounds that others said they write.
    written: Rc<RefCell<Vec<String>>>,
}

impl Channel {
    /// Opens it; `heard` is told what the others say. A browser without channels is silent.
    pub(crate) fn open(heard: impl Fn(Word) + 'static) -> Self {
        let channel = BroadcastChannel::new("sightline").ok();
        let written: Rc<RefCell<Vec<String>>> = Rc::default();
        if let Some(channel) = &channel {
            let written = written.clone();
            let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                match serde_json::from_str(&text) {
                    Ok(Word::IWrite(round)) => written.borrow_mut().push(round),
                    Ok(word) => heard(word),
                    Err(_) => {} // A page of another version says what we do not know.
                }
            });
            channel.set_onmessage(Some(listen.as_ref().unchecked_ref()));
            listen.forget(); // As long as the worker.
        }
        Self { channel, written }
    }

    /// Asks whether anybody writes a round, and waits for an answer.
    async fn nobody_writes(&self, round: &str) -> bool {
        self.written.borrow_mut().clear();
        self.say(&Word::WhoWrites(round.to_owned()));
        TimeoutFuture::new(SILENCE).await;
        !self.written.borrow().iter().any(|written| written == round)
    }

    /// Tells the others.
    pub(crate) fn say(&self, word: &Word) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(word)) {
            // A channel that is closed has no listeners.
            let _ = channel.post_message(&text.into());
        }
    }
}

/// The right to write a round, until it is dropped or another page takes it.
pub(crate) struct Held {
    release: Option<Function>,
    released: Rc<Cell<bool>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.released.set(true);
        if let Some(release) = &self.release {
            // It is ours, and throws nothing.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// What is done when another page takes the right to write away.
pub(crate) type Lost = Rc<dyn Fn()>;

/// Asks for the right to write; `None` if another page has it and it is not to be taken.
pub(crate) async fn acquire(
    round: &str,
    take: bool,
    channel: &Channel,
    lost: Lost,
) -> Option<Held> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let locks = Reflect::get(&scope.navigator(), &"locks".into()).unwrap_or_default();
    if locks.is_undefined() {
        return (take || channel.nobody_writes(round).await).then_some(Held {
            release: None,
            released: Rc::default(),
        });
    }
    let released = Rc::new(Cell::new(false));
    let option = if take { "steal" } else { "ifAvailable" };
    let options = Object::new();
    Reflect::set(&options, &option.into(), &JsValue::TRUE).ok()?;
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let got = Promise::new(&mut |tell: Function, _| {
        let (keep, granted) = (release.clone(), tell.clone());
        let granted = Closure::once_into_js(move |lock: JsValue| {
            // Whoever waits is told. The lock is held until the promise that is returned is kept.
            let _ = granted.call1(&JsValue::UNDEFINED, &(!lock.is_null()).into());
            if lock.is_null() {
                JsValue::UNDEFINED
            } else {
                Promise::new(&mut |resolve, _| drop(keep.replace(Some(resolve)))).into()
            }
        });
        let name = format!("sightline {round}");
        let request = call(
            &locks,
            "request",
            &[name.into(), options.clone().into(), granted],
        );
        let (released, lost) = (released.clone(), lost.clone());
        spawn_local(async move {
            let ended = match request {
                Ok(request) => JsFuture::from(request.unchecked_into::<Promise>()).await,
                Err(error) => Err(error),
            };
            if ended.is_err() && !released.get() {
                lost();
            }
            // Where nothing was granted, nobody waits for ever.
            let _ = tell.call1(&JsValue::UNDEFINED, &JsValue::FALSE);
        });
    });
    let got = JsFuture::from(got).await.ok()?;
    let release = release.take();
    (got == JsValue::TRUE).then_some(Held { release, released })
}
