//! Reads what stands in an item as what the configuration says it is.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::Value;

use super::{Currency, DisplayValue, Money, duration, markup, number, raw, time};
use crate::api::text;
use crate::config::{Format, Source, Unit};
use crate::host::time_zone;

/// What a value is, and how it is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Reading {
    pub(crate) format: Format,
    unit: Option<Unit>,
    /// What is said in place of a value, by what it is.
    words: BTreeMap<String, String>,
    minor: bool,
}

/// What else of an item a value is read by.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Given {
    /// The name of the zone of times that have none; UTC where there is none: what servers mean who forget the Z.
    pub(crate) zone: Option<String>,
    /// The code of the currency of amounts.
    pub(crate) currency: Option<String>,
}

/// How much room there is for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// One line.
    Line,
    /// Lines and paragraphs.
    Paragraphs,
}

impl Room {
    /// Text as there is room for it.
    pub(super) fn shown(self, text: &str) -> String {
        match self {
            Self::Line => text::line(text, text::LINE),
            Self::Paragraphs => text::paragraphs(text),
        }
    }
}

/// What came of reading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Read {
    /// A value.
    Value(DisplayValue),
    /// The configuration has an empty word for it: nothing is to be shown, and nothing else to be looked for.
    Silent,
    /// It is not what it should be, or empty.
    Nothing,
}

impl Read {
    /// The value, where there is one.
    pub(crate) fn value(self) -> Option<DisplayValue> {
        match self {
            Self::Value(value) => Some(value),
            Self::Silent | Self::Nothing => None,
        }
    }
}

/// What is said of values that have no word of their own.
const OTHER: &str = "other";

impl From<&Source> for Reading {
    fn from(source: &Source) -> Self {
        Self {
            format: source.format,
            unit: source.unit,
            words: source.words.clone(),
            minor: source.minor,
        }
    }
}

impl Reading {
    /// The same with another format. Words are for what is read as the configuration says: a time beside a status has none.
    pub(crate) fn of(&self, format: Format) -> Self {
        Self {
            format,
            words: match format {
                Format::Text => self.words.clone(),
                _ => BTreeMap::new(),
            },
            ..*self
        }
    }

    /// Whether several values are told in one line.
    pub(crate) fn joins(&self) -> bool {
        matches!(self.format, Format::Text | Format::Html | Format::Markdown)
            || !self.words.is_empty()
    }

    /// Whether what it reads changes on the screen by itself.
    pub(crate) fn moves(&self) -> bool {
        self.format == Format::Relative
    }

    /// Reads a value.
    pub(crate) fn read(&self, value: &Value, given: &Given, room: Room) -> Read {
        match self.word(value) {
            Some("") => Read::Silent,
            Some(word) => Read::Value(DisplayValue::Text(room.shown(word))),
            None => self
                .format(value, given, room)
                .map_or(Read::Nothing, Read::Value),
        }
    }

    /// What the configuration says in place of a value.
    fn word(&self, value: &Value) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let written = raw(value)?;
        let whole = || {
            let number = number(value).filter(|number| number.fract() == 0.0)?;
            self.words.get(&format!("{number:.0}"))
        };
        let word = self.words.get(&written).or_else(whole);
        word.or_else(|| self.words.get(OTHER))
            .map(|word| word.trim())
    }

    fn format(&self, value: &Value, given: &Given, room: Room) -> Option<DisplayValue> {
        let when = || time::when(value, self.unit, &given.time_zone()?);
        let words = |text: &str| {
            let text = room.shown(text);
            (!text.is_empty()).then_some(DisplayValue::Text(text))
        };
        match self.format {
            Format::Text => words(&raw(value)?),
            Format::Html => words(&markup::html(&raw(value)?)),
            Format::Markdown => words(&markup::markdown(&raw(value)?)),
            Format::Number => number(value).map(DisplayValue::Number),
            Format::Percent => share(value).map(DisplayValue::Percent),
            Format::Date => time::less_than_a_day(value)
                .and_then(words)
                .or_else(|| when().map(DisplayValue::Date)),
            Format::Time => time::time_of_day(value)
                .map(DisplayValue::TimeOfDay)
                .or_else(|| Some(DisplayValue::Time(when()?.moment()?))),
            Format::Weekday => when().map(DisplayValue::Weekday),
            Format::DateTime => when().map(DisplayValue::DateTime),
            Format::Relative => when().map(DisplayValue::Relative),
            Format::Duration => duration::duration(value, self.unit).map(DisplayValue::Duration),
            Format::Money => {
                let currency = given.currency.as_deref().and_then(Currency::new)?;
                Money::read(value, currency, self.minor).map(DisplayValue::Money)
            }
        }
    }

    /// A moment, as [`Format::DateTime`] reads it.
    pub(crate) fn moment(&self, value: &Value, given: &Given) -> Option<jiff::Timestamp> {
        time::when(value, self.unit, &given.time_zone()?)?.moment()
    }
}

impl Given {
    /// None where the zone has a name that nobody knows: a time in it would be a wrong one.
    fn time_zone(&self) -> Option<TimeZone> {
        match &self.zone {
            Some(name) => time_zone::named(name),
            None => Some(TimeZone::UTC),
        }
    }
}

/// A share of 1, or a text of hundredths: `75%`.
fn share(value: &Value) -> Option<f64> {
    let hundredths = value
        .as_str()
        .and_then(|text| text.trim().strip_suffix('%'));
    match hundredths {
        Some(text) => Some(number(&Value::from(text))? / 100.0),
        None => number(value),
    }
}

#[cfg(test)]
mod tests;
