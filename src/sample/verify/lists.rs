//! The lists that a certificate was drawn from: found among the files that somebody gives, and read
//! as the certificate names them.

use crate::frame::account::places;
use crate::sample::certificate::Certificate;
use crate::table::{self, File, ReadOptions, Reading, Refusal};

/// A file that somebody gives for a check.
#[derive(Clone, Copy)]
pub struct GivenFile<'a> {
    /// Its name, without its folder.
    pub name: &'a str,
    /// Its bytes.
    pub contents: &'a dyn File,
}

/// The lists of a certificate, as far as they were given.
#[derive(Debug)]
pub struct Lists {
    /// Each list of the certificate's plan, in its order; none where it is in no file.
    pub readings: Vec<Option<Reading>>,
    /// The number of the file that each list is in, from 0.
    pub files: Vec<Option<usize>>,
}

/// A file that cannot be read as the list that it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The number of the file, from 0.
    pub file: usize,
    /// Why, and what to do.
    pub why: Refusal,
}

impl Certificate {
    /// Each list that it was drawn from, as the file's name and SHA-256, in the order of its plan.
    #[must_use]
    pub fn listed_files(&self) -> Vec<(&str, &str)> {
        match &self.account {
            Some(account) => account
                .lists
                .iter()
                .map(|list| (list.file.as_str(), list.sha256.as_str()))
                .collect(),
            None => vec![(&self.list.name, &self.list.sha256)],
        }
    }

    /// The sheet of each of them.
    fn sheets(&self) -> Vec<Option<&str>> {
        match &self.account {
            Some(account) => account
                .lists
                .iter()
                .map(|list| list.sheet.as_deref())
                .collect(),
            None => vec![self.list.sheet.as_deref()],
        }
    }
}

/// Finds the lists of a certificate among these files and reads them. Where there is one list,
/// `options` may name another sheet than the certificate does.
///
/// # Errors
/// The first file that cannot be read.
pub fn read_lists(
    certificate: &Certificate,
    files: &[GivenFile],
    options: &ReadOptions,
    progress: &mut dyn FnMut(f32),
) -> Result<Lists, Unread> {
    let mut known = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let hash = table::sha256(file.contents).map_err(|why| Unread { file: at, why })?;
        known.push((file.name.to_owned(), hash));
    }
    let places = places(&certificate.listed_files(), &known);
    let sheets = certificate.sheets();
    let only = sheets.len() == 1;
    let mut readings = Vec::new();
    for (place, sheet) in places.iter().zip(sheets) {
        let found = place.and_then(|at| Some((at, files.get(at)?, known.get(at)?)));
        let Some((at, file, (_, hash))) = found else {
            readings.push(None);
            continue;
        };
        let mut options = options.clone();
        let is_asked = only && options.sheet.is_some();
        if !is_asked {
            options.sheet = sheet.map(ToOwned::to_owned);
        }
        let reading = read(file, &options, only && !is_asked, progress);
        let mut reading = reading.map_err(|why| Unread { file: at, why })?;
        reading.source.sha256.clone_from(hash);
        readings.push(Some(reading));
    }
    Ok(Lists {
        readings,
        files: places,
    })
}

/// Reads a list; saved anew it may have another sheet's name, or none, so that its first sheet will do
/// where there is but one list.
fn read(
    file: &GivenFile,
    options: &ReadOptions,
    first_will_do: bool,
    progress: &mut dyn FnMut(f32),
) -> Result<Reading, Refusal> {
    let mut read =
        |options: &ReadOptions| table::read_unhashed(file.name, file.contents, options, progress);
    match read(options) {
        Err(_) if first_will_do && options.sheet.is_some() => read(&ReadOptions {
            sheet: None,
            ..options.clone()
        }),
        read => read,
    }
}
