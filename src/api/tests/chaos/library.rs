//! The demo's own API, read by the demo's own configuration.

use std::path::Path;

use crate::api::{Call, Card, Client, DisplayValue, Error, Progress, Refresh, Row};
use crate::config;
use futures::StreamExt as _;

use super::{Box_, signed_in, told};

/// A client for the demo, with the configuration that the demo writes.
fn client(it: &Box_) -> Client {
    let config = config::parse(&it.demo.config_toml(), Path::new("demo.toml")).unwrap();
    Client::new(&config, it.session.clone(), None).unwrap()
}

fn titled(client: &Client, title: &str) -> Row {
    client
        .rows()
        .into_iter()
        .find(|row| row.title == *title)
        .unwrap()
}

async fn cards(client: &Client, row: &Row) -> Vec<Card> {
    client.first_page(row).await.unwrap().cards
}

/// All pages of a row.
async fn whole(client: &Client, row: &Row) -> (Vec<Card>, usize) {
    let mut page = client.first_page(row).await.unwrap();
    let (mut cards, mut pages) = (std::mem::take(&mut page.cards), 1);
    while let Some(cursor) = page.next {
        page = client
            .page(row, Some(&cursor))
            .next()
            .await
            .unwrap()
            .unwrap();
        cards.append(&mut page.cards);
        pages += 1;
    }
    (cards, pages)
}

fn all_different(cards: &[Card]) -> bool {
    let ids: std::collections::BTreeSet<_> = cards.iter().map(|card| &card.id).collect();
    ids.len() == cards.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_shows_every_part_of_a_card() {
    let it = signed_in().await;
    let client = client(&it);
    let watching = cards(&client, &titled(&client, "Continue watching")).await;
    assert!(watching.iter().all(
        |card| matches!(card.progress, Some(Progress::Part(part)) if part > 0.0 && part < 1.0)
    ));
    let new = cards(&client, &titled(&client, "New this week")).await;
    assert!(
        new[0]
            .badges
            .contains(&DisplayValue::Text("New".to_owned()))
    );
    assert!(
        !new[17]
            .badges
            .contains(&DisplayValue::Text("New".to_owned()))
    );
    for card in watching.iter().chain(&new) {
        let labels: Vec<_> = card.details.iter().map(|fact| &*fact.label).collect();
        assert_eq!(labels, ["Genre", "Released", "Length"]);
        assert!(matches!(card.details[1].value, DisplayValue::Date(_)));
        assert!(matches!(card.details[2].value, DisplayValue::Duration(_)));
        assert!(
            client
                .image(card.image.as_ref().unwrap(), None)
                .await
                .is_ok()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_pages_through_hundreds_of_items() {
    let it = signed_in().await;
    let client = client(&it);
    let (cards, pages) = whole(&client, &titled(&client, "Everything")).await;
    assert_eq!((cards.len(), pages), (480, 24));
    assert!(all_different(&cards));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_names_rows_of_its_own() {
    let it = signed_in().await;
    let client = client(&it);
    let many = titled(&client, "More");
    assert!(many.stands_for_many());
    let rows = client.rows_in(&many).next().await.unwrap().unwrap().rows;
    assert_eq!(rows.len(), 6);
    let (cards, pages) = whole(&client, &rows[2]).await;
    assert_eq!((cards.len(), pages), (48, 3));
    assert!(all_different(&cards));
    for card in [&cards[0], &cards[20]] {
        assert!(
            client
                .image(card.image.as_ref().unwrap(), None)
                .await
                .is_ok()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_as_large_as_anybody_wants() {
    let it = super::signed_in_at(testing::demo::Options {
        library: Some((100, 100)),
        ..testing::demo::quiet()
    })
    .await;
    let client = client(&it);
    let many = client.rows().remove(0);
    let rows = client.rows_in(&many).next().await.unwrap().unwrap().rows;
    assert_eq!(rows.len(), 100);
    let (cards, pages) = whole(&client, &rows[99]).await;
    assert_eq!((cards.len(), pages), (100, 5));
    assert!(all_different(&cards));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_changes_what_there_is() {
    let it = signed_in().await;
    let client = client(&it);
    let (list, watching) = (
        titled(&client, "My list"),
        titled(&client, "Continue watching"),
    );
    let card = cards(&client, &watching).await.remove(0);
    let offers = watching.actions(&card);
    let labels: Vec<_> = offers.iter().map(|offer| offer.label.to_string()).collect();
    assert_eq!(labels, ["Add to my list", "Mark as watched", "Start over"]);
    let done = client.act(&offers[0].request()).await.unwrap();
    assert_eq!(done.refresh, Refresh::All);
    let listed = cards(&client, &list).await;
    assert_eq!(listed[0].id, card.id);
    let offers = list.actions(&listed[0]);
    assert_eq!(offers[0].label, "Remove from my list");
    let _ = client.act(&offers[0].request()).await.unwrap();
    assert_ne!(cards(&client, &list).await[0].id, card.id);

    let seen = &watching.actions(&card)[1];
    let done = client.act(&seen.request()).await.unwrap();
    assert_eq!(done.message.as_deref(), Some("Marked as watched."));
    assert!(done.refresh.concerns("Continue watching") && !done.refresh.concerns("My list"));
    assert!(
        cards(&client, &watching)
            .await
            .iter()
            .all(|one| one.id != card.id)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_misbehaves_on_request() {
    let it = signed_in().await;
    let config = config::parse(&it.demo.config_toml(), Path::new("demo.toml")).unwrap();
    let api = config.api.unwrap();
    let client = client(&it);
    for (fault, begins) in [
        ("latency:50", "18 cards"),
        ("reset", "network: "),
        ("truncated", "shape: the answer is not JSON"),
        ("html", "captive network"),
        ("redirect", "captive network"),
        ("401", "status 401"),
        ("429", "status 429, wait 2 s"),
        ("500", "status 500"),
        ("wrong-type", "shape: text stands at /items"),
        ("huge", "10000 cards"),
        ("bomb", "too large"),
        ("nonsense", "18 cards"),
    ] {
        let row = config::Row {
            path: format!("library/new?chaos={fault}"),
            ..api.rows[2].clone()
        };
        let told = told(&client.first_page(&Row::new(0, &row)).await);
        println!("{fault:<12} {told}");
        assert!(told.starts_with(begins), "{fault}: {told}");
    }
    let unknown = client
        .call(Call::new("GET", "nothing/here", None))
        .await
        .unwrap();
    assert_eq!(unknown.status, 404);
    let press = Row::new(0, &api.rows[2]).actions(&Card {
        id: "no-such-title".to_owned(),
        ..Card::default()
    })[0]
        .request();
    let Err(Error::Status {
        status, message, ..
    }) = client.act(&press).await
    else {
        panic!("it knows no such title");
    };
    assert_eq!(
        (status, message.as_deref()),
        (404, Some("There is nothing here."))
    );
}
