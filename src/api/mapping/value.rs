//! What is shown of an item, before it is written in the viewer's language.
//!
//! `reading` reads what stands in an item as the configuration says; `time`, `duration` and `money` read what
//! numbers and texts mean, `markup` the words of HTML and Markdown.

mod duration;
mod markup;
mod money;
mod reading;
mod time;

use std::fmt;
use std::time::Duration;

use jiff::{Timestamp, civil, tz};
use serde_json::Value;

use crate::api::text;

pub use money::{Currency, Money};
pub(crate) use reading::{Given, Read, Reading, Room};
pub use time::When;

/// A value of an item. The screen writes it as the viewer's language does; [`fmt::Display`] as no
/// language in particular does, for tables and logs.
#[derive(Debug, Clone, PartialEq)]
pub enum DisplayValue {
    /// Text, ready to be shown.
    Text(String),
    /// A number.
    Number(f64),
    /// A share, 0 to 1 (and beyond, where the API says so).
    Percent(f64),
    /// A day.
    Date(When),
    /// The time of day of a moment.
    Time(Timestamp),
    /// A time of day that belongs to no day: the same in every time zone.
    TimeOfDay(civil::Time),
    /// A day of the week.
    Weekday(When),
    /// A day and a time of day.
    DateTime(When),
    /// How far off a time is.
    Relative(When),
    /// A span of time.
    Duration(Duration),
    /// What something costs.
    Money(Money),
    /// Several, one after the other.
    Parts(Vec<DisplayValue>),
}

impl Default for DisplayValue {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<&str> for DisplayValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl PartialEq<&str> for DisplayValue {
    fn eq(&self, other: &&str) -> bool {
        matches!(self, Self::Text(text) if text == other)
    }
}

impl DisplayValue {
    /// Whether nothing would be shown of it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Parts(parts) => parts.iter().all(Self::is_empty),
            _ => false,
        }
    }

    /// Several parts as one: text where nothing else is among them. None where nothing would be shown.
    pub(crate) fn of_parts(parts: Vec<Self>, room: Room) -> Option<Self> {
        let mut joined: Vec<Self> = Vec::with_capacity(parts.len());
        for part in parts {
            match (joined.last_mut(), part) {
                (Some(Self::Text(before)), Self::Text(text)) => before.push_str(&text),
                (_, part) => joined.push(part),
            }
        }
        let whole = match joined.as_slice() {
            [Self::Text(text)] => Self::Text(room.shown(text)),
            [_] => joined.remove(0),
            _ => Self::Parts(joined.into_iter().map(|part| part.among(room)).collect()),
        };
        (!whole.is_empty()).then_some(whole)
    }

    /// The same among other parts: the blanks at its ends stay.
    fn among(self, room: Room) -> Self {
        let Self::Text(text) = self else {
            return self;
        };
        let blank = |blanks: &str| match (room, blanks.matches('\n').count()) {
            _ if blanks.is_empty() => "",
            (Room::Line, _) | (Room::Paragraphs, 0) => " ",
            (Room::Paragraphs, 1) => "\n",
            (Room::Paragraphs, _) => "\n\n",
        };
        let before = &text[..text.len() - text.trim_start().len()];
        let after = &text[text.trim_end().len()..];
        let inner = room.shown(&text);
        match inner.is_empty() {
            true => Self::from(blank(before)),
            false => Self::Text(format!("{}{inner}{}", blank(before), blank(after))),
        }
    }

    /// Texts of it, cut to so many characters each.
    pub(crate) fn cut(self, most: usize) -> Self {
        match self {
            Self::Text(text) => Self::Text(text::line(&text, most)),
            other => other,
        }
    }
}

impl fmt::Display for DisplayValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = |moment: Timestamp| moment.to_zoned_datetime(tz::TimeZone::UTC);
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Percent(share) => write!(f, "{:.0} %", share * 100.0),
            Self::Date(when) => write!(f, "{}", when.day(tz::TimeZone::UTC)),
            Self::Time(moment) => write!(f, "{}", utc(*moment).strftime("%H:%MZ")),
            Self::TimeOfDay(time) => write!(f, "{}", time.strftime("%H:%M")),
            Self::Weekday(when) => write!(f, "{}", when.day(tz::TimeZone::UTC).strftime("%A")),
            Self::DateTime(When::Day(day)) | Self::Relative(When::Day(day)) => write!(f, "{day}"),
            Self::DateTime(When::Moment(moment)) | Self::Relative(When::Moment(moment)) => {
                write!(f, "{moment}")
            }
            Self::Duration(span) => f.write_str(&clock(*span)),
            Self::Money(money) => write!(f, "{money}"),
            Self::Parts(parts) => parts.iter().try_for_each(|part| write!(f, "{part}")),
        }
    }
}

/// A span of time as a clock counts it: `3:42`, `1:02:03`.
pub fn clock(span: Duration) -> String {
    let seconds = span.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        hours => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A string, number or truth value as one line; nothing for empty text.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    raw(value)
        .map(|raw| text::line(&raw, text::LINE))
        .filter(|line| !line.is_empty())
}

/// A string, number or truth value as it is written; nothing for blank text.
pub(crate) fn raw(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// As [`raw`], but nothing for a number that was rounded when it was read: what is larger than any integer we
/// have may be another one than was sent.
pub(crate) fn exact(value: &Value) -> Option<String> {
    // Whole numbers from here on have neighbours that are the same `f64` (IEEE 754, 53 bits).
    const ROUNDED_FROM: f64 = 9_007_199_254_740_992.0;
    let is_rounded = value.is_f64() && value.as_f64().is_none_or(|it| it.abs() >= ROUNDED_FROM);
    raw(value).filter(|_| !is_rounded)
}

/// A finite number, also one that is written as text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    number.is_finite().then_some(number)
}
