//! Whether one value may stand at one key.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::address;
use super::keys::ValueKind;
use super::{Blanks, Preset, device, json_path, remote, suggestion};

mod mapping;
mod request;
mod source;

/// Something wrong, and the bytes it is wrong at.
pub(super) struct Finding {
    /// Where in the file.
    pub(super) at: std::ops::Range<usize>,
    /// Key below the one that was checked, for tables and lists.
    pub(super) below: Option<String>,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// Checks one value against what may stand there.
pub(super) fn check(kind: ValueKind, value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let here = |outcome: Result<(), String>| match outcome {
        Ok(()) => Vec::new(),
        Err(message) => vec![Finding {
            at: value.span(),
            below: None,
            message,
        }],
    };
    match kind {
        ValueKind::Flag => here(match value.get_ref() {
            DeValue::Boolean(_) => Ok(()),
            other => Err(wrong_type("true or false", other)),
        }),
        ValueKind::FlagOr(words) => here(match value.get_ref() {
            DeValue::Boolean(_) => Ok(()),
            DeValue::String(text) => flag_or(text, words),
            other => Err(wrong_type(&kind.to_string(), other)),
        }),
        ValueKind::Whole(min, max) => here(whole(value.get_ref(), min, max)),
        ValueKind::Decimal(min, max) => here(decimal(value.get_ref(), min, max)),
        ValueKind::Words => list(value, "[\"openid\"]", word),
        ValueKind::Command => list(value, "[\"spd-say\", \"--wait\"]", argument),
        ValueKind::TextMap => match value.get_ref() {
            DeValue::Table(table) => text_map(table),
            other => here(Err(wrong_type("a table of texts", other))),
        },
        ValueKind::Parameters => match value.get_ref() {
            DeValue::Table(table) => request::parameters(table),
            other => here(Err(wrong_type("a table of texts", other))),
        },
        ValueKind::KeyMap => match value.get_ref() {
            DeValue::Table(table) => remote::key_map(table),
            other => here(Err(wrong_type("a table", other))),
        },
        ValueKind::Pointers => mapping::pointers(value),
        ValueKind::Source => source::source(value),
        ValueKind::Sources => source::sources(value),
        ValueKind::Progress => mapping::progress(value),
        ValueKind::Image => mapping::image(value),
        ValueKind::Lookups => mapping::lookups(value),
        ValueKind::LocalizedText => mapping::localized_text(value),
        ValueKind::LocalizedTexts => match value.get_ref() {
            DeValue::Table(table) => mapping::localized_texts(table),
            other => here(Err(wrong_type("a table of texts", other))),
        },
        ValueKind::Body => request::body(value),
        ValueKind::Headers => request::headers(value, request::api_header),
        ValueKind::CollectorHeaders => request::headers(value, request::collector_header),
        ValueKind::Token => request::token(value),
        // Its keys are those of a row.
        ValueKind::Opens => Vec::new(),
        ValueKind::Titles => mapping::titles(value),
        text => here(match value.get_ref() {
            DeValue::String(content) => check_text(text, content),
            other => Err(wrong_type("text in quotes", other)),
        }),
    }
}

fn check_text(kind: ValueKind, text: &str) -> Result<(), String> {
    // A JSON Pointer to the whole document has a meaning, and the path of an API with one address, as GraphQL has.
    if text.trim().is_empty() && !matches!(kind, ValueKind::Pointer | ValueKind::RowPath) {
        return Err("must not be empty".to_owned());
    }
    if text.starts_with('<') && text.ends_with('>') {
        return Err(format!(
            "{text} is a blank of the example: put your own value in its place"
        ));
    }
    match kind {
        ValueKind::Host => address::check_host(text),
        ValueKind::Address => address::parse(text).map(|_| ()),
        ValueKind::Base => address::parse_base(text).map(|_| ()),
        ValueKind::Pointer if text.starts_with('$') => check_path(text),
        ValueKind::Pointer if !text.is_empty() && !text.starts_with('/') => Err(format!(
            "\"{text}\" is not a JSON Pointer (RFC 6901): it starts with a slash, such as \"/{text}\""
        )),
        ValueKind::Pointer => check_pointer(text),
        ValueKind::Template => request::template(text, Blanks::Action),
        ValueKind::RowPath => request::template(text, Blanks::Row),
        ValueKind::Colour if !is_colour(text) => Err(format!(
            "\"{text}\" is not a colour: write # and six hexadecimal digits, such as \"#ff6a3d\""
        )),
        ValueKind::Choice(words) => choice(text, words),
        ValueKind::DeviceName => device::check_name(text),
        ValueKind::Preset => choice(text, &Preset::names()),
        _ => Ok(()),
    }
}

fn choice(text: &str, words: &[&str]) -> Result<(), String> {
    if words.contains(&text) {
        return Ok(());
    }
    Err(suggestion::not_one_of(text, words))
}

/// A word in place of true or false. Those two in quotes are a slip.
fn flag_or(text: &str, words: &[&str]) -> Result<(), String> {
    match text {
        "true" | "false" => Err(format!("write {text} without quotes")),
        text => choice(text, words),
    }
}

pub(super) fn whole(value: &DeValue<'_>, min: i64, max: i64) -> Result<(), String> {
    let DeValue::Integer(number) = value else {
        return Err(wrong_type("a whole number", value));
    };
    match i64::from_str_radix(number.as_str(), number.radix()) {
        Ok(number) if (min..=max).contains(&number) => Ok(()),
        _ => Err(format!("{number} is out of range: {min} to {max}")),
    }
}

fn decimal(value: &DeValue<'_>, min: f64, max: f64) -> Result<(), String> {
    let text = match value {
        DeValue::Float(number) => number.as_str(),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        other => return Err(wrong_type("a number", other)),
    };
    match text.parse::<f64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(()),
        _ => Err(format!("{text} is out of range: {min:.1} to {max:.1}")),
    }
}

