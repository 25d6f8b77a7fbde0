//! What is shown of an item, before it is written in the viewer's language.

use std::fmt;
use std::time::Duration;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp, tz};
use serde_json::Value;

use crate::api::text;
use crate::config::Format;

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
    /// A day and a time of day.
    DateTime(When),
    /// A span of time.
    Duration(Duration),
}

/// A point of time, as exactly as the API told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day of the calendar, the same in every time zone.
    Day(Date),
    /// A moment: its day and hour depend on where the viewer is.
    Moment(Timestamp),
}

impl DisplayValue {
    /// Reads a value as what the configuration says it is. Nothing where it is not that, or empty.
    pub(crate) fn read(value: &Value, format: Format) -> Option<Self> {
        match format {
            Format::Text | Format::Html | Format::Markdown => text_of(value).map(Self::Text),
            Format::Number | Format::Money => number(value).map(Self::Number),
            Format::Percent => number(value).map(Self::Percent),
            Format::Date => when(value).map(Self::Date),
            Format::DateTime | Format::Time | Format::Weekday | Format::Relative => {
                when(value).map(Self::DateTime)
            }
            Format::Duration => duration(value).map(Self::Duration),
        }
    }
}

impl fmt::Display for DisplayValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Percent(share) => write!(f, "{:.0} %", share * 100.0),
            Self::Date(When::Moment(moment)) => {
                write!(f, "{}", moment.to_zoned_datetime(tz::TimeZone::UTC).date())
            }
            Self::Date(When::Day(day)) | Self::DateTime(When::Day(day)) => write!(f, "{day}"),
            Self::DateTime(When::Moment(moment)) => write!(f, "{moment}"),
            Self::Duration(span) => {
                let seconds = span.as_secs();
                let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
                write!(f, "{hours}:{minutes:02}:{:02}", seconds % 60)
            }
        }
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

/// Unix times beyond this are in milliseconds: in seconds it is the year 5138.
const MILLISECONDS_FROM: f64 = 1e11;

fn when(value: &Value) -> Option<When> {
    if let Value::String(text) = value {
        let text = text.trim();
        return text
            .parse::<Timestamp>()
            .map(When::Moment)
            .ok()
            // A time without an offset is UTC: what servers mean who forget the Z.
            .or_else(|| match text.parse::<DateTime>() {
                Ok(time) if text.contains(['T', 't', ' ']) => time
                    .to_zoned_datetime(tz::TimeZone::UTC)
                    .ok()
                    .map(|zoned| When::Moment(zoned.timestamp())),
                _ => text.parse::<Date>().ok().map(When::Day),
            })
            .or_else(|| number(value).and_then(unix));
    }
    number(value).and_then(unix)
}

fn unix(number: f64) -> Option<When> {
    let milliseconds = if number.abs() < MILLISECONDS_FROM {
        number * 1000.0
    } else {
        number
    };
    Timestamp::from_millisecond(milliseconds as i64)
        .ok()
        .map(When::Moment)
}

/// No film is longer; more is another unit than seconds or nonsense.
const LONGEST: f64 = 3.2e9;

fn duration(value: &Value) -> Option<Duration> {
    if let Some(seconds) = number(value) {
        return (0.0..LONGEST)
            .contains(&seconds)
            .then(|| Duration::from_millis((seconds * 1000.0) as u64));
    }
    let span: Span = value.as_str()?.trim().parse().ok()?;
    let span = SignedDuration::try_from(span)
        .or_else(|_| span.to_duration(SpanRelativeTo::days_are_24_hours()))
        .ok()?;
    Duration::try_from(span).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(value: &Value, format: Format) -> Option<String> {
        DisplayValue::read(value, format).map(|phrase| phrase.to_string())
    }

    #[test]
    fn values_are_read_as_what_they_are() {
        use Format::{Date, DateTime, Duration, Number, Percent, Text};
        for (value, format, expected) in [
            (json!(" Dune "), Text, Some("Dune")),
            (json!(7), Text, Some("7")),
            (json!(true), Text, Some("true")),
            (json!(""), Text, None),
            (json!({}), Text, None),
            (json!(1234.5), Number, Some("1234.5")),
            (json!("12"), Number, Some("12")),
            (json!("NaN"), Number, None),
            (json!(0.4), Percent, Some("40 %")),
            (json!("2026-05-01"), Date, Some("2026-05-01")),
            (json!("2026-05-01T22:10:00+02:00"), Date, Some("2026-05-01")),
            (
                json!("2026-05-01T22:10:00+02:00"),
                DateTime,
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!("2026-05-01T20:10:00"),
                DateTime,
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!("2026-05-01 20:10:00"),
                DateTime,
                Some("2026-05-01T20:10:00Z"),
            ),
            (json!(1_777_666_200), DateTime, Some("2026-05-01T20:10:00Z")),
            (
                json!(1_777_666_200_000_u64),
                DateTime,
                Some("2026-05-01T20:10:00Z"),
            ),
            (json!("2026-13-45"), Date, None),
            (json!(1e300), Date, None),
            (json!([]), Date, None),
            (json!(6120), Duration, Some("1:42:00")),
            (json!("6120.5"), Duration, Some("1:42:00")),
            (json!("PT1H42M"), Duration, Some("1:42:00")),
            (json!("P1DT1S"), Duration, Some("24:00:01")),
            (json!("-PT1H"), Duration, None),
            (json!(-5), Duration, None),
            (json!(1e300), Duration, None),
            (json!("soon"), Duration, None),
        ] {
            assert_eq!(
                shown(&value, format).as_deref(),
                expected,
                "{value} as {format:?}"
            );
        }
    }
}
