//! What the browser gives that has no binding yet, called by name; and what its errors mean.

use js_sys::{Function, Reflect};
use sightline::store::place::Fault;
use wasm_bindgen::prelude::*;

/// Calls a method by its name.
///
/// # Errors
/// What it threw; or that there is none.
pub(crate) fn call(this: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(this, &name.into())?.dyn_into()?;
    method.apply(this, &arguments.iter().collect())
}

/// What a browser's error means.
pub(crate) fn fault(error: &JsValue) -> Fault {
    match name(error).as_str() {
        "QuotaExceededError" => Fault::Full,
        "AbortError" => Fault::Aborted,
        "InvalidStateError" | "TransactionInactiveError" => Fault::Closed,
        "NoModificationAllowedError" | "ConstraintError" => Fault::Taken,
        "NotFoundError" => Fault::Gone,
        "TimeoutError" => Fault::Hung,
        other => Fault::Unknown(other.to_owned()),
    }
}

/// The name of a browser's error.
pub(crate) fn name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| "unknown error".to_owned())
}

/// A size as a browser's number.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "sizes and epochs are far below the 2^53 that a browser's numbers hold exactly"
)]
pub(crate) fn number(size: u64) -> f64 {
    size as f64
}
