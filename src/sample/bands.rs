//! Strata by bands: a column of numbers or dates, cut at given edges.
//!
//! A cut is one line of text, the same on the command line, on screen and in the certificate:
//! `0-4, 5-9, 10-15, 16+`; `0-30, 31+ days to 2026-03-31` for a column of dates. Nothing is rounded:
//! numbers are compared as whole millionths, and what falls into no band is named, not moved.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::chance::decimal::scaled;
use crate::table::date::Date;
use crate::table::trimmed;

/// Decimal places that an edge or a number may have.
const PLACES: usize = 6;
/// One, in millionths.
const ONE: i64 = 1_000_000;

/// A column of strata that is cut into bands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    /// The column.
    pub column: String,
    /// Where it is cut.
    pub cut: Cut,
}

/// What is measured, and the bands it falls into, lowest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cut {
    measure: Measure,
    bands: Vec<Band>,
}

/// What of a cell's text is compared with the edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The number that it is.
    Number,
    /// The day that it names.
    Day,
    /// The days from the day that it names to this one.
    DaysTo(Date),
    /// The whole years from the day that it names to this one, as ages are counted.
    YearsTo(Date),
}

/// The values from one edge to another, both included, or without an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The smallest value in it.
    pub low: Edge,
    /// The largest, where there is one.
    pub high: Option<Edge>,
}

/// A value at which bands begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// A number, in millionths.
    Millionths(i64),
    /// A day.
    Day(Date),
}

/// How a column is cut, where it is.
pub(super) fn cut_of<'a>(column: &str, bands: &'a [Bands]) -> Option<&'a Cut> {
    let bands = bands.iter().find(|bands| bands.column == *column);
    bands.map(|bands| &bands.cut)
}

impl Cut {
    /// What of a cell is compared.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The bands, lowest first.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// The place of the band into which a cell falls.
    ///
    /// # Errors
    /// What speaks against the cell, as the rest of a sentence that begins with its row.
    pub fn place(&self, cell: &str) -> Result<usize, String> {
        let text = trimmed(cell);
        if text.is_empty() {
            return Err("is empty".to_owned());
        }
        let value = self.value(text).ok_or_else(|| {
            let what = match self.measure {
                Measure::Number => "number of at most six decimals",
                Measure::Day | Measure::DaysTo(_) | Measure::YearsTo(_) => "date",
            };
            format!("has “{text}”, which is no {what}")
        })?;
        let holds = |band: &Band| band.low <= value && band.high.is_none_or(|high| value <= high);
        self.bands
            .iter()
            .position(holds)
            .ok_or_else(|| format!("has “{text}”, which is in none of the bands {self}"))
    }

    fn value(&self, text: &str) -> Option<Edge> {
        let whole = |count: i64| Edge::Millionths(count.saturating_mul(ONE));
        match self.measure {
            Measure::Number => match text.strip_prefix('-') {
                Some(below) => millionths(below).map(|below| Edge::Millionths(-below)),
                None => millionths(text).map(Edge::Millionths),
            },
            Measure::Day => Date::parse(text).map(Edge::Day),
            Measure::DaysTo(day) => Date::parse(text).map(|from| whole(day.days() - from.days())),
            Measure::YearsTo(day) => Date::parse(text).map(|from| whole(from.years_to(day))),
        }
    }
}

fn millionths(text: &str) -> Option<i64> {
    scaled(text, PLACES).and_then(|number| i64::try_from(number).ok())
}

impl FromStr for Cut {
    type Err = Refusal;

    /// Reads bands with commas between them, and after them `days to` or `years to` a day where the
    /// column holds dates.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (list, until) = match (
            text.rsplit_once(" days to "),
            text.rsplit_once(" years to "),
        ) {
            (Some((list, day)), _) => (list, Some(Measure::DaysTo(last_day(day)?))),
            (None, Some((list, day))) => (list, Some(Measure::YearsTo(last_day(day)?))),
            (None, None) => (text, None),
        };
        let bands = list
            .split(',')
            .map(Band::from_str)
            .collect::<Result<Vec<_>, _>>()?;
        for pair in bands.windows(2) {
            if let [before, after] = pair
                && before.high.is_none_or(|high| high >= after.low)
            {
                return Err(Refusal::new(format!(
                    "The band “{after}” must begin above the end of “{before}”: give bands from the \
                     lowest to the highest, none of them twice, and only the last without an end."
                )));
            }
        }
        let days = bands
            .iter()
            .filter(|band| matches!(band.low, Edge::Day(_)))
            .count();
        let measure = match until {
            Some(until) if days == 0 => until,
            None if days == 0 => Measure::Number,
            None if days == bands.len() => Measure::Day,
            Some(_) | None => {
                return Err(Refusal::new(format!(
                    "The edges in “{text}” must all be numbers, or all be dates."
                )));
            }
        };
        Ok(Self { measure, bands })
    }
}

