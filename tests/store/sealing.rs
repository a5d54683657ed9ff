//! Sealing a round anew, and the ways to its key.

use sightline::journal::record;
use sightline::seal::age::Entropy;
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::{self, Slot, unlock};
use sightline::store::assemble::Seen;
use sightline::store::keeper::{About, MANY};
use sightline::store::place::Fault;
use sightline::store::segment::{Header, Segment};

use crate::memory::{KINDS, ROUND, Small, about, kept, key, line, lines, page, run};

fn entropy(byte: u8) -> Entropy {
    Entropy([byte; 48])
}

/// Made by `age-keygen`, for tests.
const IDENTITY: &str = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";

fn public() -> String {
    let identity = sightline::seal::recipient::Identity::parse(IDENTITY).unwrap();
    identity.recipient().to_string()
}

#[test]
fn passphrase_recovery_code_and_secret_key_each_open_the_round_and_nothing_else_does() {
    let code = keyring::recovery_code(&[250; 26]);
    assert_eq!(code, "TTTTT-TTTTT-TTTTT-TTTTT-TTTTTT");
    let slots = [
        Slot::passphrase(&key(), "twelve quiet herons", &entropy(1)).unwrap(),
        Slot::recovery(&key(), &code, &entropy(2)).unwrap(),
        Slot::recipient(&key(), &public(), &entropy(3)).unwrap(),
    ];
    for secret in [
        "twelve quiet herons",
        &code,
        "ttttt ttttt ttttt ttttt tttttt",
        IDENTITY,
    ] {
        assert_eq!(unlock(&slots, secret).as_ref(), Ok(&key()), "{secret}");
    }
    for secret in ["", "twelve quiet heron", "TTTTT-TTTTT-TTTTT-TTTTT-TTTTTS"] {
        assert!(unlock(&slots, secret).is_err(), "{secret}");
    }
    assert!(
        Slot::recipient(&key(), IDENTITY, &entropy(4)).is_err(),
        "a secret key is refused"
    );
}

#[test]
fn what_a_newer_version_wrote_is_left_as_it_is_and_that_is_said() {
    let places = kept(4);
    let segment = Segment {
        round: ROUND.to_owned(),
        epoch: 9,
    };
    let header = Header {
        format: "sightline-journal/2".to_owned(),
        round: ROUND.to_owned(),
        epoch: 9,
        opened_at: 0,
        made_up: false,
        slots: about().slots,
        whole: None,
    };
    let payload = header.payload(&key(), [3; 24]).unwrap();
    let record = record::write(&payload).unwrap();
    places[0].disk.borrow_mut().insert(segment, record);
    let before = places.clone().map(|place| place.disk.borrow().clone());
    let mut page = page(&places, &Small::default());
    assert_eq!(run(page.list()).0[ROUND], Seen::Newer);
    assert_eq!(run(page.outline(ROUND)), Err(Fault::Newer));
    assert_eq!(run(page.open(ROUND, key())), Err(Fault::Newer));
    assert_eq!(run(page.read_along(ROUND, key())), Err(Fault::Newer));
    assert_eq!(places.map(|place| place.disk.borrow().clone()), before);
}

fn other_key() -> DataKey {
    DataKey::new([9; 32])
}

fn other_about() -> About {
    About {
        slots: vec![Slot::Open { key: other_key() }],
        ..about()
    }
}

#[test]
fn a_round_sealed_anew_opens_with_the_new_key_alone_and_nothing_of_the_old_one_stays() {
    let places = kept(4);
    let world = Small::default();
    let mut first = page(&places, &world);
    run(first.open(ROUND, key())).unwrap();
    run(first.seal_anew(other_about().slots, other_key())).unwrap();
    for place in &places {
        assert_eq!(place.disk.borrow().len(), 1);
    }
    let mut second = page(&places, &world);
    assert_eq!(run(second.open(ROUND, key())), Err(Fault::OtherKey));
    assert_eq!(
        run(second.open(ROUND, other_key())).unwrap().lines,
        lines(4)
    );
    assert_eq!(run(second.append(4, &[line(4)])).unwrap().both, 5);
}

/// Whatever fails, and whenever the page dies, the round opens with one of the two keys, whole.
#[test]
fn whichever_call_fails_while_a_round_is_sealed_anew_it_opens_whole_with_one_of_the_keys() {
    let mut tried = 0;
    for kind in KINDS {
        for which in 0..2 {
            for call in 1.. {
                let places = kept(4);
                let world = Small::patient(3);
                places[which].fail(call, kind, false);
                let mut first = page(&places, &world);
                let done = run(first.seal_whole(other_about(), other_key(), &lines(4), &[]));
                let reached = places[which].calls.get() >= call;
                places[which].heal();
                let mut again = page(&places, &world);
                let with_new = run(again.open(ROUND, other_key())).map(|opened| opened.lines);
                let with_old = run(again.open(ROUND, key())).map(|opened| opened.lines);
                let note = format!("{kind:?} at call {call} of place {which}: {done:?}");
                match &done {
                    Ok(()) => assert_eq!(with_new, Ok(lines(4)), "{note}"),
                    Err(_) => assert_eq!(with_old, Ok(lines(4)), "{note}"),
                }
                if !reached {
                    break;
                }
                tried += 1;
            }
        }
    }
    println!(
        "{tried} faults while a round is sealed anew: it opens whole with the key that was said"
    );
}

#[test]
fn a_round_opened_a_hundred_times_lies_in_few_segments_and_has_all_its_lines() {
    let places = kept(1);
    let world = Small::default();
    for number in 1..100 {
        let mut page = page(&places, &world);
        let opened = run(page.open(ROUND, key())).unwrap();
        assert_eq!(opened.lines, lines(number));
        assert!(opened.segments <= MANY, "{}", opened.segments);
        assert_eq!(
            run(page.append(number, &[line(number)])).unwrap().both,
            number + 1
        );
    }
}

#[test]
fn what_is_adrift_is_sealed_anew_too() {
    let places = kept(2);
    let world = Small::default();
    let mut late = page(&places, &world);
    run(late.open(ROUND, key())).unwrap();
    let mut first = page(&places, &world);
    run(first.open(ROUND, key())).unwrap();
    run(first.append(2, &[line(2)])).unwrap();
    run(late.append(2, &["adrift".to_owned()])).unwrap();
    run(first.seal_anew(other_about().slots, other_key())).unwrap();
    let opened = run(first.open(ROUND, other_key())).unwrap();
    assert_eq!(
        (opened.lines, opened.adrift),
        (lines(3), vec!["adrift".to_owned()])
    );
}

#[test]
fn a_removed_round_is_gone_from_both_places() {
    let places = kept(3);
    let mut page = page(&places, &Small::default());
    run(page.open(ROUND, key())).unwrap();
    run(page.remove(ROUND)).unwrap();
    assert!(run(page.list()).0.is_empty());
    for place in &places {
        assert!(place.disk.borrow().is_empty());
    }
}

#[test]
fn what_is_listed_needs_no_key() {
    let places = kept(3);
    let (rounds, faults) = run(page(&places, &Small::default()).list());
    assert_eq!(faults, []);
    let Seen::Known(outline) = &rounds[ROUND] else {
        panic!("{rounds:?}");
    };
    assert_eq!(
        (outline.lines, outline.header.opened_at),
        (3, about().opened_at)
    );
    assert_eq!(outline.header.slots, about().slots);
}
