use secrecy::SecretString;
use server::{
    accounts::{self, SignUp},
    error::{Error, Result},
    ids::{TenantId, UserId},
};

use crate::support::TestApp;

fn form() -> SignUp {
    SignUp {
        business_name: "  Brasa Café ".into(),
        name: " Ada ".into(),
        email: " Ada@Example.COM ".into(),
        password: SecretString::from("twelve chars".to_owned()),
    }
}

async fn sign_up(app: &TestApp, form: SignUp) -> Result<(UserId, TenantId)> {
    accounts::sign_up(&app.services, form, "192.0.2.1").await
}

db_test! {
    async fn an_account_begins_with_a_business(app: &TestApp) {
        let (user, tenant) = sign_up(app, form()).await.unwrap();
        let actor = app.actor(&user, Some(&tenant)).await;
        assert_eq!((actor.name.as_str(), actor.email.as_str()), ("Ada", "ada@example.com"));
        let membership = actor.membership.unwrap();
        assert_eq!((membership.tenant_name.as_str(), membership.role), ("Brasa Café", accounts::Role::Owner));
        assert!(!actor.operator);
    }
}

db_test! {
    async fn a_password_is_kept_as_a_hash_of_argon2id(app: &TestApp) {
        let (user, _) = sign_up(app, form()).await.unwrap();
        let ada = app.sign_in(&user, None).await;
        accounts::create_operator(&app.services, "op", "op@example.com", SecretString::from("another twelve".to_owned()))
            .await.unwrap();
        let (old, new) = ("twelve chars", "quite another one");
        let kept = async || app.see("SELECT password_hash FROM users ORDER BY email").await;
        let before = kept().await;
        accounts::change_password(&app.services, &ada.actor, old.to_owned().into(), new.to_owned().into()).await.unwrap();
        let after = kept().await;
        assert_eq!((before.len(), after.len()), (2, 2));
        assert_ne!(before[0], after[0]);
        for hash in before.iter().chain(&after) {
            assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
            assert!(!hash.contains("twelve") && !hash.contains("another"), "{hash}");
        }
    }
}

db_test! {
    async fn each_field_is_checked(app: &TestApp) {
        let before = app.storage.rows().await;
        let cases: [(&str, SignUp); 10] = [
            ("business_name", SignUp { business_name: "  ".into(), ..form() }),
            ("business_name", SignUp { business_name: "x".repeat(121), ..form() }),
            ("name", SignUp { name: String::new(), ..form() }),
            ("name", SignUp { name: "A\u{7}da".into(), ..form() }),
            ("email", SignUp { email: "ada".into(), ..form() }),
            ("email", SignUp { email: "ada@localhost".into(), ..form() }),
            ("email", SignUp { email: "a d a@example.com".into(), ..form() }),
            ("email", SignUp { email: "ada@example..com".into(), ..form() }),
            ("password", SignUp { password: SecretString::from("eleven char".to_owned()), ..form() }),
            ("password", SignUp { password: SecretString::from("x".repeat(1025)), ..form() }),
        ];
        for (expected, form) in cases {
            let refused = sign_up(app, form.clone()).await;
            assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == expected), "{form:?} {refused:?}");
        }
        assert_eq!(app.storage.rows().await, before);
    }
}

db_test! {
    async fn an_address_is_taken_once_however_it_is_written(app: &TestApp) {
        sign_up(app, form()).await.unwrap();
        let again = sign_up(app, SignUp { email: "ADA@example.com".into(), ..form() }).await;
        assert!(matches!(&again, Err(Error::Conflict(why)) if why.code == "account.email_taken"), "{again:?}");
        assert_eq!(app.storage.rows().await["tenants"], 1);
        let operator = accounts::create_operator(&app.services, "Op", "ada@example.com", form().password).await;
        assert!(matches!(&operator, Err(Error::Conflict(_))), "{operator:?}");
    }
}

db_test! {
    async fn so_many_accounts_from_one_address(app: &TestApp) {
        for n in 0..20 {
            sign_up(app, SignUp { email: format!("ada{n}@example.com"), ..form() }).await.unwrap();
        }
        let refused = sign_up(app, form()).await;
        assert!(matches!(refused, Err(Error::Busy { .. })), "{refused:?}");
        accounts::sign_up(&app.services, form(), "192.0.2.2").await.unwrap();
    }
}

db_test! {
    async fn an_operator_belongs_to_no_business(app: &TestApp) {
        let op = app.operator().await;
        assert!(op.actor.operator && op.actor.membership.is_none());
        op.actor.operator().unwrap();
        assert!(matches!(op.actor.member(), Err(Error::Forbidden(_))));
        let ada = app.owner("ada").await;
        assert!(matches!(ada.actor.operator(), Err(Error::Forbidden(_))));
    }
}
