//! Whether a value may stand where the parts of a card, or what an action sends, are described.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Finding, bad_escape, check_pointer, wrong_type};
use crate::config::keys::quoted;
use crate::config::{Format, Request, Template, suggestion};

fn finding(at: Range<usize>, below: Option<&str>, message: String) -> Finding {
    Finding {
        at,
        below: below.map(str::to_owned),
        message,
    }
}

/// A pointer, a text after `=`, or a list of these.
pub(super) fn pointers(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let expected = "a pointer in quotes, or a list of them";
    match value.get_ref() {
        DeValue::String(text) => place(text)
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
                    DeValue::String(text) => place(text).err()?,
                    other => wrong_type("a pointer in quotes", other),
                };
                Some(finding(item.span(), None, message))
            })
            .collect(),
        other => vec![finding(value.span(), None, wrong_type(expected, other))],
    }
}

/// One place of a list.
fn place(text: &str) -> Result<(), String> {
    if let Some(literal) = text.strip_prefix('=') {
        return Template::parse(literal).and_then(|template| in_an_item(&template));
    }
    if !text.is_empty() && !text.starts_with('/') {
        return Err(format!(
            "\"{text}\" is neither a JSON Pointer, which starts with a slash (\"/{text}\"), nor a text of its own, which \
             starts with an equals sign (\"={text}\")"
        ));
    }
    check_pointer(text)
}

/// What a text says of an item may hold pointers, but not `{id}`: that is found by such a text itself.
fn in_an_item(template: &Template) -> Result<(), String> {
    if template.parts.contains(&crate::config::Part::Id) {
        return Err("{id} is for actions; point at what the item has, such as {/id}".to_owned());
    }
    blanks(template)
}

fn blanks(template: &Template) -> Result<(), String> {
    match template.pointers().find(|pointer| bad_escape(pointer)) {
        Some(pointer) => check_pointer(pointer),
        None => Ok(()),
    }
}

/// [`pointers`], or a table with `at`, `format` and `when`.
pub(super) fn source(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let DeValue::Table(table) = value.get_ref() else {
        return pointers(value);
    };
    each(
        table,
        value.span(),
        &["at"],
        &["at", "format", "when"],
        |name, value| match name {
            "at" => pointers(value),
            "format" => text(value, |text| super::choice(text, Format::WORDS)),
            _ => text(value, slashed),
        },
    )
}

/// A table of texts, or of tables with `value` and `in`.
pub(super) fn parameters(table: &DeTable<'_>) -> Vec<Finding> {
    let one = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
        DeValue::Table(placed) => each(
            placed,
            value.span(),
            &["value", "in"],
            &["value", "in"],
            |name, value| match name {
                "value" => text(value, |_| Ok(())),
                _ => requests(value),
            },
        ),
        _ => text(value, |_| Ok(())),
    };
    table
        .iter()
        .flat_map(|(name, value)| {
            let own = own(name.get_ref()).map(|message| Finding {
                at: name.span(),
                below: None,
                message,
            });
            let found = one(value).into_iter().chain(own);
            found.map(|found| within(name.get_ref(), found))
        })
        .collect()
}

/// Why a parameter has this name in vain: the program has one of its own, with which it would be lost.
fn own(name: &str) -> Option<String> {
    let instead = match name {
        _ if !device_flow::Parameter::is_own(name) => return None,
        "client_id" => "write it at provider.client_id",
        "client_secret" => "name its file at provider.client_secret_file",
        name if name.starts_with("code_") => "provider.pkce sends it",
        _ => "leave it out",
    };
    Some(format!(
        "the program sends {name} itself, and this would be lost; {instead}"
    ))
}

/// A finding in what stands under `name`.
fn within(name: &str, found: Finding) -> Finding {
    let below = match found.below {
        Some(below) => format!("{name}.{below}"),
        None => name.to_owned(),
    };
    Finding {
        below: Some(below),
        ..found
    }
}

/// The requests a parameter goes with.
fn requests(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::Array(list) if list.is_empty() => {
            let message = format!("must not be empty: name any of {}", quoted(Request::WORDS));
            vec![finding(value.span(), None, message)]
        }
        DeValue::Array(list) => list
            .iter()
            .flat_map(|item| text(item, |name| super::choice(name, Request::WORDS)))
            .collect(),
        other => {
            let message = wrong_type("a list, such as [\"device\", \"token\"]", other);
            vec![finding(value.span(), None, message)]
        }
    }
}

/// A list of [`source`].
pub(super) fn sources(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::Array(list) => list
            .iter()
            .flat_map(|item| match item.get_ref() {
                // In this list each stands for itself, so a list in it would be another thing.
                DeValue::Array(_) => vec![finding(
                    item.span(),
                    None,
                    wrong_type("a pointer in quotes, or { at = [...] }", item.get_ref()),
                )],
                _ => source(item),
            })
            .collect(),
        other => {
            let message = wrong_type("a list, such as [\"/quality\"]", other);
            vec![finding(value.span(), None, message)]
        }
    }
}

/// [`pointers`], or a table with `value` and `max`.
pub(super) fn progress(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let DeValue::Table(table) = value.get_ref() else {
        return pointers(value);
    };
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
fn each(
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
            findings.extend(check(known, value).into_iter().map(|found| Finding {
                below: Some(known.to_owned()),
                ..found
            }));
        } else {
            let message = suggestion::unknown_key(known, names.iter().copied());
            findings.push(finding(name.span(), Some(known), message));
        }
    }
    findings
}

fn text(value: &Spanned<DeValue<'_>>, check: impl Fn(&str) -> Result<(), String>) -> Vec<Finding> {
    let message = match value.get_ref() {
        DeValue::String(text) => check(text).err(),
        other => Some(wrong_type("text in quotes", other)),
    };
    message
        .map(|message| finding(value.span(), None, message))
        .into_iter()
        .collect()
}

fn slashed(text: &str) -> Result<(), String> {
    if text.starts_with('/') {
        check_pointer(text)
    } else {
        Err(format!(
            "\"{text}\" is not a JSON Pointer into an item: it starts with a slash"
        ))
    }
}

/// A text with blanks.
pub(super) fn template(text: &str) -> Result<(), String> {
    Template::parse(text).and_then(|template| blanks(&template))
}

/// A table of what is sent, with blanks in its texts.
pub(super) fn body(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::Table(_) => anything(value),
        other => {
            let message = wrong_type("a table, such as { item = \"{id}\" }", other);
            vec![finding(value.span(), None, message)]
        }
    }
}

fn anything(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::String(text) => template(text)
            .err()
            .map(|message| finding(value.span(), None, message))
            .into_iter()
            .collect(),
        DeValue::Float(number) if !number.as_str().parse::<f64>().is_ok_and(f64::is_finite) => {
            let message = "JSON has no such number".to_owned();
            vec![finding(value.span(), None, message)]
        }
        DeValue::Array(list) => list.iter().flat_map(anything).collect(),
        DeValue::Table(table) => table
            .iter()
            .flat_map(|(_, value)| anything(value))
            .collect(),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Vec::new()
        }
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
