//! A column's codes, row by row. A leaf of rows takes one, two or four bytes a code, whichever its
//! largest needs: most columns of a list hold few texts, and growing by leaves copies nothing.

/// A leaf holds the codes of so many rows.
const LEAF: usize = 1 << 14;

/// The codes of a column's rows.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    full: Vec<Leaf>,
    /// The codes behind the last full leaf.
    open: Vec<u32>,
}

#[derive(Debug)]
enum Leaf {
    Bytes(Box<[u8]>),
    Pairs(Box<[u16]>),
    Words(Box<[u32]>),
}

impl Codes {
    /// How many rows have a code.
    pub(crate) fn len(&self) -> usize {
        self.full.len() * LEAF + self.open.len()
    }

    /// The row's code, if it has one.
    pub(crate) fn get(&self, row: usize) -> Option<u32> {
        match self.full.get(row / LEAF) {
            Some(leaf) => leaf.get(row % LEAF),
            None => self.open.get(row - self.full.len() * LEAF).copied(),
        }
    }

    /// Gives the row, which is the last one or the next, a code.
    #[inline]
    pub(crate) fn place(&mut self, row: usize, code: u32) {
        if row == self.len() {
            self.push(code);
            return;
        }
        self.truncate(row);
        self.fill(row);
        self.push(code);
    }

    /// Lets go of all rows from this one on.
    pub(crate) fn truncate(&mut self, rows: usize) {
        while self.len() > rows {
            let whole = self.full.len() * LEAF;
            if let Some(stay) = rows.checked_sub(whole) {
                self.open.truncate(stay);
            } else {
                self.open = self.full.pop().map(Leaf::unpack).unwrap_or_default();
            }
        }
    }

    /// Gives all rows up to so many that have none the code 0.
    pub(crate) fn fill(&mut self, rows: usize) {
        while self.len() < rows {
            let missing = rows - self.len();
            let length = LEAF.min(self.open.len() + missing);
            self.open.resize(length, 0);
            if self.open.len() == LEAF {
                self.pack();
            }
        }
    }

    /// The codes of all rows in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.len()).filter_map(|row| self.get(row))
    }

    /// Calls `take` for the codes of the first `rows` rows in order.
    pub(crate) fn each(&self, rows: usize, mut take: impl FnMut(u32)) {
        let mut left = rows;
        for leaf in &self.full {
            match leaf {
                Leaf::Bytes(codes) => {
                    codes.iter().take(left).for_each(|&code| take(code.into()));
                }
                Leaf::Pairs(codes) => {
                    codes.iter().take(left).for_each(|&code| take(code.into()));
                }
                Leaf::Words(codes) => codes.iter().take(left).for_each(|&code| take(code)),
            }
            left = left.saturating_sub(LEAF);
        }
        self.open.iter().take(left).for_each(|&code| take(code));
    }

    fn push(&mut self, code: u32) {
        self.open.push(code);
        if self.open.len() == LEAF {
            self.pack();
        }
    }

    /// Packs the codes of a leaf that is full.
    #[inline(never)]
    fn pack(&mut self) {
        let packed = Leaf::of(&self.open);
        self.full.push(packed);
        self.open.clear();
    }

    /// Gives back the room of codes that will not come.
    pub(crate) fn close(&mut self) {
        self.open.shrink_to_fit();
    }
}

impl Leaf {
    fn of(codes: &[u32]) -> Self {
        let largest = codes.iter().copied().max().unwrap_or(0);
        if u8::try_from(largest).is_ok() {
            let low = |&code: &u32| code.to_le_bytes()[0];
            Self::Bytes(codes.iter().map(low).collect())
        } else if u16::try_from(largest).is_ok() {
            let low =
                |&code: &u32| u16::from_le_bytes([code.to_le_bytes()[0], code.to_le_bytes()[1]]);
            Self::Pairs(codes.iter().map(low).collect())
        } else {
            Self::Words(codes.into())
        }
    }

    fn get(&self, at: usize) -> Option<u32> {
        match self {
            Self::Bytes(codes) => codes.get(at).map(|&code| code.into()),
            Self::Pairs(codes) => codes.get(at).map(|&code| code.into()),
            Self::Words(codes) => codes.get(at).copied(),
        }
    }

    fn unpack(self) -> Vec<u32> {
        match self {
            Self::Bytes(codes) => codes.iter().map(|&code| code.into()).collect(),
            Self::Pairs(codes) => codes.iter().map(|&code| code.into()).collect(),
            Self::Words(codes) => codes.into_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Codes, LEAF};

    /// What is done to codes: so many more of about this size, or back to a share of the rows.
    fn steps() -> impl Strategy<Value = Vec<(usize, u32, f64)>> {
        let codes = prop_oneof![Just(0_u32), Just(200), Just(300), Just(70_000)];
        prop::collection::vec((0..LEAF * 2, codes, 0.9..1.2), 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn packed_codes_are_those_that_were_put(steps in steps()) {
            let (mut plain, mut packed) = (Vec::<u32>::new(), Codes::default());
            for (more, code, share) in steps {
                for number in 0..u32::try_from(more).unwrap() {
                    packed.place(plain.len(), code + number % 60);
                    plain.push(code + number % 60);
                }
                // The last one again, then fewer rows, or more of them.
                if let Some(last) = plain.last_mut() {
                    *last = code;
                    packed.place(plain.len() - 1, code);
                }
                #[expect(
                    clippy::as_conversions, clippy::cast_precision_loss,
                    clippy::cast_possible_truncation, clippy::cast_sign_loss,
                    reason = "any number of rows near that will do"
                )]
                let rows = (plain.len() as f64 * share) as usize;
                packed.truncate(rows);
                packed.fill(rows);
                plain.resize(rows, 0);
                prop_assert_eq!(packed.len(), plain.len());
            }
            prop_assert!(packed.iter().eq(plain.iter().copied()));
            let mut each = Vec::new();
            packed.each(plain.len() / 2, |code| each.push(code));
            prop_assert_eq!(&each, &plain[..plain.len() / 2]);
            prop_assert_eq!(packed.get(plain.len()), None);
        }
    }
}
