//! A text file that arrives piece by piece: while one is read, the machine fetches the next.
//!
//! This is the reader of [`super::read`], and the usual file alone: text in UTF-8 without a fault of the
//! bytes. Of any other it says so, and the file is read from its place instead.

use memchr::memchr;

use super::csv::Reader;
use super::slices::{self, File};
use super::{Encoding, Reading, Refusal, container};

/// A file whose pieces are read in order as they come.
pub struct Arriving {
    name: String,
    reader: Reader,
    size: usize,
    arrived: usize,
}

impl Arriving {
    /// Makes ready for the file, if it looks like text in UTF-8.
    #[must_use]
    pub fn of(name: &str, file: &(impl File + ?Sized)) -> Option<Self> {
        let head = slices::head(file, container::HEAD).ok()?;
        let mark = Encoding::mark(&head).unwrap_or(Encoding::Utf8);
        let text = !container::is_packed(&head) && container::expect_text(&head).is_ok();
        (text && mark == Encoding::Utf8).then(|| Self {
            name: name.to_owned(),
            reader: Reader::new(Encoding::Utf8),
            size: file.size(),
            arrived: 0,
        })
    }

    /// Reads the next piece; false if the file must be read from its place.
    pub fn take(&mut self, piece: &[u8]) -> bool {
        self.arrived += piece.len();
        memchr(0, piece).is_none() && self.reader.feed(piece).is_ok()
    }

    /// The share that has been read, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        super::share(self.arrived, self.size)
    }

    /// What was read, its source without a hash; nothing if the file must be read from its place.
    #[must_use]
    pub fn finish(self) -> Option<Reading> {
        let whole = self.arrived == self.size;
        let reading: Result<Reading, Refusal> = self.reader.finish();
        let mut reading = reading.ok().filter(|_| whole)?;
        reading.source.name = self.name;
        reading.source.bytes = u64::try_from(self.size).unwrap_or(u64::MAX);
        Some(reading)
    }
}
