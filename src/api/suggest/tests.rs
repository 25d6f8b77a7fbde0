//! Whole replies of many kinds, and the rows that are made of them.

use serde_json::{Value, json};
use url::Url;

use super::*;

fn row(body: &Value, address: Option<&str>) -> toml::Table {
    let address = address.map(|address| Url::parse(address).unwrap());
    let reply = Reply {
        body,
        headers: &[],
        address: address.as_ref(),
        base: None,
    };
    let suggestion = suggest(reply).unwrap();
    let text = suggestion.toml(Written {
        title: &suggestion.title,
        path: "x",
        api: None,
        cards: None,
        comments: Comments::Examples,
    });
    let whole: toml::Table = text
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    whole["api"]["rows"][0].as_table().unwrap().clone()
}

fn at(row: &toml::Table, key: &str) -> String {
    let found = key
        .split('.')
        .try_fold(toml::Value::Table(row.clone()), |value, key| {
            value.get(key).cloned()
        });
    found.map_or_else(String::new, |value| match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    })
}

#[test]
fn a_reply_of_each_kind_makes_a_row() {
    let film = |id: u32| {
        json!({
            "id": id, "name": format!("The Film {id}"), "poster_url": format!("https://i.example/{id}.jpg"),
            "overview": "A lamp is lit at forty fathoms, and nobody sleeps.", "release_date": "2024-05-01",
            "position": 100, "duration": 7200, "web_url": format!("https://films.example/{id}"), "status": "rented",
        })
    };
    let reply = json!({"results": [film(1), film(2)], "page": 1, "total_pages": 4});
    let films = row(&reply, Some("https://api.example/v1/films?page=1"));
    for (key, value) in [
        ("title", "Films"),
        ("items", "/results"),
        ("page.parameter", "page"),
        ("shape", "poster"),
        ("qr", "/web_url"),
        ("card.id", "/id"),
        ("card.title", "/name"),
        ("card.image", "/poster_url"),
        ("card.progress.value", "/position"),
        ("card.progress.max", "/duration"),
        ("card.body", "/overview"),
        ("card.subtitle.format", "date"),
    ] {
        assert_eq!(at(&films, key), value, "{key}");
    }

    let event = |id: &str, day: u32| {
        json!({
            "id": id, "subject": format!("Meeting {id}"), "location": {"displayName": "Room 4"},
            "start": {"dateTime": format!("2026-05-0{day}T10:00:00"), "timeZone": "UTC"},
            "end": {"dateTime": format!("2026-05-0{day}T11:00:00"), "timeZone": "UTC"},
            "bodyPreview": "What we talk about.",
        })
    };
    let reply = json!({"value": [event("a", 1), event("b", 2)], "@odata.nextLink": "https://api.example/me/events?$skip=2"});
    let events = row(&reply, None);
    for (key, value) in [
        ("items", "/value"),
        ("next", "/@odata.nextLink"),
        ("shape", "text"),
        ("card.title", "/subject"),
        ("card.subtitle.zone", "/start/timeZone"),
        ("card.progress.from.at", "/start/dateTime"),
    ] {
        assert_eq!(at(&events, key), value, "{key}");
    }
}

#[test]
fn an_object_of_objects_is_a_list_whose_ids_are_its_keys() {
    let reply =
        json!({"lamp": {"name": "Lamp", "price": 4}, "harbor": {"name": "Harbor", "price": 5}});
    let row = row(&reply, None);
    assert_eq!(
        (at(&row, "items"), at(&row, "card.id")),
        ("/*".to_owned(), "*".to_owned())
    );
}

#[test]
fn the_owner_hears_that_an_id_stands_in_for_a_title() {
    let body = json!([{"id": "b-1", "at": 4}, {"id": "b-2", "at": 5}]);
    let found = suggest(Reply {
        body: &body,
        headers: &[],
        address: None,
        base: None,
    });
    let notes = found.unwrap().notes.join("\n");
    assert!(notes.contains("its id stands in"), "{notes}");
}

#[test]
fn items_that_say_little_make_a_row_all_the_same() {
    let row = row(
        &json!([{"at": 1.5, "degrees": 3.5}, {"at": 2.5, "degrees": 3.5}]),
        None,
    );
    assert_eq!(
        (at(&row, "card.id"), at(&row, "card.title")),
        ("/at".to_owned(), "=Untitled".to_owned())
    );
}

#[test]
fn a_reply_without_a_list_makes_none() {
    for body in [
        json!({"error": "x"}),
        json!([]),
        json!({"items": []}),
        json!(null),
    ] {
        let reply = Reply {
            body: &body,
            headers: &[],
            address: None,
            base: None,
        };
        assert_eq!(suggest(reply), None, "{body}");
    }
}

#[test]
fn what_a_server_writes_cannot_leave_its_comment_or_its_text() {
    let reply = json!({"it\"ems\n": [
        {"id": "a\n[provider]\nx = 1", "na\"me": "\u{1b}[31m\u{7f}", "name": "One\r\ntitle = 'x'"},
        {"id": "b", "name": "Two"},
    ]});
    let row = row(&reply, None);
    assert_eq!(at(&row, "items"), "/it\"ems\n");
    assert_eq!(at(&row, "card.title"), "/name");
}
