//! What a box of a fleet shows and asks before its time has come.

use std::time::Duration;

use axum::response::IntoResponse;
use futures::{FutureExt as _, StreamExt as _};
use serde_json::json;

use super::offline::account;
use super::stub::{Numbered, Stub};
use super::*;
use crate::api::Origin;
use crate::session::CacheDir;

const CONFIG: &str = "
[api]
base_url = 'BASE/v1/'
[[api.rows]]
title = 'Row'
path = 'row'
items = '/items'
card = { id = '/id', title = '/id' }
";

#[tokio::test]
async fn before_its_time_a_box_shows_what_was_kept_and_asks_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let answer = |_: &_, _| async { axum::Json(json!({"items": [{"id": "a"}]})).into_response() };
    let stub = Stub::start(answer).await;
    let client = || {
        let kept = ResponseCache::responses(CacheDir::assumed(folder.path(), &account()));
        stub.client_of(CONFIG, Box::new(Numbered::default()), Some(kept))
    };
    let before = client();
    let row = before.rows().remove(0);
    assert!(before.page(&row, None).next().await.unwrap().is_ok());
    drop(before);

    let hour = Duration::from_secs(3600);
    let start = StartDelay::new(hour, hour);
    let mut pages = client().after(start.clone()).page(&row, None);
    let kept = pages.next().await.unwrap().unwrap();
    assert_eq!((kept.origin, kept.cards.len()), (Origin::Stale, 1));
    assert!(pages.next().now_or_never().is_none());
    assert_eq!(stub.seen().len(), 1);
    // A person presses a key.
    start.end();
    let fresh = pages.next().await.unwrap().unwrap();
    assert_eq!(fresh.origin, Origin::Network);
    assert_eq!(stub.seen().len(), 2);
}
