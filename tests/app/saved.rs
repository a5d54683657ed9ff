//! The saved file: read whole, cut short, damaged, opened with public tools, and on the command line.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a file that cannot be made or read is a failure"
)]

use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use sightline::app::saved::{self, Told};
use sightline::app::{FileKey, Msg, Route, audit, open};
use sightline::file::{self, Lock, Opened, Saved};
use sightline::review::CaseNumber;
use sightline::seal::age::{Entropy, Work, unseal};
use sightline::seal::recipient::Identity;

use crate::person::{Person, at};

const PASSPHRASE: &str = "twelve quiet herons";

/// Work that a test can wait for.
const QUICK: Work = Work(1);

/// A round with a signed case.
fn round() -> Saved {
    let mut person = Person::with_sample(2);
    person.answer_all(CaseNumber(1), "good");
    Saved {
        round: person.open().id.to_string(),
        saved_at: person.clock,
        lines: person.open().lines().to_vec(),
    }
}

/// A small one, for what is tried at every byte.
fn small() -> Saved {
    Saved {
        round: "0123456789abcdef".into(),
        saved_at: 1_795_000_000_000,
        lines: Vec::new(),
    }
}

fn sealed(saved: &Saved) -> Vec<u8> {
    file::write(
        saved,
        Lock::Passphrase(PASSPHRASE, QUICK),
        &Entropy([7; 48]),
    )
    .unwrap()
}

/// What is inside the seal, before and after it is unpacked.
fn inside(saved: &Saved) -> (Vec<u8>, String) {
    let packed = unseal(&sealed(saved), PASSPHRASE).unwrap().content;
    let mut text = String::new();
    let mut unpacking = flate2::read::GzDecoder::new(packed.as_slice());
    unpacking.read_to_string(&mut text).unwrap();
    (packed, text)
}

/// Fails unless the file gives the beginning of the round, and says what is lost of it.
fn expect_beginning(opened: &Opened, of: &Saved, note: &str) {
    let read = opened.saved.lines.len();
    assert_eq!(opened.saved.lines, of.lines[..read], "{note}");
    match &opened.lost {
        Some(lost) => assert_eq!((lost.read, lost.of), (read, of.lines.len()), "{note}"),
        None => assert_eq!(read, of.lines.len(), "{note}"),
    }
}

#[test]
fn a_round_is_read_as_it_was_saved() {
    let saved = round();
    let opened = file::read(&sealed(&saved), PASSPHRASE).unwrap();
    assert_eq!(opened, Opened { saved, lost: None });
}

#[test]
fn the_file_shows_no_word_of_the_round() {
    let saved = round();
    let bytes = sealed(&saved);
    for word in ["Seen on file", "Trial with", "answered"] {
        assert!(saved.lines.iter().any(|line| line.contains(word)));
        let shown = bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!shown, "{word}");
    }
}

#[test]
fn cut_at_every_byte_a_sealed_file_gives_what_can_be_read_or_a_sentence() {
    let saved = small();
    let whole = sealed(&saved);
    for cut in 0..whole.len() {
        let refused = file::read(&whole[..cut], PASSPHRASE).unwrap_err();
        assert!(refused.0.contains("copy"), "cut at {cut}: {refused}");
    }
    println!(
        "cut at each of {} bytes: refused in a sentence",
        whole.len()
    );
}

#[test]
fn a_flipped_bit_of_a_sealed_file_is_always_noticed() {
    let saved = small();
    let whole = sealed(&saved);
    for bit in 0..whole.len() * 8 {
        let mut spoilt = whole.clone();
        spoilt[bit / 8] ^= 1 << (bit % 8);
        assert!(file::read(&spoilt, PASSPHRASE).is_err(), "bit {bit}");
    }
    println!(
        "each of {} bits flipped: refused in a sentence",
        whole.len() * 8
    );
}

