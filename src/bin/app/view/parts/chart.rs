//! Grades by domain as a picture; the same figures stand in a table beside it.

use yew::prelude::*;

use super::grades::Tone;

/// One bar: a domain, and how many cases stand at each grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar<'a> {
    /// The domain.
    pub(crate) label: &'a str,
    /// How many cases, grade by grade, in the order of [`Chart::grades`].
    pub(crate) counts: Vec<u32>,
}

/// A stacked bar chart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chart<'a> {
    /// The element's id, unique on the page.
    pub(crate) id: &'a str,
    /// The grades, best first, and last perhaps "Not applicable".
    pub(crate) grades: Vec<(&'a str, Tone)>,
    /// The bars, top to bottom.
    pub(crate) bars: Vec<Bar<'a>>,
}

const WIDTH: u32 = 1000;
const BAR: u32 = 30;
const ROW: u32 = 64;

/// Each domain a bar across, divided by grade, each part with its count; colours and patterns go
/// together. Hidden from screen readers, who have the table.
pub(crate) fn stacked_bars(chart: &Chart) -> Html {
    let height = ROW * u32::try_from(chart.bars.len()).unwrap_or(0);
    let key = chart.grades.iter().map(|(label, tone)| {
        html! {
            <li class="app-chart__key-item">
                <svg class="app-chart__swatch" viewBox="0 0 20 20" width="20" height="20" focusable="false">
                    { block(chart.id, *tone, 0, 0, 20, 20) }
                </svg>
                { *label }
            </li>
        }
    });
    let bars = chart
        .bars
        .iter()
        .zip(0u32..)
        .map(|(bar_of, row)| bar(chart, bar_of, row * ROW));
    html! {
        <div class="app-chart" aria-hidden="true">
            <ul class="app-chart__key">{ for key }</ul>
            <svg class="app-chart__picture" viewBox={format!("0 0 {WIDTH} {height}")} focusable="false"
                xmlns="http://www.w3.org/2000/svg">
                { patterns(chart.id) }
                { for bars }
            </svg>
        </div>
    }
}

fn bar(chart: &Chart, bar: &Bar, top: u32) -> Html {
    let total: u32 = bar.counts.iter().sum();
    let mut before = 0;
    let blocks: Html = bar
        .counts
        .iter()
        .zip(&chart.grades)
        .filter(|(count, _)| **count > 0)
        .map(|(count, (_, tone))| {
            let from = before * WIDTH / total;
            before += count;
            let to = before * WIDTH / total;
            part(chart.id, *tone, *count, from, to, top + 28)
        })
        .collect();
    html! {
        <g>
            <text class="app-chart__label" x="0" y={(top + 19).to_string()}>{ bar.label }</text>
            { blocks }
        </g>
    }
}

fn part(id: &str, tone: Tone, count: u32, from: u32, to: u32, top: u32) -> Html {
    let middle = u32::midpoint(from, to);
    html! {
        <g>
            { block(id, tone, from, top, to - from, BAR) }
            <text class={classes!("app-chart__count", tone.class())} x={middle.to_string()} y={(top + 21).to_string()}
                text-anchor="middle">{ count }</text>
        </g>
    }
}

/// A rectangle in the tone's colour with its pattern over it.
fn block(id: &str, tone: Tone, x: u32, y: u32, width: u32, height: u32) -> Html {
    let (x, y) = (x.to_string(), y.to_string());
    let (width, height) = (width.to_string(), height.to_string());
    let pattern = match tone {
        Tone::Lower => Some("stripes"),
        Tone::Worst => Some("cross"),
        Tone::Middle => Some("dots"),
        Tone::Best | Tone::Upper | Tone::None => None,
    };
    html! {
        <>
            <rect class={classes!("app-chart__block", tone.class())} x={x.clone()} y={y.clone()}
                width={width.clone()} height={height.clone()} />
            if let Some(pattern) = pattern {
                <rect class="app-chart__pattern" {x} {y} {width} {height} fill={format!("url(#{id}-{pattern})")} />
            }
        </>
    }
}

fn patterns(id: &str) -> Html {
    html! {
        <defs>
            <pattern id={format!("{id}-stripes")} width="8" height="8" patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)">
                <path class="app-chart__hatch" d="M0 0v8" />
            </pattern>
            <pattern id={format!("{id}-cross")} width="9" height="9" patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)">
                <path class="app-chart__hatch" d="M0 0v9M0 0h9" />
            </pattern>
            <pattern id={format!("{id}-dots")} width="7" height="7" patternUnits="userSpaceOnUse">
                <circle class="app-chart__dot" cx="3.5" cy="3.5" r="1.2" />
            </pattern>
        </defs>
    }
}
