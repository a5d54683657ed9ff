//! Sealing with a passphrase or for a key: judged by age's own test vectors and, where it is installed, by the
//! public program `age`.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, a file that cannot be read is a failure"
)]

#[path = "seal/public_age.rs"]
mod public_age;
#[path = "seal/vectors.rs"]
mod vectors;

use proptest::prelude::*;
use sightline::seal::age::{
    CHUNK, Damage, Entropy, Refusal, Unsealed, Work, seal, seal_for, unseal, unseal_as,
};
use sightline::seal::recipient::Identity;

/// Work that a test can wait for.
const QUICK: Work = Work(1);

/// Random bytes that are always the same.
fn entropy() -> Entropy {
    let mut bytes = [0; 48];
    for (byte, value) in bytes.iter_mut().zip(1..) {
        *byte = value;
    }
    Entropy(bytes)
}

/// Whose key the test vectors of age are for.
fn somebody() -> Identity {
    let key = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    Identity::parse(key).unwrap()
}

#[test]
fn what_is_sealed_for_two_keys_opens_with_each_and_with_no_other() {
    let other = Identity::parse(
        "AGE-SECRET-KEY-143WN7DCXU4G8R5AXQSSYD9AEPYDNT3HXSLWSPK36CDU6E8M59SSSAGZ3KG",
    );
    let (one, other) = (somebody(), other.unwrap());
    let two = [one.recipient(), other.recipient()];
    let whole = seal_for(b"Some words.", &two, &entropy()).unwrap();
    for key in [&one, &other] {
        assert_eq!(unseal_as(&whole, key).unwrap().content, b"Some words.");
    }
    let one_only = seal_for(b"Some words.", &two[..1], &entropy()).unwrap();
    assert_eq!(unseal_as(&one_only, &other), Err(Refusal::OtherRecipient));
    assert_eq!(unseal(&one_only, "words"), Err(Refusal::OtherRecipient));
    assert_eq!(unseal_as(&sealed(b""), &one), Err(Refusal::OtherwiseSealed));
    assert_eq!(seal_for(b"", &[], &entropy()), Err(Refusal::OtherRecipient));
}

fn sealed(content: &[u8]) -> Vec<u8> {
    seal(content, "a passphrase", QUICK, &entropy()).unwrap()
}

/// What can be trusted of a spoilt file: the beginning of the content, and a word on the damage.
fn beginning_of(content: &[u8], spoilt: &[u8]) -> Result<usize, Refusal> {
    let Unsealed {
        content: read,
        damage,
    } = unseal(spoilt, "a passphrase")?;
    assert!(damage.is_some(), "damage is never passed over");
    assert_eq!(read, content[..read.len()]);
    Ok(read.len())
}

#[test]
fn a_file_cut_at_any_byte_is_refused_or_known_as_cut() {
    let content = b"Some words, fewer than one chunk holds.";
    let whole = sealed(content);
    for cut in 0..whole.len() {
        match beginning_of(content, &whole[..cut]) {
            Ok(read) => assert_eq!(read, 0, "cut at {cut}"),
            Err(refusal) => assert_eq!(refusal, Refusal::NotSealed, "cut at {cut}"),
        }
    }
}

#[test]
fn a_flipped_bit_anywhere_is_noticed() {
    let content = b"Some words.";
    let whole = sealed(content);
    for bit in 0..whole.len() * 8 {
        let mut spoilt = whole.clone();
        spoilt[bit / 8] ^= 1 << (bit % 8);
        let read = beginning_of(content, &spoilt);
        assert!(matches!(read, Ok(0) | Err(_)), "bit {bit}");
    }
}

#[test]
fn of_a_long_file_all_whole_chunks_before_the_damage_are_read() {
    let content: Vec<u8> = (0..CHUNK * 2 + 100)
        .map(|at| (at % 251).try_into().unwrap())
        .collect();
    let whole = sealed(&content);
    let header = whole.len() - content.len() - 3 * 16;
    let second = header + CHUNK + 16;
    let third = second + CHUNK + 16;
    for (cut, read) in [
        (second - 1, 0),
        (second, CHUNK),
        (second + 1, CHUNK),
        (third, 2 * CHUNK),
        (whole.len() - 1, 2 * CHUNK),
    ] {
        let cut = unseal(&whole[..cut], "a passphrase").unwrap();
        assert_eq!(cut.content, content[..read]);
        assert_eq!(cut.damage, Some(Damage::CutShort));
    }
    for (at, read) in [(header, 0), (second, CHUNK), (third, 2 * CHUNK)] {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 1;
        assert_eq!(beginning_of(&content, &spoilt), Ok(read));
    }
    // The second chunk taken out: the third is in its place, and known not to belong there.
    let removed = [&whole[..second], &whole[third..]].concat();
    assert_eq!(beginning_of(&content, &removed), Ok(CHUNK));
}

#[test]
fn another_passphrase_opens_nothing() {
    let refused = unseal(&sealed(b"Some words."), "a Passphrase");
    assert_eq!(refused, Err(Refusal::WrongPassphrase));
}

#[test]
fn a_file_that_asks_for_too_much_work_is_refused_before_it_is_done() {
    let whole = String::from_utf8_lossy(&sealed(b"")).replacen(" 1\n", " 21\n", 1);
    assert_eq!(unseal(whole.as_bytes(), ""), Err(Refusal::TooMuchWork));
}

proptest! {
    #[test]
    fn what_was_sealed_is_read_again(content: Vec<u8>, passphrase: String) {
        let whole = seal(&content, &passphrase, QUICK, &entropy()).unwrap();
        let read = unseal(&whole, &passphrase).unwrap();
        prop_assert_eq!(read, Unsealed { content, damage: None });
    }

    #[test]
    fn bytes_that_are_no_file_of_ours_never_panic(bytes: Vec<u8>) {
        prop_assert_eq!(unseal(&bytes, ""), Err(Refusal::NotSealed));
    }
}
