//! age's test vectors: a folder of files, each with one fault or none.

use std::fs;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};
use sightline::seal::age::{Refusal, Unsealed, unseal, unseal_as, unseal_with_file_key};
use sightline::seal::recipient::Identity;

/// A vector: what is said of it, and the file.
struct Vector {
    name: String,
    said: Vec<(String, String)>,
    file: Vec<u8>,
}

impl Vector {
    fn read(path: &Path) -> Self {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(path).unwrap();
        let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
        let (said, file) = (&bytes[..end], &bytes[end + 2..]);
        let said = std::str::from_utf8(said).unwrap();
        let said: Vec<(String, String)> = said
            .lines()
            .map(|line| line.split_once(": ").unwrap())
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        let known = [
            "expect",
            "payload",
            "file key",
            "passphrase",
            "identity",
            "comment",
            "compressed",
        ];
        for (key, _) in &said {
            assert!(known.contains(&key.as_str()), "{name}: what is “{key}”?");
        }
        let mut vector = Self {
            name,
            said,
            file: file.to_vec(),
        };
        if vector.says("compressed").is_some() {
            let mut inflated = Vec::new();
            flate2::read::ZlibDecoder::new(file)
                .read_to_end(&mut inflated)
                .unwrap();
            vector.file = inflated;
        }
        vector
    }

    fn says(&self, key: &str) -> Option<&str> {
        let mut said = self.said.iter().filter(|(said, _)| said == key);
        said.next().map(|(_, value)| value.as_str())
    }

    /// Opens the file: with its passphrase or the first of its identities that is asked for; with its key
    /// where neither is given.
    fn open(&self) -> Result<Unsealed, Refusal> {
        let identities = self.said.iter().filter(|(key, _)| key == "identity");
        let by_identity = identities
            .map(|(_, key)| unseal_as(&self.file, &Identity::parse(key).unwrap()))
            .find(|opened| *opened != Err(Refusal::OtherRecipient));
        match (self.says("passphrase"), by_identity, self.says("file key")) {
            (Some(passphrase), ..) => unseal(&self.file, passphrase),
            (None, Some(opened), _) => opened,
            (None, None, _) if self.says("identity").is_some() => Err(Refusal::OtherRecipient),
            (None, None, Some(key)) => unseal_with_file_key(&self.file, &unhex(key)),
            (None, None, None) => unseal(&self.file, ""),
        }
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text
        .chars()
        .map(|char| char.to_digit(16).unwrap())
        .collect();
    let bytes = digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]);
    bytes.map(|byte| u8::try_from(byte).unwrap()).collect()
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

#[test]
fn each_vector_of_age_is_opened_or_refused_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/age");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some() {
            continue; // what says where they are from
        }
        let vector = Vector::read(&path);
        let name = &vector.name;
        let opened = vector.open();
        match vector.says("expect").unwrap() {
            "success" => {
                let opened = opened.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
                assert_eq!(opened.damage, None, "{name}");
                assert_eq!(
                    hash(&opened.content),
                    unhex(vector.says("payload").unwrap()),
                    "{name}"
                );
            }
            "payload failure" => {
                let opened = opened.unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
                assert!(opened.damage.is_some(), "{name}");
                let released = vector.says("payload").map_or_else(|| hash(b""), unhex);
                assert_eq!(hash(&opened.content), released, "{name}");
            }
            "HMAC failure" => assert_eq!(opened, Err(Refusal::HeaderChanged), "{name}"),
            "header failure" => assert!(
                matches!(opened, Err(Refusal::NotSealed | Refusal::TooMuchWork)),
                "{name}: {opened:?}"
            ),
            "no match" => assert!(
                matches!(
                    opened,
                    Err(Refusal::WrongPassphrase
                        | Refusal::OtherRecipient
                        | Refusal::OtherwiseSealed)
                ),
                "{name}: {opened:?}"
            ),
            other => panic!("{name}: what is “{other}”?"),
        }
        seen += 1;
    }
    println!("{seen} vectors of age: each opened or refused as it says");
    assert!(seen > 90);
}
