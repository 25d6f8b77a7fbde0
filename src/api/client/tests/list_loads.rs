//! One load for all the rows of a list, by language.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use axum::http::header;
use axum::response::IntoResponse;
use futures::StreamExt;
use serde_json::json;

use super::redirects::{configured, items, row};
use super::stub::{Numbered, Stub};
use super::*;
use crate::session::CacheDir;

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
    let account = super::offline::account();
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
