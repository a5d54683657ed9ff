//! What is done with fuzzed bytes: nothing may panic, and nothing may come out that was not put in.

use sightline::file;
use sightline::journal::record;
use sightline::seal::age::{Entropy, Work, seal, unseal};
use sightline::seal::data_key::DataKey;
use sightline::seal::keyring::Slot;
use sightline::store::assemble::{Copy, assemble, outline};
use sightline::store::segment::{FORMAT, Header, Position, ROOT, hash};

/// A saved file: as it comes, as what a seal holds, and as what gzip holds.
pub(crate) fn file(bytes: &[u8]) {
    let _ = file::read(bytes, "");
    let _ = file::is_sealed(bytes);
    let sealed = seal(bytes, "", Work(1), &Entropy([7; 48]));
    if let Ok(mut sealed) = sealed {
        assert_eq!(
            unseal(&sealed, "").map(|open| open.content),
            Ok(bytes.to_vec())
        );
        let _ = file::read(&sealed, "");
        // Somewhere behind the header, a bit of it is another: what is read is a beginning of it.
        let at = sealed.len()
            - 1
            - usize::from(bytes.first().copied().unwrap_or(0)).min(bytes.len() + 15);
        sealed[at] ^= 1;
        if let Ok(open) = unseal(&sealed, "") {
            assert!(bytes.starts_with(&open.content) && open.damage.is_some());
        }
    }
}

/// The round that the journal's bytes are put into.
const ROUND: &str = "0123456789abcdef";

/// A journal: as it comes, with every checksum mended, and mixed with a whole one.
pub(crate) fn journal(bytes: &[u8]) {
    let key = DataKey::new([7; 32]);
    let whole = whole(&key);
    let mended: Vec<u8> = bytes
        .chunks(usize::from(bytes.first().copied().unwrap_or(1)).max(1))
        .filter_map(record::write)
        .flatten()
        .collect();
    let epoch = u64::from(bytes.last().copied().unwrap_or(1));
    for copy in [
        bytes,
        &mended,
        &[bytes, &whole].concat(),
        &[&whole, mended.as_slice()].concat(),
    ] {
        let copies = [
            Copy::from([(epoch, copy.to_vec())]),
            Copy::from([(1, whole.clone())]),
        ];
        let _ = outline(&copies);
        let found = assemble(ROUND, &key, &copies);
        assert_eq!(
            found.lines,
            ["one", "two", "three"],
            "a whole copy heals whatever the other is"
        );
        assert!(found.adrift.is_empty());
        let _ = outline(&copies[..1]);
        let alone = assemble(ROUND, &key, &copies[..1]);
        assert!(
            ["one", "two", "three"]
                .starts_with(&alone.lines.iter().map(String::as_str).collect::<Vec<_>>())
        );
        let _ = sightline::store::plain::read(copy);
    }
}

/// A segment of three lines.
fn whole(key: &DataKey) -> Vec<u8> {
    let header = Header {
        format: FORMAT.to_owned(),
        round: ROUND.to_owned(),
        epoch: 1,
        opened_at: 0,
        made_up: false,
        slots: vec![Slot::Open { key: key.clone() }],
        whole: None,
    };
    let mut payloads: Vec<Vec<u8>> = header.payload(key, [0; 24]).into_iter().collect();
    let mut previous = ROOT;
    for (number, line) in (0..).zip(["one", "two", "three"]) {
        let at = Position {
            epoch: 1,
            number,
            previous,
        };
        let nonce = [u8::try_from(number).unwrap_or(0) + 1; 24];
        let payload = at.seal(line, ROUND, key, nonce).unwrap_or_default();
        previous = hash(&payload);
        payloads.push(payload);
    }
    payloads
        .iter()
        .filter_map(|payload| record::write(payload))
        .flatten()
        .collect()
}
