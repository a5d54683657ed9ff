//! The sample beside the list that it was drawn from, column by column, with what chance alone
//! explains. It shows, and never invites to draw again.

use sightline::app::sampling::balance::Beside;
use sightline::app::{Model, Open};
use sightline::desk::Subject;
use sightline::sample::balance::{Balance, Compared, Group};
use yew::prelude::*;

use super::parts::{self, Colour, Column, Look, Table};

pub(super) fn page(model: &Model, open: &Open) -> Html {
    html! {
        <>
            { super::page_heading(model, Some(open.round.title.clone())) }
            <div aria-live="polite">{ body(open) }</div>
        </>
    }
}

fn body(open: &Open) -> Html {
    let stage = &open.sampling;
    match &stage.balance {
        _ if open.round.sample.is_none() => html! {
            <p class="govuk-body">{ "No sample has been drawn yet. " }<a class="govuk-link" href="#/sample">{ "Draw the sample" }</a></p>
        },
        Beside::Shown(balance) => shown(balance),
        Beside::Refused(why) => html! {
            <div class="app-measure">
                { parts::inset_text(why.as_str()) }
                { parts::button_link(Look::Secondary, "Choose the case list", "#/list") }
            </div>
        },
        Beside::Unknown if open.awaits(Subject::Balance) => html! {
            <p class="govuk-body">{ "Counting…" }</p>
        },
        Beside::Unknown => html! {
            <div class="app-measure">
                <p class="govuk-body">{ "The sample is set beside the list, which is not kept when the page is closed. Choose the same file again, then come back to this page." }</p>
                { parts::button_link(Look::Primary, "Choose the case list", "#/list") }
            </div>
        },
    }
}

fn shown(balance: &Balance) -> Html {
    html! {
        <>
            <div class="app-measure">
                <p class="govuk-body">{ format!("Each table shows how the {} cases that could be drawn are made up, and how the {} in the sample are. Cases that must be included are in neither.", balance.frame, balance.sample) }</p>
                { judged(balance) }
                { parts::inset_text("This is no ground for drawing again. A sample that was chosen for its looks is no longer random, and whoever reads the certificate sees that it was drawn twice. Where a group is thin, say so beside the findings.") }
            </div>
            if balance.columns.is_empty() {
                <p class="govuk-body">{ "The list has no column of categories, numbers or dates to compare." }</p>
            } else {
                { key(balance.outside().1 > 0) }
                <div class="app-beside">{ for (0..).zip(&balance.columns).map(|(at, column)| table(at, column, balance)) }</div>
            }
        </>
    }
}

/// How many counts lie outside of what chance explains, beside how many are expected to.
fn judged(balance: &Balance) -> Html {
    let (outside, ranged) = balance.outside();
    let text = if ranged == 0 {
        "With this method no simple rule says what chance alone explains, so the counts are shown without a range.".to_owned()
    } else {
        let expected = ranged.div_ceil(20);
        let counts = match outside {
            0 => format!("Of the {ranged} counts below none is outside of its range."),
            1 => format!("Of the {ranged} counts below 1 is outside of its range."),
            _ => format!("Of the {ranged} counts below {outside} are outside of their range."),
        };
        let usual = format!(
            "Chance alone puts up to 1 in 20 outside, here about {expected}, and columns that go together (a team and its workers) go outside together."
        );
        format!("{counts} {usual}")
    };
    html! { <p class="govuk-body">{ text }</p> }
}

fn key(ranged: bool) -> Html {
    html! {
        <ul class="app-beside__key" aria-hidden="true">
            <li>{ parts::mark(parts::Mark::Frame) }{ "the list" }</li>
            <li>{ parts::mark(parts::Mark::Sample) }{ "the sample" }</li>
            if ranged {
                <li>{ parts::mark(parts::Mark::Range) }{ "what chance alone explains" }</li>
            }
        </ul>
    }
}

fn table(at: usize, column: &Compared, balance: &Balance) -> Html {
    let ranged = column.groups.iter().any(|group| group.range.is_some());
    let scale = scale(column, balance);
    let mut columns = vec![
        Column::text("Group"),
        Column::number("List"),
        Column::number("Sample"),
    ];
    if ranged {
        columns.push(Column::number("By chance"));
    }
    let rows = column.groups.iter().map(|group| {
        let mut cells = vec![
            named(group, balance, scale),
            counted(group.frame, balance.frame),
            counted(group.sample, balance.sample),
        ];
        if ranged {
            cells.push(html! { { range(group) } });
        }
        cells
    });
    parts::table(&Table {
        id: &format!("beside-{at}"),
        caption: &column.column,
        columns,
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

/// The group's name, its picture below it, and a word where it is outside of its range.
fn named(group: &Group, balance: &Balance, scale: f64) -> Html {
    let share = |count: usize| share(count, balance.sample) / scale;
    let range = group.range.map(|(least, most)| (share(least), share(most)));
    let tag = match group.range {
        Some((least, _)) if group.sample < least => "Fewer than chance explains",
        Some((_, most)) if most < group.sample => "More than chance explains",
        Some(_) | None => "",
    };
    html! {
        <>
            <bdi>{ &group.name }</bdi>
            if !tag.is_empty() {
                { " " }{ parts::tag(Colour::Yellow, tag) }
            }
            { parts::beside(self::share(group.frame, balance.frame) / scale, share(group.sample), range) }
        </>
    }
}

/// A count with its share.
fn counted(count: usize, of: usize) -> Html {
    let share = (share(count, of) * 100.0).round();
    html! {
        <>{ count }{ " " }<span class="app-of">{ format!("{share} %") }</span></>
    }
}

fn range(group: &Group) -> String {
    match group.range {
        Some((least, most)) if least == most => least.to_string(),
        Some((least, most)) => format!("{least} to {most}"),
        None => String::new(),
    }
}

/// The largest share that the pictures of a column show.
fn scale(column: &Compared, balance: &Balance) -> f64 {
    let shares = column.groups.iter().flat_map(|group| {
        let most = group.range.map_or(0, |(_, most)| most);
        [
            share(group.frame, balance.frame),
            share(group.sample.max(most), balance.sample),
        ]
    });
    shares.fold(0.01, f64::max)
}

fn share(count: usize, of: usize) -> f64 {
    let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    f64::from(whole(count)) / f64::from(whole(of.max(1)))
}
