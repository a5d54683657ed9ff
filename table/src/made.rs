//! Tables that are made of others: with a column more, or put together column by column.

use std::sync::Arc;

use super::dictionary::Column;
use super::{Table, trimmed};

impl Table {
    /// A table without a column, of as many rows as will be put into it: row 2 is the first, as if
    /// it stood below a header. `sheet` is what its places call it.
    #[must_use]
    pub fn made(sheet: &str, rows: usize) -> Self {
        Self {
            sheet: Some(sheet.to_owned()),
            columns: Vec::new(),
            rows,
            runs: vec![(0, 2)],
        }
    }

    /// Adds a column after the others. Cells beyond the last row are left out, missing ones are
    /// empty.
    pub fn add_column<S: AsRef<str>>(&mut self, name: &str, cells: impl IntoIterator<Item = S>) {
        let mut column = Column::new(name.to_owned(), self.columns.len(), 0);
        for (row, cell) in cells.into_iter().take(self.rows).enumerate() {
            column.put(row, cell.as_ref());
        }
        column.dictionary.close();
        self.columns.push(Arc::new(column));
    }

    /// What `judge` says of each cell of a column, for the rows in order. It is asked once for each
    /// distinct text, however many rows hold it; texts come without white space at their ends.
    pub fn judged<'a, T: Copy + 'a>(
        &'a self,
        column: usize,
        mut judge: impl FnMut(&str) -> T,
    ) -> impl Iterator<Item = T> + 'a {
        let column = self.columns.get(column);
        let texts = column.map_or(1, |column| column.dictionary.len());
        let judgements: Vec<T> = (0..texts)
            .map(|code| {
                let code = u32::try_from(code).unwrap_or(u32::MAX);
                judge(trimmed(column.map_or("", |c| c.dictionary.get(code))))
            })
            .collect();
        // Code 0 is the empty text, which stands for cells that were never filled too.
        (0..self.rows).filter_map(move |row| {
            let code = column.and_then(|c| c.codes.get(row)).unwrap_or(0);
            let code = usize::try_from(code).unwrap_or(0);
            judgements.get(code).or(judgements.first()).copied()
        })
    }
}
