//! The document around every page.

use crate::visit::visit;
use leptos::config::LeptosOptions;
use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document with `body` in it. The colours are decided here, before anything is drawn.
pub fn shell(options: &LeptosOptions, body: AnyView) -> impl IntoView + use<> {
    let theme = visit().theme.attribute();
    let css = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
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
                <HydrationScripts options=options.clone() islands=true />
            </head>
            <body>{body}</body>
        </html>
    }
}
