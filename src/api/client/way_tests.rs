//! Where the client goes when it is sent on, what pictures may and may not do, and what an action may have done.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use futures::stream::{self, StreamExt};
use serde_json::json;

use super::stub::{Numbered, Seen, Stub};
use super::*;
use crate::api::Card;
use crate::api::request::sender::{IMAGE_LIMIT, IMAGES_AT_ONCE};
use crate::session::CacheDir;

fn configured() -> config::Row {
    config::Row {
        title: "Row".to_owned(),
        path: "row".to_owned(),
        items: "/items".to_owned(),
        card: config::CardMap {
            id: "/id".into(),
            title: "/id".into(),
            image: Some("/art".into()),
            ..config::CardMap::default()
        },
        actions: vec![config::Action {
            label: "Add".to_owned(),
            method: "POST".to_owned(),
            path: "list/{id}".to_owned(),
            ..config::Action::default()
        }],
        ..config::Row::default()
    }
}

fn row() -> Row {
    Row::new(0, &configured())
}

fn request() -> ActionRequest {
    let card = Card {
        id: "a".to_owned(),
        ..Card::default()
    };
    row().actions(&card)[0].request()
}

fn items() -> Response<Body> {
    axum::Json(json!({"items": [{"id": "a", "art": "art.png"}]})).into_response()
}

fn to(status: StatusCode, location: &str) -> Response<Body> {
    (status, [(header::LOCATION, location.to_owned())]).into_response()
}

fn status(status: u16) -> Error {
    Error::Status {
        status,
        retry_after: None,
        message: None,
    }
}

#[tokio::test]
async fn a_row_is_followed_within_the_api() {
    let stub = Stub::start(|seen: &Seen, _| {
        let path = seen.path.clone();
        async move {
            match path.as_str() {
                "/v1/row" => to(StatusCode::MOVED_PERMANENTLY, "row/"),
                "/v1/row/" => to(StatusCode::TEMPORARY_REDIRECT, "/v1/deep/er/row"),
                "/v1/deep/er/row" => items(),
                "/v1/circle" => to(StatusCode::FOUND, "circle"),
                _ => to(StatusCode::FOUND, "/login"),
            }
        }
    })
    .await;
    let page = stub.client().first_page(&row()).await.unwrap();
    // What is relative is so to where it was found (RFC 3986 section 5.1.3).
    assert_eq!(page.cards[0].image, Some(stub.url("/v1/deep/er/art.png")));
    let seen = stub.seen();
    assert_eq!(seen.len(), 3);
    assert!(
        seen.iter()
            .all(|seen| seen.token.as_deref() == Some("Bearer token-0"))
    );

    for (path, requests) in [("circle", 4), ("elsewhere", 1)] {
        let row = config::Row {
            path: path.to_owned(),
            ..configured()
        };
        let before = stub.seen().len();
        let page = stub.client().first_page(&Row::new(0, &row)).await;
        assert_eq!(page, Err(status(302)), "{path}");
        assert_eq!(stub.seen().len() - before, requests, "{path}");
    }
}

#[tokio::test]
async fn an_answer_without_content_or_with_a_mark_is_an_answer() {
    let stub = Stub::start(|_, number| async move {
        match number {
            0 => StatusCode::NO_CONTENT.into_response(),
            _ => "\u{feff}{\"items\": [{\"id\": 1}]}".into_response(),
        }
    })
    .await;
    let client = stub.client();
    assert!(client.first_page(&row()).await.unwrap().cards.is_empty());
    assert_eq!(client.first_page(&row()).await.unwrap().cards.len(), 1);
}

#[tokio::test]
async fn an_action_is_done_where_the_api_says_where_to_read_about_it() {
    for (location, done) in [("/v1/list", true), ("http://hotel.example/", false)] {
        let stub = Stub::start(move |_, _| async move { to(StatusCode::SEE_OTHER, location) });
        let outcome = stub.await.client().act(&request()).await;
        assert_eq!(outcome.is_ok(), done, "{location}: {outcome:?}");
    }
    let stub = Stub::start(|_, _| async { to(StatusCode::FOUND, "/v1/login") }).await;
    assert_eq!(stub.client().act(&request()).await, Err(status(302)));
}

