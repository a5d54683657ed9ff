//! Records: how a journal's lines lie on disk, so that a write cut short is seen.
//!
//! A record is the payload's length and its CRC-32 (each four bytes, little-endian), then the
//! payload, which is never empty: a file that a crash left with zeros at its end holds no records
//! there. Reading stops at the first record that is not whole; all before it is good.

/// Bytes before a record's payload.
const HEADER: usize = 8;

/// The longest payload that a record may have: 16 MiB.
pub const LONGEST: usize = 16 << 20;

/// A payload as a record; `None` if it is empty or longer than [`LONGEST`].
#[must_use]
pub fn write(payload: &[u8]) -> Option<Vec<u8>> {
    if payload.is_empty() || payload.len() > LONGEST {
        return None;
    }
    let length = u32::try_from(payload.len()).ok()?;
    let mut record = Vec::with_capacity(HEADER + payload.len());
    record.extend_from_slice(&length.to_le_bytes());
    record.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
    record.extend_from_slice(payload);
    Some(record)
}

/// What a run of bytes held.
#[derive(Debug, PartialEq, Eq)]
pub struct Records<'a> {
    /// The payloads of the whole records, in order.
    pub payloads: Vec<&'a [u8]>,
    /// How many bytes those records take: where the next record is to be written.
    pub good: usize,
}

/// The whole records at the start of `bytes`.
#[must_use]
pub fn read(bytes: &[u8]) -> Records<'_> {
    let mut records = Records {
        payloads: Vec::new(),
        good: 0,
    };
    while let Some(payload) = bytes.get(records.good..).and_then(first) {
        records.payloads.push(payload);
        records.good += HEADER + payload.len();
    }
    records
}

/// All whole records whose payloads may be ours, also those that stand behind damage: where none begins, the
/// next byte is tried. `ours` is asked before the checksum is looked at, which takes longer.
pub fn salvage(bytes: &[u8], ours: impl Fn(&[u8]) -> bool) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| rest.len() > HEADER) {
        let here = bounded(rest)
            .filter(|(_, payload)| ours(payload))
            .and_then(checked);
        at += here.map_or(1, |payload| HEADER + payload.len());
        found.extend(here);
    }
    found
}

fn first(bytes: &[u8]) -> Option<&[u8]> {
    bounded(bytes).and_then(checked)
}

/// The checksum, and as many bytes as the length says.
fn bounded(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let payload = rest
        .get(..length)
        .filter(|_| (1..=LONGEST).contains(&length))?;
    Some((u32::from_le_bytes(*crc), payload))
}

fn checked((crc, payload): (u32, &[u8])) -> Option<&[u8]> {
    (crc32fast::hash(payload) == crc).then_some(payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three records, and where each ends.
    fn three() -> (Vec<u8>, Vec<usize>) {
        let mut bytes = Vec::new();
        let mut ends = Vec::new();
        for payload in ["one", "2", "the third, a little longer"] {
            bytes.extend(write(payload.as_bytes()).unwrap());
            ends.push(bytes.len());
        }
        (bytes, ends)
    }

    #[test]
    fn cut_at_every_byte_the_whole_records_before_remain() {
        let (bytes, ends) = three();
        for cut in 0..=bytes.len() {
            let whole = ends.iter().filter(|end| **end <= cut).count();
            let records = read(&bytes[..cut]);
            assert_eq!(records.payloads.len(), whole, "cut at {cut}");
            assert_eq!(records.good, ends[..whole].last().copied().unwrap_or(0));
        }
    }

    #[test]
    fn a_flipped_bit_ends_the_reading_at_its_record() {
        let (bytes, ends) = three();
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let before = ends.iter().filter(|end| **end <= bit / 8).count();
            assert_eq!(read(&damaged).payloads.len(), before, "bit {bit}");
        }
    }

    #[test]
    fn zeros_after_the_last_record_are_no_records() {
        let (mut bytes, ends) = three();
        bytes.extend([0; 64]);
        assert_eq!(Some(&read(&bytes).good), ends.last());
    }

    #[test]
    fn an_empty_payload_and_one_over_the_limit_are_refused() {
        assert_eq!(write(&[]), None);
        assert_eq!(write(&vec![0; LONGEST + 1]), None);
    }
}
