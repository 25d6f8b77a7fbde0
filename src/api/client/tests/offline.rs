//! What a row shows before the network answers, and when the network is asked at all.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use futures::StreamExt;
use serde_json::json;

use super::Client;
use super::stub::{Numbered, Seen, Stub};
use crate::api::cache::ResponseCache;
use crate::api::{Card, Error, Origin, Page, Row};
use crate::config;
use crate::session::{Account, CacheDir};

pub(super) fn account() -> Account {
    Account {
        profile: "default".to_owned(),
        issuer: "https://id.example/".to_owned(),
        client_id: "tv".to_owned(),
        subject: "ada".to_owned(),
        name: None,
        email: None,
        picture: None,
        claims: serde_json::Map::new(),
        scopes: Vec::new(),
        signed_in_at: SystemTime::UNIX_EPOCH,
        refreshed_at: None,
        access_expires_at: None,
        refreshable: true,
        static_refresh_token: false,
        not_remembered: None,
        guest: false,
    }
}

fn client(stub: &Stub, cache: &Path) -> Client {
    let kept = Some(ResponseCache::responses(CacheDir::assumed(
        cache,
        &account(),
    )));
    stub.client_keeping(Box::new(Numbered::default()), kept)
}

fn configured() -> config::Row {
    config::Row {
        title: "Row".into(),
        path: "row".to_owned(),
        items: "/items".to_owned(),
        next: Some("/next".to_owned()),
        card: config::CardMap {
            id: "/id".into(),
            title: "/id".into(),
            ..config::CardMap::default()
        },
        actions: vec![config::Action {
            label: "Add".into(),
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

/// What a page of the row is: where from, and its ids; or its error.
type Told = Result<(Origin, String), Error>;

async fn told(client: &Client, row: &Row) -> Vec<Told> {
    let pages: Vec<_> = client.page(row, None).collect().await;
    pages
        .into_iter()
        .map(|page| page.map(|page| tell(&page)))
        .collect()
}

fn tell(page: &Page) -> (Origin, String) {
    let ids: Vec<_> = page.cards.iter().map(|card| card.id.as_str()).collect();
    (page.origin, ids.join(" "))
}

fn is(origin: Origin, ids: &str) -> Told {
    Ok((origin, ids.to_owned()))
}

fn answer(ids: &[&str], headers: &[(header::HeaderName, &str)]) -> Response<Body> {
    let items: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
    let mut response = axum::Json(json!({"items": items})).into_response();
    for (name, value) in headers {
        let _ = response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

#[tokio::test]
async fn what_is_kept_comes_first_and_then_what_the_api_says() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, number| async move {
        match number {
            0 => answer(&["a"], &[]),
            1 => answer(&["b"], &[]),
            _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    })
    .await;
    assert_eq!(
        told(&client(&stub, cache.path()), &row()).await,
        [is(Origin::Network, "a")]
    );
    // Another client, as after a restart.
    let client = client(&stub, cache.path());
    assert_eq!(
        told(&client, &row()).await,
        [is(Origin::Stale, "a"), is(Origin::Network, "b")]
    );
    let failed = Err(Error::Status {
        status: 500,
        retry_after: None,
        message: None,
    });
    assert_eq!(
        told(&client, &row()).await,
        [is(Origin::Stale, "b"), failed]
    );
}

#[tokio::test]
async fn an_unchanged_answer_is_not_sent_again() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|seen: &Seen, _| {
        let same = seen.if_none_match.as_deref() == Some("\"v1\"");
        async move {
            let tag = [(header::ETAG, "\"v1\"")];
            if same {
                (StatusCode::NOT_MODIFIED, tag).into_response()
            } else {
                answer(&["a"], &tag)
            }
        }
    })
    .await;
    let client = client(&stub, cache.path());
    let before = SystemTime::now();
    let _ = told(&client, &row()).await;
    let pages: Vec<_> = client
        .page(&row(), None)
        .map(Result::unwrap)
        .collect()
        .await;
    let told: Vec<_> = pages.iter().map(tell).collect();
    assert_eq!(
        told,
        [
            (Origin::Stale, "a".to_owned()),
            (Origin::Network, "a".to_owned())
        ]
    );
    assert!(pages[0].fetched_at >= before && pages[1].fetched_at >= pages[0].fetched_at);
    assert_eq!(stub.seen()[1].if_none_match.as_deref(), Some("\"v1\""));
}

#[tokio::test]
async fn a_good_copy_is_not_asked_for_until_something_is_done() {
    let cache = tempfile::tempdir().unwrap();
    let gets = Arc::new(AtomicUsize::new(0));
    let counted = gets.clone();
    let stub = Stub::start(move |seen: &Seen, _| {
        let get = seen.method == "GET";
        let number = counted.fetch_add(usize::from(get), Ordering::SeqCst);
        async move {
            match (get, number) {
                (true, 0) => answer(&["a"], &[(header::CACHE_CONTROL, "max-age=600")]),
                (true, _) => answer(&["b"], &[(header::CACHE_CONTROL, "max-age=600")]),
                (false, _) => StatusCode::NO_CONTENT.into_response(),
            }
        }
    })
    .await;
    let client = client(&stub, cache.path());
    assert_eq!(told(&client, &row()).await, [is(Origin::Network, "a")]);
    assert_eq!(told(&client, &row()).await, [is(Origin::Cache, "a")]);
    assert_eq!(gets.load(Ordering::SeqCst), 1);
    let card = Card {
        id: "a".to_owned(),
        ..Card::default()
    };
    let _ = client
        .act(&row().actions(&card)[0].request())
        .await
        .unwrap();
    assert_eq!(
        told(&client, &row()).await,
        [is(Origin::Stale, "a"), is(Origin::Network, "b")]
    );
}

#[tokio::test]
async fn what_must_not_be_kept_is_gone() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, number| async move {
        match number {
            0 => answer(&["a"], &[]),
            1 => answer(&["b"], &[(header::CACHE_CONTROL, "no-store")]),
            _ => answer(&["c"], &[]),
        }
    })
    .await;
    let client = client(&stub, cache.path());
    let _ = told(&client, &row()).await;
    assert_eq!(
        told(&client, &row()).await,
        [is(Origin::Stale, "a"), is(Origin::Network, "b")]
    );
    assert_eq!(told(&client, &row()).await, [is(Origin::Network, "c")]);
}

#[tokio::test]
async fn nonsense_never_takes_the_place_of_what_was_good() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, number| async move {
        match number {
            0 => answer(&["a"], &[]),
            1 => "{\"items\": 7}".into_response(),
            _ => ([(header::CONTENT_TYPE, "text/html")], "<p>Welcome").into_response(),
        }
    })
    .await;
    let client = client(&stub, cache.path());
    let _ = told(&client, &row()).await;
    for _ in 0..2 {
        let told = told(&client, &row()).await;
        assert_eq!(told[0], is(Origin::Stale, "a"));
        assert!(told[1].is_err());
    }
}

