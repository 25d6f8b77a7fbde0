//! What a path leads to, and what it may cost.

use serde_json::json;

use super::*;

#[test]
fn a_path_leads_where_the_standard_says() {
    let bundle = json!({
        "entry": [
            {"resource": {"id": "a", "status": "booked"}, "search": {"mode": "match"}},
            {"resource": {"id": "b"}, "search": {"mode": "outcome"}},
            {"resource": {"id": "c", "status": "free"}, "search": {"mode": "match"}}
        ],
        "link": [{"relation": "self", "url": "1"}, {"relation": "next", "url": "2"}],
        "pictures": {"s": {"w": 1}, "l": {"w": 3}}
    });
    for (path, found) in [
        (
            "$.entry[?@.search.mode=='match'].resource.id",
            json!(["a", "c"]),
        ),
        ("$.link[?@.relation == 'next'].url", json!(["2"])),
        ("$.entry[-1].resource.id", json!(["c"])),
        ("$.entry[0:2].resource.id", json!(["a", "b"])),
        ("$..w", json!([3, 1])),
        (
            "$.entry[?match(@.resource.id, '[ab]')].resource.id",
            json!(["a", "b"]),
        ),
        ("$['entry'][1]['resource']['id']", json!(["b"])),
        ("$.nowhere", json!([])),
        ("$.", json!([])),
    ] {
        let all = JsonPath::new(path).all(&bundle).unwrap();
        assert_eq!(Value::from_iter(all.into_iter().cloned()), found, "{path}");
    }
}

#[test]
fn a_member_is_called_what_the_object_calls_it() {
    let states = json!({"states": {"light.a": {"on": true, "by": {"n": 1}}, "light.b": {"on": false, "by": {"n": 2}}}, "list": [{"n": 3}]});
    let names = |path: &str| -> Vec<Option<String>> {
        let members = JsonPath::new(path).members(&states).unwrap();
        members
            .into_iter()
            .map(|(name, _)| name.map(str::to_owned))
            .collect()
    };
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(names("$.states[?@.on == true]"), [some("light.a")]);
    assert_eq!(names("$.states.*.by"), [some("light.a"), some("light.b")]);
    assert_eq!(names("$.list[*]"), [None]);
    assert_eq!(names("$.list[*].n"), [None]);
}

#[test]
fn no_answer_makes_a_path_work_without_end() {
    // A hundred lists in one another, and a list of a hundred thousand.
    let deep = (0..100).fold(json!([0]), |inner, _| json!([inner, {"a": 1}]));
    let wide = json!({"a": vec![json!({"b": "x"}); 100_000]});
    for (path, value, is_done) in [
        ("$..a", &deep, true),
        ("$..*", &wide, true),
        ("$..*..*", &deep, true),
        ("$..*..*..*..*..*..*", &deep, false),
        ("$.a[?@.b == 'x']", &wide, true),
        ("$.a[?@.b == $.c]", &wide, true),
        ("$.a[?count($.a[*]) > 1]", &wide, false),
        ("$.a[?search(@.b, 'x')]", &wide, false),
        ("$.a[?search(@.b, 'x')]", &deep, true),
        ("$[*,*][*,*][*,*][*,*][*,*][*,*][*,*][*,*]", &wide, false),
        ("$.a[0,1,2].b", &wide, true),
    ] {
        let start = std::time::Instant::now();
        let found = JsonPath::new(path).all(value);
        assert_eq!(found.is_some(), is_done, "{path}");
        let took = start.elapsed();
        assert!(took.as_secs() < 5, "{path}: {took:?}");
    }
}

#[test]
fn as_much_is_read_as_a_path_looks_at() {
    let text = br#"{"a":{"b":[1,{"c":2}],"x":1},"y":2}"#;
    for (path, read) in [
        ("$.a.b[0]", json!({"a": {"b": [1, {"c": 2}]}})),
        ("$.a", json!({"a": {"b": [1, {"c": 2}], "x": 1}})),
        ("$..c", json!({"a": {"b": [1, {"c": 2}], "x": 1}, "y": 2})),
        (
            "$.a.b[?@ == $.y]",
            json!({"a": {"b": [1, {"c": 2}], "x": 1}, "y": 2}),
        ),
    ] {
        let mut wanted = Wanted::default();
        JsonPath::new(path).within(&mut wanted).whole();
        let value = device_flow::json::read(text, &wanted, 1 << 20).unwrap();
        assert_eq!(value, read, "{path}");
    }
}
