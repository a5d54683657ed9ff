//! The workbook's picture of the grades: a stacked bar for each section, beside its table.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartDataLabel, ChartFont, ChartLegendPosition, ChartSolidFill,
    ChartType, Color,
};

use super::super::{Kind, Sheet};

/// Fill and label for the grades, best to worst: blue to orange, which people who do not see red
/// and green apart can tell from each other, and whose order survives a black and white print.
const GRADES: [(u32, u32); 4] = [
    (0x12_436D, 0xFF_FFFF),
    (0x8F_BFE0, 0x00_0000),
    (0xF9_C78D, 0x00_0000),
    (0xA3_3B00, 0xFF_FFFF),
];

/// Fill and label for cases without a grade: not applicable, not graded.
const OTHERS: [(u32, u32); 2] = [(0xB1_B4B6, 0x00_0000), (0xE9_EAEB, 0x00_0000)];

/// A stacked bar for each of the `rows` rows of the sheet, a colour for each of its counts.
pub(super) fn stacked(sheet: &Sheet, rows: u32) -> Chart {
    let name = sheet.name.to_string();
    let mut chart = Chart::new(ChartType::BarStacked);
    let counts = (0_u16..)
        .zip(&sheet.columns)
        .filter(|(_, column)| column.kind == Kind::Number);
    let grades = counts.clone().count().saturating_sub(OTHERS.len());
    for (place, (at, _)) in counts.enumerate() {
        let (fill, label) = colours(place, grades);
        // Zeros would stand on top of each other: the third part of the format is theirs, and empty.
        let mut labels = ChartDataLabel::new();
        labels
            .show_value()
            .set_num_format("0;;")
            .set_font(ChartFont::new().set_color(label));
        chart
            .add_series()
            .set_name((name.as_str(), 0, at))
            .set_categories((name.as_str(), 1, 0, rows, 0))
            .set_values((name.as_str(), 1, at, rows, at))
            .set_format(ChartSolidFill::new().set_color(fill))
            .set_data_label(&labels)
            .set_gap(40);
    }
    chart.title().set_name("Cases counted, by grade");
    chart.legend().set_position(ChartLegendPosition::Bottom);
    // The first section on top, and the scale below.
    chart
        .y_axis()
        .set_reverse()
        .set_crossing(ChartAxisCrossing::Max);
    chart
        .x_axis()
        .set_num_format("0")
        .set_major_gridlines(false);
    chart.set_width(960).set_height(160 + 44 * rows.min(100));
    chart.set_alt_text(
        "A stacked bar for each section: how many of the cases counted stand at each grade. The \
         table above holds the same figures.",
    );
    chart
}

/// Fill and label of a count by its place; the first `grades` of them are of grades.
fn colours(place: usize, grades: usize) -> (Color, Color) {
    let (fill, label) = match place.checked_sub(grades) {
        Some(other) => OTHERS.get(other).or(OTHERS.last()),
        // The best and the worst grade always have the ends of the scale.
        None => GRADES.get(place * (GRADES.len() - 1) / grades.saturating_sub(1).max(1)),
    }
    .copied()
    .unwrap_or_default();
    (Color::RGB(fill), Color::RGB(label))
}
