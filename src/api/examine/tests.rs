//! What of a configuration leads nowhere is named, with what is there.

use serde_json::json;

use super::*;
use crate::config;

#[test]
fn a_pointer_that_fails_is_named_with_what_is_there() {
    let value = json!({"a": {"b": [1, 2], "c": "x", "e": {}}, "d": null});
    for (pointer, words) in [
        ("/x", "nothing at /x; there are a, d"),
        ("/a/x/y", "nothing at /a/x/y; at /a are b, c, e"),
        ("/a/b/7", "nothing at /a/b/7; at /a/b is a list of 2"),
        ("/a/c/z", "nothing at /a/c/z; at /a/c is text"),
        ("/a/e/z", "nothing at /a/e/z; at /a/e is an empty object"),
        ("/d", "nothing stands at /d"),
        ("/a", "an object stands at /a"),
    ] {
        assert_eq!(explain(&Pattern::new(pointer), &value), words);
    }
    // What an API calls its members is shown as any other text of it.
    let odd = json!({"a\x1b[2J\nb\u{202e}": 1, "long".repeat(99): 2});
    let words = explain(&Pattern::new("/x"), &odd);
    assert!(
        words.starts_with("nothing at /x; there are a[2J b, longlong"),
        "{words:?}"
    );
    assert!(words.len() < 120, "{words:?}");
}

#[test]
fn misses_are_counted_by_part() {
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: config::Pointers(vec!["/name".to_owned(), "/title".to_owned()]),
            image: Some("/art".into()),
            badges: vec!["/new".into(), "/never".into()],
            ..config::CardMap::default()
        },
        ..config::Row::default()
    };
    let items = [
        json!({"id": 1, "title": "A", "art": "a.png", "new": "New"}),
        json!({"id": 2, "art": "file:///x"}),
        json!({"id": 3, "name": "C"}),
    ];
    let address = Url::parse("https://api.example.com/").unwrap();
    let items: Vec<_> = items.iter().collect();
    let misses = misses(&items, &Plan::new(&row), &address);
    let told: Vec<_> = misses
        .iter()
        .map(|miss| {
            (
                miss.part.as_str(),
                miss.missing,
                miss.first,
                miss.why.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "card.title",
                1,
                1,
                "nothing at /name; there are art, id; nothing at /title; there are art, id"
            ),
            ("card.image", 2, 1, "text stands at /art"),
            (
                "card.badges[1]",
                3,
                0,
                "nothing at /never; there are art, id, new, title"
            ),
        ]
    );
    assert!(!misses.iter().any(Miss::is_fatal));
}

#[test]
fn an_id_that_was_rounded_is_none_and_says_why() {
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: "/id".into(),
            ..config::CardMap::default()
        },
        ..config::Row::default()
    };
    let item = serde_json::from_str(r#"{"id": 18446744073709551617}"#).unwrap();
    let address = Url::parse("https://api.example.com/").unwrap();
    let misses = misses(&[&item], &Plan::new(&row), &address);
    assert_eq!(misses[0].part, "card.id");
    assert!(misses[0].why.contains("too large"), "{}", misses[0].why);
}

fn told(misses: &[Miss]) -> Vec<String> {
    let tell = |miss: &Miss| format!("{} {}/{} {}", miss.part, miss.missing, miss.of, miss.first);
    misses.iter().map(tell).collect()
}

#[test]
fn what_actions_are_given_is_looked_for_too() {
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: "/id".into(),
            ..config::CardMap::default()
        },
        actions: vec![config::Action {
            label: "Add".to_owned(),
            method: "POST".to_owned(),
            path: "list/{/slug}".to_owned(),
            body: Some(toml::toml! {
                part = "{/part}"
                note = "{/note}"
            }),
            when: Some("/can_ad".to_owned()),
            unless: Some("/on_list".to_owned()),
            ..config::Action::default()
        }],
        ..config::Row::default()
    };
    let items = [
        json!({"id": 1, "slug": "a", "part": null, "note": "x"}),
        json!({"id": 2, "slug": null, "part": 3, "on_list": true}),
    ];
    let items: Vec<_> = items.iter().collect();
    let address = Url::parse("https://api.example.com/").unwrap();
    let misses = misses(&items, &Plan::new(&row), &address);
    assert_eq!(
        told(&misses),
        [
            "actions.\"Add\".path 1/2 1",
            "actions.\"Add\".body 1/2 1",
            "actions.\"Add\".when 2/2 0",
        ]
    );
    assert_eq!(misses[0].why, "nothing stands at /slug");
    assert!(misses[2].why.starts_with("nothing at /can_ad; there are"));
}

#[test]
fn the_way_to_the_next_page_is_looked_for_and_null_is_an_answer() {
    let linked = Plan::new(&config::Row {
        next: Some("/links/next".to_owned()),
        ..config::Row::default()
    });
    let counted = Plan::new(&config::Row {
        page: Some(config::Paging {
            parameter: "after".to_owned(),
            kind: config::PageKind::Cursor,
            start: 1,
            cursor: Some("/meta/next".to_owned()),
        }),
        ..config::Row::default()
    });
    for (plan, reply, part) in [
        (&linked, json!({"links": {"next": null}}), None),
        (&linked, json!({"links": {"nxt": "x"}}), Some("next")),
        (&counted, json!({"meta": {"next": "x"}}), None),
        (&counted, json!({"mata": {}}), Some("page.cursor")),
    ] {
        let misses = misses_beside(&reply, plan);
        assert_eq!(
            misses.first().map(|miss| miss.part.as_str()),
            part,
            "{reply}"
        );
    }
}

#[test]
fn rows_that_lack_something_are_counted_by_part() {
    let plan = Plan::new(&config::Row {
        row_source: Some(config::RowSource {
            title: "/name".into(),
            id: Some("/id".into()),
            items: Some("/items".to_owned()),
            link: Some("/link".into()),
            limit: 100,
            ..config::RowSource::default()
        }),
        ..config::Row::default()
    });
    let base = Url::parse("https://api.example.com/").unwrap();
    let rows = [
        json!({"id": 1, "name": "A", "items": []}),
        json!({"id": 2, "name": "B", "link": "b"}),
        json!({"name": "C", "link": "https://evil.example/"}),
        json!({"id": 4}),
    ];
    let rows: Vec<_> = rows.iter().collect();
    let misses = row_misses(&rows, plan.rows.as_ref().unwrap(), &base, &base);
    assert_eq!(
        told(&misses),
        [
            "row_source.id 1/4 2",
            "row_source.items 2/4 2",
            "row_source.link 2/4 2",
            "row_source.title 1/4 3",
        ]
    );
}

#[test]
fn what_is_no_card_is_named_and_counted_apart() {
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: "/name".into(),
            ..config::CardMap::default()
        },
        ..config::Row::default()
    };
    let items = [
        json!(7),
        json!({"id": 1, "name": "A"}),
        json!("x"),
        json!({"id": 2}),
    ];
    let items: Vec<_> = items.iter().collect();
    let address = Url::parse("https://api.example.com/").unwrap();
    let misses = misses(&items, &Plan::new(&row), &address);
    assert_eq!(told(&misses), ["items 2/4 0", "card.title 1/2 3"]);
    assert_eq!(misses[0].why, "a number stands where an object belongs");
}
