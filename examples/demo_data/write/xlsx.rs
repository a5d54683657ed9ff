//! Lists as an XLSX workbook, a sheet a list, with typed cells.

use super::super::calendar::REFERENCE;
use super::super::sheet::{Cell, Sheet};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The bytes of the workbook.
pub(crate) fn bytes(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Without this the time of writing would stand in the file.
    let created = ExcelDateTime::parse_from_str(&REFERENCE.iso())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let formats = Formats::new();
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

struct Formats {
    bold: Format,
    date: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Formats {
        Formats {
            bold: Format::new().set_bold(),
            date: Format::new().set_num_format("dd/mm/yyyy"),
            moment: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
        }
    }
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    let mut row = 0;
    for title in &sheet.title {
        if !title.is_empty() {
            worksheet.write_string_with_format(row, 0, title, &formats.bold)?;
        }
        row += 1;
    }
    for (column, heading) in (0..).zip(&sheet.header) {
        worksheet.write_string_with_format(row, column, heading, &formats.bold)?;
        worksheet.set_column_width(column, 16)?;
    }
    worksheet.set_freeze_panes(row + 1, 1)?;
    for (row, cells) in (row + 1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => &mut *worksheet,
                Cell::Text(words) => worksheet.write_string(row, column, words)?,
                Cell::Number(value) => worksheet.write_number(row, column, *value)?,
                Cell::Date(day) => {
                    let serial = f64::from(day.0);
                    worksheet.write_number_with_format(row, column, serial, &formats.date)?
                }
                Cell::Moment(moment) => {
                    let serial = f64::from(moment.day.0) + f64::from(moment.minute) / 1440.0;
                    worksheet.write_number_with_format(row, column, serial, &formats.moment)?
                }
            };
        }
    }
    Ok(())
}
