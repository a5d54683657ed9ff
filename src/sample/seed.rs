//! The seed: the one piece of chance in a draw, a line of text that everybody can see.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// The longest seed, in characters; long enough for a sentence or two hundred dice.
pub const LONGEST: usize = 200;

/// Where a seed came from; it stands in the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeedOrigin {
    /// Somebody gave it: a phrase, a date, a lottery result.
    Given,
    /// Rolled with dice in front of people.
    Dice,
    /// Made by the machine, so nobody saw where it came from.
    Machine,
}

/// A seed: one line of visible text, never empty, exactly as the certificate shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seed {
    text: String,
    origin: SeedOrigin,
}

impl Seed {
    /// Takes a seed as typed. White space around it is removed, because nobody can see it on a
    /// printed certificate; nothing else is changed: not case, not spaces inside, not the form of
    /// accented letters.
    ///
    /// # Errors
    /// A seed that is empty, longer than [`LONGEST`], or that holds a character nobody can see.
    pub fn new(text: &str, origin: SeedOrigin) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::new(
                "The seed is empty. Type the dice rolls or a phrase that was agreed beforehand.",
            ));
        }
        if text.chars().count() > LONGEST {
            return Err(Refusal::new(format!(
                "The seed is longer than {LONGEST} characters. Use a shorter one."
            )));
        }
        if let Some((at, hidden)) = text.chars().enumerate().find(|(_, c)| is_hidden(*c)) {
            return Err(Refusal::new(format!(
                "Character {} of the seed cannot be seen (U+{:04X}), so nobody could type the seed \
                 again. Type it by hand instead of pasting it.",
                at + 1,
                u32::from(hidden)
            )));
        }
        Ok(Self {
            text: text.to_owned(),
            origin,
        })
    }

    /// The text that is hashed, as UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it came from.
    #[must_use]
    pub fn origin(&self) -> SeedOrigin {
        self.origin
    }
}

/// Control characters and Unicode's invisible formatting characters (general category Cf, as far
/// as they turn up in pasted text).
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(text: &str) -> Result<Seed, Refusal> {
        Seed::new(text, SeedOrigin::Given)
    }

    #[test]
    fn only_the_white_space_around_a_seed_goes() {
        assert_eq!(seed("\u{a0} Two  Dice \n").unwrap().text(), "Two  Dice");
        assert_eq!(seed("0123").unwrap().text(), "0123");
    }

    #[test]
    fn seeds_nobody_could_type_again_are_refused() {
        for text in ["", "  \u{a0}", "a\nb", "a\tb", "a\u{200b}b", "\u{feff}a"] {
            assert!(seed(text).is_err(), "{text:?}");
        }
        assert!(seed(&"7".repeat(LONGEST)).is_ok());
        assert!(seed(&"7".repeat(LONGEST + 1)).is_err());
        let refusal = seed("ab\u{200b}").unwrap_err();
        assert!(refusal.reason().starts_with("Character 3 of the seed"));
    }
}
