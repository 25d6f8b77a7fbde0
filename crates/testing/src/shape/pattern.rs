//! What a value that is asked for must be: itself, `*` (anything), `~text` (anything with that in it), or a time
//! from now: `@now`, `@now+12h`, `@today`.

use std::time::SystemTime;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// How far the clock may be from the one that was read when it was asked for.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

pub(super) fn fits(pattern: &str, value: &str) -> bool {
    if let Some(part) = pattern.strip_prefix('~') {
        return value.contains(part);
    }
    match pattern.strip_prefix('@') {
        Some("today") => value == today() || value == local_today(),
        Some(moment) if moment.starts_with("now") => {
            let wanted = time(moment);
            let asked = value.parse::<Timestamp>();
            asked.is_ok_and(|asked| asked.duration_since(wanted).abs() <= TOLERANCE)
        }
        Some(_) | None => pattern == "*" && !value.is_empty() || pattern == value,
    }
}

/// Whether all of `wanted` stands in `sent`.
pub(super) fn holds(wanted: &Value, sent: &Value) -> bool {
    match (wanted, sent) {
        (Value::Object(wanted), Value::Object(sent)) => wanted
            .iter()
            .all(|(name, wanted)| sent.get(name).is_some_and(|sent| holds(wanted, sent))),
        (Value::Array(wanted), Value::Array(sent)) => {
            wanted.len() == sent.len() && wanted.iter().zip(sent).all(|(a, b)| holds(a, b))
        }
        (Value::String(pattern), Value::String(sent)) => fits(pattern, sent),
        (wanted, sent) => wanted == sent,
    }
}

/// A text with its times filled in.
pub(super) fn timed(text: &str) -> String {
    let mut rest = text;
    let mut filled = String::new();
    while let Some((before, after)) = rest.split_once("<now") {
        let (moment, after) = after.split_once('>').unwrap();
        filled.push_str(before);
        filled.push_str(&time(&format!("now{moment}")).to_string());
        rest = after;
    }
    filled.push_str(rest);
    filled.replace("<today>", &today())
}

fn now() -> Timestamp {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    Timestamp::from_second(now.try_into().unwrap()).unwrap()
}

fn today() -> String {
    now().to_zoned_datetime(TimeZone::UTC).date().to_string()
}

fn local_today() -> String {
    now()
        .to_zoned_datetime(TimeZone::system())
        .date()
        .to_string()
}

/// `now`, `now+12h`, `now-30m`.
fn time(written: &str) -> Timestamp {
    let offset = written.strip_prefix("now").unwrap();
    if offset.is_empty() {
        return now();
    }
    let (number, unit) = offset.split_at(offset.len() - 1);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => panic!("{written}"),
    };
    now() + SignedDuration::from_secs(seconds * number.parse::<i64>().unwrap())
}
