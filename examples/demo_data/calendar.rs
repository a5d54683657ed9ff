//! Days and moments of the civil calendar, and the one date on which everything stands.

/// A day, counted as spreadsheets do: day 1 is 31 December 1899, day 25,569 is 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32);

/// The date on which all lists were "run": 31 March 2026. No clock is read.
pub(crate) const REFERENCE: Day = Day::new(2026, 3, 31);

/// A minute of a day by the clock on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    /// Minutes since midnight, from 0 to 1,439.
    pub(crate) minute: i32,
}

impl Day {
    /// Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    pub(crate) const fn new(year: i32, month: i32, day: i32) -> Day {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Day(era * 146_097 + day_of_era - 719_468 + 25_569)
    }

    /// Year, month and day (`civil_from_days`, the same source).
    pub(crate) const fn civil(self) -> (i32, i32, i32) {
        let days = self.0 - 25_569 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400;
        (if month <= 2 { year + 1 } else { year }, month, day)
    }

    pub(crate) const fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }

    /// The same day of the year, `years` later; 29 February becomes 1 March where it must.
    pub(crate) fn birthday(self, years: i32) -> Day {
        let (year, month, day) = self.civil();
        let later = Day::new(year + years, month, day);
        if later.civil().1 == month {
            later
        } else {
            Day::new(year + years, month + 1, 1)
        }
    }

    /// Completed years of somebody born on this day.
    pub(crate) fn age_on(self, date: Day) -> i32 {
        let years = date.civil().0 - self.civil().0;
        if self.birthday(years) > date {
            years - 1
        } else {
            years
        }
    }

    /// As people in England write it: `31/03/2026`.
    pub(crate) fn british(self) -> String {
        let (year, month, day) = self.civil();
        format!("{day:02}/{month:02}/{year:04}")
    }

    /// As ISO 8601 writes it: `2026-03-31`.
    pub(crate) fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

impl Moment {
    /// The moment `minutes` later, clock changes left aside.
    pub(crate) fn plus_minutes(self, minutes: i32) -> Moment {
        let total = self.minute + minutes;
        Moment {
            day: self.day.plus(total.div_euclid(1440)),
            minute: total.rem_euclid(1440),
        }
    }

    /// `09:05`.
    pub(crate) fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }
}
