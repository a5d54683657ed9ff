//! Grading: each grade with what good looks like beside it.

use yew::prelude::*;

use super::choice::{Legend, fieldset, item_id, legend};

/// Where a grade stands on its scale; it decides colour and pattern, never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// The best grade.
    Best,
    /// Above the middle.
    Upper,
    /// The middle of a scale with an odd number of grades.
    Middle,
    /// Below the middle.
    Lower,
    /// The worst grade.
    Worst,
    /// No grade: not applicable, not graded.
    None,
}

impl Tone {
    /// The tone of grade `index` (from 0, best first) of a scale of `count` grades.
    pub(crate) fn of(index: usize, count: usize) -> Self {
        let last = count.saturating_sub(1);
        if index == 0 {
            Self::Best
        } else if index >= last {
            Self::Worst
        } else if index * 2 == last {
            Self::Middle
        } else if index * 2 < last {
            Self::Upper
        } else {
            Self::Lower
        }
    }

    /// The class that gives an element of ours the tone's colour.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Best => "app-tone-best",
            Self::Upper => "app-tone-upper",
            Self::Middle => "app-tone-middle",
            Self::Lower => "app-tone-lower",
            Self::Worst => "app-tone-worst",
            Self::None => "app-tone-none",
        }
    }
}

/// A grade as a word with its colour beside it, for tables and lists.
pub(crate) fn grade_mark(tone: Tone, label: &str) -> Html {
    html! { <span class={classes!("app-grade-mark", tone.class())}>{ label }</span> }
}

/// One grade of [`GradeRadios`].
#[derive(Clone, Debug)]
pub(crate) struct GradeItem<'a> {
    /// What is given to `on_choose`.
    pub(crate) value: &'a str,
    /// The grade as people say it.
    pub(crate) label: &'a str,
    /// What is seen in a case at this grade.
    pub(crate) benchmark: &'a str,
    /// Its colour.
    pub(crate) tone: Tone,
}

/// A graded question.
#[derive(Clone, Debug, Default)]
pub(crate) struct GradeRadios<'a> {
    /// The group's name and its first button's id; the others are `id-2`, `id-3`.
    pub(crate) id: &'a str,
    /// The question.
    pub(crate) legend: &'a str,
    /// How large the question is set.
    pub(crate) look: Legend,
    /// Help in answering.
    pub(crate) hint: Option<&'a str>,
    /// What is wrong and what to do.
    pub(crate) error: Option<&'a str>,
    /// The grades, best first.
    pub(crate) grades: Vec<GradeItem<'a>>,
    /// "Not applicable", where it may be chosen: its value, label and what it means.
    pub(crate) not_applicable: Option<(&'a str, &'a str, &'a str)>,
    /// The value chosen.
    pub(crate) chosen: Option<&'a str>,
    /// Called with the value that is chosen.
    pub(crate) on_choose: Callback<String>,
}

/// Radio buttons for grades: the grade to the left, its benchmark to the right, so that the eye
/// runs down the grades and stops to read; one above the other on a narrow screen.
pub(crate) fn grade_radios(group: GradeRadios) -> Html {
    let (grades, on_choose) = (group.grades, group.on_choose);
    let count = grades.len();
    let row = |index: usize, item: &GradeItem| {
        let checked = group.chosen == Some(item.value);
        grade(
            group.id,
            &item_id(group.id, index),
            item,
            checked,
            on_choose.clone(),
        )
    };
    let grades: Html = grades
        .iter()
        .enumerate()
        .map(|(index, item)| row(index, item))
        .collect();
    let not_applicable = group.not_applicable.map(|(value, label, benchmark)| {
        let item = GradeItem {
            value,
            label,
            benchmark,
            tone: Tone::None,
        };
        html! {
            <>
                <div class="govuk-radios__divider">{ "or" }</div>
                { row(count, &item) }
            </>
        }
    });
    let content = html! {
        <div class="govuk-radios app-grades">{ grades }{ for not_applicable }</div>
    };
    fieldset(
        group.id,
        legend(group.look, group.legend),
        group.hint,
        group.error,
        content,
    )
}

fn grade(
    group: &str,
    id: &str,
    item: &GradeItem,
    checked: bool,
    on_choose: Callback<String>,
) -> Html {
    let value = item.value.to_owned();
    let hint_id = format!("{id}-item-hint");
    html! {
        <div class={classes!("govuk-radios__item", "app-grade", item.tone.class(), checked.then_some("app-grade--chosen"))}>
            <input class="govuk-radios__input" id={id.to_owned()} name={group.to_owned()} type="radio"
                value={item.value.to_owned()} {checked} aria-describedby={hint_id.clone()} autocomplete="off"
                onchange={move |_| on_choose.emit(value.clone())} />
            <label class="govuk-label govuk-radios__label app-grade__label" for={id.to_owned()}>{ item.label }</label>
            <div id={hint_id} class="app-grade__benchmark">{ item.benchmark }</div>
        </div>
    }
}
