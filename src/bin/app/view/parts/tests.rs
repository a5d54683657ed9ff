//! The parts as text: ids, names and descriptions are tied as a screen reader needs them, text
//! from a list stays text, and nothing is written that the page's policy would drop. Attributes
//! are compared in the order of their names.

mod html;
mod sheet;

use html::html as text_of;
use yew::prelude::*;

use super::*;

/// Holds that the part's HTML has each of `expected` in it.
fn check(part: &Html, expected: &[&str]) {
    let html = text_of(part);
    for text in expected {
        assert!(html.contains(text), "no `{text}` in\n{html}");
    }
    assert!(
        !html.contains("style="),
        "the page's policy drops style attributes:\n{html}"
    );
}

fn faulty_field() -> Html {
    text_field(TextField {
        id: "size",
        label: "How many cases?",
        hint: Some("There are 348."),
        error: Some("Enter a number"),
        value: "<b>&",
        ..TextField::default()
    })
}

#[test]
fn a_faulty_field_names_its_hint_and_its_error() {
    check(
        &faulty_field(),
        &[
            r#"for="size""#,
            r#"id="size-hint""#,
            r#"id="size-error""#,
            r#"aria-describedby="size-hint size-error" aria-invalid="true""#,
            r#"<span class="govuk-visually-hidden">Error: </span>Enter a number"#,
        ],
    );
}

#[test]
fn a_field_without_hint_or_error_names_neither() {
    let html = text_of(&text_field(TextField {
        id: "a",
        label: "A",
        ..TextField::default()
    }));
    assert!(!html.contains("aria-"), "{html}");
}

