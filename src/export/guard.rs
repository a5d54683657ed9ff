//! The guard against formulas: text in a CSV file that a spreadsheet would run as a formula.
//!
//! A text gets one apostrophe before it if, after white space, invisible characters and apostrophes,
//! it goes on with a character that starts a formula ([`STARTS`]). Because apostrophes are passed
//! over, a guarded text is itself one that needs a guard, so taking one apostrophe off such a text
//! undoes the guard exactly, whatever the text was. (The rule of OWASP, "CSV Injection", with the
//! full-width forms that spreadsheets take for the plain ones.)

/// The characters that make a text need a guard: those that start a formula, their full-width and
/// small forms, and the controls that a spreadsheet may drop or split a cell at.
pub const STARTS: [char; 21] = [
    '=', '+', '-', '@', '|', '%', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠', '｜', '％', '﹦',
    '﹢', '﹣', '﹫', '﹪',
];

/// The guard itself.
const GUARD: char = '\'';

/// The text with its guard, if it needs one.
#[must_use]
pub fn guard(text: &str) -> String {
    if is_risky(text) {
        format!("{GUARD}{text}")
    } else {
        text.to_owned()
    }
}

/// The text that [`guard`] was given. Only for cells of a file that bears our mark: in any other
/// file a leading apostrophe is somebody's own.
#[must_use]
pub fn unguard(text: &str) -> &str {
    text.strip_prefix(GUARD)
        .filter(|rest| is_risky(rest))
        .unwrap_or(text)
}

/// Whether a spreadsheet may run the text.
fn is_risky(text: &str) -> bool {
    text.chars()
        .find(|char| STARTS.contains(char) || !is_passed_over(*char))
        .is_some_and(|first| STARTS.contains(&first))
}

/// White space, apostrophes, and the characters of Unicode that show nothing.
fn is_passed_over(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}'
        )
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_that_start_a_formula_get_one_apostrophe() {
        for start in STARTS {
            for before in ["", " ", "\u{a0}\u{200b}", "'", "''", "\u{feff}’ '"] {
                let text = format!("{before}{start}1+1");
                assert_eq!(guard(&text), format!("'{text}"), "{text:?}");
            }
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in [
            "",
            " ",
            "'",
            "Seen alone",
            "'twas",
            "a=1",
            "1-2",
            "£5",
            "00123",
            " x = 1",
        ] {
            assert_eq!(guard(text), text);
            assert_eq!(unguard(text), text);
        }
    }

    /// Every text of up to four characters from those that the rule is about: over a million.
    fn every_short_text() -> impl Iterator<Item = String> {
        let others = [
            '\'', '\u{2019}', '\u{ff07}', ' ', '\u{a0}', '\u{b}', '\u{ad}', '\u{200b}', '\u{feff}',
            'a', '1',
        ];
        let letters: Vec<char> = STARTS.into_iter().chain(others).collect();
        (0..=4).flat_map(move |length| {
            let letters = letters.clone();
            (0..letters.len().pow(length)).map(move |number| {
                let base = letters.len();
                (0..length)
                    .map(|place| letters[number / base.pow(place) % base])
                    .collect()
            })
        })
    }

    fn check(text: &str) {
        let guarded = guard(text);
        assert_eq!(unguard(&guarded), text);
        assert!(guarded == text || guarded.strip_prefix(GUARD) == Some(text));
        // Guarded texts are exactly those that need no guard or begin with one; each comes from one
        // text, so that guard and unguard are a bijection.
        let is_guarded = !is_risky(text) || text.starts_with(GUARD);
        assert_eq!(guard(unguard(text)) == text, is_guarded, "{text:?}");
    }

    #[test]
    fn the_guard_comes_off_again_from_every_short_text() {
        let count = every_short_text().inspect(|text| check(text)).count();
        assert_eq!(
            count,
            1 + 32 + 32_usize.pow(2) + 32_usize.pow(3) + 32_usize.pow(4)
        );
    }

    proptest! {
        #[test]
        fn the_guard_comes_off_again_from_any_text(text in any::<String>()) {
            check(&text);
        }
    }
}
