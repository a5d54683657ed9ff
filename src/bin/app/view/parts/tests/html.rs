//! A part as HTML text, without a browser and without Yew's server renderer (which would bring a
//! runtime and an unmaintained crate into the tree). Components inside it are left out: their
//! plain halves are rendered by themselves.

use std::fmt::Write as _;

use yew::virtual_dom::{VNode, VTag};

/// The markup of `node`. A field's value and whether it is ticked stand as attributes.
pub(super) fn html(node: &VNode) -> String {
    let mut text = String::new();
    write_node(&mut text, node);
    text
}

fn write_node(out: &mut String, node: &VNode) {
    match node {
        VNode::VTag(tag) => write_tag(out, tag),
        VNode::VText(text) => out.push_str(&escaped(&text.text)),
        VNode::VList(list) => list.iter().for_each(|child| write_node(out, child)),
        VNode::VComp(_)
        | VNode::VPortal(_)
        | VNode::VRef(_)
        | VNode::VSuspense(_)
        | VNode::VRaw(_) => {}
    }
}

fn write_tag(out: &mut String, tag: &VTag) {
    let mut attributes: Vec<_> = tag
        .attributes
        .iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    attributes.extend(tag.value().map(|value| ("value", value.to_string())));
    attributes.extend(
        tag.checked()
            .filter(|checked| *checked)
            .map(|_| ("checked", String::new())),
    );
    attributes.sort();
    let _ = write!(out, "<{}", tag.tag());
    for (name, value) in attributes {
        let _ = write!(out, " {name}=\"{}\"", escaped(&value));
    }
    out.push('>');
    if let Some(children) = tag.children() {
        write_node(out, children);
    }
    let _ = write!(out, "</{}>", tag.tag());
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
