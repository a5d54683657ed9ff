//! The key of what a browser keeps of a round: 32 random bytes, under which each line is sealed by
//! itself with XChaCha20-Poly1305.
//!
//! A nonce of 24 random bytes never comes twice, whatever is restored, copied or written by two
//! pages at once; numbers that count could.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};

use super::header;

/// Bytes of a nonce.
pub const NONCE: usize = 24;

/// Bytes that sealing adds, with the nonce.
pub const OVERHEAD: usize = NONCE + 16;

/// The key of a round.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DataKey([u8; 32]);

/// No key is ever shown by accident.
impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

impl From<DataKey> for String {
    fn from(key: DataKey) -> Self {
        header::encode(&key.0)
    }
}

impl TryFrom<String> for DataKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = header::base64(&text).ok_or("a key that cannot be read")?;
        Self::from_bytes(&bytes).ok_or("a key of another length")
    }
}

impl DataKey {
    /// A key of these random bytes.
    #[must_use]
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// A key as it was wrapped; `None` if it has another length.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, to be wrapped.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Nonce and ciphertext of `content`, bound to what stands `before` it. The nonce is random, and used
    /// for nothing else. `None` only for more than any computer holds.
    #[must_use]
    pub fn seal(&self, content: &[u8], before: &[u8], nonce: [u8; NONCE]) -> Option<Vec<u8>> {
        let payload = Payload {
            msg: content,
            aad: before,
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed; `None` if any bit of it, or of what stands before it, is another.
    #[must_use]
    pub fn unseal(&self, sealed: &[u8], before: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: before,
        };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.0))
    }
}
