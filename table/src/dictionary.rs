//! One column's cells as codes into a dictionary of its distinct texts: a million rows with
//! twelve teams cost a byte a row, and no cell is a `String` of its own.

mod codes;
mod index;

use std::cmp::Ordering;

use self::codes::Codes;
use self::index::{Index, Recent, ends, hash};

/// A leaf holds so many texts (a power of two): growing one copies little, however long the list.
const LEAF: usize = 4096;

/// The distinct texts of a column; code 0 is always the empty text.
#[derive(Debug)]
pub(crate) struct Dictionary {
    leaves: Vec<Leaf>,
    count: usize,
    bytes: usize,
    /// Whether each text so far is longer than the one before it, or as long and greater: an id in the
    /// order of which a list stands is known to be new without a search, and needs no index.
    ascends: bool,
    index: Index,
}

/// Texts one after the other, and where each ends.
#[derive(Debug, Default)]
struct Leaf {
    text: String,
    ends: Vec<u32>,
}

impl Dictionary {
    pub(crate) fn new() -> Self {
        let mut new = Self {
            leaves: Vec::new(),
            count: 0,
            bytes: 0,
            ascends: true,
            index: Index::default(),
        };
        new.add("");
        new
    }

    /// The code of `text`, which is added if it is new.
    pub(crate) fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if self.ascends {
            let last = u32::try_from(self.count - 1).unwrap_or(u32::MAX);
            let before = self.get(last);
            match (before.len(), before).cmp(&(text.len(), text)) {
                Ordering::Less => return self.add(text),
                Ordering::Equal => return last,
                Ordering::Greater => self.index_all(),
            }
        }
        let hash = hash(text.as_bytes());
        let leaves = &self.leaves;
        let same = |code| entry(leaves, code).as_bytes() == text.as_bytes();
        if let Some(code) = self.index.find(hash, same) {
            return code;
        }
        let code = self.add(text);
        self.index.add(hash, code);
        code
    }

    /// The text that `code` stands for; an unknown code is the empty text.
    pub(crate) fn get(&self, code: u32) -> &str {
        entry(&self.leaves, code)
    }

    /// How many bytes all texts take.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many texts there are, the empty one among them.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// All texts by their codes, the empty one first.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.leaves.iter().flat_map(Leaf::texts)
    }

    /// Gives back what is needed only while texts are still being added.
    pub(crate) fn close(&mut self) {
        self.index = Index::default();
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.close();
        }
    }

    /// Indexes the texts that came in ascending order, now that one does not.
    fn index_all(&mut self) {
        self.ascends = false;
        let texts = self.leaves.iter().flat_map(Leaf::texts);
        for (code, text) in (0..).zip(texts).skip(1) {
            self.index.add(hash(text.as_bytes()), code);
        }
    }

    fn add(&mut self, text: &str) -> u32 {
        if self.count.is_multiple_of(LEAF) {
            let mut next = Leaf::default();
            if let Some(full) = self.leaves.last_mut() {
                full.close();
                // The next one will be about as long.
                next.text.reserve(full.text.len());
                next.ends.reserve(LEAF);
            }
            self.leaves.push(next);
        }
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.text.push_str(text);
            leaf.ends
                .push(u32::try_from(leaf.text.len()).unwrap_or(u32::MAX));
        }
        self.count += 1;
        self.bytes += text.len();
        u32::try_from(self.count - 1).unwrap_or(u32::MAX)
    }
}

impl Leaf {
    fn slice(&self, start: u32, end: u32) -> &str {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        self.text.get(place(start)..place(end)).unwrap_or_default()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let both = starts.zip(&self.ends);
        both.map(|(start, &end)| self.slice(start, end))
    }

    fn close(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn entry(leaves: &[Leaf], code: u32) -> &str {
    let code = usize::try_from(code).unwrap_or(usize::MAX);
    let (Some(leaf), at) = (leaves.get(code / LEAF), code % LEAF) else {
        return "";
    };
    let Some(&end) = leaf.ends.get(at) else {
        return "";
    };
    let start = at
        .checked_sub(1)
        .and_then(|before| leaf.ends.get(before))
        .copied()
        .unwrap_or(0);
    leaf.slice(start, end)
}

/// One column: its name and the code of its cell in each row.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The column's place in the sheet, counted from 0.
    pub(crate) position: usize,
    pub(crate) codes: Codes,
    pub(crate) dictionary: Dictionary,
    recent: Recent,
    /// Numbers of texts that the file's cells share, each with one added, and their codes here.
    known: Vec<(usize, u32)>,
}

/// So many shared texts are known at once; the texts of a category are far fewer.
const KNOWN: usize = 256;
/// Columns from here on search for each of their texts.
const WIDE: usize = 256;

impl Column {
    /// A column whose cells in the first `rows` rows are empty.
    pub(crate) fn new(name: String, position: usize, rows: usize) -> Self {
        let mut codes = Codes::default();
        codes.fill(rows);
        Self {
            name,
            position,
            codes,
            dictionary: Dictionary::new(),
            recent: Recent::default(),
            known: Vec::new(),
        }
    }

    /// Puts `text` into row `row`, which is the last one or the next.
    pub(crate) fn put(&mut self, row: usize, text: &str) {
        let (ends, length) = (ends(text.as_bytes()), text.len());
        let dictionary = &self.dictionary;
        // Texts come again and again: most need no search.
        let known = self
            .recent
            .find(ends, length, |code| dictionary.get(code) == text);
        let code = known.unwrap_or_else(|| {
            let code = self.dictionary.code(text);
            // Of a very wide list there would be too many to hold.
            if self.position < WIDE {
                self.recent.keep(ends, length, code, self.dictionary.len());
            }
            code
        });
        self.codes.place(row, code);
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
        self.codes.place(row, code);
    }

    /// Gives back what is needed only while cells are still being put.
    pub(crate) fn close(&mut self) {
        self.known = Vec::new();
        self.recent = Recent::default();
        self.codes.close();
        self.dictionary.close();
    }

    pub(crate) fn cell(&self, row: usize) -> &str {
        self.codes
            .get(row)
            .map_or("", |code| self.dictionary.get(code))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::{Column, Dictionary};

    proptest! {
        #[test]
        fn each_text_has_one_code_whether_texts_ascend_or_not(
            texts in prop::collection::vec(0..400_u32, 0..300),
            ascending in 0..20_000_u32,
        ) {
            let mut dictionary = Dictionary::new();
            let mut column = Column::new("id".to_owned(), 0, 0);
            let mut codes = HashMap::from([(String::new(), 0)]);
            let rising = (0..ascending).map(|number| number.to_string());
            let others = texts.iter().map(ToString::to_string);
            for (row, text) in rising.chain(others).enumerate() {
                let next = u32::try_from(codes.len()).unwrap();
                let code = *codes.entry(text.clone()).or_insert(next);
                prop_assert_eq!(dictionary.code(&text), code);
                prop_assert_eq!(dictionary.get(code), &text);
                column.put(row, &text);
                prop_assert_eq!(column.cell(row), &text);
            }
            prop_assert_eq!(dictionary.len(), codes.len());
        }
    }
}
