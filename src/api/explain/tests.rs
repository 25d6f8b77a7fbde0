//! What of a configuration leads nowhere is named, with what is there.

use serde_json::json;

use proptest::prelude::*;

use super::super::fill::Moment;
use super::super::mapping::cards::MOST_ITEMS;
use super::super::mapping::cards::tests::{address, any_json, row};
use super::super::mapping::json as reply_json;
use super::super::mapping::listing;
use super::super::request::page_request::PageRequest;
use super::super::rows::first_page::FirstPage;
use super::super::rows::page::Origin;
use super::super::rows::row::RowOrigin;
use super::*;
use crate::config;
use crate::config::Format;
use device_flow::json::Wanted;

mod kinds;

#[test]
fn a_pointer_that_fails_is_named_with_what_is_there() {
    let value = json!({"a": {"b": [1, 2], "c": "x", "e": {}}, "d": null, "f": " "});
    for (pointer, words) in [
        ("/x", "nothing at /x; there are a, d, f"),
        ("/a/x/y", "nothing at /a/x/y; at /a are b, c, e"),
        ("/a/b/7", "nothing at /a/b/7; at /a/b is a list of 2"),
        ("/a/c/z", "nothing at /a/c/z; at /a/c is text"),
        ("/a/e/z", "nothing at /a/e/z; at /a/e is an empty object"),
        ("/d", "null stands at /d"),
        ("/f", "an empty text stands at /f"),
        ("/a", "an object stands at /a"),
    ] {
        assert_eq!(
            why_not_at(&Selector::new(pointer), &Item::of(&value)),
            words
        );
    }
    // What an API calls its members is shown as any other text of it.
    let odd = json!({"a\x1b[2J\nb\u{202e}": 1, "long".repeat(99): 2});
    let words = why_not_at(&Selector::new("/x"), &Item::of(&odd));
    assert!(
        words.starts_with("nothing at /x; there are a[2J b, longlong"),
        "{words:?}"
    );
    assert!(words.len() < 120, "{words:?}");
}

/// What is missing in a list of these items.
fn missing_of(items: &[Value], row: &config::Row) -> Vec<MissingField> {
    missing_in_reply(&json!(items), row)
}

fn missing_in_reply(reply: &Value, row: &config::Row) -> Vec<MissingField> {
    let row = Row::new(0, row);
    let listing = listing::of(row.items(), reply, row.plan.is_by_name()).unwrap();
    let joins = Joins::of(&row.plan.joins, reply);
    missing_fields(&listing, reply, &row, &address(), &joins)
}

#[test]
fn a_list_that_was_taken_as_left_out_is_told_with_what_is_there() {
    let row = |items: &str| config::Row {
        items: items.to_owned(),
        ..row()
    };
    for (items, reply, kind, words) in [
        (
            "/items",
            json!({}),
            Absence::Null,
            "nothing at /items; there is an empty object",
        ),
        (
            "/items",
            json!({"total": 0, "size": 20}),
            Absence::Null,
            "nothing at /items; there are size, total",
        ),
        (
            "/items",
            json!({"itmes": [{}]}),
            Absence::Nowhere,
            "nothing at /items; there are itmes; the nearest is /itmes",
        ),
        (
            "/data/user_list",
            json!({"data": {"userList": []}}),
            Absence::Nowhere,
            "the nearest is /data/userList",
        ),
        (
            "/results",
            json!({"hits": [{}]}),
            Absence::Nowhere,
            "there are hits",
        ),
        (
            "/entry/*/resource",
            json!({"link": [{}], "total": 3}),
            Absence::Null,
            "there are link, total",
        ),
        (
            "/entry",
            json!({"entries": [{}]}),
            Absence::Nowhere,
            "the nearest is /entries",
        ),
        (
            "$.entry[?@.a].b",
            json!({"entries": [{}]}),
            Absence::Nowhere,
            "the nearest is /entries",
        ),
        (
            "/g/*/items",
            json!({"g": [{"itmes": []}]}),
            Absence::Nowhere,
            "the nearest is /g/*/itmes",
        ),
    ] {
        let missing = missing_in_reply(&reply, &row(items));
        let first = missing.first().unwrap();
        assert_eq!(
            (first.part.as_str(), first.kind),
            ("items", kind),
            "{items} {reply}"
        );
        assert_eq!(first.is_fatal(), kind == Absence::Nowhere);
        assert!(first.why.starts_with("taken as an empty list"), "{first:?}");
        assert!(first.why.contains(words), "{first:?}");
    }
    assert!(missing_in_reply(&json!({"items": []}), &row("/items")).is_empty());
}

