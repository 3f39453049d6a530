//! The error object for everything unknown (Meta reference §5.7, §9.1).

use serde_json::json;

use crate::harness::Meta;

#[tokio::test]
async fn a_missing_object_has_the_exact_shape_for_each_verb() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let replies = [
        ("get", meta.read(&token, "v25.0/123", &[]).await),
        ("post", meta.post(&token, "v25.0/123/subscribed_apps", &[]).await),
        ("delete", meta.delete(&token, "v25.0/123/subscribed_apps").await),
    ];
    let mut traces = std::collections::BTreeSet::new();
    for (verb, reply) in replies {
        let trace = reply.json["error"]["fbtrace_id"].clone();
        assert_eq!(reply.status, 400);
        assert_eq!(
            reply.json,
            json!({"error": {
                "message": format!("Unsupported {verb} request. Object with ID '123' does not exist, cannot be loaded due to \
                                    missing permissions, or does not support this operation. Please read the Graph API \
                                    documentation at https://developers.facebook.com/docs/graph-api"),
                "type": "GraphMethodException",
                "code": 100,
                "error_subcode": 33,
                "fbtrace_id": trace,
            }})
        );
        traces.insert(trace.as_str().unwrap().to_owned());
        assert_eq!(reply.header("content-type"), "application/json; charset=UTF-8");
    }
    assert_eq!(traces.len(), 3, "every answer has its own trace id");
}

#[tokio::test]
async fn unknown_fields_edges_aliases_and_paths() {
    let meta = Meta::shop().await;
    let token = meta.token();
    let field = meta.read(&token, "v25.0/me/accounts", &[("fields", "id,foo")]).await;
    assert_eq!(field.message(), "(#100) Tried accessing nonexisting field (foo) on node type (Page)");
    assert_eq!(field.json["error"]["type"], "OAuthException");
    let edge = meta.read(&token, "v25.0/me/nothing", &[]).await;
    assert_eq!(edge.message(), "(#100) Tried accessing nonexisting field (nothing) on node type (User)");
    let alias = meta.read(&token, "v25.0/brasacafe", &[]).await;
    assert_eq!(alias.error(), (803, None));
    let path = meta.read(&token, "v25.0/me/accounts/1/2", &[]).await;
    assert_eq!((path.error().0, path.message()), (2500, "Unknown path components: /me/accounts/1/2"));
    let syntax = meta.read(&token, "v25.0/me", &[("fields", "id{")]).await;
    assert_eq!(syntax.error().0, 2500);
}

#[tokio::test]
async fn calls_without_a_token() {
    let meta = Meta::shop().await;
    let me = meta.get("v25.0/me", &[]).await;
    assert_eq!(me.error(), (2500, None));
    assert_eq!(me.message(), "An active access token must be used to query information about the current user.");
    let page = meta.get("v25.0/110220330440551", &[]).await;
    assert_eq!((page.error().0, page.message()), (104, "An access token is required to request this resource."));
    let garbage = meta.get("v25.0/me", &[("access_token", "EAAnotatokenbutlongenough")]).await;
    assert_eq!(garbage.message(), "Invalid OAuth access token - Cannot parse access token");
    let app = meta.get("v25.0/app", &[("access_token", "1|2")]).await;
    assert_eq!(app.error(), (190, None));
}

#[tokio::test]
async fn whatsapp_objects_answer_a_bad_token_with_401() {
    let meta = Meta::shop().await;
    let token = meta.token();
    assert!(meta.control.revoke(&token, simulator::Revocation::PasswordChanged));
    assert_eq!(meta.read(&token, "v25.0/102290129340551", &[]).await.status, 401);
    assert_eq!(meta.read(&token, "v25.0/110220330440551", &[]).await.status, 400);
}

#[tokio::test]
async fn another_persons_assets_do_not_exist() {
    let meta = Meta::agency().await;
    let world = meta.control.world();
    let second = meta.control.mint_user_token(&world.people[1].id);
    let foreign = &world.pages[0].id;
    assert_eq!(meta.read(&second, &format!("v25.0/{foreign}"), &[]).await.error(), (100, Some(33)));
    assert_eq!(meta.read(&second, "v25.0/me/businesses", &[]).await.ids(), ["600100000000003"]);
}

#[tokio::test]
async fn asking_for_too_much_at_once_is_refused() {
    let meta = Meta::agency().await;
    let token = meta.token();
    meta.control.switch(|switches| switches.most_rows = 150);
    let fields = "owned_pages.limit(100){id},client_pages.limit(100){id}";
    let reply = meta.read(&token, "v25.0/me/businesses", &[("fields", fields)]).await;
    assert_eq!((reply.status, reply.error().0), (500, 1));
    assert!(reply.message().starts_with("Please reduce the amount of data"));
}
