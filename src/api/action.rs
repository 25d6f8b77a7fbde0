//! What can be done with a card: a button, one press of it, and what came of that.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::lookup::is_something;
use super::pattern::Pattern;
use super::{Card, Error, address};
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
    when: Option<usize>,
    unless: Option<usize>,
    refresh: Refresh,
}

#[derive(Debug, Clone, PartialEq)]
enum Blank {
    Text(String),
    Id,
    Field { pointer: String, field: usize },
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
    /// Reads an action, and notes in `fields` what it needs of an item.
    pub(super) fn new(action: &config::Action, fields: &mut Vec<Pattern>) -> Self {
        let mut field = |pointer: &str| {
            let known = fields.iter().position(|known| known.text() == pointer);
            known.unwrap_or_else(|| {
                fields.push(Pattern::new(pointer));
                fields.len() - 1
            })
        };
        let path = read(&action.path)
            .parts
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
        let mut named = Vec::new();
        if let Some(body) = &action.body {
            body.values().for_each(|value| pointers(value, &mut named));
        }
        let in_body = named
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
            when: action.when.as_deref().map(&mut field),
            unless: action.unless.as_deref().map(&mut field),
            refresh: match &action.refresh {
                None => Refresh::All,
                Some(titles) => Refresh::Titled(titles.clone()),
            },
        }
    }

    /// Whether `card` has this action.
    pub(super) fn is_offered(&self, card: &Card) -> bool {
        let on = |field: usize| card.fields.get(field).is_some_and(is_something);
        self.when.is_none_or(on) && !self.unless.is_some_and(on)
    }

    fn path(&self, offer: &Offer) -> Result<String, Error> {
        let mut path = String::new();
        for blank in &self.path {
            match blank {
                Blank::Text(text) => path.push_str(text),
                Blank::Id => path.push_str(&address::segment(&offer.id)?),
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
        if let [Part::At(pointer)] = template.parts.as_slice() {
            return at(pointer).cloned().unwrap_or_default();
        }
        let mut filled = String::new();
        for part in &template.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Id => filled.push_str(&offer.id),
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

fn pointers(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => {
            for pointer in read(text).pointers() {
                if !found.iter().any(|known| known == pointer) {
                    found.push(pointer.to_owned());
                }
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|one| pointers(one, found)),
        toml::Value::Table(table) => table.values().for_each(|one| pointers(one, found)),
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {}
    }
}

/// A button on the detail screen of one card.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it says.
    pub label: String,
    action: Arc<Action>,
    id: String,
    fields: Vec<Value>,
}

impl Offer {
    pub(super) fn new(action: Arc<Action>, card: &Card) -> Self {
        Self {
            label: action.label.clone(),
            action,
            id: card.id.clone(),
            fields: card.fields.clone(),
        }
    }

    /// One press of the button. Pass it to [`super::Client::press`] once; a further press is another one.
    pub fn press(&self) -> Press {
        Press {
            offer: self.clone(),
            key: format!("{:032x}", fastrand::u128(..)),
        }
    }
}

/// One press of an [`Offer`]'s button. Every request that it leads to carries the same `Idempotency-Key`,
/// so that an API that knows the header does the thing once however often it is asked.
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

    /// Which rows to load anew once it is done.
    pub(super) fn refresh(&self) -> Refresh {
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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::Row;

    fn row(action: config::Action) -> Row {
        let row = config::Row {
            card: config::CardMap {
                id: "/id".into(),
                title: "/name".into(),
                ..config::CardMap::default()
            },
            actions: vec![action],
            ..config::Row::default()
        };
        Row::new(0, &row)
    }

    fn offers(action: config::Action, item: &Value) -> Vec<Offer> {
        let row = row(action);
        let card = super::super::mapping::card(item, 0, &row.plan, &address());
        row.offers(&card)
    }

    fn address() -> url::Url {
        url::Url::parse("https://api.example.com/v1/").unwrap()
    }

    fn action(path: &str, body: Option<toml::Table>) -> config::Action {
        config::Action {
            label: "Go".to_owned(),
            method: "POST".to_owned(),
            path: path.to_owned(),
            body,
            ..config::Action::default()
        }
    }

    #[test]
    fn blanks_are_filled_and_keep_their_types() {
        let item = json!({"id": "a/b", "name": "Say \"hi\"", "seen": 12.5, "new": true, "tags": ["x"], "no": null});
        let body = toml::toml! {
            item = "{id}"
            seen = "{/seen}"
            tags = "{/tags}"
            missing = "{/nowhere}"
            words = "{/name}: {/seen} of {/no}"
            fixed = 7
            inner = { flags = [true, "{/new}"] }
            at = 2026-01-02
        };
        let press = offers(action("list/{id}/{/seen}?x={/name}", Some(body)), &item)[0].press();
        assert_eq!(press.path().unwrap(), "list/a%2Fb/12.5?x=Say%20%22hi%22");
        let sent: Value = serde_json::from_slice(&press.body().unwrap()).unwrap();
        assert_eq!(
            sent,
            json!({
                "item": "a/b", "seen": 12.5, "tags": ["x"], "missing": null,
                "words": "Say \"hi\": 12.5 of ", "fixed": 7,
                "inner": {"flags": [true, true]}, "at": "2026-01-02"
            })
        );
    }

    #[test]
    fn a_blank_of_the_path_is_never_empty() {
        for item in [json!({"id": "a"}), json!({"id": "a", "part": ".."})] {
            let press = offers(action("list/{/part}", None), &item)[0].press();
            assert!(matches!(press.path(), Err(Error::Refused(_))), "{item}");
        }
    }

    #[test]
    fn a_button_is_there_when_it_makes_sense() {
        let add = config::Action {
            unless: Some("/on_list".to_owned()),
            ..action("list/{id}", None)
        };
        let remove = config::Action {
            when: Some("/on_list".to_owned()),
            ..action("list/{id}", None)
        };
        for (on_list, offered) in [
            (json!(true), (0, 1)),
            (json!(false), (1, 0)),
            (json!(null), (1, 0)),
        ] {
            let item = json!({"id": "a", "on_list": on_list});
            let counts = (
                offers(add.clone(), &item).len(),
                offers(remove.clone(), &item).len(),
            );
            assert_eq!(counts, offered, "{item}");
        }
    }

    #[test]
    fn every_press_has_a_key_of_its_own() {
        let offer = &offers(action("x", None), &json!({"id": "a"}))[0];
        assert_ne!(offer.press().key, offer.press().key);
    }
}
