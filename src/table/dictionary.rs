//! One column's cells as codes into a dictionary of its distinct texts: a million rows with
//! twelve teams cost four bytes a row, and no cell is a `String` of its own.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The distinct texts of a column; code 0 is always the empty text.
#[derive(Debug)]
pub(crate) struct Dictionary {
    text: String,
    ends: Vec<usize>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Dictionary {
    pub(crate) fn new() -> Self {
        Self {
            text: String::new(),
            ends: vec![0],
            index: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }

    /// The code of `text`, which is added if it is new.
    pub(crate) fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let (all, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        let hash = hasher.hash_one(text);
        let found = self
            .index
            .find(hash, |&code| entry(all, ends, code) == text);
        if let Some(&code) = found {
            return code;
        }
        let code = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        self.ends.push(self.text.len());
        let (all, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.index
            .insert_unique(hash, code, |&code| hasher.hash_one(entry(all, ends, code)));
        code
    }

    /// The text that `code` stands for; an unknown code is the empty text.
    pub(crate) fn get(&self, code: u32) -> &str {
        entry(&self.text, &self.ends, code)
    }

    /// How many bytes all texts take.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// How many texts there are, the empty one among them.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives back what is needed only while texts are still being added.
    pub(crate) fn close(&mut self) {
        self.index = HashTable::new();
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn entry<'a>(text: &'a str, ends: &[usize], code: u32) -> &'a str {
    let code = usize::try_from(code).unwrap_or(usize::MAX);
    let end = ends.get(code).copied().unwrap_or(0);
    let start = code
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .copied()
        .unwrap_or(0);
    text.get(start..end).unwrap_or_default()
}

/// One column: its name and the code of its cell in each row.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The column's place in the sheet, counted from 0.
    pub(crate) position: usize,
    pub(crate) codes: Vec<u32>,
    pub(crate) dictionary: Dictionary,
    last: (u32, usize),
    /// Numbers of texts that the file's cells share, each with one added, and their codes here.
    known: Vec<(usize, u32)>,
}

/// So many shared texts are known at once; the texts of a category are far fewer.
const KNOWN: usize = 256;

impl Column {
    /// A column whose cells in the first `rows` rows are empty.
    pub(crate) fn new(name: String, position: usize, rows: usize) -> Self {
        Self {
            name,
            position,
            codes: vec![0; rows],
            dictionary: Dictionary::new(),
            last: (0, 0),
            known: Vec::new(),
        }
    }

    /// Puts `text` into row `row`, which is the last one or the next.
    pub(crate) fn put(&mut self, row: usize, text: &str) {
        // Lists are often sorted: the same text as in the row above needs no search.
        let code = if self.last.1 == text.len() && self.dictionary.get(self.last.0) == text {
            self.last.0
        } else {
            self.dictionary.code(text)
        };
        self.last = (code, text.len());
        self.place(row, code);
    }

    /// The same for a text that many cells of the file share under a number: its letters are not
    /// looked at again.
    pub(crate) fn put_shared(&mut self, row: usize, number: usize, text: &str) {
        self.known.resize(KNOWN, (0, 0));
        let slot = self.known.get_mut(number % KNOWN);
        let code = match slot {
            Some((known, code)) if *known == number + 1 => *code,
            Some(slot) => {
                let code = self.dictionary.code(text);
                *slot = (number + 1, code);
                code
            }
            None => self.dictionary.code(text),
        };
        self.place(row, code);
    }

    fn place(&mut self, row: usize, code: u32) {
        if let Some(cell) = self.codes.get_mut(row) {
            *cell = code;
        } else {
            self.codes.resize(row, 0);
            self.codes.push(code);
        }
    }

    /// Gives back what is needed only while cells are still being put.
    pub(crate) fn close(&mut self) {
        self.known = Vec::new();
        self.dictionary.close();
    }

    pub(crate) fn cell(&self, row: usize) -> &str {
        self.codes
            .get(row)
            .map_or("", |&code| self.dictionary.get(code))
    }
}
