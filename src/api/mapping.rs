//! Turns an answer of the API into cards, by the JSON Pointers (RFC 6901) of the configuration.

use serde_json::Value;
use url::Url;

use super::{Card, Error};
use crate::config::CardMap;

/// The cards of the array at `items`. Picture addresses are relative to `address`, the reply's own.
///
/// A part of a card that is missing or of a strange type is left out; an item is never dropped.
///
/// # Errors
/// [`Error::Shape`] when there is no array at `items`.
pub(super) fn cards(
    reply: &Value,
    items: &str,
    map: &CardMap,
    address: &Url,
) -> Result<Vec<Card>, Error> {
    let place = if items.is_empty() { "the top" } else { items };
    match reply.pointer(items) {
        Some(Value::Array(list)) => Ok(list
            .iter()
            .enumerate()
            .map(|(index, item)| card(item, index, map, address))
            .collect()),
        // What several servers write for a list that was never filled.
        Some(Value::Null) => Ok(Vec::new()),
        Some(other) => Err(Error::Shape(format!(
            "{} stands at {place} of the answer where a list belongs",
            kind(other)
        ))),
        None => Err(Error::Shape(format!(
            "nothing stands at {place} of the answer where a list belongs"
        ))),
    }
}

fn card(item: &Value, index: usize, map: &CardMap, address: &Url) -> Card {
    let at = |pointer: &Option<String>| pointer.as_ref().and_then(|pointer| item.pointer(pointer));
    let id = item
        .pointer(&map.id)
        .and_then(text)
        .unwrap_or_else(|| index.to_string());
    Card {
        title: item
            .pointer(&map.title)
            .and_then(text)
            .unwrap_or_else(|| id.clone()),
        subtitle: at(&map.subtitle).and_then(text),
        image: at(&map.image)
            .and_then(text)
            .and_then(|written| address.join(&written).ok())
            .filter(|url| matches!(url.scheme(), "http" | "https")),
        progress: at(&map.progress).and_then(fraction),
        body: at(&map.body).and_then(text),
        id,
    }
}

/// A string, number or truth value as text, without blank ends; nothing for empty text.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A number between 0 and 1; numbers beyond are taken to the nearest end.
fn fraction(value: &Value) -> Option<f32> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    number.is_finite().then(|| number.clamp(0.0, 1.0) as f32)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn map() -> CardMap {
        CardMap {
            id: "/id".to_owned(),
            title: "/name".to_owned(),
            subtitle: Some("/more/0/line".to_owned()),
            image: Some("/artwork".to_owned()),
            progress: Some("/progress".to_owned()),
            body: Some("/summary".to_owned()),
        }
    }

    fn address() -> Url {
        Url::parse("https://api.example.com/v1/library/continue?x=1").unwrap()
    }

    fn one(item: &Value) -> Card {
        cards(&json!([item]), "", &map(), &address())
            .unwrap()
            .remove(0)
    }

    #[test]
    fn an_item_becomes_a_card() {
        let card = one(&json!({
            "id": "dune", "name": " Dune ", "more": [{"line": "S2 E4"}],
            "artwork": "../art/dune.png", "progress": 0.4, "summary": "Sand."
        }));
        assert_eq!(
            card,
            Card {
                id: "dune".to_owned(),
                title: "Dune".to_owned(),
                subtitle: Some("S2 E4".to_owned()),
                image: Some(Url::parse("https://api.example.com/v1/art/dune.png").unwrap()),
                progress: Some(0.4),
                body: Some("Sand.".to_owned()),
            }
        );
    }

    #[test]
    fn strange_types_are_read_or_left_out() {
        let card = one(&json!({
            "id": 42, "name": true, "more": "S2", "artwork": {"url": "x"},
            "progress": "0.5", "summary": ["a"]
        }));
        assert_eq!((card.id.as_str(), card.title.as_str()), ("42", "true"));
        assert_eq!(card.subtitle, None);
        assert_eq!(card.image, None);
        assert_eq!(card.progress, Some(0.5));
        assert_eq!(card.body, None);
    }

    #[test]
    fn an_item_without_id_or_title_still_has_both() {
        let list = json!([{"name": "A"}, {}, null, 7]);
        let cards = cards(&list, "", &map(), &address()).unwrap();
        let shown: Vec<_> = cards
            .iter()
            .map(|card| (card.id.as_str(), card.title.as_str()))
            .collect();
        assert_eq!(shown, [("0", "A"), ("1", "1"), ("2", "2"), ("3", "3")]);
    }

    #[test]
    fn progress_stays_between_its_ends() {
        for (written, expected) in [
            (json!(-3), Some(0.0)),
            (json!(2), Some(1.0)),
            (json!("NaN"), None),
            (json!("soon"), None),
            (json!(null), None),
        ] {
            assert_eq!(one(&json!({"progress": written})).progress, expected);
        }
    }

    #[test]
    fn pictures_are_http_only() {
        assert_eq!(
            one(&json!({"artwork": "data:image/png;base64,AA"})).image,
            None
        );
        assert_eq!(one(&json!({"artwork": "file:///etc/passwd"})).image, None);
        let cdn = one(&json!({"artwork": "https://cdn.example/a.jpg"})).image;
        assert_eq!(cdn.unwrap().as_str(), "https://cdn.example/a.jpg");
    }

    #[test]
    fn a_pointer_that_misses_is_named() {
        let reply = json!({"items": {"a": 1}, "empty": null, "list": []});
        let read = |items| cards(&reply, items, &map(), &address());
        assert_eq!(read("/list"), Ok(Vec::new()));
        assert_eq!(read("/empty"), Ok(Vec::new()));
        assert_eq!(
            read("/items"),
            Err(Error::Shape(
                "an object stands at /items of the answer where a list belongs".to_owned()
            ))
        );
        assert_eq!(
            read("/itmes"),
            Err(Error::Shape(
                "nothing stands at /itmes of the answer where a list belongs".to_owned()
            ))
        );
        assert_eq!(
            read(""),
            Err(Error::Shape(
                "an object stands at the top of the answer where a list belongs".to_owned()
            ))
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("id|name|more|artwork|progress|items", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_answer_gives_cards_that_can_be_shown(reply in any_json(), items in "|/items|/0|/items/0") {
            if let Ok(cards) = cards(&reply, &items, &map(), &address()) {
                for card in cards {
                    prop_assert!(!card.id.is_empty() && !card.title.is_empty());
                    prop_assert!(card.progress.is_none_or(|part| (0.0..=1.0).contains(&part)));
                }
            }
        }
    }
}
