//! Tags: the state of a thing in a word.

use yew::prelude::*;

/// A tag's colour; the word must do without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Nothing has happened yet.
    Grey,
    /// Something is to be done.
    Blue,
    /// Under way.
    Teal,
    /// Done, right.
    Green,
    /// To be looked at.
    Yellow,
    /// Wrong, urgent.
    Red,
}

/// The state of a thing in a word.
pub(crate) fn tag(colour: Colour, text: &str) -> Html {
    let class = match colour {
        Colour::Grey => "govuk-tag--grey",
        Colour::Blue => "govuk-tag--blue",
        Colour::Teal => "govuk-tag--teal",
        Colour::Green => "govuk-tag--green",
        Colour::Yellow => "govuk-tag--yellow",
        Colour::Red => "govuk-tag--red",
    };
    html! { <strong class={classes!("govuk-tag", class)}>{ text }</strong> }
}