#[test]
fn cut_anywhere_opened_lines_give_the_whole_ones() {
    let saved = round();
    let (_, text) = inside(&saved);
    let header = text.find('\n').unwrap() + 1;
    for cut in (header..text.len()).step_by(331).chain([text.len() - 1]) {
        let opened = file::read(&text.as_bytes()[..cut], "").unwrap();
        let lines = text.bytes().take(cut).filter(|byte| *byte == b'\n');
        let whole = lines.count() - 1;
        assert_eq!(opened.saved.lines.len(), whole, "cut at {cut}");
        assert!(opened.lost.is_some(), "cut at {cut}");
        expect_beginning(&opened, &saved, "cut");
    }
    assert_eq!(file::read(text.as_bytes(), "").unwrap().lost, None);
}

#[test]
fn packed_lines_that_are_cut_or_changed_give_a_beginning() {
    let saved = round();
    let (packed, _) = inside(&saved);
    for cut in (30..packed.len()).step_by(211) {
        if let Ok(opened) = file::read(&packed[..cut], "") {
            assert!(opened.lost.is_some(), "cut at {cut}");
            expect_beginning(&opened, &saved, "cut");
        }
    }
    let last = file::read(&packed[..packed.len() - 9], "").unwrap();
    assert!(last.saved.lines.len() + 1 >= saved.lines.len());
}

#[test]
fn an_entry_that_was_changed_removed_or_moved_is_named() {
    let saved = round();
    let (_, text) = inside(&saved);
    let mut lines: Vec<&str> = text.lines().collect();
    let changed = lines[4].replacen("\"at\":1", "\"at\":2", 1);
    let spoil = |lines: &[&str]| {
        let opened = file::read((lines.join("\n") + "\n").as_bytes(), "").unwrap();
        (opened.saved.lines.len(), opened.lost.unwrap().why)
    };
    // A changed entry is known by its successor.
    let (read, why) = spoil(&[&lines[..4], &[changed.as_str()], &lines[5..]].concat());
    assert_eq!(read, 4);
    assert!(why.starts_with("Entry 5: "), "{why}");
    let (read, why) = spoil(&[&lines[..4], &lines[5..]].concat());
    assert_eq!(read, 3);
    assert!(why.starts_with("Entry 4: "), "{why}");
    let last = lines.len() - 1;
    let (read, why) = spoil(&lines[..last]);
    assert_eq!(read, last - 1);
    assert!(why.contains("end of this file is missing"), "{why}");
    lines.swap(3, 4);
    assert_eq!(spoil(&lines).0, 2);
}

#[test]
fn a_newer_file_is_refused_kindly_and_a_strange_one_plainly() {
    let (_, text) = inside(&small());
    let newer = text.replacen("sightline-round/1", "sightline-round/2", 1);
    let refused = file::read(newer.as_bytes(), "").unwrap_err();
    assert!(refused.0.contains("newer Sightline") && refused.0.contains("The file is fine"));
    let strange = file::read(b"{\"format\":\"something-else\"}\n", "").unwrap_err();
    assert!(strange.0.contains("no round of Sightline"));
    assert!(file::read(b"", "").is_err());
}

// On the command line.

/// Keeps files for a test; gives the folder.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("saved")
        .join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
    folder
}

