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

/// The height of a bar, and of a sign in the key, in pixels.
const BAR: &str = "30";
const SWATCH: &str = "20";

/// Each domain a bar across, divided by grade, each part with its count; colours and patterns go
/// together. Measures are percentages, so that figures keep their size on a narrow screen. Hidden
/// from screen readers, who have the table.
pub(crate) fn stacked_bars(chart: &Chart) -> Html {
    let key = chart.grades.iter().map(|(label, tone)| {
        html! {
            <li class="app-chart__key-item">
                <svg class="app-chart__swatch" width={SWATCH} height={SWATCH} focusable="false">
                    { block(chart.id, *tone, "0", "100%") }
                </svg>
                { *label }
            </li>
        }
    });
    html! {
        <div class="app-chart" aria-hidden="true">
            { patterns(chart.id) }
            <ul class="app-chart__key">{ for key }</ul>
            { for chart.bars.iter().map(|bar| row(chart, bar)) }
        </div>
    }
}

fn row(chart: &Chart, bar: &Bar) -> Html {
    let total = bar.counts.iter().copied().map(f64::from).sum::<f64>();
    let mut from = 0.0;
    let parts = bar
        .counts
        .iter()
        .zip(&chart.grades)
        .filter(|(count, _)| **count > 0)
        .map(|(count, (_, tone))| {
            let width = f64::from(*count) * 100.0 / total;
            from += width;
            part(chart.id, *tone, *count, from - width, width)
        });
    html! {
        <div class="app-chart__row">
            <p class="app-chart__label">{ bar.label }</p>
            <svg class="app-chart__bar" width="100%" height={BAR} focusable="false">{ for parts }</svg>
        </div>
    }
}

/// A part of a bar; `from` and `width` in percent. Where it is too narrow its count is left out.
fn part(id: &str, tone: Tone, count: u32, from: f64, width: f64) -> Html {
    html! {
        <g>
            { block(id, tone, &percent(from), &percent(width)) }
            if width >= 3.0 {
                <text class={classes!("app-chart__count", tone.class())} x={percent(from + width / 2.0)} y="21"
                    text-anchor="middle">{ count }</text>
            }
        </g>
    }
}

fn percent(of: f64) -> String {
    format!("{of:.2}%")
}

/// A block in the tone's colour with its pattern over it, over the full height.
fn block(id: &str, tone: Tone, x: &str, width: &str) -> Html {
    let pattern = match tone {
        Tone::Lower => Some("stripes"),
        Tone::Worst => Some("cross"),
        Tone::Middle => Some("dots"),
        Tone::Best | Tone::Upper | Tone::None => None,
    };
    let (x, width) = (
        AttrValue::from(x.to_owned()),
        AttrValue::from(width.to_owned()),
    );
    html! {
        <>
            <rect class={classes!("app-chart__block", tone.class())} x={x.clone()} y="0"
                width={width.clone()} height="100%" />
            if let Some(pattern) = pattern {
                <rect {x} y="0" {width} height="100%" fill={format!("url(#{id}-{pattern})")} />
            }
        </>
    }
}

fn patterns(id: &str) -> Html {
    html! {
        <svg class="app-chart__patterns" width="0" height="0" focusable="false">
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
        </svg>
    }
}
