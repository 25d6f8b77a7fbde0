//! Tokens, statuses and bodies: what each response leads to.

use device_flow::NetworkFailure;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use futures::stream;
use serde_json::json;

use super::stub::{Numbered, Over, Stub, Stuck};
use super::*;
use crate::api::request::sender::{ANSWER_LIMIT, AT_ONCE};
use crate::api::{Call, Card, Refresh};
use crate::session;

fn configured() -> config::Row {
    config::Row {
        title: "Row".into(),
        path: "/row".to_owned(),
        items: "/items".to_owned(),
        card: config::CardMap {
            id: "/id".into(),
            title: "/name".into(),
            image: Some("/art".into()),
            ..config::CardMap::default()
        },
        ..config::Row::default()
    }
}

fn row() -> Row {
    Row::new(0, &configured())
}

/// A press of the button for `action` on a card with this id.
fn request(action: config::Action, id: &str) -> ActionRequest {
    let row = config::Row {
        actions: vec![action],
        ..configured()
    };
    let card = Card {
        id: id.to_owned(),
        ..Card::default()
    };
    Row::new(0, &row).actions(&card)[0].request()
}

fn add() -> config::Action {
    config::Action {
        label: "Add".into(),
        method: "POST".to_owned(),
        path: "list/{id}".to_owned(),
        ..config::Action::default()
    }
}

fn dune() -> Response<Body> {
    axum::Json(json!({"items": [{"id": "dune", "name": "Dune", "art": "/art/dune.png"}]}))
        .into_response()
}

#[tokio::test]
async fn a_row_is_loaded_with_the_token() {
    let stub = Stub::start(|_, _| async { dune() }).await;
    let cards = stub.client().first_page(&row()).await.unwrap().cards;
    assert_eq!(cards[0].title, "Dune");
    assert_eq!(cards[0].image, Some(stub.url("/art/dune.png")));
    let seen = &stub.seen()[0];
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("GET", "/v1/row")
    );
    assert_eq!(seen.token.as_deref(), Some("Bearer token-0"));
    assert_eq!(seen.accept.as_deref(), Some("application/json, */*;q=0.1"));
    assert_eq!(seen.content_type, None);
}

#[tokio::test]
async fn a_401_leads_to_one_new_token_and_one_retry() {
    let stub = Stub::start(|seen, _| {
        let fresh = seen.token.as_deref() == Some("Bearer token-1");
        async move {
            if fresh {
                dune()
            } else {
                StatusCode::UNAUTHORIZED.into_response()
            }
        }
    })
    .await;
    assert!(stub.client().first_page(&row()).await.is_ok());
    let tokens: Vec<_> = stub
        .seen()
        .into_iter()
        .filter_map(|seen| seen.token)
        .collect();
    assert_eq!(tokens, ["Bearer token-0", "Bearer token-1"]);
}

