//! The list of scenes: a page, who looks at it, and in which state.

mod connect;
mod desk;
mod developers;
mod numbers;
mod passwords;
mod people;
mod setup;
mod webhooks;

use crate::people::ada;
use app::dto::attempt::AttemptState;
use app::dto::status::StatusPage;
use app::dto::viewer::Viewer;
use app::error::AppError;
use app::forms::FormOutcome;
use app::pages;
use leptos::prelude::AnyView;
use std::sync::Arc;

pub(crate) type View = Arc<dyn Fn() -> AnyView + Send + Sync>;

pub(crate) struct Scene {
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) query: &'static str,
    pub(crate) viewer: Option<Viewer>,
    pub(crate) outcome: Option<FormOutcome>,
    pub(crate) done: Option<&'static str>,
    pub(crate) view: View,
}

fn scene(name: &'static str, path: &'static str, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Scene {
    Scene { name, path, query: "", viewer: Some(ada()), outcome: None, done: None, view: Arc::new(view) }
}

fn public(name: &'static str, path: &'static str, view: impl Fn() -> AnyView + Send + Sync + 'static) -> Scene {
    Scene { viewer: None, ..scene(name, path, view) }
}

fn status(name: &'static str, page: impl Fn() -> StatusPage + Send + Sync + 'static) -> Scene {
    scene(name, "/", move || pages::status::status_page(page()))
}

fn attempt(name: &'static str, state: impl Fn() -> AttemptState + Send + Sync + 'static) -> Scene {
    scene(name, "/connect/att_1", move || pages::attempt::attempt_page(crate::connect::attempt(state())))
}

fn failed(action: &str, values: &[(&str, &str)], error: AppError) -> Option<FormOutcome> {
    let values = values.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
    Some(FormOutcome { action: action.into(), values, error })
}

pub(crate) fn all() -> Vec<Scene> {
    let mut all = desk::scenes();
    all.extend(connect::scenes());
    all.extend(passwords::scenes());
    all.extend(people::scenes());
    all.extend(webhooks::scenes());
    all.extend(developers::scenes());
    all.extend(numbers::scenes());
    all.extend(setup::scenes());
    all
}
