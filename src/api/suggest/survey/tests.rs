use serde_json::json;

use super::*;

#[test]
fn places_are_counted_over_all_items() {
    let items = [
        json!({"id": 1, "tags": ["a", "b"], "m": {"x": null}}),
        json!({"id": 2, "tags": [], "a/b": "c"}),
    ];
    let survey = Survey::of(&items.iter().collect::<Vec<_>>());
    let told: Vec<_> = survey
        .places
        .iter()
        .map(|place| (place.at.as_str(), place.in_items))
        .collect();
    assert_eq!(told, [("/a~1b", 1), ("/id", 2), ("/tags/*", 1)]);
    let tags = survey.at("/tags/*").unwrap();
    assert_eq!((tags.lists, tags.different(), tags.name()), (1, 2, "tags"));
    assert_eq!(survey.in_words(tags), "in 1 of 2 items");
}

#[test]
fn a_wrapper_is_near_and_a_person_far() {
    let item =
        json!({"kind": "x", "film": {"a": 1, "b": 2, "c": 3, "title": "t"}, "user": {"name": "n"}});
    let survey = Survey::of(&[&item]);
    let distance = |pointer| survey.at(pointer).unwrap().distance;
    assert!(distance("/film/title") < distance("/user/name"));
    assert_eq!(distance("/kind"), 0.0);
}

#[test]
fn what_is_deep_or_wide_is_bounded() {
    let mut deep = json!(1);
    for _ in 0..60 {
        deep = json!({ "a": deep });
    }
    let wide: serde_json::Map<String, Value> =
        (0..9000).map(|n| (n.to_string(), json!(n))).collect();
    let items = [deep, Value::Object(wide)];
    let survey = Survey::of(&items.iter().collect::<Vec<_>>());
    assert!(survey.places.len() <= PLACES);
}
