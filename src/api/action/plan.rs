//! An action of the configuration, read once: which button it is, and what it sends of an item.

use serde_json::{Map, Value};

use super::effect::{Effect, Refresh};
use crate::api::Error;
use crate::api::mapping::card::{Card, OwnId};
use crate::api::mapping::lookup::is_something;
use crate::api::mapping::pointer::Pointer;
use crate::api::mapping::value;
use crate::api::request::address;
use crate::config::{self, Part, Template};

/// An action of the configuration, read once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ActionPlan {
    pub(crate) label: String,
    pub(crate) method: String,
    path: Vec<Placeholder>,
    pub(crate) body: Option<toml::Value>,
    /// The card's fields that the texts of the body name, by pointer.
    in_body: Vec<(String, usize)>,
    /// Whether the path or the body name the item.
    names_item: bool,
    when: Option<usize>,
    unless: Option<usize>,
    pub(crate) refresh: Refresh,
    pub(crate) effect: Effect,
}

#[derive(Debug, Clone, PartialEq)]
enum Placeholder {
    Text(String),
    Id,
    Field { pointer: String, field: usize },
}

/// Something of an item that an action is given.
#[derive(Debug)]
pub(crate) struct Requirement {
    /// Its key in the configuration, such as `actions."Add".path`.
    pub(crate) part: String,
    /// Which of the plan's fields it is.
    pub(crate) field: usize,
    pub(crate) of: RequiredFor,
}

/// What an action is given something for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequiredFor {
    /// To be called at all.
    Path,
    /// To be sent; nothing is sent as null.
    Body,
    /// To be offered or not.
    Question,
}

/// What an action is given of one card.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    id: Option<Value>,
    fields: Vec<Value>,
}

impl Given {
    pub(crate) fn of(card: &Card) -> Self {
        Self {
            id: card.sent_id(),
            fields: card.fields.clone(),
        }
    }
}

