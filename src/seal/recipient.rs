//! Sealing for somebody's public key: age's recipients (`age1…`) and identities
//! (`AGE-SECRET-KEY-1…`), X25519 as <https://c2sp.org/age> has it.

use std::fmt;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

use super::age::{TAG, decrypt_key, derive, encrypt_key};
use super::header::{self, Stanza};

/// What a stanza for a public key begins with.
pub(super) const KIND: &str = "X25519";

const RECIPIENT: &str = "age";
const IDENTITY: &str = "AGE-SECRET-KEY-";

/// Whom something is sealed for: the public half of an [`Identity`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Recipient([u8; 32]);

/// What opens it again: a secret key.
#[derive(Clone)]
pub struct Identity([u8; 32]);

/// No secret key is ever shown by accident.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity")
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hrp = Hrp::parse(RECIPIENT).map_err(|_| fmt::Error)?;
        bech32::encode_lower_to_fmt::<Bech32, _>(f, hrp, &self.0).map_err(|_| fmt::Error)
    }
}

impl Recipient {
    /// Reads `age1…`; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        key(text.trim(), RECIPIENT).map(Self)
    }

    /// The stanza that wraps a file's key for this recipient, by a secret used for nothing else.
    pub(super) fn wrap(&self, file_key: &[u8], secret: [u8; 32]) -> Option<String> {
        let share = x25519(secret, X25519_BASEPOINT_BYTES);
        let wrapping = wrapping_key(&x25519(secret, self.0), &share, &self.0)?;
        let body = encrypt_key(&wrapping, file_key)?;
        let (share, body) = (header::encode(&share), header::encode(&body));
        Some(format!("-> {KIND} {share}\n{body}\n"))
    }
}

impl Identity {
    /// Reads `AGE-SECRET-KEY-1…`; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        key(text.trim(), IDENTITY).map(Self)
    }

    /// Whom to seal for, so that this opens it.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        Recipient(x25519(self.0, X25519_BASEPOINT_BYTES))
    }

    /// The file's key that a stanza wraps: `Err` if the stanza is damaged, `Ok(None)` if it is for
    /// somebody else.
    pub(super) fn unwrap(&self, stanza: &Stanza<'_>) -> Result<Option<Vec<u8>>, ()> {
        let [_, share] = stanza.arguments.as_slice() else {
            return Err(());
        };
        let share = header::base64(share).ok_or(())?;
        let share: [u8; 32] = share.try_into().map_err(|_| ())?;
        if stanza.body.len() != 16 + TAG {
            return Err(());
        }
        let shared = x25519(self.0, share);
        let wrapping = wrapping_key(&shared, &share, &self.recipient().0).ok_or(())?;
        Ok(decrypt_key(&wrapping, &stanza.body))
    }
}

/// The key that wraps a file's key; `None` where the other side's share is one of the few points
/// that give everybody the same secret.
fn wrapping_key(shared: &[u8; 32], share: &[u8; 32], recipient: &[u8; 32]) -> Option<[u8; 32]> {
    if *shared == [0; 32] {
        return None;
    }
    let salt = [share.as_slice(), recipient].concat();
    Some(derive(shared, &salt, b"age-encryption.org/v1/X25519"))
}

/// The key in a bech32 text of that kind. Either all in small letters or all in capitals, as the
/// format has it.
fn key(text: &str, kind: &str) -> Option<[u8; 32]> {
    let checked = CheckedHrpstring::new::<Bech32>(text).ok()?;
    if !checked.hrp().as_str().eq_ignore_ascii_case(kind) {
        return None;
    }
    checked.byte_iter().collect::<Vec<u8>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_made_by_age_keygen_is_read_and_gives_the_recipient_that_it_printed() {
        let identity = Identity::parse(
            "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0",
        );
        let recipient = identity.unwrap().recipient().to_string();
        assert_eq!(recipient.len(), 62);
        assert_eq!(Recipient::parse(&recipient).unwrap().to_string(), recipient);
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in ["", "age1", "AGE-SECRET-KEY-1", "age1qqqq", "a team's key"] {
            assert!(Recipient::parse(text).is_none(), "{text}");
            assert!(Identity::parse(text).is_none(), "{text}");
        }
    }
}
