//! Segments cut at every byte, each bit flipped, records moved and removed, a place deleted.

use crate::memory::{Memory, ROUND, Small, kept, key, line, lines, page, run};
use sightline::store::keeper::Opened;
use sightline::store::place::Fault;

const LINES: usize = 5;

fn open(places: &[Memory; 2]) -> Result<Opened, Fault> {
    run(page(places, &Small::default()).open(ROUND, key()))
}

/// The first segment's bytes in a place.
fn bytes(place: &Memory) -> Vec<u8> {
    place.disk.borrow().values().next().unwrap().clone()
}

fn set(place: &Memory, bytes: Vec<u8>) {
    *place.disk.borrow_mut().values_mut().next().unwrap() = bytes;
}

/// Where each record ends.
fn ends(bytes: &[u8]) -> Vec<usize> {
    let mut ends = vec![0];
    while let Some(length) = bytes
        .get(ends[ends.len() - 1]..)
        .and_then(|rest| rest.first_chunk::<4>())
    {
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap();
        ends.push(ends[ends.len() - 1] + 8 + length);
    }
    ends.remove(0);
    ends
}

/// Both copies spoilt in the same way: what is read is exactly the whole lines before the damage, what
/// is whole behind it is adrift, and no line is in neither unless its own record was hit.
fn expect_beginning(spoilt: &[u8], whole: usize, hit: Option<usize>, note: &str) {
    let places = kept(LINES);
    for place in &places {
        set(place, spoilt.to_vec());
    }
    match open(&places) {
        Ok(opened) => {
            assert_eq!(opened.lines, lines(whole), "{note}");
            let behind: Vec<String> = (whole..LINES)
                .filter(|at| Some(*at) != hit)
                .map(line)
                .collect();
            let behind = if hit.is_some() { behind } else { Vec::new() };
            assert_eq!(opened.adrift, behind, "{note}");
        }
        Err(fault) => assert!(
            matches!(fault, Fault::Gone | Fault::OtherKey),
            "{note}: {fault}"
        ),
    }
}

#[test]
fn cut_at_every_byte_exactly_the_whole_lines_before_the_cut_are_read() {
    let all = bytes(&kept(LINES)[0]);
    let ends = ends(&all);
    for cut in 0..=all.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count();
        expect_beginning(
            &all[..cut],
            whole.saturating_sub(1),
            None,
            &format!("cut at {cut}"),
        );
    }
    println!(
        "both copies cut at each of {} bytes: exactly the whole lines before the cut",
        all.len() + 1
    );
}

#[test]
fn with_any_bit_flipped_in_both_copies_the_lines_before_are_read_and_those_behind_are_adrift() {
    let all = bytes(&kept(LINES)[0]);
    let ends = ends(&all);
    for bit in 0..all.len() * 8 {
        let mut spoilt = all.clone();
        spoilt[bit / 8] ^= 1 << (bit % 8);
        let record = ends.iter().filter(|end| **end <= bit / 8).count();
        // In the header nothing but the way to the key is lost, and there the round is refused.
        let hit = record.checked_sub(1);
        expect_beginning(&spoilt, hit.unwrap_or(0), hit, &format!("bit {bit}"));
    }
    println!(
        "each of {} bits flipped in both copies: lines before it read, lines behind it adrift",
        all.len() * 8
    );
}

#[test]
fn whatever_becomes_of_one_copy_the_other_heals_it() {
    let all = bytes(&kept(LINES)[0]);
    let mut healed = 0;
    for which in 0..2 {
        for at in 0..all.len() {
            let cut: fn(&mut Vec<u8>, usize) = |bytes, at| bytes.truncate(at);
            let change: fn(&mut Vec<u8>, usize) = |bytes, at| bytes[at] ^= 64;
            for spoil in [cut, change] {
                let places = kept(LINES);
                let mut spoilt = all.clone();
                spoil(&mut spoilt, at);
                set(&places[which], spoilt);
                let other = bytes(&places[1 - which]);
                let opened = open(&places).unwrap();
                assert_eq!((opened.lines, opened.healed), (lines(LINES), 1));
                assert_eq!(opened.kept.both, LINES);
                assert_eq!(bytes(&places[which]), other, "copy {which}, byte {at}");
                healed += 1;
            }
        }
    }
    println!(
        "one copy cut or changed at each byte, {healed} times: healed from the other, 0 lines lost"
    );
}

