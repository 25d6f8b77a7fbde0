//! Entries are found by what items call them.

use serde_json::json;

use super::*;

fn found(plans: &[JoinPlan], reply: &Value, item: &Value, at: &str) -> Value {
    let joins = Joins::of(plans, reply);
    let item = Item::of(item).among(&joins);
    let selector = Selector::new(at);
    Value::from_iter(selector.all(&item).into_iter().cloned())
}

fn plan(name: &str, table: &str, key: &[&str], by: &[&str]) -> JoinPlan {
    let owned =
        |parts: &[&str]| config::Pointers(parts.iter().map(|part| (*part).to_owned()).collect());
    let join = config::Join {
        list: table.to_owned(),
        key: owned(key),
        by: owned(by),
    };
    JoinPlan::new(name, &join)
}

#[test]
fn an_item_finds_its_entries() {
    let reply = json!({
        "includes": {"Asset": [
            {"sys": {"id": "p1"}, "fields": {"file": {"url": "//img/1"}}},
            {"sys": {"id": "p2"}, "fields": {"file": {"url": "//img/2"}}}
        ]},
        "users": {"7": {"name": "Ada"}, "8": {"name": "Grace"}},
        "numbered": [{"id": 7, "n": "seven"}, {"id": "8", "n": "eight"}, {"id": 7, "n": "again"}]
    });
    let item = json!({
        "fields": {"image": {"sys": {"type": "Link", "id": "p2"}}, "gallery": [{"sys": {"id": "p2"}}, {"sys": {"id": "p1"}}]},
        "user": 7, "users": ["8", 9, 7], "none": null
    });
    let assets = |by: &str| plan("cover", "/includes/Asset", &["/sys/id"], &[by]);
    let users = |by: &str| plan("user", "/users", &["*"], &[by]);
    let numbered = |by: &str| plan("n", "/numbered", &["/id"], &[by]);
    for (plan, at, value) in [
        (
            assets("/fields/image/sys/id"),
            "@cover/fields/file/url",
            json!(["//img/2"]),
        ),
        // A reference of the shape of what it refers to.
        (
            assets("/fields/image"),
            "@cover/fields/file/url",
            json!(["//img/2"]),
        ),
        (
            assets("/fields/gallery/*/sys/id"),
            "@cover/fields/file/url",
            json!(["//img/2", "//img/1"]),
        ),
        (
            assets("/fields/gallery"),
            "@cover/fields/file/url",
            json!(["//img/2", "//img/1"]),
        ),
        (
            assets("$.fields.gallery[-1].sys.id"),
            "@cover/fields/file/url",
            json!(["//img/1"]),
        ),
        (assets("/none"), "@cover/fields/file/url", json!([])),
        (assets("/user"), "@cover/fields/file/url", json!([])),
        (users("/user"), "@user/name", json!(["Ada"])),
        (users("/users"), "@user/name", json!(["Grace", "Ada"])),
        (users("=8"), "@user", json!([{"name": "Grace"}])),
        (users("/user"), "@other/name", json!([])),
        // A number and a text that are written alike are alike.
        (numbered("/user"), "@n/n", json!(["seven", "again"])),
        (numbered("/users/0"), "@n/n", json!(["eight"])),
    ] {
        assert_eq!(
            found(std::slice::from_ref(&plan), &reply, &item, at),
            value,
            "{plan:?}"
        );
    }
}

