//! Each call to each place fails once, in each way; and places that fail for good.

use sightline::store::place::Fault;

use crate::memory::{KINDS, Kind, Memory, Page, ROUND, Small, about, key, line, lines, page, run};

/// Lines of the scripted audit.
const LINES: usize = 6;

/// A scripted audit: begun, written in, opened again by the next page, written in again. Says how many
/// lines were said to be in both places at the end of each page's life, and whether anything failed.
fn audit(places: &[Memory; 2], world: &Small) -> (usize, bool) {
    let mut said = 0;
    let mut failed = false;
    let mut first = page(places, world);
    let begun = run(first.begin(about(), key(), &lines(1)));
    failed |= begun.is_err();
    said = said.max(begun.map_or(0, |kept| kept.both));
    said = said.max(write(&mut first, 1..LINES / 2, &mut failed));
    drop(first);
    let mut second = page(places, world);
    match run(second.open(ROUND, key())) {
        Ok(opened) => {
            assert_eq!(
                opened.lines,
                lines(opened.lines.len()),
                "in order, each once"
            );
            assert!(
                opened.lines.len() >= said,
                "a line that was said to be kept is lost"
            );
            failed |= !opened.faults.is_empty() || opened.healed > 0;
            said = said.max(write(&mut second, opened.lines.len()..LINES, &mut failed));
        }
        Err(_) => failed = true,
    }
    (said, failed)
}

/// Writes lines as the page does: all that is not yet known to be kept is sent again.
fn write(page: &mut Page, numbers: std::ops::Range<usize>, failed: &mut bool) -> usize {
    let mut both = numbers.start;
    let mut most = 0;
    for number in numbers {
        let unsent: Vec<String> = (both..=number).map(line).collect();
        match run(page.append(both, &unsent)) {
            Ok(kept) => {
                *failed |= !kept.faults.is_empty();
                both = both.max(kept.both);
                most = most.max(kept.both);
            }
            Err(_) => *failed = true,
        }
    }
    most
}

/// After whatever happened: all that was said to be kept is there, in order, and going on works.
fn check(places: &[Memory; 2], world: &Small, said: usize, note: &str) {
    for place in places {
        place.heal();
    }
    let mut page = page(places, world);
    let opened = run(page.open(ROUND, key()));
    let opened = match opened {
        Ok(opened) => opened,
        Err(fault) => {
            assert_eq!(said, 0, "{note}: {fault}");
            return;
        }
    };
    assert!(
        opened.lines.len() >= said,
        "{note}: {} of {said}",
        opened.lines.len()
    );
    assert_eq!(opened.lines, lines(opened.lines.len()), "{note}");
    assert_eq!(opened.adrift, Vec::<String>::new(), "{note}");
    let kept = run(page.append(opened.lines.len(), &[line(opened.lines.len())])).unwrap();
    assert_eq!(kept.both, opened.lines.len() + 1, "{note}");
    assert_eq!(kept.faults, [], "{note}");
}

fn world() -> Small {
    Small::patient(3)
}

#[test]
fn whichever_call_fails_in_whichever_way_no_confirmed_line_is_lost() {
    let mut tried = 0;
    for kind in KINDS {
        for which in 0..2 {
            for for_good in [false, true] {
                for call in 1.. {
                    let (places, world) = (Memory::two(), world());
                    places[which].fail(call, kind, for_good);
                    let (said, _) = audit(&places, &world);
                    let note = format!(
                        "{kind:?} at call {call} of {}, for good: {for_good}",
                        places[which].name
                    );
                    if places[which].calls.get() < call {
                        assert!(call > 15, "the sweep must reach every call: {note}");
                        break;
                    }
                    tried += 1;
                    check(&places, &world, said, &note);
                }
            }
        }
    }
    println!(
        "{tried} faults, each storage call x {} kinds x 2 places, once and for good: 0 confirmed lines lost",
        KINDS.len()
    );
}

