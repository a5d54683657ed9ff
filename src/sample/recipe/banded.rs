//! The lines of Python that cut columns into bands and make each case's stratum.

use super::super::bands::{Bands, Cut, Edge, Measure, cut_of};
use super::{literal, quoted};

/// What `cases.txt` must hold.
pub(super) fn file(strata: &[String], bands: &[Bands]) -> String {
    let columns = strata.iter().map(|column| {
        let name = quoted(std::slice::from_ref(column));
        match cut_of(column, bands).map(Cut::measure) {
            None => name,
            Some(Measure::Number) => format!("{name} as a plain number"),
            Some(Measure::Day | Measure::DaysTo(_) | Measure::YearsTo(_)) => {
                format!("{name} as YYYY-MM-DD")
            }
        }
    });
    format!(
        "# cases.txt: the same, each id followed by {}, a tab before each.",
        columns.collect::<Vec<_>>().join(", ")
    )
}

/// The lines that make `cases` pairs of id and stratum.
pub(super) fn cut(strata: &[String], bands: &[Bands]) -> Vec<String> {
    let parts: Vec<String> = strata
        .iter()
        .enumerate()
        .map(|(at, column)| match cut_of(column, bands) {
            None => format!("texts[{at}]"),
            Some(cut) => format!("band({}, {})", value(cut, at), listed(cut)),
        })
        .collect();
    vec![
        "from datetime import date".to_owned(),
        "from decimal import Decimal".to_owned(),
        "def day(text): return date.fromisoformat(text)".to_owned(),
        "def years(a, b): return b.year - a.year - ((b.month, b.day) < (a.month, a.day))"
            .to_owned(),
        "def band(value, bands): return next(n for n, low, high in bands if low <= value <= high)"
            .to_owned(),
        format!(
            "def stratum(texts): return '|'.join([{}])",
            parts.join(", ")
        ),
        "cases = [[id, stratum(texts)] for id, *texts in cases]".to_owned(),
    ]
}

/// What is compared, from the text at this place.
fn value(cut: &Cut, at: usize) -> String {
    match cut.measure() {
        Measure::Number => format!("Decimal(texts[{at}])"),
        Measure::Day => format!("day(texts[{at}])"),
        Measure::DaysTo(to) => format!("(day('{to}') - day(texts[{at}])).days"),
        Measure::YearsTo(to) => format!("years(day(texts[{at}]), day('{to}'))"),
    }
}

/// The bands as a list of Python: name, lowest and highest value.
fn listed(cut: &Cut) -> String {
    let edge = |edge: Edge| match edge {
        Edge::Millionths(_) => format!("Decimal('{edge}')"),
        Edge::Day(_) => format!("day('{edge}')"),
    };
    let bands = cut.bands().iter().map(|band| {
        let high = match (band.low, band.high) {
            (_, Some(high)) => edge(high),
            (Edge::Millionths(_), None) => "Decimal('Infinity')".to_owned(),
            (Edge::Day(_), None) => "date.max".to_owned(),
        };
        format!(
            "({}, {}, {high})",
            literal(&band.to_string()),
            edge(band.low)
        )
    });
    format!("[{}]", bands.collect::<Vec<_>>().join(", "))
}