#[test]
fn what_leads_nowhere_beside_a_pointer_is_named_too() {
    let item = json!({"a": {"b": [1]}});
    for (place, words) in [
        ("$.x[?@.y]", "nothing at $.x[?@.y]; there are a"),
        ("$.a.c[0]", "nothing at $.a.c[0]; at /a are b"),
        ("$.a.b[?@.y]", "$.a.b[?@.y] finds nothing"),
        ("*", "the item is no member of an object"),
        ("@t/x", "@t is empty: there is no such table"),
    ] {
        assert_eq!(why_not_at(&Selector::new(place), &Item::of(&item)), words);
    }
}

#[test]
fn missing_fields_are_counted_by_part() {
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: config::Pointers(vec!["/name".to_owned(), "/title".to_owned()]).into(),
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
    let missing = missing_of(&items, &row);
    let told: Vec<_> = missing
        .iter()
        .map(|one| (one.part.as_str(), one.missing, one.first, one.why.as_str()))
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
            (
                "card.image",
                2,
                1,
                "\"file:///x\" at /art is no address of a picture that may be loaded (https)"
            ),
            (
                "card.badges[1]",
                3,
                0,
                "nothing at /never; there are art, id, new, title"
            ),
        ]
    );
    assert!(!missing.iter().any(MissingField::is_fatal));
}

#[test]
fn what_the_api_leaves_out_is_kept_apart_from_what_leads_nowhere() {
    let dated = config::Source {
        format: Format::Date,
        ..config::Source::from("/on")
    };
    let row = config::Row {
        card: config::CardMap {
            id: "/id".into(),
            title: "/title".into(),
            subtitle: Some(dated),
            image: Some("/art".into()),
            body: Some("/text".into()),
            badges: vec!["/misspelt".into()],
            ..config::CardMap::default()
        },
        ..config::Row::default()
    };
    let items = [
        json!({"id": 1, "title": "A", "on": "2026-05-01", "art": "https://a.example/a.png", "text": null}),
        json!({"id": 2, "title": "", "on": "soon", "text": null}),
    ];
    let missing = missing_of(&items, &row);
    let told: Vec<_> = missing
        .iter()
        .map(|one| (one.part.as_str(), one.kind, one.is_fault()))
        .collect();
    assert_eq!(
        told,
        [
            ("card.title", Absence::LeftOut, true),
            ("card.subtitle", Absence::Unusable, true),
            ("card.image", Absence::LeftOut, false),
            ("card.body", Absence::Null, false),
            ("card.badges[0]", Absence::Nowhere, true),
        ]
    );
    assert_eq!(missing[0].why, "an empty text stands at /title");
    assert!(
        missing[1].why.starts_with("\"soon\" at /on is no date"),
        "{}",
        missing[1].why
    );
}

#[test]
fn a_page_that_the_screen_never_offers_is_told_as_such() {
    let row = config::Row {
        qr: Some("/url".into()),
        ..row()
    };
    let long = format!("https://example.com/{}", "a".repeat(300));
    for (url, words) in [
        ("https://bank.example@evil.example/", "user information"),
        (long.as_str(), "longer than 300 bytes"),
        ("mailto:ada@example.com", "not on the web"),
        ("/films/7", ""),
    ] {
        let item = json!({"id": 1, "name": "A", "url": url});
        let missing = missing_of(&[item], &row);
        let why = missing.iter().find(|one| one.part == "qr");
        let why = why.map_or("", |one| one.why.as_str());
        assert_eq!(why.starts_with("not offered: "), !words.is_empty(), "{why}");
        assert!(why.contains(words), "{why}");
    }
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
    let missing = missing_of(&[item], &row);
    assert_eq!(missing[0].part, "card.id");
    assert!(missing[0].why.contains("too large"), "{}", missing[0].why);
}

