//! What is sent along with a request, and how it is written.

use serde_json::{Map, Value};
use url::form_urlencoded::Serializer;

use super::blanks::Blanks;
use crate::api::Error;
use crate::api::mapping::value;
use crate::api::request::page_request::Payload;
use crate::config::{Encoding, Part, Template};

/// A value of the configuration with blanks in its texts, read once.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    Text(Vec<Part>),
    Plain(Value),
    List(Vec<Written>),
    Table(Vec<(String, Written)>),
}

impl From<&toml::Value> for Written {
    fn from(written: &toml::Value) -> Self {
        match written {
            // What was checked is a template; any other text is text.
            toml::Value::String(text) => Self::Text(
                Template::in_body(text)
                    .map_or_else(|_| vec![Part::Text(text.clone())], |it| it.parts),
            ),
            toml::Value::Integer(number) => Self::Plain(Value::from(*number)),
            toml::Value::Float(number) => Self::Plain(Value::from(*number)),
            toml::Value::Boolean(truth) => Self::Plain(Value::from(*truth)),
            toml::Value::Datetime(time) => Self::Plain(Value::from(time.to_string())),
            toml::Value::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            toml::Value::Table(table) => {
                let members = table.iter();
                Self::Table(
                    members
                        .map(|(name, it)| (name.clone(), it.into()))
                        .collect(),
                )
            }
        }
    }
}

impl Written {
    /// All parts of its texts.
    pub(super) fn parts(&self) -> Vec<&Part> {
        match self {
            Self::Text(parts) => parts.iter().collect(),
            Self::Plain(_) => Vec::new(),
            Self::List(list) => list.iter().flat_map(Self::parts).collect(),
            Self::Table(members) => members.iter().flat_map(|(_, it)| it.parts()).collect(),
        }
    }

    pub(super) fn filled(
        &self,
        blanks: &Blanks<'_>,
        field: &impl Fn(&str) -> Option<usize>,
    ) -> Result<Value, Error> {
        match self {
            Self::Text(parts) => text(parts, blanks, field),
            Self::Plain(value) => Ok(value.clone()),
            Self::List(list) => list.iter().map(|one| one.filled(blanks, field)).collect(),
            Self::Table(members) => {
                // APIs that page by a word of theirs are asked without one first, and some refuse null.
                let is_first =
                    |it: &Self| blanks.page.is_null() && *it == Self::Text(vec![Part::Page]);
                let members = members.iter().filter(|(_, it)| !is_first(it));
                let members =
                    members.map(|(name, it)| Ok((name.clone(), it.filled(blanks, field)?)));
                members.collect::<Result<Map<_, _>, _>>().map(Value::Object)
            }
        }
    }
}

/// A text of the body. One blank alone keeps the type of what fills it; among words it is text, or nothing.
fn text(
    parts: &[Part],
    blanks: &Blanks<'_>,
    field: &impl Fn(&str) -> Option<usize>,
) -> Result<Value, Error> {
    if let [alone] = parts {
        return blanks.value(alone, field);
    }
    let mut filled = String::new();
    for part in parts {
        match part {
            Part::Text(text) => filled.push_str(text),
            blank => {
                let found = value::raw(&blanks.value(blank, field)?);
                filled.push_str(&found.unwrap_or_default());
            }
        }
    }
    Ok(Value::String(filled))
}

/// A value as it is sent.
pub(super) fn payload(value: &Value, encoding: Encoding) -> Payload {
    match encoding {
        Encoding::Json => Payload::json(value.to_string().into_bytes()),
        Encoding::JsonPatch => Payload {
            content_type: "application/json-patch+json",
            bytes: value.to_string().into_bytes(),
        },
        Encoding::Form => {
            let mut form = Serializer::new(String::new());
            for (name, value) in value.as_object().into_iter().flatten() {
                field(&mut form, name, value);
            }
            Payload {
                content_type: "application/x-www-form-urlencoded",
                bytes: form.finish().into_bytes(),
            }
        }
    }
}

/// One field of a form: nothing is left out, a list is the field again for each of its values.
fn field(form: &mut Serializer<'_, String>, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) => {
            let _ = form.append_pair(name, text);
        }
        Value::Array(list) => list.iter().for_each(|one| field(form, name, one)),
        other => {
            let _ = form.append_pair(name, &other.to_string());
        }
    }
}
