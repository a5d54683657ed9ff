//! Keyboard shortcuts: which there are, and what listens to them.
//!
//! None is a single letter, which somebody could say to a speech program by chance. In a field of the
//! form, undo is that of the whole review; in any other field it is the browser's own.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// What a key can do on the pages of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Takes the newest change back.
    Undo,
    /// Makes it again.
    Redo,
    /// Goes on from a section, as its button does.
    Continue,
    /// Shows the next section.
    NextSection,
    /// Shows the section before.
    PreviousSection,
    /// Shows the next case.
    NextCase,
    /// Shows the case before.
    PreviousCase,
    /// Shows the page for an immediate concern.
    Concern,
    /// Lists the shortcuts.
    List,
}

impl Shortcut {
    /// All of them, in the order in which they are listed.
    pub(crate) const ALL: [Self; 9] = [
        Self::Continue,
        Self::NextSection,
        Self::PreviousSection,
        Self::NextCase,
        Self::PreviousCase,
        Self::Undo,
        Self::Redo,
        Self::Concern,
        Self::List,
    ];

    /// What it does.
    pub(crate) fn does(self) -> &'static str {
        match self {
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Continue => "Continue from this section",
            Self::NextSection => "Next section",
            Self::PreviousSection => "Previous section",
            Self::NextCase => "Next case",
            Self::PreviousCase => "Previous case",
            Self::Concern => "Immediate safeguarding concern",
            Self::List => "This list",
        }
    }

    /// The keys that are pressed together.
    pub(crate) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Undo => &["Ctrl", "Z"],
            Self::Redo => &["Ctrl", "Shift", "Z"],
            Self::Continue => &["Ctrl", "Enter"],
            Self::NextSection => &["Alt", "Page Down"],
            Self::PreviousSection => &["Alt", "Page Up"],
            Self::NextCase => &["Alt", "Shift", "Page Down"],
            Self::PreviousCase => &["Alt", "Shift", "Page Up"],
            Self::Concern => &["Ctrl", "Alt", "Enter"],
            Self::List => &["Ctrl", "/"],
        }
    }

    /// Which one was pressed.
    pub(super) fn of(key: &str, control: bool, alt: bool, shift: bool) -> Option<Self> {
        match (key, control, alt, shift) {
            ("z" | "Z", true, false, false) => Some(Self::Undo),
            ("z" | "Z", true, false, true) | ("y" | "Y", true, false, false) => Some(Self::Redo),
            ("Enter", true, false, false) => Some(Self::Continue),
            ("Enter", true, true, false) => Some(Self::Concern),
            ("PageDown", false, true, false) => Some(Self::NextSection),
            ("PageUp", false, true, false) => Some(Self::PreviousSection),
            ("PageDown", false, true, true) => Some(Self::NextCase),
            ("PageUp", false, true, true) => Some(Self::PreviousCase),
            ("/", true, false, _) => Some(Self::List),
            _ => None,
        }
    }

    /// Whether a field of its own has a say in it.
    fn edits(self) -> bool {
        matches!(self, Self::Undo | Self::Redo)
    }
}

/// What listens to the keys.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct KeysProps {
    /// The shortcuts that do something on this page.
    pub(crate) able: Vec<Shortcut>,
    /// Called with the one that was pressed.
    pub(crate) on_press: Callback<Shortcut>,
}

/// Listens to the shortcuts, wherever the focus is, while it stands on the page.
#[component]
pub(crate) fn Keys(props: &KeysProps) -> Html {
    let latest = use_mut_ref(|| props.clone());
    latest.borrow_mut().clone_from(props);
    use_effect_with((), move |()| {
        let pressed = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
            let props = latest.borrow().clone();
            if let Some(shortcut) = meant(&event).filter(|it| props.able.contains(it)) {
                event.prevent_default();
                props.on_press.emit(shortcut);
            }
        });
        let window = web_sys::window();
        if let Some(window) = &window {
            let listener = pressed.as_ref().unchecked_ref();
            // Without it the buttons still do all that the keys would.
            let _ = window.add_event_listener_with_callback("keydown", listener);
        }
        move || {
            if let Some(window) = window {
                let listener = pressed.as_ref().unchecked_ref();
                // If the window is gone, so is the listener.
                let _ = window.remove_event_listener_with_callback("keydown", listener);
            }
        }
    });
    Html::default()
}

/// The shortcut that a key press means, unless the field that it is in has a better use for it.
fn meant(event: &KeyboardEvent) -> Option<Shortcut> {
    let control = event.ctrl_key() || event.meta_key();
    let shortcut = Shortcut::of(&event.key(), control, event.alt_key(), event.shift_key())?;
    let target = event.target()?.dyn_into::<Element>().ok();
    let within = |selector: &str| {
        let found = target.as_ref().map(|it| it.closest(selector));
        matches!(found, Some(Ok(Some(_))))
    };
    let elsewhere = within("input, textarea, select") && !within(".app-question");
    let taken = within("dialog") || event.is_composing() || (shortcut.edits() && elsewhere);
    (!taken).then_some(shortcut)
}
