//! How many guesses a passphrase withstands, at least in the eyes of somebody who guesses well.
//!
//! A guesser tries words before letters, and dates, runs and repeats before either. So a passphrase
//! is taken apart into runs of letters, of digits and of other characters, and each counts as the
//! cheapest way to guess it: a run of letters as words of a list like that of [`super::phrase`], or
//! letter by letter at ten guesses each (as zxcvbn has it: Wheeler, USENIX Security 2016, section
//! 3.4); what everybody chooses as almost nothing. The sum is told as a time, never as a colour alone.

/// Guesses a second against which strength is told. Each costs 128 MiB and 2^17 rounds of scrypt, so
/// this is a large and patient attacker.
pub const GUESSES_A_SECOND: f64 = 1e6;

/// Below this many bits a passphrase is refused: it falls within twenty minutes.
pub const LEAST: f64 = 30.0;

/// Seconds of a year.
const YEAR: f64 = 365.25 * 86_400.0;

/// Bits of a letter, digit or sign by itself.
const SINGLE: f64 = 3.322;
/// Bits of one word of a list.
const WORD: f64 = 12.9;
/// Letters that a word of such a list has at most.
const LONGEST_WORD: usize = 9;

/// What people choose first, in letters alone.
const COMMON: [&str; 44] = [
    "password",
    "passwort",
    "passphrase",
    "welcome",
    "letmein",
    "admin",
    "administrator",
    "login",
    "secret",
    "changeme",
    "default",
    "iloveyou",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "football",
    "liverpool",
    "arsenal",
    "chelsea",
    "charlie",
    "superman",
    "master",
    "hello",
    "summer",
    "winter",
    "spring",
    "autumn",
    "monday",
    "friday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "council",
    "sightline",
    "safeguarding",
];

/// What stands side by side, in the alphabet, in counting or on a keyboard.
const RUNS: [&str; 5] = [
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

/// How far a passphrase can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Found within days.
    Weak,
    /// Holds for years against one who is not out for this round alone.
    Fair,
    /// Holds.
    Strong,
}

/// The strength of a passphrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// The guesses, as a power of two.
    pub bits: f64,
}

impl Strength {
    /// The strength of a passphrase that a person chose.
    #[must_use]
    pub fn of(passphrase: &str) -> Self {
        let mut seen: Vec<String> = Vec::new();
        let mut bits = 0.0;
        for piece in passphrase.split_whitespace().flat_map(pieces) {
            // What has come before is guessed with it.
            bits += if seen.contains(&piece) {
                1.0
            } else {
                of_piece(&piece)
            };
            seen.push(piece);
        }
        let capitals = passphrase
            .chars()
            .filter(|char| char.is_uppercase())
            .count();
        Self {
            bits: bits + f64::from(u8::try_from(capitals.min(8)).unwrap_or(8)) / 2.0,
        }
    }

    /// The strength of words drawn by chance from a list.
    #[must_use]
    pub fn of_drawn(words: u8, list: u32) -> Self {
        Self {
            bits: f64::from(words) * f64::from(list).log2(),
        }
    }

    /// The strength of a passphrase that Sightline made.
    #[must_use]
    pub fn of_phrase() -> Self {
        Self::of_drawn(6, 7_776)
    }

    /// The strength of a passphrase that was made, as it stands, or typed.
    #[must_use]
    pub fn told_of(passphrase: &str, made: bool) -> Self {
        if made {
            Self::of_phrase()
        } else {
            Self::of(passphrase)
        }
    }

    /// How far it can be trusted.
    #[must_use]
    pub fn level(self) -> Level {
        if self.bits < 42.0 {
            Level::Weak
        } else if self.bits < 60.0 {
            Level::Fair
        } else {
            Level::Strong
        }
    }

    /// How long half of the guesses take, in words: `about 3 hours`.
    #[must_use]
    pub fn time(self) -> String {
        let seconds = (self.bits - 1.0).exp2() / GUESSES_A_SECOND;
        let units = [
            (1e9 * YEAR, "thousand million years"),
            (1e6 * YEAR, "million years"),
            (1e3 * YEAR, "thousand years"),
            (YEAR, "years"),
            (86_400.0, "days"),
            (3_600.0, "hours"),
            (60.0, "minutes"),
            (1.0, "seconds"),
        ];
        if seconds >= 1e12 * YEAR {
            return "longer than anybody can wait".to_owned();
        }
        let unit = units.iter().find(|(unit, _)| seconds >= 2.0 * unit);
        unit.map_or_else(
            || "a second".to_owned(),
            |(unit, name)| format!("about {} {name}", rounded(seconds / unit)),
        )
    }
}

/// Two figures of a number below a thousand, or so.
fn rounded(number: f64) -> f64 {
    let step = if number >= 100.0 { 10.0 } else { 1.0 };
    (number / step).round() * step
}

