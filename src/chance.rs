//! Chance, in figures that planner and findings share: percentages in whole hundredths, levels of
//! confidence, and how many marked cases a sample holds ([`urn`]).

pub mod decimal;
pub mod urn;

use std::f64::consts::SQRT_2;
use std::fmt;
use std::str::FromStr;

use self::decimal::scaled;

/// A percentage in whole hundredths of a percent, from 0 to 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct BasisPoints(u64);

impl BasisPoints {
    /// One hundred percent.
    pub const ALL: u64 = 10_000;

    /// So many hundredths of a percent, where that is at most one hundred percent.
    #[must_use]
    pub fn new(points: u64) -> Option<Self> {
        (points <= Self::ALL).then_some(Self(points))
    }

    /// The number of hundredths of a percent.
    #[must_use]
    pub fn points(self) -> u64 {
        self.0
    }

    /// This share of a count, rounded up.
    #[must_use]
    pub fn of(self, count: u64) -> u64 {
        let share = u128::from(count) * u128::from(self.0);
        u64::try_from(share.div_ceil(u128::from(Self::ALL))).unwrap_or(u64::MAX)
    }

    /// It as a fraction.
    #[must_use]
    pub fn fraction(self) -> f64 {
        real(self.0) / real(Self::ALL)
    }
}

impl FromStr for BasisPoints {
    type Err = NotSo;

    /// Reads a percentage of at most two decimals, such as `5` or `1.25`.
    fn from_str(text: &str) -> Result<Self, NotSo> {
        scaled(text.trim(), 2).and_then(Self::new).ok_or_else(|| {
            NotSo(format!(
                "“{text}” is not a percentage from 0 to 100 with at most two decimals, such as 1.25."
            ))
        })
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        match hundredths {
            0 => write!(f, "{whole} %"),
            _ if hundredths % 10 == 0 => write!(f, "{whole}.{} %", hundredths / 10),
            _ => write!(f, "{whole}.{hundredths:02} %"),
        }
    }
}

/// A level of confidence: a percentage above 50 and below 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidence(BasisPoints);

impl Confidence {
    /// The percentage as a level of confidence, where it is one.
    #[must_use]
    pub fn new(points: BasisPoints) -> Option<Self> {
        let half = BasisPoints::ALL / 2;
        (half < points.0 && points.0 < BasisPoints::ALL).then_some(Self(points))
    }

    /// The percentage.
    #[must_use]
    pub fn points(self) -> BasisPoints {
        self.0
    }

    /// The chance of being wrong, α.
    #[must_use]
    pub fn error(self) -> f64 {
        self.doubt().value()
    }

    /// The chance of being wrong, exactly.
    #[must_use]
    pub fn doubt(self) -> Limit {
        Limit {
            part: BasisPoints::ALL - self.0.0,
            whole: BasisPoints::ALL,
        }
    }

    /// The z that a normal deviate stays within, either way, with this chance.
    #[must_use]
    pub fn normal_quantile(self) -> f64 {
        let (mut low, mut high) = (0.0, 10.0);
        // Each step halves the bracket; 64 of them use up a double's digits.
        for _ in 0..64 {
            let middle = f64::midpoint(low, high);
            if libm::erf(middle / SQRT_2) < self.0.fraction() {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

impl FromStr for Confidence {
    type Err = NotSo;

    /// Reads a percentage as decimal text: `95`, `99.9`.
    fn from_str(text: &str) -> Result<Self, NotSo> {
        let points = BasisPoints::from_str(text).ok();
        points.and_then(Self::new).ok_or_else(|| {
            NotSo(format!(
                "“{text}” is no level of confidence. Give a percentage above 50 and below 100 with at \
                 most two decimals, such as 95: certainty needs every case."
            ))
        })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A chance as a fraction of whole numbers, so that comparing with it is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    part: u64,
    whole: u64,
}

impl Limit {
    /// Half of it: for one side of two.
    #[must_use]
    pub fn half(self) -> Self {
        Self {
            whole: self.whole * 2,
            ..self
        }
    }

    /// What is left of one.
    #[must_use]
    pub fn rest(self) -> Self {
        Self {
            part: self.whole - self.part,
            ..self
        }
    }

    /// It as a number.
    #[must_use]
    pub fn value(self) -> f64 {
        real(self.part) / real(self.whole)
    }
}

/// Why a text is no percentage or no level of confidence, as a sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSo(String);

impl fmt::Display for NotSo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotSo {}

/// A count as a real number; exact, as counts here stay below 2^32.
#[must_use]
pub fn real(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confidence(text: &str) -> Confidence {
        text.parse().unwrap()
    }

    #[test]
    fn shares_are_never_rounded_in_binary() {
        let percent = |text: &str| text.parse::<BasisPoints>().unwrap();
        assert_eq!(percent("7").of(1_300), 91);
        assert_eq!(percent("0.25").of(400), 1);
        assert_eq!(percent("0").of(400), 0);
        assert_eq!(percent("100").of(u64::MAX), u64::MAX);
    }

    #[test]
    fn percentages_read_as_they_are_written() {
        for (points, text) in [
            (0, "0 %"),
            (700, "7 %"),
            (125, "1.25 %"),
            (9_990, "99.9 %"),
            (5, "0.05 %"),
        ] {
            let written = BasisPoints::new(points).unwrap().to_string();
            assert_eq!(written, text);
            let read: BasisPoints = text.trim_end_matches(" %").parse().unwrap();
            assert_eq!(read.points(), points);
        }
        for text in ["", "101", "100.01", "-1", "1.255", "five", "5 %"] {
            assert!(text.parse::<BasisPoints>().is_err(), "{text}");
        }
    }

    #[test]
    fn levels_of_confidence_are_exact_or_refused() {
        for (text, error) in [
            ("95", 0.05),
            ("99.9", 0.001),
            ("97.5", 0.025),
            ("50.01", 0.4999),
        ] {
            assert!((confidence(text).error() - error).abs() < 1e-15, "{text}");
        }
        for text in [
            "", "100", "50", "0.95", ".95", "99.999", "-95", "95%", "9 5", "1e1",
        ] {
            assert!(text.parse::<Confidence>().is_err(), "{text}");
        }
    }

    #[test]
    fn quantiles_of_the_normal_distribution() {
        // Abramowitz and Stegun, table 26.5.
        for (level, z) in [
            ("90", 1.644_853_627),
            ("95", 1.959_963_985),
            ("99", 2.575_829_304),
        ] {
            assert!((confidence(level).normal_quantile() - z).abs() < 1e-9);
        }
    }
}
