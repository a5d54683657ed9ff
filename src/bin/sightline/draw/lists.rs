//! The options of `sightline draw` that say which lists, what a case is, and who is in.

use std::ffi::OsString;
use std::path::Path;

use lexopt::Parser;
use lexopt::prelude::ValueExt;
use sightline::desk::list::earlier::{EarlierAsked, EarlierView, look_back};
use sightline::frame::derived::{Derived, Measure};
use sightline::frame::earlier::Earlier;
use sightline::frame::filter::{Filter, Side};
use sightline::frame::guess_id_column;
use sightline::frame::plan::{Framing, Given, Plan, PlannedList};
use sightline::frame::unit::{Keep, Unit};
use sightline::table::column::profiles;
use sightline::table::date::Date;
use sightline::table::{ReadOptions, Reading};

use super::{columns, needed, whole};
use crate::Failure;
use crate::profile::{encoding, read};
use crate::saved;

pub(super) const HELP: &str = "\
Which cases:
  --id COLUMN            the column with the case's id; again for an id of several columns
  --sheet NAME           the sheet to read; otherwise the first visible one that holds a list
  --encoding NAME        as for sightline profile; otherwise it is found out
  --unit WORD            what a case is: child, event or family; the certificate shows it
  --latest COLUMN        of several rows with one id, the one with the latest day in this column is
                         the case (otherwise the first)
  --where FILTER         only rows for which it holds; again for more, applied in this order
  --where-not FILTER     only rows for which it does not hold
  --as-of DAY            the day to which ages and days since are counted, such as 2026-03-31
  --add MEASURE          a column to be worked out, for strata, bands or weights: “days since COLUMN”
                         is called “Days since COLUMN”, and “age COLUMN” “Age from COLUMN”
  --audited FILE         leave out who was audited before: the cases of a saved round, of findings as
                         JSON, of a certificate, or of a list of ids
  --audited-passphrase FILE  the passphrase of that round, in the first line of a file
  --audited-id COLUMN    in that list, the column of ids (otherwise it is guessed)
  --audited-on COLUMN    in that list, the day of the audit: only those of the last 6 months before
                         --as-of are left out, as they are where a round or findings say the day
  --audited-within N     of the last N months instead

Several lists as one, a case a row:
  --link FILE            one more list; the options --sheet, --encoding, --id, --latest and these,
                         where they come after it, speak of it (before the first --link, of LIST)
  --name TEXT            what the list is called: “On TEXT” is Yes or No for each case
  --take COLUMN          a column of it for the linked table; again for more
  --rows FILTER          only such rows of it count; --rows-not FILTER: only others

A FILTER is one of these, with a reason for the certificate after a semicolon:
  COLUMN = VALUE    COLUMN != VALUE    COLUMN one of VALUE, VALUE    COLUMN not one of VALUE, VALUE
  date COLUMN from DAY to DAY          age COLUMN from YEARS to YEARS
  days since COLUMN from N to N        number COLUMN from N to N
Both ends belong to a range, and either may be left out. A cell that is blank or cannot be read is a
fault, unless “, blank kept”, “, blank left out”, “, unreadable kept” or “, unreadable left out”
follows. Put in quotes what holds such words or signs itself. Each row leaves by the first filter that
it does not pass. For example: --where 'days since \"Last Seen\" from 43, blank kept; Seen lately'";

/// The lists and who is in, as they were asked for.
#[derive(Default)]
pub(super) struct ListWords {
    lists: Vec<OneList>,
    plan: Plan,
    audited: Option<Audited>,
}

/// A list and what is said of it.
#[derive(Default)]
struct OneList {
    path: Option<OsString>,
    options: ReadOptions,
    plan: PlannedList,
}

/// The file of an earlier round.
struct Audited {
    path: OsString,
    passphrase: Option<OsString>,
    id: Option<String>,
    on: Option<String>,
    within: u16,
}

