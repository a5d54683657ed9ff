//! On a desk of its own, a certificate and the lists that it was drawn from: what each file is, and
//! what the check finds. No round is needed, and nothing is kept from one check to the next.

use serde::{Deserialize, Serialize};

use crate::frame::plan::Given;
use crate::sample::certificate::Certificate;
use crate::sample::verify::{GivenFile, Verification, read_lists, verify_lists};
use crate::table::{File, ReadOptions, Refusal};

/// No certificate is as large as this.
const LARGEST: usize = 1 << 28;
/// So many bytes tell whether a file is a certificate.
const HEAD: usize = 64;

/// What the page asks: to check these files, which come with the message in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Their names.
    pub names: Vec<String>,
}

/// What the desk answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What each file is, in the order in which they came.
    pub files: Vec<FileIs>,
    /// The certificate.
    pub certificate: Option<Box<Certificate>>,
    /// The names of the lists that are not here and without which nothing can be checked.
    pub lacking: Vec<String>,
    /// What the check found, once all is here.
    pub found: Option<Verification>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileIs {
    /// The certificate that is checked.
    Certificate,
    /// An earlier certificate, in whose place another was given.
    EarlierCertificate,
    /// A list, as long as there is no certificate to say which.
    List,
    /// A list that the certificate was drawn from.
    ListDrawnFrom,
    /// A list that is none of the certificate's.
    OtherList,
    /// It cannot be read: why, and what to do.
    Unread(String),
}

/// Looks at the files, and checks the certificate among them once all its lists are there.
pub fn report(
    names: &[String],
    contents: &[Box<dyn File>],
    progress: &mut dyn FnMut(f32),
) -> Report {
    let mut report = Report {
        files: Vec::new(),
        certificate: None,
        lacking: Vec::new(),
        found: None,
    };
    for (at, file) in contents.iter().enumerate() {
        let is = match certificate(&**file) {
            Ok(None) => FileIs::List,
            Ok(Some(certificate)) => {
                report.take(*certificate);
                FileIs::Certificate
            }
            Err(why) => FileIs::Unread(why.0),
        };
        report.files.insert(at, is);
    }
    let lists = contents.iter().zip(names).zip(&report.files).enumerate();
    let lists = lists.filter(|(_, (_, is))| **is == FileIs::List);
    let (places, given): (Vec<usize>, Vec<GivenFile>) = lists
        .map(|(at, ((contents, name), _))| {
            let contents = &**contents;
            (at, GivenFile { name, contents })
        })
        .unzip();
    report.check(&places, &given, progress);
    report
}

impl Report {
    /// A certificate given later takes the place of one before.
    fn take(&mut self, certificate: Certificate) {
        for is in &mut self.files {
            if *is == FileIs::Certificate {
                *is = FileIs::EarlierCertificate;
            }
        }
        self.certificate = Some(Box::new(certificate));
    }

    /// Checks the certificate against these lists, which stand at these places among the files.
    fn check(&mut self, places: &[usize], given: &[GivenFile], progress: &mut dyn FnMut(f32)) {
        let Some(certificate) = &self.certificate else {
            return;
        };
        let lists = match read_lists(certificate, given, &ReadOptions::default(), progress) {
            Ok(lists) => lists,
            Err(unread) => {
                let at = places.get(unread.file);
                if let Some(is) = at.and_then(|at| self.files.get_mut(*at)) {
                    *is = FileIs::Unread(unread.why.0);
                }
                return;
            }
        };
        for (number, at) in places.iter().enumerate() {
            let is_drawn_from = lists.files.contains(&Some(number));
            if let Some(is) = self.files.get_mut(*at) {
                *is = if is_drawn_from {
                    FileIs::ListDrawnFrom
                } else {
                    FileIs::OtherList
                };
            }
        }
        let named = certificate.listed_files().into_iter().zip(&lists.readings);
        self.lacking = named
            .filter(|(_, reading)| reading.is_none())
            .map(|((file, _), _)| file.to_owned())
            .collect();
        self.lacking.dedup();
        if self.lacking.is_empty() {
            let readings = lists.readings.iter();
            let given: Vec<Option<Given>> = readings
                .map(|reading| reading.as_ref().map(Given::from))
                .collect();
            self.found = Some(verify_lists(certificate, &given));
        }
    }
}

/// The certificate that a file holds; none if it is to be read as a list.
fn certificate(file: &dyn File) -> Result<Option<Box<Certificate>>, Refusal> {
    let mut head = vec![0; HEAD.min(file.size())];
    file.read_at(0, &mut head)?;
    if !is_json(&head) {
        return Ok(None);
    }
    if file.size() > LARGEST {
        return Err(Refusal(
            "This is not a certificate: it is larger than any that Sightline writes.".to_owned(),
        ));
    }
    let mut bytes = vec![0; file.size()];
    file.read_at(0, &mut bytes)?;
    Ok(Some(Box::new(Certificate::read_bytes(&bytes)?)))
}

/// Whether a file that begins so is JSON, which no list is.
fn is_json(head: &[u8]) -> bool {
    let mark = [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"];
    let head = mark
        .iter()
        .find_map(|mark| head.strip_prefix(*mark))
        .unwrap_or(head);
    let mut text = head
        .iter()
        .filter(|byte| **byte != 0 && !byte.is_ascii_whitespace());
    text.next() == Some(&b'{') && !head.starts_with(b"{\\rtf")
}
