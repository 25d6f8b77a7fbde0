//! Finds one part of a card in an item.

use jiff::Timestamp;
use serde_json::Value;

use super::image;
use super::item::Item;
use super::place::{Place, Said, Says};
use super::selector::Selector;
use super::value::{self, DisplayValue, Given, Read, Reading, Room};
use crate::api::text;
use crate::config::{Format, Pointers, Source};

/// Places to look at, in order, and what the value there is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lookup {
    pub(crate) places: Vec<Place>,
    pub(crate) reading: Reading,
    pub(crate) when: Option<Selector>,
    zone: Option<Named>,
    currency: Option<Named>,
}

/// A name of the configuration's, or the place of an item that has it.
#[derive(Debug, Clone, PartialEq)]
enum Named {
    Is(String),
    At(Selector),
}

impl Named {
    fn new(text: &str) -> Self {
        if text.starts_with(['/', '$', '@']) {
            Self::At(Selector::new(text))
        } else {
            Self::Is(text.to_owned())
        }
    }

    fn name(&self, item: &Item<'_>) -> Option<String> {
        match self {
            Self::Is(name) => Some(name.clone()),
            Self::At(selector) => selector.all(item).into_iter().find_map(value::raw),
        }
    }

    fn selector(&self) -> Option<&Selector> {
        match self {
            Self::Is(_) => None,
            Self::At(selector) => Some(selector),
        }
    }
}

impl From<&Pointers> for Lookup {
    fn from(pointers: &Pointers) -> Self {
        let places = pointers.0.iter().map(|place| Place::new(place)).collect();
        Self {
            places,
            reading: Reading::default(),
            when: None,
            zone: None,
            currency: None,
        }
    }
}

impl From<&Source> for Lookup {
    fn from(source: &Source) -> Self {
        Self {
            reading: Reading::from(source),
            when: source.when.as_deref().map(Selector::new),
            zone: source.zone.as_deref().map(Named::new),
            currency: source.currency.as_deref().map(Named::new),
            ..Self::from(&source.at)
        }
    }
}

impl Lookup {
    /// The first value that is there and is what it should be, in one line. Several texts under one selector are joined
    /// with commas.
    pub(crate) fn value(&self, item: &Item<'_>) -> Option<DisplayValue> {
        self.first(item, Room::Line)
    }

    /// The first value that is there and is what it should be; text has its line breaks.
    pub(crate) fn body(&self, item: &Item<'_>) -> Option<DisplayValue> {
        self.first(item, Room::Paragraphs)
    }

    fn first(&self, item: &Item<'_>, room: Room) -> Option<DisplayValue> {
        if !self.is_on(item) {
            return None;
        }
        let given = self.given(item);
        for place in &self.places {
            let found = match place {
                Place::At(selector)
                    if room == Room::Line && self.reading.joins() && selector.is_many() =>
                {
                    self.joined(selector, item, &given)
                }
                Place::At(selector) => {
                    let values = selector.all(item).into_iter();
                    let mut read = values.map(|value| self.reading.read(value, &given, room));
                    read.find(|read| *read != Read::Nothing)
                }
                Place::Says(says) => self.said(says, item, &given, room).map(Read::Value),
            };
            match found {
                Some(Read::Value(value)) => return Some(value),
                Some(Read::Silent) => return None,
                Some(Read::Nothing) | None => {}
            }
        }
        None
    }

    /// All texts that a selector leads to.
    fn joined(&self, selector: &Selector, item: &Item<'_>, given: &Given) -> Option<Read> {
        let mut texts = Vec::new();
        let mut is_silent = false;
        for value in selector.all(item) {
            match self.reading.read(value, given, Room::Line) {
                Read::Value(value) => texts.push(value.to_string()),
                Read::Silent => is_silent = true,
                Read::Nothing => {}
            }
        }
        let joined = text::line(&texts.join(", "), text::LINE);
        match joined.is_empty() {
            false => Some(Read::Value(DisplayValue::Text(joined))),
            true => is_silent.then_some(Read::Silent),
        }
    }

    /// All that the first place with something has: each value of a selector that leads to many.
    pub(crate) fn values(&self, item: &Item<'_>) -> Vec<DisplayValue> {
        if !self.is_on(item) {
            return Vec::new();
        }
        let given = self.given(item);
        for place in &self.places {
            let found: Vec<_> = match place {
                Place::At(selector) => {
                    let values = selector.all(item).into_iter();
                    let read = values.map(|value| self.reading.read(value, &given, Room::Line));
                    read.filter(|read| *read != Read::Nothing).collect()
                }
                Place::Says(says) => {
                    let said = self.said(says, item, &given, Room::Line);
                    said.into_iter().map(Read::Value).collect()
                }
            };
            if !found.is_empty() {
                let values = found.into_iter().filter_map(|read| match read {
                    Read::Value(value) => Some(value),
                    Read::Silent | Read::Nothing => None,
                });
                return values.collect();
            }
        }
        Vec::new()
    }

    /// Whether the configuration has an empty word for what is there: nothing is to be shown.
    pub(crate) fn is_silent(&self, item: &Item<'_>) -> bool {
        let given = self.given(item);
        let is_silent = |value| self.reading.read(value, &given, Room::Line) == Read::Silent;
        self.places.iter().any(|place| match place {
            Place::At(selector) => selector.all(item).into_iter().any(is_silent),
            Place::Says(_) => false,
        })
    }

    /// The first text, as one line.
    pub(crate) fn line(&self, item: &Item<'_>) -> Option<String> {
        self.value(item).map(|value| value.to_string())
    }

