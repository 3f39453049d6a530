//! Which address shows which page.

use crate::error::AppError;
use crate::load;
use crate::pages::{
    account, activity, add_number, admin, attempt, connect, deletion, deliveries, delivery, developers, disconnect,
    disconnect_asset, endpoint, error, forgot_password, help, join, legal, move_here, number, numbers, own_app,
    reset_password, set_up_link, set_up_links, setup, setup_review, sign_in, status, team, test_message,
};
use crate::visit::visit;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::SsrMode::Async;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_params_map;
use leptos_router::path;
use std::future::Future;

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=|| error::error_page(AppError::not_found())>
                <Route path=path!("/") view=|| page(load::status::page(visit()), status::status_page) ssr=Async />
                <Route path=path!("/sign-in") view=sign_in::sign_in_page ssr=Async />
                <Route path=path!("/sign-up") view=sign_in::sign_up_page ssr=Async />
                <Route path=path!("/forgot-password") view=|| page(load::passwords::forgot(), forgot_password::forgot_password_page) ssr=Async />
                <Route path=path!("/reset-password/:token") view=|| page(load::passwords::reset(param("token")), reset_password::reset_password_page) ssr=Async />
                <Route path=path!("/join/:token") view=|| page(load::team::invitation(param("token")), join::join_page) ssr=Async />
                <Route path=path!("/account") view=|| page(load::viewer::signed_in(), account::account_page) ssr=Async />
                <Route path=path!("/connect") view=|| page(load::connect::start(visit()), connect::connect_page) ssr=Async />
                <Route path=path!("/connect/:attempt") view=|| page(load::attempt::page(param("attempt")), attempt::attempt_page) ssr=Async />
                <Route path=path!("/connect/:attempt/move/:asset") view=|| page(load::move_here::page(param("attempt"), param("asset")), move_here::move_page) ssr=Async />
                <Route path=path!("/set-up") view=|| page(load::set_up_links::place(), set_up_link::set_up_page) ssr=Async />
                <Route path=path!("/set-up/:token") view=|| page(load::set_up_links::opened(param("token")), set_up_link::set_up_page) ssr=Async />
                <Route path=path!("/set-up-links") view=|| page(load::set_up_links::links(), set_up_links::set_up_links_page) ssr=Async />
                <Route path=path!("/disconnect/:connection") view=|| page(load::disconnect::page(param("connection")), disconnect::disconnect_page) ssr=Async />
                <Route path=path!("/assets/:asset/disconnect") view=|| page(load::disconnect_asset::page(param("asset")), disconnect_asset::disconnect_asset_page) ssr=Async />
                <Route path=path!("/assets/:asset/test") view=|| page(load::test_message::page(param("asset"), visit()), test_message::test_page) ssr=Async />
                <Route path=path!("/whatsapp-numbers") view=|| page(load::numbers::list(), numbers::numbers_page) ssr=Async />
                <Route path=path!("/whatsapp-numbers/add") view=|| page(load::add_number::page(), add_number::add_number_page) ssr=Async />
                <Route path=path!("/whatsapp-numbers/:number") view=|| page(load::numbers::one(param("number"), visit()), number::number_page) ssr=Async />
                <Route path=path!("/team") view=|| page(load::team::page(), team::team_page) ssr=Async />
                <Route path=path!("/deliveries") view=|| page(load::deliveries::list(visit()), deliveries::deliveries_page) ssr=Async />
                <Route path=path!("/deliveries/:delivery") view=|| page(load::deliveries::one(param("delivery")), delivery::delivery_page) ssr=Async />
                <Route path=path!("/developers") view=|| page(load::developers::page(), developers::developers_page) ssr=Async />
                <Route path=path!("/developers/:endpoint") view=|| page(load::developers::endpoint(param("endpoint"), visit()), endpoint::endpoint_page) ssr=Async />
                <Route path=path!("/activity") view=|| page(load::activity::page(visit()), activity::activity_page) ssr=Async />
                <Route path=path!("/setup") view=|| page(load::setup::page(), setup::setup_page) ssr=Async />
                <Route path=path!("/setup/review") view=|| page(load::setup::review(), setup_review::review_page) ssr=Async />
                <Route path=path!("/meta-app") view=|| page(load::setup::own_page(), own_app::own_app_page) ssr=Async />
                <Route path=path!("/meta-app/review") view=|| page(load::setup::own_review(), setup_review::review_page) ssr=Async />
                <Route path=path!("/admin") view=|| page(load::admin::page(visit()), admin::admin_page) ssr=Async />
                <Route path=path!("/deletion/:code") view=|| page(load::deletion::page(param("code")), deletion::deletion_page) ssr=Async />
                <Route path=path!("/help/errors") view=|| help::help_page(load::help::page(&visit())) ssr=Async />
                <Route path=path!("/privacy") view=legal::privacy_page ssr=Async />
                <Route path=path!("/terms") view=legal::terms_page ssr=Async />
            </FlatRoutes>
        </Router>
    }
}

fn param(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// Waits for a page's data, then shows it; an error becomes a page of its own, with its status.
fn page<T: Send + 'static>(
    data: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: fn(T) -> AnyView,
) -> Suspend<AnyView> {
    Suspend::new(async move {
        match data.await {
            Ok(data) => view(data),
            Err(error) => error::error_page(error),
        }
    })
}
