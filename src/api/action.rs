//! What can be done with a card: a button, one press of it, and what came of that.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::lookup::is_something;
use super::pattern::Pattern;
use super::{Card, Error, OwnId, address};
use crate::config::{self, Part, Template};

/// An action of the configuration, read once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Action {
    label: String,
    method: String,
    path: Vec<Blank>,
    body: Option<toml::Table>,
    /// The card's fields that the texts of the body name, by pointer.
    in_body: Vec<(String, usize)>,
    /// Whether the path or the body name the item.
    names_item: bool,
    when: Option<usize>,
    unless: Option<usize>,
    refresh: Refresh,
    effect: Effect,
}

#[derive(Debug, Clone, PartialEq)]
enum Blank {
    Text(String),
    Id,
    Field { pointer: String, field: usize },
}

/// Something of an item that an action is given.
#[derive(Debug)]
pub(super) struct Need {
    /// Its key in the configuration, such as `actions."Add".path`.
    pub(super) part: String,
    /// Which of the plan's fields it is.
    pub(super) field: usize,
    pub(super) of: NeedOf,
}

/// What an action is given something for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NeedOf {
    /// To be called at all.
    Path,
    /// To be sent; nothing is sent as null.
    Body,
    /// To be offered or not.
    Question,
}

/// What an action does with a card, where that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Puts it where another action takes it away: onto a list.
    Adds,
    /// Takes it away.
    Removes,
    /// Something else.
    Other,
}

impl Effect {
    /// DELETE takes away (RFC 9110 section 9.3.5). What is offered just where a DELETE is not is its opposite.
    fn of(action: &config::Action, all: &[config::Action]) -> Self {
        let removes = |action: &config::Action| action.method.eq_ignore_ascii_case("DELETE");
        let opposite = |other: &config::Action| {
            removes(other) && other.when.is_some() && other.when == action.unless
        };
        if removes(action) {
            Self::Removes
        } else if all.iter().any(opposite) {
            Self::Adds
        } else {
            Self::Other
        }
    }
}

/// Which rows an action changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    /// All of them, for all that is known.
    All,
    /// Those with these titles.
    Titled(Vec<String>),
}

impl Refresh {
    /// Whether the row with this title is to be loaded anew.
    pub fn concerns(&self, title: &str) -> bool {
        match self {
            Self::All => true,
            Self::Titled(titles) => titles.iter().any(|one| one == title),
        }
    }
}

