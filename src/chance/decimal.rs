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

/// Reads a whole number that may have its digits in groups of three: `1,000` or `1 000`. Nothing where
/// the text is no such number.
#[must_use]
pub fn grouped(text: &str) -> Option<usize> {
    let text = text.trim();
    let mark = |c: char| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}');
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    let is_grouped = first.len() <= 3 || !text.contains(mark);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let whole = is_grouped
        && !first.is_empty()
        && digits(first)
        && rest.iter().all(|group| group.len() == 3 && digits(group));
    if !whole {
        return None;
    }
    format!("{first}{}", rest.concat()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{grouped, scaled};

    #[test]
    fn whole_numbers_may_be_grouped_in_threes() {
        for (text, number) in [
            ("12", 12),
            (" 1,000 ", 1_000),
            ("1 000", 1_000),
            ("12,345,678", 12_345_678),
            ("1000000", 1_000_000),
            ("007", 7),
        ] {
            assert_eq!(grouped(text), Some(number), "{text}");
        }
        for text in [
            "", " ", "1,5", "1,0000", "1000,000", ",100", "1.000", "-1", "+1", "1e3", "١",
        ] {
            assert_eq!(grouped(text), None, "{text}");
        }
    }

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
