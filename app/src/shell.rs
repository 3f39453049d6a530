//! The document around every page.

use crate::visit::visit;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Marks a form that is on its way, and the button that was pressed, and refuses to send it once more. A page that the browser
/// brings back from its memory is as before; so is one that is still there after half a minute. What an island takes in
/// hand is left to it.
const SENT_ONCE: &str = r#"const free=()=>{for(const it of document.querySelectorAll("form[aria-busy],button[aria-busy]"))for(const mark of["aria-busy","aria-disabled"])it.removeAttribute(mark)};
addEventListener("pageshow",event=>{if(event.persisted)free()});
addEventListener("submit",event=>{const form=event.target;
if(event.defaultPrevented||!form.matches("[method=post]"))return;
if(form.hasAttribute("aria-busy"))return event.preventDefault();
for(const it of[form,event.submitter])it?.setAttribute("aria-busy","true");
setTimeout(free,30000)});"#;

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

/// The one script of a page: tells the time zone for the next page, forgets in the address what was done so that loading
/// the page again does not say it again, keeps a form from being sent twice, and wakes the islands when the browser is idle.
/// A page without islands and without anything to copy loads nothing.
fn boot(package: &str) -> String {
    format!(
        r#"document.cookie="tz="+Intl.DateTimeFormat().resolvedOptions().timeZone+";path=/;max-age=31536000;samesite=lax";
const here=new URL(location);
if(here.searchParams.has("done")){{here.searchParams.delete("done");history.replaceState(null,"",here)}}
{SENT_ONCE}
const islands=document.querySelectorAll("leptos-island");
const wake=async()=>{{const code=await import("{package}.js");await code.default({{module_or_path:"{package}.wasm"}});code.hydrate();for(const island of islands)code[island.dataset.component]?.(island);document.documentElement.dataset.awake=""}};
if(document.querySelector("leptos-island,[data-copy]"))"requestIdleCallback"in window?requestIdleCallback(wake,{{timeout:1000}}):wake();"#
    )
}
