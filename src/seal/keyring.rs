//! The ways to a round's data key: each a small age file that holds its 32 bytes, so that
//! `age -d` opens it too; or, for the made-up list, the key itself, which then protects nothing.

use serde::{Deserialize, Serialize};

use super::age::{self, Entropy, Work};
use super::data_key::DataKey;
use super::header;
use super::recipient::{Identity, Recipient};

/// The letters of a recovery code: Crockford's, of which none is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a recovery code: 130 bits.
pub const CODE: usize = 26;

/// One way to the data key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Slot {
    /// None is needed: the key lies here.
    Open {
        /// The key.
        key: DataKey,
    },
    /// A passphrase.
    Passphrase {
        /// An age file, as base64.
        sealed: String,
    },
    /// A recovery code, printed once.
    Recovery {
        /// An age file, as base64.
        sealed: String,
    },
    /// The secret key of a team or person.
    Recipient {
        /// The public half.
        recipient: String,
        /// An age file, as base64.
        sealed: String,
    },
}

/// Why there is no slot, or none is opened: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Slot {
    /// The way by a passphrase.
    ///
    /// # Errors
    /// If sealing fails; it does not.
    pub fn passphrase(key: &DataKey, passphrase: &str, entropy: &Entropy) -> Result<Self, Refusal> {
        let sealed = sealed_with(key, passphrase, entropy)?;
        Ok(Self::Passphrase { sealed })
    }

    /// The way by a recovery code.
    ///
    /// # Errors
    /// If sealing fails; it does not.
    pub fn recovery(key: &DataKey, code: &str, entropy: &Entropy) -> Result<Self, Refusal> {
        let sealed = sealed_with(key, &plain_code(code), entropy)?;
        Ok(Self::Recovery { sealed })
    }

    /// The way by somebody's secret key, for its public half.
    ///
    /// # Errors
    /// If `recipient` is no public key of age.
    pub fn recipient(key: &DataKey, recipient: &str, entropy: &Entropy) -> Result<Self, Refusal> {
        let known = Recipient::parse(recipient);
        let sealed = known.and_then(|known| age::seal_for(key.bytes(), &[known], entropy).ok());
        let sealed = sealed.ok_or_else(|| Refusal(NO_PUBLIC_KEY.to_owned()))?;
        Ok(Self::Recipient {
            recipient: recipient.trim().to_owned(),
            sealed: header::encode(&sealed),
        })
    }

    /// Whether the key lies open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// The data key, by whichever slot a secret opens: a passphrase, a recovery code in any spelling, or
/// a secret key of age.
///
/// # Errors
/// If it opens none of them.
pub fn unlock(slots: &[Slot], secret: &str) -> Result<DataKey, Refusal> {
    let identity = Identity::parse(secret);
    let by = |slot: &Slot| {
        let content = match (slot, &identity) {
            (Slot::Open { key }, _) => return Some(key.clone()),
            (Slot::Recipient { sealed, .. }, Some(identity)) => {
                age::unseal_as(&header::base64(sealed)?, identity)
            }
            (Slot::Passphrase { sealed }, None) => age::unseal(&header::base64(sealed)?, secret),
            (Slot::Recovery { sealed }, None) if is_code(secret) => {
                age::unseal(&header::base64(sealed)?, &plain_code(secret))
            }
            (Slot::Recipient { .. } | Slot::Passphrase { .. } | Slot::Recovery { .. }, _) => {
                return None;
            }
        };
        let whole = content.ok().filter(|content| content.damage.is_none())?;
        DataKey::from_bytes(&whole.content)
    };
    slots.iter().find_map(by).ok_or_else(|| {
        Refusal(
            "This does not open the round. Check each word, capitals and spaces. A recovery code \
             or a secret key may be entered here as well."
                .to_owned(),
        )
    })
}

/// The key that lies open, if one does.
#[must_use]
pub fn open_key(slots: &[Slot]) -> Option<&DataKey> {
    slots.iter().find_map(|slot| match slot {
        Slot::Open { key } => Some(key),
        Slot::Passphrase { .. } | Slot::Recovery { .. } | Slot::Recipient { .. } => None,
    })
}

/// A recovery code of random bytes that are used for nothing else, in groups that can be read out.
#[must_use]
pub fn recovery_code(random: &[u8; CODE]) -> String {
    let mut code = String::with_capacity(CODE + CODE / 5);
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 5 == 0 && at + 1 < CODE {
            code.push('-');
        }
        let letter = LETTERS.get(usize::from(byte % 32)).copied();
        code.push(letter.map_or('0', char::from));
    }
    code
}

/// A code without the hyphens, in capitals, with what is easily misread put right.
fn plain_code(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// What is said of a text that should have been a public key.
pub const NO_PUBLIC_KEY: &str = "This is not a public key of age. It begins with age1 and has 62 letters and digits; the secret \
     key, which begins with AGE-SECRET-KEY-1, stays with its owner.";

/// Whether what was typed is the code, or its last two groups, in any spelling.
#[must_use]
pub fn is_typed_back(code: &str, typed: &str) -> bool {
    let last = code.rsplit('-').take(2).map(str::len).sum();
    let typed = plain_code(typed);
    typed.len() >= last && plain_code(code).ends_with(&typed)
}

fn is_code(text: &str) -> bool {
    let plain = plain_code(text);
    plain.len() == CODE && plain.bytes().all(|letter| LETTERS.contains(&letter))
}

fn sealed_with(key: &DataKey, secret: &str, entropy: &Entropy) -> Result<String, Refusal> {
    let sealed = age::seal(key.bytes(), secret, Work::USUAL, entropy);
    sealed
        .map(|sealed| header::encode(&sealed))
        .map_err(|refusal| Refusal(refusal.to_string()))
}
