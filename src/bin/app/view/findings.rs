//! The findings: grades by section, actions, and the files to take away.

use sightline::app::findings::Msg as FindingsMsg;
use sightline::app::{Model, Msg, Open};
use sightline::export::ExportKind;
use sightline::export::Report;
use sightline::finding::{Counted, Findings};
use yew::prelude::*;

use super::parts::{self, Bar, Chart, Checkbox, Column, Look, Table, Tone};
use super::{Dispatch, day, section};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let round = &open.round;
    let stage = &open.findings;
    let counted = if stage.drafts {
        Counted::Begun
    } else {
        Counted::Signed
    };
    let findings = Findings::of(
        &round.form,
        round.cases().len(),
        round.counted_reviews(),
        counted,
    );
    let refused = open.findings.refused.iter();
    html! {
        <>
            { super::error_summary(refused.map(|why| parts::ErrorLink::new("exports", why.clone())).collect()) }
            { super::page_heading(model, Some(round.title.clone())) }
            <div class="app-measure">
                { parts::inset_text(findings.bearing()) }
                { parts::checkbox(Checkbox {
                    id: "count-drafts",
                    label: "Count cases that are not signed yet",
                    checked: stage.drafts,
                    on_change: dispatch.with(|_| Msg::Findings(FindingsMsg::ToggledDrafts)),
                    ..Checkbox::default()
                }) }
            </div>
            if !findings.cases.is_empty() {
                if !findings.grades.is_empty() {
                    { picture(open, &findings) }
                    { grades(open, &findings) }
                }
                { actions(&findings) }
            }
            { exports(open, dispatch) }
        </>
    }
}

fn picture(open: &Open, findings: &Findings) -> Html {
    let form = &open.round.form;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut grades: Vec<(&str, Tone)> = form
        .grades
        .iter()
        .map(|it| (it.label.as_str(), section::tone(form, &it.id)))
        .collect();
    grades.push(("Not applicable", Tone::None));
    let bars = findings.grades.iter().map(|count| {
        let mut counts: Vec<u32> = count.at.iter().map(|at| number(*at)).collect();
        counts.push(number(count.not_applicable));
        Bar {
            label: &count.heading,
            counts,
        }
    });
    html! {
        <>
            <h2 class="govuk-heading-m">{ "Grades by section" }</h2>
            { parts::stacked_bars(&Chart { id: "grades-picture", grades, bars: bars.collect() }) }
        </>
    }
}

fn grades(open: &Open, findings: &Findings) -> Html {
    let form = &open.round.form;
    let column = |header, numeric| Column { header, numeric };
    let mut columns = vec![column("Section", false)];
    columns.extend(
        form.grades
            .iter()
            .map(|grade| column(grade.label.as_str(), true)),
    );
    columns.push(column("Not applicable", true));
    columns.push(column("Not graded", true));
    let rows = findings.grades.iter().map(|count| {
        let mut row = vec![html! { { &count.heading } }];
        row.extend(count.at.iter().map(|at| html! { { at } }));
        row.push(html! { { count.not_applicable } });
        row.push(html! { { count.not_graded } });
        row
    });
    parts::table(&Table {
        id: "grades",
        caption: "Number of cases at each grade",
        columns,
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

fn actions(findings: &Findings) -> Html {
    let column = |header| Column {
        header,
        numeric: false,
    };
    let rows = findings.actions.iter().map(|due| {
        vec![
            html! { <a class="govuk-link" href={format!("#/cases/{}", due.case)}>{ format!("Case {}", due.case) }</a> },
            html! { { &due.section } },
            html! { <span translate="no">{ &due.action.what }</span> },
            html! { <span translate="no">{ &due.action.owner }</span> },
            html! { { day::written(&due.action.due) } },
        ]
    });
    if findings.actions.is_empty() {
        return html! { <p class="govuk-body">{ "No actions have been written in these cases." }</p> };
    }
    parts::table(&Table {
        id: "actions",
        caption: "Actions",
        columns: vec![
            column("Case"),
            column("Section"),
            column("What must happen"),
            column("Who"),
            column("By when"),
        ],
        rows: rows.collect(),
        ..Table::default()
    })
}

fn exports(open: &Open, dispatch: &Dispatch) -> Html {
    let stage = &open.findings;
    let report = Report::of(&open.round, &stage.options(0));
    let button = |look, text, kind| {
        parts::button(
            look,
            text,
            dispatch.click(Msg::Findings(FindingsMsg::ClickedExport(kind))),
        )
    };
    html! {
        <section class="app-measure" id="exports" tabindex="-1">
            <h2 class="govuk-heading-m">{ "Take the findings away" }</h2>
            <p class="govuk-body">{ "The file is saved on this computer. It is not encrypted, and holds what is listed here and nothing else." }</p>
            { parts::checkbox(Checkbox {
                id: "with-ids",
                label: "Include the cases' ids from the list",
                hint: Some("Otherwise a case is known only by its number in the draw."),
                checked: stage.with_ids,
                on_change: dispatch.with(|_| Msg::Findings(FindingsMsg::ToggledIds)),
                ..Checkbox::default()
            }) }
            { for report.warnings.iter().map(|warning| parts::warning_text(warning)) }
            { parts::details("What the file holds", html! {
                <ul class="govuk-list govuk-list--bullet">
                    { for report.sheets.iter().map(|sheet| html! {
                        <li>
                            <strong>{ sheet.name.to_string() }</strong>
                            { format!(" ({} rows): ", sheet.rows.len()) }
                            { sheet.columns.iter().map(|it| it.heading.as_str()).collect::<Vec<_>>().join(", ") }
                        </li>
                    }) }
                </ul>
            }) }
            { parts::button_group(html! {
                <>
                    { button(Look::Primary, "Save as Excel workbook", ExportKind::Workbook) }
                    { button(Look::Secondary, "Save answers as CSV", ExportKind::Csv) }
                    { button(Look::Secondary, "Save as JSON", ExportKind::Json) }
                </>
            }) }
            <p class="govuk-body" role="status">
                { if stage.writing.is_some() { "Writing the file." } else { "" } }
            </p>
        </section>
    }
}
