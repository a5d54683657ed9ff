//! What the person sees: from the model to markup. Nothing here changes anything; a page reads
//! the model and says what happened through [`Dispatch`].

mod balance;
mod bar;
mod case;
mod cases;
mod certificate;
mod check;
mod concern;
mod data;
mod day;
mod findings;
mod first;
mod form_update;
mod forms;
mod going;
mod home;
mod how_many;
mod keeping;
mod list;
mod new_round;
mod parts;
mod proof;
mod protect;
mod round;
mod sample;
mod saved;
mod section;
mod settings;
mod settle;
mod trail;
mod unlock;
mod verify;
mod wipe;

use sightline::app::proof::About;
use sightline::app::{Model, Msg, Open, Route, Shelf};
use yew::prelude::*;

use crate::world::Files;
pub(crate) use first::{Waiting, first};

/// How a page says what happened.
#[derive(Clone)]
pub(crate) struct Dispatch {
    to: Callback<Msg>,
    files: Files,
}

impl Dispatch {
    pub(crate) fn new(to: Callback<Msg>, files: Files) -> Self {
        Self { to, files }
    }

    /// For a button: sends the message when it is pressed.
    fn click(&self, msg: Msg) -> Callback<MouseEvent> {
        self.to.reform(move |_| msg.clone())
    }

    /// For whatever gives a value: sends the message made of it.
    fn with<T: 'static>(&self, message: impl Fn(T) -> Msg + 'static) -> Callback<T> {
        self.to.reform(message)
    }
}

/// The title of the window.
pub(crate) fn title(model: &Model) -> String {
    // The browser writes titles into its history: what somebody called a round is not among them.
    let page = if model.route == Route::Round {
        "A round".to_owned()
    } else {
        heading(model)
    };
    if page == "Sightline" {
        page
    } else {
        format!("{page} – Sightline")
    }
}

/// What the page is called, in its heading and in the window's title.
fn heading(model: &Model) -> String {
    let section = |open: &Open, id| open.round.form.section(id).map(|it| it.title.clone());
    match (&model.route, model.open.as_deref()) {
        (Route::Home, _) => "Sightline".to_owned(),
        (Route::NewRound, _) => "Start a new round".to_owned(),
        (Route::Protect, _) if model.setup.code.is_some() => "Your recovery code".to_owned(),
        (Route::Protect, _) => "Protect the round".to_owned(),
        (Route::OpenFile, _) => "Open a saved round".to_owned(),
        (Route::Verify, _) => "Check a certificate".to_owned(),
        (Route::Data, _) => "Where is my data?".to_owned(),
        (Route::Proof, _) => "Prove it".to_owned(),
        (Route::Settings, _) => "Settings".to_owned(),
        (Route::Wipe, _) => wipe::heading(model),
        (Route::Unknown, _) => "There is no such page".to_owned(),
        (Route::Forms(page), _) if !page.needs_round() => forms::heading(model, page),
        (_, None) if model.locked_round().is_some() => "Unlock the round".to_owned(),
        (_, None) if is_opening(model) => "Opening the round".to_owned(),
        (_, None) => "No round is open".to_owned(),
        (Route::Round, Some(open)) => open.round.title.clone(),
        (Route::SaveFile, _) => "Save the round to a file".to_owned(),
        (Route::List, _) => "Case list".to_owned(),
        (Route::ListColumns, _) => "Columns of the list".to_owned(),
        (Route::ListRows, _) => "Rows of the list".to_owned(),
        (Route::ListWho, _) => "Who of the list is in".to_owned(),
        (Route::Sample, _) => "Draw the sample".to_owned(),
        (Route::HowMany, _) => "How many cases?".to_owned(),
        (Route::Certificate, _) => "Certificate of the draw".to_owned(),
        (Route::Balance, _) => "The sample beside the list".to_owned(),
        (Route::Cases, _) => "Cases to audit".to_owned(),
        (Route::Case(case), _) => format!("Case {case}"),
        (Route::Section(_, id), Some(open)) => section(open, id).unwrap_or_default(),
        (Route::Check(case), _) => format!("Check your answers for case {case}"),
        (Route::Concern(_), _) => "Immediate safeguarding concern".to_owned(),
        (Route::Form, _) => "A newer version of the form".to_owned(),
        (Route::Forms(page), _) => forms::heading(model, page),
        (Route::Findings, _) => "Findings".to_owned(),
        (Route::Trail, _) => "Who did what when".to_owned(),
        (Route::Settle, _) => "Entries of another tab".to_owned(),
    }
}

