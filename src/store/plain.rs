//! Journals of earlier versions, which were not sealed: read, so that they can be.

use crate::journal::record;

/// The ending of such a journal's file.
pub const ENDING: &str = ".journal";

/// What such a journal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Its lines, up to the first record that is not whole.
    pub lines: Vec<String>,
    /// Lines that are whole behind damage.
    pub behind: Vec<String>,
}

/// Reads one.
#[must_use]
pub fn read(bytes: &[u8]) -> Plain {
    let records = record::read(bytes);
    let lines = records.payloads.iter();
    let lines: Vec<String> = lines
        .map_while(|payload| String::from_utf8(payload.to_vec()).ok())
        .collect();
    Plain {
        behind: salvage(bytes.get(records.good..).unwrap_or_default()),
        lines,
    }
}

/// The lines of all whole records, wherever they begin.
#[must_use]
pub fn salvage(bytes: &[u8]) -> Vec<String> {
    let records = record::salvage(bytes, |payload| payload.starts_with(b"{"));
    let lines = records.into_iter();
    lines
        .filter_map(|payload| String::from_utf8(payload.to_vec()).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_gives_its_whole_lines_and_those_behind_damage() {
        let lines = ["{\"one\":1}", "{\"two\":2}", "{\"three\":3}"];
        let bytes = lines
            .map(|line| record::write(line.as_bytes()).unwrap())
            .concat();
        let read = |bytes: &[u8]| {
            let plain = super::read(bytes);
            (plain.lines.len(), plain.behind)
        };
        assert_eq!(read(&bytes), (3, vec![]));
        assert_eq!(read(&bytes[..bytes.len() - 1]), (2, vec![]));
        let mut spoilt = bytes;
        spoilt[20] ^= 1;
        assert_eq!(read(&spoilt), (1, vec![lines[2].to_owned()]));
    }
}
