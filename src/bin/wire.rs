//! How a message goes between the page and a worker: an array of a number, the message as JSON,
//! and what is attached to it (a file, or bytes).

use js_sys::Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// What a worker says once it has started and listens.
pub(crate) const READY: &str = "ready";

/// A message as it travels; `None` if it cannot be written as JSON, which no message of ours is.
pub(crate) fn pack<T: Serialize>(number: u32, message: &T, attached: &JsValue) -> Option<Array> {
    let json = serde_json::to_string(message).ok()?;
    Some(Array::of3(&number.into(), &json.into(), attached))
}

/// A message that came; `None` if it is none of ours.
pub(crate) fn unpack<T: DeserializeOwned>(data: JsValue) -> Option<(u32, T, JsValue)> {
    let parts = data.dyn_into::<Array>().ok()?;
    let number = serde_json::from_str(&parts.get(0).as_f64()?.to_string()).ok()?;
    let message = serde_json::from_str(&parts.get(1).as_string()?).ok()?;
    Some((number, message, parts.get(2)))
}
