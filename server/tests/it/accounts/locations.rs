use server::{accounts, connect::status, error::Error};

use crate::support::{TestApp, ids_of};

db_test! {
    async fn places_are_added_renamed_and_removed(app: &TestApp) {
        let ada = app.owner("ada").await;
        let services = &app.services;
        let harbour = accounts::add_location(services, &ada.actor, " Harbour ").await.unwrap();
        accounts::add_location(services, &ada.actor, "Market").await.unwrap();
        for taken in [
            accounts::add_location(services, &ada.actor, "Market").await.map(drop),
            accounts::rename_location(services, &ada.actor, &harbour, "Market").await,
        ] {
            assert!(matches!(&taken, Err(Error::Conflict(why)) if why.code == "location.name_taken"), "{taken:?}");
        }
        accounts::rename_location(services, &ada.actor, &harbour, "Old Harbour").await.unwrap();
        let names = || async {
            let all = accounts::list_locations(services, &ada.actor).await.unwrap();
            all.into_iter().map(|location| location.name).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["Market", "Old Harbour"]);
        accounts::delete_location(services, &ada.actor, &harbour).await.unwrap();
        assert_eq!(names().await, ["Market"]);
        for gone in [
            accounts::delete_location(services, &ada.actor, &harbour).await,
            accounts::rename_location(services, &ada.actor, &harbour, "Pier").await,
        ] {
            assert!(matches!(gone, Err(Error::NotFound("location"))), "{gone:?}");
        }
        let empty = accounts::add_location(services, &ada.actor, " ").await;
        assert!(matches!(empty, Err(Error::Invalid { field: "name", .. })), "{empty:?}");
    }
}

db_test! {
    async fn an_asset_is_shown_with_its_place(app: &TestApp) {
        let ada = app.owner("ada").await;
        let eve = app.owner("eve").await;
        let view = app.connected(&ada).await;
        let page = ids_of(&view, &["110220330440551"]).remove(0);
        let harbour = accounts::add_location(&app.services, &ada.actor, "Harbour").await.unwrap();
        let theirs = accounts::add_location(&app.services, &eve.actor, "Elsewhere").await.unwrap();
        accounts::assign_location(&app.services, &ada.actor, &page, Some(&harbour)).await.unwrap();
        let place = || async {
            let overview = status::overview(&app.services, &ada.actor).await.unwrap();
            overview.assets.into_iter().find(|status| status.asset.id == page).unwrap().location
        };
        assert_eq!(place().await.as_deref(), Some("Harbour"));
        let foreign = accounts::assign_location(&app.services, &ada.actor, &page, Some(&theirs)).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");
        assert_eq!(place().await.as_deref(), Some("Harbour"));
        accounts::delete_location(&app.services, &ada.actor, &harbour).await.unwrap();
        assert_eq!(place().await, None);
    }
}
