//! Every part once, so that none is left unseen by the tests.

use yew::prelude::*;

use super::super::*;

/// One of each part that the other tests do not render.
pub(super) fn sheet() -> Html {
    html! { <>{ frame() }{ controls() }{ notices() }{ navigation() }{ components() }</> }
}

fn frame() -> Html {
    html! {
        <>
            { skip_link() }
            { header("#/", html! { "Autumn" }) }
            <main id={MAIN} tabindex="-1"></main>
            { action_bar(Html::default(), html! { "saved" }, html! { "actions" }) }
            { footer("#/data", &[("Accessibility", "#/accessibility")]) }
            { visually_hidden("hidden") }
        </>
    }
}

fn controls() -> Html {
    let looks = [Look::Primary, Look::Secondary, Look::Warning, Look::Link];
    html! {
        <>
            { for looks.map(|look| button(look, "Go", Callback::noop())) }
            { icon_button(Look::Link, "Remove", "action 1", Callback::noop()) }
            { button_group(button_link(Look::Secondary, "Back", "#/")) }
            { start_button("Start", "#/new") }
            { text_field(TextField { id: "n", width: Width::Characters(4), ..TextField::default() }) }
            { date_field(DateField { id: "due", label: "By when", ..DateField::default() }) }
            { select(Select { id: "by", options: vec![("t", "Team")], chosen: "t", ..Select::default() }) }
            { text_field(TextField { id: "weeks", suffix: Some("weeks"), ..TextField::default() }) }
            { time_field(TimeField { id: "from-time", label: "Returned: time", ..TimeField::default() }) }
            { group_of_fields("from", "How long?", None, None, html! {}) }
            { checkboxes(Checkboxes { id: "lists", items: vec![
                Tick { value: "missing", label: "Missing", hint: Some("High risk"), ..Tick::default() },
                Tick { value: "none", label: "None of these", alone: true, ticked: true, ..Tick::default() },
            ], ..Checkboxes::default() }) }
            { checkbox(Checkbox { id: "seen", label: "Seen", hint: Some("Alone"), ..Checkbox::default() }) }
            { for [Legend::Small, Legend::Medium, Legend::Heading].map(legend_of) }
            { error_message("n", Some("Enter a number")) }
        </>
    }
}

fn legend_of(look: Legend) -> Html {
    radios(Radios {
        id: "r",
        legend: "Which?",
        look,
        ..Radios::default()
    })
}

fn notices() -> Html {
    let banners = [Banner::Important, Banner::Success, Banner::Urgent];
    let colours = [
        Colour::Grey,
        Colour::Blue,
        Colour::Teal,
        Colour::Green,
        Colour::Yellow,
        Colour::Red,
    ];
    html! {
        <>
            { for banners.map(|banner| notification_banner(banner, "b", "Heading", html! {})) }
            { for colours.map(|colour| tag(colour, "State")) }
            { inset_text(code("9f86d0")) }
            { warning_text("It is recorded.") }
            { details("More", html! { "text" }) }
            { panel("Saved to a file", html! { "text" }) }
            { figures(&[("Rows read", "354")]) }
            { error_list(&[("Row 14".to_owned(), "The id is empty.".to_owned())]) }
            { grade_mark(Tone::None, "Not applicable") }
            { progress_bar("reading", "Reading", Some(0.5)) }
            { progress_bar("opening", "Opening", None) }
        </>
    }
}

fn navigation() -> Html {
    html! {
        <>
            { back_link("Back", "#/") }
            { breadcrumbs(&[("Round", "#/")], "Case 11") }
            { previous_next("Cases", Some(("Case 10", "#/10")), Some(("Case 12", "#/12"))) }
            { action_link("Change", "the size", "#/size") }
        </>
    }
}

fn components() -> Html {
    html! {
        <>
            <Heading text="Findings" caption="Autumn" page="findings" />
            <ErrorSummary errors={Vec::<ErrorLink>::new()} />
            <FileDrop id="list" label="Case list" on_file={Callback::noop()} />
            <SavedIndicator state={Saved::Untouched} />
            <Dialog id="wipe" open=false title="Wipe?" on_close={Callback::noop()}>{ "text" }</Dialog>
        </>
    }
}
