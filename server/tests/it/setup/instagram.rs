//! Instagram Login's part of a Meta app: entered, changed with an overlap, taken away; the installation's and a business's own.

use std::time::Duration;

use secrecy::SecretString;
use server::{
    connect,
    error::Error,
    setup::{self, InstagramInput},
};

use crate::support::{Person, Setup, TestApp, signed_by};

const VAN: &str = "17841400000000777";

fn input(id: &str, secret: &str) -> InstagramInput {
    InstagramInput { app_id: id.into(), app_secret: SecretString::from(secret.to_owned()) }
}

/// An installation whose app was entered on the page.
async fn entered(app: &TestApp) -> Person {
    let olga = app.operator().await;
    let of_app = setup::AppInput {
        app_id: app.app_id(),
        app_secret: SecretString::from(app.app_secret()),
        config_id: String::new(),
        whatsapp_config_id: String::new(),
    };
    setup::save_app(&app.services, &olga.actor, &of_app).await.unwrap();
    olga
}

fn setup() -> Setup {
    Setup { meta_app: false, ..Setup::default() }
}

db_test! {
    async fn what_is_entered_connects_accounts_and_outlives_a_restart(app: &TestApp, setup()) {
        let (olga, part) = (entered(app).await, app.meta().world().app.instagram);
        let ada = app.owner("ada").await;
        let early = connect::begin_instagram(&app.services, &ada.actor, &ada.session).await.unwrap_err();
        assert_eq!(early.explain().code, "connect.instagram_not_set_up");
        for (id, secret, field) in [
            (app.app_id().as_str(), part.secret.as_str(), "instagram_app_id"),
            ("abc", &part.secret, "instagram_app_id"),
            (&part.id, "short", "instagram_app_secret"),
            (&part.id, "", "instagram_app_secret"),
        ] {
            let refused = setup::save_instagram(&app.services, &olga.actor, &input(id, secret)).await;
            assert!(matches!(&refused, Err(Error::Invalid { field: wrong, .. }) if *wrong == field), "{refused:?}");
        }
        setup::save_instagram(&app.services, &olga.actor, &input(&part.id, &part.secret)).await.unwrap();
        let begun = connect::begin_instagram(&app.services, &ada.actor, &ada.session).await.unwrap();
        let back = app.meta().approve_instagram(begun.dialog_url.as_str(), VAN, Some(&[])).unwrap();
        app.come_back(&ada, &back).await;
        app.idle().await;
        assert!(app.view(&ada, &begun.attempt).await.connection.is_some());

        let again = app.restarted();
        again.load_apps().await.unwrap();
        assert!(again.instagram_for(ada.tenant()).is_ok());
        // The secret is in no table as it is.
        let dump = app.storage.dump().await;
        assert!(dump.iter().all(|(_, value)| !value.contains(&part.secret)));
        setup::save_instagram(&app.services, &olga.actor, &input("", "")).await.unwrap();
        assert!(app.services.instagram_for(ada.tenant()).is_err());
    }
}

db_test! {
    async fn what_the_former_secret_signed_is_taken_for_seven_days(app: &TestApp, setup()) {
        let (olga, part) = (entered(app).await, app.meta().world().app.instagram);
        let former = "0123456789abcdef0123456789abcdef";
        setup::save_instagram(&app.services, &olga.actor, &input(&part.id, former)).await.unwrap();
        setup::save_instagram(&app.services, &olga.actor, &input(&part.id, &part.secret)).await.unwrap();
        let body = r#"{"object":"instagram","entry":[{"id":"1","time":1,"messaging":[]}]}"#;
        let answer = async |secret: &str| {
            let signature = signed_by(secret, body.as_bytes());
            let request = app.unsigned_webhook(body).header("X-Hub-Signature-256", signature);
            app.caller().send(request).await.status
        };
        assert_eq!((answer(former).await, answer(&part.secret).await, answer(&app.app_secret()).await), (200, 200, 200));
        assert_eq!(answer("ffffffffffffffffffffffffffffffff").await, 403);
        app.advance(Duration::from_secs(7 * 86_400));
        assert_eq!((answer(former).await, answer(&part.secret).await), (403, 200));
        server::sweep(&app.services).await.unwrap();
        let left = app.see("SELECT name FROM installation_secrets WHERE name LIKE '%instagram%'").await;
        assert_eq!(left, [format!("meta-app/{}/instagram-secret", app.app_id())]);
        app.expect_jobs();
    }
}

db_test! {
    async fn only_who_may_set_the_app_up_enters_it(app: &TestApp, Setup { instagram: true, ..Setup::default() }) {
        let (olga, ada) = (app.operator().await, app.owner("ada").await);
        let part = app.meta().world().app.instagram;
        let given = input(&part.id, &part.secret);
        let of_owner = setup::save_instagram(&app.services, &ada.actor, &given).await;
        assert!(matches!(of_owner, Err(Error::Forbidden(_))), "{of_owner:?}");
        let set = setup::save_instagram(&app.services, &olga.actor, &given).await.unwrap_err();
        assert_eq!(set.explain().code, "setup.set_elsewhere");
        // A business without an app of its own has none to enter it for.
        let own = setup::save_own_instagram(&app.services, &ada.actor, &given).await;
        assert!(matches!(own, Err(Error::Conflict(_))), "{own:?}");
    }
}
