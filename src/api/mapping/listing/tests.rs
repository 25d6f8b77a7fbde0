//! What is an item, and when there are rightly none.

use serde_json::json;

use super::*;

fn items(at: &str, reply: &Value) -> Result<(Value, bool), String> {
    listed(at, reply, false)
}

fn listed(at: &str, reply: &Value, is_by_name: bool) -> Result<(Value, bool), String> {
    let listing = of(&Selector::new(at), reply, is_by_name)?;
    let items = listing.items.iter().map(|listed| listed.value.clone());
    Ok((Value::from_iter(items), listing.is_left_out))
}

#[test]
fn a_star_is_each_element() {
    let groups = json!({"groups": [{"items": [1, 2]}, {"other": 0}, {"items": [3]}]});
    let by_id = json!({"b": {"n": 1}, "a": {"n": 2}});
    let bundle = json!({"entry": [{"resource": {"id": 1}}, {"fault": 0}, {"resource": [{"id": 2}]}, {"resource": null}]});
    for (at, reply, found) in [
        ("/groups/*/items", &groups, json!([1, 2, 3])),
        (
            "/groups/*",
            &groups,
            json!([{"items": [1, 2]}, {"other": 0}, {"items": [3]}]),
        ),
        ("/*", &json!([[1], [2, 3]]), json!([1, 2, 3])),
        ("/*", &by_id, json!([{"n": 2}, {"n": 1}])),
        ("/entry/*/resource", &bundle, json!([{"id": 1}, {"id": 2}])),
        (
            "$.entry[*].resource",
            &bundle,
            json!([{"id": 1}, {"id": 2}]),
        ),
        (
            "$.entry[?@.resource.id].resource",
            &bundle,
            json!([{"id": 1}]),
        ),
        ("$.groups[?@.items].items", &groups, json!([1, 2, 3])),
        ("$.groups[0].items", &groups, json!([1, 2])),
    ] {
        assert_eq!(items(at, reply), Ok((found, false)), "{at}");
    }
}

#[test]
fn a_list_that_is_left_out_is_empty() {
    for (at, reply) in [
        ("/items", json!({})),
        // PHP writes an empty object as a list.
        ("/items", json!([])),
        ("/items", json!({"total": 0})),
        ("/a/b/items", json!({"a": {"c": 1}})),
        ("/a/items", json!({"b": 1})),
        ("/g/*/items", json!({})),
        ("/g/*/items", json!({"g": [{"itmes": []}, {}]})),
        ("$.entry[?@.a].b", json!({"total": 0})),
        ("$.a.items", json!({"a": {}})),
    ] {
        assert_eq!(items(at, &reply), Ok((json!([]), true)), "{at} {reply}");
    }
    for (at, reply) in [
        ("/items", json!({"items": []})),
        ("/items", json!({"items": null})),
        ("/items", json!({"items": ""})),
        ("/items", json!({"items": false})),
        ("/a/items", json!({"a": null})),
        ("/a/items", json!(null)),
        ("/g/*/items", json!({"g": []})),
        ("/g/*/items", json!({"g": {}})),
        (
            "/g/*/items/*",
            json!({"g": [{"items": []}, {"items": null}]}),
        ),
        ("$.entry[?@.a].b", json!({"entry": [{"c": 1}]})),
        ("$..items", json!({})),
    ] {
        assert_eq!(items(at, &reply), Ok((json!([]), false)), "{at} {reply}");
    }
}

#[test]
fn what_is_no_list_and_lacks_none_is_named() {
    for (at, reply, words) in [
        (
            "/items",
            json!([1]),
            "nothing stands at /items of the answer where a list belongs",
        ),
        (
            "/a/items",
            json!({"a": "x"}),
            "nothing stands at /a/items of the answer where a list belongs",
        ),
        (
            "/items",
            json!({"items": 7}),
            "a number stands at /items of the answer where a list belongs",
        ),
        (
            "$.items",
            json!({"items": {"a": 1}}),
            "an object stands at $.items of the answer where a list belongs",
        ),
        (
            "",
            json!({"a": 1}),
            "an object stands at the top of the answer where a list belongs",
        ),
    ] {
        assert_eq!(items(at, &reply), Err(words.to_owned()), "{at} {reply}");
    }
}

#[test]
fn an_object_is_its_members_where_their_names_are_asked_for() {
    let states = json!({"states": {"light.a": {"on": true}, "light.b": {"on": false}}});
    let names = |at: &str| {
        let listing = of(&Selector::new(at), &states, true).unwrap();
        let names = listing.items.into_iter().map(|listed| listed.key);
        names.map(Option::unwrap_or_default).collect::<Value>()
    };
    assert_eq!(names("/states"), json!(["light.a", "light.b"]));
    assert_eq!(names("/states/*"), json!(["light.a", "light.b"]));
    assert_eq!(names("$.states"), json!(["light.a", "light.b"]));
    assert_eq!(names("$.states[?@.on == true]"), json!(["light.a"]));
    assert_eq!(
        names("/states/*/on"),
        json!(["light.a"]),
        "false is nothing"
    );
}