impl ListWords {
    /// The options that belong here.
    pub(super) const OPTIONS: [&str; 19] = [
        "sheet",
        "encoding",
        "id",
        "latest",
        "link",
        "name",
        "take",
        "rows",
        "rows-not",
        "unit",
        "as-of",
        "add",
        "where",
        "where-not",
        "audited",
        "audited-passphrase",
        "audited-id",
        "audited-on",
        "audited-within",
    ];

    /// Takes the path of the first list, if it has none yet.
    pub(super) fn first(&mut self, path: OsString) -> Result<(), Failure> {
        if self.lists.is_empty() {
            self.lists.push(OneList::default());
        }
        match self.lists.first_mut() {
            Some(list) if list.path.is_none() => {
                list.path = Some(path);
                Ok(())
            }
            Some(_) | None => Err(Failure(format!(
                "“{}” is one list too many. Link it with --link FILE.",
                path.to_string_lossy()
            ))),
        }
    }

    /// Takes the value of one of [`Self::OPTIONS`].
    pub(super) fn take(&mut self, option: &str, arguments: &mut Parser) -> Result<(), Failure> {
        if option == "audited-within" {
            self.audited()?.within = whole(arguments, "--audited-within")?;
            return Ok(());
        }
        if self.lists.is_empty() {
            self.lists.push(OneList::default());
        }
        let value = arguments.value()?;
        match option {
            "link" => self.lists.push(OneList {
                path: Some(value),
                ..OneList::default()
            }),
            "audited" if self.audited.is_none() => {
                self.audited = Some(Audited {
                    path: value,
                    passphrase: None,
                    id: None,
                    on: None,
                    within: 6,
                });
            }
            "audited-passphrase" => self.audited()?.passphrase = Some(value),
            "audited" => return Err(Failure("--audited is given twice.".to_owned())),
            _ => self.text(option, value.string()?)?,
        }
        Ok(())
    }

    fn text(&mut self, option: &str, text: String) -> Result<(), Failure> {
        match option {
            "unit" => {
                let unit = Unit::named(&text).ok_or_else(|| {
                    Failure(format!("--unit is child, event or family, not “{text}”."))
                })?;
                self.plan.unit = Some(unit);
            }
            "as-of" => {
                let day = Date::parse(&text);
                let none = || Failure(format!("--as-of takes a day, and “{text}” is none."));
                self.plan.day = Some(day.ok_or_else(none)?);
            }
            "add" => self.plan.derived.push(derived(&text)?),
            "where" => self.plan.filters.push(Filter::parse(Side::Keep, &text)?),
            "where-not" => self
                .plan
                .filters
                .push(Filter::parse(Side::LeaveOut, &text)?),
            "audited-id" => self.audited()?.id = Some(text),
            "audited-on" => self.audited()?.on = Some(text),
            _ => {
                if let Some(list) = self.lists.last_mut() {
                    list.text(option, text)?;
                }
            }
        }
        Ok(())
    }

    fn audited(&mut self) -> Result<&mut Audited, Failure> {
        let missing = || needed("--audited FILE, before what is said of it");
        self.audited.as_mut().ok_or_else(missing)
    }

    /// The columns of the first list's id.
    pub(super) fn id(&self) -> Result<Vec<String>, Failure> {
        let id = self.lists.first().map(|list| &list.plan.id);
        let id = id.filter(|id| !id.is_empty());
        id.cloned()
            .ok_or_else(|| needed("--id COLUMN, the column with the case's id"))
    }

    /// Reads the lists and makes the frame; sentences on the way go to standard error.
    pub(super) fn framing(self) -> Result<Framing, Failure> {
        let id = self.id()?;
        let Self {
            mut lists,
            mut plan,
            audited,
        } = self;
        if let Some(audited) = audited {
            plan.filters.push(audited.filter(plan.day)?);
        }
        let mut readings: Vec<Reading> = Vec::new();
        for list in &mut lists {
            let reading = read(list.path.take(), &list.options)?;
            if list.plan.id.is_empty() {
                list.plan.id.clone_from(&id);
            }
            columns(&reading.table, &list.plan.id)?;
            readings.push(reading);
        }
        plan.lists = lists.into_iter().map(|list| list.plan).collect();
        if !plan.is_plain() {
            for (list, reading) in plan.lists.iter_mut().zip(&readings) {
                if list.name.is_empty() {
                    let source = &reading.source;
                    list.name = source.sheet.clone().unwrap_or(source.name.clone());
                }
            }
        }
        let given: Vec<Given> = readings.iter().map(Given::from).collect();
        Ok(plan.run(&given)?)
    }
}

