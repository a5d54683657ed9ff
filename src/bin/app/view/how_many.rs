//! How many cases it takes: four questions, each answered while the person types, with a picture and a
//! sentence that says the same.

use sightline::app::sampling::Msg as SamplingMsg;
use sightline::app::sampling::planner::{
    Bearing, Discovery, Halves, Msg as PlannerMsg, Planner, fraction,
};
use sightline::app::{Model, Msg, Open};
use sightline::chance::BasisPoints;
use yew::prelude::*;

use super::Dispatch;
use super::parts::{self, Column, Look, Select, Table, TextField, Width};

pub(super) fn page(model: &Model, open: &Open, dispatch: &Dispatch) -> Html {
    let framed = open.list.framed().map(|(_, frame)| frame.size);
    let cases = framed.or(open.round.list.as_ref().map(|list| list.size));
    html! {
        <>
            { super::page_heading(model, Some(open.round.title.clone())) }
            { match cases.and_then(|cases| u64::try_from(cases).ok()).filter(|cases| *cases > 0) {
                Some(cases) => cards(cases, &open.sampling.planner, dispatch),
                None => html! {
                    <p class="govuk-body">{ "Choose the case list first: the answer depends on how many cases it has. " }<a class="govuk-link" href="#/list">{ "Case list" }</a></p>
                },
            } }
        </>
    }
}

fn cards(cases: u64, planner: &Planner, dispatch: &Dispatch) -> Html {
    html! {
        <>
            <div class="app-measure">
                <p class="govuk-body">{ format!("The list has {cases} cases. A weak case is one that does not stand at the grade that you expect: say beforehand which that is.") }</p>
                { parts::select(Select {
                    id: "confidence",
                    label: "How sure do you want to be?",
                    hint: Some("95 % means: of twenty such samples, one may mislead."),
                    options: vec![("90", "90 %"), ("95", "95 %"), ("99", "99 %")],
                    chosen: &planner.confidence,
                    on_choose: say(dispatch, PlannerMsg::ChoseConfidence),
                    ..Select::default()
                }) }
            </div>
            <div class="app-cards">
                { precision(cases, planner, dispatch) }
                { discovery(cases, planner, dispatch) }
                { assurance(cases, planner, dispatch) }
                { manageable(cases, planner, dispatch) }
            </div>
        </>
    }
}

fn precision(cases: u64, planner: &Planner, dispatch: &Dispatch) -> Html {
    let answer = planner.precision(cases).map(|(size, halves)| {
        html! {
            <>
                { large(size) }
                { parts::span(fraction(halves.from, cases), fraction(halves.to, cases)) }
                <p class="govuk-body">
                    { format!("If {} of these are weak, so are {}. Nearer to none or to all the margin is smaller.", halves.weak, between(halves, cases)) }
                </p>
                <p class="govuk-hint">{ "The number is by the usual formula. The interval is exact, as the findings give it, and can be a little wider." }</p>
                { take(size, dispatch) }
            </>
        }
    });
    card(
        "What share of the list is weak?",
        html! { { percent_field("margin", "To within so many percentage points, either way", &planner.margin, say(dispatch, PlannerMsg::EnteredMargin)) } },
        answer,
    )
}

fn discovery(cases: u64, planner: &Planner, dispatch: &Dispatch) -> Html {
    let answer = planner.discovery(cases).map(|found| {
        html! {
            <>
                { large(found.size) }
                { curve(&found, planner) }
                <p class="govuk-body">
                    { format!("If {} of the cases are weak ({}), so many meet at least one of them with a chance of more than {}.", found.weak, of_all(found.count, cases), words(&planner.confidence)) }
                </p>
                { take(found.size, dispatch) }
            </>
        }
    });
    card(
        "Would we meet a weak case at all?",
        html! { { percent_field("weak", "If so many percent are weak: 5 is 1 in 20", &planner.weak, say(dispatch, PlannerMsg::EnteredWeak)) } },
        answer,
    )
}

fn curve(found: &Discovery, planner: &Planner) -> Html {
    let most = found.curve.last().map_or(1, |(size, _)| *size);
    let points: Vec<(f64, f64)> = found
        .curve
        .iter()
        .map(|(size, chance)| (fraction(*size, most), *chance))
        .collect();
    let enough = planner
        .confidence()
        .map_or(0.95, |level| level.points().fraction());
    let reached = (fraction(found.size, most), enough);
    parts::curve(
        &points,
        enough,
        reached,
        ("no cases", &format!("{most} cases")),
    )
}

