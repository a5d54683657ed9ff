//! Mutants of every format: real files, changed at random, their checksums mended so that the change
//! gets past them. Each is read by `sightline profile` in a process of its own with a limit of memory and
//! of time: it reads the file or refuses it in a sentence, and never panics, hangs or runs out of memory.
//!
//! A hundred or so in each run of the tests; many more by
//! `SIGHTLINE_MUTANTS=20000 SIGHTLINE_SEED=7 cargo test --release --test tables_mutants`.
//! One that breaks us is kept in `tests/crashers`, and from then on read in every run.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "tables/xlsb.rs"]
#[expect(dead_code, reason = "not all of it is needed here")]
mod xlsb;

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What a list of a few rows may take, in kilobytes of address space: the program's own is a part of it.
const MEMORY: u32 = 1_500_000;
/// How often it is asked whether it is done, two milliseconds apart: for a minute. (A mutant takes some
/// hundredths of a second.)
const PATIENCE: u32 = 30_000;

/// Numbers without a visible order; the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A file and the ending of its name.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let text = include_str!("fixtures/spreadsheet/list-7.csv");
    let start = text.lines().take(40).collect::<Vec<_>>().join("\r\n");
    let wide: Vec<u8> = start.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("csv", start.into_bytes()),
        ("csv", [b"\xFF\xFE".to_vec(), wide].concat()),
        ("xlsx", include_bytes!("lists/libreoffice.xlsx").to_vec()),
        ("xls", include_bytes!("lists/libreoffice.xls").to_vec()),
        ("ods", include_bytes!("lists/libreoffice.ods").to_vec()),
        ("xlsb", xlsb::workbook()),
        (
            "xls",
            include_bytes!("fixtures/spreadsheet/protected.xls").to_vec(),
        ),
        (
            "ods",
            include_bytes!("fixtures/spreadsheet/protected.ods").to_vec(),
        ),
    ]
}

/// Pieces that mean something to one of the readers.
const PIECES: [&[u8]; 22] = [
    b"\0",
    b"\"",
    b"\r",
    b"\n",
    b",",
    b";",
    b"<",
    b"</row>",
    b"<c r=\"XFD1048576\"><v>1</v></c>",
    b"<c r=\"A1\" t=\"s\"><v>4294967295</v></c>",
    b"table:number-columns-repeated=\"2000000000\"",
    b"table:number-rows-repeated=\"2000000000\"",
    b"&#x110000;",
    b"&a;",
    b"<!DOCTYPE a>",
    b"<![CDATA[",
    b"-1",
    b"1E308",
    b"99999999999999999999",
    b"\xFF\xFF\xFF\xFF",
    b"\x00\x00\x00\x80",
    b"\xEF\xBB\xBF",
];

fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let length = chance.below(40).min(bytes.len() - at);
        match chance.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let copy = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            4 => {
                let piece = *chance.pick(&PIECES);
                let end = (at + piece.len()).min(bytes.len());
                bytes.splice(at..end, piece.iter().copied());
            }
            _ => {
                let piece = *chance.pick(&PIECES);
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
}

/// The archive with one of its parts changed, or the file itself where it is none.
fn mutant(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let whole = !seed.starts_with(b"PK") || chance.below(8) == 0;
    if whole {
        let mut bytes = seed.to_vec();
        mutate(&mut bytes, chance);
        return bytes;
    }
    let mut archive = ZipArchive::new(Cursor::new(seed)).unwrap();
    let chosen = chance.below(archive.len());
    let mut made = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        // The sheet's own part is the one that matters most.
        if at == chosen || name.contains("sheet1") || name == "content.xml" {
            mutate(&mut bytes, chance);
        }
        made.start_file(name, SimpleFileOptions::default()).unwrap();
        made.write_all(&bytes).unwrap();
    }
    made.finish().unwrap().into_inner()
}

/// How a file broke the reader, if it did.
fn breaks(file: &Path) -> Option<String> {
    let mut reader = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY}; exec \"$0\" profile \"$1\""))
        .arg(env!("CARGO_BIN_EXE_sightline"))
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let done = (0..PATIENCE).find_map(|_| {
        thread::sleep(Duration::from_millis(2));
        reader.try_wait().unwrap()
    });
    let Some(status) = done else {
        reader.kill().unwrap();
        reader.wait().unwrap();
        return Some("is still being read".to_owned());
    };
    let mut said = Vec::new();
    reader
        .stderr
        .take()
        .unwrap()
        .read_to_end(&mut said)
        .unwrap();
    let said = String::from_utf8_lossy(&said);
    match status.code() {
        Some(0 | 1) => None,
        Some(2) if said.trim_end().ends_with('.') => None,
        code => Some(format!("ends with {code:?}: {said}")),
    }
}

fn crashers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashers")
}

#[test]
fn mutants_are_read_or_refused() {
    let number = |name: &str, usual: u64| {
        let given = std::env::var(name).ok();
        given.map_or(usual, |given| given.parse().unwrap())
    };
    let (count, seed) = (
        number("SIGHTLINE_MUTANTS", 160),
        number("SIGHTLINE_SEED", 1),
    );
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables_mutants");
    fs::create_dir_all(&folder).unwrap();
    let seeds = seeds();
    let workers = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(4);
    let broken: Vec<String> = thread::scope(|scope| {
        let turns: Vec<_> = (0..workers)
            .map(|worker| {
                let (folder, seeds) = (&folder, &seeds);
                scope.spawn(move || {
                    let mine = (0..count).skip(worker).step_by(workers);
                    mine.filter_map(|at| one(at, seed, seeds, folder))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        turns
            .into_iter()
            .flat_map(|turn| turn.join().unwrap())
            .collect()
    });
    assert!(
        broken.is_empty(),
        "{} of {count}:\n{}",
        broken.len(),
        broken.join("\n")
    );
}

/// Makes a mutant and has it read; one that breaks the reader is kept.
fn one(at: u64, seed: u64, seeds: &[(&str, Vec<u8>)], folder: &Path) -> Option<String> {
    let mut chance = Chance(seed.wrapping_mul(1_000_003).wrapping_add(at));
    chance.below(1);
    let (ending, whole) = &seeds[usize::try_from(at).unwrap() % seeds.len()];
    let file = folder.join(format!("{seed}-{at}.{ending}"));
    fs::write(&file, mutant(whole, &mut chance)).unwrap();
    let broken = breaks(&file);
    if broken.is_some() {
        fs::create_dir_all(crashers()).unwrap();
        fs::copy(&file, crashers().join(file.file_name().unwrap())).unwrap();
    }
    fs::remove_file(&file).unwrap();
    broken.map(|how| format!("{}: {how}", file.display()))
}

#[test]
fn what_broke_us_once_does_so_no_more() {
    let files = fs::read_dir(crashers()).into_iter().flatten();
    for file in files {
        let file = file.unwrap().path();
        if file.extension().is_some_and(|ending| ending != "md") {
            assert_eq!(breaks(&file), None, "{}", file.display());
        }
    }
}