impl OneList {
    fn text(&mut self, option: &str, text: String) -> Result<(), Failure> {
        match option {
            "sheet" => self.options.sheet = Some(text),
            "encoding" => self.options.encoding = Some(encoding(&text)?),
            "id" => self.plan.id.push(text),
            "latest" => self.plan.keep = Keep::Latest(text),
            "name" => self.plan.name = text,
            "take" => self.plan.take.push(text),
            "rows" => self.plan.filters.push(Filter::parse(Side::Keep, &text)?),
            _ => self
                .plan
                .filters
                .push(Filter::parse(Side::LeaveOut, &text)?),
        }
        Ok(())
    }
}

impl Audited {
    /// The filter that leaves out the cases of the earlier round.
    fn filter(self, day: Option<Date>) -> Result<Filter, Failure> {
        let within = self.within;
        let earlier = match self.of_our_own()? {
            Some(earlier) => earlier,
            None => self.of_list()?,
        };
        let window = earlier.days().map(|_| {
            let day = day.ok_or_else(|| needed("--as-of DAY, to which the months are counted"))?;
            Ok::<_, Failure>((day.months_before(within), day))
        });
        let window = window.transpose()?;
        let mut filter = Filter::new(Side::LeaveOut, earlier.test(window));
        filter.reason = match window {
            Some(_) => format!("Audited in the last {within} months"),
            None => "Audited in an earlier round".to_owned(),
        };
        Ok(filter)
    }

    /// What a file in a form of ours tells: a round, or what the desk knows by its content.
    fn of_our_own(&self) -> Result<Option<Earlier>, Failure> {
        let bytes = std::fs::read(&self.path).unwrap_or_default();
        let name = Path::new(&self.path).file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let asked = EarlierAsked {
            name: name.clone(),
            ..EarlierAsked::default()
        };
        match look_back(&asked, &bytes) {
            Ok(EarlierView::Round { sha256, .. }) => {
                let opened = saved::read(saved::Given {
                    path: Some(self.path.clone()),
                    passphrase: self.passphrase.clone(),
                })?;
                let (_, round) = saved::round(&opened)?;
                Ok(Some(round.audited(&name, &sha256)))
            }
            Ok(EarlierView::Cases(named)) if named.id.is_none() => Ok(Some(named.earlier)),
            Ok(EarlierView::Cases(_)) => Ok(None),
            Err(_) if !bytes.starts_with(b"{") => Ok(None),
            Err(refusal) => Err(refusal.into()),
        }
    }

    fn of_list(self) -> Result<Earlier, Failure> {
        let reading = read(Some(self.path), &ReadOptions::default())?;
        let table = &reading.table;
        let id = self.id.or_else(|| {
            guess_id_column(&profiles(table)).map(|column| table.name(column).to_owned())
        });
        let id = id.ok_or_else(|| needed("--audited-id COLUMN, the column of ids in that list"))?;
        let (earlier, problems) = Earlier::of_list(Given::from(&reading), &id, self.on.as_deref())?;
        for problem in &problems {
            eprintln!("“{}”: {problem}", reading.source.name);
        }
        Ok(earlier)
    }
}

fn derived(text: &str) -> Result<Derived, Failure> {
    let measures = [("days since ", Measure::DaysSince), ("age ", Measure::Age)];
    let found = measures.into_iter().find_map(|(word, measure)| {
        let column = text.strip_prefix(word)?.trim().trim_matches('"');
        (!column.is_empty()).then(|| Derived {
            measure,
            column: column.to_owned(),
        })
    });
    found.ok_or_else(|| {
        Failure(format!(
            "--add takes “days since COLUMN” or “age COLUMN”, and “{text}” is neither."
        ))
    })
}
