//! The kit for Meta's App Review.

use server::{
    meta::Permission,
    setup::{self, State},
};

use crate::support::TestApp;

db_test! {
    async fn every_permission_that_is_asked_for_has_its_texts(app: &TestApp) {
        let (op, ada) = (app.operator().await, app.owner("ada").await);
        let kit = setup::review_kit(&app.services, &op.actor).await.unwrap();
        assert_eq!(kit.app_name, "Attaché");
        let asked = kit.entries.iter().map(|entry| entry.permission.clone()).collect::<Vec<_>>();
        assert!(asked.contains(&Permission::PAGES_MESSAGING) && asked.len() == 11, "{asked:?}");
        for entry in &kit.entries {
            let all = format!("{} {}", entry.reason, entry.script.join(" "));
            assert!(!all.contains('{') && all.contains("Attaché") && all.contains(app.base.as_str()), "{all}");
            assert!(entry.script.len() > 3 && !entry.granted, "{entry:?}");
        }
        assert_eq!((kit.steps[0].state, kit.steps[0].what.as_str()), (State::Waiting, "Use each permission once"));
        assert!(kit.instructions.contains(app.base.join("sign-in").unwrap().as_str()));

        app.connected(&ada).await;
        setup::check_again(&app.services, &op.actor).await.unwrap();
        app.meta().edit_world(|world| world.app.name = "Brasa Connect".into()).unwrap();
        setup::check_again(&app.services, &op.actor).await.unwrap();
        let kit = setup::review_kit(&app.services, &op.actor).await.unwrap();
        assert!(kit.entries.iter().all(|entry| entry.granted && entry.reason.contains("Brasa Connect")));
        assert_eq!(kit.steps[0].state, State::Proven);
        assert_eq!(kit.steps.last().unwrap().note, "Meta lists all three.");
        let privacy = kit.steps.iter().find(|step| step.what.starts_with("Privacy")).unwrap();
        assert_eq!(privacy.state, State::Proven);
    }
}
