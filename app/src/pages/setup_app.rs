//! The form of the Meta app.

use crate::components::card::Section;
use crate::components::form::{Field, PostButton, PostForm};
use crate::components::icon::{Icon, names};
use crate::components::moment::{Ago, Clock};
use crate::dto::setup::{AppCard, FormerSecret, Whose};
use crate::pages::setup::from_settings;
use leptos::prelude::*;

/// Which app it is, and the form that enters or changes it.
#[component]
pub fn AppSection(
    /// The app in use.
    app: Option<AppCard>,
    /// Whose app it is.
    whose: Whose,
) -> impl IntoView {
    let title = match (app.is_some(), whose) {
        (true, _) => "App ID and secret",
        (false, Whose::Installation) => "Enter your Meta app",
        (false, Whose::Business) => "Use your own Meta app",
    };
    view! {
        <Section title=title id="app">
            {match app {
                Some(app) if app.fixed => fixed(app),
                app => form(app, whose),
            }}
        </Section>
    }
}

fn fixed(app: AppCard) -> AnyView {
    view! {
        <div class="p-4.5 grid gap-4">
            {from_settings()}
            <dl class="grid sm:grid-cols-2 gap-4">
                {fact("App ID", app.app_id)}
                {fact("Configuration id", or_none(app.config_id))}
                {fact("WhatsApp configuration id", or_none(app.whatsapp_config_id))}
                {fact("App Secret", format!("Set, its hash ends in {}", app.secret_mark))}
            </dl>
            {app.former.map(|of| former(of, Whose::Installation))}
        </div>
    }
    .into_any()
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt class="cap">{name}</dt><dd class="mt-1 mono">{value}</dd></div> }.into_any()
}

fn or_none(value: String) -> String {
    if value.is_empty() { "None".into() } else { value }
}

fn form(app: Option<AppCard>, whose: Whose) -> AnyView {
    let (known, form) = (app.is_some(), whose.save());
    let (app_id, config_id, configuration_fixed) = app
        .as_ref()
        .map(|app| (app.app_id.clone(), app.config_id.clone(), app.configuration_fixed))
        .unwrap_or_default();
    let (whatsapp_config_id, whatsapp_fixed) =
        app.as_ref().map(|app| (app.whatsapp_config_id.clone(), app.whatsapp_configuration_fixed)).unwrap_or_default();
    let whatsapp_hint = match whatsapp_fixed {
        true => "META_WHATSAPP_CONFIG_ID in the settings goes before this field.",
        false => {
            "A second configuration, of the variation WhatsApp Embedded Signup: it lets people set up WhatsApp numbers from here."
        }
    };
    let secret_hint = match known {
        true => {
            "Leave it empty to keep the one that is saved. A new one counts at once; what Meta signed with the former one is taken for 7 more days."
        }
        false => "App settings → Basic, behind Show: 32 characters. It is sealed, and never shown again.",
    };
    let config_hint = match configuration_fixed {
        true => "META_CONFIG_ID in the settings goes before this field.",
        false => {
            "Facebook Login for Business → Configurations. It is not the App ID. Without one, classic Facebook Login is used."
        }
    };
    view! {
        <div class="p-4.5 grid gap-4">
            {(!known).then(|| view! {
                <p class="sub">"Make an app of the kind for businesses at developers.facebook.com, then paste its ids here. Attaché asks Meta at once whether they belong together."</p>
            })}
            {app.as_ref().and_then(|app| app.secret_set.clone()).map(|(at, by)| {
                let mark = app.as_ref().map(|app| app.secret_mark.clone()).unwrap_or_default();
                view! {
                    <p class="sub flex flex-wrap items-center gap-x-2">
                        <Icon of=names::KEY class="text-ink-3" />
                        <span>"The App Secret was set "<Ago at=at />" by "<bdi>{by}</bdi>". Its hash ends in "<span class="mono">{mark}</span>"."</span>
                    </p>
                }
            })}
            {app.as_ref().and_then(|app| app.former.clone()).map(|of| former(of, whose))}
            <PostForm action=form>
                <div class="grid sm:grid-cols-2 gap-4">
                    <Field form=form name="app_id" label="App ID" value=app_id max=64 hint="App settings → Basic: digits only." />
                    <Field form=form name="app_secret" label="App Secret" kind="password" max=200 optional=known hint=secret_hint autocomplete="off" />
                </div>
                <div class="grid sm:grid-cols-2 gap-4">
                    <Field form=form name="config_id" label="Configuration id" value=config_id max=64 optional=true readonly=configuration_fixed hint=config_hint />
                    <Field form=form name="whatsapp_config_id" label="WhatsApp configuration id" value=whatsapp_config_id max=64 optional=true readonly=whatsapp_fixed hint=whatsapp_hint />
                </div>
                <div><button type="submit" class="btn btn-primary">{if known { "Save" } else { "Check and save" }}</button></div>
            </PostForm>
        </div>
    }
    .into_any()
}

/// Instagram Login's part of the app.
#[component]
pub fn InstagramSection(
    /// The app in use.
    app: AppCard,
    /// Whose app it is.
    whose: Whose,
) -> impl IntoView {
    let (form, known) = (whose.save_instagram(), !app.instagram_app_id.is_empty());
    let secret_hint = match known {
        true => {
            "Leave it empty to keep the one that is saved. What Meta signed with the former one is taken for 7 more days."
        }
        false => "From the same place: 32 characters. It is sealed, and never shown again.",
    };
    let body = match app.instagram_fixed {
        true => view! {
            <dl class="grid sm:grid-cols-2 gap-4">{fact("Instagram App ID", or_none(app.instagram_app_id))}</dl>
            <p class="sub">"META_INSTAGRAM_APP_ID and META_INSTAGRAM_APP_SECRET in the settings say so."</p>
        }
        .into_any(),
        false => view! {
            <PostForm action=form>
                <div class="grid sm:grid-cols-2 gap-4">
                    <Field form=form name="instagram_app_id" label="Instagram App ID" value=app.instagram_app_id max=64 optional=true hint="Instagram → API setup with Instagram login. It is not the App ID. Empty: no Instagram Login." />
                    <Field form=form name="instagram_app_secret" label="Instagram App Secret" kind="password" max=200 optional=true hint=secret_hint autocomplete="off" />
                </div>
                <div><button type="submit" class="btn">"Save"</button></div>
            </PostForm>
        }
        .into_any(),
    };
    view! {
        <Section title="Instagram Login" id="instagram">
            <div class="p-4.5 grid gap-4">
                <p class="sub">"With it, Instagram professional accounts that are linked to no Facebook Page can connect. It has an id and a secret of its own in the same Meta app."</p>
                {body}
            </div>
        </Section>
    }
}

/// Two secrets count: until when, and how that ends sooner.
fn former(former: FormerSecret, whose: Whose) -> AnyView {
    view! {
        <div class="warn rounded-card px-4 py-3 flex flex-wrap items-center gap-3 text-[13.5px]">
            <Icon of=names::CLOCK />
            {match former.until {
                Some(until) => view! {
                    <p class="flex-1 min-w-52">"Two secrets count until "<Clock at=until />": what Meta signed with the former one is taken too."</p>
                    <PostButton action=whose.end_overlap()>"End it now"</PostButton>
                }.into_any(),
                None => view! {
                    <p class="flex-1 min-w-52">"Two secrets count: META_APP_SECRET_PREVIOUS is set. Remove it when Meta signs with the present one."</p>
                }.into_any(),
            }}
        </div>
    }
    .into_any()
}
