//! A file that a person chose, read from the browser slice by slice while the worker waits.

use std::borrow::Cow;

use js_sys::Uint8Array;
use sightline::table::{self, Refusal};
use web_sys::{File, FileReaderSync};

/// The largest file that is read: what does not fit into a 32-bit program's memory as a table.
const LARGEST: usize = 1 << 30;

/// A file as the browser gives it.
pub(crate) struct Chosen {
    /// The browser's own.
    pub(crate) file: File,
    reader: FileReaderSync,
    size: usize,
    transcript: Option<Vec<u8>>,
}

impl Chosen {
    /// Makes ready to read the file, of which a clerk may have made a transcript.
    pub(crate) fn open(file: File, transcript: Option<Vec<u8>>) -> Result<Self, Refusal> {
        let size = whole(file.size());
        if size > LARGEST {
            return Err(Refusal(format!(
                "{} is larger than 1 GB, which is more than a browser can hold. Export fewer \
                 columns.",
                file.name()
            )));
        }
        let reader = FileReaderSync::new().map_err(|_| unreadable(&file))?;
        Ok(Self {
            file,
            reader,
            size,
            transcript,
        })
    }
}

impl table::File for Chosen {
    fn size(&self) -> usize {
        self.size
    }

    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal> {
        let slice = self
            .file
            .slice_with_f64_and_f64(float(at), float(at + buffer.len()))
            .and_then(|slice| self.reader.read_as_array_buffer(&slice))
            .map_err(|_| unreadable(&self.file))?;
        let bytes = Uint8Array::new(&slice);
        // Shorter than asked for: the file has been cut since it was chosen.
        if usize::try_from(bytes.length()) != Ok(buffer.len()) {
            return Err(unreadable(&self.file));
        }
        bytes.copy_to(buffer);
        Ok(())
    }

    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        // It is asked for before the file is read: see the list worker.
        let transcript = self.transcript.as_deref();
        transcript
            .map(Cow::Borrowed)
            .ok_or_else(|| unreadable(&self.file))
    }
}

fn unreadable(file: &File) -> Refusal {
    Refusal(format!(
        "{} could not be read. It may have been moved, changed or opened by another program since \
         it was chosen. Choose it again.",
        file.name()
    ))
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
