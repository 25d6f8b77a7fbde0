//! The demo's API, as a box asks it: rows, titles, a person's list, and tokens that have run out.

use std::time::Duration;

use testing::demo::{bearer, json, quiet, start};
use vestibule_demo::Options;

const SCOPES: &str = "openid profile email offline_access read:library";

#[tokio::test(flavor = "multi_thread")]
async fn the_library_wants_a_token_and_has_rows() {
    let server = start(quiet()).await;
    let bare = server.get("/api/library/new").await;
    assert_eq!(bare.status(), 401);
    assert_eq!(
        bare.headers()["www-authenticate"],
        "Bearer realm=\"vestibule-demo\""
    );
    assert!(json(bare).await["error"].is_string());
    let wrong = bearer(server.request("GET", "/api/library/new"), "junk");
    let wrong = wrong.send().await.unwrap();
    let challenge = wrong.headers()["www-authenticate"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        wrong.status() == 401 && challenge.contains("invalid_token"),
        "{challenge}"
    );

    let tokens = server.sign_in(SCOPES, "ada").await;
    for row in ["continue", "my-list", "new"] {
        let path = format!("/api/library/{row}");
        let body = json(server.call("GET", &path, &tokens).await).await;
        let items = body["items"].as_array().unwrap();
        assert!((12..=20).contains(&items.len()), "{row}: {}", items.len());
        for item in items {
            for member in ["id", "name", "episode", "summary", "artwork"] {
                assert!(item[member].is_string(), "{row} {member}");
            }
            assert_eq!(item["progress"].is_number(), row == "continue");
        }
        let base = url::Url::parse(&format!("{}{path}", server.issuer())).unwrap();
        let artwork = base.join(items[0]["artwork"].as_str().unwrap()).unwrap();
        assert!(
            artwork
                .as_str()
                .starts_with(&format!("{}artwork/", server.api()))
        );
        let picture = server.get_absolute(artwork.as_str()).await;
        let etag = picture.headers()["etag"].clone();
        let bytes = picture.bytes().await.unwrap();
        let decoded = image::load_from_memory(&bytes).unwrap();
        assert_eq!((decoded.width(), decoded.height()), (480, 270));
        let again = server
            .request("GET", artwork.path())
            .header("if-none-match", etag);
        assert_eq!(again.send().await.unwrap().status(), 304);
    }
    assert_eq!(
        server
            .call("GET", "/api/library/none", &tokens)
            .await
            .status(),
        404
    );
    assert_eq!(server.get("/api/artwork/none.png").await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_go_on_and_off_a_persons_list() {
    let server = start(quiet()).await;
    let ada = server.sign_in(SCOPES, "ada").await;
    let kofi = server.sign_in(SCOPES, "kofi").await;
    let new = json(server.call("GET", "/api/library/new", &ada).await).await;
    let id = new["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/list/{id}");
    let kofis = server.list(&kofi).await;
    for _ in 0..2 {
        assert_eq!(server.call("POST", &path, &ada).await.status(), 200);
        let list = server.list(&ada).await;
        assert_eq!(list.iter().filter(|known| **known == id).count(), 1);
        assert_eq!(list[0], id, "newest first");
    }
    assert_eq!(
        server.list(&kofi).await,
        kofis,
        "each has a list of their own"
    );
    assert_eq!(server.call("DELETE", &path, &ada).await.status(), 200);
    assert!(!server.list(&ada).await.contains(&id));
    assert_eq!(
        server
            .call("POST", "/api/list/nothing", &ada)
            .await
            .status(),
        404
    );
    assert_eq!(
        server.request("POST", &path).send().await.unwrap().status(),
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_answered_again_and_nothing_is_done_again() {
    let server = start(quiet()).await;
    let ada = server.sign_in(SCOPES, "ada").await;
    let token = ada["access_token"].as_str().unwrap();
    let new = json(server.call("GET", "/api/library/new", &ada).await).await;
    let id = |place: usize| new["items"][place]["id"].as_str().unwrap().to_owned();
    let add = async |id: &str, key: &str| {
        let path = format!("/api/list/{id}");
        let asked = bearer(server.request("POST", &path), token);
        asked.header("idempotency-key", key).send().await.unwrap()
    };
    let (first, second) = (id(0), id(1));
    let reply = add(&first, "\"one\"").await;
    assert_eq!(reply.status(), 200);
    let said = reply.text().await.unwrap();
    assert_eq!(add(&second, "\"two\"").await.status(), 200);
    let again = add(&first, "\"one\"").await;
    assert_eq!(again.status(), 200);
    assert_eq!(again.headers()["content-type"], "application/json");
    assert_eq!(again.text().await.unwrap(), said);
    assert_eq!(
        server.list(&ada).await[0],
        second,
        "not put to the front again"
    );
    assert_eq!(add(&second, "\"one\"").await.status(), 422);
    // Another person's key is another one.
    let kofi = server.sign_in(SCOPES, "kofi").await;
    let asked = server.request("POST", &format!("/api/list/{first}"));
    let asked = bearer(asked, kofi["access_token"].as_str().unwrap());
    let kofis = asked.header("idempotency-key", "\"one\"").send().await;
    assert_eq!(kofis.unwrap().status(), 200);
    assert_eq!(server.list(&kofi).await[0], first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_can_be_started_over() {
    let server = start(quiet()).await;
    let ada = server.sign_in(SCOPES, "ada").await;
    let token = ada["access_token"].as_str().unwrap();
    let row = async || json(server.call("GET", "/api/library/continue", &ada).await).await;
    let item = row().await["items"][2].clone();
    assert!(item["position"].as_f64().unwrap() > 0.0);
    let path = format!("/api/titles/{}", item["id"].as_str().unwrap());
    let asked = bearer(server.request("PATCH", &path), token);
    let asked = asked.json(&serde_json::json!({ "position": 0 }));
    assert_eq!(asked.send().await.unwrap().status(), 200);
    let item = row().await["items"][2].clone();
    assert_eq!(
        (&item["position"], &item["progress"]),
        (&0.0.into(), &0.0.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_access_token_is_refused_and_refresh_helps() {
    let options = quiet();
    let short = Options {
        access_lifetime: Duration::ZERO,
        ..options.clone()
    };
    let server = start(short).await;
    let tokens = server.sign_in(SCOPES, "ada").await;
    assert_eq!(
        server
            .call("GET", "/api/library/new", &tokens)
            .await
            .status(),
        401
    );
    server.stop().await;
    let server = start(options).await;
    let tokens = json(server.refresh(&tokens, None).await).await;
    assert_eq!(
        server
            .call("GET", "/api/library/new", &tokens)
            .await
            .status(),
        200
    );
}
