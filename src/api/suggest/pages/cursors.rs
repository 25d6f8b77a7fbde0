//! Pages that are asked for by a word of the reply before, or by its last item.

use serde_json::Value;

use super::{Asked, Beside, Paging, Trial, way};
use crate::api::suggest::names;
use crate::api::suggest::texts::quoted;
use crate::api::suggest::values;

/// Names that a parameter is given where the reply's own word says little.
fn parameter_of_cursor(names: &[String]) -> Vec<String> {
    let last = names.last().map_or("", String::as_str);
    let words = names::words(last);
    let own = match words.first().map(String::as_str) {
        Some("next") if words.len() > 1 => without_next(last),
        Some("end") => "after".to_owned(),
        _ => last.to_owned(),
    };
    let mut found = Vec::new();
    // A token by the name of "next" or "cursor" alone is sent back under another name more often than not.
    if matches!(
        names::joined(&own).as_str(),
        "cursor" | "next" | "token" | "continuation"
    ) && names.len() > 1
    {
        let family = names
            .iter()
            .rev()
            .nth(1)
            .map(|above| names::joined(above))
            .unwrap_or_default();
        if matches!(
            family.as_str(),
            "pagination" | "paging" | "cursors" | "pageinfo"
        ) && names::joined(&own) == "cursor"
        {
            found.push("after".to_owned());
        }
    }
    found.push(match names::joined(&own).as_str() {
        "next" => "cursor".to_owned(),
        _ => own,
    });
    // Words of a reply that some APIs take back under another name; a request tells.
    if found.iter().any(|name| names::joined(name) == "cursor") {
        found.extend(["after", "start_cursor", "page[cursor]"].map(str::to_owned));
    }
    let mut known = Vec::new();
    found.retain(|name| {
        !known.contains(name) && {
            known.push(name.clone());
            true
        }
    });
    found
}

/// `nextPageToken` is sent back as `pageToken`, `next_cursor` as `cursor`.
fn without_next(name: &str) -> String {
    let rest = name
        .get(4..)
        .unwrap_or_default()
        .trim_start_matches(['_', '-', '.']);
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

/// The reply holds a word that asks for the next page.
pub(super) fn cursors(beside: &[Beside<'_>], asked: &Asked<'_>) -> Vec<Paging> {
    let is_cursor = |one: &&Beside<'_>| {
        let last = one.names.last().map_or("", String::as_str);
        let words = names::words(last);
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let is_back = has(&[
            "prev", "previous", "before", "start", "sync", "access", "refresh", "csrf", "delta",
        ]);
        let by_name = has(&["cursor", "continuation", "marker", "after", "scroll"])
            || (has(&["token"]) && has(&["next", "page", "continuation"]))
            || (has(&["next"]) && !has(&["url", "link", "href"]))
            || (words.len() == 1 && has(&["offset", "bookmark"]))
            || names::joined(last) == "nextid";
        (by_name && !is_back) || is_continued(one)
    };
    beside
        .iter()
        .filter(is_cursor)
        .filter_map(|one| {
            let text = match one.value {
                Value::String(text) if !text.is_empty() && !values::is_relative_link(text) && values::moment(text).is_none() => text.clone(),
                // A number is a place only where its name says that it is the next.
                Value::Number(number) if names::words(one.names.last()?).iter().any(|word| word == "next") && !is_next_page(one, beside) => number.to_string(),
                Value::Number(number) if is_continued(one) => number.to_string(),
                _ => return None,
            };
            let depth = one.names.len() as f32 * 0.2;
            let parameters = parameter_of_cursor(&one.names);
            let known = asked.query.iter().find(|(name, _)| parameters.contains(name)).map(|(name, _)| name.clone());
            let parameters = known.map_or(parameters, |known| vec![known]);
            Some(parameters.into_iter().enumerate().map(move |(order, parameter)| Paging {
                trial: Some(Trial { parameter: parameter.clone(), value: Some(text.clone()) }),
                ..way(
                    "page",
                    format!("{{ parameter = {}, kind = \"cursor\", cursor = {} }}", quoted(&parameter), quoted(&one.at)),
                    format!("{} of the reply asks for the next page, as the parameter {parameter}", one.at),
                    9.5 - depth - 0.05 * order as f32,
                )
            }))
        })
        .flatten()
        .collect()
}

/// `{"continue": {"offset": 10, "continue": "-||"}}`: a member of what goes on is sent back by its own name.
fn is_continued(one: &Beside<'_>) -> bool {
    let mut names = one.names.iter().rev().map(|name| names::joined(name));
    let own = names.next();
    names.next().as_deref() == Some("continue")
        && own.is_some_and(|own| {
            own != "continue" && (own.ends_with("continue") || own.ends_with("offset"))
        })
}

/// Whether it is the number of the page after the one that the reply counts beside it.
fn is_next_page(one: &Beside<'_>, beside: &[Beside<'_>]) -> bool {
    beside.iter().any(|other| {
        other.names.len() == one.names.len()
            && other.names.last().is_some_and(|name| {
                matches!(
                    names::joined(name).as_str(),
                    "page" | "currentpage" | "current"
                )
            })
            && other.value.as_u64().map(|page| page + 1) == one.value.as_u64()
            && one.value.is_u64()
    })
}

/// The reply says only that there is more: the last item's id asks for it.
pub(super) fn last_id(beside: &[Beside<'_>]) -> Option<Paging> {
    let more = beside.iter().find(|one| {
        let name = one.name();
        matches!(
            name.as_str(),
            "hasmore" | "more" | "hasnext" | "moreavailable"
        ) && one.value.is_boolean()
    })?;
    let toml = format!(
        "{{ kind = \"last-id\", parameter = \"starting_after\", more = {} }}",
        quoted(&more.at)
    );
    Some(Paging {
        more: Some(more.at.clone()),
        ..way(
            "page",
            toml,
            format!(
                "{} is {}; the id of the last item asks for what follows it",
                more.at, more.value
            ),
            5.0,
        )
    })
}
