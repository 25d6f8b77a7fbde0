//! How an API is asked: the owner's headers, where the token stands, further APIs, bodies, and errors within 200.

use std::path::Path;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use futures::StreamExt;
use serde_json::{Value, json};

use super::offline::account;
use super::redirects::to;
use super::stub::{Numbered, Seen, Stub};
use super::*;
use crate::api::{Card, Page};
use crate::session::CacheDir;

const ROW: &str = "
[[api.rows]]
title = 'Row'
path = 'row'
items = '/items'
next = '/next'
card = { id = '/id', title = '/id', image = '/art' }
actions = [{ label = 'Add', method = 'POST', path = 'list/{id}' }]
";

fn kept(folder: &Path) -> Option<ResponseCache> {
    Some(ResponseCache::responses(CacheDir::assumed(
        folder,
        &account(),
    )))
}

fn ok(body: Value) -> Response<Body> {
    axum::Json(body).into_response()
}

async fn act(client: &Client, row: &Row) -> Result<ActionDone, Error> {
    let card = Card {
        id: "a".to_owned(),
        ..Card::default()
    };
    client.act(&row.actions(&card)[0].request()).await
}

async fn pages(client: &Client, row: &Row) -> Vec<Result<Page, Error>> {
    client.page(row, None).collect().await
}

/// Everything that is written below a folder.
fn written(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(written(&path)),
            path => found.push((path.display().to_string(), std::fs::read(&path).unwrap())),
        }
    }
    found
}

#[tokio::test]
async fn an_api_is_asked_with_the_owners_headers_and_the_token_where_it_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    std::fs::write(&key, "  k3y-of-the-owner\n").unwrap();
    for (token, header, value, query) in [
        ("", "authorization", "Bearer token-0", ""),
        (
            "token = { header = 'Authorization', value = 'Bearer {token}' }",
            "authorization",
            "Bearer token-0",
            "",
        ),
        (
            "token = { header = 'X-Plex-Token' }",
            "x-plex-token",
            "token-0",
            "",
        ),
        (
            "token = { header = 'Authorization', value = 'MediaBrowser Token=\"{token}\"' }",
            "authorization",
            "MediaBrowser Token=\"token-0\"",
            "",
        ),
        ("token = { query = 'apiKey' }", "", "", "apiKey=token-0"),
        ("token = 'none'", "", "", ""),
    ] {
        let elsewhere = Stub::start(|_, _| async { "picture".into_response() }).await;
        let away = elsewhere.url("/b.png");
        let target = away.to_string();
        let stub = Stub::start(move |seen: &Seen, _| {
            let (refused, target) = (seen.headers.get("x-key").is_none(), target.clone());
            let is_away = seen.path.contains("away");
            async move {
                match (refused, is_away) {
                    (true, _) => StatusCode::UNAUTHORIZED.into_response(),
                    (_, true) => to(StatusCode::FOUND, &target),
                    _ => ok(json!({"items": [{"id": "a"}]})),
                }
            }
        })
        .await;
        let headers = format!(
            "headers = {{ X-Key = {{ file = '{}' }}, Accept = 'application/vnd.api+json', X-Page = '7' }}",
            key.display()
        );
        let config = format!("[api]\nbase_url = 'BASE/v1/'\n{headers}\n{token}\n{ROW}");
        let client = stub.client_of(&config, Box::new(Numbered::default()), None);
        let row = client.rows().remove(0);
        assert_eq!(
            client.first_page(&row).await.unwrap().cards.len(),
            1,
            "{token}"
        );
        let _ = act(&client, &row).await.unwrap();
        let _ = client.call(Call::new("GET", "me?x=1", None)).await.unwrap();
        let _ = client.image(&stub.url("/v1/a.png"), None).await;
        let image = client.image(&stub.url("/v1/away.png"), None).await;
        assert!(image.is_ok(), "{image:?}");
        let of_the_api = stub.seen();
        assert_eq!(of_the_api.len(), 5, "{token}");
        for seen in &of_the_api {
            let text = |name: &str| seen.headers.get(name).map(|value| value.to_str().unwrap());
            assert_eq!(text("x-key"), Some("k3y-of-the-owner"));
            assert_eq!(text("x-page"), Some("7"));
            let accepts = if seen.path.contains(".png") {
                "image/png"
            } else {
                "application/vnd.api+json"
            };
            assert!(text("accept").unwrap().starts_with(accepts), "{seen:?}");
            if !header.is_empty() {
                assert_eq!(text(header), Some(value), "{token}");
            }
            let headers = format!("{:?}", seen.headers);
            assert_eq!(
                headers.matches("token-0").count(),
                usize::from(!header.is_empty()),
                "{headers}"
            );
            let asked = seen.path.split_once('?').map_or("", |(_, asked)| asked);
            assert!(
                asked.ends_with(query)
                    && seen.path.matches("token-0").count() == usize::from(!query.is_empty()),
                "{}",
                seen.path
            );
        }
        for seen in elsewhere.seen() {
            let headers = format!("{} {:?}", seen.path, seen.headers);
            assert!(
                !headers.contains("token-0")
                    && !headers.contains("k3y")
                    && !headers.contains("x-page"),
                "{headers}"
            );
        }
        assert!(!format!("{client:?}").contains("k3y"), "{client:?}");
    }
}