/// A list of texts that are right one by one; `example` is for who wrote no list.
fn list(
    value: &Spanned<DeValue<'_>>,
    example: &str,
    check: fn(&str) -> Result<(), String>,
) -> Vec<Finding> {
    let DeValue::Array(items) = value.get_ref() else {
        return vec![Finding {
            at: value.span(),
            below: None,
            message: wrong_type(
                &format!("a list of texts, such as {example}"),
                value.get_ref(),
            ),
        }];
    };
    items
        .iter()
        .filter_map(|item| {
            let message = match item.get_ref() {
                DeValue::String(text) => check(text).err()?,
                other => wrong_type("text in quotes", other),
            };
            Some(Finding {
                at: item.span(),
                below: None,
                message,
            })
        })
        .collect()
}

fn word(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("must not be empty".to_owned());
    }
    if text.contains(char::is_whitespace) {
        return Err(format!(
            "\"{text}\" holds a space: write every scope as a text of its own"
        ));
    }
    Ok(())
}

/// What a program is called with may hold anything that can be handed to one.
fn argument(text: &str) -> Result<(), String> {
    match text {
        "" => Err("must not be empty".to_owned()),
        text if text.contains('\0') => Err("holds a NUL, which no program can be given".to_owned()),
        _ => Ok(()),
    }
}

fn text_map(table: &DeTable<'_>) -> Vec<Finding> {
    table
        .iter()
        .filter(|(_, value)| !value.get_ref().is_str())
        .map(|(name, value)| Finding {
            at: value.span(),
            below: Some(name.get_ref().to_string()),
            message: wrong_type("text in quotes", value.get_ref()),
        })
        .collect()
}

/// Words for a value of the wrong type. The value itself stays out: it may be a secret.
pub(super) fn wrong_type(expected: &str, found: &DeValue<'_>) -> String {
    let found = match found {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    format!("expected {expected}, found {found}")
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Checks how the names in a pointer are written.
fn check_pointer(text: &str) -> Result<(), String> {
    if bad_escape(text) {
        return Err(format!(
            "\"{text}\" is not a JSON Pointer (RFC 6901): write ~0 for ~ and ~1 for a slash in a name"
        ));
    }
    Ok(())
}

/// Checks how JSONPath is written.
fn check_path(text: &str) -> Result<(), String> {
    let read = json_path::parse(text).map(|_| ());
    read.map_err(|why| format!("\"{text}\" is not JSONPath (RFC 9535): {why}"))
}

/// A `~` that is followed by neither 0 nor 1 (RFC 6901 section 3).
fn bad_escape(pointer: &str) -> bool {
    pointer
        .split('~')
        .skip(1)
        .any(|after| !after.starts_with(['0', '1']))
}