    /// The first moment.
    pub(crate) fn moment(&self, item: &Item<'_>) -> Option<Timestamp> {
        let given = self.given(item);
        let read = |value: &Value| self.reading.moment(value, &given);
        self.places.iter().find_map(|place| match place {
            Place::At(selector) => selector.all(item).into_iter().find_map(read),
            Place::Says(says) => read(&Value::from(says.filled(item, value::raw)?)),
        })
    }

    fn given(&self, item: &Item<'_>) -> Given {
        let name = |named: &Option<Named>| named.as_ref().and_then(|named| named.name(item));
        Given {
            zone: name(&self.zone),
            currency: name(&self.currency),
        }
    }

    /// The text with its blanks filled; none where one of them stays empty.
    fn said(
        &self,
        says: &Says,
        item: &Item<'_>,
        given: &Given,
        room: Room,
    ) -> Option<DisplayValue> {
        let mut parts = Vec::with_capacity(says.parts().len());
        for part in says.parts() {
            let (selector, format) = match part {
                Said::Text(text) => {
                    parts.push(DisplayValue::Text(text.clone()));
                    continue;
                }
                Said::At(selector, format) => (selector, *format),
                Said::Nothing => return None,
            };
            if format.is_none() && self.reading.joins() && selector.is_many() {
                match self.joined(selector, item, given)? {
                    Read::Value(value) => parts.push(value),
                    Read::Silent => parts.push(DisplayValue::default()),
                    Read::Nothing => return None,
                }
                continue;
            }
            let own = format.map(|format| self.reading.of(format));
            let reading = own.as_ref().unwrap_or(&self.reading);
            let found = selector.all(item);
            let read = found.iter().map(|value| reading.read(value, given, room));
            parts.push(match read.into_iter().find(|read| *read != Read::Nothing) {
                Some(Read::Value(value)) => value,
                Some(Read::Silent) => DisplayValue::default(),
                // A blank that names no format is text, whatever the others are.
                Some(Read::Nothing) | None => {
                    let text = Reading::default();
                    let mut read = found.iter().filter(|_| format.is_none());
                    read.find_map(|value| text.read(value, given, room).value())?
                }
            });
        }
        DisplayValue::of_parts(parts, room)
    }

    /// The first text as it was sent: for ids and addresses, which no screen shows.
    pub(crate) fn raw(&self, item: &Item<'_>) -> Option<String> {
        self.places.iter().find_map(|place| match place {
            Place::At(selector) => selector.all(item).into_iter().find_map(value::raw),
            Place::Says(says) => says.filled(item, value::raw),
        })
    }

    /// The first address of a picture, as it was sent.
    pub(crate) fn address(&self, item: &Item<'_>) -> Option<String> {
        self.places.iter().find_map(|place| match place {
            Place::At(selector) => image::address(&selector.all(item)),
            Place::Says(says) => says.filled(item, value::raw),
        })
    }

    /// Whether what it finds changes on the screen by itself.
    pub(crate) fn moves(&self) -> bool {
        let parts = self.places.iter().flat_map(|place| match place {
            Place::At(_) => &[],
            Place::Says(says) => says.parts(),
        });
        let mut formats = parts.filter_map(|part| match part {
            Said::At(_, format) => *format,
            Said::Text(_) | Said::Nothing => None,
        });
        self.reading.moves() || formats.any(|format| format == Format::Relative)
    }

    /// The first value that tells an item from others, of its own type.
    pub(crate) fn id(&self, item: &Item<'_>) -> Option<Value> {
        self.places.iter().find_map(|place| match place {
            Place::At(selector) => selector.all(item).into_iter().find_map(|value| {
                let text = value::exact(value)?;
                Some(if value.is_string() {
                    Value::from(text)
                } else {
                    value.clone()
                })
            }),
            Place::Says(says) => says.filled(item, value::exact).map(Value::from),
        })
    }

    /// The first number.
    pub(crate) fn number(&self, item: &Item<'_>) -> Option<f64> {
        self.places.iter().find_map(|place| match place {
            Place::At(selector) => selector.all(item).into_iter().find_map(value::number),
            Place::Says(says) => {
                let text = says.filled(item, value::raw);
                text.and_then(|text| value::number(&Value::from(text)))
            }
        })
    }

    /// All that it looks at.
    pub(crate) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let places = self.places.iter().flat_map(Place::selectors);
        let named = [&self.zone, &self.currency].into_iter().flatten();
        places
            .chain(&self.when)
            .chain(named.filter_map(Named::selector))
    }

    /// Whether the value is wanted at all.
    pub(crate) fn is_on(&self, item: &Item<'_>) -> bool {
        self.when
            .as_ref()
            .is_none_or(|when| when.all(item).into_iter().any(is_something))
    }
}

pub(crate) fn texts<'a>(
    selector: &Selector,
    item: &Item<'a>,
) -> impl Iterator<Item = String> + use<'a> {
    selector.all(item).into_iter().filter_map(value::text_of)
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
        Lookup::from(&Pointers(places)).line(&Item::of(item))
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
            let found = Lookup::from(&Pointers(places)).values(&Item::of(item));
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
        let raw = lookup.raw(&Item::of(&json!({"x": long}))).unwrap();
        assert_eq!(raw.len(), "https://cdn.example/".len() + long.len());
    }

    #[test]
    fn an_id_keeps_its_type_and_is_exact() {
        let id = |text: &str, place: &str| {
            let item: Value = serde_json::from_str(text).unwrap();
            Lookup::from(&Pointers(vec![place.to_owned()])).id(&Item::of(&item))
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
            assert_eq!(badge.value(&Item::of(&item)).is_some(), there, "{item}");
        }
        assert_eq!(badge.value(&Item::of(&json!({}))), None);
    }
}
