//! The public program `age`: it opens what we seal. What it sealed, and we open, lies in fixtures.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use sightline::seal::age::{seal_for, unseal, unseal_as};
use sightline::seal::recipient::Identity;

/// Sealed by `age` 1.1.1 with the passphrase “stapler-unmasking-oxygen”, work factor 18.
const THEIRS: &[u8] = include_bytes!("../fixtures/saved/by-age-1.1.1.age");

#[test]
fn what_the_public_program_sealed_is_opened() {
    let opened = unseal(THEIRS, "stapler-unmasking-oxygen").unwrap();
    assert_eq!(opened.content, b"Sealed by the public program.\n");
    assert_eq!(opened.damage, None);
}

/// `age` asks for a passphrase at a terminal only: `script` gives it one.
#[test]
fn the_public_program_opens_what_we_seal() {
    let installed = |program| Command::new(program).arg("--version").output().is_ok();
    if !installed("age") || !installed("script") {
        println!("NOT CHECKED: the programs age and script are not installed");
        return;
    }
    let folder = std::env::temp_dir().join(format!("sightline-age-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (ours, theirs) = (folder.join("ours.age"), folder.join("theirs.txt"));
    fs::write(&ours, super::sealed(b"Sealed by Sightline.\n")).unwrap();
    let command = format!("age -d -o {} {}", theirs.display(), ours.display());
    let mut age = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    age.stdin
        .take()
        .unwrap()
        .write_all(b"a passphrase\n")
        .unwrap();
    assert!(age.wait().unwrap().success());
    assert_eq!(fs::read(&theirs).unwrap(), b"Sealed by Sightline.\n");
    fs::remove_dir_all(&folder).unwrap();
}

/// For a key: theirs with ours, ours with theirs.
#[test]
fn what_is_sealed_for_a_key_opens_on_both_sides() {
    let installed = |program| Command::new(program).arg("--version").output().is_ok();
    if !installed("age") || !installed("age-keygen") {
        println!("NOT CHECKED: the programs age and age-keygen are not installed");
        return;
    }
    let folder = std::env::temp_dir().join(format!("sightline-key-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let at = |name: &str| folder.join(name).display().to_string();
    let age = |arguments: &[&str]| {
        let done = Command::new("age").args(arguments).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    let made = Command::new("age-keygen").args(["-o", &at("key")]).output();
    assert!(made.unwrap().status.success());
    let key = fs::read_to_string(at("key")).unwrap();
    let identity = key.lines().find_map(Identity::parse).unwrap();
    let recipient = identity.recipient().to_string();
    assert!(key.contains(&recipient), "age-keygen printed another");

    fs::write(at("words"), "Sealed by the public program.").unwrap();
    age(&["-r", &recipient, "-o", &at("theirs"), &at("words")]);
    let theirs = fs::read(at("theirs")).unwrap();
    let opened = unseal_as(&theirs, &identity).unwrap();
    assert_eq!(opened.content, b"Sealed by the public program.");

    let both = [identity.recipient(), super::somebody().recipient()];
    let ours = seal_for(b"Sealed by Sightline.", &both, &super::entropy()).unwrap();
    fs::write(at("ours"), ours).unwrap();
    age(&["-d", "-i", &at("key"), "-o", &at("opened"), &at("ours")]);
    assert_eq!(fs::read(at("opened")).unwrap(), b"Sealed by Sightline.");
    fs::remove_dir_all(&folder).unwrap();
}
