//! Answers that hold more than there is room for, whether they come or are kept.

use std::path::Path;
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use futures::StreamExt;
use http::HeaderMap;

use super::Client;
use super::offline::account;
use super::stub::{Numbered, Stub};
use crate::api::cache::{CachedResponse, ResponseCache};
use crate::api::request::http::Answer;
use crate::api::{Error, Page, Row};
use crate::config;
use crate::session::CacheDir;

fn row() -> Row {
    Row::new(
        0,
        &config::Row {
            path: "row".to_owned(),
            items: "/items".to_owned(),
            card: config::CardMap {
                id: "/id".into(),
                title: "/id".into(),
                ..config::CardMap::default()
            },
            ..config::Row::default()
        },
    )
}

/// A megabyte of numbers, which take a hundred times as much.
fn numbers() -> String {
    format!(r#"{{"items":[{}]}}"#, vec!["1"; 900_000].join(","))
}

fn good(body: String) -> Response<Body> {
    ([(header::CACHE_CONTROL, "max-age=86400")], body).into_response()
}

fn keeping(stub: &Stub, cache: &Path) -> Client {
    stub.client_keeping(Box::new(Numbered::default()), Some(kept(cache)))
}

fn kept(cache: &Path) -> ResponseCache {
    ResponseCache::responses(CacheDir::assumed(cache, &account()))
}

async fn last(client: &Client) -> Result<Page, Error> {
    let pages: Vec<_> = client.page(&row(), None).collect().await;
    assert_eq!(pages.len(), 1);
    pages.into_iter().next().unwrap()
}

#[tokio::test]
async fn an_answer_that_is_too_much_is_told_and_never_kept() {
    let cache = tempfile::tempdir().unwrap();
    let body = numbers();
    let stub = Stub::start(move |_, _| {
        let body = body.clone();
        async move { good(body) }
    })
    .await;
    let client = keeping(&stub, cache.path());
    let words = match last(&client).await {
        Err(Error::TooMuch(words)) => words,
        other => panic!("{:?}", other.map(|page| page.cards.len())),
    };
    assert!(words.contains("smaller pages"), "{words}");
    let url = stub.url("/v1/row");
    assert!(kept(cache.path()).read(&url).is_none());
    let explained = client.explain(&row(), 1).await;
    assert!(
        matches!(explained, Err((_, Error::TooMuch(_)))),
        "{explained:?}"
    );
}

#[tokio::test]
async fn a_kept_answer_that_is_too_much_is_dropped() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, _| async { StatusCode::CONFLICT.into_response() }).await;
    let url = stub.url("/v1/row");
    let mut headers = HeaderMap::new();
    let _ = headers.insert(header::CACHE_CONTROL, "max-age=86400".parse().unwrap());
    let answer = Answer {
        address: url.clone(),
        status: 200,
        headers,
        body: numbers().into_bytes(),
        secrets: Vec::new(),
        _turn: None,
    };
    let stored = CachedResponse::of(&url, &answer, SystemTime::now()).unwrap();
    kept(cache.path()).write(&url, &stored);
    assert!(kept(cache.path()).read(&url).is_some());
    let told = last(&keeping(&stub, cache.path())).await;
    assert!(
        matches!(told, Err(Error::Status { status: 409, .. })),
        "{told:?}"
    );
    assert!(kept(cache.path()).read(&url).is_none());
}

#[tokio::test]
async fn large_answers_take_turns_and_each_has_one() {
    let items = (0..12_000).map(|id| format!(r#"{{"id":"{id}","x":"{}"}}"#, "x".repeat(100)));
    let items: Vec<_> = items.collect();
    let body = format!(r#"{{"items":[{}]}}"#, items.join(","));
    let stub = Stub::start(move |seen, number| {
        let refused = number % 3 == 0 && seen.token.as_deref() == Some("Bearer token-0");
        let body = body.clone();
        async move {
            match refused {
                true => (StatusCode::UNAUTHORIZED, "x".repeat(2 << 20)).into_response(),
                false => good(body),
            }
        }
    })
    .await;
    let client = stub.client();
    let row = row();
    let pages = (0..8).map(|_| client.first_page(&row));
    let pages = futures::future::join_all(pages);
    let pages = tokio::time::timeout(Duration::from_secs(60), pages)
        .await
        .unwrap();
    for page in pages {
        assert_eq!(page.unwrap().cards.len(), 12_000);
    }
}