/// The whole page.
pub(crate) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let open = model.open.as_deref();
    let told = html! {
        <>
            if let Some(newer) = &model.newer {
                { proof::newer(model, newer, dispatch) }
            }
            if let Some(open) = open {
                { keeping::told(model, open, dispatch) }
            }
            { saved::told(open) }
        </>
    };
    let content = content(model, dispatch);
    let parts = Frame {
        aside: keeping::aside(model, dispatch),
        way: way(model),
        told,
        content: if keeping::is_read_only(model) {
            html! { <fieldset class="app-along" disabled={true}>{ content }</fieldset> }
        } else {
            content
        },
        bar: open.map(|open| bar::bar(model, open, dispatch)),
    };
    frame(model, parts)
}

/// What a page puts into its frame.
#[derive(Default)]
struct Frame {
    aside: Html,
    way: Html,
    told: Html,
    content: Html,
    bar: Option<Html>,
}

/// What is the same on every page, before and after the rest of the program has come: the browser keeps its
/// elements, and with them the focus.
fn frame(model: &Model, parts: Frame) -> Html {
    html! {
        <>
            { parts::skip_link() }
            <parts::PlaceKeeper />
            { parts::header("#/", parts.aside) }
            <div class="govuk-width-container app-page">
                { parts.way }
                <main class="govuk-main-wrapper app-main" id={parts::MAIN} tabindex="-1"
                    spellcheck={model.settings.spelling.to_string()}>
                    { parts.told }
                    { parts.content }
                </main>
            </div>
            { for parts.bar }
            { foot(model) }
        </>
    }
}

/// The foot of every page, with the version that is running.
fn foot(model: &Model) -> Html {
    let links = [
        ("Settings", "#/settings"),
        ("All rounds", "#/"),
        ("Audit forms", "#/forms"),
        ("Check a certificate", "#/verify"),
        ("Prove it", "#/proof"),
    ];
    parts::footer("#/data", &links, &version(&model.about))
}

/// A version in words, with the beginning of its build's hash.
fn version(about: &About) -> String {
    match about.build.as_str() {
        "" => format!("Sightline {}, not packed", about.version),
        build => format!("Sightline {}, build {build}", about.version),
    }
}

/// The page's heading. It takes the focus when the page changes.
fn page_heading(model: &Model, caption: Option<String>) -> Html {
    html! {
        <parts::Heading text={heading(model)} caption={caption.map(AttrValue::from)}
            page={model.route.to_string()} />
    }
}

/// The way from the front page to this one.
fn way(model: &Model) -> Html {
    if let Route::Forms(page) = &model.route {
        let steps = forms::way(model, page);
        let steps = steps
            .iter()
            .map(|(name, address)| (name.as_str(), address.as_str()));
        let steps: Vec<_> = [("All rounds", "#/")].into_iter().chain(steps).collect();
        return parts::breadcrumbs(&steps, &heading(model));
    }
    let Some(open) = model.open.as_deref() else {
        let inside = model.route == Route::Home || model.route.needs_round();
        return if inside {
            Html::default()
        } else {
            parts::back_link("All rounds", "#/")
        };
    };
    let case = model
        .route
        .case_number()
        .map(|case| (format!("Case {case}"), Route::Case(case).to_string()));
    let mut steps = vec![("All rounds", "#/"), (open.round.title.as_str(), "#/round")];
    match &model.route {
        Route::Home => return Html::default(),
        Route::NewRound
        | Route::Protect
        | Route::OpenFile
        | Route::Verify
        | Route::Data
        | Route::Proof
        | Route::Settings
        | Route::Wipe
        | Route::Unknown
        | Route::Round => {
            steps.truncate(1);
        }
        Route::Section(..) | Route::Check(_) | Route::Concern(_) => {
            steps.push(("Cases", "#/cases"));
            if let Some((title, address)) = &case {
                steps.push((title, address));
            }
        }
        Route::Case(_) => steps.push(("Cases", "#/cases")),
        Route::Balance => steps.push(("Certificate of the draw", "#/certificate")),
        Route::HowMany => steps.push(("Draw the sample", "#/sample")),
        Route::ListColumns | Route::ListRows | Route::ListWho => {
            steps.push(("Case list", "#/list"));
        }
        Route::SaveFile
        | Route::List
        | Route::Sample
        | Route::Certificate
        | Route::Cases
        | Route::Form
        | Route::Forms(_)
        | Route::Findings
        | Route::Trail
        | Route::Settle => {}
    }
    parts::breadcrumbs(&steps, &heading(model))
}

