//! Text files longer than what is asked for at a time: nothing depends on where they are cut, and a
//! long one is never held whole.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write;

use sightline::table::{
    Arriving, File, ReadOptions, Reading, Refusal, read, read_unhashed, sha256,
};

/// A file that keeps a record of what it is asked for, and cannot be read beyond a place.
struct Watched {
    bytes: Vec<u8>,
    ends: usize,
    asked: RefCell<Vec<(usize, usize)>>,
}

impl Watched {
    fn new(bytes: Vec<u8>) -> Self {
        Self {
            ends: bytes.len(),
            bytes,
            asked: RefCell::default(),
        }
    }

    fn read(&self) -> Result<Reading, Refusal> {
        read("list.csv", self, &ReadOptions::default(), &mut |_| {})
    }
}

impl File for Watched {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn read_at(&self, at: usize, buffer: &mut [u8]) -> Result<(), Refusal> {
        self.asked.borrow_mut().push((at, buffer.len()));
        if at + buffer.len() > self.ends {
            return Err(Refusal("The stick was pulled out.".to_owned()));
        }
        self.bytes.read_at(at, buffer)
    }

    fn transcript(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        self.bytes.transcript()
    }
}

/// A list of so many rows, about 40 bytes each, and what stands in a row.
fn list(rows: usize, word: &str) -> String {
    let mut text = "id,team,note\n".to_owned();
    for row in 0..rows {
        writeln!(text, "{row:07},Team {},\"{word}, {row}\"", row % 7).unwrap();
    }
    text
}

fn is_whole(reading: &Reading, rows: usize, word: &str) {
    assert_eq!((reading.table.rows(), reading.table.columns()), (rows, 3));
    for row in 0..rows {
        let cells = [0, 1, 2].map(|column| reading.table.cell(row, column).to_owned());
        let expected = [
            format!("{row:07}"),
            format!("Team {}", row % 7),
            format!("{word}, {row}"),
        ];
        assert_eq!(cells, expected);
    }
    assert!(reading.problems.is_empty());
}

#[test]
fn a_long_list_is_never_asked_for_whole() {
    let file = Watched::new(list(150_000, "Zoë €").into_bytes());
    let reading = file.read().unwrap();
    is_whole(&reading, 150_000, "Zoë €");
    let asked = file.asked.borrow();
    assert!(asked.iter().all(|&(_, length)| length <= 1 << 20));
    assert!(asked.iter().any(|&(at, length)| at + length == file.size()));
}

#[test]
fn characters_cut_between_slices_stay_whole_in_each_encoding() {
    let text = list(60_000, "é😀€");
    let wide: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, name) in [(text.into_bytes(), "UTF-8"), (wide, "UTF-16LE")] {
        let reading = Watched::new(bytes).read().unwrap();
        is_whole(&reading, 60_000, "é😀€");
        assert_eq!(reading.source.encoding.as_deref(), Some(name));
    }
}

#[test]
fn a_byte_that_is_not_utf_8_far_behind_starts_the_list_over_as_windows_1252() {
    let mut bytes = list(100_000, "Zoë").into_bytes();
    bytes.extend_from_slice(b"last,Team 0,Andr\xe9\n");
    let reading = Watched::new(bytes).read().unwrap();
    assert_eq!(reading.table.rows(), 100_001);
    assert_eq!(reading.table.cell(0, 2), "ZoÃ«, 0");
    assert_eq!(reading.table.cell(100_000, 2), "André");
    assert!(
        reading.notices[0].contains("read as Windows-1252"),
        "{:?}",
        reading.notices
    );
    // A character that the end of the file cuts off is not UTF-8 either.
    let cut = Watched::new(b"id,name\n1,Andr\xc3".to_vec())
        .read()
        .unwrap();
    assert_eq!(cut.table.cell(0, 1), "AndrÃ");
}

#[test]
fn a_nul_byte_far_behind_is_named_by_its_place() {
    let mut bytes = list(100_000, "x").into_bytes();
    let place = bytes.len() - 5;
    bytes[place] = 0;
    let refusal = Watched::new(bytes).read().unwrap_err();
    let digits: String = refusal.0.chars().filter(char::is_ascii_digit).collect();
    assert!(digits.starts_with(&(place + 1).to_string()), "{refusal}");
}