fn assurance(cases: u64, planner: &Planner, dispatch: &Dispatch) -> Html {
    let answer = planner.assurance(cases).map(|found| {
        let allowed = match found.allowed {
            0 => "none of them is weak".to_owned(),
            1 => "at most 1 of them is weak".to_owned(),
            many => format!("at most {many} of them are weak"),
        };
        html! {
            <>
                { large(found.size) }
                { parts::hundred(found.tolerable.of(100)) }
                <p class="govuk-body">
                    { format!("If {allowed}, you can be {} sure that fewer than {} of the list are. If more are weak, this sample cannot say so.", words(&planner.confidence), found.tolerable) }
                </p>
                { take(found.size, dispatch) }
            </>
        }
    });
    let fields = html! {
        <div class="app-row">
            { percent_field("tolerable", "Fewer than so many percent", &planner.tolerable, say(dispatch, PlannerMsg::EnteredTolerable)) }
            { percent_field("allowed", "Weak cases allowed in the sample", &planner.allowed, say(dispatch, PlannerMsg::EnteredAllowed)) }
        </div>
    };
    card("Are few enough weak?", fields, answer)
}

fn manageable(cases: u64, planner: &Planner, dispatch: &Dispatch) -> Html {
    let answer = planner.bearing(cases).map(|found| {
        html! {
            <>
                <p class="govuk-body">
                    <strong>{ format!("If all {} are good, {} of the list may still be weak", found.size, of_all(found.unseen, cases)) }</strong>
                    { format!(", {} in 100. ", hundredths(found.unseen, cases)) }
                    { format!("A share is known to within about {} percentage points either way: if {} of the {} are weak, so are {}.", points(found.margin), found.halves.weak, found.size, between(found.halves, cases)) }
                </p>
                { meets(&found) }
                { take(found.size, dispatch) }
            </>
        }
    });
    card(
        "What can the number that we can manage tell us?",
        html! { { percent_field("manageable", "We can manage so many cases", &planner.manageable, say(dispatch, PlannerMsg::EnteredManageable)) } },
        answer,
    )
}

/// The chance to meet at least one weak case, share by share; a bar beside each figure.
fn meets(found: &Bearing) -> Html {
    let rows = found.meets.iter().map(|(share, chance)| {
        vec![
            html! { { share.to_string() } },
            parts::bar(*chance),
            html! { { format!("{} in 100", chance_in_hundred(1.0 - chance)) } },
        ]
    });
    parts::table(&Table {
        id: "meets",
        caption: "How often so many cases meet not one weak case",
        columns: vec![
            Column::text("Weak"),
            Column::text("Met"),
            Column::number("All missed"),
        ],
        rows: rows.collect(),
        row_headers: true,
        ..Table::default()
    })
}

/// A card: the question, what it needs to know, and its answer or why there is none.
fn card(question: &str, fields: Html, answer: Result<Html, String>) -> Html {
    let answer =
        answer.unwrap_or_else(|why| html! { <p class="govuk-body app-not-yet">{ why }</p> });
    parts::panel(
        question,
        html! {
            <>
                { fields }
                <div class="app-answer-box" aria-live="polite">{ answer }</div>
            </>
        },
    )
}

fn large(size: u64) -> Html {
    let cases = if size == 1 { "case" } else { "cases" };
    html! { <p class="app-answer"><span class="app-answer__number">{ size }</span>{ format!(" {cases}") }</p> }
}

fn take(size: u64, dispatch: &Dispatch) -> Html {
    let msg = Msg::Sampling(SamplingMsg::Planner(PlannerMsg::ClickedTake(size)));
    parts::button(
        Look::Secondary,
        &format!("Draw {size}"),
        dispatch.click(msg),
    )
}

fn percent_field(id: &str, label: &str, value: &str, on_input: Callback<String>) -> Html {
    parts::text_field(TextField {
        id,
        label,
        value,
        width: Width::Characters(5),
        inputmode: Some("decimal"),
        on_input,
        ..TextField::default()
    })
}

fn say(dispatch: &Dispatch, msg: impl Fn(String) -> PlannerMsg + 'static) -> Callback<String> {
    dispatch.with(move |text| Msg::Sampling(SamplingMsg::Planner(msg(text))))
}

/// The weak cases that a list may hold, as counts and as shares.
fn between(halves: Halves, cases: u64) -> String {
    let Halves { from, to, .. } = halves;
    let (low, high) = (
        from.saturating_mul(100) / cases.max(1),
        hundredths(to, cases),
    );
    format!("between {from} and {to} of the {cases} ({low} % to {high} %)")
}

/// A margin in whole percentage points, rounded up.
fn points(margin: BasisPoints) -> u64 {
    margin.points().div_ceil(100)
}

fn of_all(count: u64, cases: u64) -> String {
    format!("{count} of {cases}")
}

/// A count as a share of all, in whole hundredths, rounded up.
fn hundredths(count: u64, cases: u64) -> u64 {
    count.saturating_mul(100).div_ceil(cases.max(1))
}

/// A chance as so many in a hundred; what is neither none nor all is never rounded to it.
fn chance_in_hundred(chance: f64) -> String {
    let hundred = chance * 100.0;
    match hundred {
        h if h <= 0.0 => "0".to_owned(),
        h if h < 1.0 => "fewer than 1".to_owned(),
        h if h > 99.0 && h < 100.0 => "more than 99".to_owned(),
        h => format!("{h:.0}"),
    }
}

fn words(confidence: &str) -> String {
    format!("{confidence} %")
}
