//! What an answer means as cards.

use proptest::prelude::*;
use serde_json::json;

use super::super::json as reply_json;
use super::super::progress::Progress;
use super::super::value::DisplayValue;
use super::*;
use crate::config;
use device_flow::json::Wanted;

pub(crate) mod values;

pub(crate) fn row() -> config::Row {
    config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: "/name".into(),
            subtitle: Some("/more/0/line".into()),
            image: Some("/artwork".into()),
            progress: Some("/progress".into()),
            body: Some("/summary".into()),
            badges: vec!["/badge".into(), "/badges/*".into()],
        },
        ..config::Row::default()
    }
}

fn planned(row: &config::Row) -> Plan {
    Plan::new(row, Vec::new())
}

fn plan(items: &str) -> Plan {
    planned(&config::Row {
        items: items.to_owned(),
        ..row()
    })
}

pub(crate) fn address() -> Url {
    Url::parse("https://api.example.com/v1/library/continue?x=1").unwrap()
}

fn one(item: &Value) -> Card {
    cards(&Reply::all(&json!([item])), &plan(""), &address(), 0)
        .unwrap()
        .cards
        .remove(0)
}

#[test]
fn an_item_becomes_a_card() {
    let card = one(&json!({
        "id": "dune", "name": " Dune ", "more": [{"line": "S2 E4"}],
        "artwork": "../art/dune.png", "progress": 0.4, "summary": "Sand.", "badge": "4K", "badges": ["HDR"]
    }));
    assert_eq!(
        card,
        Card {
            id: "dune".to_owned(),
            title: "Dune".into(),
            subtitle: Some(DisplayValue::Text("S2 E4".to_owned())),
            image: Some(Url::parse("https://api.example.com/v1/art/dune.png").unwrap()),
            progress: Some(Progress::Part(0.4)),
            body: Some("Sand.".into()),
            badges: vec![
                DisplayValue::Text("4K".to_owned()),
                DisplayValue::Text("HDR".to_owned())
            ],
            ..Card::default()
        }
    );
}

#[test]
fn strange_types_are_read_or_left_out() {
    let card = one(&json!({
        "id": 42, "name": true, "more": "S2", "artwork": {"name": "x"},
        "progress": "0.5", "summary": ["a"]
    }));
    assert_eq!((card.id.as_str(), card.title), ("42", "true".into()));
    assert_eq!(card.subtitle, None);
    assert_eq!(card.image, None);
    assert_eq!(card.progress, Some(Progress::Part(0.5)));
    assert_eq!(card.body, None);
}

#[test]
fn an_item_without_id_or_title_still_has_both() {
    let list = json!([{"name": "A"}, {}, null, {}]);
    let cards = cards(&Reply::all(&list), &plan(""), &address(), 20)
        .unwrap()
        .cards;
    let shown: Vec<_> = cards
        .iter()
        .map(|card| (card.id.as_str(), card.title.clone()))
        .collect();
    let expected = [(" #20", "A"), (" #21", "21"), (" #23", "23")];
    let expected = expected.map(|(id, title)| (id, title.into()));
    assert_eq!(shown, expected);
    assert!(cards.iter().all(|card| card.own_id == OwnId::Missing));
}

#[test]
fn an_id_that_two_items_have_tells_them_apart_and_is_sent_as_it_is() {
    let list = json!([{"id": "a"}, {"id": 1}, {"id": "a"}, {"id": "1"}, {"id": "0"}, {}]);
    let cards = cards(&Reply::all(&list), &plan(""), &address(), 0)
        .unwrap()
        .cards;
    let ids: Vec<_> = cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["a", "1", " a#2", " 1#2", "0", " #5"]);
    let sent: Vec<_> = cards.iter().map(Card::sent_id).collect();
    let (a, one) = (Some(json!("a")), Some(json!("1")));
    assert_eq!(
        sent,
        [a.clone(), Some(json!(1)), a, one, Some(json!("0")), None]
    );
    assert_eq!(cards[2].title, "a");
}

