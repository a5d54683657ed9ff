//! The small parts of which pages are made: plain functions from data to markup.
//!
//! Markup and class names follow govuk-frontend, whose styles we compile; what is ours alone is
//! named `app-…` and lives in `styles/`. Texts are borrowed, so a page passes literals, fields of
//! the model and `&format!(…)` alike. No part ever writes a `style` attribute: the page's policy
//! would drop it. Only what needs the focus, the width or the life of an element is a component.
#![cfg_attr(
    not(test),
    expect(
        dead_code,
        unused_imports,
        reason = "pages take up the parts one by one"
    )
)]

mod button;
mod chart;
mod choice;
mod dialog;
mod errors;
mod field;
mod file_drop;
mod grades;
mod keys;
mod layout;
mod lists;
mod memo;
mod navigation;
mod notice;
mod page;
mod place;
mod plot;
mod progress;
mod table;
mod tag;
mod text_area;
mod tick;

#[cfg(test)]
mod tests;

pub(crate) use button::{
    Look, button, button_group, button_link, form, form_with, icon_button, start_button,
};
pub(crate) use chart::{Bar, Chart, stacked_bars};
pub(crate) use choice::{Legend, Radio, Radios, Select, group_of_fields, radios, select};
pub(crate) use dialog::Dialog;
pub(crate) use errors::{ErrorLink, ErrorSummary, error_message};
pub(crate) use field::{
    DateField, TextField, TimeField, Width, cell_field, date_field, text_field, time_field,
};
pub(crate) use file_drop::FileDrop;
pub(crate) use grades::{GradeItem, GradeRadios, Tone, grade_mark, grade_radios};
pub(crate) use keys::{Keys, Shortcut};
pub(crate) use layout::{action_bar, code, figures};
pub(crate) use lists::{
    SummaryRow, Task, action_link, error_list, fact_list, summary_list, task_list,
};
pub(crate) use memo::Memo;
pub(crate) use navigation::{
    SectionLink, SectionState, back_link, breadcrumbs, pagination, previous_next, side_navigation,
};
pub(crate) use notice::{
    Banner, details, details_open, inset_text, notification_banner, panel, warning_text,
};
pub(crate) use page::{Heading, MAIN, footer, header, skip_link, visually_hidden};
pub(crate) use place::PlaceKeeper;
pub(crate) use plot::{Mark, bar, beside, curve, hundred, mark, span};
pub(crate) use progress::{Saved, SavedIndicator, progress_bar, share_bar};
pub(crate) use table::{Column, Sorting, Table, table};
pub(crate) use tag::{Colour, tag};
pub(crate) use text_area::{TextArea, text_area};
pub(crate) use tick::{Checkbox, Checkboxes, Tick, checkbox, checkboxes};