#[test]
fn copies_damaged_in_different_places_make_one_whole() {
    let all = bytes(&kept(LINES)[0]);
    let ends = ends(&all);
    for (one, other) in (0..LINES).flat_map(|one| (0..LINES).map(move |other| (one, other))) {
        if one == other {
            continue;
        }
        let places = kept(LINES);
        for (place, record) in places.iter().zip([one, other]) {
            let mut spoilt = bytes(place);
            spoilt[ends[record] + 20] ^= 1;
            set(place, spoilt);
        }
        let opened = open(&places).unwrap();
        assert_eq!((opened.lines, opened.healed), (lines(LINES), 2));
        assert_eq!(bytes(&places[0]), bytes(&places[1]));
    }
}

#[test]
fn either_place_deleted_between_any_two_runs_loses_nothing() {
    let places = kept(1);
    for run_number in 1..20 {
        places[run_number % 2].disk.borrow_mut().clear();
        let mut page = page(&places, &Small::default());
        let opened = run(page.open(ROUND, key())).unwrap();
        assert_eq!(opened.lines, lines(run_number));
        assert_eq!(opened.healed, run_number, "each segment is written anew");
        let kept = run(page.append(run_number, &[line(run_number)])).unwrap();
        assert_eq!(kept.both, run_number + 1);
    }
    println!("a place deleted before each of 19 runs, in turn: 0 lines lost");
}

#[test]
fn a_place_that_is_emptied_while_a_page_writes_is_whole_again_after_its_next_line() {
    for which in 0..2 {
        let places = kept(3);
        let mut page = page(&places, &Small::default());
        run(page.open(ROUND, key())).unwrap();
        run(page.append(3, &[line(3)])).unwrap();
        places[which].disk.borrow_mut().clear();
        let kept = run(page.append(4, &[line(4)])).unwrap();
        assert_eq!((kept.both, kept.faults), (5, vec![]));
        assert_eq!(*places[0].disk.borrow(), *places[1].disk.borrow());
    }
}

#[test]
fn copies_that_are_whole_are_left_as_they_are_whatever_stands_in_them() {
    let places = kept(2);
    let world = Small::default();
    let mut first = page(&places, &world);
    run(first.open(ROUND, key())).unwrap();
    let about = crate::memory::about();
    run(first.seal_whole(about, key(), &lines(3), &["adrift".to_owned()])).unwrap();
    for _ in 0..2 {
        let opened = run(first.open(ROUND, key())).unwrap();
        assert_eq!((opened.healed, opened.lines), (0, lines(3)));
    }
}

#[test]
fn records_swapped_removed_or_from_another_round_are_noticed() {
    let all = bytes(&kept(LINES)[0]);
    let ends = ends(&all);
    let part = |record: usize| &all[ends[record]..ends[record + 1]];
    let header = &all[..ends[0]];
    // Each record says where it stands, so their order on disk does not matter.
    let swapped = [header, part(1), part(0), part(2), part(3), part(4)].concat();
    expect_beginning(&swapped, LINES, None, "swapped");
    let removed = [header, part(0), part(1), part(3), part(4)].concat();
    expect_beginning(&removed, 2, Some(2), "removed");
    let twice = [header, part(0), part(1), part(1), part(2), part(3), part(4)].concat();
    expect_beginning(&twice, LINES, None, "twice");
}

#[test]
fn another_key_opens_nothing_and_changes_nothing() {
    let places = kept(LINES);
    let before = places[0].disk.borrow().clone();
    let other = sightline::seal::data_key::DataKey::new([8; 32]);
    let refused = run(page(&places, &Small::default()).open(ROUND, other));
    assert_eq!(refused, Err(Fault::OtherKey));
    assert_eq!(*places[0].disk.borrow(), before);
}

#[test]
fn no_word_of_a_line_can_be_read_on_disk() {
    let places = kept(LINES);
    for place in &places {
        let disk = place.disk.borrow();
        for bytes in disk.values() {
            assert!(!bytes.windows(8).any(|part| part == b"the line"));
        }
    }
}
