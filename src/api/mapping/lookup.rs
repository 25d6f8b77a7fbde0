//! Finds one part of a card in an item.

use serde_json::Value;

use super::pointer::Pointer;
use super::value::{self, DisplayValue};
use crate::api::text;
use crate::config::{Format, Part, Pointers, Source, Template};

/// Places to look at, in order, and what the value there is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lookup {
    pub(crate) places: Vec<Place>,
    pub(crate) format: Format,
    pub(crate) when: Option<Pointer>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Place {
    At(Pointer),
    Says(Template),
}

impl From<&Pointers> for Lookup {
    fn from(pointers: &Pointers) -> Self {
        let places = pointers
            .0
            .iter()
            .map(|place| match place.strip_prefix('=') {
                // The configuration was checked; text that is no template says itself.
                Some(says) => Place::Says(Template::parse(says).unwrap_or_else(|_| Template {
                    parts: vec![Part::Text(says.to_owned())],
                })),
                None => Place::At(Pointer::new(place)),
            })
            .collect();
        Self {
            places,
            format: Format::Text,
            when: None,
        }
    }
}

impl From<&Source> for Lookup {
    fn from(source: &Source) -> Self {
        Self {
            format: source.format,
            when: source.when.as_deref().map(Pointer::new),
            ..Self::from(&source.at)
        }
    }
}

impl Lookup {
    /// The first value that is there and is what it should be. Several texts under one pointer are
    /// joined with commas.
    pub(crate) fn value(&self, item: &Value) -> Option<DisplayValue> {
        if !self.is_on(item) {
            return None;
        }
        self.places.iter().find_map(|place| match place {
            Place::At(pointer) if self.format == Format::Text && pointer.is_many() => {
                let texts: Vec<_> = texts(pointer, item).collect();
                let joined = text::line(&texts.join(", "), text::LINE);
                (!joined.is_empty()).then_some(DisplayValue::Text(joined))
            }
            Place::At(pointer) => pointer
                .all(item)
                .into_iter()
                .find_map(|value| DisplayValue::read(value, self.format)),
            Place::Says(template) => says(template, item).map(DisplayValue::Text),
        })
    }

    /// All that the first place with something has: each value of a pointer that leads to many.
    pub(crate) fn values(&self, item: &Value) -> Vec<DisplayValue> {
        if !self.is_on(item) {
            return Vec::new();
        }
        let found = self.places.iter().map(|place| match place {
            Place::At(pointer) => pointer
                .all(item)
                .into_iter()
                .filter_map(|value| DisplayValue::read(value, self.format))
                .collect(),
            Place::Says(template) => says(template, item)
                .map(DisplayValue::Text)
                .into_iter()
                .collect(),
        });
        found
            .into_iter()
            .find(|values: &Vec<_>| !values.is_empty())
            .unwrap_or_default()
    }

    /// The first text, as one line.
    pub(crate) fn line(&self, item: &Value) -> Option<String> {
        self.value(item).map(|value| value.to_string())
    }

    /// The first text, with its line breaks.
    pub(crate) fn paragraphs(&self, item: &Value) -> Option<String> {
        let shown = self.raw(item).map(|raw| text::paragraphs(&raw));
        shown.filter(|shown| !shown.is_empty())
    }

    /// The first text as it was sent: for ids and addresses, which no screen shows.
    pub(crate) fn raw(&self, item: &Value) -> Option<String> {
        self.places.iter().find_map(|place| match place {
            Place::At(pointer) => pointer.all(item).into_iter().find_map(value::raw),
            Place::Says(template) => filled(template, item, value::raw),
        })
    }

    /// The first value that tells an item from others, of its own type.
    pub(crate) fn id(&self, item: &Value) -> Option<Value> {
        self.places.iter().find_map(|place| match place {
            Place::At(pointer) => pointer.all(item).into_iter().find_map(|value| {
                let text = value::exact(value)?;
                Some(if value.is_string() {
                    Value::from(text)
                } else {
                    value.clone()
                })
            }),
            Place::Says(template) => filled(template, item, value::exact).map(Value::from),
        })
    }

    /// The first number.
    pub(crate) fn number(&self, item: &Value) -> Option<f64> {
        self.places.iter().find_map(|place| match place {
            Place::At(pointer) => pointer.all(item).into_iter().find_map(value::number),
            Place::Says(template) => says(template, item).and_then(|text| text.parse().ok()),
        })
    }

    /// All that it looks at in an item.
    pub(crate) fn pointers(&self) -> Vec<Pointer> {
        let places = self.places.iter().flat_map(|place| match place {
            Place::At(pointer) => vec![pointer.clone()],
            Place::Says(template) => template.pointers().map(Pointer::new).collect(),
        });
        places.chain(self.when.clone()).collect()
    }

    /// Whether the value is wanted at all.
    pub(crate) fn is_on(&self, item: &Value) -> bool {
        self.when
            .as_ref()
            .is_none_or(|when| when.all(item).into_iter().any(is_something))
    }
}

