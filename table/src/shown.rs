//! The value of a workbook's cell as text, as the sheet shows it: no `1.0`, no `1.2E+11`, days as
//! `2026-03-31`.

use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType};

use super::date::Date;
use super::number_format::NumberFormat;

/// Numbers from here on have more digits than a spreadsheet keeps (15).
const TOO_LONG: f64 = 1e15;

/// The text of a number, in its format if there is one that is understood.
pub(super) fn number(value: f64, format: Option<&NumberFormat>) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if let Some(format) = format.filter(|_| value.abs() < TOO_LONG) {
        return format.show(value);
    }
    // A spreadsheet works with 15 digits: 0.1 + 0.2 shows as 0.3. Rust never writes exponents.
    // Whole numbers stay as they are stored, so that two long ids never become one.
    let value = if value.fract() == 0.0 {
        value
    } else {
        format!("{value:.14e}").parse().unwrap_or(value)
    };
    if value == 0.0 {
        "0".to_owned()
    } else {
        format!("{value}")
    }
}

/// Whether a stored number in no format shows as it is written: it has 15 digits at most, no
/// exponent, and no nought that could be left out.
pub(super) fn is_shown_as_stored(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let part_fits = part.is_none_or(|part| plain(part) && !part.is_empty() && !part.ends_with('0'));
    let whole_fits = plain(whole) && !whole.is_empty() && (!whole.starts_with('0') || whole == "0");
    digits.len() <= 15 && whole_fits && part_fits && text != "-0"
}

/// Puts the day that a stored whole number stands for behind `text`; false if it is another number.
pub(super) fn day(stored: &str, is_1904: bool, text: &mut String) -> bool {
    /// 1 January 1970 as either calendar counts it.
    const UNIX: [i64; 2] = [25_569, 24_107];
    let digits = (1..=6).contains(&stored.len()) && stored.bytes().all(|b| b.is_ascii_digit());
    let Some(serial) = digits.then(|| stored.parse::<i64>().ok()).flatten() else {
        return false;
    };
    // The calendar of 1900 counts a 29 February that never was (60); days before it are rare.
    if serial < 61 {
        return false;
    }
    let days = serial - if is_1904 { UNIX[1] } else { UNIX[0] };
    let date = Date::of_millis(days * 86_400_000);
    let year = date.year();
    for number in [year / 1000, year / 100, year / 10, year] {
        text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or(0)));
    }
    for number in [date.month(), date.day()] {
        text.push('-');
        text.push(char::from(b'0' + number / 10));
        text.push(char::from(b'0' + number % 10));
    }
    true
}

/// The text of a day or a length of time that is stored as a number.
pub(super) fn serial(value: f64, length: bool, is_1904: bool) -> String {
    let kind = if length {
        ExcelDateTimeType::TimeDelta
    } else {
        ExcelDateTimeType::DateTime
    };
    moment(&ExcelDateTime::new(value, kind, is_1904))
}

/// The text of a day, a time of day, both, or a length of time.
fn moment(value: &ExcelDateTime) -> String {
    let serial = value.as_f64();
    if !serial.is_finite() || serial < 0.0 {
        return number(serial, None);
    }
    if value.is_duration() {
        return hours(serial);
    }
    // A stored 10:30:00 may be a little less in binary: round to the second.
    let rounded = (serial * 86_400.0).round() / 86_400.0 + 1e-9;
    if rounded < 1.0 {
        return hours(serial);
    }
    let copy = ExcelDateTime::new(rounded, ExcelDateTimeType::DateTime, is_1904(value));
    let (year, month, day, hour, minute, second, _) = copy.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        return date;
    }
    format!("{date}T{hour:02}:{minute:02}:{second:02}")
}

/// The workbook's epoch is not told by the value itself, yet the year of one day shows it.
fn is_1904(value: &ExcelDateTime) -> bool {
    let kind = ExcelDateTimeType::DateTime;
    ExcelDateTime::new(value.as_f64(), kind, true) == *value
}

fn hours(days: f64) -> String {
    let seconds = (days * 86_400.0).round();
    let (hours, rest) = ((seconds / 3600.0).floor(), seconds.rem_euclid(3600.0));
    format!(
        "{hours:02}:{:02}:{:02}",
        (rest / 60.0).floor(),
        rest.rem_euclid(60.0)
    )
}

/// `PT10H30M00S`, as ODS writes a time of day.
fn duration(text: &str) -> Option<String> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split('.').next()?;
    let two = |text: &str| (text.len() <= 6).then(|| text.parse::<u32>().ok())?;
    Some(format!(
        "{:02}:{:02}:{:02}",
        two(hours)?,
        two(minutes)?,
        two(seconds)?
    ))
}

/// A moment in ISO 8601 without a time of day that says nothing.
pub(super) fn iso(text: &str) -> &str {
    text.strip_suffix("T00:00:00").unwrap_or(text)
}

fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// A cell's text; what needs no new text is lent.
pub(super) fn text<'a>(value: &'a DataRef<'_>) -> std::borrow::Cow<'a, str> {
    match value {
        DataRef::Int(value) => value.to_string().into(),
        DataRef::Float(value) => number(*value, None).into(),
        DataRef::String(value) => value.as_str().into(),
        DataRef::SharedString(value) => (*value).into(),
        DataRef::Bool(value) => truth(*value).into(),
        DataRef::DateTime(value) => moment(value).into(),
        DataRef::DateTimeIso(value) => iso(value).into(),
        DataRef::DurationIso(value) => {
            duration(value).map_or_else(|| value.as_str().into(), Into::into)
        }
        DataRef::Error(error) => error.to_string().into(),
        DataRef::Empty => "".into(),
    }
}

/// The same for the formats that are not streamed.
pub(super) fn owned(value: &Data) -> std::borrow::Cow<'_, str> {
    match value {
        Data::Int(value) => value.to_string().into(),
        Data::Float(value) => number(*value, None).into(),
        Data::String(value) => value.as_str().into(),
        Data::Bool(value) => truth(*value).into(),
        Data::DateTime(value) => moment(value).into(),
        Data::DateTimeIso(value) => iso(value).into(),
        Data::DurationIso(value) => {
            duration(value).map_or_else(|| value.as_str().into(), Into::into)
        }
        Data::Error(error) => error.to_string().into(),
        Data::Empty => "".into(),
    }
}

/// Whether a whole number has more digits than a spreadsheet keeps.
pub(super) fn is_too_long(value: f64) -> bool {
    value.abs() >= TOO_LONG && value.fract() == 0.0
}
