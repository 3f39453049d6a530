//! Businesses with a Meta app of their own.

use reqwest::Method;
use secrecy::SecretString;
use server::{
    error::Result,
    setup::{self, AppInput},
};

use super::{Answer, Person, TestApp, signed_by};

/// An app that a business has at Meta beside the installation's, and its secret.
pub(crate) const OWN_APP: &str = "2093847561029384";
pub(crate) const OWN_SECRET: &str = "9e37a0b2d7c14f5681d3e4c6b0a2f95f";

/// What is entered of an app.
pub(crate) fn input(app_id: &str, app_secret: &str) -> AppInput {
    AppInput {
        app_id: app_id.to_owned(),
        app_secret: SecretString::from(app_secret.to_owned()),
        config_id: String::new(),
        whatsapp_config_id: String::new(),
    }
}

impl TestApp {
    /// There is one more app at Meta.
    pub(crate) fn add_meta_app(&self, id: &str, secret: &str) {
        let app =
            simulator::App { id: id.into(), secret: secret.into(), name: "Bo’s desk".into(), ..Default::default() };
        self.meta().add_app(app).unwrap();
    }

    /// The person enters an app as their business's own.
    pub(crate) async fn enter_own(&self, who: &Person, id: &str, secret: &str) -> Result<()> {
        setup::save_own_app(&self.services, &who.actor, &input(id, secret)).await
    }

    /// The person's business has [`OWN_APP`].
    pub(crate) async fn has_own_app(&self, who: &Person) {
        self.add_meta_app(OWN_APP, OWN_SECRET);
        self.enter_own(who, OWN_APP, OWN_SECRET).await.unwrap();
    }

    /// A body arrives at `path`, signed with `secret`.
    pub(crate) async fn deliver_signed(&self, path: &str, secret: &str, body: &str) -> Answer {
        let request = self.caller().request(Method::POST, path).header("content-type", "application/json");
        let request = request.header("x-hub-signature-256", signed_by(secret, body.as_bytes()));
        self.caller().send(request.body(body.to_owned())).await
    }
}
