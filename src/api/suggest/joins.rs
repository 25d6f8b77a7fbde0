//! What stands elsewhere in the reply and belongs to an item by its id.

use std::collections::BTreeMap;

use super::lists::List;
use super::names;
use super::pictures;
use super::survey::{Place, Survey};
use super::texts::{Choice, quoted};
use super::titles;

/// A join within the reply.
pub(super) struct Join {
    /// Its name in the row.
    pub(super) name: String,
    /// The table of `lookup`.
    pub(super) toml: String,
    /// Why.
    pub(super) why: String,
    /// The picture of what is joined, by its name.
    pub(super) picture: Option<Choice>,
    /// What the joined is called.
    pub(super) title: Option<Choice>,
}

/// The joins from the items of `best` to other lists of the reply.
pub(super) fn joins(best: &List<'_>, survey: &Survey<'_>, lists: &[List<'_>]) -> Vec<Join> {
    /// Lists that are looked at, and joins that are told.
    const LISTS: usize = 12;
    const JOINS: usize = 2;
    let others = lists.iter().filter(|list| {
        list.at != best.at
            && !list.at.starts_with(&format!("{}/", best.at))
            && !list.at.contains('*')
    });
    let mut found: Vec<Join> = Vec::new();
    for list in others.take(LISTS) {
        let Some((key, by)) = reference(survey, list) else {
            continue;
        };
        // Only those that an item refers to: a list may hold several kinds.
        let wanted: Vec<String> = by
            .values
            .iter()
            .map(|(_, value)| value.to_string())
            .collect();
        let meant: Vec<&serde_json::Value> = list
            .items
            .iter()
            .copied()
            .filter(|item| {
                item.pointer(&key)
                    .is_some_and(|value| wanted.contains(&value.to_string()))
            })
            .collect();
        let of = Survey::of(&meant);
        let name = name_of(by);
        let joined = |toml: &str| {
            toml.replace("\"/", &format!("\"@{name}/"))
                .replace("{/", &format!("{{@{name}/"))
        };
        let picture = pictures::picture(&of).map(|picture| Choice {
            toml: joined(&picture.choice.toml),
            ..picture.choice
        });
        // A picture's own title is no second line.
        let title = titles::title(&of)
            .filter(|_| {
                picture.is_none()
                    || by.at.to_lowercase().contains("user")
                    || names::is_person(&name)
            })
            .map(|title| Choice {
                toml: joined(&quoted(&title.at.first().cloned().unwrap_or_default())),
                why: title.why,
                shown: title.shown,
                at: String::new(),
            });
        if found.iter().any(|join| join.name == name) || (picture.is_none() && title.is_none()) {
            continue;
        }
        found.push(Join {
            toml: format!(
                "{name} = {{ in = {}, key = {}, by = {} }}",
                quoted(&list.at),
                quoted(&key),
                quoted(&by.at)
            ),
            why: format!("{} names items of {} by their {key}", by.at, list.at),
            name,
            picture,
            title,
        });
        if found.len() == JOINS {
            break;
        }
    }
    found
}

/// The key of `list`'s items and the place in the survey's that names it: the values of the latter are among the former.
fn reference<'b, 'a>(survey: &'b Survey<'a>, list: &List<'_>) -> Option<(String, &'b Place<'a>)> {
    let side = Survey::of(&list.items);
    let keys = side.single().filter(|place| {
        place.names.len() <= 3
            && place.tells_apart()
            && names::words(place.own_name()).last().is_some_and(|last| {
                matches!(
                    last.as_str(),
                    "id" | "key" | "uuid" | "guid" | "uri" | "url" | "href" | "slug"
                )
            })
    });
    let mut best: Option<(f32, String, &Place<'_>)> = None;
    for key in keys {
        let mut known: BTreeMap<String, Option<&serde_json::Value>> = BTreeMap::new();
        for item in &list.items {
            if let Some(value) = item.pointer(&key.at) {
                let _ = known.insert(value.to_string(), item.get("type"));
            }
        }
        for by in survey
            .places
            .iter()
            .filter(|by| by.lists <= 1 && !is_own(by))
        {
            let found = by
                .values
                .iter()
                .filter(|(item, value)| {
                    let Some(kind) = known.get(&value.to_string()) else {
                        return false;
                    };
                    // Numbers are the same in many lists; a type beside both must be, too (JSON:API).
                    let beside = survey
                        .at(&format!("{}/type", by.parent()))
                        .and_then(|place| place.values.iter().find(|(number, _)| number == item));
                    match (kind, beside) {
                        (Some(kind), Some((_, beside))) => kind == beside,
                        _ => true,
                    }
                })
                .count();
            let share = found as f32 / by.values.len().max(1) as f32;
            let words = names::words(by.own_name());
            let says_so = words.last().is_some_and(|last| {
                matches!(last.as_str(), "id" | "ids" | "ref" | "key" | "href" | "uri")
            }) || by.lists == 1;
            if share < 0.5 || !says_so {
                continue;
            }
            let score = share + survey.share(by) - 0.2 * by.lists as f32 - 0.05 * by.distance;
            if best.as_ref().is_none_or(|(known, _, _)| score > *known) {
                best = Some((score, key.at.clone(), by));
            }
        }
    }
    best.map(|(_, key, by)| (key, by))
}

/// Whether a place is the item's own id and no reference.
fn is_own(place: &Place<'_>) -> bool {
    place.names.len() == 1
        && matches!(
            names::joined(place.own_name()).as_str(),
            "id" | "uuid" | "key" | "guid"
        )
}

/// What a join is called: by what refers to it.
fn name_of(by: &Place<'_>) -> String {
    let speaking = by.names.iter().rev().find_map(|name| {
        let mut words = names::words(name);
        words.retain(|word| {
            !matches!(
                word.as_str(),
                "id" | "ids"
                    | "sys"
                    | "data"
                    | "ref"
                    | "key"
                    | "href"
                    | "uri"
                    | "target"
                    | "fields"
                    | "attributes"
                    | "relationships"
            )
        });
        (!words.is_empty()).then(|| words.join("_"))
    });
    speaking.unwrap_or_else(|| "joined".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::lists::lists;
    use super::*;

    #[test]
    fn what_an_item_names_is_joined() {
        for (reply, lookup, picture) in [
            (
                json!({"data": [{"type": "posts", "id": "9", "attributes": {"title": "One"}, "relationships": {"author": {"data": {"type": "people", "id": "7"}}}}],
                       "included": [{"type": "people", "id": "7", "attributes": {"firstName": "Ada", "lastName": "L", "avatar": "https://i.example/7.png"}}, {"type": "tags", "id": "9", "attributes": {"name": "x"}}]}),
                "author = { in = \"/included\", key = \"/id\", by = \"/relationships/author/data/id\" }",
                "\"@author/attributes/avatar\"",
            ),
            (
                json!({"items": [{"sys": {"id": "e1"}, "fields": {"title": "One", "image": {"sys": {"id": "a1"}}}}],
                       "includes": {"Asset": [{"sys": {"id": "a1"}, "fields": {"title": "pic", "file": {"url": "//i.example/1.jpg"}}}]}}),
                "image = { in = \"/includes/Asset\", key = \"/sys/id\", by = \"/fields/image/sys/id\" }",
                "\"@image/fields/file/url\"",
            ),
        ] {
            let lists = lists(&reply);
            let survey = Survey::of(&lists[0].items);
            let joins = joins(&lists[0], &survey, &lists);
            assert_eq!(joins[0].toml, lookup);
            assert_eq!(joins[0].picture.as_ref().unwrap().toml, picture);
        }
    }

    #[test]
    fn numbers_that_happen_to_be_alike_are_no_join() {
        let reply = json!({
            "items": [{"id": "a", "name": "A", "position": 1}, {"id": "b", "name": "B", "position": 2}],
            "genres": [{"id": 1, "name": "G"}, {"id": 2, "name": "H"}],
        });
        let lists = lists(&reply);
        let survey = Survey::of(&lists[0].items);
        assert!(joins(&lists[0], &survey, &lists).is_empty());
    }
}
