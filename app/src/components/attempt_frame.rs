//! The frame of an attempt's pages, and the ways back to Meta: for people of the business, and for guests of a set-up link.

use crate::components::layout::{Desk, Letter};
use crate::components::stepper::Stepper;
use leptos::prelude::*;

/// A page of an attempt. A guest sees for whom they connect, and nothing else of that business.
#[component]
pub fn AttemptFrame(
    /// The page's name, in the browser's title.
    #[prop(into)]
    title: String,
    /// The current step.
    at: usize,
    /// The business that a guest connects for; none for its own people.
    guest: Option<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    match guest {
        None => view! { <Desk title=title narrow=true><Stepper at=at />{children()}</Desk> }.into_any(),
        Some(tenant) => view! {
            <Letter title=title wide=true>
                <p class="sub">"You connect for "<b class="text-ink">{tenant}</b>"."</p>
                <Stepper at=at />
                {children()}
            </Letter>
        }
        .into_any(),
    }
}

/// The way to Meta once more.
#[derive(Clone, Debug)]
pub struct Again {
    /// The server function that leads there.
    pub action: &'static str,
    /// The fields of its form.
    pub fields: Vec<(&'static str, String)>,
    /// The page that it begins on.
    pub page: String,
    /// Whether there is a page of connections to go back to.
    pub has_desk: bool,
}

impl Again {
    /// For people of the business, to renew `connection` when there is one.
    pub fn member(connection: Option<String>) -> Self {
        let page = connection.as_ref().map_or_else(|| "/connect".to_owned(), |id| format!("/connect?connection={id}"));
        let fields = vec![("connection", connection.unwrap_or_default())];
        Self { action: "begin-connect", fields, page, has_desk: true }
    }

    /// For the guest of a set-up link.
    pub fn guest() -> Self {
        Self { action: "begin-set-up", fields: Vec::new(), page: "/set-up".into(), has_desk: false }
    }
}
