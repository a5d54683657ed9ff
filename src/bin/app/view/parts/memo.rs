//! What is drawn again only when what it shows has changed: on a long page most of it has not.

use std::rc::Rc;

use yew::prelude::*;

/// What is shown, and how.
#[derive(Clone, Debug, Properties)]
pub(crate) struct MemoProps<T: PartialEq + 'static> {
    /// All that `draw` depends on.
    pub(crate) of: Rc<T>,
    /// Draws it. Two of these are never compared: it depends on nothing but `of`.
    pub(crate) draw: Callback<Rc<T>, Html>,
}

impl<T: PartialEq + 'static> PartialEq for MemoProps<T> {
    fn eq(&self, other: &Self) -> bool {
        self.of == other.of
    }
}

/// Draws what depends on `of` alone, once for each `of`.
#[component]
pub(crate) fn Memo<T: PartialEq + 'static>(props: &MemoProps<T>) -> Html {
    props.draw.emit(props.of.clone())
}
