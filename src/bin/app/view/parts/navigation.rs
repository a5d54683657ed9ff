//! Ways through the program: back, along, and about.

use yew::prelude::*;

/// One step back.
pub(crate) fn back_link(text: &str, href: &str) -> Html {
    html! {
        <nav class="app-back" aria-label="Back">
            <a href={href.to_owned()} class="govuk-back-link">{ text }</a>
        </nav>
    }
}

/// The way to this page, each step a link (text, address); `here` is the page itself.
pub(crate) fn breadcrumbs(way: &[(&str, &str)], here: &str) -> Html {
    let way = way.iter().map(|(text, href)| {
        html! {
            <li class="govuk-breadcrumbs__list-item" key={(*href).to_owned()}>
                <a class="govuk-breadcrumbs__link" href={(*href).to_owned()}>{ *text }</a>
            </li>
        }
    });
    html! {
        <nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="Breadcrumb">
            <ol class="govuk-breadcrumbs__list">
                { for way }
                <li class="govuk-breadcrumbs__list-item" aria-current="page">{ here }</li>
            </ol>
        </nav>
    }
}

/// How far a section of a case has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SectionState {
    /// Nothing is written.
    #[default]
    NotStarted,
    /// Something is written, something is missing.
    Incomplete,
    /// Nothing is missing.
    Complete,
}

impl SectionState {
    fn text(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::Incomplete => "Incomplete",
            Self::Complete => "Complete",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::NotStarted => "app-side__state--not-started",
            Self::Incomplete => "app-side__state--incomplete",
            Self::Complete => "app-side__state--complete",
        }
    }
}

/// A section in the side navigation.
#[derive(Clone, Debug, Default)]
pub(crate) struct SectionLink<'a> {
    /// What the section is called.
    pub(crate) title: &'a str,
    /// Its address.
    pub(crate) href: &'a str,
    /// Whether it is the page that is shown.
    pub(crate) current: bool,
    /// How far it has come; `None` for pages that have no state, such as "Check answers".
    pub(crate) state: Option<SectionState>,
}

/// The sections of a case with how far each has come. On a narrow screen they fold into one line
/// that says how many are complete.
pub(crate) fn side_navigation(label: &str, sections: &[SectionLink]) -> Html {
    let with_state = sections.iter().filter_map(|section| section.state);
    let complete = with_state
        .clone()
        .filter(|state| *state == SectionState::Complete)
        .count();
    let summary = format!("{label}: {complete} of {} complete", with_state.count());
    let sections = sections.iter().map(|section| {
        let current = section.current.then_some("app-side__item--current");
        html! {
            <li key={section.href.to_owned()} class={classes!("app-side__item", current)}>
                <a class="app-side__link" href={section.href.to_owned()} aria-current={section.current.then_some("page")}>
                    <span class="app-side__title">{ section.title }</span>
                    if let Some(state) = section.state {
                        <span class="govuk-visually-hidden">{ ", " }</span>
                        <span class={classes!("app-side__state", state.class())}>{ state.text() }</span>
                    }
                </a>
            </li>
        }
    });
    // It scrolls by itself beside a long form, so the keyboard must reach it too.
    html! {
        <nav class="app-side" aria-label={label.to_owned()} tabindex="0">
            <details class="app-side__fold">
                <summary>{ summary }</summary>
                <ul class="app-side__list">{ for sections }</ul>
            </details>
        </nav>
    }
}

/// A page of a long list in the pagination.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PageLink {
    /// A page, by number.
    Page(usize),
    /// Pages left out.
    Gap,
}

impl PageLink {
    /// First, last, and those about the current page; gaps between them.
    fn around(current: usize, last: usize) -> Vec<Self> {
        let mut links = Vec::new();
        let mut before = 0;
        for page in 1..=last {
            if page == 1 || page == last || page.abs_diff(current) <= 1 {
                if page > before + 1 {
                    links.push(Self::Gap);
                }
                links.push(Self::Page(page));
                before = page;
            }
        }
        links
    }
}

/// Pages of a long list: `current` and `last` count from 1; `href` gives a page's address.
/// Nothing where there is one page only.
pub(crate) fn pagination(
    label: &str,
    current: usize,
    last: usize,
    href: &dyn Fn(usize) -> String,
) -> Html {
    if last <= 1 {
        return Html::default();
    }
    let items = PageLink::around(current, last).into_iter().map(|link| match link {
        PageLink::Gap => {
            html! { <li class="govuk-pagination__item govuk-pagination__item--ellipsis">{ "⋯" }</li> }
        }
        PageLink::Page(page) => {
            let here = page == current;
            html! {
                <li class={classes!("govuk-pagination__item", here.then_some("govuk-pagination__item--current"))}>
                    <a class="govuk-link govuk-pagination__link" href={href(page)} aria-label={format!("Page {page}")}
                        aria-current={here.then_some("page")}>{ page }</a>
                </li>
            }
        }
    });
    html! {
        <nav class="govuk-pagination" aria-label={label.to_owned()}>
            if current > 1 {
                <div class="govuk-pagination__prev">
                    <a class="govuk-link govuk-pagination__link" href={href(current - 1)} rel="prev">
                        { arrow(Arrow::Previous) }
                        <span class="govuk-pagination__link-title">
                            { "Previous" }<span class="govuk-visually-hidden">{ " page" }</span>
                        </span>
                    </a>
                </div>
            }
            <ul class="govuk-pagination__list">{ for items }</ul>
            if current < last {
                <div class="govuk-pagination__next">
                    <a class="govuk-link govuk-pagination__link" href={href(current + 1)} rel="next">
                        <span class="govuk-pagination__link-title">
                            { "Next" }<span class="govuk-visually-hidden">{ " page" }</span>
                        </span>
                        { arrow(Arrow::Next) }
                    </a>
                </div>
            }
        </nav>
    }
}

/// To the neighbours of a case or section, each with its name: (name, address).
pub(crate) fn previous_next(
    label: &str,
    previous: Option<(&str, &str)>,
    next: Option<(&str, &str)>,
) -> Html {
    let link = |arrow_of: Arrow, title: &'static str, (name, href): (&str, &str)| {
        let (class, rel) = match arrow_of {
            Arrow::Previous => ("govuk-pagination__prev", "prev"),
            Arrow::Next => ("govuk-pagination__next", "next"),
        };
        html! {
            <div class={class}>
                <a class="govuk-link govuk-pagination__link" href={href.to_owned()} {rel}>
                    { arrow(arrow_of) }
                    <span class="govuk-pagination__link-title">{ title }</span>
                    <span class="govuk-visually-hidden">{ ":" }</span>
                    <span class="govuk-pagination__link-label">{ name }</span>
                </a>
            </div>
        }
    };
    html! {
        <nav class="govuk-pagination govuk-pagination--block" aria-label={label.to_owned()}>
            { for previous.map(|target| link(Arrow::Previous, "Previous", target)) }
            { for next.map(|target| link(Arrow::Next, "Next", target)) }
        </nav>
    }
}

#[derive(Clone, Copy)]
enum Arrow {
    Previous,
    Next,
}

fn arrow(arrow: Arrow) -> Html {
    let (class, path) = match arrow {
        Arrow::Previous => (
            "govuk-pagination__icon govuk-pagination__icon--prev",
            "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z",
        ),
        Arrow::Next => (
            "govuk-pagination__icon govuk-pagination__icon--next",
            "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z",
        ),
    };
    html! {
        <svg class={class} xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true"
            focusable="false" viewBox="0 0 15 13"><path d={path} /></svg>
    }
}
