//! A file as readers see it: bytes that can be asked for from any place on. In a browser they come
//! slice by slice, so that a long list never lies whole beside the table that is made of it.

use std::borrow::Cow;

use super::{Refusal, transcribe};

/// How much of a file is asked for at a time, in bytes.
const SLICE: usize = 1 << 20;

/// Something that can be read from any place on.
pub trait File {
    /// How many bytes it has.
    fn size(&self) -> usize;

    /// Fills `buffer` with the bytes from `at` on, all of which lie within the size.
    ///
    /// # Errors
    /// The file cannot be read: it may have been moved or changed since it was chosen.
    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal>;

    /// Of a workbook in a format that few lists come in, the cells as [`transcribe`] writes them down. In
    /// a browser a program of its own does that, before the file is read.
    ///
    /// # Errors
    /// It is no such workbook, or a damaged one.
    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal>;
}

impl File for [u8] {
    fn size(&self) -> usize {
        self.len()
    }

    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal> {
        let bytes = at
            .checked_add(buffer.len())
            .and_then(|end| self.get(at..end))
            .ok_or_else(|| Refusal::new("This file ends too soon. Choose it again."))?;
        buffer.copy_from_slice(bytes);
        Ok(())
    }

    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        transcribe(self).map(Cow::Owned)
    }
}

impl File for Vec<u8> {
    fn size(&self) -> usize {
        self.len()
    }

    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal> {
        self.as_slice().read_at(at, buffer)
    }

    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        self.as_slice().transcript()
    }
}

impl<const N: usize> File for [u8; N] {
    fn size(&self) -> usize {
        N
    }

    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal> {
        self.as_slice().read_at(at, buffer)
    }

    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        self.as_slice().transcript()
    }
}

/// Bytes that are known to be text.
pub struct Text(pub &'static [u8]);

impl File for Text {
    fn size(&self) -> usize {
        self.0.len()
    }

    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal> {
        self.0.read_at(at, buffer)
    }

    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        Err(Refusal::new("Text is no workbook."))
    }
}

/// The first bytes, at most so many.
pub(super) fn head(file: &(impl File + ?Sized), limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = vec![0; limit.min(file.size())];
    file.read_at(0, &mut bytes)?;
    Ok(bytes)
}

/// Goes through the file, slice by slice; `take` gets each with its place.
pub(super) fn each_slice(
    file: &(impl File + ?Sized),
    mut take: impl FnMut(usize, &[u8]) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let size = file.size();
    let mut buffer = vec![0; SLICE.min(size)];
    let mut at = 0;
    while at < size {
        buffer.truncate(size - at);
        file.read_at(at, &mut buffer)?;
        take(at, &buffer)?;
        at += buffer.len();
    }
    Ok(())
}
