//! What stands about every page: header, footer, heading, the way past them.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::place::restore;

/// The id of the element that holds the page's content; the skip link's target.
pub(crate) const MAIN: &str = "main";

/// Words that only a screen reader says.
pub(crate) fn visually_hidden(text: &str) -> Html {
    html! { <span class="govuk-visually-hidden">{ text }</span> }
}

/// The first thing that the keyboard meets: past the header, to the content (`<main id="main"
/// tabindex="-1">`). It moves the focus and leaves the address alone, which is our route.
pub(crate) fn skip_link() -> Html {
    let skip = |event: MouseEvent| {
        event.prevent_default();
        let main = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id(MAIN));
        if let Some(main) =
            main.and_then(|main| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(main).ok())
        {
            // A page without content has nothing to skip to.
            let _ = main.focus();
        }
    };
    html! {
        <a href={format!("#{MAIN}")} class="govuk-skip-link" onclick={skip}>{ "Skip to main content" }</a>
    }
}

/// The head of every page: the name of the program, a link to its front page, and what stands to
/// the right of it (the round's name, whether all is saved).
pub(crate) fn header(home: &str, aside: Html) -> Html {
    html! {
        <header class="app-header">
            <div class="app-header__inner govuk-width-container">
                <a class="app-header__home" href={home.to_owned()}>
                    { mark() }
                    <span class="app-header__name">{ "Sightline" }</span>
                </a>
                <div class="app-header__aside">{ aside }</div>
            </div>
        </header>
    }
}

/// The program's mark: an eye's line of sight, a beam from a point to an open circle.
fn mark() -> Html {
    html! {
        <svg class="app-header__mark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32"
            aria-hidden="true" focusable="false">
            <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" stroke-width="2.5" />
            <path d="M3 16h7m12 0h7" stroke="currentColor" stroke-width="2.5" />
            <circle cx="16" cy="16" r="4.5" fill="currentColor" />
        </svg>
    }
}

/// The foot of every page: where the data is, the address `privacy` of that page, further links
/// (text, address), and which version this is.
pub(crate) fn footer(privacy: &str, links: &[(&str, &str)], version: &str) -> Html {
    let links = links.iter().map(|(text, href)| {
        html! {
            <li class="app-footer__item" key={(*href).to_owned()}>
                <a class="app-footer__link" href={(*href).to_owned()}>{ *text }</a>
            </li>
        }
    });
    html! {
        <footer class="app-footer">
            <div class="govuk-width-container app-footer__inner">
                <p class="app-footer__promise">
                    { "Nothing you load or write leaves this computer, unless you save it to a file." }
                </p>
                <ul class="app-footer__list">
                    <li class="app-footer__item">
                        <a class="app-footer__link" href={privacy.to_owned()}>{ "Where is my data?" }</a>
                    </li>
                    { for links }
                    <li class="app-footer__item app-footer__version">{ version }</li>
                </ul>
            </div>
        </footer>
    }
}

/// What a [`Heading`] says.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct HeadingProps {
    /// The heading.
    pub(crate) text: AttrValue,
    /// What the page is part of, set smaller above it.
    #[prop_or_default]
    pub(crate) caption: Option<AttrValue>,
    /// Names the page shown: when it changes, the heading takes the focus and the page is at its
    /// top. Empty: the focus is left alone (the first page after loading).
    #[prop_or_default]
    pub(crate) page: AttrValue,
}

/// A page's `h1`. When the page changes it takes the focus, so that a screen reader says where
/// one is; unless one comes back to a place further down, or to a field that the address names.
#[component]
pub(crate) fn Heading(props: &HeadingProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.page.clone(), move |page| {
            if page.is_empty() || restore(page) {
                return;
            }
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
            if let Some(heading) = node.cast::<HtmlElement>() {
                // A heading that cannot take the focus is still there to be read.
                let _ = heading.focus();
            }
        });
    }
    html! {
        <>
            if let Some(caption) = &props.caption {
                <span class="govuk-caption-l">{ caption }</span>
            }
            <h1 class="govuk-heading-l app-heading" id="main-heading" tabindex="-1" ref={node}>{ &props.text }</h1>
        </>
    }
}
