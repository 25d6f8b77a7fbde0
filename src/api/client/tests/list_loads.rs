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
use crate::api::rows::inline::InlinePage;
use crate::api::rows::row::RowOrigin;
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
    let client = stub.client_keeping(Box::new(Numbered::default()), kept);
    (client, Row::new(0, &listed()))
}

fn listed() -> config::Row {
    config::Row {
        row_source: Some(config::RowSource {
            rows_path: "/rows".to_owned(),
            title: "/name".into(),
            items: Some("/items".to_owned()),
            limit: 100,
            ..config::RowSource::default()
        }),
        ..configured()
    }
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

/// What the rows of a list say, and where that is kept.
async fn shelves(client: &Client, many: &Row) -> Vec<(Row, Arc<InlinePage>)> {
    let found: Vec<_> = client.rows_in(many).collect().await;
    let rows = found.into_iter().next_back().unwrap().unwrap().rows;
    let inline = |row: Row| match &row.from {
        RowOrigin::Inline(inline) => Some((row.clone(), inline.clone())),
        RowOrigin::Path | RowOrigin::Link(_) => None,
    };
    rows.into_iter().filter_map(inline).collect()
}

#[tokio::test]
async fn a_long_list_lies_on_disk_and_is_written_again_only_when_it_says_something_else() {
    let cache = tempfile::tempdir().unwrap();
    let stub = Stub::start(|_, number| async move {
        let rule = [(header::CACHE_CONTROL, "no-cache")];
        // It says something else once.
        let edition = number / 2;
        let item = |id: u32| json!({"id": format!("{id}-{edition}"), "about": "x".repeat(900)});
        let row = |name: u32| json!({"name": name, "items": (0..40).map(item).collect::<Vec<_>>()});
        let rows: Vec<_> = (0..10).map(row).collect();
        (rule, axum::Json(json!({"rows": rows}))).into_response()
    })
    .await;
    let (client, _) = list_of_rows(&stub, cache.path());
    let card = config::CardMap {
        body: Some("/about".into()),
        ..configured().card
    };
    let many = Row::new(0, &config::Row { card, ..listed() });
    let first = shelves(&client, &many).await;
    assert_eq!(first.len(), 10);
    let (row, inline) = &first[9];
    assert!(inline.spool.is_in_file());
    let page = client.first_page(row).await.unwrap();
    assert_eq!((page.cards.len(), page.cards[39].id.as_str()), (40, "39-0"));
    let same = shelves(&client, &many).await;
    assert!(Arc::ptr_eq(&inline.spool, &same[0].1.spool));
    let other = shelves(&client, &many).await;
    assert!(!Arc::ptr_eq(&inline.spool, &other[0].1.spool));
    // What a row was found with is good for as long as somebody has it.
    assert_eq!(inline.page(&row.plan).unwrap().cards[0].id, "0-0");
    assert_eq!(other[0].1.page(&row.plan).unwrap().cards[0].id, "0-1");
}

#[tokio::test]
async fn rows_that_came_with_their_list_know_its_tables() {
    let stub = Stub::start(|_, _| async move {
        let reply = json!({
            "rows": [{"name": "New", "items": [{"id": "a", "by": 7}, {"id": "b", "by": 9}]}],
            "people": [{"id": 7, "name": "Ada"}, {"id": 8, "name": "Kofi"}],
        });
        axum::Json(reply).into_response()
    })
    .await;
    let text = "[api]\nbase_url = 'BASE/v1/'\n[[api.rows]]\ntitle = 'x'\npath = 'row'\n\
        row_source = { rows_path = '/rows', title = '/name', items = '/items' }\n\
        lookup.people = { in = '/people', key = '/id', by = '/by' }\n\
        card = { id = '/id', title = '/id', subtitle = '@people/name' }\n";
    let client = stub.client_of(text, Box::new(Numbered::default()), None);
    let many = client.rows().remove(0);
    let (row, inline) = shelves(&client, &many).await.remove(0);
    assert!(!inline.spool.is_in_file(), "nothing of a guest is on disk");
    let cards = client.first_page(&row).await.unwrap().cards;
    let said: Vec<_> = cards.iter().map(|card| card.subtitle.as_ref()).collect();
    assert_eq!(said, [Some(&"Ada".into()), None]);
}