#[tokio::test]
async fn what_may_have_been_done_makes_what_was_kept_old() {
    for (code, open) in [
        (204, true),
        (500, true),
        (504, true),
        (409, false),
        (404, false),
    ] {
        let stub =
            Stub::start(
                move |_, _| async move { StatusCode::from_u16(code).unwrap().into_response() },
            );
        let client = stub.await.client();
        let outcome = client.act(&request()).await;
        assert_eq!(client.changed_at().is_some(), open, "{code}");
        assert!(
            outcome
                .err()
                .is_none_or(|error| error.leaves_open() == open)
        );
    }
}

#[tokio::test]
async fn an_answer_is_as_old_as_its_question() {
    let stub = Stub::start(|_, _| async { items() }).await;
    let asked = SystemTime::now();
    let page = stub.client().first_page(&row()).await.unwrap();
    let answered = SystemTime::now();
    assert!(page.fetched_at >= asked && page.fetched_at <= answered);
    let slow = Stub::start(|_, _| async {
        let now = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap();
        let item = json!({"items": [{"id": now.as_nanos().to_string()}]});
        axum::Json(item).into_response()
    });
    let page = slow.await.client().first_page(&row()).await.unwrap();
    let made = Duration::from_nanos(page.cards[0].id.parse().unwrap());
    assert!(page.fetched_at <= SystemTime::UNIX_EPOCH + made);
}

#[tokio::test]
async fn the_token_never_leaves_the_addresses_of_the_api() {
    let cdn = Stub::start(|_, _| async { "picture".into_response() }).await;
    let target = cdn.url("/a.png").to_string();
    let api = Stub::start(move |_, _| {
        let target = target.clone();
        async move { to(StatusCode::FOUND, &target) }
    })
    .await;
    let client = api.client();
    for url in [
        cdn.url("/b.png"),
        api.url("/v1/a.png"),
        api.url("/other/a.png"),
    ] {
        let image = client.image(&url, None).await.unwrap();
        assert_eq!(&image.file[..], b"picture");
    }
    let tokens: Vec<_> = api.seen().into_iter().map(|seen| seen.token).collect();
    assert_eq!(tokens, [Some("Bearer token-0".to_owned()), None]);
    assert_eq!(cdn.seen().len(), 3);
    assert!(cdn.seen().iter().all(|seen| seen.token.is_none()));

    let plain = Url::parse("http://cdn.example/a.png").unwrap();
    let refused = client.image(&plain, None).await;
    assert!(matches!(refused, Err(Error::Refused(_))));
}

#[tokio::test]
async fn pictures_have_limits_too() {
    let stub = Stub::start(|seen: &Seen, _| {
        let path = seen.path.clone();
        async move {
            match path.as_str() {
                "/v1/loop" => to(StatusCode::FOUND, "/v1/loop"),
                "/v1/drip" => {
                    let drops = stream::unfold((), |()| async {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        Some((Ok::<_, std::io::Error>(Bytes::from_static(b".")), ()))
                    });
                    Body::from_stream(drops).into_response()
                }
                _ => vec![0_u8; IMAGE_LIMIT + 1].into_response(),
            }
        }
    })
    .await;
    let client = stub.client();
    let large = client.image(&stub.url("/v1/big"), None).await.unwrap_err();
    assert_eq!(large, Error::TooLarge { limit: IMAGE_LIMIT });
    let circle = client.image(&stub.url("/v1/loop"), None).await;
    assert!(matches!(circle, Err(Error::Network(_))));
    assert_eq!(stub.seen().len(), 2 + IMAGE_HOPS);
    // Each drop comes in time; the whole does not.
    let client = stub.impatient_client();
    let endless = client.image(&stub.url("/v1/drip"), None).await;
    assert_eq!(
        endless.unwrap_err(),
        Error::Network("no answer in time".to_owned())
    );
}

#[tokio::test]
async fn slow_pictures_hold_up_no_row() {
    let stub = Stub::start(|seen: &Seen, _| {
        let picture = seen.path.ends_with(".png");
        async move {
            if picture {
                std::future::pending::<()>().await;
            }
            items()
        }
    })
    .await;
    let client = stub.client();
    let urls: Vec<_> = (0..20)
        .map(|at| stub.url(&format!("/v1/{at}.png")))
        .collect();
    let all = futures::future::join_all(urls.iter().map(|url| client.image(url, None)));
    let row_comes = async {
        while stub.seen().len() < IMAGES_AT_ONCE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        client.first_page(&row()).await
    };
    tokio::select! {
        _ = all => panic!("nobody has answered"),
        page = row_comes => assert!(page.is_ok()),
    }
    assert_eq!(stub.seen().len(), IMAGES_AT_ONCE + 1);
}