#[test]
fn a_file_that_goes_away_while_it_is_read_is_refused_in_its_own_words() {
    let mut file = Watched::new(list(100_000, "x").into_bytes());
    file.ends = 2_000_000;
    assert_eq!(file.read().unwrap_err().0, "The stick was pulled out.");
}

#[test]
fn the_hash_is_that_of_all_bytes() {
    // FIPS 180-4's third example: a million letters a.
    let million = Watched::new(vec![b'a'; 1_000_000]);
    assert_eq!(
        sha256(&million).unwrap(),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
    let file = Watched::new(list(60_000, "x").into_bytes());
    assert_eq!(file.read().unwrap().source.sha256, sha256(&file).unwrap());
}

#[test]
fn more_columns_than_a_spreadsheet_has_are_left_out_and_told() {
    let row = |word: &str| vec![word; 20_000].join(",");
    let text = format!(
        "{}\n{}",
        row("name"),
        format!("{}\n", row("cell")).repeat(50)
    );
    let reading = Watched::new(text.into_bytes()).read().unwrap();
    assert_eq!(
        (reading.table.rows(), reading.table.columns()),
        (50, 16_384)
    );
    assert_eq!(reading.table.cell(49, 16_383), "cell");
    assert_eq!(
        reading.notices[0],
        "The header has 20,000 columns, more than a spreadsheet can show: those after column XFD \
         are left out."
    );
    assert_eq!(reading.problems, []);
}

#[test]
fn a_cell_of_32_megabytes_without_quotes_is_cut_and_named() {
    let text = format!("id,note\n1,{}\n2,b\n", "é".repeat(16 << 20));
    let reading = Watched::new(text.into_bytes()).read().unwrap();
    assert_eq!(reading.table.cell(0, 1).len(), 1 << 20);
    assert_eq!(reading.table.cell(1, 1), "b");
    assert!(
        reading.problems[0]
            .message
            .contains("more than a million characters")
    );
}

/// What was read of a file that came in pieces of so many bytes.
fn arrived(file: &Watched, size: usize) -> Option<Reading> {
    let mut arriving = Arriving::of("list.csv", file)?;
    let taken = file.bytes.chunks(size).all(|piece| arriving.take(piece));
    if taken { arriving.finish() } else { None }
}

#[test]
fn a_file_that_arrives_in_pieces_is_read_as_from_its_place() {
    let text = list(5_000, "Zoë\nand “one”");
    for file in [text.clone(), format!("\u{feff}{text}1,2\n\n\"open")] {
        let file = Watched::new(file.into_bytes());
        let read = read_unhashed("list.csv", &file, &ReadOptions::default(), &mut |_| {});
        let whole = format!("{:?}", read.unwrap());
        for size in [7, 1000, 65_536, 1 << 30] {
            let pieces = arrived(&file, size).unwrap();
            assert_eq!(format!("{pieces:?}"), whole, "in pieces of {size}");
        }
    }
}

#[test]
fn a_file_with_a_fault_of_its_bytes_is_not_read_as_it_arrives() {
    let zip = b"PK\x03\x04".to_vec();
    let utf_16 = b"\xFF\xFEa\0,\0b\0".to_vec();
    let windows = b"id,name\n1,Zo\xEB\n".to_vec();
    let nul = b"id,name\n1,a\0b\n".to_vec();
    let cut = "id,name\n1,Zoë".as_bytes()[..="id,name\n1,Zo".len()].to_vec();
    for bytes in [
        zip,
        utf_16,
        windows,
        nul,
        cut,
        Vec::new(),
        b"%PDF-1.7".to_vec(),
    ] {
        let file = Watched::new(bytes);
        assert!(arrived(&file, 4).is_none(), "{:?}", file.bytes);
    }
    let mut short = Arriving::of("list.csv", &Watched::new(b"id,name\n1,2\n".to_vec())).unwrap();
    assert!(short.take(b"id,name\n"));
    assert!(
        short.finish().is_none(),
        "a file that is cut while it is read"
    );
}
