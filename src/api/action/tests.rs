//! Which buttons there are, and what a press of one sends.

use serde_json::{Map, Value, json};

use super::*;
use crate::api::mapping::cards;
use crate::api::mapping::json::Reply;
use crate::api::{Error, Row};
use crate::config;

fn row(action: config::Action) -> Row {
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: "/name".into(),
            ..config::CardMap::default()
        },
        actions: vec![action],
        ..config::Row::default()
    };
    Row::new(0, &row)
}

fn offers(action: config::Action, item: &Value) -> Vec<CardAction> {
    let row = row(action);
    let card = cards::cards(&Reply::all(&json!([item])), &row.plan, &address(), 0)
        .unwrap()
        .cards
        .remove(0);
    row.actions(&card)
}

fn path(request: &ActionRequest) -> Result<String, Error> {
    request.ask().path(&request.blanks(&Map::new()))
}

fn sent_by(request: &ActionRequest) -> Vec<u8> {
    let payload = request.ask().payload(&request.blanks(&Map::new()));
    payload.unwrap().unwrap().bytes
}

fn address() -> url::Url {
    url::Url::parse("https://api.example.com/v1/").unwrap()
}

fn action(path: &str, body: Option<toml::Table>) -> config::Action {
    config::Action {
        label: "Go".into(),
        method: "POST".to_owned(),
        path: path.to_owned(),
        body: body.map(toml::Value::Table),
        ..config::Action::default()
    }
}

#[test]
fn blanks_are_filled_and_keep_their_types() {
    let item = json!({"id": "a/b", "name": "Say \"hi\"", "seen": 12.5, "new": true, "tags": ["x"], "no": null});
    let body = toml::toml! {
        item = "{id}"
        named = "item {id}"
        seen = "{/seen}"
        tags = "{/tags}"
        missing = "{/nowhere}"
        words = "{/name}: {/seen} of {/no}"
        fixed = 7
        inner = { flags = [true, "{/new}"] }
        at = 2026-01-02
    };
    let request = offers(action("list/{id}/{/seen}?x={/name}", Some(body)), &item)[0].request();
    assert_eq!(path(&request).unwrap(), "list/a%2Fb/12.5?x=Say%20%22hi%22");
    let sent: Value = serde_json::from_slice(&sent_by(&request)).unwrap();
    assert_eq!(
        sent,
        json!({
            "item": "a/b", "named": "item a/b", "seen": 12.5, "tags": ["x"], "missing": null,
            "words": "Say \"hi\": 12.5 of ", "fixed": 7,
            "inner": {"flags": [true, true]}, "at": "2026-01-02"
        })
    );
}

#[test]
fn an_id_alone_keeps_its_type() {
    let body = toml::toml! {
        item = "{id}"
        text = "no {id}"
    };
    let request = offers(action("list", Some(body)), &json!({"id": 7}))[0].request();
    let sent: Value = serde_json::from_slice(&sent_by(&request)).unwrap();
    assert_eq!(sent, json!({"item": 7, "text": "no 7"}));
}

#[test]
fn an_item_without_an_id_has_no_button_that_names_it() {
    let in_body = toml::toml! { inner = [{ item = "{id}" }] };
    for (names, action) in [
        (true, action("list/{id}", None)),
        (true, action("list", Some(in_body))),
        (false, action("list/{/name}", None)),
    ] {
        for item in [json!({"name": "A"}), json!({"name": "A", "id": 1e30})] {
            assert_eq!(offers(action.clone(), &item).is_empty(), names, "{item}");
        }
        assert_eq!(offers(action, &json!({"name": "A", "id": 0})).len(), 1);
    }
}

#[test]
fn a_blank_of_the_path_is_never_empty() {
    for item in [
        json!({"id": "a"}),
        json!({"id": "a", "part": ".."}),
        json!({"id": "a", "part": "../x"}),
        json!({"id": "a", "part": 1e19}),
    ] {
        let request = offers(action("list/{/part}", None), &item)[0].request();
        assert!(matches!(path(&request), Err(Error::Refused(_))), "{item}");
    }
}

#[test]
fn a_button_is_there_when_it_makes_sense() {
    let add = config::Action {
        unless: Some("/on_list".to_owned()),
        ..action("list/{id}", None)
    };
    let remove = config::Action {
        when: Some("/on_list".to_owned()),
        ..action("list/{id}", None)
    };
    for (on_list, offered) in [
        (json!(true), (0, 1)),
        (json!(false), (1, 0)),
        (json!(null), (1, 0)),
    ] {
        let item = json!({"id": "a", "on_list": on_list});
        let counts = (
            offers(add.clone(), &item).len(),
            offers(remove.clone(), &item).len(),
        );
        assert_eq!(counts, offered, "{item}");
    }
}

#[test]
fn every_press_has_a_key_of_its_own() {
    let offer = &offers(action("x", None), &json!({"id": "a"}))[0];
    assert_ne!(offer.request().key, offer.request().key);
}
