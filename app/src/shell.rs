//! The document around every page.

use crate::visit::visit;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document with `body` in it. The colours are decided here, before anything is drawn.
pub fn shell(options: &LeptosOptions, body: AnyView) -> impl IntoView + use<> {
    let visit = visit();
    let (theme, language) = (visit.theme.attribute(), visit.document_language().tag());
    let css = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    let script = boot(&format!("/{}/{}", options.site_pkg_dir, options.output_name));
    view! {
        <!DOCTYPE html>
        <html lang=language data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="description" content="The connection desk for Meta business assets: what is connected, and the proof that it works." />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf9f7" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f141b" />
                <link rel="preload" href="/fonts/inter-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <MetaTags />
                <script type="module" nonce=use_nonce()>{script}</script>
            </head>
            <body>{body}</body>
        </html>
    }
}

/// The one script of a page: tells the time zone for the next page, and wakes the islands when the browser is idle.
/// A page without islands loads nothing.
fn boot(package: &str) -> String {
    format!(
        r#"document.cookie="tz="+Intl.DateTimeFormat().resolvedOptions().timeZone+";path=/;max-age=31536000;samesite=lax";
const islands=document.querySelectorAll("leptos-island");
const wake=async()=>{{const code=await import("{package}.js");await code.default({{module_or_path:"{package}.wasm"}});code.hydrate();for(const island of islands)code[island.dataset.component]?.(island);document.documentElement.dataset.awake=""}};
if(islands.length)"requestIdleCallback"in window?requestIdleCallback(wake,{{timeout:1000}}):wake();"#
    )
}
