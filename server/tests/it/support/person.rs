//! Somebody with a browser: a client that keeps cookies and follows no redirect.
#![allow(clippy::disallowed_methods, reason = "this client stands for a browser, not for the product")]

use std::{cell::RefCell, rc::Rc};

use reqwest::{Method, header::HeaderMap};
use server::{
    accounts::Actor,
    ids::{TenantId, UserId},
};
use url::Url;

use super::{EventStream, TestApp};

/// A visitor's browser.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    base: Url,
    heard: Rc<RefCell<Vec<String>>>,
    cookies: Rc<RefCell<Vec<String>>>,
}

/// Somebody who is signed in.
pub(crate) struct Person {
    pub(crate) actor: Actor,
    /// The hash of their session's secret.
    pub(crate) session: String,
    pub(crate) browser: Browser,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// A header, or an empty text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The stable code of the problem that it tells.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let problem: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        problem["code"].as_str().unwrap().to_owned()
    }
}

impl Browser {
    /// A new browser, without cookies.
    pub(crate) fn new(app: &TestApp) -> Self {
        let http =
            reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { http, base: app.base.clone(), heard: app.heard.clone(), cookies: app.cookies.clone() }
    }

    /// A request to a path of the installation, or to a whole address.
    pub(crate) fn request(&self, method: Method, address: &str) -> reqwest::RequestBuilder {
        self.http.request(method, self.base.join(address).unwrap())
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(self.request(Method::GET, address)).await
    }

    pub(crate) async fn post(&self, address: &str) -> Answer {
        self.send(self.request(Method::POST, address)).await
    }

    /// Opens a stream of events.
    pub(crate) async fn listen(&self, address: &str) -> EventStream {
        EventStream::open(self.request(Method::GET, address), self.heard.clone()).await
    }

    /// Opens a stream of events again, after the event `last`.
    pub(crate) async fn listen_after(&self, address: &str, last: &str) -> EventStream {
        let request = self.request(Method::GET, address).header("last-event-id", last);
        EventStream::open(request, self.heard.clone()).await
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let answer = Answer { status, headers, body: response.text().await.unwrap() };
        let mut told = answer.headers.clone();
        while let Some(cookie) = told.remove("set-cookie") {
            self.cookies.borrow_mut().push(cookie.to_str().unwrap().to_owned());
        }
        self.heard.borrow_mut().push(format!("{status} {told:?} {}", answer.body));
        answer
    }
}

impl Person {
    pub(super) async fn signed_in(app: &TestApp, user: &UserId, tenant: Option<&TenantId>) -> Self {
        let browser = Browser::new(app);
        let tenant_query = tenant.map(|tenant| format!("&tenant={tenant}")).unwrap_or_default();
        let answer = browser.post(&format!("/test/sign-in?user={user}{tenant_query}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = browser.get("/test/who").await;
        let (known, _, session): (UserId, Option<TenantId>, String) = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(known, *user);
        Self { actor: app.actor(user, tenant).await, session, browser }
    }

    /// The tenant they act for.
    pub(crate) fn tenant(&self) -> &TenantId {
        &self.actor.membership.as_ref().unwrap().tenant_id
    }
}