pub(crate) fn texts<'a>(
    pointer: &Pointer,
    item: &'a Value,
) -> impl Iterator<Item = String> + use<'a> {
    pointer.all(item).into_iter().filter_map(value::text_of)
}

/// The text with its blanks filled; none where one of them stays empty.
fn says(template: &Template, item: &Value) -> Option<String> {
    let said = filled(template, item, value::text_of)?;
    let line = text::line(&said, text::LINE);
    (!line.is_empty()).then_some(line)
}

/// The text with each blank filled by the first value there that can be read.
fn filled(template: &Template, item: &Value, read: fn(&Value) -> Option<String>) -> Option<String> {
    let mut said = String::new();
    for part in &template.parts {
        match part {
            Part::Text(text) => said.push_str(text),
            Part::At(pointer) | Part::Formatted(pointer, _) => {
                let found = Pointer::new(pointer).all(item);
                said.push_str(&found.into_iter().find_map(read)?);
            }
            Part::Id
            | Part::Reserved(_)
            | Part::Me(_)
            | Part::Now(_)
            | Part::Today(_)
            | Part::Page => return None,
        }
    }
    let said = said.trim();
    (!said.is_empty()).then(|| said.to_owned())
}

/// Whether a value is neither null, false, 0 nor empty.
pub(crate) fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(places: &[&str], item: &Value) -> Option<String> {
        let places = places.iter().map(|place| (*place).to_owned()).collect();
        Lookup::from(&Pointers(places)).line(item)
    }

    #[test]
    fn the_first_place_with_something_wins() {
        let item = json!({"title": "Dune", "name": "", "season": 2, "episode": 4, "genres": [{"n": "SF"}, {"n": "Sand"}]});
        for (places, expected) in [
            (&["/name", "/title", "=Untitled"][..], Some("Dune")),
            (&["/nam", "=Untitled"], Some("Untitled")),
            (&["/nam"], None),
            (&["=S{/season} E{/episode}"], Some("S2 E4")),
            (&["=S{/season} P{/part}", "=S{/season}"], Some("S2")),
            (&["/genres/*/n"], Some("SF, Sand")),
            (&["/genres/1/n"], Some("Sand")),
            (&["={{}}"], Some("{}")),
        ] {
            assert_eq!(line(places, &item).as_deref(), expected, "{places:?}");
        }
    }

    #[test]
    fn the_first_place_with_something_gives_all_it_has() {
        let badges = |places: &[&str], item: &Value| {
            let places = places.iter().map(|place| (*place).to_owned()).collect();
            let found = Lookup::from(&Pointers(places)).values(item);
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let item = json!({"one": "4K", "many": ["HDR", "", "Atmos"], "none": []});
        assert_eq!(badges(&["/one", "/many/*"], &item), ["4K"]);
        assert_eq!(badges(&["/many/*", "/one"], &item), ["HDR", "Atmos"]);
        assert_eq!(badges(&["/none/*", "=Plain"], &item), ["Plain"]);
        assert!(badges(&["/none/*", "/nowhere"], &item).is_empty());
    }

    #[test]
    fn an_address_is_never_cut() {
        let long = "x".repeat(2 * text::LINE);
        let lookup = Lookup::from(&Pointers(vec!["=https://cdn.example/{/x}".to_owned()]));
        let raw = lookup.raw(&json!({"x": long})).unwrap();
        assert_eq!(raw.len(), "https://cdn.example/".len() + long.len());
    }

    #[test]
    fn an_id_keeps_its_type_and_is_exact() {
        let id = |text: &str, place: &str| {
            let item: Value = serde_json::from_str(text).unwrap();
            Lookup::from(&Pointers(vec![place.to_owned()])).id(&item)
        };
        assert_eq!(id(r#"{"id": " a "}"#, "/id"), Some(json!("a")));
        assert_eq!(id(r#"{"id": 7}"#, "/id"), Some(json!(7)));
        let most = format!(r#"{{"id": {}}}"#, u64::MAX);
        assert_eq!(id(&most, "/id"), Some(json!(u64::MAX)));
        assert_eq!(id(r#"{"id": 1.5}"#, "=n{/id}"), Some(json!("n1.5")));
        // Two neighbours of this size are one number once read.
        for place in ["/id", "=n{/id}"] {
            assert_eq!(id(r#"{"id": 18446744073709551617}"#, place), None);
        }
        for none in [r#"{"id": null}"#, r#"{"id": " "}"#, r#"{"id": {}}"#, "{}"] {
            assert_eq!(id(none, "/id"), None, "{none}");
        }
    }

    #[test]
    fn a_value_is_there_only_when_it_should_be() {
        let badge = Lookup::from(&Source {
            at: "=New".into(),
            when: Some("/new".to_owned()),
            ..Source::default()
        });
        for (new, there) in [
            (json!(true), true),
            (json!("yes"), true),
            (json!(2), true),
            (json!(false), false),
            (json!(0), false),
            (json!(" "), false),
            (json!(null), false),
            (json!([]), false),
        ] {
            let item = json!({"new": new});
            assert_eq!(badge.value(&item).is_some(), there, "{item}");
        }
        assert_eq!(badge.value(&json!({})), None);
    }
}
