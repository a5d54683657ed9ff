//! The seed: the one piece of chance in a draw, a line of text that everybody can see.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// The longest seed, in characters; long enough for a sentence or two hundred dice.
pub const LONGEST: usize = 200;

/// The fewest throws of a ten-sided die (0 to 9): with 10^20 outcomes the first power above 2^64, and
/// what Colorado's election audits throw in public (8 CCR 1505-1, rule 25.2.2: at least 20 digits).
pub const TEN_SIDED: usize = 20;
/// The fewest throws of a six-sided die: 6^25 is the first power above 2^64.
pub const SIX_SIDED: usize = 25;

/// Where a seed came from; it stands in the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeedOrigin {
    /// Somebody gave it: a phrase, a date, a lottery result.
    Given,
    /// Thrown with dice in front of people: digits alone, see [`TEN_SIDED`] and [`SIX_SIDED`].
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
    /// accented letters. Of throws of dice the digits stay, in the order in which they were thrown.
    ///
    /// # Errors
    /// A seed that is empty, longer than [`LONGEST`], or that holds a character nobody can see; what
    /// is no throw of a die, and too few throws.
    pub fn new(text: &str, origin: SeedOrigin) -> Result<Self, Refusal> {
        let throws = match origin {
            SeedOrigin::Dice => throws(text)?,
            SeedOrigin::Given | SeedOrigin::Machine => text.to_owned(),
        };
        let text = throws.trim();
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

/// The throws of dice in a text, without the white space between them. Where nothing but 1 to 6 came
/// up, the die is taken to have six sides.
fn throws(text: &str) -> Result<String, Refusal> {
    let throws: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some((at, other)) = throws
        .chars()
        .enumerate()
        .find(|(_, c)| !c.is_ascii_digit())
    {
        return Err(Refusal::new(format!(
            "Throw {} is “{other}”, which no die shows. Type the digits thrown and nothing else: 1 to 6, or \
             0 to 9 from dice with ten sides.",
            at + 1
        )));
    }
    let count = throws.len();
    let six_sided = throws.chars().all(|c| ('1'..='6').contains(&c));
    let (sides, least) = if six_sided {
        ("six", SIX_SIDED)
    } else {
        ("ten", TEN_SIDED)
    };
    if count > 0 && count < least {
        return Err(Refusal::new(format!(
            "{count} throws of a die with {sides} sides are too few: somebody could try out what each seed \
             gives. Throw {} more, {least} in all.",
            least - count
        )));
    }
    Ok(throws)
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
    fn throws_are_digits_and_enough_of_them() {
        let throws = |text: &str| {
            let seed = Seed::new(text, SeedOrigin::Dice);
            seed.map(|seed| seed.text().to_owned())
                .map_err(|refusal| refusal.to_string())
        };
        let ten = "6 3 4 5 4 6 6 0 3 9\n0 1 0 3 1 6 9 4 6 2";
        assert_eq!(throws(ten).unwrap(), "63454660390103169462");
        assert_eq!(throws(&"12345".repeat(5)).unwrap().len(), 25);
        let refused = |text: &str| throws(text).unwrap_err();
        assert!(refused("0123456789").contains("Throw 10 more, 20 in all"));
        assert!(refused(&"6".repeat(24)).contains("six sides are too few"));
        assert!(refused(&"6".repeat(24)).contains("Throw 1 more, 25 in all"));
        assert!(refused("1, 2").contains("Throw 2 is “,”"));
        assert!(refused("1 2 x").contains("Throw 3 is “x”"));
        assert!(refused(" ").contains("The seed is empty"));
        assert!(refused(&"7".repeat(LONGEST + 1)).contains("longer than"));
    }

    #[test]
    fn the_fewest_throws_have_more_outcomes_than_two_to_the_64() {
        let enough =
            |sides: u128, throws: usize| sides.pow(u32::try_from(throws).unwrap()) > 1 << 64;
        for (sides, least) in [(10, TEN_SIDED), (6, SIX_SIDED)] {
            assert!(enough(sides, least) && !enough(sides, least - 1));
        }
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
