//! What to copy into Meta's dashboard.

use crate::components::card::Section;
use crate::components::copy::CopyField;
use crate::components::form::PostButton;
use crate::components::icon::{Icon, names};
use crate::dto::setup::{ValueRow, Whose};
use leptos::prelude::*;

/// The values, and the verify token on request.
#[component]
pub fn ValuesSection(
    /// The values.
    of: Vec<ValueRow>,
    /// The verify token, when it was asked for just now.
    verify_token: Option<String>,
    /// Whether there is an app.
    has_app: bool,
    /// Whose app they are for.
    whose: Whose,
) -> impl IntoView {
    let rows = of
        .into_iter()
        .map(
            |row| view! { <CopyField id=format!("value-{}", row.name) label=row.label text=row.text hint=row.place /> },
        )
        .collect_view();
    let shown = verify_token.is_some();
    let later = match whose {
        Whose::Installation => "The verify token is made when the app is entered.",
        Whose::Business => {
            "The callback URLs hold the App ID, and the verify token is made when the app is entered: both are here then."
        }
    };
    view! {
        <Section title="Copy these into Meta" id="values">
            <div class="p-4.5 grid gap-4">
                {rows}
                {verify_token.map(|token| view! {
                    <CopyField id="value-verify-token" label="Verify token" text=token hint="Webhooks → Edit subscription. It is shown this once." autofocus=true />
                })}
                {(has_app && !shown).then(|| view! {
                    <div class="flex flex-wrap items-center gap-3">
                        <div class="flex-1 min-w-52">
                            <p class="label !mb-0">"Verify token"</p>
                            <p class="hint !mt-0.5">"Only needed where the callback is entered by hand: Attaché gives it to Meta by itself."</p>
                        </div>
                        <PostButton action=whose.show_verify_token()><Icon of=names::KEY />"Show verify token"</PostButton>
                    </div>
                })}
                {(!has_app).then(|| view! { <p class="hint !mt-0">{later}</p> })}
            </div>
        </Section>
    }
}
