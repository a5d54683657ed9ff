//! Number formats of workbooks, as far as lists use them: `0`, `0.00`, `#,##0`, `0%`, `00000`,
//! `£#,##0.00;[Red]-£#,##0.00`. A number in any other format is shown with all its digits.
//!
//! Source: ECMA-376 part 1, section 18.8.31 (numFmts).

/// A number format that is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberFormat {
    positive: Pattern,
    negative: Option<Pattern>,
    zero: Option<Pattern>,
}

/// One section of a format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pattern {
    before: String,
    after: String,
    /// Digits before the point, at least.
    whole: usize,
    /// Digits behind the point, at least and at most.
    least: usize,
    most: usize,
    thousands: bool,
    percent: bool,
}

/// Longer formats are not looked at.
const MAX_FORMAT: usize = 64;

impl NumberFormat {
    /// What a format code asks for; nothing if it is `General` or not understood in full.
    pub(super) fn parse(code: &str) -> Option<Self> {
        if code.len() > MAX_FORMAT {
            return None;
        }
        let mut sections = code.split(';');
        let positive = Pattern::parse(sections.next()?)?;
        let negative = sections.next().map(Pattern::parse);
        let zero = sections.next().map(Pattern::parse);
        // A section that is not understood spoils the whole format.
        if matches!(negative, Some(None)) || matches!(zero, Some(None)) {
            return None;
        }
        Some(Self {
            positive,
            negative: negative.flatten(),
            zero: zero.flatten(),
        })
    }

    /// The number as the sheet shows it.
    pub(super) fn show(&self, value: f64) -> String {
        match (&self.negative, &self.zero) {
            (_, Some(zero)) if value == 0.0 => zero.show(0.0),
            // A section of its own writes the sign itself.
            (Some(negative), _) if value < 0.0 => negative.show(-value),
            _ if value < 0.0 => format!("-{}", self.positive.show(-value)),
            _ => self.positive.show(value),
        }
    }
}

impl Pattern {
    fn parse(section: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut digits = String::new();
        let mut rest = section.chars();
        while let Some(letter) = rest.next() {
            let literal = match letter {
                '0' | '#' | ',' | '.' => {
                    if !pattern.after.is_empty() {
                        return None;
                    }
                    digits.push(letter);
                    continue;
                }
                '%' if !pattern.percent && !digits.is_empty() => {
                    pattern.percent = true;
                    "%".to_owned()
                }
                '[' => bracket(&mut rest)?,
                '"' => quoted(&mut rest)?,
                '\\' => rest.next()?.to_string(),
                // As wide as the next letter, but empty.
                '_' => rest.next().map(|_| String::new())?,
                '£' | '$' | '€' | '-' | '+' | '(' | ')' | ' ' => letter.to_string(),
                _ => return None,
            };
            let side = if digits.is_empty() {
                &mut pattern.before
            } else {
                &mut pattern.after
            };
            side.push_str(&literal);
        }
        pattern.count(&digits)?;
        Some(pattern)
    }

    /// What the digits of a section ask for, such as `#,##0.00`.
    fn count(&mut self, digits: &str) -> Option<()> {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let noughts = |text: &str| text.bytes().filter(|&byte| byte == b'0').count();
        self.thousands = whole.contains(',');
        // A comma at the end divides by a thousand; one elsewhere than in `#,##0` is none of ours.
        let grouped = !self.thousands || whole.trim_matches(['#', ',', '0']).is_empty();
        if digits.is_empty() || whole.ends_with(',') || part.contains([',', '.']) || !grouped {
            return None;
        }
        self.whole = noughts(whole);
        self.most = part.len();
        self.least = noughts(part);
        // In `0.#0` no digit can be left out.
        if part.trim_start_matches('0').contains('0') {
            self.least = self.most;
        }
        Some(())
    }