#[tokio::test]
async fn a_picture_is_kept_as_its_server_says() {
    let stub = Stub::start(|seen: &Seen, _| {
        let same = seen.if_none_match.as_deref() == Some("\"v1\"");
        let secret = seen.path.contains("secret");
        async move {
            let rule = if secret { "no-store" } else { "max-age=60" };
            let about = [(header::ETAG, "\"v1\""), (header::CACHE_CONTROL, rule)];
            if same {
                (StatusCode::NOT_MODIFIED, about).into_response()
            } else {
                (about, "picture").into_response()
            }
        }
    })
    .await;
    let client = stub.client();
    let secret = client
        .image(&stub.url("/v1/secret.png"), None)
        .await
        .unwrap();
    assert!(secret.copy.is_none() && &secret.file[..] == b"picture");

    let url = stub.url("/v1/a.png");
    let first = client.image(&url, None).await.unwrap().copy.unwrap();
    let minute = Duration::from_secs(61);
    assert!(first.is_fresh(&url, SystemTime::now()));
    assert!(!first.is_fresh(&url, SystemTime::now() + minute));
    let again = client.image(&url, Some(&first)).await.unwrap();
    assert_eq!(&again.file[..], b"picture");
    assert!(again.copy.is_some());
    let asked = stub.seen().pop().unwrap();
    assert_eq!(asked.if_none_match.as_deref(), Some("\"v1\""));
}

#[tokio::test]
async fn words_come_in_the_language_of_the_viewer_and_are_kept_by_it() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, _| async {
        let rule = [(header::CACHE_CONTROL, "max-age=600")];
        (rule, items()).into_response()
    })
    .await;
    let (client, _) = list_of_rows(&stub, cache.path());
    for language in [None, Some("de"), Some("pt-BR"), Some("de")] {
        let client = client.clone().speaking(language);
        assert!(client.first_page(&row()).await.is_ok());
    }
    let asked = stub.seen().into_iter().map(|seen| seen.accept_language);
    let asked: Vec<_> = asked.collect();
    assert_eq!(
        asked,
        [None, Some("de".to_owned()), Some("pt-BR".to_owned())]
    );
}

fn list_of_rows(stub: &Stub, cache: &Path) -> (Client, Row) {
    let account = super::offline_tests::account();
    let kept = Some(ResponseCache::responses(CacheDir::assumed(cache, &account)));
    let row = config::Row {
        row_source: Some(config::RowSource {
            rows_path: "/rows".to_owned(),
            title: "/name".into(),
            items: Some("/items".to_owned()),
            limit: 100,
            ..config::RowSource::default()
        }),
        ..configured()
    };
    let client = stub.client_keeping(Box::new(Numbered::default()), kept);
    (client, Row::new(0, &row))
}

#[tokio::test]
async fn all_the_rows_of_a_list_share_one_load() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, number| async move {
        let row = |name: u32| json!({"name": name, "items": [{"id": format!("{name}-{number}")}]});
        axum::Json(json!({"rows": (0..30).map(row).collect::<Vec<_>>()})).into_response()
    })
    .await;
    let (client, many) = list_of_rows(&stub, cache.path());
    let found: Vec<_> = client.rows_in(&many).collect().await;
    let rows = found.into_iter().next_back().unwrap().unwrap().rows;
    assert_eq!(rows.len(), 30);
    let load = async |expected: &str| {
        let all = rows.iter().map(|row| client.first_page(row));
        let pages = futures::future::join_all(all).await;
        let last = pages.into_iter().next_back().unwrap().unwrap();
        assert_eq!(last.cards[0].id, expected);
    };
    *client.changed_at() = Some(SystemTime::now());
    load("29-1").await;
    // Also one after the other, for a while.
    load("29-1").await;
    assert_eq!(stub.seen().len(), 2);
    *client.changed_at() = Some(SystemTime::now());
    load("29-2").await;
    assert_eq!(stub.seen().len(), 3);
    // The client is not held by what it holds.
    let inner = Arc::downgrade(&client.inner);
    drop(client);
    assert!(inner.upgrade().is_none());
}
