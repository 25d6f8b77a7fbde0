//! Where the client goes when it is sent on, and what an action may have done.

use std::time::{Duration, SystemTime};

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use super::stub::{Seen, Stub};
use super::*;
use crate::api::Card;

pub(super) fn configured() -> config::Row {
    config::Row {
        title: "Row".into(),
        path: "row".to_owned(),
        items: "/items".to_owned(),
        card: config::CardMap {
            id: "/id".into(),
            title: "/id".into(),
            image: Some("/art".into()),
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

pub(super) fn row() -> Row {
    Row::new(0, &configured())
}

fn request() -> ActionRequest {
    let card = Card {
        id: "a".to_owned(),
        ..Card::default()
    };
    row().actions(&card)[0].request()
}

pub(super) fn items() -> Response<Body> {
    axum::Json(json!({"items": [{"id": "a", "art": "art.png"}]})).into_response()
}

pub(super) fn to(status: StatusCode, location: &str) -> Response<Body> {
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
