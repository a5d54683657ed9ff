//! Bytes as text, for files that are JSON.

use base64ct::{Base64, Encoding};

/// The bytes of base64 with padding (RFC 4648, section 4); `None` if it is none.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn text_as_a_browser_writes_it_is_read() {
        assert_eq!(decode("AAH/"), Some(vec![0, 1, 255]));
        assert_eq!(decode("AAE="), Some(vec![0, 1]));
        assert_eq!(decode("AAE"), None);
    }
}
