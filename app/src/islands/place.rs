//! Where something is in a part of the page, so that it is found again when the part was drawn anew with other neighbours.

use super::dom::{all, first};
use web_sys::Element;

/// A place in a part: within the nearest element that has a name, the how many-th of its kind.
pub struct Place {
    /// The named element, as a selector; the part itself when there is none.
    named: Option<String>,
    /// Its number among its kind in there; none when it is the named element itself.
    nth: Option<usize>,
}

impl Place {
    /// Where `element` is in `part`. `kind` is a selector that it answers to, and `id` or `data-live` is a name.
    pub fn of(part: &Element, kind: &str, element: &Element) -> Option<Self> {
        let named = element.closest("[id], [data-live]").ok()?;
        let named = named.filter(|named| named != part && part.contains(Some(named.as_ref())));
        let nth = all(named.as_ref().unwrap_or(part), kind).iter().position(|one| one == element);
        // An element that is not of this kind would be taken for the named one.
        if nth.is_none() && named.as_ref() != Some(element) {
            return None;
        }
        Some(Self { named: named.map(|named| selector(&named)), nth })
    }

    /// What is there now.
    pub fn find(&self, part: &Element, kind: &str) -> Option<Element> {
        let named = match &self.named {
            Some(named) => first(part, named)?,
            None => part.clone(),
        };
        match self.nth {
            Some(nth) => all(&named, kind).into_iter().nth(nth),
            None => Some(named),
        }
    }
}

fn selector(named: &Element) -> String {
    let name = if named.has_attribute("id") { "id" } else { "data-live" };
    format!("[{name}=\"{}\"]", named.get_attribute(name).unwrap_or_default())
}