#[test]
fn nothing_that_is_typed_is_remembered_spell_checked_or_translated() {
    let area = text_area(TextArea {
        id: "why",
        label: "Why?",
        ..TextArea::default()
    });
    for part in [faulty_field(), area] {
        check(&part, &[r#"autocomplete="off""#, r#"translate="no""#]);
    }
    // Of a text area the page says it, as that is the person's choice.
    check(&faulty_field(), &[r#"spellcheck="false""#]);
}

#[test]
fn a_text_area_counts_its_characters_and_describes_itself_by_the_count() {
    let area = |value, limit| {
        text_area(TextArea {
            id: "why",
            label: "Why?",
            value,
            limit,
            ..TextArea::default()
        })
    };
    check(
        &area("né", Some(3)),
        &[
            r#"aria-describedby="why-info""#,
            r#"id="why-info""#,
            "You have 1 character left",
        ],
    );
    check(&area("nénu", Some(2)), &["You have 2 characters too many"]);
    assert!(!text_of(&area("né", None)).contains("-info"));
}

#[test]
fn a_text_area_has_a_row_for_each_line() {
    let area = |value| {
        text_area(TextArea {
            id: "why",
            value,
            ..TextArea::default()
        })
    };
    check(&area(""), &[r#"rows="3""#]);
    check(&area("1\n2\n3\n4\n5"), &[r#"rows="5""#]);
    check(&area(&"word ".repeat(100)), &[r#"rows="7""#]);
}

#[test]
fn text_from_a_list_stays_text() {
    check(&faulty_field(), &[r#"value="&lt;b>&amp;""#]);
    let facts = fact_list(&[("Name", "<script>alert(1)</script>"), ("Team", "")]);
    check(&facts, &["<bdi>&lt;script>", "Blank in the list"]);
}

fn two_radios() -> Html {
    let more = Some(html! { "More" });
    let other = Radio {
        conditional: more,
        ..Radio::new("b", "B")
    };
    radios(Radios {
        id: "choice",
        legend: "Which?",
        items: vec![
            Radio {
                hint: Some(html! { "First" }),
                ..Radio::new("a", "A")
            },
            other,
        ],
        chosen: Some("a"),
        ..Radios::default()
    })
}

#[test]
fn the_first_radio_bears_the_groups_id_so_that_an_error_can_lead_to_it() {
    check(
        &two_radios(),
        &[
            r#"<legend class="govuk-fieldset__legend">Which?</legend>"#,
            r#"id="choice" name="choice""#,
            r#"id="choice-2" name="choice""#,
            r#"aria-describedby="choice-item-hint""#,
        ],
    );
}

#[test]
fn what_a_radio_asks_further_is_shown_only_once_it_is_chosen() {
    assert!(!text_of(&two_radios()).contains("More"));
}

#[test]
fn each_grade_is_described_by_its_benchmark() {
    let grade = |value, label, benchmark, tone| GradeItem {
        value,
        label,
        benchmark,
        tone,
    };
    let part = grade_radios(GradeRadios {
        id: "plan",
        legend: "How good is the plan?",
        grades: vec![
            grade("good", "Good", "It is followed.", Tone::Upper),
            grade("poor", "Inadequate", "There is none.", Tone::Worst),
        ],
        not_applicable: Some(("na", "Not applicable", "No plan is due.")),
        chosen: Some("poor"),
        ..GradeRadios::default()
    });
    check(
        &part,
        &[
            r#"<div class="app-grade__benchmark" id="plan-item-hint">It is followed.</div>"#,
            r#"aria-describedby="plan-2-item-hint""#,
            r#"id="plan-3""#,
            "app-tone-worst app-grade--chosen",
        ],
    );
    assert_eq!(text_of(&part).matches(" checked=").count(), 1);
}

#[test]
fn tones_run_over_scales_of_any_length() {
    let tones = |count| {
        (0..count)
            .map(|index| Tone::of(index, count))
            .collect::<Vec<_>>()
    };
    assert_eq!(tones(1), [Tone::Best]);
    assert_eq!(tones(2), [Tone::Best, Tone::Worst]);
    assert_eq!(tones(3), [Tone::Best, Tone::Middle, Tone::Worst]);
    assert_eq!(
        tones(4),
        [Tone::Best, Tone::Upper, Tone::Lower, Tone::Worst]
    );
    assert_eq!(
        tones(5),
        [
            Tone::Best,
            Tone::Upper,
            Tone::Middle,
            Tone::Lower,
            Tone::Worst
        ]
    );
}

#[test]
fn an_error_summary_is_an_alert_that_links_to_each_field() {
    let errors = [ErrorLink::new("size", "Enter a number")];
    check(
        &errors::summary("There is a problem", &errors, NodeRef::default()),
        &[
            r#"role="alert""#,
            r#"tabindex="-1""#,
            r##"<a href="#size">Enter a number</a>"##,
        ],
    );
}

#[test]
fn saved_is_said_only_on_the_stores_word() {
    for state in [
        Saved::Untouched,
        Saved::Saving,
        Saved::NotSaved("The disk is full.".into()),
    ] {
        let html = text_of(&progress::shown(&state));
        assert!(!html.contains("state--saved"), "{html}");
    }
    check(
        &progress::shown(&Saved::Saved(Some("14:32".into()))),
        &["state--saved\">Saved 14:32"],
    );
}

#[test]
fn a_screen_reader_is_told_when_saving_fails_and_when_it_works_again_and_no_more() {
    let mut failed = false;
    let mut said = |state| progress::announcement(&state, &mut failed);
    assert_eq!(said(Saved::Saving), "");
    assert_eq!(said(Saved::Saved(None)), "");
    assert_eq!(
        said(Saved::NotSaved("The disk is full.".into())),
        "Not saved. The disk is full."
    );
    assert_eq!(said(Saved::Saving), "");
    assert_eq!(said(Saved::Saved(None)), "Saved again.");
    assert_eq!(said(Saved::Saving), "");
    assert_eq!(said(Saved::Saved(None)), "");
}

#[test]
fn pagination_leaves_out_the_middle_and_marks_the_page() {
    let pages = pagination("Rows", 5, 14, &|page| format!("#/{page}"));
    check(
        &pages,
        &[
            r##"href="#/4" rel="prev""##,
            r#"aria-current="page""#,
            "⋯",
            ">14</a>",
        ],
    );
    assert!(!text_of(&pages).contains(">3</a>"));
    assert_eq!(
        text_of(&pagination("Rows", 1, 1, &|page| page.to_string())),
        ""
    );
}

#[test]
fn a_table_is_a_region_that_the_keyboard_can_scroll() {
    check(
        &table(&Table {
            id: "grades",
            caption: "Cases at each grade",
            columns: vec![Column::text("Domain"), Column::number("Good")],
            rows: vec![vec![html! { "Plans" }, html! { 3 }]],
            row_headers: true,
            ..Table::default()
        }),
        &[
            r#"aria-labelledby="grades-caption" class="app-table-box" role="region" tabindex="0""#,
            r#"<th class="govuk-table__header" scope="col">Domain</th>"#,
            r#"<th class="govuk-table__header" scope="row">Plans</th>"#,
            r#"<td class="govuk-table__cell govuk-table__cell--numeric">3</td>"#,
        ],
    );
}

#[test]
fn the_chart_shows_each_share_and_hides_from_screen_readers() {
    check(
        &stacked_bars(&Chart {
            id: "chart",
            grades: vec![("Good", Tone::Upper), ("Inadequate", Tone::Worst)],
            bars: vec![
                Bar {
                    label: "Plans",
                    counts: vec![3, 1],
                },
                Bar {
                    label: "Nothing graded",
                    counts: vec![0, 0],
                },
            ],
        }),
        &[
            r#"<div aria-hidden="true" class="app-chart">"#,
            r#"width="75.00%" x="0.00%""#,
            r#"fill="url(#chart-cross)" height="100%" width="25.00%" x="75.00%""#,
            "Nothing graded",
        ],
    );
}

#[test]
fn a_section_says_its_state_in_words() {
    let states = [
        SectionState::NotStarted,
        SectionState::Incomplete,
        SectionState::Complete,
    ];
    for (state, word) in states
        .into_iter()
        .zip(["Not started", "Incomplete", "Complete"])
    {
        let link = SectionLink {
            title: "Plans",
            href: "#/plans",
            current: true,
            state: Some(state),
        };
        check(
            &side_navigation("Sections", &[link]),
            &[&format!(">{word}</span>"), r#"aria-current="page""#],
        );
    }
}

#[test]
fn a_summary_lists_link_says_what_it_changes() {
    let row = SummaryRow::new("Grade", html! { "Good" }).change("the grade", "#/a");
    check(
        &summary_list(&[row]),
        &["Change<span class=\"govuk-visually-hidden\"> the grade</span></a>"],
    );
}

#[test]
fn a_task_that_cannot_start_is_no_link() {
    let part = task_list(&[Task {
        id: "t",
        title: "Findings",
        ..Task::default()
    }]);
    check(
        &part,
        &[
            "<div>Findings</div>",
            "govuk-task-list__status--cannot-start-yet",
        ],
    );
    assert!(!text_of(&part).contains("<a"));
}

#[test]
fn every_part_is_told_apart_by_words_and_none_styles_itself() {
    check(
        &sheet::sheet(),
        &[
            r##"<a class="govuk-skip-link" href="#main">Skip to main content</a>"##,
            r#"<main id="main" tabindex="-1">"#,
            "Where is my data?</a>",
            "Remove<span class=\"govuk-visually-hidden\"> action 1</span>",
            r#"<label class="govuk-label" for="due">By when</label>"#,
            r#"<progress class="app-progress__bar" id="reading" max="100" value="50">50%"#,
            r#"<progress class="app-progress__bar" id="opening" max="100">"#,
            r#"<nav aria-label="Breadcrumb""#,
        ],
    );
}