/// The pieces of a text without spaces, in small letters: a common word, also where digits and signs
/// stand for its letters, or else runs of letters, of digits and of signs.
fn pieces(text: &str) -> Vec<String> {
    let small = text.to_lowercase();
    let letters: String = small.chars().map(letter_behind).collect();
    let end = letters
        .trim_end_matches(|char: char| !char.is_alphabetic())
        .len();
    let common = COMMON
        .iter()
        .find(|word| letters.get(..end) == Some(**word));
    let (mut pieces, rest) = match (common, small.get(end..)) {
        (Some(word), Some(rest)) => (vec![(*word).to_owned()], rest),
        _ => (Vec::new(), small.as_str()),
    };
    let class = |char: char| (char.is_alphabetic(), char.is_numeric());
    let mut last = None;
    for char in rest.chars() {
        match pieces.last_mut().filter(|_| last == Some(class(char))) {
            Some(piece) => piece.push(char),
            None => pieces.push(char.to_string()),
        }
        last = Some(class(char));
    }
    pieces
}

/// The letter for which people write a digit or sign.
fn letter_behind(char: char) -> char {
    match char {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// The bits of a piece that has not come before.
fn of_piece(piece: &str) -> f64 {
    let length = piece.chars().count();
    let many = f64::from(u16::try_from(length).unwrap_or(u16::MAX));
    let first = piece.chars().next().unwrap_or(' ');
    let singly = SINGLE * many;
    if COMMON.contains(&piece) {
        7.0
    } else if length > 2 && (piece.chars().all(|char| char == first) || is_run(piece)) {
        singly.min(4.0 + many.log2())
    } else if first.is_alphabetic() {
        let words = u16::try_from(length.div_ceil(LONGEST_WORD)).unwrap_or(u16::MAX);
        singly.min(WORD * f64::from(words))
    } else if length == 4 && (piece.starts_with("19") || piece.starts_with("20")) {
        7.0
    } else if matches!(length, 6 | 8) && first.is_numeric() {
        // A day of birth, in one of a few spellings.
        singly.min(16.0)
    } else {
        singly
    }
}

/// Whether the piece goes along the alphabet, counting or a row of the keyboard, forwards or
/// backwards, and round again.
fn is_run(piece: &str) -> bool {
    let along = |run: &str, step: usize| {
        let places: Option<Vec<usize>> = piece.chars().map(|char| run.find(char)).collect();
        places.is_some_and(|places| {
            places
                .windows(2)
                .all(|pair| (pair[0] + step) % run.len() == pair[1])
        })
    };
    RUNS.iter()
        .any(|run| along(run, 1) || along(run, run.len() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::phrase;

    fn bits(passphrase: &str) -> f64 {
        Strength::of(passphrase).bits
    }

    #[test]
    fn what_everybody_chooses_is_weak_however_long_it_is() {
        for weak in [
            "password1234",
            "P4$$w0rd2026!",
            "Welcome Welcome Welcome",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopqrstuvwxyz",
            "12345678901234567890",
            "qwertyuiopasdfghjkl",
            "Summer2026!!",
            "Sightline 2026",
        ] {
            assert!(bits(weak) < 42.0, "{weak}: {}", bits(weak));
        }
        assert!(bits("password password") < LEAST);
        assert!(bits("aaaaaaaaaaaaaaaa") < LEAST);
    }

    /// The judgement never flatters: words drawn by chance have 12.9 bits each and no more.
    #[test]
    fn six_drawn_words_count_at_most_what_they_are_worth_and_not_much_less() {
        let worth = Strength::of_drawn(6, 7_776).bits;
        let mut state = 0x2545_f491_u32;
        for _ in 0..100 {
            let entropy = [0; 48].map(|_: u8| {
                // Xorshift (Marsaglia 2003).
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                state.to_le_bytes()[1]
            });
            let drawn = phrase::from_entropy(&entropy);
            let judged = bits(&drawn);
            assert!(
                judged <= worth && judged > worth - 25.0,
                "{drawn}: {judged} of {worth}"
            );
        }
    }

    #[test]
    fn another_letter_or_word_never_makes_it_weaker() {
        let mut text = String::new();
        let mut before = 0.0;
        for word in ["teapot", "Lantern", "7", "gravel", "!", "orbit"] {
            text.push_str(word);
            text.push(' ');
            let now = bits(&text);
            assert!(now > before, "{text}");
            before = now;
        }
    }

    #[test]
    fn strength_is_told_as_a_time() {
        let told = |bits: f64| Strength { bits }.time();
        assert_eq!(told(10.0), "a second");
        assert_eq!(told(34.0), "about 2 hours");
        assert_eq!(told(77.5), "about 3 thousand million years");
        assert_eq!(told(300.0), "longer than anybody can wait");
        assert_eq!(Strength { bits: 41.0 }.level(), Level::Weak);
        assert_eq!(Strength { bits: 50.0 }.level(), Level::Fair);
        assert_eq!(Strength::of_drawn(6, 7_776).level(), Level::Strong);
    }
}