#[tokio::test]
async fn many_401s_at_once_share_one_new_token() {
    let stub = Stub::start(|seen, _| {
        let fresh = seen.token.as_deref() == Some("Bearer token-1");
        async move {
            if fresh {
                dune()
            } else {
                StatusCode::UNAUTHORIZED.into_response()
            }
        }
    })
    .await;
    let tokens = Numbered::default();
    let client = stub.client_with(Box::new(tokens.clone()));
    let (one, row) = (client.clone(), row());
    let all = futures::future::join_all((0..100).map(|_| one.first_page(&row))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(*tokens.0.lock().await, 1);
}

#[tokio::test]
async fn a_second_401_is_the_answer() {
    let stub = Stub::start(|_, _| async { StatusCode::UNAUTHORIZED.into_response() }).await;
    assert_eq!(
        stub.client().first_page(&row()).await,
        Err(Error::Status {
            status: 401,
            retry_after: None,
            message: None
        })
    );
    assert_eq!(stub.seen().len(), 2);
    let reply = stub
        .client()
        .call(Call::new("GET", "row", None))
        .await
        .unwrap();
    assert_eq!(reply.status, 401);
}

#[tokio::test]
async fn a_401_that_no_token_can_mend_is_the_answer() {
    let stub = Stub::start(|_, _| async { StatusCode::UNAUTHORIZED.into_response() }).await;
    let client = stub.client_with(Box::new(Stuck));
    assert_eq!(
        client.first_page(&row()).await,
        Err(Error::Status {
            status: 401,
            retry_after: None,
            message: None
        })
    );
    assert_eq!(
        client
            .call(Call::new("GET", "row", None))
            .await
            .unwrap()
            .status,
        401
    );
    assert!(client.image(&stub.url("/v1/a.png"), None).await.is_err());
    assert_eq!(stub.seen().len(), 3);
}

#[tokio::test]
async fn an_ended_session_sends_nothing() {
    let stub = Stub::start(|_, _| async { dune() }).await;
    let client = stub.client_with(Box::new(Over));
    assert!(matches!(
        client.first_page(&row()).await,
        Err(Error::Session(session::Error::Ended(_)))
    ));
    assert!(stub.seen().is_empty());
}

#[tokio::test]
async fn an_error_status_keeps_its_retry_after() {
    let stub = Stub::start(|_, _| async {
        (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, "17")],
            "<html>slow down</html>",
        )
            .into_response()
    })
    .await;
    assert_eq!(
        stub.client().first_page(&row()).await,
        Err(Error::Status {
            status: 429,
            retry_after: Some(17),
            message: None
        })
    );
}

#[tokio::test]
async fn a_page_or_a_way_elsewhere_is_a_captive_network() {
    let page = Stub::start(|_, _| async {
        (
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            "<p>Welcome",
        )
            .into_response()
    })
    .await;
    let answer = page.client().first_page(&row()).await;
    assert!(matches!(answer, Err(Error::Captive(_))), "{answer:?}");
    let acted = page.client().act(&request(add(), "a")).await;
    assert!(matches!(acted, Err(Error::Captive(_))), "{acted:?}");

    let away = Stub::start(|_, _| async {
        (
            StatusCode::FOUND,
            [(header::LOCATION, "http://login.hotel.example/")],
        )
            .into_response()
    })
    .await;
    let answer = away.client().first_page(&row()).await;
    assert!(matches!(answer, Err(Error::Captive(_))), "{answer:?}");
    let called = away
        .client()
        .call(Call::new("GET", "row", None))
        .await
        .unwrap_err();
    let told = called.to_string();
    assert!(
        told.contains("a redirect to http://login.hotel.example/"),
        "{told}"
    );
    assert_eq!(away.seen().len(), 2, "nobody went there");

    let here = Stub::start(|_, _| async {
        (StatusCode::FOUND, [(header::LOCATION, "/v2/row")]).into_response()
    })
    .await;
    assert_eq!(
        here.client().first_page(&row()).await,
        Err(Error::Status {
            status: 302,
            retry_after: None,
            message: None
        })
    );
    assert_eq!(here.seen().len(), 1);
}

#[tokio::test]
async fn a_huge_answer_is_left_unread() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let stub = Stub::start(move |_, _| {
        let counted = counted.clone();
        async move {
            let chunks = stream::unfold(0, move |number| {
                let counted = counted.clone();
                async move {
                    let _ = counted.fetch_add(1, Ordering::Relaxed);
                    let chunk: Result<_, std::io::Error> = Ok(vec![b' '; 1 << 20]);
                    (number < 64).then_some((chunk, number + 1))
                }
            });
            Body::from_stream(chunks).into_response()
        }
    })
    .await;
    assert_eq!(
        stub.client().first_page(&row()).await,
        Err(Error::TooLarge {
            limit: ANSWER_LIMIT
        })
    );
    assert!(sent.load(Ordering::Relaxed) < 40);

    let announced = Stub::start(|_, _| async {
        (
            [(header::CONTENT_LENGTH, "17825792")],
            Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>()),
        )
            .into_response()
    })
    .await;
    assert_eq!(
        announced.client().first_page(&row()).await,
        Err(Error::TooLarge {
            limit: ANSWER_LIMIT
        })
    );
}

