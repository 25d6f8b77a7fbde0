//! Names of lookups that a row uses and does not have.

use serde::Serialize;
use toml::Value;

use super::{Action, Part, Row, Template, suggestion};

/// The keys of a row whose places name a lookup that it does not have, with words.
pub(super) fn unknown(row: &Row) -> Vec<(&'static str, String)> {
    let known = || row.lookup.keys().map(String::as_str);
    let named = |key: &'static str, names: Vec<String>| {
        let unknown = names.into_iter().find(|name| !known().any(|it| it == name));
        unknown.map(|name| {
            let message = match suggestion::nearest(&name, known()) {
                Some(nearest) => format!("\"@{name}\" names no lookup of this row; the nearest is \"@{nearest}\""),
                None => format!("\"@{name}\" names no lookup of this row; add one: lookup = {{ {name} = {{ in, key, by }} }}"),
            };
            (key, message)
        })
    };
    let by: Vec<_> = row.lookup.values().map(|join| &join.by).collect();
    let of_action = |action: &Action| {
        let texts = names(&action.path).into_iter().chain(names(&action.body));
        texts
            .chain(names(&action.when))
            .chain(names(&action.unless))
            .collect::<Vec<_>>()
    };
    let found = [
        named("card", names(&row.card)),
        named(
            "details",
            names(&row.details.iter().map(|it| &it.value).collect::<Vec<_>>()),
        ),
        named("qr", names(&row.qr)),
        named("row_source", names(&row.row_source)),
        named("lookup", names(&by)),
        named("actions", row.actions.iter().flat_map(of_action).collect()),
    ];
    found.into_iter().flatten().collect()
}

/// The lookups that texts of a part of the configuration name.
fn names(part: &impl Serialize) -> Vec<String> {
    let mut names = Vec::new();
    // What cannot be written as TOML, such as nothing, has no text.
    let mut left: Vec<Value> = Value::try_from(part).into_iter().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => names.extend(named_in(&text)),
            Value::Array(list) => left.extend(list),
            // Words are texts, whatever they begin with.
            Value::Table(table) => {
                left.extend(
                    table
                        .into_iter()
                        .filter(|(key, _)| key != "words")
                        .map(|(_, value)| value),
                );
            }
            _ => {}
        }
    }
    names
}

fn named_in(text: &str) -> Vec<String> {
    let name = |place: &str| {
        let place = place.strip_prefix('@')?;
        Some(place.split('/').next()?.to_owned())
    };
    if text.starts_with('@') {
        return name(text).into_iter().collect();
    }
    let parts = Template::in_body(text).map_or_else(|_| Vec::new(), |template| template.parts);
    let names = parts.iter().filter_map(|part| match part {
        Part::At(place) | Part::Formatted(place, _) | Part::Reserved(place) => name(place),
        _ => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lookup_that_a_row_does_not_have_is_named() {
        let row = |text: &str| -> Row {
            let base = "title = 'T'\npath = 'x'\nlookup = { cover = { in = '/a', key = '/id', by = '/b' } }\n";
            toml::from_str(&format!("{base}{text}"))
                .unwrap_or_else(|error| panic!("{text}: {error}"))
        };
        for (text, key) in [
            (
                "card = { id = '/id', title = '@cover/name', badges = [{ at = '/x', words = { a = '@none' } }] }",
                None,
            ),
            ("card = { id = '/id', title = '=by {@cover/name}' }", None),
            ("card = { id = '/id', title = '@covr/name' }", Some("card")),
            (
                "card = { id = '/id', title = '=by {@covr/name}' }",
                Some("card"),
            ),
            (
                "card = { id = '/id', title = '=T', image = { at = ['/x', '@covr/name'] } }",
                Some("card"),
            ),
            (
                "card = { id = '/id', title = '=T', subtitle = { at = '/x', when = '@covr/name' } }",
                Some("card"),
            ),
            (
                "details = [{ label = 'L', value = '@covr/x' }]",
                Some("details"),
            ),
            ("qr = '@covr/x'", Some("qr")),
            (
                "actions = [{ label = 'A', method = 'POST', path = 'x/{@covr/id}' }]",
                Some("actions"),
            ),
            (
                "actions = [{ label = 'A', method = 'POST', path = 'x', body = { a = '{@covr/id}' } }]",
                Some("actions"),
            ),
        ] {
            let row = row(text);
            let found = unknown(&row);
            assert_eq!(found.first().map(|(key, _)| *key), key, "{text}");
            assert!(
                found.iter().all(|(_, words)| words.contains("\"@cover\"")),
                "{found:?}"
            );
        }
    }
}