fn content(model: &Model, dispatch: &Dispatch) -> Html {
    match (&model.route, model.open.as_deref()) {
        (Route::Home, _) => home::page(model, dispatch),
        (Route::NewRound, _) => new_round::page(model, dispatch),
        (Route::Protect, _) => protect::page(model, dispatch),
        (Route::OpenFile, _) => saved::open(model, dispatch),
        (Route::Verify, _) => verify::page(model, dispatch),
        (Route::Proof, _) => proof::page(model, dispatch),
        (Route::Data, _) => data::page(model, dispatch),
        (Route::Settings, _) => settings::page(model, dispatch),
        (Route::Wipe, _) => wipe::page(model, dispatch),
        (Route::Unknown, _) => unknown(model),
        (Route::Forms(page), _) if !page.needs_round() => forms::page(model, page, dispatch),
        (_, None) => match model.locked_round() {
            Some(card) => unlock::page(model, card, dispatch),
            None => opening(model),
        },
        (Route::Round, Some(open)) => round::page(model, open, dispatch),
        (Route::SaveFile, Some(_)) => saved::save(model, dispatch),
        (Route::List | Route::ListColumns | Route::ListRows | Route::ListWho, Some(open)) => {
            list::page(model, open, dispatch)
        }
        (Route::Sample, Some(open)) => sample::page(model, open, dispatch),
        (Route::HowMany, Some(open)) => how_many::page(model, open, dispatch),
        (Route::Certificate, Some(open)) => certificate::page(model, open, dispatch),
        (Route::Balance, Some(open)) => balance::page(model, open),
        (Route::Cases, Some(open)) => cases::page(model, open, dispatch),
        (Route::Case(case), Some(open)) => case::page(model, open, *case, dispatch),
        (Route::Section(case, id), Some(open)) => section::page(model, open, *case, id, dispatch),
        (Route::Check(case), Some(open)) => check::page(model, open, *case, dispatch),
        (Route::Concern(case), Some(open)) => concern::page(model, open, *case, dispatch),
        (Route::Form, Some(open)) => form_update::page(model, open, dispatch),
        (Route::Forms(page), Some(_)) => forms::page(model, page, dispatch),
        (Route::Findings, Some(open)) => findings::page(model, open, dispatch),
        (Route::Trail, Some(open)) => trail::page(model, open, dispatch),
        (Route::Settle, Some(open)) => settle::page(model, open, dispatch),
    }
}

fn unknown(model: &Model) -> Html {
    html! {
        <>
            { page_heading(model, None) }
            <p class="govuk-body">
                { "Check the address, or go to " }<a class="govuk-link" href="#/">{ "all rounds" }</a>{ "." }
            </p>
        </>
    }
}

/// While the round is read from the store, or when there is none to read.
fn opening(model: &Model) -> Html {
    if is_opening(model) {
        // It leaves the focus alone: the page that was asked for comes at once.
        return html! { <parts::Heading text={heading(model)} /> };
    }
    html! {
        <>
            { page_heading(model, None) }
            <p class="govuk-body">
                { "This page belongs to a round. Open one on the page " }
                <a class="govuk-link" href="#/">{ "All rounds" }</a>{ "." }
            </p>
        </>
    }
}

/// Whether a round may still come from the store.
fn is_opening(model: &Model) -> bool {
    match &model.shelf {
        Shelf::Opening => true,
        Shelf::Ready { .. } => model.wanted().is_some(),
        Shelf::Unavailable(_) => false,
    }
}

/// What is wrong on the page, at its top. The links lead to the fields.
fn error_summary(errors: Vec<parts::ErrorLink>) -> Html {
    html! { <parts::ErrorSummary {errors} /> }
}

/// What is wrong with one field.
fn error_of<'a>(errors: &'a [(impl AsRef<str>, impl AsRef<str>)], field: &str) -> Option<&'a str> {
    errors
        .iter()
        .find(|(id, _)| id.as_ref() == field)
        .map(|(_, text)| text.as_ref())
}

/// All that is wrong, as links.
fn error_links(errors: &[(impl AsRef<str>, impl AsRef<str>)]) -> Vec<parts::ErrorLink> {
    let owned = |text: &dyn AsRef<str>| text.as_ref().to_owned();
    errors
        .iter()
        .map(|(field, text)| parts::ErrorLink::new(owned(field), owned(text)))
        .collect()
}
