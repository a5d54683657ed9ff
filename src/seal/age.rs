//! Files of the format age-encryption.org/v1, sealed with a passphrase or for public keys.
//!
//! The passphrase, stretched with scrypt, or each public key wraps a random file key; the payload is sealed in
//! chunks of 64 KiB with ChaCha20-Poly1305, each bound to its place and the last one marked, so
//! that a file that was cut, or whose chunks were moved, is noticed. Specification:
//! <https://c2sp.org/age>; the names here are its names.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::header::{self, Header, Stanza, VERSION};
use super::recipient::{self, Identity, Recipient};

/// Bytes of a chunk before it is sealed.
pub const CHUNK: usize = 64 << 10;

/// Bytes that sealing adds to a chunk.
pub(super) const TAG: usize = 16;

/// Random bytes for one file: its key, the salt of its passphrase, the nonce of its payload. Never
/// to be used twice.
#[derive(Clone)]
pub struct Entropy(pub [u8; 48]);

/// How much work a guess of the passphrase takes: scrypt with N of two to this power, r 8 and p 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work(pub u8);

impl Entropy {
    /// The file's key, what its wrapping needs, and the nonce of the payload.
    fn parts(&self) -> (&[u8], &[u8], &[u8]) {
        let (file_key, rest) = self.0.split_at(16);
        let (salt, nonce) = rest.split_at(16);
        (file_key, salt, nonce)
    }
}

impl Work {
    /// What files and keys are sealed with: OWASP's minimum for scrypt, 128 MiB for each guess.
    pub const USUAL: Self = Self(17);
    /// The most that is done to open somebody's file: 1 GiB, four times what `age` itself asks.
    pub const MOST: Self = Self(20);
}

/// Why a sealed file gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no age file, or its header is damaged.
    NotSealed,
    /// It is sealed for a key, not with a passphrase; or for other keys than the one given.
    OtherRecipient,
    /// It is sealed with a passphrase, not for a key.
    OtherwiseSealed,
    /// To open it would take more work than [`Work::MOST`].
    TooMuchWork,
    /// The passphrase is another one; or the bytes that it opens are damaged.
    WrongPassphrase,
    /// The passphrase fits, and the header was changed.
    HeaderChanged,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSealed => {
                "This is not a sealed file, or its beginning is damaged. Choose another copy of it."
            }
            Self::OtherRecipient => {
                "This file is sealed for somebody's key, not with this passphrase or key. Open it \
                 with the secret key that it was sealed for, which begins with AGE-SECRET-KEY-1."
            }
            Self::OtherwiseSealed => {
                "This file is sealed with a passphrase, not for a key. Enter the passphrase."
            }
            Self::TooMuchWork => {
                "Opening this file would take more memory than a browser has. Open it with the \
                 program age, and seal it again."
            }
            Self::WrongPassphrase => {
                "The passphrase does not open this file. Check each word, capitals and spaces. If \
                 it is the right one, the file's beginning is damaged: use another copy."
            }
            Self::HeaderChanged => {
                "The beginning of this file has been changed since it was sealed. Use another copy."
            }
        })
    }
}

impl std::error::Error for Refusal {}

/// What a sealed file held.
#[derive(Debug, PartialEq, Eq)]
pub struct Unsealed {
    /// The content; all of it, unless there is damage.
    pub content: Vec<u8>,
    /// What is wrong behind it: nothing that stands there can be trusted.
    pub damage: Option<Damage>,
}

/// How a sealed file is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Its end is missing.
    CutShort,
    /// Bytes in it were changed, moved or added.
    Changed,
}

/// Seals `content` with a passphrase.
///
/// # Errors
/// If the work is none that scrypt knows, or the content larger than the format allows.
pub fn seal(
    content: &[u8],
    passphrase: &str,
    work: Work,
    entropy: &Entropy,
) -> Result<Vec<u8>, Refusal> {
    let (file_key, salt, nonce) = entropy.parts();
    let wrapping = stretch(passphrase, salt, work).ok_or(Refusal::TooMuchWork)?;
    let body = encrypt_key(&wrapping, file_key).ok_or(Refusal::TooMuchWork)?;
    let stanza = format!(
        "-> scrypt {} {}\n{}\n",
        header::encode(salt),
        work.0,
        header::encode(&body)
    );
    seal_under(content, &stanza, file_key, nonce)
}

