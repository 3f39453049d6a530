//! What the doctor sees of the machine.

use server::{
    db::OpenError,
    setup::{self, Disk, State},
};

use super::empty;
use crate::support::TestApp;

const GIB: u64 = 1024 * 1024 * 1024;

fn disk(free: Option<u64>) -> Disk {
    Disk { folder: "/srv/attache".into(), free }
}

db_test! {
    async fn the_doctor_looks_at_app_and_machine(app: &TestApp) {
        let mut checks = setup::doctor(&app.services).await.unwrap();
        checks.extend(setup::machine_checks(&app.services, Some(&disk(Some(50 * GIB)))).await.unwrap());
        let named = |name: &str| checks.iter().find(|check| check.name == name).unwrap();
        for name in ["app.credentials", "app.clock", "machine.database", "machine.keys", "machine.disk", "machine.backlog"] {
            assert_eq!(named(name).state, State::Proven, "{:?}", named(name));
        }
        assert_eq!(named("machine.disk").what, "50 GiB free on the disk of the data folder");
        let json = serde_json::to_value(named("machine.disk")).unwrap();
        assert_eq!((json["state"].as_str(), json["group"].as_str()), (Some("proven"), Some("machine")));
    }
}

db_test! {
    async fn a_full_disk_and_a_wrong_key_are_told(app: &TestApp, empty()) {
        let ada = app.owner("ada").await;
        let checks = setup::doctor(&app.services).await.unwrap();
        assert_eq!(checks.len(), 1, "without an app there is one thing to do");
        for (free, expected) in [(Some(GIB), State::Waiting), (Some(GIB / 8), State::Wrong), (None, State::Waiting)] {
            let checks = setup::machine_checks(&app.services, Some(&disk(free))).await.unwrap();
            assert_eq!(checks.iter().find(|check| check.name == "machine.disk").unwrap().state, expected);
        }
        // Whoever signed up wrote into the audit log, whose key the ring seals.
        assert!(ada.actor.membership.is_some());
        let other = app.restarted_with("k1:d3Jvbmcta2V5LXdyb25nLWtleS13cm9uZy1rZXktMDA=");
        let checks = setup::machine_checks(&other, None).await.unwrap();
        let keys = checks.iter().find(|check| check.name == "machine.keys").unwrap();
        assert_eq!((keys.state, keys.what.as_str()), (State::Wrong, "The encryption key `k1` is wrong."));
        other.journal().close().await;
    }
}

#[test]
fn a_schema_that_does_not_fit_is_told() {
    let stale = setup::database_check(Err(&OpenError::Stale));
    assert_eq!(stale.state, State::Wrong);
    assert!(stale.todo.contains("attache migrate"), "{stale:?}");
    assert!(setup::database_check(Err(&OpenError::Newer)).todo.contains("newer version"));
}
