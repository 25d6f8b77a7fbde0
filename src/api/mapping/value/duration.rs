//! How long something is, as APIs write it.

use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde_json::Value;

use super::{number, time};
use crate::config::Unit;

/// No film is longer; more is another unit than was said, or nonsense.
const LONGEST: f64 = 3.2e9;

/// A number of units, a text of ISO 8601, or one as clocks count: `1:02:03`, `3:42`.
pub(super) fn duration(value: &Value, unit: Option<Unit>) -> Option<Duration> {
    if let Some(number) = number(value) {
        return of_seconds(time::seconds(number, unit.unwrap_or(Unit::Seconds)));
    }
    let text = value.as_str()?.trim();
    if let Some(seconds) = counted(text) {
        return of_seconds(seconds);
    }
    let span: Span = text.parse().ok()?;
    let span = SignedDuration::try_from(span)
        .or_else(|_| span.to_duration(SpanRelativeTo::days_are_24_hours()))
        .ok()?;
    Duration::try_from(span).ok()
}

fn of_seconds(seconds: f64) -> Option<Duration> {
    (0.0..LONGEST)
        .contains(&seconds)
        .then(|| Duration::from_millis((seconds * 1000.0).round() as u64))
}

/// The seconds of `m:ss` or `h:mm:ss`.
fn counted(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let first: u32 = parts.next()?.parse().ok()?;
    let mut rest = parts.map(|part| {
        part.parse::<f64>()
            .ok()
            .filter(|part| (0.0..60.0).contains(part))
    });
    let seconds = match (rest.next()?, rest.next(), rest.next()) {
        (Some(seconds), None, _) => f64::from(first) * 60.0 + seconds,
        (Some(minutes), Some(Some(seconds)), None) => {
            f64::from(first) * 3600.0 + minutes * 60.0 + seconds
        }
        _ => return None,
    };
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_length_is_read_in_its_unit() {
        for (value, unit, expected) in [
            (json!(6120), None, Some(6_120_000)),
            (json!("6120.5"), None, Some(6_120_500)),
            (json!(222_973), Some(Unit::Milliseconds), Some(222_973)),
            (json!("222973"), Some(Unit::Milliseconds), Some(222_973)),
            (json!(102), Some(Unit::Minutes), Some(6_120_000)),
            (
                json!(13_230_092_288_u64),
                Some(Unit::Ticks),
                Some(1_323_009),
            ),
            (json!("PT1H42M"), None, Some(6_120_000)),
            // What says its own unit keeps it.
            (json!("PT1H42M"), Some(Unit::Milliseconds), Some(6_120_000)),
            (json!("P1DT1S"), None, Some(86_401_000)),
            (json!("3:42"), None, Some(222_000)),
            (json!("1:02:03"), None, Some(3_723_000)),
            (json!("00:42:00.5000000"), None, Some(2_520_500)),
            (json!("1:60"), None, None),
            (json!("1:2:3:4"), None, None),
            (json!("-PT1H"), None, None),
            (json!(-5), None, None),
            (json!(1e300), None, None),
            (json!("soon"), None, None),
            (json!(true), None, None),
        ] {
            let read = duration(&value, unit).map(|span| span.as_millis());
            assert_eq!(read, expected, "{value} {unit:?}");
        }
    }
}
