//! Going on after a key is lost for good.

use server::{
    connect::{
        GivenUp, give_up_keys,
        status::{Banner, overview},
    },
    observe,
    vault::check_keys,
};

use super::actions;
use crate::support::TestApp;

db_test! {
    async fn what_a_lost_key_sealed_is_given_up_and_said(app: &TestApp) {
        let ada = app.owner("ada").await;
        app.connected(&ada).await;
        let tokens = u64::try_from(app.storage.rows().await["credentials"]).unwrap();
        assert_eq!(give_up_keys(&app.services).await.unwrap(), GivenUp::default(), "nothing is lost");
        let later = app.restarted_with("new:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        assert!(check_keys(later.db(), later.vault()).await.is_err());
        let done = give_up_keys(&later).await.unwrap();
        assert_eq!(done, GivenUp { credentials: tokens, connections: 1, app_secrets: 0, webhook_secrets: 0, audit_key: true });
        check_keys(later.db(), later.vault()).await.unwrap();
        let banner = overview(&later, &ada.actor).await.unwrap().banner;
        assert!(matches!(banner, Banner::Error { .. }), "{banner:?}");
        assert!(observe::verify_audit(&later).await.unwrap().broken.is_empty());
        assert_eq!(actions(app, &ada).await[0], "keys.given_up");
    }
}