/// Seals `content` for public keys: each of them opens it.
///
/// # Errors
/// If there is none, one of them is no key that anything can be sealed for, or the content is larger
/// than the format allows.
pub fn seal_for(
    content: &[u8],
    recipients: &[Recipient],
    entropy: &Entropy,
) -> Result<Vec<u8>, Refusal> {
    let (file_key, seed, nonce) = entropy.parts();
    let stanzas: Option<String> = (0_u64..)
        .zip(recipients)
        .map(|(number, recipient)| {
            // As random as the file's key, and told to nobody.
            let secret = derive(seed, &number.to_le_bytes(), b"sightline ephemeral X25519");
            recipient.wrap(file_key, secret)
        })
        .collect();
    let stanzas = stanzas.filter(|stanzas| !stanzas.is_empty());
    seal_under(
        content,
        &stanzas.ok_or(Refusal::OtherRecipient)?,
        file_key,
        nonce,
    )
}

/// Seals `content` below a header of these stanzas.
fn seal_under(
    content: &[u8],
    stanzas: &str,
    file_key: &[u8],
    nonce: &[u8],
) -> Result<Vec<u8>, Refusal> {
    let header = format!("{VERSION}\n{stanzas}---");
    let mac = mac(file_key, header.as_bytes()).ok_or(Refusal::TooMuchWork)?;
    let mac = header::encode(&mac.finalize().into_bytes());
    let mut sealed = format!("{header} {mac}\n").into_bytes();
    sealed.extend_from_slice(nonce);
    let cipher = cipher(&derive(file_key, nonce, b"payload"));
    for (counter, chunk, last) in chunks(content, CHUNK) {
        let chunk = cipher
            .encrypt(&place(counter, last), chunk)
            .map_err(|_| Refusal::TooMuchWork)?;
        sealed.extend(chunk);
    }
    Ok(sealed)
}

/// Opens what was sealed with a passphrase: all of it, or what stands before the damage.
///
/// # Errors
/// If it is no such file, or the passphrase is another.
pub fn unseal(bytes: &[u8], passphrase: &str) -> Result<Unsealed, Refusal> {
    let header = header::read(bytes).ok_or(Refusal::NotSealed)?;
    let file_key = unwrap_key(&header, passphrase)?;
    unseal_with(&header, &file_key)
}

/// Opens what was sealed for the public half of this key: all of it, or what stands before the damage.
///
/// # Errors
/// If it is no such file, or is sealed for others.
pub fn unseal_as(bytes: &[u8], identity: &Identity) -> Result<Unsealed, Refusal> {
    let header = header::read(bytes).ok_or(Refusal::NotSealed)?;
    let file_key = unwrap_as(&header, identity)?;
    unseal_with(&header, &file_key)
}

/// Opens a sealed file with the file key that its passphrase unwraps, as age's test vectors give it.
///
/// # Errors
/// If it is no such file, or the key is another.
pub fn unseal_with_file_key(bytes: &[u8], file_key: &[u8]) -> Result<Unsealed, Refusal> {
    let header = header::read(bytes).ok_or(Refusal::NotSealed)?;
    unseal_with(&header, file_key)
}

fn unseal_with(header: &Header, file_key: &[u8]) -> Result<Unsealed, Refusal> {
    let (nonce, payload) = header
        .payload
        .split_at_checked(16)
        .ok_or(Refusal::NotSealed)?;
    mac(file_key, header.signed)
        .and_then(|mac| mac.verify_slice(&header.mac).ok())
        .ok_or(Refusal::HeaderChanged)?;
    let mut content = Vec::with_capacity(header.payload.len());
    let damaged = |content, damage| {
        Ok(Unsealed {
            content,
            damage: Some(damage),
        })
    };
    let cipher = cipher(&derive(file_key, nonce, b"payload"));
    for (counter, chunk, last) in chunks(payload, CHUNK + TAG) {
        let opened = cipher.decrypt(&place(counter, last), chunk);
        match opened {
            // An empty chunk is the whole of an empty file, or no chunk of ours.
            Ok(chunk) if chunk.is_empty() && counter > 0 => {
                return damaged(content, Damage::Changed);
            }
            Ok(chunk) => content.extend(chunk),
            Err(_) => {
                // A full last chunk that opens as one of the middle has lost its followers; one of
                // the middle that opens as the last has bytes behind it that are not the file's.
                let full = chunk.len() == CHUNK + TAG;
                let otherwise = cipher.decrypt(&place(counter, !last), chunk).ok();
                let otherwise = otherwise.filter(|_| full);
                let cut = last && (otherwise.is_some() || !full);
                let damage = if cut {
                    Damage::CutShort
                } else {
                    Damage::Changed
                };
                content.extend(otherwise.unwrap_or_default());
                return damaged(content, damage);
            }
        }
    }
    Ok(Unsealed {
        content,
        damage: None,
    })
}

