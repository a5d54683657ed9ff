//! Passphrases made by the machine: words drawn by chance from a public list.

/// EFF's Long Wordlist: five dice for each word.
const WORDS: &str = include_str!("words.txt");

/// How many words a passphrase has: about 77 bits, more than anyone can try.
pub const LENGTH: usize = 6;

/// A passphrase of [`LENGTH`] words, by random bytes that are used for nothing else. Eight bytes
/// choose a word: the favour that this does to some words is below one in 10^15.
#[must_use]
pub fn from_entropy(bytes: &[u8; 8 * LENGTH]) -> String {
    let words = words();
    let chosen = bytes.chunks_exact(8).filter_map(|bytes| {
        let number = bytes
            .iter()
            .fold(0_u64, |n, byte| n << 8 | u64::from(*byte));
        let count = u64::try_from(words.len()).ok().filter(|count| *count > 0)?;
        words.get(usize::try_from(number % count).ok()?).copied()
    });
    chosen.collect::<Vec<_>>().join(" ")
}

fn words() -> Vec<&'static str> {
    let words = WORDS.lines().filter(|line| !line.starts_with('#'));
    words.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_has_a_word_for_each_throw_of_five_dice() {
        let different: BTreeSet<_> = words().into_iter().collect();
        assert_eq!((words().len(), different.len()), (7776, 7776));
    }

    #[test]
    fn bytes_choose_six_words() {
        assert_eq!(from_entropy(&[0; 48]), ["abacus"; 6].join(" "));
        let mut last = [0; 48];
        last[46..].copy_from_slice(&7775_u16.to_be_bytes());
        assert!(from_entropy(&last).ends_with(" abacus zoom"));
    }
}
