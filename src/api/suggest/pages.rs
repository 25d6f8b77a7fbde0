//! How a further page is asked for.

mod counted;
mod cursors;

use serde_json::Value;

use counted::{numbers, offsets};
use cursors::{cursors, last_id};

use super::names;
use super::survey::escaped;
use super::texts::quoted;
use super::values;

/// Values beside the items that are looked at.
const LOOKS: usize = 2000;

/// A way to a further page.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// `next` or `page`.
    pub key: &'static str,
    /// What is written in the file.
    pub toml: String,
    /// Why.
    pub why: String,
    /// What tells whether the API knows it.
    pub trial: Option<Trial>,
    /// How much speaks for it.
    pub score: f32,
    /// Where the reply says whether there is a next page, where only that is known.
    pub more: Option<String>,
}

impl Paging {
    /// The same, with pages that are counted from 0 or 1.
    #[must_use]
    pub fn counted_from(&self, start: u8) -> Self {
        match &self.trial {
            Some(Trial {
                parameter,
                value: None,
            }) => page_number(parameter, start, self.why.clone(), self.score),
            _ => self.clone(),
        }
    }
}

/// A request that tells whether the API knows a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The parameter.
    pub parameter: String,
    /// What asks for the next page; none where pages are counted, from 0 or from 1.
    pub value: Option<String>,
}

/// What is known of the request that was answered.
pub(super) struct Asked<'a> {
    /// The query of the address: names and values.
    pub(super) query: Vec<(String, String)>,
    /// The headers of the answer, names in lower case.
    pub(super) headers: &'a [(String, String)],
    /// How many items came.
    pub(super) items: usize,
}

/// A value beside the items.
struct Beside<'a> {
    at: String,
    names: Vec<String>,
    value: &'a Value,
}

impl Beside<'_> {
    /// Its own name, as names are compared.
    fn name(&self) -> String {
        let own = self.names.last();
        own.map(|name| names::joined(name)).unwrap_or_default()
    }
}

/// The ways to a further page, the likeliest first.
pub(super) fn ways(reply: &Value, list: &str, asked: &Asked<'_>) -> Vec<Paging> {
    let mut beside = Vec::new();
    collect(
        reply,
        list,
        &mut String::new(),
        &mut Vec::new(),
        &mut beside,
    );
    let mut found = Vec::new();
    found.extend(links(&beside));
    found.extend(relations(reply, list));
    found.extend(header(asked));
    found.extend(cursors(&beside, asked));
    found.extend(numbers(&beside, asked));
    found.extend(offsets(&beside, asked));
    found.extend(last_id(&beside));
    found.sort_by(|a: &Paging, b| b.score.total_cmp(&a.score));
    found
}

/// What is left to the owner of how a further page is asked for; none where the reply says it, or that all is here.
pub(super) fn note(
    reply: &Value,
    list: &str,
    asked: &Asked<'_>,
    ways: &[Paging],
) -> Option<String> {
    /// What is worth no more is made up.
    const GUESS: f32 = 4.0;
    if let Some(way) = ways.first() {
        return (way.score <= GUESS).then(|| {
            format!(
                "THE ROW MAY END EARLY: {}, and nothing says how a further page is asked for; page is a guess",
                way.why
            )
        });
    }
    let mut beside = Vec::new();
    collect(
        reply,
        list,
        &mut String::new(),
        &mut Vec::new(),
        &mut beside,
    );
    let is_all = beside.iter().any(|one| {
        let name = one.names.last().map(|name| names::words(name));
        name.is_some_and(|words| {
            words
                .iter()
                .any(|word| matches!(word.as_str(), "total" | "count"))
        }) && one.value.as_u64() == u64::try_from(asked.items).ok()
    });
    let told = match asked.headers.is_empty() {
        true => "nothing in the reply tells of a further page; a header might (curl -i)",
        false => "nothing in the reply and its headers tells of a further page",
    };
    (!is_all).then(|| told.to_owned())
}

/// All single values that stand in no list and not below `list`.
fn collect<'a>(
    value: &'a Value,
    list: &str,
    at: &mut String,
    names: &mut Vec<String>,
    found: &mut Vec<Beside<'a>>,
) {
    if found.len() > LOOKS || names.len() > 6 || (at == list && !list.is_empty()) {
        return;
    }
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let end = at.len();
                at.push('/');
                at.push_str(&escaped(name));
                names.push(name.clone());
                collect(inner, list, at, names, found);
                let _ = names.pop();
                at.truncate(end);
            }
        }
        Value::Array(_) => {}
        other => found.push(Beside {
            at: at.clone(),
            names: names.clone(),
            value: other,
        }),
    }
}

fn way(key: &'static str, toml: String, why: String, score: f32) -> Paging {
    Paging {
        key,
        toml,
        why,
        trial: None,
        score,
        more: None,
    }
}

/// Names of an address of the next page, by their words without what says that it is an address.
fn is_next(names: &[String]) -> bool {
    let Some(last) = names.last() else {
        return false;
    };
    let mut words = names::words(last);
    if words.len() == 1
        && matches!(
            words.first().map(String::as_str),
            Some("href" | "url" | "uri" | "link")
        )
    {
        return names.get(..names.len() - 1).is_some_and(is_next);
    }
    words.retain(|word| {
        !matches!(
            word.as_str(),
            "url"
                | "uri"
                | "link"
                | "href"
                | "page"
                | "records"
                | "path"
                | "odata"
                | "more"
                | "results"
                | "topics"
        )
    });
    matches!(words.as_slice(), [word] if word == "next")
        || (words.is_empty() && last.to_lowercase().contains("more"))
}