/// The file's key, from the one stanza that a file with a passphrase has.
fn unwrap_key(header: &Header, passphrase: &str) -> Result<Vec<u8>, Refusal> {
    let scrypt = |stanza: &Stanza| stanza.arguments.first() == Some(&"scrypt");
    let stanza = match header.stanzas.as_slice() {
        [stanza] if scrypt(stanza) => stanza,
        stanzas if stanzas.iter().any(scrypt) => return Err(Refusal::NotSealed),
        _ => return Err(Refusal::OtherRecipient),
    };
    let [_, salt, work] = stanza.arguments.as_slice() else {
        return Err(Refusal::NotSealed);
    };
    let salt = header::base64(salt)
        .filter(|salt| salt.len() == 16)
        .ok_or(Refusal::NotSealed)?;
    if !work.bytes().all(|byte| byte.is_ascii_digit()) || work.starts_with('0') {
        return Err(Refusal::NotSealed);
    }
    let work = work.parse().map(Work).map_err(|_| Refusal::TooMuchWork)?;
    if work > Work::MOST {
        return Err(Refusal::TooMuchWork);
    }
    if stanza.body.len() != 16 + TAG {
        return Err(Refusal::NotSealed);
    }
    let wrapping = stretch(passphrase, &salt, work).ok_or(Refusal::TooMuchWork)?;
    decrypt_key(&wrapping, &stanza.body).ok_or(Refusal::WrongPassphrase)
}

/// The file's key, from the stanza that is for this identity. Stanzas of other kinds are for others.
fn unwrap_as(header: &Header, identity: &Identity) -> Result<Vec<u8>, Refusal> {
    let is = |stanza: &Stanza, kind: &str| stanza.arguments.first() == Some(&kind);
    if header.stanzas.iter().any(|one| is(one, "scrypt")) {
        return Err(match header.stanzas.len() {
            1 => Refusal::OtherwiseSealed,
            _ => Refusal::NotSealed,
        });
    }
    for stanza in &header.stanzas {
        if is(stanza, recipient::KIND) {
            let key = identity.unwrap(stanza).map_err(|()| Refusal::NotSealed)?;
            if let Some(key) = key {
                return Ok(key);
            }
        }
    }
    Err(Refusal::OtherRecipient)
}

/// Wraps a file's key. The wrapping key is used once, so the nonce may be nothing.
pub(super) fn encrypt_key(wrapping: &[u8; 32], file_key: &[u8]) -> Option<Vec<u8>> {
    cipher(wrapping).encrypt(&Nonce::default(), file_key).ok()
}

/// Unwraps a file's key; `None` if it was wrapped by another.
pub(super) fn decrypt_key(wrapping: &[u8; 32], body: &[u8]) -> Option<Vec<u8>> {
    cipher(wrapping).decrypt(&Nonce::default(), body).ok()
}

/// The key that a passphrase gives.
fn stretch(passphrase: &str, salt: &[u8], work: Work) -> Option<[u8; 32]> {
    let parameters = scrypt::Params::new(work.0, 8, 1).ok()?;
    let salt = [b"age-encryption.org/v1/scrypt", salt].concat();
    let mut key = [0; 32];
    scrypt::scrypt(passphrase.as_bytes(), &salt, &parameters, &mut key).ok()?;
    Some(key)
}

/// HKDF-SHA-256 of a file's key, or of what else is secret.
pub(super) fn derive(file_key: &[u8], salt: &[u8], purpose: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    // One hash's length is never too long.
    let _ = Hkdf::<Sha256>::new(Some(salt), file_key).expand(purpose, &mut key);
    key
}

fn mac(file_key: &[u8], header: &[u8]) -> Option<Hmac<Sha256>> {
    let key = derive(file_key, &[], b"header");
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).ok()?;
    mac.update(header);
    Some(mac)
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(*key))
}

/// The nonce of a chunk: its number in eleven bytes, and whether it is the last.
fn place(counter: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&counter.to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::from(nonce)
}

/// Chunks of that size with their numbers, the last one marked; of nothing, one empty chunk.
fn chunks(bytes: &[u8], size: usize) -> impl Iterator<Item = (u64, &[u8], bool)> {
    let count = bytes.len().div_ceil(size).max(1);
    (0..count).zip(0_u64..).map(move |(index, counter)| {
        let start = index * size;
        let end = bytes.len().min(start + size);
        let chunk = bytes.get(start..end).unwrap_or_default();
        (counter, chunk, index + 1 == count)
    })
}