fn last_day(text: &str) -> Result<Date, Refusal> {
    Date::of_field(text.trim())
        .ok_or_else(|| Refusal::new(format!("“{text}” is no day. Write it as 2026-03-31.")))
}

impl FromStr for Band {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let refusal = || {
            Refusal::new(format!(
                "“{text}” is no band. Write bands as 0-4, 16+ or 2025-04-01 to 2025-06-30, with a comma \
                 between them."
            ))
        };
        if let Some(low) = text.strip_suffix('+') {
            let low = low.parse().map_err(|()| refusal())?;
            return Ok(Self { low, high: None });
        }
        if let Ok(only) = text.parse() {
            return Ok(Self {
                low: only,
                high: Some(only),
            });
        }
        let (low, high) = [" to ", "–", "-"]
            .iter()
            .find_map(|between| text.split_once(between))
            .ok_or_else(refusal)?;
        let edge = |text: &str| text.parse::<Edge>().map_err(|()| refusal());
        let (low, high) = (edge(low)?, edge(high)?);
        match (low, high) {
            (Edge::Millionths(_), Edge::Millionths(_)) | (Edge::Day(_), Edge::Day(_))
                if low <= high =>
            {
                Ok(Self {
                    low,
                    high: Some(high),
                })
            }
            _ => Err(refusal()),
        }
    }
}

impl FromStr for Edge {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let day = Date::of_field(text).map(Self::Day);
        day.or_else(|| millionths(text).map(Self::Millionths))
            .ok_or(())
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bands: Vec<String> = self.bands.iter().map(Band::to_string).collect();
        f.write_str(&bands.join(", "))?;
        match self.measure {
            Measure::Number | Measure::Day => Ok(()),
            Measure::DaysTo(day) => write!(f, " days to {day}"),
            Measure::YearsTo(day) => write!(f, " years to {day}"),
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (low, None) => write!(f, "{low}+"),
            (low, Some(high)) if low == high => write!(f, "{low}"),
            (low @ Edge::Day(_), Some(high)) => write!(f, "{low} to {high}"),
            (low @ Edge::Millionths(_), Some(high)) => write!(f, "{low}-{high}"),
        }
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Millionths(number) if number % ONE == 0 => write!(f, "{}", number / ONE),
            Self::Millionths(number) => {
                let part = format!("{:0PLACES$}", number % ONE);
                write!(f, "{}.{}", number / ONE, part.trim_end_matches('0'))
            }
        }
    }
}

