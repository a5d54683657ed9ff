//! Sealing: what is kept or saved can be read only with its passphrase or key.
//!
//! [`age`] writes and reads the public format age-encryption.org/v1 with a passphrase or for
//! [`recipient`]s, so that what we seal opens with public tools. What a browser keeps is sealed line by
//! line under a random [`data_key`], which a [`keyring`] of small age files holds. The primitives are those of the `RustCrypto` project;
//! random bytes come in as [`age::Entropy`].

pub mod age;
pub mod base64;
pub mod data_key;
pub mod keyring;
pub mod phrase;
pub mod recipient;
pub mod strength;

mod header;
