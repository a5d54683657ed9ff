//! How wide columns and how high rows must be for their texts to be seen whole. Spreadsheet
//! programs do not all work it out by themselves when they open a file.

use super::super::{Cell, Sheet};

/// The narrowest and the widest that a column gets, in characters (a fingerprint
/// has 64); longer texts wrap.
const COLUMN: (usize, usize) = (8, 64);

/// The widest that a heading makes a column, in characters.
const HEADING: usize = 34;

/// A line of text, and the highest that a row can be, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// The width of each column in characters: that of its longest line, within reason.
pub(super) fn widths(sheet: &Sheet) -> Vec<usize> {
    let columns = sheet.columns.iter().enumerate().map(|(at, column)| {
        let cells = sheet.rows.iter().filter_map(|row| row.get(at));
        let longest = cells.map(|cell| longest_line(&cell.to_string())).max();
        let heading = longest_line(&column.heading).min(HEADING);
        longest
            .unwrap_or_default()
            .max(heading)
            .clamp(COLUMN.0, COLUMN.1)
            + 2
    });
    columns.collect()
}

/// The height in points of a row with these texts; `None` where one line is enough.
pub(super) fn height<'a>(texts: impl Iterator<Item = &'a str>, widths: &[usize]) -> Option<f64> {
    let lines = texts
        .zip(widths)
        .map(|(text, width)| lines(text, *width))
        .max()?;
    let lines = u16::try_from(lines).unwrap_or(u16::MAX);
    (lines > 1).then(|| (f64::from(lines) * LINE).min(HIGHEST))
}

/// The text of a cell that may wrap.
pub(super) fn wrapped(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Empty | Cell::Number(_) | Cell::Date(_) => "",
    }
}

/// How many lines a text takes in a column of that width; a tenth more for what wrapping at words
/// leaves empty.
fn lines(text: &str, width: usize) -> usize {
    text.split('\n')
        .map(|line| match line.chars().count() {
            count if count <= width => 1,
            count => (count + count / 10).div_ceil(width.max(1)),
        })
        .sum()
}

fn longest_line(text: &str) -> usize {
    text.lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let height = |texts: &[&str]| height(texts.iter().copied(), &[10, 20]);
        assert_eq!(height(&["", "short"]), None);
        assert_eq!(height(&["one\ntwo\nthree", "short"]), Some(45.0));
        assert_eq!(height(&["short", &"word ".repeat(8)]), Some(45.0));
        assert_eq!(height(&[&"word ".repeat(1000), ""]), Some(HIGHEST));
    }
}