impl TryFrom<String> for Cut {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl From<Cut> for String {
    fn from(cut: Cut) -> Self {
        cut.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Cut {
        text.parse().unwrap()
    }

    /// The name of the band that a cell falls into.
    fn band(text: &str, cell: &str) -> Result<String, String> {
        let cut = cut(text);
        cut.place(cell).map(|place| cut.bands()[place].to_string())
    }

    #[test]
    fn a_cut_is_shown_as_it_is_read() {
        for (text, shown) in [
            ("0-4,5-9,10-15,16+", "0-4, 5-9, 10-15, 16+"),
            (" 0 – 4 , 5 to 9 ", "0-4, 5-9"),
            ("0,1,2+", "0, 1, 2+"),
            ("0-0.50, 0.51-1.250", "0-0.5, 0.51-1.25"),
            (
                "0-30,31+ days to 2026-03-31",
                "0-30, 31+ days to 2026-03-31",
            ),
            (
                "0-17, 18+ years to 2026-03-31",
                "0-17, 18+ years to 2026-03-31",
            ),
            (
                "2025-04-01 to 2025-06-30,2025-07-01+",
                "2025-04-01 to 2025-06-30, 2025-07-01+",
            ),
        ] {
            assert_eq!(cut(text).to_string(), shown);
            assert_eq!(cut(shown), cut(text));
        }
    }

    #[test]
    fn both_edges_belong_to_a_band() {
        let ages = "0-4, 5-9, 10-15, 16+";
        for (cell, name) in [
            ("0", "0-4"),
            ("4", "0-4"),
            (" 5 ", "5-9"),
            ("9.0", "5-9"),
            ("15", "10-15"),
            ("120", "16+"),
        ] {
            assert_eq!(band(ages, cell).unwrap(), name, "{cell}");
        }
        assert_eq!(band(ages, " \u{a0}").unwrap_err(), "is empty");
        assert!(
            band(ages, "4.5")
                .unwrap_err()
                .contains("“4.5”, which is in none of the bands 0-4,")
        );
        assert!(
            band(ages, "-1")
                .unwrap_err()
                .contains("in none of the bands")
        );
        assert!(
            band("1-4", "0")
                .unwrap_err()
                .contains("in none of the bands")
        );
        for cell in ["four", "4,5", "1e1", "+4", "--1", "0.0000001"] {
            assert!(
                band(ages, cell).unwrap_err().contains("is no number"),
                "{cell}"
            );
        }
    }

    #[test]
    fn days_and_years_are_counted_to_a_day() {
        let days = "0-30, 31-90, 91+ days to 2026-03-31";
        for (cell, name) in [
            ("2026-03-31", "0-30"),
            ("01/03/2026", "0-30"),
            ("28 Feb 2026", "31-90"),
            ("31.12.2025", "31-90"),
            ("30/12/2025", "91+"),
        ] {
            assert_eq!(band(days, cell).unwrap(), name, "{cell}");
        }
        assert!(
            band(days, "2026-04-01")
                .unwrap_err()
                .contains("in none of the bands")
        );
        assert!(
            band(days, "30")
                .unwrap_err()
                .contains("“30”, which is no date")
        );
        // A birthday counts from the day itself; that of 29 February from 1 March.
        let ages = "0-4, 5-17, 18+ years to 2026-02-28";
        for (cell, name) in [
            ("2021-02-28", "5-17"),
            ("2021-03-01", "0-4"),
            ("2008-02-29", "5-17"),
            ("2008-02-28", "18+"),
        ] {
            assert_eq!(band(ages, cell).unwrap(), name, "{cell}");
        }
        let quarters = "2025-04-01 to 2025-06-30, 2025-07-01+";
        assert_eq!(
            band(quarters, "30/06/2025 23:59").unwrap(),
            "2025-04-01 to 2025-06-30"
        );
        assert!(band(quarters, "31/03/2025").is_err());
    }

    #[test]
    fn cuts_that_cannot_be_are_refused_with_the_reason() {
        let refused = |text: &str| text.parse::<Cut>().unwrap_err().to_string();
        for text in [
            "",
            "0-4,",
            "young",
            "4-0",
            "-5-0",
            "+",
            "5-2025-04-01",
            "2025-02-30+",
            "0-4 days",
        ] {
            assert!(refused(text).contains("is no band"), "{text}");
        }
        assert!(refused("0-4,4-9").contains("“4-9” must begin above the end of “0-4”"));
        assert!(refused("16+,0-4").contains("“0-4” must begin above the end of “16+”"));
        assert!(refused("0-4,5-9 days to 31/03/2026").contains("Write it as 2026-03-31"));
        assert!(refused("0-4,2025-04-01+").contains("all be numbers, or all be dates"));
        assert!(refused("2025-04-01+ days to 2026-03-31").contains("all be numbers"));
    }

    proptest! {
        #[test]
        fn every_number_falls_where_comparing_puts_it(
            edges in prop::collection::btree_set(0..500_u32, 2..8),
            number in 0..600_u32,
        ) {
            let edges: Vec<u32> = edges.into_iter().collect();
            let bands: Vec<(u32, Option<u32>)> = edges
                .iter()
                .zip(edges.iter().skip(1).map(|next| Some(next - 1)).chain([None]))
                .map(|(low, high)| (*low, high))
                .collect();
            let names: Vec<String> = bands
                .iter()
                .map(|(low, high)| high.map_or(format!("{low}+"), |high| format!("{low}-{high}")))
                .collect();
            let expected = bands
                .iter()
                .position(|(low, high)| *low <= number && high.is_none_or(|high| number <= high));
            prop_assert_eq!(cut(&names.join(",")).place(&number.to_string()).ok(), expected);
        }
    }
}
