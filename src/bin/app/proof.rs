//! What the start script saw, and what it knows of the version that it started.

use js_sys::{Array, Function, JSON, Promise, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use sightline::app::Msg;
use sightline::app::proof::{About, Msg as ProofMsg};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;
use yew::Callback;

/// The version that is running.
pub(crate) fn about() -> About {
    property("about")
        .and_then(|it| parse(&it))
        .unwrap_or_default()
}

/// The newer version that the start script heard of.
pub(crate) fn newer() -> Option<About> {
    property("newer").and_then(|it| parse(&it))
}

/// Asks the start script for what it saw.
pub(crate) fn gather(to: &Callback<Msg>) {
    let to = to.clone();
    spawn_local(async move {
        // A page that was not started by our script has seen nothing.
        if let Some(gathered) = gathered().await {
            to.emit(Msg::Proof(gathered));
        }
    });
}

async fn gathered() -> Option<ProofMsg> {
    let ask: Function = property("gather")?.dyn_into().ok()?;
    let answer: Promise = ask.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
    let answer: Array = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
    let files = answer.get(1).dyn_into::<Array>().ok()?;
    let files = files.iter().filter_map(|file| {
        let file = file.dyn_into::<Array>().ok()?;
        let bytes = Uint8Array::new(&file.get(1)).to_vec();
        Some((file.get(0).as_string()?, bytes))
    });
    Some(ProofMsg::Gathered(parse(&answer.get(0))?, files.collect()))
}

/// Reads a file as text.
pub(crate) fn read_text(file: Option<File>, to: &Callback<Msg>) {
    let to = to.clone();
    spawn_local(async move {
        let text = match file {
            Some(file) => JsFuture::from(file.text()).await.ok(),
            None => None,
        };
        let text = text.and_then(|text| text.as_string());
        to.emit(Msg::Proof(ProofMsg::SumsRead(text)));
    });
}

/// A property of `window.sightline`.
fn property(name: &str) -> Option<JsValue> {
    let sightline = Reflect::get(&js_sys::global(), &"sightline".into()).ok()?;
    Reflect::get(&sightline, &name.into()).ok()
}

fn parse<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    let text = JSON::stringify(value).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
