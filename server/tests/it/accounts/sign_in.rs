use std::time::Duration;

use secrecy::SecretString;
use server::{
    accounts,
    error::{Error, Result},
    ids::UserId,
};

use crate::support::{TestApp, password};

async fn sign_in(app: &TestApp, email: &str, password: SecretString) -> Result<UserId> {
    accounts::sign_in(&app.services, email, password, "192.0.2.1").await
}

fn wrong() -> SecretString {
    SecretString::from("something else".to_owned())
}

db_test! {
    async fn the_right_password_opens_and_everything_else_looks_the_same(app: &TestApp) {
        let ada = app.owner("ada").await;
        assert_eq!(sign_in(app, " ADA@example.com", password("ada")).await.unwrap(), ada.actor.user_id);
        let mut answers = Vec::new();
        for (email, secret) in [
            ("ada@example.com", wrong()),
            ("nobody@example.com", password("ada")),
            ("not an address", password("ada")),
            ("ada@example.com", SecretString::from(String::new())),
            ("ada@example.com", SecretString::from("x".repeat(100_000))),
        ] {
            let refused = sign_in(app, email, secret).await.unwrap_err();
            answers.push((refused.status(), refused.explain()));
        }
        assert_eq!((answers[0].0, answers[0].1.code.as_ref()), (400, "account.wrong_credentials"));
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
}

db_test! {
    async fn an_account_is_guessed_at_ten_times_in_five_minutes(app: &TestApp) {
        app.owner("ada").await;
        app.owner("eve").await;
        app.advance(Duration::from_secs(60));
        for _ in 0..10 {
            sign_in(app, "ada@example.com", wrong()).await.unwrap_err();
        }
        let refused = sign_in(app, "ADA@example.com ", password("ada")).await.unwrap_err();
        let Error::Busy { retry_after } = refused else { panic!("{refused:?}") };
        assert_eq!(retry_after, Duration::from_secs(240), "until the window ends");
        assert_eq!(refused.explain().told(server::words::Language::En).todo, "Wait 4 minutes and try again.");
        sign_in(app, "eve@example.com", password("eve")).await.unwrap();

        app.advance(Duration::from_secs(239));
        assert!(sign_in(app, "ada@example.com", password("ada")).await.is_err());
        app.advance(Duration::from_secs(1));
        sign_in(app, "ada@example.com", password("ada")).await.unwrap();
    }
}

db_test! {
    async fn an_address_guesses_sixty_times_in_five_minutes(app: &TestApp) {
        app.owner("ada").await;
        for n in 0..60 {
            let refused = sign_in(app, &format!("nobody{n}@example.com"), wrong()).await.unwrap_err();
            assert!(matches!(refused, Error::Refused(_)), "{n}: {refused:?}");
        }
        assert!(matches!(sign_in(app, "ada@example.com", password("ada")).await, Err(Error::Busy { .. })));
        accounts::sign_in(&app.services, "ada@example.com", password("ada"), "192.0.2.2").await.unwrap();
    }
}

db_test! {
    async fn a_stranger_elsewhere_does_not_lock_the_owner_out(app: &TestApp) {
        app.owner("ada").await;
        for _ in 0..11 {
            let _ = accounts::sign_in(&app.services, "ada@example.com", wrong(), "198.51.100.9").await;
        }
        sign_in(app, "ada@example.com", password("ada")).await.unwrap();
        // What many addresses together may try has an end too.
        app.storage.tamper("UPDATE rate_limits SET hits = 300").await;
        let refused = accounts::sign_in(&app.services, "ada@example.com", password("ada"), "198.51.100.10").await;
        assert!(matches!(refused, Err(Error::Busy { .. })), "{refused:?}");
    }
}

db_test! {
    async fn a_new_password_needs_the_present_one(app: &TestApp) {
        let ada = app.owner("ada").await;
        let new = || SecretString::from("a new password".to_owned());
        let change = |current, new| accounts::change_password(&app.services, &ada.actor, current, new);
        let refused = change(wrong(), new()).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "current_password", .. })), "{refused:?}");
        let refused = change(password("ada"), SecretString::from("short".to_owned())).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "new_password", .. })), "{refused:?}");
        sign_in(app, "ada@example.com", password("ada")).await.unwrap();

        change(password("ada"), new()).await.unwrap();
        assert!(sign_in(app, "ada@example.com", password("ada")).await.is_err());
        sign_in(app, "ada@example.com", new()).await.unwrap();
    }
}

db_test! {
    async fn a_name_can_be_changed(app: &TestApp) {
        let ada = app.owner("ada").await;
        accounts::change_name(&app.services, &ada.actor, " Ada L. ").await.unwrap();
        assert_eq!(app.actor(&ada.actor.user_id, None).await.name, "Ada L.");
        let refused = accounts::change_name(&app.services, &ada.actor, " ").await;
        assert!(matches!(refused, Err(Error::Invalid { field: "name", .. })), "{refused:?}");
    }
}

db_test! {
    async fn limits_keep_no_list_of_addresses(app: &TestApp) {
        let _ = sign_in(app, "ada@example.com", wrong()).await;
        let dump = app.storage.dump().await;
        assert!(dump.iter().any(|(place, _)| place == "rate_limits.bucket"));
        assert!(dump.iter().all(|(_, value)| !value.contains("ada@") && !value.contains("192.0.2.1")));
        app.advance(Duration::from_secs(2 * 86_400));
        server::sweep(&app.services).await.unwrap();
        assert_eq!(app.storage.rows().await.get("rate_limits"), None);
    }
}