#[tokio::test]
async fn further_pages_are_kept_like_the_first() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|seen: &Seen, _| {
        let first = seen.path == "/v1/row";
        async move {
            let reply = if first {
                json!({"items": [{"id": "a"}], "next": "?page=2"})
            } else {
                json!({"items": [{"id": "b"}], "next": null})
            };
            axum::Json(reply).into_response()
        }
    })
    .await;
    let client = client(&stub, cache.path());
    for _ in 0..2 {
        let first = client.first_page(&row()).await.unwrap();
        let cursor = first.next.unwrap();
        let pages: Vec<_> = client.page(&row(), Some(&cursor)).collect().await;
        let last = pages.last().unwrap().as_ref().unwrap();
        assert_eq!(tell(last), (Origin::Network, "b".to_owned()));
        assert_eq!(last.next, None);
    }
    assert_eq!(stub.seen()[3].path, "/v1/row?page=2");
}

#[tokio::test]
async fn rows_that_the_api_names_are_found_with_their_first_page() {
    let stub = Stub::start(|seen: &Seen, number| {
        let home = seen.path == "/v1/row";
        async move {
            let reply = if home {
                json!({"shelves": [
                    {"name": "New", "items": [{"id": number.to_string()}], "next": "/v1/new?page=2"},
                    {"name": "Old", "href": "/v1/old"},
                    {"name": "Elsewhere", "href": "https://evil.example/v1/"},
                    {"href": "/v1/nameless"},
                ]})
            } else {
                json!({"items": [{"id": "x"}]})
            };
            axum::Json(reply).into_response()
        }
    })
    .await;
    let many = Row::new(
        3,
        &config::Row {
            row_source: Some(config::RowSource {
                rows_path: "/shelves".to_owned(),
                title: "/name".into(),
                items: Some("/items".to_owned()),
                link: Some("/href".into()),
                limit: 10,
                ..config::RowSource::default()
            }),
            ..configured()
        },
    );
    assert!(many.stands_for_many());
    let client = stub.client();
    let found: Vec<_> = client.rows_in(&many).collect().await;
    let rows = found[0].as_ref().unwrap().rows.clone();
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.id.as_str(), row.title.to_string()))
        .collect();
    assert_eq!(
        names,
        [("3.New", "New".to_owned()), ("3.Old", "Old".to_owned())]
    );
    assert!(rows.iter().all(|row| !row.stands_for_many()));

    assert_eq!(told(&client, &rows[0]).await, [is(Origin::Network, "0")]);
    assert_eq!(stub.seen().len(), 1, "it came with the list");
    let more = client.first_page(&rows[0]).await.unwrap().next.unwrap();
    let more = client.page(&rows[0], Some(&more)).next().await.unwrap();
    assert_eq!(tell(&more.unwrap()).1, "x");
    assert_eq!(told(&client, &rows[1]).await, [is(Origin::Network, "x")]);
    assert_eq!(stub.seen()[2].path, "/v1/old");

    *client.changed_at() = Some(SystemTime::now());
    assert_eq!(
        told(&client, &rows[0]).await,
        [is(Origin::Stale, "0"), is(Origin::Network, "3")]
    );
}

