//! Further pages: by the `Link` header, also of what is cached, and past the end.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use futures::StreamExt;
use serde_json::json;

use super::offline::account;
use super::stub::{Numbered, Seen, Stub};
use crate::api::cache::ResponseCache;
use crate::api::{Client, Cursor, Error, Origin, Page, Row};
use crate::config::{self, PageKind, Paging};
use crate::session::CacheDir;

fn row(kind: PageKind) -> Row {
    let parameter = (kind != PageKind::Link).then(|| "page".to_owned());
    Row::new(
        0,
        &config::Row {
            title: "Row".into(),
            path: "row".to_owned(),
            page: Some(Paging {
                parameter,
                kind,
                ..Paging::default()
            }),
            card: config::CardMap {
                id: "/id".into(),
                title: "/id".into(),
                ..config::CardMap::default()
            },
            ..config::Row::default()
        },
    )
}

async fn pages(client: &Client, row: &Row, cursor: Option<&Cursor>) -> Vec<Result<Page, Error>> {
    client.page(row, cursor).collect().await
}

async fn last(client: &Client, row: &Row, cursor: Option<&Cursor>) -> Result<Page, Error> {
    pages(client, row, cursor).await.pop().unwrap()
}

/// Two pages, of which the first names the second in its header; the first may be kept and asked for again.
fn linked(seen: &Seen, _: usize) -> impl Future<Output = Response<Body>> + Send + use<> {
    let (is_second, is_known) = (seen.path.contains("after=a"), seen.if_none_match.is_some());
    async move {
        match (is_second, is_known) {
            (true, _) => axum::Json(json!([{"id": "b"}])).into_response(),
            (false, true) => (
                StatusCode::NOT_MODIFIED,
                [(header::ETAG, "\"1\""), (header::CACHE_CONTROL, "no-cache")],
            )
                .into_response(),
            (false, false) => (
                [
                    (header::ETAG, "\"1\""),
                    (header::CACHE_CONTROL, "no-cache"),
                    (
                        header::LINK,
                        "<row?after=z>; rel=\"last\", <row?after=a>; rel=\"next\"",
                    ),
                ],
                axum::Json(json!([{"id": "a"}])),
            )
                .into_response(),
        }
    }
}

#[tokio::test]
async fn the_link_header_leads_on_also_from_what_is_cached() {
    let folder = tempfile::tempdir().unwrap();
    let stub = Stub::start(linked).await;
    let client = || {
        let kept = ResponseCache::responses(CacheDir::assumed(folder.path(), &account()));
        stub.client_keeping(Box::new(Numbered::default()), Some(kept))
    };
    let row = row(PageKind::Link);
    let first = last(&client(), &row, None).await.unwrap();
    let cursor = first.next.unwrap();
    let second = last(&client(), &row, Some(&cursor)).await.unwrap();
    assert_eq!(second.cards[0].id, "b");
    assert_eq!(second.next, None);

    // The next start has both the copy and the API's word that nothing has changed.
    let again = pages(&client(), &row, None).await;
    let origins: Vec<_> = again
        .iter()
        .map(|page| page.as_ref().unwrap().origin)
        .collect();
    assert_eq!(origins, [Origin::Stale, Origin::Network]);
    for page in again {
        let next = page.unwrap().next.unwrap();
        let second = last(&client(), &row, Some(&next)).await.unwrap();
        assert_eq!(second.cards[0].id, "b");
    }
    let asked = stub.seen();
    assert!(asked.iter().any(|seen| seen.if_none_match.is_some()));
}

#[tokio::test]
async fn a_refusal_past_the_last_page_is_the_end_where_pages_are_counted() {
    for (kind, status, is_end) in [
        (PageKind::Number, 400, true),
        (PageKind::Number, 404, true),
        (PageKind::Offset, 416, true),
        (PageKind::Offset, 422, true),
        (PageKind::Number, 403, false),
        (PageKind::LastId, 400, false),
    ] {
        let stub = Stub::start(move |seen, _| {
            let is_first = !seen.path.contains("page=");
            async move {
                match is_first {
                    true => axum::Json(json!([{"id": "a"}])).into_response(),
                    false => (StatusCode::from_u16(status).unwrap(), "{}").into_response(),
                }
            }
        })
        .await;
        let (client, row) = (stub.client(), row(kind));
        let cursor = last(&client, &row, None).await.unwrap().next.unwrap();
        let second = last(&client, &row, Some(&cursor)).await;
        match second {
            Ok(page) if is_end => assert_eq!((page.cards.len(), page.next), (0, None)),
            Err(Error::Status { status: told, .. }) if !is_end => assert_eq!(told, status),
            other => panic!("{kind:?} {status}: {other:?}"),
        }
    }
    // The first page is not past any end.
    let stub = Stub::start(|_, _| async { StatusCode::NOT_FOUND.into_response() }).await;
    let first = last(&stub.client(), &row(PageKind::Number), None).await;
    assert!(
        matches!(first, Err(Error::Status { status: 404, .. })),
        "{first:?}"
    );
}

#[tokio::test]
async fn an_error_within_200_past_the_last_page_is_the_end() {
    let stub = Stub::start(|seen, _| {
        let reply = match seen.path.contains("page=") {
            false => json!({"items": [{"id": "a"}]}),
            true => json!({"error": "no such page"}),
        };
        async move { axum::Json(reply).into_response() }
    })
    .await;
    let config = "[api]\nbase_url = 'BASE/v1/'\n[[api.rows]]\ntitle = 'Row'\npath = 'row'\nitems = '/items'
error = '/error'\npage = { parameter = 'page', kind = 'number' }\ncard = { id = '/id', title = '/id' }\n";
    let client = stub.client_of(config, Box::new(Numbered::default()), None);
    let row = client.rows().remove(0);
    let cursor = last(&client, &row, None).await.unwrap().next.unwrap();
    let second = last(&client, &row, Some(&cursor)).await.unwrap();
    assert_eq!((second.cards.len(), second.next), (0, None));
}

#[tokio::test]
async fn xml_that_says_so_is_no_network_that_stands_between() {
    for kind in [
        "application/xml",
        "text/xml; charset=utf-8",
        "application/atom+xml",
    ] {
        let stub = Stub::start(move |_, _| async move {
            ([("content-type", kind)], "<?xml version='1.0'?><a/>").into_response()
        })
        .await;
        let page = last(&stub.client(), &row(PageKind::Number), None).await;
        match page {
            Err(Error::Shape(why)) => {
                assert!(why.contains(kind) && why.contains("not JSON"), "{why}");
            }
            other => panic!("{kind}: {other:?}"),
        }
    }
}
