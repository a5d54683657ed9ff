//! How the cells of a workbook show their numbers: as numbers, as days, or as lengths of time.
//!
//! Source: ECMA-376 part 1, sections 18.8.30 and 18.8.31 (number formats).

use std::collections::BTreeMap;
use std::io::Read;

use crate::number_format::NumberFormat;
use crate::xml::{Fault, Scanner, Token};

/// How a number is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// With all its digits.
    #[default]
    General,
    /// In a format that is understood.
    Number(Box<NumberFormat>),
    /// As a day, a time of day or both.
    Moment,
    /// As a length of time.
    Length,
}

/// The styles of the workbook's cells, in the order of their numbers.
pub(super) fn read(part: impl Read) -> Result<Vec<Style>, Fault> {
    let mut scanner = Scanner::new(part);
    let mut formats = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_cells = false;
    while let Some(token) = scanner.next()? {
        let Token::Open(tag) = token else { continue };
        match (tag.depth, tag.name) {
            (2, name) => in_cells = name == b"cellXfs",
            (3, b"numFmt") => {
                if let (Some(id), Some(code)) = (tag.get(b"numFmtId")?, tag.get(b"formatCode")?) {
                    formats.insert(id, code);
                }
            }
            (3, b"xf") if in_cells => styles.push(tag.get(b"numFmtId")?.unwrap_or_default()),
            _ => {}
        }
    }
    let style = |id: String| match formats.get(&id) {
        Some(code) => Style::of_code(code),
        None => Style::built_in(&id),
    };
    Ok(styles.into_iter().map(style).collect())
}

impl Style {
    fn built_in(id: &str) -> Self {
        let code = match id {
            "1" => "0",
            "2" => "0.00",
            "3" => "#,##0",
            "4" => "#,##0.00",
            "9" => "0%",
            "10" => "0.00%",
            "37" => "#,##0 ;(#,##0)",
            "38" => "#,##0 ;[Red](#,##0)",
            "39" => "#,##0.00;(#,##0.00)",
            "40" => "#,##0.00;[Red](#,##0.00)",
            "46" => return Self::Length,
            // 27 to 36 and 50 to 58 are days and times of day in East Asia.
            _ => {
                return match id.parse() {
                    Ok(14_u8..=22 | 27..=36 | 45 | 47 | 50..=58) => Self::Moment,
                    _ => Self::General,
                };
            }
        };
        Self::of_number(code)
    }

    fn of_number(code: &str) -> Self {
        let format = NumberFormat::parse(code);
        format.map_or(Self::General, |format| Self::Number(Box::new(format)))
    }

    /// What a format code asks for. Its first section decides: a letter of a day or a time of day
    /// outside quotes makes it one, `[h]` a length of time.
    fn of_code(code: &str) -> Self {
        let mut letters = code.chars();
        let mut half_day = false;
        while let Some(letter) = letters.next() {
            match letter.to_ascii_lowercase() {
                ';' => break,
                // As it is, as wide as, filled with: the next letter asks for nothing.
                '\\' | '_' | '*' => {
                    letters.next();
                }
                '"' => {
                    letters.find(|&quote| quote == '"');
                }
                '[' => {
                    let inner = letters.by_ref().take_while(|&letter| letter != ']');
                    let inner = inner.collect::<String>().to_ascii_lowercase();
                    let first = inner.chars().next().unwrap_or(' ');
                    if matches!(first, 'h' | 'm' | 's') && inner.chars().all(|c| c == first) {
                        return Self::Length;
                    }
                }
                // `AM/PM`, but not the `a` of `General`.
                'a' => half_day = true,
                'p' | 'm' | '/' if half_day => return Self::Moment,
                'd' | 'm' | 'h' | 'y' | 's' if !half_day => return Self::Moment,
                _ => {}
            }
        }
        Self::of_number(code)
    }
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn a_format_says_whether_a_number_is_a_day() {
        for code in [
            "dd/mm/yyyy",
            "yyyy-mm-dd;@",
            "[$-809]dd mmmm yyyy",
            "h:mm AM/PM",
            "m\"M\"d",
            "ha/p",
            "*-yyyy",
            "[Red]d",
        ] {
            assert_eq!(Style::of_code(code), Style::Moment, "{code}");
        }
        for code in ["[h]:mm", "[ss]", "[Blue]\\+[h]:mm;[Red]0", "[MM]"] {
            assert_eq!(Style::of_code(code), Style::Length, "{code}");
        }
        for code in ["General", "0.00E+00", "\\Y0E+0", "# ?/?", "@", "0\"day\";d"] {
            let style = Style::of_code(code);
            assert!(!matches!(style, Style::Moment | Style::Length), "{code}");
        }
        assert!(matches!(Style::of_code("0\" days\""), Style::Number(_)));
        assert_eq!(Style::built_in("14"), Style::Moment);
        assert_eq!(Style::built_in("270"), Style::General);
    }
}
