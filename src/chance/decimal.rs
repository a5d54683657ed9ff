//! Decimal text as whole numbers, so that 7 % is never 0.07000000000000001.

/// Reads decimal text as a whole number of 10^-`places`: with two places `1.5` gives 150. Nothing
/// where the text is no such number, has more places than these or does not fit.
#[must_use]
pub fn scaled(text: &str, places: usize) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    if fraction.len() > places {
        return None;
    }
    format!("{whole}{fraction:0<places$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn decimals_are_exact_or_refused() {
        let hundredths = |text| scaled(text, 2);
        assert_eq!(hundredths("7"), Some(700));
        assert_eq!(hundredths("1.5"), Some(150));
        assert_eq!(hundredths("0.25"), Some(25));
        assert_eq!(hundredths(".5"), Some(50));
        assert_eq!(hundredths("2.500"), Some(250));
        for text in [
            "",
            ".",
            "1.255",
            "-1",
            "+1",
            "1e2",
            "1,5",
            "5 %",
            "99999999999999999999",
        ] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }
}