impl Action {
    /// Reads an action of `all` that a row has, and notes in `fields` what it needs of an item.
    pub(super) fn new(
        action: &config::Action,
        all: &[config::Action],
        fields: &mut Vec<Pattern>,
    ) -> Self {
        let mut field = |pointer: &str| {
            let known = fields.iter().position(|known| known.text() == pointer);
            known.unwrap_or_else(|| {
                fields.push(Pattern::new(pointer));
                fields.len() - 1
            })
        };
        let path = read(&action.path).parts;
        let in_path = path.contains(&Part::Id);
        let path = path
            .into_iter()
            .map(|part| match part {
                Part::Text(text) => Blank::Text(text),
                Part::Id => Blank::Id,
                Part::At(pointer) => Blank::Field {
                    field: field(&pointer),
                    pointer,
                },
            })
            .collect();
        let mut named = Named::default();
        if let Some(body) = &action.body {
            body.values().for_each(|value| named.add(value));
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
            label: action.label.clone(),
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
    pub(super) fn is_offered(&self, card: &Card) -> bool {
        let on = |field: usize| card.fields.get(field).is_some_and(is_something);
        let can_be_named = !self.names_item || card.own_id != OwnId::Missing;
        can_be_named && self.when.is_none_or(on) && !self.unless.is_some_and(on)
    }

    /// What it is given of an item, in the order of the configuration.
    pub(super) fn needs(&self) -> Vec<Need> {
        let need = |part: &str, field: usize, of: NeedOf| Need {
            part: format!("actions.\"{}\".{part}", self.label),
            field,
            of,
        };
        let in_path = self.path.iter().filter_map(|blank| match blank {
            Blank::Field { field, .. } => Some(need("path", *field, NeedOf::Path)),
            Blank::Text(_) | Blank::Id => None,
        });
        let in_body = self.in_body.iter();
        let in_body = in_body.map(|(_, field)| need("body", *field, NeedOf::Body));
        let when = self.when.map(|field| need("when", field, NeedOf::Question));
        let unless = self
            .unless
            .map(|field| need("unless", field, NeedOf::Question));
        in_path.chain(in_body).chain(when).chain(unless).collect()
    }

    fn path(&self, offer: &Offer) -> Result<String, Error> {
        let mut path = String::new();
        for blank in &self.path {
            match blank {
                Blank::Text(text) => path.push_str(text),
                Blank::Id => {
                    let id = offer.id.as_ref().and_then(super::phrase::raw);
                    let id = id.ok_or_else(|| Error::Refused("the item has no id".to_owned()))?;
                    path.push_str(&address::segment(&id)?);
                }
                Blank::Field { pointer, field } => {
                    let value = offer.fields.get(*field).and_then(super::phrase::raw);
                    let value = value.ok_or_else(|| {
                        Error::Refused(format!("the item has nothing at {pointer} for the path"))
                    })?;
                    path.push_str(&address::segment(&value)?);
                }
            }
        }
        Ok(path)
    }

    fn value(&self, written: &toml::Value, offer: &Offer) -> Value {
        match written {
            toml::Value::String(text) => self.fill(text, offer),
            toml::Value::Integer(number) => Value::from(*number),
            toml::Value::Float(number) => Value::from(*number),
            toml::Value::Boolean(truth) => Value::from(*truth),
            toml::Value::Datetime(time) => Value::from(time.to_string()),
            toml::Value::Array(list) => list.iter().map(|one| self.value(one, offer)).collect(),
            toml::Value::Table(table) => Value::Object(self.object(table, offer)),
        }
    }

    fn object(&self, table: &toml::Table, offer: &Offer) -> Map<String, Value> {
        table
            .iter()
            .map(|(name, value)| (name.clone(), self.value(value, offer)))
            .collect()
    }

    /// A text of the body. One blank alone keeps the item's type; among words it is text, or nothing.
    fn fill(&self, text: &str, offer: &Offer) -> Value {
        let at = |pointer: &str| {
            let field = self.in_body.iter().find(|(named, _)| named == pointer);
            field.and_then(|(_, field)| offer.fields.get(*field))
        };
        let template = read(text);
        match template.parts.as_slice() {
            [Part::At(pointer)] => return at(pointer).cloned().unwrap_or_default(),
            [Part::Id] => return offer.id.clone().unwrap_or_default(),
            _ => {}
        }
        let id = || offer.id.as_ref().and_then(super::phrase::raw);
        let mut filled = String::new();
        for part in &template.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Id => filled.push_str(&id().unwrap_or_default()),
                Part::At(pointer) => {
                    filled.push_str(&at(pointer).and_then(super::phrase::raw).unwrap_or_default());
                }
            }
        }
        Value::String(filled)
    }
}

/// A text of the configuration, which was checked; what is no template is text.
fn read(text: &str) -> Template {
    Template::parse(text).unwrap_or_else(|_| Template {
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

/// A button on the detail screen of one card.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it says.
    pub label: String,
    action: Arc<Action>,
    id: Option<Value>,
    fields: Vec<Value>,
}

impl Offer {
    pub(super) fn new(action: Arc<Action>, card: &Card) -> Self {
        Self {
            label: action.label.clone(),
            action,
            id: card.sent_id(),
            fields: card.fields.clone(),
        }
    }

    /// One press of the button, for [`super::Client::press`]. A further press is another one.
    pub fn press(&self) -> Press {
        Press {
            offer: self.clone(),
            key: format!("{:032x}", fastrand::u128(..)),
        }
    }
}

/// One press of an [`Offer`]'s button. Every request that it leads to carries the same `Idempotency-Key`,
/// so that an API that knows the header does the thing once however often it is asked: also where the press
/// itself is made again because nobody knows what came of it ([`Error::leaves_open`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Press {
    offer: Offer,
    pub(super) key: String,
}

impl Press {
    /// HTTP method.
    pub(super) fn method(&self) -> &str {
        &self.offer.action.method
    }

    /// The path with its blanks filled.
    ///
    /// # Errors
    /// [`Error::Refused`] where the item has nothing that can stand there.
    pub(super) fn path(&self) -> Result<String, Error> {
        self.offer.action.path(&self.offer)
    }

    /// What is sent.
    pub(super) fn body(&self) -> Option<Vec<u8>> {
        let action = &self.offer.action;
        let table = action.body.as_ref()?;
        let value = Value::Object(action.object(table, &self.offer));
        Some(value.to_string().into_bytes())
    }

    /// What it does with the card.
    pub fn effect(&self) -> Effect {
        self.offer.action.effect
    }

    /// Which rows to load anew once it is done, or may be.
    pub fn refresh(&self) -> Refresh {
        self.offer.action.refresh.clone()
    }
}

/// What came of a [`Press`] that the API did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What the API said, ready to be shown, where it said something.
    pub words: Option<String>,
    /// Which rows to load anew.
    pub refresh: Refresh,
}

#[cfg(test)]
mod tests;
