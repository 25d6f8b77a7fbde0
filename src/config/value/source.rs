//! Whether a value may stand where a text of a card is described.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use toml::Spanned;
use toml::de::DeValue;

use super::mapping::{each, finding, places_of, selector, slashed, text, text_map};
use super::{Finding, wrong_type};
use crate::config::format_keys::{BY, formats_in, implied, means_nothing, reads_by};
use crate::config::{Blanks, Format, Unit};
use crate::host::time_zone;

const NO_CURRENCY: &str =
    "missing: an amount of money has a currency, such as \"EUR\", or a pointer to it";

/// [`pointers`], or a table with `at` and how the value there is written.
pub(super) fn source(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let table = match value.get_ref() {
        DeValue::Table(table) => table,
        DeValue::Array(list) if list.iter().any(|item| item.get_ref().is_table()) => {
            let message = "a list is of pointers and \"=texts\" alone: write { at = [\"/a\", \"=Untitled\"], format = … }";
            return vec![finding(value.span(), None, message.to_owned())];
        }
        other => {
            let mut findings = places_of(value, Blanks::Card);
            if in_blanks(Some(other)).contains(&Format::Money) {
                let message = "an amount of money has a currency: write { at = \"={/m|money}\", currency = \"EUR\" }";
                findings.push(finding(value.span(), None, message.to_owned()));
            }
            return findings;
        }
    };
    let names = &[
        "at", "format", "unit", "words", "zone", "currency", "minor", "when",
    ];
    let mut findings = each(
        table,
        value.span(),
        &["at"],
        names,
        |name, value| match name {
            "at" => places_of(value, Blanks::Card),
            "format" => text(value, |text| super::choice(text, Format::WORDS)),
            "unit" => text(value, |text| super::choice(text, Unit::WORDS)),
            "words" => text_map(value),
            "zone" => text(value, zone),
            "currency" => text(value, currency),
            "minor" => match value.get_ref() {
                DeValue::Boolean(_) => Vec::new(),
                other => vec![finding(
                    value.span(),
                    None,
                    wrong_type("true or false", other),
                )],
            },
            _ => text(value, slashed),
        },
    );
    let written = |key: &str| table.get(key).map(Spanned::get_ref);
    let has = |key: &str| match written(key) {
        Some(DeValue::Boolean(set)) => *set,
        // What is no such value was found above.
        other => other.is_some_and(DeValue::is_str),
    };
    let in_blanks = in_blanks(written("at"));
    let format = match written("format") {
        Some(format) => match format.as_str().and_then(named) {
            Some(format) => format,
            // What it is said to be is no format: that was found above.
            None => return findings,
        },
        None => implied(has, &in_blanks),
    };
    for key in BY {
        let is_read_by = |format: &Format| reads_by(*format, key);
        if has(key) && !is_read_by(&format) && !in_blanks.iter().any(is_read_by) {
            let at = table.get(key).map_or(value.span(), Spanned::span);
            findings.push(finding(at, Some(key), means_nothing(key, format)));
        }
    }
    if !table.contains_key("currency")
        && (format == Format::Money || in_blanks.contains(&Format::Money))
    {
        findings.push(finding(
            value.span(),
            Some("currency"),
            NO_CURRENCY.to_owned(),
        ));
    }
    findings
}

fn named(word: &str) -> Option<Format> {
    let word: StrDeserializer<'_, serde::de::value::Error> = word.into_deserializer();
    Format::deserialize(word).ok()
}

/// The formats that blanks of these places have.
fn in_blanks(at: Option<&DeValue<'_>>) -> Vec<Format> {
    match at {
        Some(DeValue::String(text)) => formats_in([text.as_ref()]),
        Some(DeValue::Array(list)) => {
            formats_in(list.iter().filter_map(|item| item.get_ref().as_str()))
        }
        _ => Vec::new(),
    }
}

/// A zone's name, or a place that has it.
fn zone(text: &str) -> Result<(), String> {
    match text {
        _ if text.trim().is_empty() => Err("must not be empty".to_owned()),
        _ if text.starts_with(['/', '$', '@']) => selector(text),
        _ if time_zone::named(text).is_some() || !time_zone::are_known() => Ok(()),
        _ => Err(format!(
            "\"{text}\" is neither a time zone that this machine knows, such as \"Europe/Berlin\" or \"W. Europe Standard \
             Time\", nor a pointer to one"
        )),
    }
}

/// A currency's code, or a place that has it.
fn currency(text: &str) -> Result<(), String> {
    if text.starts_with(['/', '$', '@']) {
        return selector(text);
    }
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(format!(
        "\"{text}\" is neither a currency's code of three capital letters (ISO 4217), such as \"EUR\", nor a pointer to it"
    ))
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
