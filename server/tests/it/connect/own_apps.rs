//! Assets that go from one Meta app to another: each app is installed on them by itself, and only the one that is used stays.

use server::connect;
use simulator::{Consent, Content};

use crate::support::{OWN_APP, Person, TestApp, ids_of};

const PAGE: &str = "110220330440551";
const INSTAGRAM: &str = "17841400000000551";

/// The assets that an app is installed on.
fn installed(app: &TestApp, meta_app: &str) -> Vec<String> {
    let all = app.meta().subscriptions_of(meta_app).into_iter().map(|one| one.subject);
    all.filter(|subject| subject.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

async fn holds(app: &TestApp, who: &Person, meta_ids: &[&str]) {
    let view = app.discovered(who).await;
    app.choose(who, &view, meta_ids).await;
}

/// A customer writes to the Page: who has the message, through which app, and how many deliveries Meta made.
async fn written(app: &TestApp) -> (usize, Vec<String>) {
    let customer = app.meta().world().customers[0].id.clone();
    app.meta().customer_does(PAGE, &customer, &Content::Text("Do you ship?".into())).unwrap();
    let made = app.meta().deliver().await;
    server::ingest::drain(&app.services).await.unwrap();
    let seen = app.see(
        "SELECT t.name || ' ' || r.meta_app_id FROM messages m JOIN tenants t ON t.id = m.tenant_id
        JOIN routes r ON r.tenant_id = m.tenant_id AND r.meta_id = m.asset_meta_id ORDER BY 1",
    );
    (made, seen.await)
}

db_test! {
    async fn what_is_chosen_again_through_the_own_app_leaves_the_installations(app: &TestApp) {
        let bo = app.owner("bo").await;
        holds(app, &bo, &[PAGE]).await;
        app.has_own_app(&bo).await;
        holds(app, &bo, &[PAGE]).await;
        assert_eq!(installed(app, OWN_APP), [PAGE]);
        assert_eq!(installed(app, &app.app_id()), [PAGE], "until the next sweep");
        server::sweep(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!(installed(app, &app.app_id()), Vec::<String>::new());
        assert_eq!(installed(app, OWN_APP), [PAGE]);
        assert_eq!(written(app).await, (1, vec![format!("bo's business {OWN_APP}")]));
    }
}

db_test! {
    async fn what_moves_to_a_business_with_its_own_app_leaves_the_installations(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        holds(app, &ada, &[PAGE]).await;
        app.has_own_app(&bo).await;
        let theirs = app.discovered_with(&bo, &Consent::everything()).await;
        connect::move_here(&app.services, &bo.actor, &theirs.id, &ids_of(&theirs, &[PAGE])[0]).await.unwrap();
        app.idle().await;
        server::sweep(&app.services).await.unwrap();
        app.idle().await;
        assert_eq!((installed(app, &app.app_id()), installed(app, OWN_APP)), (vec![], vec![PAGE.to_owned()]));
        assert_eq!(written(app).await, (1, vec![format!("bo's business {OWN_APP}")]));
    }
}

db_test! {
    async fn an_app_is_taken_off_a_page_that_others_receive_through_by_another_app(app: &TestApp) {
        let (ada, bo) = (app.owner("ada").await, app.owner("bo").await);
        // The Instagram account receives through its Page.
        holds(app, &ada, &[INSTAGRAM]).await;
        app.has_own_app(&bo).await;
        let view = app.discovered(&bo).await;
        app.choose(&bo, &view, &[PAGE]).await;
        assert_eq!((installed(app, &app.app_id()), installed(app, OWN_APP)), (vec![PAGE.to_owned()], vec![PAGE.to_owned()]));
        app.disconnect(&bo, &view.connection.unwrap().id).await;
        assert_eq!((installed(app, &app.app_id()), installed(app, OWN_APP)), (vec![PAGE.to_owned()], vec![]));
    }
}