#[tokio::test]
async fn a_token_in_the_address_is_in_nothing_that_is_kept_or_said() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = Stub::start(|_, _| async { "picture".into_response() }).await;
    let target = elsewhere.url("/b.png");
    let stub = Stub::start(move |seen: &Seen, _| {
        let (path, target) = (seen.path.clone(), target.clone());
        async move {
            if path.contains("/away") {
                return to(StatusCode::FOUND, &format!("{target}?apiKey=token-0&w=2"));
            }
            if path.contains("page=2") {
                return (StatusCode::FORBIDDEN, format!("no {path}")).into_response();
            }
            // As servers do that build links out of what they were asked.
            let item = json!({"id": "a", "art": "/v1/a.png?apiKey=token-0&w=1", "says": "token-0 token%2D0"});
            let mut answer = ok(json!({"items": [item], "next": "?apiKey=token-0&page=2"}));
            let link = "<?apiKey=token-0&page=2>; rel=\"next\"";
            let _ = answer.headers_mut().insert("link", link.parse().unwrap());
            answer
        }
    })
    .await;
    let config = format!("[api]\nbase_url = 'BASE/v1/'\ntoken = {{ query = 'apiKey' }}\n{ROW}");
    let client = stub.client_of(&config, Box::new(Numbered::default()), kept(folder.path()));
    let row = client.rows().remove(0);
    let page = client.first_page(&row).await.unwrap();
    assert_eq!(page.cards[0].image, Some(stub.url("/v1/a.png?w=1")));
    let next = page.next.clone().unwrap();
    assert!(!format!("{page:?}").contains("token-0"), "{page:?}");
    let second: Vec<_> = client.page(&row, Some(&next)).collect().await;
    let error = second.into_iter().next().unwrap().unwrap_err();
    assert!(error.told().contains("no /v1/row"), "{error:?}");
    assert!(!format!("{error:?}").contains("token-0"), "{error:?}");
    let _ = client.image(&stub.url("/v1/away.png"), None).await.unwrap();
    assert_eq!(elsewhere.seen()[0].path, "/b.png?w=2");
    for seen in stub.seen() {
        assert_eq!(seen.path.matches("token-0").count(), 1, "{}", seen.path);
    }
    let written = written(folder.path());
    assert!(!written.is_empty());
    for (name, content) in written {
        let all = format!("{name}: {}", String::from_utf8_lossy(&content)).replace("%2D", "-");
        assert!(!all.contains("token-0"), "{all}");
    }
}

#[tokio::test]
async fn another_api_gets_no_token_unless_said_and_ends_no_session() {
    for (token, sent) in [("", None), ("token = 'bearer'", Some("Bearer token-0"))] {
        let other = Stub::start(|seen: &Seen, _| {
            let known = seen.headers.get("x-key").is_some_and(|key| key == "w");
            async move {
                match known {
                    true => ok(json!({"items": [{"id": "rain", "art": "rain.png"}]})),
                    false => StatusCode::UNAUTHORIZED.into_response(),
                }
            }
        })
        .await;
        let stub = Stub::start(|_, _| async { ok(json!({"items": []})) }).await;
        let numbers = Numbered::default();
        let config = |key: &str| {
            format!(
                "[api]\nbase_url = 'BASE/v1/'\n[apis.weather]\nbase_url = 'http://{}/w/'\nheaders = {{ X-Key = '{key}' }}\n{token}\n\
             [[api.rows]]\ntitle = 'Weather'\napi = 'weather'\npath = 'today'\nitems = '/items'\n\
             card = {{ id = '/id', title = '/id', image = '/art' }}\nactions = [{{ label = 'Like', method = 'POST', path = 'like/{{id}}' }}]\n",
                other.address
            )
        };
        let client = stub.client_of(&config("w"), Box::new(numbers.clone()), None);
        let row = client.rows().remove(0);
        let page = client.first_page(&row).await.unwrap();
        assert_eq!(page.cards[0].image, Some(other.url("/w/rain.png")));
        let _ = client.image(&other.url("/w/rain.png"), None).await;
        let _ = act(&client, &row).await.unwrap();
        let refused = stub.client_of(&config("x"), Box::new(numbers.clone()), None);
        let refused = refused.first_page(&row).await;
        assert!(
            matches!(refused, Err(Error::Status { status: 401, .. })),
            "{refused:?}"
        );
        let paths: Vec<_> = other.seen().into_iter().map(|seen| seen.path).collect();
        assert_eq!(paths, ["/w/today", "/w/rain.png", "/w/like/a", "/w/today"]);
        assert!(
            other
                .seen()
                .iter()
                .all(|seen| seen.token.as_deref() == sent),
            "{token}"
        );
        assert_eq!(
            *numbers.0.lock().await,
            0,
            "no token was taken for a bad one"
        );
        assert!(stub.seen().is_empty());
    }
}