/// Runs a command on the round; gives its exit code, its result and its messages.
fn run(folder: &PathBuf, arguments: &[&str]) -> (i32, Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(arguments)
        .args(["--passphrase-file", "passphrase"])
        .current_dir(folder)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        serde_json::from_slice(&output.stdout).unwrap_or_default(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn the_command_line_opens_a_saved_round_and_tells_its_trail() {
    let folder = folder("open");
    let saved = round();
    fs::write(folder.join("a.sightline"), sealed(&saved)).unwrap();
    let (code, opened, errors) = run(&folder, &["open", "a.sightline"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    assert_eq!(opened["title"], "Trial with a made-up list");
    assert_eq!(opened["sample"], 2);
    assert_eq!(opened["entries"], saved.lines.len());
    let (code, trail, _) = run(&folder, &["trail", "a.sightline"]);
    assert_eq!((code, &trail["holds"]), (0, &Value::Bool(true)));
    let steps = trail["trail"].as_array().unwrap();
    assert_eq!(steps.len(), saved.lines.len());
    assert_eq!(steps[2]["what"], "drew a sample of 2 cases");
    fs::write(folder.join("passphrase"), "another\n").unwrap();
    let (code, _, errors) = run(&folder, &["open", "a.sightline"]);
    assert_eq!(code, 2);
    assert!(errors.contains("The passphrase does not open this file"));
}

#[test]
fn the_command_line_names_the_first_broken_entry() {
    let folder = folder("trail");
    let (_, text) = inside(&round());
    let mut lines: Vec<&str> = text.lines().collect();
    lines.remove(4);
    fs::write(folder.join("a.jsonl"), lines.join("\n") + "\n").unwrap();
    let (code, trail, errors) = run(&folder, &["trail", "a.jsonl"]);
    assert_eq!((code, &trail["holds"]), (1, &Value::Bool(false)));
    assert!(trail["broken"].as_str().unwrap().starts_with("Entry 4: "));
    assert!(errors.contains("Entry 4: "));
    assert_eq!(trail["trail"].as_array().unwrap().len(), 3);
}

#[test]
fn the_command_line_exports_what_the_page_exports() {
    let folder = folder("export");
    fs::write(folder.join("a.sightline"), sealed(&round())).unwrap();
    for kind in ["xlsx", "csv", "json"] {
        let out = format!("out.{kind}");
        let (code, told, errors) = run(
            &folder,
            &[
                "export",
                "a.sightline",
                "--to",
                kind,
                "-o",
                &out,
                "--drafts",
            ],
        );
        assert_eq!((code, errors.as_str()), (0, ""));
        assert_eq!(told["kind"], kind);
        assert!(fs::metadata(folder.join(&out)).unwrap().len() > 100);
    }
    let findings = fs::read(folder.join("out.json")).unwrap();
    let findings: Value = serde_json::from_slice(&findings).unwrap();
    assert_eq!(findings["format"], "sightline-findings/1");
    assert!(findings.to_string().contains("Seen on file"));
}

// On the page.

/// Enters the passphrase and saves the open round; gives the file.
fn save(person: &mut Person) -> (String, Vec<u8>) {
    person.say(Msg::AddressChanged(Route::SaveFile));
    person.say(Msg::Saved(saved::Msg::EnteredPassphrase(PASSPHRASE.into())));
    person.say(Msg::Saved(saved::Msg::ClickedSave));
    person.files.last().unwrap().clone()
}

fn open_file(person: &mut Person, file: &[u8], passphrase: &str) {
    person.say(Msg::AddressChanged(Route::OpenFile));
    person.choose(file);
    let chosen = saved::Msg::ChoseFile(FileKey(0), "a.sightline".into());
    person.say(Msg::Saved(chosen));
    person.say(Msg::Saved(saved::Msg::EnteredPassphrase(passphrase.into())));
    person.say(Msg::Saved(saved::Msg::ClickedOpen));
}

#[test]
fn a_round_saved_on_one_computer_goes_on_on_another() {
    let mut one = Person::with_sample(2);
    one.answer_all(CaseNumber(1), "good");
    let (name, file) = save(&mut one);
    assert!(name.starts_with("sightline-round-20") && name.ends_with(".sightline"));
    let mut other = Person::new();
    open_file(&mut other, &file, PASSPHRASE);
    assert_eq!(at(&other), Route::Round);
    assert_eq!(other.open().round, one.open().round);
    assert_eq!(other.open().saved(), open::Saved::Yes);
    assert_eq!(other.open().told, None);
    other.reload();
    assert_eq!(other.open().lines(), one.open().lines());
    // What is done there comes back, and is added to what is here.
    other.say(Msg::Audit(audit::Msg::ClickedSign(CaseNumber(1))));
    let (_, file) = save(&mut other);
    open_file(&mut one, &file, PASSPHRASE);
    assert_eq!(one.open().told, Some(Told::Continued));
    assert_eq!(one.open().round.coverage().signed, 1);
    one.reload();
    assert_eq!(one.open().round.coverage().signed, 1);
    // A second time it brings nothing.
    open_file(&mut one, &file, PASSPHRASE);
    assert_eq!(one.open().told, Some(Told::NothingNew));
    assert_eq!(one.disk.len(), 1);
}

#[test]
fn a_file_that_went_another_way_becomes_a_round_of_its_own_and_loses_nothing() {
    let mut one = Person::with_sample(2);
    let (_, file) = save(&mut one);
    let mut other = Person::new();
    open_file(&mut other, &file, PASSPHRASE);
    one.answer_all(CaseNumber(1), "good");
    other.answer_all(CaseNumber(2), "good");
    let (_, file) = save(&mut other);
    let before = one.disk.clone();
    for _ in 0..2 {
        open_file(&mut one, &file, PASSPHRASE);
        assert!(one.open().told.is_some());
        assert_eq!(one.open().lines(), other.open().lines());
        assert_eq!(one.disk.len(), 2);
        assert!(before.iter().all(|(id, lines)| one.disk[id] == *lines));
    }
}

#[test]
fn a_wrong_passphrase_and_a_damaged_file_change_nothing_here() {
    let mut person = Person::with_sample(1);
    let (_, file) = save(&mut person);
    let disk = person.disk.clone();
    for (file, passphrase) in [
        (&file[..], "another one"),
        (&file[..file.len() - 1], PASSPHRASE),
    ] {
        open_file(&mut person, file, passphrase);
        assert_eq!(person.model.saved.errors.len(), 1);
        assert_eq!(person.disk, disk);
    }
    // The passphrase is forgotten when the page is left.
    person.say(Msg::AddressChanged(Route::Round));
    assert_eq!(person.model.saved.passphrase, "");
    assert_eq!(person.open().saved(), open::Saved::Yes);
}

#[test]
fn a_file_for_a_team_opens_with_its_secret_key_alone() {
    let secret = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
    let public = Identity::parse(secret).unwrap().recipient().to_string();
    let mut one = Person::with_sample(2);
    one.say(Msg::AddressChanged(Route::SaveFile));
    let team = saved::Msg::ChoseOpenedBy(saved::OpenedBy::Team);
    one.say(Msg::Saved(team));
    one.say(Msg::Saved(saved::Msg::ClickedSave));
    assert!(one.files.is_empty(), "no key was given");
    assert_eq!(one.model.saved.errors[0].0, saved::TEAM_FIELD);
    one.say(Msg::Saved(saved::Msg::EnteredTeam(format!(" {public} "))));
    one.say(Msg::Saved(saved::Msg::ClickedSave));
    let (_, file) = one.files.last().unwrap().clone();
    let mut other = Person::new();
    open_file(&mut other, &file, PASSPHRASE);
    assert!(other.model.open.is_none());
    open_file(&mut other, &file, secret);
    assert_eq!(other.open().lines(), one.open().lines());
}

#[test]
fn without_a_passphrase_or_a_file_nothing_is_done_and_a_made_one_has_six_words() {
    let mut person = Person::with_sample(1);
    person.say(Msg::AddressChanged(Route::SaveFile));
    person.say(Msg::Saved(saved::Msg::EnteredPassphrase("short".into())));
    person.say(Msg::Saved(saved::Msg::ClickedSave));
    assert!(person.files.is_empty());
    assert_eq!(person.model.saved.errors[0].0, saved::PASSPHRASE_FIELD);
    person.say(Msg::Saved(saved::Msg::ClickedMakePhrase));
    assert_eq!(person.model.saved.passphrase.split(' ').count(), 6);
    person.say(Msg::AddressChanged(Route::OpenFile));
    person.say(Msg::Saved(saved::Msg::ClickedOpen));
    assert_eq!(person.model.saved.errors[0].0, saved::FILE_FIELD);
}
