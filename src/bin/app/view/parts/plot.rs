//! Small pictures beside a sentence that says the same: a span, a curve, a hundred squares, shares as
//! bars. Hidden from screen readers, who have the sentence or the table. All measures are fractions
//! from 0 to 1.

use yew::prelude::*;

/// A width and a height to draw in; the picture takes the width that there is.
const VIEW: (f64, f64) = (240.0, 90.0);

/// A span on a scale from 0 % to 100 %.
pub(crate) fn span(low: f64, high: f64) -> Html {
    let (from, to) = (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
    html! {
        <div class="app-plot" aria-hidden="true">
            <svg class="app-plot__picture" width="100%" height="34" focusable="false">
                <rect class="app-plot__ground" x="0" y="11" width="100%" height="12" rx="3" />
                <rect class="app-plot__part" x={percent(from)} y="5" width={percent(to - from)} height="24" rx="3" />
                <line class="app-plot__mark" x1="50%" x2="50%" y1="2" y2="32" />
            </svg>
            <p class="app-plot__scale"><span>{ "0 %" }</span><span>{ "50 %" }</span><span>{ "100 %" }</span></p>
        </div>
    }
}

/// A curve that rises from left to right, the height at which it is enough, and the point where it
/// reaches it; `ends` stand below its two ends.
pub(crate) fn curve(
    points: &[(f64, f64)],
    enough: f64,
    reached: (f64, f64),
    ends: (&str, &str),
) -> Html {
    let (width, height) = VIEW;
    let place =
        |(x, y): (f64, f64)| format!("{:.1} {:.1}", x * width, 4.0 + (1.0 - y) * (height - 8.0));
    let line: Vec<String> = points.iter().copied().map(place).collect();
    let line = format!("M{}", line.join(" L"));
    let level = 4.0 + (1.0 - enough) * (height - 8.0);
    let (x, y) = (reached.0 * width, 4.0 + (1.0 - reached.1) * (height - 8.0));
    html! {
        <div class="app-plot" aria-hidden="true">
            <svg class="app-plot__picture" width="100%" viewBox={format!("0 0 {width} {height}")} focusable="false">
                <path class="app-plot__area" d={format!("{line} L{width} {height} L0 {height} Z")} />
                <line class="app-plot__level" x1="0" x2={width.to_string()} y1={level.to_string()} y2={level.to_string()} />
                <path class="app-plot__line" d={line} />
                <line class="app-plot__mark" x1={x.to_string()} x2={x.to_string()} y1={y.to_string()} y2={height.to_string()} />
                <circle class="app-plot__dot" cx={x.to_string()} cy={y.to_string()} r="4" />
            </svg>
            <p class="app-plot__scale"><span>{ ends.0 }</span><span>{ ends.1 }</span></p>
        </div>
    }
}

/// A hundred squares, so many of them marked.
pub(crate) fn hundred(marked: u64) -> Html {
    let squares = (0..100_u32).map(|square| {
        let (row, column) = (square / 20, square % 20);
        let class = if u64::from(square) < marked { "app-plot__part" } else { "app-plot__ground" };
        html! {
            <rect key={square} {class} x={(column * 12).to_string()} y={(row * 12).to_string()} width="10" height="10" rx="2" />
        }
    });
    html! {
        <div class="app-plot" aria-hidden="true">
            <svg class="app-plot__picture" width="100%" viewBox="0 0 240 60" focusable="false">{ for squares }</svg>
        </div>
    }
}

/// One share as a bar over the width that there is.
pub(crate) fn bar(share: f64) -> Html {
    html! {
        <svg class="app-plot__picture app-plot__bar" width="100%" height="14" aria-hidden="true" focusable="false">
            <rect class="app-plot__ground" x="0" y="0" width="100%" height="14" rx="3" />
            <rect class="app-plot__part" x="0" y="0" width={percent(share)} height="14" rx="3" />
        </svg>
    }
}

/// A sample's share beside its frame's, and the range that chance explains.
pub(crate) fn beside(frame: f64, sample: f64, range: Option<(f64, f64)>) -> Html {
    html! {
        <svg class="app-plot__picture app-plot__beside" width="100%" height="18" aria-hidden="true" focusable="false">
            <line class="app-plot__way" x1="0" x2="100%" y1="9" y2="9" />
            if let Some((least, most)) = range {
                <rect class="app-plot__range" x={percent(least)} y="4" width={percent(most - least)} height="10" rx="2" />
            }
            <line class="app-plot__frame" x1={percent(frame)} x2={percent(frame)} y1="1" y2="17" />
            <circle class="app-plot__sample" cx={percent(sample)} cy="9" r="5" />
        </svg>
    }
}

/// A mark of [`beside`], for its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The frame's share.
    Frame,
    /// The sample's.
    Sample,
    /// What chance explains.
    Range,
}

/// A mark alone.
pub(crate) fn mark(mark: Mark) -> Html {
    let shape = match mark {
        Mark::Frame => html! { <line class="app-plot__frame" x1="10" x2="10" y1="1" y2="17" /> },
        Mark::Sample => html! { <circle class="app-plot__sample" cx="10" cy="9" r="5" /> },
        Mark::Range => {
            html! { <rect class="app-plot__range" x="1" y="4" width="18" height="10" rx="2" /> }
        }
    };
    html! {
        <svg class="app-plot__picture app-plot__key" width="20" height="18" aria-hidden="true" focusable="false">{ shape }</svg>
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}