fn told(missing: &[MissingField]) -> Vec<String> {
    let tell =
        |one: &MissingField| format!("{} {}/{} {}", one.part, one.missing, one.of, one.first);
    missing.iter().map(tell).collect()
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
            label: "Add".into(),
            method: "POST".to_owned(),
            path: "list/{/slug}".to_owned(),
            body: Some(toml::Value::Table(toml::toml! {
                part = "{/part}"
                note = "{/note}"
            })),
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
    let missing = missing_of(&items, &row);
    assert_eq!(
        told(&missing),
        [
            "actions.\"Add\".path 1/2 1",
            "actions.\"Add\".body 1/2 1",
            "actions.\"Add\".when 2/2 0",
        ]
    );
    assert_eq!(missing[0].why, "null stands at /slug");
    assert!(missing[2].why.starts_with("nothing at /can_ad; there are"));
}

#[test]
fn what_cards_open_and_the_page_for_the_phone_are_looked_for_too() {
    let row = |path: &str, qr: &str| {
        let row = format!(
            "[[api.rows]]\npath = 'x'\ncard = {{ id = '/id', title = '/id' }}\nqr = '{qr}'\n\
             [api.rows.opens]\npath = '{path}'\ncard = {{ id = '/id', title = '/id' }}\n\
             [api.rows.opens.opens]\npath = '{{/deeper}}'\ncard = {{ id = '/id', title = '/id' }}\n"
        );
        let api: toml::Table = toml::from_str(&row).unwrap();
        let row = api["api"]["rows"][0].clone();
        row.try_into::<config::Row>().unwrap()
    };
    let items = [
        json!({"id": "a", "ref": {"show": 1}, "site": "https://films.example/a"}),
        json!({"id": "b", "ref": {}, "site": "ftp://films.example/b"}),
    ];
    for (path, qr, parts, why) in [
        (
            "shows/{id}",
            "/site",
            "qr 1/2 1",
            "not offered: the address is not on the web (http or https)",
        ),
        (
            "shows/{id}",
            "/sote",
            "qr 2/2 0",
            "nothing at /sote; there are id, ref, site; the nearest is /site",
        ),
        (
            "shows/{id}",
            "=https://films.example/{/ref/show}",
            "qr 1/2 1",
            "nothing at /ref/show; at /ref is an empty",
        ),
        (
            "shows/{id}",
            "=ftp://films.example/{/id}",
            "qr 2/2 0",
            "not offered: the address is not on the web (http or https)",
        ),
        (
            "shows/{/ref/show}",
            "=https://films.example/{/id}",
            "opens.path 1/2 1",
            "nothing at /ref/show",
        ),
        (
            "shows/{/reff}",
            "=https://films.example/{/id}",
            "opens.path 2/2 0",
            "the nearest is /ref",
        ),
        ("shows/{/id}", "=https://films.example/{/id}", "", ""),
    ] {
        let missing = missing_of(&items, &row(path, qr));
        assert_eq!(told(&missing).join("; "), parts, "{path} {qr}");
        let first = missing.first().map_or("", |one| one.why.as_str());
        assert!(first.contains(why), "{path} {qr}: {first}");
    }
}

#[test]
fn the_way_to_the_next_page_is_looked_for_and_null_is_an_answer() {
    let linked = Plan::new(
        &config::Row {
            next: Some("/links/next".to_owned()),
            ..config::Row::default()
        },
        Vec::new(),
    );
    let counted = Plan::new(
        &config::Row {
            page: Some(config::Paging {
                parameter: Some("after".to_owned()),
                kind: config::PageKind::Cursor,
                start: 1,
                cursor: Some("/meta/next".to_owned()),
                more: None,
            }),
            ..config::Row::default()
        },
        Vec::new(),
    );
    for (plan, reply, part) in [
        (&linked, json!({"links": {"next": null}}), None),
        (&linked, json!({"links": {"nxt": "x"}}), Some("next")),
        (&counted, json!({"meta": {"next": "x"}}), None),
        (&counted, json!({"mata": {}}), Some("page.cursor")),
    ] {
        let missing = missing_paging(&reply, plan);
        assert_eq!(
            missing.first().map(|one| one.part.as_str()),
            part,
            "{reply}"
        );
    }
}

