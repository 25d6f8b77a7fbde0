//! What is there and is not what the configuration says it is.

use super::super::super::mapping::cards::tests::values::row_of;
use super::*;

fn of(subtitle: &str, item: &Value) -> Vec<MissingField> {
    let card = format!("card = {{ id = '/id', title = '=T', subtitle = {subtitle} }}");
    missing_of(std::slice::from_ref(item), &row_of(&card))
}

#[test]
fn what_is_wrong_in_kind_is_named() {
    for (subtitle, item, words) in [
        (
            "{ at = '/x', format = 'money', currency = '/c' }",
            json!({"id": 1, "x": 5, "c": "coins"}),
            "no amount",
        ),
        (
            "{ at = '/x', format = 'time' }",
            json!({"id": 1, "x": "noon"}),
            "no time",
        ),
        (
            "{ at = '/x', format = 'weekday' }",
            json!({"id": 1, "x": "2026-13-01"}),
            "no date",
        ),
        (
            "{ at = '/x', format = 'date-time', zone = '/z' }",
            json!({"id": 1, "x": "2026-05-01T10:00:00", "z": "Middle Earth"}),
            "a zone that is not known",
        ),
        (
            "{ at = '/x', format = 'duration', unit = 'ms' }",
            json!({"id": 1, "x": "long"}),
            "no span of time",
        ),
        (
            "{ at = '/x', format = 'html' }",
            json!({"id": 1, "x": "<br>"}),
            "without a word",
        ),
    ] {
        let missing = of(subtitle, &item);
        let told: Vec<_> = missing
            .iter()
            .map(|it| (it.part.as_str(), it.kind, it.why.as_str()))
            .collect();
        let [("card.subtitle", Absence::Unusable, why)] = told[..] else {
            panic!("{subtitle}: {told:?}");
        };
        assert!(why.contains(words), "{subtitle}: {why}");
    }
}

#[test]
fn what_has_an_empty_word_is_not_missing() {
    let silent = "{ at = '/x', words = { 5 = '' } }";
    assert!(of(silent, &json!({"id": 1, "x": 5})).is_empty());
    assert!(!of(silent, &json!({"id": 1, "x": []})).is_empty());
}
