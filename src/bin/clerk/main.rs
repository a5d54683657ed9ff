//! The clerk's worker: findings and forms as files, and workbooks that few lists come as.
//!
//! The page starts one for each request and throws it away after the answer, with the memory that it took.

#[path = "../chosen.rs"]
mod chosen;
#[path = "../errand.rs"]
mod errand;
#[path = "../wire.rs"]
mod wire;

use chosen::Chosen;
use sightline::clerk::{self, Reply};
use sightline::table::{self, Refusal};
use wasm_bindgen::prelude::*;

fn main() {
    errand::serve(|request, attached| match file(attached) {
        Ok(file) => clerk::handle(request, file),
        Err(refusal) => (Reply::Refused(refusal.0), None),
    });
}

/// The file that came with a request, if one did.
fn file(attached: JsValue) -> Result<Option<Box<dyn table::File>>, Refusal> {
    let Ok(file) = attached.dyn_into() else {
        return Ok(None);
    };
    Ok(Some(Box::new(Chosen::open(file, None)?)))
}
