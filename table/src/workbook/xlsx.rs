//! XLSX and XLSM: the parts of the package by their relationships, and each sheet scanned once while
//! it is unpacked. What is unpacked is held to the size and the checksum that the archive declares.
//!
//! Sources: ECMA-376 part 2 (packages) and part 1, section 18.2 (workbooks); both conformances.

mod cells;
mod strings;
mod styles;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use self::cells::{Book as Shared, Cells};
use self::strings::Strings;
use super::formats::{Book, Found, SheetName};
use super::{damaged, not_whole};
use crate::Refusal;
use crate::archive;
use crate::layout::Layout;
use crate::xml::{Fault, Scanner, Tag, Token};

type Part<'a, 'b> = ZipFile<'a, Cursor<&'b [u8]>>;

/// A workbook whose sheets can be read.
pub(super) struct Xlsx<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The places of the parts in the archive, by their names in lower case.
    parts: BTreeMap<String, usize>,
    sheets: Vec<Listed>,
    shared: Shared,
}

/// A sheet as the workbook lists it.
struct Listed {
    sheet: SheetName,
    part: String,
}

/// What a part refers to.
#[derive(Debug)]
struct Relationship {
    id: String,
    kind: String,
    target: String,
}

impl<'b> Xlsx<'b> {
    /// Reads all but the sheets.
    pub(super) fn new(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| not_whole("the workbook"))?;
        let mut book = Self {
            parts: archive::parts(&zip)?,
            zip,
            sheets: Vec::new(),
            shared: Shared::default(),
        };
        let workbook = book.workbook_part()?;
        let relationships = book.relationships(&workbook)?;
        let of_kind = |kind: &str| {
            let mut all = relationships.iter();
            let found = all.find(|relationship| relationship.kind == kind);
            found.map(|relationship| relationship.target.clone())
        };
        book.read_workbook(&workbook, &relationships)?;
        if let Some(part) = of_kind("styles") {
            book.shared.styles = book.read_part(&part, |part| styles::read(part))?;
        }
        if let Some(part) = of_kind("sharedStrings") {
            book.shared.strings = book.read_part(&part, |part| Strings::read(part))?;
        }
        Ok(book)
    }

    /// The part that lists the sheets.
    fn workbook_part(&mut self) -> Result<String, Refusal> {
        let relationships = self.relationships("")?;
        let mut all = relationships.into_iter();
        let found = all.find(|relationship| relationship.kind == "officeDocument");
        Ok(found.map_or_else(|| "xl/workbook.xml".to_owned(), |found| found.target))
    }

    /// What a part refers to within the package; nothing if it does not say.
    fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, Refusal> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let path = resolved(folder, &format!("_rels/{file}.rels"));
        if !self.parts.contains_key(&path.to_lowercase()) {
            return Ok(Vec::new());
        }
        self.read_part(&path, |part| relationships(part, folder))
    }

    fn read_workbook(&mut self, part: &str, relationships: &[Relationship]) -> Result<(), Refusal> {
        let (sheets, is_1904) = self.read_part(part, |part| sheets(part))?;
        self.shared.is_1904 = is_1904;
        for (sheet, id) in sheets {
            let mut all = relationships.iter();
            let Some(found) = all.find(|relationship| relationship.id == id) else {
                return Err(damaged(format!("sheet “{}” has no part", sheet.name)));
            };
            // A chart or a dialogue on a sheet of its own holds no cells.
            if found.kind == "worksheet" {
                let part = found.target.clone();
                self.sheets.push(Listed { sheet, part });
            }
        }
        Ok(())
    }

    fn read_part<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Part<'_, 'b>) -> Result<T, Fault>,
    ) -> Result<T, Refusal> {
        let part = open(&mut self.zip, &self.parts, name)?;
        read(part).map_err(|fault| refusal(&fault, name))
    }

    /// A sheet's cells, and its name for people.
    fn cells_of(&mut self, sheet: &str) -> Result<Cells<'_, Part<'_, 'b>>, Refusal> {
        let listed = self.sheets.iter().find(|listed| listed.sheet.name == sheet);
        let part = listed.map_or("", |listed| &listed.part);
        let part = open(&mut self.zip, &self.parts, part)?;
        Ok(Cells::new(&self.shared, part))
    }
}

