use serde_json::json;

use super::*;

fn best(reply: &Value) -> String {
    lists(reply)
        .first()
        .map_or("none".to_owned(), |list| list.at.clone())
}

#[test]
fn the_list_of_items_is_found_wherever_it_stands() {
    let film =
        |id| json!({"id": id, "title": format!("Film {id}"), "genres": [{"id": 1, "name": "g"}]});
    let films = json!([film(1), film(2)]);
    for (reply, at) in [
        (films.clone(), ""),
        (json!({"page": 1, "films": films}), "/films"),
        (
            json!({"data": {"viewer": {"list": {"edges": [{"node": film(1)}]}}}}),
            "/data/viewer/list/edges",
        ),
        (
            json!({"data": [{"id": "1", "attributes": {"title": "t"}}], "included": [{"id": "1", "attributes": {"name": "n"}}, {"id": "2", "attributes": {"name": "n"}}]}),
            "/data",
        ),
        (
            json!({"links": [{"rel": "next", "href": "/x"}], "entry": [{"resource": film(1)}]}),
            "/entry",
        ),
        (
            json!({"hits": {"total": 2, "hits": [{"_id": "a", "_source": film(1)}]}}),
            "/hits/hits",
        ),
        (
            json!({"errors": [{"message": "no"}, {"message": "no"}], "data": {"films": films}}),
            "/data/films",
        ),
        (
            json!({"a": {"name": "A", "price": 1}, "b": {"name": "B", "price": 2}}),
            "/*",
        ),
        (
            json!({"id": 1, "owner": {"name": "n"}, "assets": [film(1)]}),
            "/assets",
        ),
    ] {
        assert_eq!(best(&reply), at, "{reply}");
    }
    for nothing in [
        json!({}),
        json!([]),
        json!({"items": []}),
        json!({"a": [1, 2]}),
        json!("x"),
        json!(null),
    ] {
        assert_eq!(best(&nothing), "none", "{nothing}");
    }
}

#[test]
fn shelves_are_rows_of_their_own() {
    let book = |id: &str| json!({"id": id, "media": {"name": "Book", "author": "A", "cover": "/c.jpg", "pages": 3}});
    let shelf = |id: &str| json!({"id": id, "label": "Shelf", "books": [book("1"), book("2")]});
    let reply = json!([shelf("a"), shelf("b")]);
    let found = lists(&reply);
    let shelves = shelves(&found[0], &found).unwrap();
    assert_eq!(
        (
            shelves.items.as_str(),
            shelves.title.as_str(),
            shelves.id.as_deref()
        ),
        ("/books", "/label", Some("/id"))
    );
    let album = |id: &str| json!({"id": id, "name": "Album", "cover": "https://i.example/a.jpg", "songs": [book("1")]});
    let reply = json!([album("a"), album("b")]);
    let found = lists(&reply);
    assert!(super::shelves(&found[0], &found).is_none());
}

#[test]
fn what_is_no_item_is_told_by_its_kind() {
    let reply = json!({"entry": [
        {"resource": {"id": "a"}, "search": {"mode": "match"}},
        {"resource": {"id": "b"}, "search": {"mode": "match"}},
        {"resource": {"issue": "x"}, "search": {"mode": "outcome"}},
    ]});
    let found = lists(&reply);
    let survey = Survey::of(&found[0].items);
    let kind = kind(&found[0], &survey, "/resource/id");
    assert_eq!(kind, Some(("/search/mode".to_owned(), "match".to_owned())));
}

#[test]
fn a_great_reply_is_looked_at_in_part() {
    let reply = json!({"items": vec![json!({"id": 1, "title": "x"}); 50_000]});
    assert_eq!(lists(&reply)[0].items.len(), ITEMS);
}