#[test]
fn a_name_may_have_parts() {
    let reply = json!({"included": [
        {"type": "people", "id": "9", "attributes": {"name": "Dan"}},
        {"type": "people", "id": "2", "attributes": {"name": "Eve"}},
        {"type": "images", "id": "9", "attributes": {"name": "cover.png"}}
    ]});
    let item = json!({"relationships": {
        "author": {"data": {"type": "people", "id": "9"}},
        "cover": {"data": {"type": "images", "id": 9}},
        "readers": {"data": [{"type": "people", "id": "2"}, {"type": "images", "id": "9"}]},
        "none": {"data": null}
    }});
    let of = |key: &[&str], by: &[&str]| {
        let plan = plan("of", "/included", key, by);
        found(&[plan], &reply, &item, "@of/attributes/name")
    };
    let author = "/relationships/author/data";
    let parts = ["/type", "/id"];
    assert_eq!(of(&parts, &[author]), json!(["Dan"]));
    assert_eq!(
        of(&parts, &["/relationships/cover/data"]),
        json!(["cover.png"])
    );
    assert_eq!(
        of(&parts, &["/relationships/readers/data"]),
        json!(["Eve", "cover.png"])
    );
    assert_eq!(
        of(&parts, &["/relationships/readers/data/*"]),
        json!(["Eve", "cover.png"])
    );
    assert_eq!(of(&parts, &["/relationships/none/data"]), json!([]));
    let each = [
        "/relationships/readers/data/*/type",
        "/relationships/readers/data/*/id",
    ];
    assert_eq!(of(&parts, &each), json!(["Eve", "cover.png"]));
    assert_eq!(
        of(&parts, &["=people", "/relationships/readers/data/*/id"]),
        json!(["Eve", "Dan"])
    );
    // Of several places that are no parts, the first with something counts.
    let first = ["/relationships/none/data", author];
    assert_eq!(of(&["={/type}"], &first), json!(["Dan", "Eve"]));
    let said = "={/type}/{/id}";
    assert_eq!(of(&[said], &[author]), json!(["Dan"]));
    let by = "={/relationships/author/data/type}/{/relationships/author/data/id}";
    assert_eq!(of(&[said], &[by]), json!(["Dan"]));
}

#[test]
fn tables_lead_to_one_another_and_never_in_a_circle() {
    let reply = json!({
        "shows": [{"id": 1, "network": "n"}], "networks": [{"id": "n", "name": "One", "logo": 5}],
        "files": [{"id": 5, "url": "/five.png"}], "loops": [{"id": 1, "to": 1}]
    });
    let plans = [
        plan("show", "/shows", &["/id"], &["/show"]),
        plan("network", "/networks", &["/id"], &["@show/network"]),
        plan("logo", "/files", &["/id"], &["@network/logo"]),
        plan("a", "/loops", &["/id"], &["@b/to"]),
        plan("b", "/loops", &["/id"], &["@a/to"]),
    ];
    let item = json!({"show": 1});
    for (at, value) in [
        ("@network/name", json!(["One"])),
        ("@logo/url", json!(["/five.png"])),
        ("@a/to", json!([])),
    ] {
        assert_eq!(found(&plans, &reply, &item, at), value, "{at}");
    }
    // Ids alone are items too.
    let plans = [plan("show", "/shows", &["/id"], &[""])];
    assert_eq!(
        found(&plans, &reply, &json!(1), "@show/network"),
        json!(["n"])
    );
}

#[test]
fn why_nothing_is_found_is_told() {
    let reply = json!({"a": [{"id": 1}], "empty": [], "text": "x"});
    let plans = [
        plan("a", "/a", &["/id"], &["/of"]),
        plan("empty", "/empty", &["/id"], &["/of"]),
        plan("text", "/text", &["/id"], &["/of"]),
        plan("nameless", "/a", &["/nowhere"], &["/of"]),
    ];
    let joins = Joins::of(&plans, &reply);
    let why = |name: &str, item: &Value| {
        let item = Item::of(item).among(&joins);
        Joined::new(name).entries(&item, 0).unwrap_err().to_string()
    };
    let item = json!({"of": 2});
    for (name, item, words) in [
        ("@a/x", &item, "none of the 1 entries of @a is called 2"),
        ("@a/x", &json!({}), "the item names no entry of @a at /of"),
        ("@empty/x", &item, "@empty is empty: /empty has no entries"),
        (
            "@text/x",
            &item,
            "@text is empty: text stands at /text of the answer where a list belongs",
        ),
        (
            "@nameless/x",
            &item,
            "@nameless is empty: no entry has a name",
        ),
        ("@other/x", &item, "@other is empty: there is no such table"),
    ] {
        assert_eq!(why(name, item), words);
    }
}

#[test]
fn one_item_is_told_of_so_many_entries_and_no_more() {
    let reply = json!({"all": vec![json!({"id": 1}); 5000]});
    let plans = [plan("all", "/all", &["/id"], &["/ids"])];
    let item = json!({"ids": vec![1; 5000]});
    let Value::Array(all) = found(&plans, &reply, &item, "@all") else {
        panic!();
    };
    assert_eq!(all.len(), MOST);
}
