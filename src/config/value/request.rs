//! Whether a value may stand where what is sent is described: parameters, headers, the token's place, bodies.

use reqwest::header::{HeaderName, HeaderValue};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mapping::{each, finding, places, text, within};
use super::{Finding, wrong_type};
use crate::config::keys::quoted;
use crate::config::{Blanks, Part, Request, TOKEN_BLANK, Template, header_refusal};

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

/// A table of the names of headers to texts, or to tables with `file`; `may_be` judges each name.
pub(super) fn headers(
    value: &Spanned<DeValue<'_>>,
    may_be: fn(&str) -> Result<(), String>,
) -> Vec<Finding> {
    let DeValue::Table(table) = value.get_ref() else {
        let message = wrong_type("a table, such as { Client-Id = \"x\" }", value.get_ref());
        return vec![finding(value.span(), None, message)];
    };
    let mut findings = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in table {
        let known = name.get_ref().as_ref();
        let lower = known.to_ascii_lowercase();
        let own = match seen.contains(&lower) {
            true => Err("this header stands here twice".to_owned()),
            false => may_be(known),
        };
        seen.push(lower);
        if let Err(message) = own {
            findings.push(finding(name.span(), Some(known), message));
        }
        let found = match value.get_ref() {
            DeValue::Table(file) => each(file, value.span(), &["file"], &["file"], |_, value| {
                text(value, |text| {
                    super::check_text(super::ValueKind::File, text)
                })
            }),
            _ => text(value, header_value),
        };
        findings.extend(found.into_iter().map(|found| within(known, found)));
    }
    findings
}

/// Whether a header of this name may go to the owner's API.
pub(super) fn api_header(name: &str) -> Result<(), String> {
    match name.eq_ignore_ascii_case("authorization") {
        true => Err(
            "this header carries the access token: say at token how, or leave it out".to_owned(),
        ),
        false => header_name(name),
    }
}

/// Whether a header of this name may go to the collector of telemetry.
pub(super) fn collector_header(name: &str) -> Result<(), String> {
    match name.eq_ignore_ascii_case("content-type") {
        true => Err("it follows from what is sent; leave it out".to_owned()),
        false => header_name(name),
    }
}

/// Whether a header of this name may be added to a request.
fn header_name(name: &str) -> Result<(), String> {
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Err(format!(
            "\"{name}\" is no name of a header (RFC 9110 section 5.1): it is of letters, digits and hyphens"
        ));
    }
    // The access token may be written there otherwise than RFC 6750 has it.
    let is_token = name.eq_ignore_ascii_case("authorization");
    match header_refusal(name).filter(|_| !is_token) {
        Some(why) => Err(format!("this header cannot be chosen: {why}; leave it out")),
        None => Ok(()),
    }
}

fn header_value(text: &str) -> Result<(), String> {
    super::check_text(super::ValueKind::Text, text)?;
    HeaderValue::from_str(text)
        .map(|_| ())
        .map_err(|_| "holds a character that no header may carry (RFC 9110 section 5.5)".to_owned())
}

/// One of the words, or a table with `header` and perhaps `value`, or with `query`.
pub(super) fn token(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    let expected = "\"bearer\", \"none\", { header = \"X-Token\" } or { query = \"key\" }";
    match value.get_ref() {
        DeValue::String(_) => text(value, |text| super::choice(text, &["bearer", "none"])),
        DeValue::Table(table) if table.contains_key("query") => {
            each(table, value.span(), &["query"], &["query"], |_, value| {
                text(value, |text| {
                    super::check_text(super::ValueKind::Text, text)
                })
            })
        }
        DeValue::Table(table) => {
            let names = &["header", "value"];
            each(
                table,
                value.span(),
                &["header"],
                names,
                |name, value| match name {
                    "header" => text(value, header_name),
                    _ => text(value, |text| {
                        header_value(text)?;
                        if text.contains(TOKEN_BLANK) {
                            return Ok(());
                        }
                        Err(format!(
                            "must hold {TOKEN_BLANK}, which stands for the access token"
                        ))
                    }),
                },
            )
        }
        other => vec![finding(value.span(), None, wrong_type(expected, other))],
    }
}

/// A text with blanks.
pub(super) fn template(text: &str, blanks: Blanks) -> Result<(), String> {
    sent(&Template::with(text, blanks)?, blanks)
}

/// Whether a template may have these blanks.
fn sent(template: &Template, blanks: Blanks) -> Result<(), String> {
    for part in &template.parts {
        match part {
            Part::Formatted(place, _) => {
                return Err(format!(
                    "what is sent is never written for viewers: {{{place}}} stands without a format"
                ));
            }
            Part::At(place) if place == "*" => {
                return Err(
                    "{*} is for the texts of a card; what is sent has {id}, which may be \"*\""
                        .to_owned(),
                );
            }
            Part::Page if blanks == Blanks::Action => {
                return Err(
                    "{page} is for the path and body of a row: an action has no pages".to_owned(),
                );
            }
            _ => {}
        }
    }
    places(template)
}

/// A table or a list of what is sent, with blanks in its texts.
pub(super) fn body(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::Table(_) | DeValue::Array(_) => anything(value),
        other => {
            let message = wrong_type("a table, such as { item = \"{id}\" }, or a list", other);
            vec![finding(value.span(), None, message)]
        }
    }
}

fn anything(value: &Spanned<DeValue<'_>>) -> Vec<Finding> {
    match value.get_ref() {
        DeValue::String(text) => Template::in_body(text)
            .and_then(|template| sent(&template, Blanks::Body))
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