#[test]
fn what_is_no_object_is_a_card_only_where_the_configuration_finds_something_in_it() {
    let titles = |list: Value, title: &str| {
        let row = config::Row {
            card: config::CardMap {
                title: title.into(),
                ..row().card
            },
            ..row()
        };
        let found = cards(&Reply::all(&list), &planned(&row), &address(), 0);
        found.map(|found| {
            let titles = found.cards.into_iter().map(|card| card.title.to_string());
            (titles.collect::<Vec<_>>(), found.items)
        })
    };
    let some = |titles: &[&str], items| {
        Ok((
            titles.iter().map(|title| (*title).to_owned()).collect(),
            items,
        ))
    };
    let mixed = json!([7, null, {"name": "A"}, "B", ["C"], true]);
    assert_eq!(titles(mixed.clone(), "/name"), some(&["A"], 6));
    assert_eq!(titles(mixed.clone(), "/0"), some(&["2", "C"], 6));
    assert_eq!(titles(mixed, ""), some(&["7", "2", "B", "true"], 6));
    assert_eq!(titles(json!([null, null]), "/name"), some(&[], 2));
    let words = "no item of the answer can be shown: a number stands where an object belongs";
    assert_eq!(
        titles(json!([null, 1, 2]), "/name"),
        Err(Error::Shape(words.to_owned()))
    );
}

#[test]
fn a_list_has_no_more_items_than_are_shown() {
    let items = |count: usize| json!({"rows": [{"name": "A", "items": vec![json!({}); count]}, {"name": "B", "items": [{}]}]});
    let page = |count: usize| {
        cards(
            &Reply::all(&items(count)),
            &plan("/rows/0/items"),
            &address(),
            0,
        )
    };
    assert_eq!(
        page(MOST_ITEMS).map(|found| found.cards.len()),
        Ok(MOST_ITEMS)
    );
    let Err(Error::TooMuch(words)) = page(MOST_ITEMS + 1) else {
        panic!("a list without end");
    };
    assert!(
        words.contains("20001 items") && words.contains("20000"),
        "{words}"
    );
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
        let progress = one(&json!({"progress": written})).progress;
        assert_eq!(progress, expected.map(Progress::Part));
    }
}

#[test]
fn progress_may_be_a_part_of_a_whole() {
    let progress = |max| {
        let mut row = row();
        row.card.progress = Some(config::Progress::Share {
            value: "/seen".into(),
            max: Some(max),
        });
        let item = json!({"seen": 30, "length": "120", "nothing": 0});
        card(&Item::of(&item), 0, &planned(&row)).progress
    };
    assert_eq!(
        progress(config::Max::Number(100.0)),
        Some(Progress::Part(0.3))
    );
    assert_eq!(
        progress(config::Max::At("/length".into())),
        Some(Progress::Part(0.25))
    );
    assert_eq!(progress(config::Max::At("/nothing".into())), None);
    assert_eq!(progress(config::Max::At("/nowhere".into())), None);
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
fn what_is_no_list_is_named() {
    let reply = json!({"items": {"a": 1}, "empty": null, "list": []});
    let read =
        |items| cards(&Reply::all(&reply), &plan(items), &address(), 0).map(|found| found.cards);
    assert_eq!(read("/list"), Ok(Vec::new()));
    assert_eq!(read("/empty"), Ok(Vec::new()));
    assert_eq!(
        read("/items"),
        Err(Error::Shape(
            "an object stands at /items of the answer where a list belongs".to_owned()
        ))
    );
    assert_eq!(read("/itmes"), Ok(Vec::new()));
    assert_eq!(
        read(""),
        Err(Error::Shape(
            "an object stands at the top of the answer where a list belongs".to_owned()
        ))
    );
}

pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                "id|name|more|artwork|progress|items|badges|a~b",
                inner,
                0..5
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_answer_gives_cards_that_can_be_shown(reply in any_json(), items in "|/items|/0|/items/0|/\\*|/items/\\*/items") {
        if let Ok(CardList { cards, .. }) = cards(&Reply::all(&reply), &plan(&items), &address(), 7) {
                let names: std::collections::HashSet<_> = cards.iter().map(|card| card.id.clone()).collect();
                prop_assert_eq!(names.len(), cards.len());
            for card in cards {
                prop_assert!(!card.id.is_empty() && !card.title.is_empty());
                let part = card.progress.and_then(|it| it.at(jiff::Timestamp::UNIX_EPOCH));
                prop_assert!(part.is_none_or(|part| (0.0..=1.0).contains(&part)));
            }
        }
    }
    #[test]
    fn what_is_read_over_changes_no_card(reply in any_json(), items in "|/items|/0|/items/0|/\\*|/items/\\*/items") {
        let plan = planned(&config::Row { items, next: Some("/more".to_owned()), ..row() });
        let text = reply.to_string();
        let look = |reply: &Reply<'_>| cards(reply, &plan, &address(), 7);
        let read = reply_json::read(text.as_bytes(), &plan.of_page(), look);
        let whole = reply_json::read(text.as_bytes(), &Wanted::everything(), look);
        prop_assert_eq!(&read, &whole);
        prop_assert_eq!(read.is_ok(), look(&Reply::all(&reply)).is_ok());
    }
}
