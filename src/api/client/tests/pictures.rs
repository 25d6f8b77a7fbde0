//! What pictures may and may not do.

use device_flow::NetworkFailure;
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use futures::stream;

use super::redirects::{items, row, to};
use super::stub::{Seen, Stub};
use super::*;
use crate::api::request::sender::{IMAGE_LIMIT, IMAGES_AT_ONCE};

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
        Error::network(NetworkFailure::Timeout, "no answer in time")
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
