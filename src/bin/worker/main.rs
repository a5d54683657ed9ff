//! The list worker: the desk, off the page.
//!
//! It holds the case list, and does all that is slow. If it fails, the page throws it away and
//! starts another.

#[path = "../wire.rs"]
mod wire;

use js_sys::Uint8Array;
use sightline::desk::{Desk, Reply, Request};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent};

/// How much of a file is read at a time, in bytes.
const SLICE: usize = 4 << 20;

/// The largest file that is read: what does not fit into a 32-bit program's memory beside its table.
const LARGEST: usize = 1 << 30;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut desk = Desk::default();
    let to = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((number, request, attached)) = wire::unpack::<Request>(event.data()) {
            work(&mut desk, &to, number, request, attached);
        }
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    // The page is the only listener; if it is gone there is nobody to tell.
    let _ = scope.post_message(&wire::READY.into());
}

fn work(
    desk: &mut Desk,
    to: &DedicatedWorkerGlobalScope,
    number: u32,
    request: Request,
    attached: JsValue,
) {
    let say = |reply: &Reply, bytes: &JsValue| {
        if let Some(message) = wire::pack(number, reply, bytes) {
            // The page is the only listener; if it is gone there is nobody to tell.
            let _ = to.post_message(&message);
        }
    };
    // Reading the bytes is the first tenth of the way, making sense of them the rest.
    let progress = |fraction: f32| say(&Reply::Progress(fraction), &JsValue::UNDEFINED);
    let bytes = match attached.dyn_into::<File>() {
        Ok(file) => match read(&file, &mut |fraction| progress(fraction * 0.1)) {
            Ok(bytes) => Some(bytes),
            Err(why) => return say(&Reply::Refused(why), &JsValue::UNDEFINED),
        },
        Err(_) => None,
    };
    let (reply, bytes) = desk.handle(request, bytes, &mut |fraction| {
        progress(fraction.mul_add(0.9, 0.1));
    });
    let attached = bytes.map_or(JsValue::UNDEFINED, |bytes| {
        Uint8Array::from(bytes.as_slice()).into()
    });
    say(&reply, &attached);
}

/// A file's bytes, slice by slice.
fn read(file: &File, progress: &mut dyn FnMut(f32)) -> Result<Vec<u8>, String> {
    let unreadable = |_| {
        format!(
            "{} could not be read. It may have been moved, changed or opened by another program \
             since it was chosen. Choose it again.",
            file.name()
        )
    };
    let size = whole(file.size());
    if size > LARGEST {
        return Err(format!(
            "{} is larger than 1 GB, which is more than a browser can hold. Export fewer columns.",
            file.name()
        ));
    }
    let reader = FileReaderSync::new().map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(size);
    while bytes.len() < size {
        let end = size.min(bytes.len() + SLICE);
        let slice = file
            .slice_with_f64_and_f64(float(bytes.len()), float(end))
            .and_then(|slice| reader.read_as_array_buffer(&slice))
            .map_err(unreadable)?;
        bytes.extend(Uint8Array::new(&slice).to_vec());
        if bytes.len() < end {
            return Err(unreadable(JsValue::UNDEFINED));
        }
        progress(fraction(end, size));
    }
    Ok(bytes)
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a browser gives a file's size as a whole, positive number"
)]
fn whole(size: f64) -> usize {
    size as usize
}

#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a file's size is far below the 2^53 that a browser's numbers hold exactly"
)]
fn float(size: usize) -> f64 {
    size as f64
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a progress bar needs no more than single precision"
)]
fn fraction(done: usize, of: usize) -> f32 {
    (float(done) / float(of.max(1))) as f32
}
