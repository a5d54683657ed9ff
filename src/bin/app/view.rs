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
mod form_update;
mod forms;
mod going;
mod home;
mod how_many;
mod list;
mod new_round;
mod parts;
mod proof;
mod round;
mod sample;
mod saved;
mod section;
mod verify;

use sightline::app::open::{Keeping, Saved as HowSaved};
use sightline::app::proof::About;
use sightline::app::{Model, Msg, Open, Route, Shelf};
use yew::prelude::*;

use crate::world::Files;
use parts::{Look, Saved, SavedIndicator};

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
        (Route::OpenFile, _) => "Open a saved round".to_owned(),
        (Route::Verify, _) => "Check a certificate".to_owned(),
        (Route::Data, _) => "Where is my data?".to_owned(),
        (Route::Proof, _) => "Prove it".to_owned(),
        (Route::Unknown, _) => "There is no such page".to_owned(),
        (Route::Forms(page), _) if !page.needs_round() => forms::heading(model, page),
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
    }
}

/// The whole page.
pub(crate) fn page(model: &Model, dispatch: &Dispatch) -> Html {
    let open = model.open.as_deref();
    html! {
        <>
            { parts::skip_link() }
            <parts::PlaceKeeper />
            { parts::header("#/", aside(open)) }
            <div class="govuk-width-container app-page">
                { way(model) }
                <main class="govuk-main-wrapper app-main" id={parts::MAIN} tabindex="-1">
                    if let Some(newer) = &model.newer {
                        { proof::newer(model, newer, dispatch) }
                    }
                    { not_kept(open, dispatch) }
                    { along(open, dispatch) }
                    { found(open) }
                    { saved::told(open) }
                    { content(model, dispatch) }
                </main>
            </div>
            if let Some(open) = open {
                { bar::bar(model, open, dispatch) }
            }
            { foot(model) }
        </>
    }
}

/// The foot of every page, with the version that is running.
fn foot(model: &Model) -> Html {
    let links = [
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

/// The round's name and whether the work is kept, at the right of the header.
fn aside(open: Option<&Open>) -> Html {
    let Some(open) = open else {
        return Html::default();
    };
    let state = match open.saved() {
        HowSaved::Yes => Saved::Saved(None),
        HowSaved::OnItsWay => Saved::Saving,
        HowSaved::ButForTheForm => Saved::Waiting,
        HowSaved::No => Saved::NotSaved(open.saving.failed.clone().unwrap_or_default().into()),
    };
    html! {
        <>
            <a class="app-header__round" href="#/round">{ &open.round.title }</a>
            <SavedIndicator {state} />
        </>
    }
}

/// What is to be known and done while the store cannot keep the work.
fn not_kept(open: Option<&Open>, dispatch: &Dispatch) -> Html {
    let Some(why) = open.and_then(|open| open.saving.failed.as_deref()) else {
        return Html::default();
    };
    let content = html! {
        <>
            <p class="govuk-body">{ why }</p>
            <p class="govuk-body">
                { "What you write stays on this page while it is open. Before you close it, " }
                <a class="govuk-link" href="#/save">{ "save the round to a file" }</a>{ "." }
            </p>
            { parts::button(Look::Secondary, "Try to save again", dispatch.click(Msg::ClickedStoreAgain)) }
        </>
    };
    parts::notification_banner(
        parts::Banner::Urgent,
        "not-saved",
        "Your latest work is not saved on this computer",
        content,
    )
}

/// That another page writes this round.
fn along(open: Option<&Open>, dispatch: &Dispatch) -> Html {
    if open.is_none_or(|open| open.keeping != Keeping::Along) {
        return Html::default();
    }
    let content = html! {
        <>
            <p class="govuk-body">
                { "Another tab or window of this browser writes this round. Here you read along: what is written there appears here." }
            </p>
            { parts::button(Look::Secondary, "Write here instead", dispatch.click(Msg::ClickedTakeOver)) }
        </>
    };
    let title = "This round is being written elsewhere";
    parts::notification_banner(parts::Banner::Important, "along", title, content)
}

/// What the store found when it opened the round.
fn found(open: Option<&Open>) -> Html {
    let Some(open) = open.filter(|open| open.found.damaged > 0 || !open.adrift.is_empty()) else {
        return Html::default();
    };
    let content = html! {
        <p class="govuk-body">
            { format!(
                "{} entries are kept that are not part of the round: written in a window that another had overtaken, or behind damage. {} bytes could not be read. All {} entries before are here: check the last answers that you remember giving.",
                open.adrift.len(), open.found.damaged, open.lines().len(),
            ) }
        </p>
    };
    let title = "Part of this round's journal is not in its place";
    parts::notification_banner(parts::Banner::Important, "found", title, content)
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
        | Route::OpenFile
        | Route::Verify
        | Route::Data
        | Route::Proof
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
        | Route::Findings => {}
    }
    parts::breadcrumbs(&steps, &heading(model))
}

fn content(model: &Model, dispatch: &Dispatch) -> Html {
    match (&model.route, model.open.as_deref()) {
        (Route::Home, _) => home::page(model, dispatch),
        (Route::NewRound, _) => new_round::page(model, dispatch),
        (Route::OpenFile, _) => saved::open(model, dispatch),
        (Route::Verify, _) => verify::page(model, dispatch),
        (Route::Data, _) => data::page(model),
        (Route::Proof, _) => proof::page(model, dispatch),
        (Route::Unknown, _) => unknown(model),
        (Route::Forms(page), _) if !page.needs_round() => forms::page(model, page, dispatch),
        (_, None) => opening(model),
        (Route::Round, Some(open)) => round::page(model, open),
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
        Shelf::Ready { current, .. } => current.is_some(),
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