impl ActionPlan {
    /// Reads an action of `all` that a row has, and notes in `fields` what it needs of an item.
    pub(crate) fn new(
        action: &config::Action,
        all: &[config::Action],
        fields: &mut Vec<Pointer>,
    ) -> Self {
        let mut field = |pointer: &str| {
            let known = fields.iter().position(|known| known.text() == pointer);
            known.unwrap_or_else(|| {
                fields.push(Pointer::new(pointer));
                fields.len() - 1
            })
        };
        let path = read(&action.path).parts;
        let in_path = path.contains(&Part::Id);
        let path = path
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => Placeholder::Text(text),
                Part::Id => Placeholder::Id,
                Part::At(pointer) | Part::Reserved(pointer) => Placeholder::Field {
                    field: field(&pointer),
                    pointer,
                },
                Part::Formatted(..) | Part::Me(_) | Part::Now(_) | Part::Today(_) | Part::Page => {
                    Placeholder::Text(String::new())
                }
            })
            .collect();
        let mut named = Named::default();
        if let Some(body) = &action.body {
            named.add(body);
        }
        let in_body = named
            .pointers
            .into_iter()
            .map(|pointer| {
                let field = field(&pointer);
                (pointer, field)
            })
            .collect();
        Self {
            label: action.label.to_string(),
            method: action.method.clone(),
            path,
            body: action.body.clone(),
            in_body,
            names_item: in_path || named.item,
            when: action.when.as_deref().map(&mut field),
            unless: action.unless.as_deref().map(&mut field),
            refresh: match &action.refresh {
                None => Refresh::All,
                Some(titles) => Refresh::Titled(titles.clone()),
            },
            effect: Effect::of(action, all),
        }
    }

    /// Whether `card` has this action: not one that names the item where the item has no name.
    pub(crate) fn is_offered(&self, card: &Card) -> bool {
        let on = |field: usize| card.fields.get(field).is_some_and(is_something);
        let can_be_named = !self.names_item || card.own_id != OwnId::Missing;
        can_be_named && self.when.is_none_or(on) && !self.unless.is_some_and(on)
    }

    /// What it is given of an item, in the order of the configuration.
    pub(crate) fn requirements(&self) -> Vec<Requirement> {
        let need = |part: &str, field: usize, of: RequiredFor| Requirement {
            part: format!("actions.\"{}\".{part}", self.label),
            field,
            of,
        };
        let in_path = self.path.iter().filter_map(|blank| match blank {
            Placeholder::Field { field, .. } => Some(need("path", *field, RequiredFor::Path)),
            Placeholder::Text(_) | Placeholder::Id => None,
        });
        let in_body = self.in_body.iter();
        let in_body = in_body.map(|(_, field)| need("body", *field, RequiredFor::Body));
        let when = self
            .when
            .map(|field| need("when", field, RequiredFor::Question));
        let unless = self
            .unless
            .map(|field| need("unless", field, RequiredFor::Question));
        in_path.chain(in_body).chain(when).chain(unless).collect()
    }

    pub(crate) fn path(&self, given: &Given) -> Result<String, Error> {
        let mut path = String::new();
        for blank in &self.path {
            match blank {
                Placeholder::Text(text) => path.push_str(text),
                Placeholder::Id => {
                    let id = given.id.as_ref().and_then(value::raw);
                    let id = id.ok_or_else(|| Error::Refused("the item has no id".to_owned()))?;
                    path.push_str(&address::segment(&id)?);
                }
                Placeholder::Field { pointer, field } => {
                    let value = given.fields.get(*field).and_then(value::raw);
                    let value = value.ok_or_else(|| {
                        Error::Refused(format!("the item has nothing at {pointer} for the path"))
                    })?;
                    path.push_str(&address::segment(&value)?);
                }
            }
        }
        Ok(path)
    }

    pub(crate) fn value(&self, written: &toml::Value, given: &Given) -> Value {
        match written {
            toml::Value::String(text) => self.fill(text, given),
            toml::Value::Integer(number) => Value::from(*number),
            toml::Value::Float(number) => Value::from(*number),
            toml::Value::Boolean(truth) => Value::from(*truth),
            toml::Value::Datetime(time) => Value::from(time.to_string()),
            toml::Value::Array(list) => list.iter().map(|one| self.value(one, given)).collect(),
            toml::Value::Table(table) => Value::Object(self.object(table, given)),
        }
    }

    fn object(&self, table: &toml::Table, given: &Given) -> Map<String, Value> {
        table
            .iter()
            .map(|(name, value)| (name.clone(), self.value(value, given)))
            .collect()
    }

    /// A text of the body. One blank alone keeps the item's type; among words it is text, or nothing.
    fn fill(&self, text: &str, given: &Given) -> Value {
        let at = |pointer: &str| {
            let field = self.in_body.iter().find(|(named, _)| named == pointer);
            field.and_then(|(_, field)| given.fields.get(*field))
        };
        let template = read(text);
        match template.parts.as_slice() {
            [Part::At(pointer)] => return at(pointer).cloned().unwrap_or_default(),
            [Part::Id] => return given.id.clone().unwrap_or_default(),
            _ => {}
        }
        let id = || given.id.as_ref().and_then(value::raw);
        let mut filled = String::new();
        for part in &template.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Id => filled.push_str(&id().unwrap_or_default()),
                Part::At(pointer) | Part::Reserved(pointer) => {
                    filled.push_str(&at(pointer).and_then(value::raw).unwrap_or_default());
                }
                Part::Formatted(..) | Part::Me(_) | Part::Now(_) | Part::Today(_) | Part::Page => {}
            }
        }
        Value::String(filled)
    }
}

/// A text of the configuration, which was checked; what is no template is text.
fn read(text: &str) -> Template {
    Template::in_body(text).unwrap_or_else(|_| Template {
        parts: vec![Part::Text(text.to_owned())],
    })
}

/// What the texts of a body name.
#[derive(Default)]
struct Named {
    pointers: Vec<String>,
    item: bool,
}

impl Named {
    fn add(&mut self, value: &toml::Value) {
        match value {
            toml::Value::String(text) => {
                let template = read(text);
                self.item |= template.parts.contains(&Part::Id);
                for pointer in template.pointers() {
                    if !self.pointers.iter().any(|known| known == pointer) {
                        self.pointers.push(pointer.to_owned());
                    }
                }
            }
            toml::Value::Array(list) => list.iter().for_each(|one| self.add(one)),
            toml::Value::Table(table) => table.values().for_each(|one| self.add(one)),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_) => {}
        }
    }
}
