//! Small menus, opened by a button and closed by Escape or a click elsewhere; the browser does it all.

use leptos::prelude::*;

/// A button and the panel it opens.
#[component]
pub fn Menu(
    /// The panel's id, unique on the page.
    #[prop(into)]
    id: String,
    /// What the button says to screen readers, when its content does not.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The button's classes.
    #[prop(default = "btn")]
    class: &'static str,
    /// The panel's classes: where it opens, how wide.
    #[prop(into)]
    panel: String,
    /// What is on the button.
    face: AnyView,
    /// What is in the panel.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=class popovertarget=id.clone() aria-label=label>{face}</button>
        <div popover="auto" id=id class=format!("menu {panel}")>{children()}</div>
    }
}
