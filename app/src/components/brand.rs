//! The seal, and the small squares that stand for Meta's products.

use crate::dto::health::Platform;
use leptos::prelude::*;

/// Attaché's mark: a seal with a tick. The one place of the seal colour.
#[component]
pub fn Seal(
    /// Its size.
    #[prop(default = "size-6")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("icon text-seal {class}") viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 2.5l2.4 1.9 3-.2.8 2.9 2.6 1.6-1 2.8 1 2.8-2.6 1.6-.8 2.9-3-.2L12 20.5l-2.4-1.9-3 .2-.8-2.9-2.6-1.6 1-2.8-1-2.8 2.6-1.6.8-2.9 3 .2z"></path>
            <path d="m8.5 11.6 2.4 2.4 4.6-4.8"></path>
        </svg>
    }
}

/// The seal with the name beside it.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <a href="/" class="inline-flex items-center gap-2 rounded-md text-ink no-underline">
            <Seal />
            <span class="font-semibold text-[16px] tracking-[-.01em]">"Attaché"</span>
        </a>
    }
}

const FACEBOOK: &str = r#"<path fill="currentColor" d="M13.6 21v-7.4h2.5l.4-3h-2.9V8.7c0-.9.3-1.5 1.5-1.5h1.5V4.5c-.3 0-1.2-.1-2.2-.1-2.3 0-3.8 1.4-3.8 3.9v2.3H8.1v3h2.5V21z"/>"#;
const INSTAGRAM: &str = r#"<g fill="none" stroke="currentColor" stroke-width="1.9"><rect x="4" y="4" width="16" height="16" rx="5"/><circle cx="12" cy="12" r="3.7"/></g><circle cx="16.6" cy="7.4" r="1.2" fill="currentColor"/>"#;
const WHATSAPP: &str = r#"<path fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" d="M3.8 20.2l1.2-4.1a8.3 8.3 0 1 1 3.1 3z"/><path fill="currentColor" d="M9.3 7.7c.3 0 .5.1.6.4l.7 1.6c.1.2 0 .5-.1.6l-.6.7c.6 1.2 1.5 2.1 2.7 2.7l.8-.7c.2-.2.4-.2.6-.1l1.6.7c.3.1.4.4.4.6-.2 1.2-1.2 1.9-2.3 1.7-3-.5-5.4-2.9-5.9-5.9-.2-1.1.5-2.1 1.5-2.3z"/>"#;
const ADS: &str = r#"<path fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" d="M6.5 16c4.6 0 6.4-8 11-8a4 4 0 0 1 0 8c-4.6 0-6.4-8-11-8a4 4 0 1 0 0 8z"/>"#;
const BUSINESS: &str = r#"<g fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"><path d="M6 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v16z"/><path d="M10 7.5h4M10 11.5h4M10 15.5h4"/></g>"#;

fn glyph(of: Platform) -> &'static str {
    match of {
        Platform::Facebook => FACEBOOK,
        Platform::Instagram => INSTAGRAM,
        Platform::Whatsapp => WHATSAPP,
        Platform::Ads => ADS,
        Platform::Business => BUSINESS,
    }
}

/// Every glyph once, for pages with hundreds of [`BrandRef`].
#[component]
pub fn BrandGlyphs() -> impl IntoView {
    let all = [Platform::Facebook, Platform::Instagram, Platform::Whatsapp, Platform::Ads, Platform::Business];
    let symbols: String = all
        .iter()
        .map(|of| format!(r#"<symbol id="glyph-{}" viewBox="0 0 24 24">{}</symbol>"#, of.slug(), glyph(*of)))
        .collect();
    view! { <svg class="hidden" aria-hidden="true" inner_html=symbols></svg> }
}

/// A small [`Brand`] whose glyph stands in [`BrandGlyphs`].
#[component]
pub fn BrandRef(
    /// Which.
    of: Platform,
) -> impl IntoView {
    let symbol = format!(r##"<use href="#glyph-{}"/>"##, of.slug());
    view! {
        <span class=format!("brand brand-{} brand-small", of.slug()) aria-hidden="true"><svg inner_html=symbol></svg></span>
    }
}

/// The coloured square of a platform. Its name always stands beside it.
#[component]
pub fn Brand(
    /// Which.
    of: Platform,
    /// The size of table rows.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let size = if small { " brand-small" } else { "" };
    view! {
        <span class=format!("brand brand-{}{size}", of.slug()) aria-hidden="true">
            <svg viewBox="0 0 24 24" inner_html=glyph(of)></svg>
        </span>
    }
}

/// Two letters that stand for a person.
#[component]
pub fn Avatar(
    /// The person's name.
    name: String,
) -> impl IntoView {
    let letters: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    view! {
        <span
            class="grid place-items-center size-8 rounded-full bg-well border border-line text-[12px] font-semibold shrink-0"
            aria-hidden="true"
        >
            {letters.to_uppercase()}
        </span>
    }
}
