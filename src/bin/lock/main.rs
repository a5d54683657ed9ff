//! The lock worker: all that takes a passphrase, off the page.
//!
//! The page starts one for each request and throws it away after the answer: what a passphrase
//! opened, and the memory that it took, goes with it.

#[path = "../errand.rs"]
mod errand;
#[path = "../wire.rs"]
mod wire;

use js_sys::Uint8Array;
use sightline::locksmith::{self, Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::{File, FileReaderSync};

/// The largest file that is opened, in bytes.
const LARGEST: f64 = 268_435_456.0;

fn main() {
    errand::serve(|request, attached| {
        work(request, attached).unwrap_or_else(|why| (Reply::Refused(why), None))
    });
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
