//! When something is: days and moments, as APIs write them.

use jiff::civil::{self, Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::{Timestamp, tz};
use serde_json::Value;

use super::number;
use crate::config::Unit;

/// A point of time, as exactly as the API told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day of the calendar, the same in every time zone.
    Day(Date),
    /// A moment: its day and hour depend on where the viewer is.
    Moment(Timestamp),
}

impl When {
    /// The moment, where it is one.
    pub fn moment(self) -> Option<Timestamp> {
        match self {
            Self::Day(_) => None,
            Self::Moment(moment) => Some(moment),
        }
    }

    /// Its day where clocks are those of `zone`.
    pub fn day(self, zone: tz::TimeZone) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Moment(moment) => moment.to_zoned_datetime(zone).date(),
        }
    }
}

/// Reads a time. One without an offset is one of `zone`.
pub(super) fn when(value: &Value, unit: Option<Unit>, zone: &tz::TimeZone) -> Option<When> {
    if let Value::String(text) = value {
        let text = text.trim();
        return text
            .parse::<Timestamp>()
            .map(When::Moment)
            .ok()
            .or_else(|| match text.parse::<DateTime>() {
                Ok(time) if text.contains(['T', 't', ' ']) => {
                    let zoned = time.to_zoned_datetime(zone.clone()).ok();
                    zoned.map(|zoned| When::Moment(zoned.timestamp()))
                }
                _ => text.parse::<Date>().ok().map(When::Day),
            })
            .or_else(|| number(value).and_then(|number| counted(number, unit)))
            .or_else(|| of_odata(text))
            .or_else(|| {
                let read = rfc2822::DateTimeParser::new().parse_timestamp(text);
                read.ok().map(When::Moment)
            });
    }
    number(value).and_then(|number| counted(number, unit))
}

/// `/Date(1795000000000)/`, as OData version 2 writes it (JSON Verbose Format, section 6): milliseconds, and perhaps an
/// offset, which says where the moment was told, not when it is.
fn of_odata(text: &str) -> Option<When> {
    let inside = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let offset = inside.rfind(['+', '-']).filter(|at| *at > 0);
    let (milliseconds, _) = inside.split_at(offset.unwrap_or(inside.len()));
    let moment = Timestamp::from_millisecond(milliseconds.parse().ok()?);
    moment.ok().map(When::Moment)
}

/// A year or a month alone, as the release of a record may be known: `2019`, `2019-05`. As a text: no number counts so.
pub(super) fn less_than_a_day(value: &Value) -> Option<&str> {
    let text = value.as_str()?.trim();
    let (year, month) = text.split_once('-').unwrap_or((text, "01"));
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|c| c.is_ascii_digit());
    (digits(year, 4) && digits(month, 2)).then_some(text)
}

/// A time of day that belongs to no day: `14:05`.
pub(super) fn time_of_day(value: &Value) -> Option<civil::Time> {
    let text = value.as_str()?.trim();
    // What is parsed as a time may also be the time of a day that is told.
    let is_one = text.len() >= 4 && text.find(':').is_some_and(|at| (1..=2).contains(&at));
    let text = match text.find(':') {
        Some(1) => format!("0{text}"),
        _ => text.to_owned(),
    };
    is_one.then(|| text.parse().ok()).flatten()
}

/// Unix times beyond this are in milliseconds: in seconds it is the year 5138.
const MILLISECONDS_FROM: f64 = 1e11;
/// Seconds from the first day of the year 1, from which .NET counts its ticks, to 1970.
const TICKS_BEFORE_1970: f64 = 62_135_596_800.0;

/// A number of units since 1970; of ticks, since the year 1.
fn counted(number: f64, unit: Option<Unit>) -> Option<When> {
    let seconds = match unit {
        None if number.abs() < MILLISECONDS_FROM => number,
        None => number / 1000.0,
        Some(Unit::Ticks) => seconds(number, Unit::Ticks) - TICKS_BEFORE_1970,
        Some(unit) => seconds(number, unit),
    };
    // Beyond what an `i64` holds is beyond the calendar too, and so is its largest.
    let milliseconds = (seconds * 1000.0).round() as i64;
    Timestamp::from_millisecond(milliseconds)
        .ok()
        .map(When::Moment)
}

/// How many seconds so many units are.
pub(super) fn seconds(number: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Milliseconds => number / 1e3,
        Unit::Seconds => number,
        Unit::Minutes => number * 60.0,
        // 100 nanoseconds each, as .NET and Windows count.
        Unit::Ticks => number / 1e7,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value, unit: Option<Unit>) -> Option<String> {
        let when = when(value, unit, &tz::TimeZone::UTC)?;
        Some(match when {
            When::Day(day) => day.to_string(),
            When::Moment(moment) => moment.to_string(),
        })
    }

    #[test]
    fn a_time_is_counted_in_its_unit() {
        for (value, unit, expected) in [
            (json!(1_777_666_200), None, Some("2026-05-01T20:10:00Z")),
            (
                json!(1_777_666_200_000_u64),
                None,
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!(1_777_666_200),
                Some(Unit::Seconds),
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!("1777666200123"),
                Some(Unit::Milliseconds),
                Some("2026-05-01T20:10:00.123Z"),
            ),
            // A time of 1970 in milliseconds is not guessed.
            (
                json!(86_400_000),
                Some(Unit::Milliseconds),
                Some("1970-01-02T00:00:00Z"),
            ),
            (
                json!(29_627_770),
                Some(Unit::Minutes),
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!(639_132_630_000_000_000_u64),
                Some(Unit::Ticks),
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!("/Date(1777666200000)/"),
                None,
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!("/Date(1777666200000+0200)/"),
                Some(Unit::Seconds),
                Some("2026-05-01T20:10:00Z"),
            ),
            (json!("/Date(x)/"), None, None),
            (
                json!("Fri, 01 May 2026 20:10:00 GMT"),
                None,
                Some("2026-05-01T20:10:00Z"),
            ),
            (
                json!("Fri, 1 May 2026 22:10:00 +0200"),
                None,
                Some("2026-05-01T20:10:00Z"),
            ),
            (json!(1e300), None, None),
            (json!(1e300), Some(Unit::Minutes), None),
            (json!(-1e18), Some(Unit::Milliseconds), None),
        ] {
            assert_eq!(read(&value, unit).as_deref(), expected, "{value} {unit:?}");
        }
    }

    #[test]
    fn a_time_of_no_day_is_told_from_others() {
        for (text, expected) in [
            ("14:05", Some("14:05:00")),
            ("9:05", Some("09:05:00")),
            ("14:05:30", Some("14:05:30")),
            ("2026-05-01T14:05:00", None),
            ("2026-05-01", None),
            ("25:00", None),
            ("1405", None),
            ("", None),
        ] {
            let read = time_of_day(&json!(text)).map(|time| time.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
