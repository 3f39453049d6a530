//! The steps of connecting, as a person takes them.

use server::{
    connect::{self, AttemptView, Begun},
    db::attempts::Flow,
    ids::{AssetId, AttemptId, ConnectionId},
};
use simulator::Consent;
use url::Url;

use super::{Answer, Person, TestApp};

impl TestApp {
    /// The button: an attempt begins by redirect.
    pub(crate) async fn begin(&self, who: &Person) -> Begun {
        connect::begin(&self.services, &who.actor, &who.session, Flow::Redirect, None).await.unwrap()
    }

    /// The button on a connection that is to be renewed.
    pub(crate) async fn begin_again(&self, who: &Person, connection: &ConnectionId) -> Begun {
        connect::begin(&self.services, &who.actor, &who.session, Flow::Redirect, Some(connection)).await.unwrap()
    }

    /// The person answers Meta's dialog: where the browser is sent.
    pub(crate) fn answer_dialog(&self, begun: &Begun, consent: &Consent) -> Url {
        self.meta().approve(begun.dialog_url.as_str(), consent).unwrap()
    }

    /// The browser comes back from Meta.
    pub(crate) async fn come_back(&self, who: &Person, back: &Url) -> Answer {
        who.browser.get(back.as_str()).await
    }

    /// From the button to the list of assets, with `consent`.
    pub(crate) async fn discovered_with(&self, who: &Person, consent: &Consent) -> AttemptView {
        let begun = self.begin(who).await;
        self.finished(who, &begun, consent).await
    }

    /// From the button to the list of assets, everything ticked.
    pub(crate) async fn discovered(&self, who: &Person) -> AttemptView {
        self.discovered_with(who, &Consent::everything()).await
    }

    /// The way to Meta and back for an attempt that has begun; waits until the assets are read.
    pub(crate) async fn finished(&self, who: &Person, begun: &Begun, consent: &Consent) -> AttemptView {
        let back = self.answer_dialog(begun, consent);
        let answer = self.come_back(who, &back).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        assert_eq!(answer.header("location"), format!("/connect/{}", begun.attempt));
        self.idle().await;
        self.view(who, &begun.attempt).await
    }

    /// The page of an attempt.
    pub(crate) async fn view(&self, who: &Person, attempt: &AttemptId) -> AttemptView {
        connect::view_attempt(&self.services, &who.actor, attempt).await.unwrap()
    }

    /// Chooses these assets by their ids at Meta, and waits until they are applied.
    pub(crate) async fn choose(&self, who: &Person, view: &AttemptView, meta_ids: &[&str]) -> usize {
        let chosen = ids_of(view, meta_ids);
        let count = connect::choose(&self.services, &who.actor, &view.id, &chosen).await.unwrap();
        self.idle().await;
        count
    }

    /// The whole way with everything that can be chosen.
    pub(crate) async fn connected(&self, who: &Person) -> AttemptView {
        let view = self.discovered(who).await;
        let usable = usable(&view);
        let all: Vec<&str> = usable.iter().map(String::as_str).collect();
        self.choose(who, &view, &all).await;
        self.view(who, &view.id).await
    }

    /// Disconnects as the page suggests, and waits until everything is done.
    pub(crate) async fn disconnect(&self, who: &Person, connection: &ConnectionId) {
        let choices = connect::DisconnectChoices::default();
        connect::disconnect(&self.services, &who.actor, connection, choices, "").await.unwrap();
        self.idle().await;
    }

    /// The ids of the assets that Meta sends us events about.
    pub(crate) fn subscribed(&self) -> Vec<String> {
        let all = self.meta().subscriptions().into_iter().map(|one| one.subject);
        // The app's own subscriptions go by the names of objects.
        all.filter(|subject| subject.bytes().all(|byte| byte.is_ascii_digit())).collect()
    }
}

/// What can be chosen, by its id at Meta.
pub(crate) fn usable(view: &AttemptView) -> Vec<String> {
    let choosable = view.assets.iter().filter(|row| {
        row.unusable.is_none() && !row.held_elsewhere && row.asset.kind != server::asset_kind::AssetKind::Business
    });
    choosable.map(|row| row.asset.meta_id.clone()).collect()
}

/// Our identifiers of assets with these ids at Meta.
pub(crate) fn ids_of(view: &AttemptView, meta_ids: &[&str]) -> Vec<AssetId> {
    meta_ids
        .iter()
        .map(|meta_id| {
            let row = view.assets.iter().find(|row| row.asset.meta_id == *meta_id);
            row.unwrap_or_else(|| panic!("{meta_id} was not found")).asset.id.clone()
        })
        .collect()
}