/// The reply holds the address of the next page.
fn links(beside: &[Beside<'_>]) -> Vec<Paging> {
    let found = beside.iter().filter(|one| is_next(&one.names));
    found
        .filter_map(|one| {
            let depth = one.names.len() as f32 * 0.2;
            match one.value {
                Value::String(text) if values::is_relative_link(text) => {
                    let kind = if values::is_address(text) {
                        "a whole address"
                    } else {
                        "an address relative to the reply's"
                    };
                    Some(way(
                        "next",
                        quoted(&one.at),
                        format!("{kind} of the next page"),
                        10.0 - depth,
                    ))
                }
                // The end of the list, of which the name of a link and its brother tell the kind.
                Value::Null => {
                    let is_brother = |other: &Beside<'_>| {
                        names::words(other.names.last().map_or("", String::as_str))
                            .iter()
                            .any(|word| word.starts_with("prev"))
                    };
                    beside.iter().any(is_brother).then(|| {
                        way(
                            "next",
                            quoted(&one.at),
                            "null here: this page is the last".to_owned(),
                            8.8 - depth,
                        )
                    })
                }
                _ => None,
            }
        })
        .collect()
}

/// The reply holds a list of links with their relations (RFC 8288 calls them so).
fn relations(reply: &Value, list: &str) -> Option<Paging> {
    let Value::Object(map) = reply else {
        return None;
    };
    map.iter()
        .filter(|(name, _)| format!("/{}", escaped(name)) != list)
        .find_map(|(name, value)| {
            let links = value.as_array()?;
            links.iter().find_map(|link| {
                let link = link.as_object()?;
                let (relation, says) = link
                    .iter()
                    .find(|(name, _)| matches!(name.as_str(), "rel" | "relation"))?;
                if says.as_str() != Some("next") {
                    return None;
                }
                let (address, _) = link.iter().find(|(name, value)| {
                    matches!(name.as_str(), "url" | "href" | "uri" | "link")
                        && value.as_str().is_some_and(values::is_relative_link)
                })?;
                let simple =
                    |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let path = match simple(name) {
                    true => format!("$.{name}[?@.{relation}=='next'].{address}"),
                    false => format!(
                        "$['{}'][?@.{relation}=='next'].{address}",
                        name.replace('\\', "\\\\").replace('\'', "\\'")
                    ),
                };
                Some(way(
                    "next",
                    quoted(&path),
                    "the link among several whose relation is next".to_owned(),
                    9.9,
                ))
            })
        })
}

/// The header Link (RFC 8288), and those that count pages.
fn header(asked: &Asked<'_>) -> Option<Paging> {
    let of = |name: &str| {
        asked
            .headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    let link = asked
        .headers
        .iter()
        .filter(|(name, _)| name == "link")
        .any(|(_, value)| {
            let plain = value.to_ascii_lowercase().replace(' ', "");
            plain.contains("rel=\"next\"") || plain.contains("rel=next")
        });
    if link {
        return Some(way(
            "page",
            "{ kind = \"link\" }".to_owned(),
            "the answer's header Link names the next page".to_owned(),
            9.0,
        ));
    }
    let counts = [
        "x-next-page",
        "x-total-pages",
        "x-wp-totalpages",
        "x-page-count",
        "x-pagination-page-count",
    ];
    let name = counts.into_iter().find(|name| of(name).is_some())?;
    Some(page_number(
        "page",
        1,
        format!("the answer's header {name} counts pages"),
        7.5,
    ))
}

/// Ways to try where nothing that the reply says leads on: `last` is the id of the last of `items` items.
pub(super) fn habits(items: usize, last: Option<&str>, more: Option<&str>) -> Vec<Paging> {
    let why = || "asked for, another page came".to_owned();
    let offset = |parameter: &str| Paging {
        trial: Some(Trial {
            parameter: parameter.to_owned(),
            value: Some(items.to_string()),
        }),
        ..way(
            "page",
            format!("{{ parameter = {}, kind = \"offset\" }}", quoted(parameter)),
            why(),
            0.0,
        )
    };
    let after = |parameter: &str| {
        let last = last?;
        let more = more.map_or_else(String::new, |more| format!(", more = {}", quoted(more)));
        Some(Paging {
            trial: Some(Trial {
                parameter: parameter.to_owned(),
                value: Some(last.to_owned()),
            }),
            ..way(
                "page",
                format!(
                    "{{ kind = \"last-id\", parameter = {}{more} }}",
                    quoted(parameter)
                ),
                why(),
                0.0,
            )
        })
    };
    let by_id = ["starting_after", "after", "max_id", "after_id"]
        .into_iter()
        .filter_map(after);
    let counted = [
        page_number("page", 1, why(), 0.0),
        offset("offset"),
        offset("skip"),
        offset("start"),
    ];
    match more {
        Some(_) => by_id.chain(counted).collect(),
        None => counted.into_iter().collect(),
    }
}

pub(super) fn page_number(parameter: &str, start: u8, why: String, score: f32) -> Paging {
    let start_at = if start == 0 { ", start = 0" } else { "" };
    Paging {
        trial: Some(Trial {
            parameter: parameter.to_owned(),
            value: None,
        }),
        ..way(
            "page",
            format!("{{ parameter = {}{start_at} }}", quoted(parameter)),
            why,
            score,
        )
    }
}

#[cfg(test)]
mod tests;