#[tokio::test]
async fn an_api_names_no_picture_at_another_one() {
    let stub = Stub::start(|seen: &Seen, _| {
        let own = format!("http://{}", seen.headers["host"].to_str().unwrap());
        async move {
            let at = |id: &str, path: &str| json!({"id": id, "art": format!("{own}{path}")});
            ok(json!({"items": [at("a", "/v1/secret.png"), at("b", "/w/b.png"), at("c", "/open/c.png")]}))
        }
    })
    .await;
    let config = "[api]\nbase_url = 'BASE/v1/'\n[apis.w]\nbase_url = 'BASE/w/'\n\
        [[api.rows]]\ntitle = 'W'\napi = 'w'\npath = 'row'\nitems = '/items'\ncard = { id = '/id', title = '/id', image = '/art' }\n";
    let client = stub.client_of(config, Box::new(Numbered::default()), None);
    let page = client.first_page(&client.rows()[0]).await.unwrap();
    let pictures: Vec<_> = page.cards.into_iter().map(|card| card.image).collect();
    assert_eq!(
        pictures,
        [
            None,
            Some(stub.url("/w/b.png")),
            Some(stub.url("/open/c.png"))
        ]
    );
}

#[tokio::test]
async fn a_row_that_posts_is_read_again_like_any_other_and_an_action_is_not() {
    let stub = Stub::start(|seen: &Seen, number| {
        let body = String::from_utf8(seen.body.to_vec()).unwrap();
        let moved = seen.path == "/v1/query";
        async move {
            match (number, moved) {
                (0 | 3 | 6, _) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
                (_, true) => to(StatusCode::TEMPORARY_REDIRECT, "graph/ql"),
                _ => ok(json!({"items": [{"id": body}]})),
            }
        }
    })
    .await;
    let config = "[api]\nbase_url = 'BASE/v1/'\n[[api.rows]]\ntitle = 'Row'\npath = 'query'\nmethod = 'POST'\n\
        body = { query = 'query($p: Int) { page(number: $p) { items { id } } }', variables = { p = '{page}' } }\n\
        page = { parameter = 'p' }\nitems = '/items'\ncard = { id = '/id', title = '/id' }\n\
        actions = [{ label = 'Add', method = 'POST', path = 'list/{id}', body = { a = ['x', 'y'] }, encoding = 'form' }]\n";
    let client = stub.client_of(config, Box::new(Numbered::default()), None);
    let row = client.rows().remove(0);
    let page = client.first_page(&row).await.unwrap();
    let asked = |page: u32| {
        format!(
            r#"{{"query":"query($p: Int) {{ page(number: $p) {{ items {{ id }} }} }}","variables":{{"p":{page}}}}}"#
        )
    };
    assert_eq!(page.cards[0].id, asked(1));
    let second: Vec<_> = client.page(&row, page.next.as_ref()).collect().await;
    assert!(second[0].is_ok(), "{second:?}");
    let failed = act(&client, &row).await;
    assert!(
        matches!(failed, Err(Error::Status { status: 503, .. })),
        "{failed:?}"
    );
    let seen = stub.seen();
    let told = |seen: &Seen| {
        (
            seen.path.clone(),
            String::from_utf8(seen.body.to_vec()).unwrap(),
        )
    };
    let expected = [
        ("/v1/query", asked(1)),
        ("/v1/query", asked(1)),
        ("/v1/graph/ql", asked(1)),
        ("/v1/query", asked(2)),
        ("/v1/query", asked(2)),
        ("/v1/graph/ql", asked(2)),
        ("/v1/list/a", "a=x&a=y".to_owned()),
    ];
    let expected = expected.map(|(path, body)| (path.to_owned(), body));
    assert_eq!(seen.iter().map(told).collect::<Vec<_>>(), expected);
    assert!(seen.iter().all(|seen| seen.method == "POST"));
    assert_eq!(seen[0].content_type.as_deref(), Some("application/json"));
    assert_eq!(
        seen[6].content_type.as_deref(),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn what_is_posted_is_kept_by_what_it_says_and_not_by_when() {
    let folder = tempfile::tempdir().unwrap();
    let stub = Stub::start(|seen: &Seen, number| {
        let body = format!("{} {number}", String::from_utf8_lossy(&seen.body));
        async move { ok(json!({"items": [{"id": body}]})) }
    })
    .await;
    let row = |kind: &str| {
        format!(
            "[[api.rows]]\ntitle = '{kind}'\npath = 'query'\nmethod = 'POST'\nitems = '/items'\n\
         body = {{ kind = '{kind}', until = '{{now+12h}}' }}\ncard = {{ id = '/id', title = '/id' }}\n"
        )
    };
    let config = format!("[api]\nbase_url = 'BASE/v1/'\n{}{}", row("a"), row("b"));
    let client = stub.client_of(&config, Box::new(Numbered::default()), kept(folder.path()));
    let rows = client.rows();
    for row in &rows {
        assert_eq!(pages(&client, row).await.len(), 1);
    }
    let count = written(folder.path()).len();
    assert_eq!(count, 2);
    for (row, kind) in rows.iter().zip(["a", "b"]) {
        let shown = pages(&client, row).await;
        assert_eq!(shown.len(), 2, "what was kept, and what the API says");
        let first = shown[0].as_ref().unwrap();
        assert_eq!(first.origin, crate::api::Origin::Stale);
        assert!(
            first.cards[0].id.contains(&format!("\"kind\":\"{kind}\"")),
            "{first:?}"
        );
    }
    assert_eq!(written(folder.path()).len(), count);
    assert!(stub.seen().iter().all(|seen| seen.if_none_match.is_none()));
}

#[tokio::test]
async fn an_error_within_200_is_a_failure_in_the_apis_words() {
    let folder = tempfile::tempdir().unwrap();
    for (error, reply, words) in [
        (
            "/errors/0/message",
            json!({"errors": [{"message": "No such user"}], "data": null}),
            Some("No such user"),
        ),
        (
            "/errors",
            json!({"errors": [{"message": "No token-0"}]}),
            Some("No [hidden]"),
        ),
        (
            "/response/error",
            json!({"response": {"status": "failed", "error": {"code": 40, "message": "Wrong"}}}),
            Some("Wrong"),
        ),
        (
            "/failed",
            json!({"failed": true, "items": [{"id": "a"}]}),
            None,
        ),
        ("/code", json!({"code": 7}), Some("7")),
    ] {
        let stub = Stub::start(move |_, _| {
            let reply = reply.clone();
            async move { ok(reply) }
        })
        .await;
        let row = ROW.replace("items =", &format!("error = '{error}'\nitems ="));
        let config = format!("[api]\nbase_url = 'BASE/v1/'\n{row}");
        let client = stub.client_of(&config, Box::new(Numbered::default()), kept(folder.path()));
        let row = client.rows().remove(0);
        let reported = Error::Reported(words.map(str::to_owned));
        assert_eq!(client.first_page(&row).await, Err(reported.clone()));
        assert_eq!(act(&client, &row).await, Err(reported.clone()));
        assert!(!reported.may_pass() && !reported.leaves_open());
        let explained = client.explain(&row, 1).await.map(drop);
        assert_eq!(explained, Err((None, reported)));
    }
    assert!(
        std::fs::read_dir(folder.path()).unwrap().next().is_none(),
        "no error is kept"
    );
    for reply in [
        json!({"items": [{"id": "a"}]}),
        json!({"items": [{"id": "a"}], "errors": []}),
    ] {
        let stub = Stub::start(move |_, _| {
            let reply = reply.clone();
            async move { ok(reply) }
        })
        .await;
        let row = ROW.replace("items =", "error = '/errors'\nitems =");
        let client = stub.client_of(
            &format!("[api]\nbase_url = 'BASE/v1/'\n{row}"),
            Box::new(Numbered::default()),
            None,
        );
        assert!(client.first_page(&client.rows()[0]).await.is_ok());
    }
}
