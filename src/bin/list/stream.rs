//! A file's bytes as the browser brings them: while some are read, it fetches the next. They come into
//! one buffer that goes to and fro, so that no piece leaves anything behind.

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use sightline::table::{Arriving, Reading};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ReadableStreamByobReader};

/// The most that comes at once.
const PIECE: u32 = 1 << 20;
/// How much is read before the page is told how far it has come.
const TOLD: usize = 1 << 20;

/// Reads the file to its end; nothing if it cannot be read as it arrives.
pub(crate) async fn read(
    file: &File,
    mut arriving: Arriving,
    progress: &mut dyn FnMut(f32),
) -> Option<Reading> {
    // Some browsers have no such reader.
    let reader = ReadableStreamByobReader::new(&file.stream()).ok()?;
    let mut buffer = ArrayBuffer::new(PIECE);
    let (mut piece, mut untold) = (Vec::new(), 0);
    loop {
        let view = Uint8Array::new(&buffer);
        let came = JsFuture::from(reader.read_with_array_buffer_view(&view));
        let came = came.await.ok()?;
        if Reflect::get(&came, &"done".into()).ok()?.is_truthy() {
            return arriving.finish();
        }
        let bytes: Uint8Array = Reflect::get(&came, &"value".into()).ok()?.dyn_into().ok()?;
        piece.resize(usize::try_from(bytes.length()).ok()?, 0);
        bytes.copy_to(&mut piece);
        buffer = bytes.buffer();
        if !arriving.take(&piece) {
            // Whether it hears of it or not, nothing more is asked for.
            let _ = reader.cancel();
            return None;
        }
        untold += piece.len();
        if untold >= TOLD {
            untold = 0;
            progress(arriving.share());
        }
    }
}