    /// A number that is not negative, rounded as sheets round: halves away from nought, taken from
    /// the 15 digits that a sheet keeps.
    fn show(&self, value: f64) -> String {
        let (whole, part) = rounded(value, if self.percent { 2 } else { 0 }, self.most);
        let whole = whole.trim_start_matches('0');
        let mut part = part.as_str();
        while part.len() > self.least && part.ends_with('0') {
            part = part.strip_suffix('0').unwrap_or_default();
        }
        let mut text = self.before.clone();
        let length = whole.len().max(self.whole);
        for (at, digit) in format!("{whole:0>length$}").chars().enumerate() {
            if self.thousands && at > 0 && (length - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        // The point stays even where no digit follows it: 2 in `0.##` shows as `2.`.
        if self.most > 0 {
            text.push('.');
            text.push_str(part);
        }
        text.push_str(&self.after);
        // Blanks at the ends are there for the eye alone.
        text.trim_matches(' ').to_owned()
    }
}

/// The digits of `value` times ten to the power of `shift`: before the point, and `places` behind.
fn rounded(value: f64, shift: i32, places: usize) -> (String, String) {
    let text = format!("{value:.14e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power = power.parse::<i32>().unwrap_or(0) + shift;
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    // Where the point stands among the digits; before all of them there are noughts.
    let point = i64::from(power) + 1;
    let digit = |at: i64| {
        let found = usize::try_from(at).ok().and_then(|at| digits.get(at));
        found.map_or(0, |digit| digit - b'0')
    };
    let places = i64::try_from(places).unwrap_or(0);
    let mut kept: Vec<u8> = (point.min(0)..point + places).map(digit).collect();
    let mut carry = digit(point + places) >= 5;
    for digit in kept.iter_mut().rev() {
        if !carry {
            break;
        }
        carry = *digit == 9;
        *digit = if carry { 0 } else { *digit + 1 };
    }
    let mut all = String::from(if carry { "1" } else { "0" });
    all.extend(kept.iter().map(|digit| char::from(b'0' + digit)));
    let behind = all.len() - usize::try_from(places).unwrap_or(0).min(all.len());
    let part = all.split_off(behind);
    (all, part)
}

const COLOURS: [&str; 8] = [
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow",
];

/// What `[$£-809]` shows; a colour shows nothing, a condition is not understood.
fn bracket(rest: &mut std::str::Chars<'_>) -> Option<String> {
    let text: String = rest.by_ref().take_while(|&letter| letter != ']').collect();
    if let Some(currency) = text.strip_prefix('$') {
        return Some(currency.split('-').next().unwrap_or_default().to_owned());
    }
    COLOURS
        .contains(&text.to_lowercase().as_str())
        .then(String::new)
}

fn quoted(rest: &mut std::str::Chars<'_>) -> Option<String> {
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            letter => text.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NumberFormat;

    #[test]
    fn numbers_show_as_sheets_show_them() {
        for (code, value, shown) in [
            ("0", 2.5, "3"),
            ("0", 0.4, "0"),
            ("0", 99.5, "100"),
            ("0.00", 1.005, "1.01"),
            ("0.00", -7.0, "-7.00"),
            ("00000", 123.0, "00123"),
            ("#,##0", 1_234_567.4, "1,234,567"),
            ("#,##0", 12.0, "12"),
            ("#,##0.00", 999.995, "1,000.00"),
            ("0%", 0.125, "13%"),
            ("0.0%", 0.1234, "12.3%"),
            ("#", 0.0, ""),
            ("0.##", 1.5, "1.5"),
            ("0.##", 2.0, "2."),
            ("#,##0 ;(#,##0)", -1234.0, "(1,234)"),
            ("#,##0 ;(#,##0)", 1234.0, "1,234"),
            ("£#,##0.00", 0.5, "£0.50"),
            ("[$£-809]#,##0;[Red]-[$£-809]#,##0", -5.0, "-£5"),
            ("0\" days\"", 3.0, "3 days"),
            ("0.00", 1e-300, "0.00"),
            ("0", 123_456_789_012_345.0, "123456789012345"),
        ] {
            let format = NumberFormat::parse(code).unwrap();
            assert_eq!(format.show(value), shown, "{value} in {code}");
        }
    }

    #[test]
    fn other_formats_are_left_alone() {
        for code in [
            "General", "@", "0.00E+00", "# ?/?", "#,##0,", "[>9]0;0", "0\"", "dd/mm",
        ] {
            assert_eq!(NumberFormat::parse(code), None, "{code}");
        }
    }
}
