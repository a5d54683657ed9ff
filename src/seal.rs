//! Sealing: what is kept or saved can be read only with its passphrase.
//!
//! [`age`] writes and reads the public format age-encryption.org/v1 with a passphrase, so that
//! what we seal opens with public tools. The primitives are those of the `RustCrypto` project;
//! random bytes come in as [`age::Entropy`].

pub mod age;
pub mod phrase;

mod header;