#[tokio::test]
async fn a_busy_api_is_asked_again_and_a_post_only_where_nothing_was_done() {
    let stub = Stub::start(|_, number| async move {
        match number {
            0 | 1 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            _ => answer(&["a"], &[]),
        }
    })
    .await;
    assert_eq!(
        told(&stub.client(), &row()).await,
        [is(Origin::Network, "a")]
    );
    assert_eq!(stub.seen().len(), 3);

    for (status, tries) in [(503, 1), (429, 3), (500, 1)] {
        let stub = Stub::start(move |_, _| async move {
            StatusCode::from_u16(status).unwrap().into_response()
        })
        .await;
        let request = row().actions(&Card {
            id: "a".to_owned(),
            ..Card::default()
        })[0]
            .request();
        assert!(stub.client().act(&request).await.is_err());
        let seen = stub.seen();
        assert_eq!(seen.len(), tries, "{status}");
        let key = seen[0].idempotency_key.clone().unwrap();
        assert!(key.starts_with('"') && key.len() == 34, "{key}");
        assert!(
            seen.iter()
                .all(|seen| seen.idempotency_key.as_ref() == Some(&key))
        );
    }
}

#[tokio::test]
async fn a_refusal_comes_with_the_words_of_the_api() {
    let stub = Stub::start(|_, _| async {
        (
            StatusCode::CONFLICT,
            [(header::CONTENT_TYPE, "application/problem+json")],
            json!({"title": "Full", "detail": "Your list\u{202e} is full."}).to_string(),
        )
            .into_response()
    })
    .await;
    let request = row().actions(&Card {
        id: "a".to_owned(),
        ..Card::default()
    })[0]
        .request();
    assert_eq!(
        stub.client().act(&request).await,
        Err(Error::Status {
            status: 409,
            retry_after: None,
            message: Some("Your list is full.".to_owned())
        })
    );
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_holds_up_nobody() {
    let stub = Stub::start(|seen: &Seen, _| {
        let slow = seen.path.ends_with("/slow");
        async move {
            if slow {
                std::future::pending::<()>().await;
            }
            answer(&["a"], &[])
        }
    })
    .await;
    let client = stub.client();
    let slow = Row::new(
        1,
        &config::Row {
            path: "slow".to_owned(),
            ..configured()
        },
    );
    let mut pages: Vec<_> = (0..20).map(|_| client.page(&slow, None)).collect();
    let all = futures::future::join_all(pages.iter_mut().map(StreamExt::next));
    let asked = async {
        while stub.seen().len() < crate::api::request::sender::AT_ONCE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = all => panic!("nobody has answered"),
        () = asked => {}
    }
    drop(pages);
    let page = tokio::time::timeout(Duration::from_secs(10), client.first_page(&row())).await;
    assert!(page.unwrap().is_ok());
}