impl Book for Xlsx<'_> {
    fn sheets(&self) -> Vec<SheetName> {
        let sheets = self.sheets.iter();
        sheets.map(|listed| listed.sheet.clone()).collect()
    }

    fn declared_rows(&mut self, sheet: &str) -> Result<u32, Refusal> {
        let mut cells = self.cells_of(sheet)?;
        let rows = cells.declared_rows();
        rows.map_err(|fault| refusal(&fault, &format!("sheet “{sheet}”")))
    }

    fn cells(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(&Found<'_>) -> bool,
    ) -> Result<Layout, Refusal> {
        let mut cells = self.cells_of(sheet)?;
        let read = cells.read(take);
        read.map_err(|fault| refusal(&fault, &format!("sheet “{sheet}”, row {}", cells.row())))?;
        Ok(cells.layout)
    }
}

fn open<'a, 'b>(
    zip: &'a mut ZipArchive<Cursor<&'b [u8]>>,
    parts: &BTreeMap<String, usize>,
    name: &str,
) -> Result<Part<'a, 'b>, Refusal> {
    let at = parts.get(&name.to_lowercase());
    let at = at.ok_or_else(|| damaged(format!("its part “{name}” is missing")))?;
    zip.by_index(*at).map_err(|_| not_whole(name))
}

fn refusal(fault: &Fault, place: &str) -> Refusal {
    match fault {
        Fault::Source => not_whole(place),
        Fault::NotXml(why) => damaged(format!("{place}: {why}")),
        Fault::DocumentType => archive::holds_document_type(),
    }
}

fn relationships(part: impl Read, folder: &str) -> Result<Vec<Relationship>, Fault> {
    let mut scanner = Scanner::new(part);
    let mut found = Vec::new();
    while let Some(token) = scanner.next()? {
        let Token::Open(tag @ Tag { depth: 2, .. }) = token else {
            continue;
        };
        let (id, kind) = (tag.get(b"Id")?, tag.get(b"Type")?);
        let (Some(target), Some(kind)) = (tag.get(b"Target")?, kind) else {
            continue;
        };
        // Nothing outside the package is ever looked at.
        if tag.get(b"TargetMode")?.as_deref() != Some("External") {
            found.push(Relationship {
                id: id.unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolved(folder, &target),
            });
        }
    }
    Ok(found)
}

/// The sheets with the ids of their parts, and whether days are counted from 1904.
fn sheets(part: impl Read) -> Result<(Vec<(SheetName, String)>, bool), Fault> {
    let mut scanner = Scanner::new(part);
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    while let Some(token) = scanner.next()? {
        let Token::Open(tag) = token else { continue };
        match (tag.depth, tag.name) {
            (2, b"workbookPr") => is_1904 = tag.is_on(b"date1904")?,
            (3, b"sheet") => {
                let state = tag.get(b"state")?;
                let sheet = SheetName {
                    name: tag.get(b"name")?.unwrap_or_default(),
                    hidden: state.is_some_and(|state| state != "visible"),
                };
                sheets.push((sheet, tag.get(b"id")?.unwrap_or_default()));
            }
            _ => {}
        }
    }
    Ok((sheets, is_1904))
}

/// A part's name from the root of the package, given as seen from a folder of it.
fn resolved(folder: &str, target: &str) -> String {
    let mut path = Vec::new();
    let from = if target.starts_with('/') { "" } else { folder };
    for step in from.split('/').chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_part_is_named_from_the_root() {
        for (folder, target, name) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl/a", "../b.xml", "xl/b.xml"),
            ("", "_rels/.rels", "_rels/.rels"),
            ("", "../../x", "x"),
        ] {
            assert_eq!(resolved(folder, target), name);
        }
    }
}