/// A fault in both places at once: nothing more can be confirmed, and nothing that was is lost.
#[test]
fn with_both_places_failing_nothing_is_confirmed_and_all_is_written_once_they_heal() {
    for kind in [
        Kind::Full,
        Kind::Aborted,
        Kind::Unknown,
        Kind::Short,
        Kind::Closed,
        Kind::Hung,
    ] {
        let (places, world) = (Memory::two(), world());
        let mut page = page(&places, &world);
        run(page.begin(about(), key(), &lines(2))).unwrap();
        for place in &places {
            place.fail(1, kind, true);
        }
        let kept = run(page.append(2, &[line(2)])).unwrap();
        assert_eq!((kept.both, kept.once), (2, 2), "{kind:?}");
        assert!(!kept.faults.is_empty());
        let kept = run(page.append(2, &[line(2), line(3)])).unwrap();
        assert_eq!(kept.both, 2, "{kind:?}");
        for place in &places {
            place.heal();
        }
        let kept = run(page.append(4, &[])).unwrap();
        assert_eq!((kept.both, kept.faults), (4, vec![]), "{kind:?}");
        check(&places, &world, 4, "both");
    }
}

/// Quota 0: the audit goes on in memory, to its end.
#[test]
fn with_no_room_at_all_the_whole_audit_is_still_in_memory_and_kept_once_there_is_room() {
    let (places, world) = (Memory::two(), world());
    for place in &places {
        place.fail(1, Kind::Full, true);
    }
    let mut page = page(&places, &world);
    let kept = run(page.begin(about(), key(), &lines(1))).unwrap();
    assert_eq!((kept.both, kept.once), (0, 0));
    for number in 1..50 {
        assert_eq!(run(page.append(number, &[line(number)])).unwrap().once, 0);
    }
    for place in &places {
        place.heal();
    }
    assert_eq!(run(page.append(50, &[])).unwrap().both, 50);
    check(&places, &world, 50, "quota 0");
}

/// As a database is that a frozen tab has locked: waited for at each of a dozen calls, it would keep a
/// person from the work for minutes, which the other place has whole.
#[test]
fn a_place_that_never_answers_is_waited_for_once_and_healed_when_it_does() {
    for which in 0..2 {
        let (places, world) = (Memory::two(), world());
        run(page(&places, &world).begin(about(), key(), &lines(3))).unwrap();
        places[which].disk.borrow_mut().clear();
        places[which].fail(1, Kind::Hung, true);
        let mut page = page(&places, &world);
        run(page.list());
        let opened = run(page.open(ROUND, key())).unwrap();
        assert_eq!(opened.lines, lines(3));
        let kept = run(page.append(3, &[line(3)])).unwrap();
        assert_eq!((kept.both, kept.once), (0, 4));
        assert_eq!(world.waited.get(), 1, "place {which}");
        places[which].heal();
        let kept = run(page.append(4, &[line(4)])).unwrap();
        assert_eq!((kept.both, kept.faults), (5, vec![]));
        assert_eq!(*places[0].disk.borrow(), *places[1].disk.borrow());
        check(&places, &world, 5, "silent");
    }
}

#[test]
fn one_place_is_not_enough_to_say_saved() {
    let (places, world) = (Memory::two(), world());
    places[1].fail(1, Kind::Full, true);
    let mut page = page(&places, &world);
    let kept = run(page.begin(about(), key(), &lines(3))).unwrap();
    assert_eq!((kept.both, kept.once), (0, 3));
    assert_eq!(kept.faults, [("database", Fault::Full)]);
}

#[test]
fn a_gap_and_a_line_too_long_are_refused_and_change_nothing() {
    let (places, world) = (Memory::two(), world());
    let mut page = page(&places, &world);
    run(page.begin(about(), key(), &lines(2))).unwrap();
    assert!(run(page.append(3, &[line(3)])).is_err());
    assert!(run(page.append(2, &["x".repeat(17 << 20)])).is_err());
    assert!(run(page.append(2, &[String::new()])).is_err());
    assert_eq!(run(page.append(2, &[line(2)])).unwrap().both, 3);
    check(&places, &world, 3, "refused");
}

#[test]
fn lines_sent_twice_are_kept_once() {
    let (places, world) = (Memory::two(), world());
    let mut page = page(&places, &world);
    run(page.begin(about(), key(), &lines(2))).unwrap();
    assert_eq!(run(page.append(0, &lines(3))).unwrap().both, 3);
    assert_eq!(run(page.append(1, &[line(1)])).unwrap().both, 3);
    check(&places, &world, 3, "twice");
}
