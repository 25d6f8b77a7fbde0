//! Whether a value may stand where the parts of a card are described.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::source;
use super::{Finding, check_path, check_pointer, wrong_type};
use crate::config::keys::quoted;
use crate::config::{Blanks, Part, Template, suggestion};

pub(super) fn finding(at: Range<usize>, below: Option<&str>, message: String) -> Finding {
    Finding {
        at,
        below: below.map(str::to_owned),
        message,
    }
}

/// A pointer, a text after `=`, or a list of these.
pub(super) fn pointers(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    places_of(value, Blanks::Address)
}

/// The same, whose texts may have these blanks.
pub(super) fn places_of(value: &Spanned<DeValue<'_>>, blanks: Blanks) -> Vec<Finding> {
    let expected = "a pointer in quotes, or a list of them";
    match value.get_ref() {
        DeValue::String(text) => place(text, blanks)
            .err()
            .map(|message| finding(value.span(), None, message))
            .into_iter()
            .collect(),
        DeValue::Array(list) if list.is_empty() => {
            vec![finding(value.span(), None, "must not be empty".to_owned())]
        }
        DeValue::Array(list) => list
            .iter()
            .filter_map(|item| {
                let message = match item.get_ref() {
                    DeValue::String(text) => place(text, blanks).err()?,
                    other => wrong_type("a pointer in quotes", other),
                };
                Some(finding(item.span(), None, message))
            })
            .collect(),
        other => vec![finding(value.span(), None, wrong_type(expected, other))],
    }
}

/// One place of a list.
fn place(text: &str, blanks: Blanks) -> Result<(), String> {
    if let Some(literal) = text.strip_prefix('=') {
        return Template::with(literal, blanks).and_then(|template| in_an_item(&template, blanks));
    }
    if text == "*" {
        return Ok(());
    }
    if !text.is_empty() && !text.starts_with(['/', '$', '@']) {
        return Err(format!(
            "\"{text}\" is neither a JSON Pointer, which starts with a slash (\"/{text}\"), nor a text of its own, which \
             starts with an equals sign (\"={text}\")"
        ));
    }
    selector(text)
}

/// A JSON Pointer, JSONPath, or a place in what a lookup found.
pub(super) fn selector(text: &str) -> Result<(), String> {
    if text.starts_with('$') {
        return check_path(text);
    }
    let Some(found) = text.strip_prefix('@') else {
        return check_pointer(text);
    };
    let (name, pointer) = found.split_at(found.find('/').unwrap_or(found.len()));
    if name.is_empty() {
        return Err(format!(
            "\"{text}\" names no lookup: write \"@name/pointer\", with a name of the row's lookup table"
        ));
    }
    check_pointer(pointer)
}

/// What a text says of an item may hold places, but not `{id}`: that is found by such a text itself.
fn in_an_item(template: &Template, blanks: Blanks) -> Result<(), String> {
    for part in &template.parts {
        match part {
            Part::Text(_) | Part::At(_) | Part::Formatted(..) => {}
            Part::Id => {
                return Err(
                    "{id} is for actions; point at what the item has, such as {/id}".to_owned(),
                );
            }
            // An address is told as it is found, so both say the same in one.
            Part::Reserved(_) if blanks == Blanks::Address => {}
            Part::Reserved(place) => {
                return Err(format!(
                    "{{+{place}}} is for paths and addresses; write {{{place}}}"
                ));
            }
            Part::Me(_) | Part::Now(_) | Part::Today(_) | Part::Page => {
                return Err(
                    "this blank is for paths and bodies; a card's text has blanks of its item alone, such as {/name}"
                        .to_owned(),
                );
            }
        }
    }
    places(template)
}

/// The places that blanks name.
pub(super) fn places(template: &Template) -> Result<(), String> {
    template.pointers().try_for_each(selector)
}

pub(super) fn text_map(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::Table(table) => super::text_map(table),
        other => vec![finding(
            value.span(),
            None,
            wrong_type("a table of texts", other),
        )],
    }
}

/// [`pointers`], or a table with `at` and `fill`.
pub(super) fn image(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let DeValue::Table(table) = value.get_ref() else {
        return pointers(value);
    };
    each(
        table,
        value.span(),
        &["at"],
        &["at", "fill"],
        |name, value| match (name, value.get_ref()) {
            ("at", _) => pointers(value),
            (_, DeValue::Table(fill)) => fill
                .iter()
                .filter_map(|(name, value)| match value.get_ref() {
                    DeValue::Integer(_) | DeValue::String(_) => None,
                    other => {
                        let message = wrong_type("a whole number or text in quotes", other);
                        Some(finding(value.span(), Some(name.get_ref()), message))
                    }
                })
                .collect(),
            (_, other) => {
                let message = wrong_type("a table, such as { width = 640, height = 360 }", other);
                vec![finding(value.span(), None, message)]
            }
        },
    )
}

