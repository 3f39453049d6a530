//! Forms that work without script, keep what was typed, and say at the field what is wrong.

use crate::acting_for;
use crate::components::notice::Problem;
use crate::visit::visit;
use leptos::prelude::*;

/// A form that posts to this page; the named server function does the work.
///
/// When it fails, the page comes back with the error above the fields and everything typed still there, except
/// secrets.
#[component]
pub fn PostForm(
    /// The server function's endpoint, such as `sign-in`.
    action: &'static str,
    /// Hidden fields. They also tell apart several forms with one action on a page.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    /// Classes.
    #[prop(default = "grid gap-4")]
    class: &'static str,
    /// Its id, where a button outside it submits it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether the error is shown elsewhere.
    #[prop(optional)]
    silent: bool,
    /// The fields and the button.
    children: Children,
) -> impl IntoView {
    let visit = visit();
    let acting_for = visit.viewer.as_ref().and_then(|viewer| viewer.tenant.as_ref()).map(|tenant| tenant.id.clone());
    // The field that is wrong says it itself; the form says what no field does.
    let (content, failed) = (children(), (!silent).then(|| visit.failed(action, &fields)).flatten());
    view! {
        <form method="post" action=visit.form_action(action) class=class id=id>
            {failed.map(|outcome| view! { <Problem error=outcome.error /> })}
            {acting_for.map(|tenant| view! { <input type="hidden" name=acting_for::FIELD value=tenant /> })}
            {fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            {content}
        </form>
    }
}

/// A form that is one button.
#[component]
pub fn PostButton(
    /// The server function's endpoint.
    action: &'static str,
    /// Hidden fields.
    #[prop(optional)]
    fields: Vec<(&'static str, String)>,
    /// The button's classes.
    #[prop(default = "btn")]
    class: &'static str,
    /// What screen readers hear, when the words on the button are not enough.
    #[prop(into, optional)]
    label: Option<String>,
    /// Why it cannot be pressed now.
    #[prop(into, optional)]
    disabled: Option<String>,
    /// The words on it.
    children: Children,
) -> impl IntoView {
    let off = disabled.is_some();
    view! {
        <PostForm action=action fields=fields class="contents" silent=true>
            <button type="submit" class=class aria-label=label disabled=off title=disabled>{children()}</button>
        </PostForm>
    }
}

/// A labelled line to type in.
#[component]
pub fn Field(
    /// The action of the form it belongs to.
    form: &'static str,
    /// Its name; with the form's action it also makes its id.
    name: &'static str,
    /// The words above it.
    label: &'static str,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// A sentence below it, said before anything is wrong.
    #[prop(optional)]
    hint: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The value at first.
    #[prop(into, optional)]
    value: String,
    /// The shortest value allowed.
    #[prop(optional)]
    min: Option<u32>,
    /// The longest value allowed.
    #[prop(default = 200)]
    max: u32,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// Whether it can only be read.
    #[prop(optional)]
    readonly: bool,
    /// Hidden fields of its form, where several forms share one action.
    #[prop(optional)]
    among: Vec<(&'static str, String)>,
) -> impl IntoView {
    let outcome = visit().failed(form, &among);
    let told = among.first().map(|(_, value)| format!("-{value}")).unwrap_or_default();
    let id = format!("{form}-{name}{told}");
    let wrong = outcome.as_ref().filter(|o| o.error.field.as_deref() == Some(name)).map(|o| o.error.what.clone());
    let is_first_told = wrong.is_some() && visit().told.now();
    let value = outcome.as_ref().and_then(|o| o.value(name).map(str::to_owned)).unwrap_or(value);
    let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
    let described = match (wrong.is_some(), hint.is_empty()) {
        (true, true) => Some(wrong_id.clone()),
        (true, false) => Some(format!("{wrong_id} {hint_id}")),
        (false, false) => Some(hint_id.clone()),
        (false, true) => None,
    };
    view! {
        <div>
            <label class="label" for=id.clone()>
                {label}{optional.then(|| view! { <span class="text-ink-3 font-normal">" (optional)"</span> })}
            </label>
            <input
                class="field"
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                minlength=min.map(|n| n.to_string())
                maxlength=max.to_string()
                required=!optional
                readonly=readonly
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=described
                autofocus=is_first_told
                spellcheck=(kind != "text").then_some("false")
            />
            {wrong.map(|text| view! { <p class="wrong" id=wrong_id role="alert">{text}</p> })}
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A labelled choice of a few values.
#[component]
pub fn Select(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Its name.
    name: &'static str,
    /// The words for it.
    #[prop(into)]
    label: String,
    /// Whether the words are for screen readers alone.
    #[prop(optional)]
    quiet: bool,
    /// Values and their words.
    options: Vec<(String, String)>,
    /// The value chosen.
    #[prop(into)]
    chosen: String,
) -> impl IntoView {
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div>
            <label class=if quiet { "sr-only" } else { "label" } for=id.clone()>{label}</label>
            <select class="field" id=id name=name>{options}</select>
        </div>
    }
}
