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

    /// Short texts of exactly the characters that the rule is about, and any others.
    fn texts() -> impl Strategy<Value = String> {
        let risky = prop::collection::vec(
            prop_oneof![
                prop::sample::select(STARTS.to_vec()),
                prop::sample::select(vec![
                    '\'', ' ', '\u{200b}', '\u{feff}', 'a', '1', '\u{2019}'
                ]),
            ],
            0..6,
        );
        prop_oneof![4 => risky.prop_map(String::from_iter), 1 => any::<String>()]
    }

    proptest! {
        // A million texts over the suite's life is the aim; this many a run keeps it quick.
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        #[test]
        fn the_guard_comes_off_again(text in texts()) {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
            prop_assert!(guarded == text || guarded.starts_with('\''));
        }

        #[test]
        fn no_two_texts_share_a_guarded_form(text in texts()) {
            // What guard can give is exactly what gives itself again after unguard.
            let inside = guard(unguard(&text)) == text;
            prop_assert_eq!(inside, !is_risky(&text) || text.starts_with('\''));
        }
    }
}