/// A table of names to tables with `in`, `key` and `by`.
pub(super) fn lookups(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let expected = "a table of names, such as { cover = { in = \"/assets\", key = \"/id\", by = \"/cover_id\" } }";
    let DeValue::Table(table) = value.get_ref() else {
        let message = wrong_type(expected, value.get_ref());
        return vec![finding(value.span(), None, message)];
    };
    let mut findings = Vec::new();
    for (name, join) in table {
        let known = name.get_ref().as_ref();
        if known.is_empty() || known.contains(['/', '|', '}', '@']) {
            let message =
                "a lookup's name is a word without slashes, bars, braces and @".to_owned();
            findings.push(finding(name.span(), Some(known), message));
        }
        let names = &["in", "key", "by"];
        let found = match join.get_ref() {
            DeValue::Table(join_table) => each(
                join_table,
                join.span(),
                names,
                names,
                |name, value| match name {
                    "in" => text(value, |text| {
                        super::check_text(super::ValueKind::Pointer, text)
                    }),
                    _ => pointers(value),
                },
            ),
            other => vec![finding(
                join.span(),
                None,
                wrong_type("a table with in, key and by", other),
            )],
        };
        findings.extend(found.into_iter().map(|found| within(known, found)));
    }
    findings
}

/// A text, or a table of languages to texts.
pub(super) fn localized_text(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let DeValue::Table(table) = value.get_ref() else {
        return text(value, filled);
    };
    if table.is_empty() {
        return vec![finding(value.span(), None, "must not be empty".to_owned())];
    }
    let each = table.iter().flat_map(|(tag, value)| {
        let tag_text = tag.get_ref().as_ref();
        let own = is_language(tag_text).err();
        let own = own.map(|message| finding(tag.span(), Some(tag_text), message));
        let below = text(value, filled).into_iter();
        own.into_iter()
            .chain(below.map(|found| within(tag_text, found)))
    });
    each.collect()
}

/// Checks a table of names to such texts.
pub(super) fn localized_texts(table: &DeTable<'_>) -> Vec<Finding> {
    let each = table.iter().flat_map(|(name, value)| {
        let found = localized_text(value).into_iter();
        found.map(|found| within(name.get_ref(), found))
    });
    each.collect()
}

fn filled(text: &str) -> Result<(), String> {
    super::check_text(super::ValueKind::Text, text)
}

/// Whether a text has the form of a language tag (BCP 47).
fn is_language(tag: &str) -> Result<(), String> {
    let mut parts = tag.split('-');
    let is_word = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let language = parts.next().unwrap_or_default();
    if (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(is_word)
    {
        return Ok(());
    }
    Err(format!(
        "\"{tag}\" is not a language tag (BCP 47), such as \"de\" or \"pt-BR\""
    ))
}

/// A finding in what stands under `name`.
pub(super) fn within(name: &str, found: Finding) -> Finding {
    let below = match found.below {
        Some(below) => format!("{name}.{below}"),
        None => name.to_owned(),
    };
    Finding {
        below: Some(below),
        ..found
    }
}

/// [`pointers`], a table with `value` and `max`, or one with `from` and `to`.
pub(super) fn progress(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let DeValue::Table(table) = value.get_ref() else {
        return pointers(value);
    };
    if table.contains_key("from") || table.contains_key("to") {
        let keys = &["from", "to"];
        return each(table, value.span(), keys, keys, |_, value| source(value));
    }
    let keys = &["value", "max"];
    each(table, value.span(), keys, keys, |name, value| {
        match (name, value.get_ref()) {
            ("max", DeValue::Integer(_) | DeValue::Float(_)) => {
                let message = super::decimal(value.get_ref(), f64::MIN_POSITIVE, 1e15).err();
                message
                    .map(|_| "a whole is more than nothing".to_owned())
                    .map(|message| finding(value.span(), None, message))
                    .into_iter()
                    .collect()
            }
            _ => pointers(value),
        }
    })
}

/// A table with some of `names`, and all that are `required`.
pub(super) fn each(
    table: &DeTable<'_>,
    at: Range<usize>,
    required: &[&str],
    names: &[&str],
    check: impl Fn(&str, &Spanned<DeValue<'_>>) -> Vec<Finding>,
) -> Vec<Finding> {
    let mut findings: Vec<_> = required
        .iter()
        .filter(|name| !table.contains_key(**name))
        .map(|name| {
            let message = format!("missing: {} belong together", quoted(required));
            let message = match required {
                [_] => "missing".to_owned(),
                _ => message,
            };
            finding(at.clone(), Some(name), message)
        })
        .collect();
    for (name, value) in table {
        let known = name.get_ref().as_ref();
        if names.contains(&known) {
            let found = check(known, value).into_iter();
            findings.extend(found.map(|found| within(known, found)));
        } else {
            let message = suggestion::unknown_key(known, names.iter().copied());
            findings.push(finding(name.span(), Some(known), message));
        }
    }
    findings
}

pub(super) fn text(
    value: &Spanned<DeValue<'_>>,
    check: impl Fn(&str) -> Result<(), String>,
) -> Vec<Finding> {
    let message = match value.get_ref() {
        DeValue::String(text) => check(text).err(),
        other => Some(wrong_type("text in quotes", other)),
    };
    message
        .map(|message| finding(value.span(), None, message))
        .into_iter()
        .collect()
}

pub(super) fn slashed(text: &str) -> Result<(), String> {
    if text.starts_with(['/', '$', '@']) {
        selector(text)
    } else {
        Err(format!(
            "\"{text}\" is not a JSON Pointer into an item: it starts with a slash"
        ))
    }
}

/// A list of texts.
pub(super) fn titles(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let DeValue::Array(list) = value.get_ref() else {
        let message = wrong_type("a list of titles, such as [\"My list\"]", value.get_ref());
        return vec![finding(value.span(), None, message)];
    };
    list.iter()
        .filter_map(|item| match item.get_ref() {
            DeValue::String(_) => None,
            other => Some(finding(
                item.span(),
                None,
                wrong_type("text in quotes", other),
            )),
        })
        .collect()
}