#[tokio::test]
async fn answers_of_the_wrong_shape_are_named() {
    for (body, words) in [
        ("", "not JSON"),
        ("{\"items\": [", "not JSON"),
        ("{\"items\": \"x\"}", "text stands at /items"),
        ("[1]", "nothing stands at /items"),
        ("{\"error\": \"no\"}", "says that it failed: no"),
    ] {
        let stub = Stub::start(move |_, _| async move { body.into_response() }).await;
        match stub.client().first_page(&row()).await {
            Err(Error::Shape(text)) => assert!(text.contains(words), "{text}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn silence_and_a_closed_door_end_in_time() {
    let silent = Stub::start(|_, _| async {
        std::future::pending::<()>().await;
        dune()
    })
    .await;
    let before = Instant::now();
    assert_eq!(
        silent.impatient_client().first_page(&row()).await,
        Err(Error::network(NetworkFailure::Timeout, "no answer in time"))
    );
    assert!(before.elapsed() < Duration::from_secs(30));

    let breaks_off = Stub::start(|_, _| async {
        let start: Result<_, std::io::Error> = Ok(Bytes::from_static(b"{\"items\":"));
        let end = Err(std::io::Error::other("reset"));
        Body::from_stream(stream::iter([start, end])).into_response()
    })
    .await;
    assert!(matches!(
        breaks_off.client().first_page(&row()).await,
        Err(Error::Network(_))
    ));

    let closed = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        Stub {
            address: listener.local_addr().unwrap(),
            seen: Arc::default(),
        }
    };
    assert!(matches!(
        closed.client().first_page(&row()).await,
        Err(Error::Network(_))
    ));
}

#[tokio::test]
async fn a_call_sends_what_it_is_given() {
    let stub = Stub::start(|_, _| async { (StatusCode::CONFLICT, "no").into_response() }).await;
    let client = stub.client();
    let data = Some(b"{\"a\":1}".to_vec());
    let reply = client
        .call(Call::new("patch", "/list/1?x=y", data))
        .await
        .unwrap();
    assert_eq!(
        (reply.status, reply.body.as_slice()),
        (409, b"no".as_slice())
    );
    let seen = &stub.seen()[0];
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("PATCH", "/v1/list/1?x=y")
    );
    assert_eq!(seen.content_type.as_deref(), Some("application/json"));
    assert_eq!(&seen.body[..], b"{\"a\":1}");
    for (method, path) in [
        ("GET", "https://elsewhere.example/v1/"),
        ("GET", "../admin"),
        ("GE T", "row"),
    ] {
        assert!(matches!(
            client.call(Call::new(method, path, None)).await,
            Err(Error::Refused(_))
        ));
    }
    assert_eq!(stub.seen().len(), 1);
}

#[tokio::test]
async fn an_action_names_the_card_in_its_path() {
    let stub = Stub::start(|_, _| async { StatusCode::NO_CONTENT.into_response() }).await;
    let done = stub.client().act(&request(add(), "a/b")).await.unwrap();
    assert_eq!((done.message, done.refresh), (None, Refresh::All));
    assert_eq!(stub.seen()[0].path, "/v1/list/a%2Fb");
}

#[tokio::test]
async fn no_more_than_six_requests_at_once() {
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (gauge, peak) = (open.clone(), most.clone());
    let stub = Stub::start(move |_, _| {
        let (gauge, peak) = (gauge.clone(), peak.clone());
        async move {
            let now = gauge.fetch_add(1, Ordering::SeqCst) + 1;
            let _ = peak.fetch_max(now, Ordering::SeqCst);
            tokio::task::yield_now().await;
            tokio::time::sleep(Duration::from_millis(20)).await;
            let _ = gauge.fetch_sub(1, Ordering::SeqCst);
            dune()
        }
    })
    .await;
    let (client, row) = (stub.client(), row());
    let all = futures::future::join_all((0..30).map(|_| client.first_page(&row))).await;
    assert!(all.iter().all(Result::is_ok));
    assert!(most.load(Ordering::SeqCst) <= AT_ONCE);
}