#[test]
fn rows_that_lack_something_are_counted_by_part() {
    let plan = Plan::new(
        &config::Row {
            row_source: Some(config::RowSource {
                title: "/name".into(),
                id: Some("/id".into()),
                items: Some("/items".to_owned()),
                link: Some("/link".into()),
                limit: 100,
                ..config::RowSource::default()
            }),
            ..config::Row::default()
        },
        Vec::new(),
    );
    let base = Url::parse("https://api.example.com/").unwrap();
    let rows = [
        json!({"id": 1, "name": "A", "items": []}),
        json!({"id": 2, "name": "B", "link": "b"}),
        json!({"name": "C", "link": "https://evil.example/"}),
        json!({"id": 4}),
    ];
    let rows = json!(rows);
    let origin = ApiOrigin::at(base.clone());
    let missing = missing_in_rows(&rows, &plan, plan.rows.as_ref().unwrap(), &base, &origin);
    assert_eq!(
        told(&missing),
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
    let missing = missing_of(&items, &row);
    assert_eq!(told(&missing), ["items 2/4 0", "card.title 1/2 3"]);
    assert_eq!(missing[0].why, "a number stands where an object belongs");
}

fn listed() -> config::Row {
    config::Row {
        row_source: Some(config::RowSource {
            rows_path: "/rows".to_owned(),
            title: "/name".into(),
            items: Some("/items".to_owned()),
            link: Some("/link".into()),
            limit: 100,
            ..config::RowSource::default()
        }),
        ..row()
    }
}

fn rows_of(reply: &Value) -> Result<Vec<Row>, Error> {
    rows_in(&Reply::all(reply))
}

fn rows_in(reply: &Reply<'_>) -> Result<Vec<Row>, Error> {
    let asked = PageRequest::get(None, address());
    let at = PageAt {
        asked: &asked,
        from: &asked.url,
        next: None,
        first: &FirstPage::at(asked.clone(), Moment::now()),
        before: None,
        origin: &ApiOrigin::at(Url::parse("https://api.example.com/v1/").unwrap()),
    };
    listed_rows(reply, &Row::new(0, &listed()), &at)
}

#[test]
fn a_list_of_rows_of_which_none_can_be_shown_says_why() {
    assert_eq!(rows_of(&json!({"rows": []})), Ok(Vec::new()));
    let titles = |reply| {
        let rows = rows_of(&reply).unwrap();
        rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    assert_eq!(
        titles(json!({"rows": [{"name": "A", "items": []}, {"x": 1}, {"name": "B", "link": "b"}]})),
        ["A", "B"]
    );
    for (row, words) in [
        (
            json!({"nmae": "A", "items": []}),
            "row_source.title: nothing at /name; there are items, nmae",
        ),
        (
            json!({"name": "A", "x": 1}),
            "row_source.items: nothing at /items; there are name, x; row_source.link: nothing at /link",
        ),
        (
            json!({"name": "A", "link": "https://evil.example/"}),
            "row_source.link: it may not be followed",
        ),
    ] {
        let error = rows_of(&json!({"rows": [row]})).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn a_list_of_rows_has_no_more_items_than_are_shown() {
    let items = |count: usize| json!({"rows": [{"name": "A", "items": vec![json!({}); count]}, {"name": "B", "items": [{}]}]});
    assert_eq!(
        rows_of(&items(MOST_ITEMS - 1)).map(|rows| rows.len()),
        Ok(2)
    );
    assert!(matches!(
        rows_of(&items(MOST_ITEMS)),
        Err(Error::TooMuch(_))
    ));
}

proptest! {
    #[test]
    fn what_is_read_over_changes_no_row(rows in prop::collection::vec(any_json(), 0..4)) {
        let parent = Row::new(0, &listed());
        let text = json!({"rows": rows, "x": 1}).to_string();
        let look = |reply: &Reply<'_>| {
            let found = rows_in(reply)?;
            let shown = |row: Row| {
                let row = row.dated(std::time::SystemTime::UNIX_EPOCH, Origin::Network);
                let page = match &row.from {
                    RowOrigin::Inline(inline) => Some(inline.page(&row.plan)),
                    RowOrigin::Path | RowOrigin::Link(_) => None,
                };
                // What is written of a row is what was read of it, and what is shown the same.
                let from = page.is_none().then_some(row.from);
                (row.id, row.title, from, page)
            };
            Ok(found.into_iter().map(shown).collect::<Vec<_>>())
        };
        let source = parent.plan.rows.as_ref().unwrap();
        let read = reply_json::read(text.as_bytes(), &parent.plan.of_rows(source), look);
        prop_assert_eq!(read, reply_json::read(text.as_bytes(), &Wanted::everything(), look));
    }
}
