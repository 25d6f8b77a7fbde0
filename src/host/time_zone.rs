//! Time zones by their names: those of IANA, and those of Windows, which Microsoft's APIs write.

use std::sync::Once;
use std::thread;

use icu_time::zone::WindowsParser;
use icu_time::zone::iana::IanaParserExtended;
use jiff::tz::TimeZone;

/// What Microsoft Graph writes before a name in a recurring event.
const MICROSOFT: &str = "tzone://Microsoft/";

/// The zone of this name; none for one that nobody knows here.
pub fn named(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    let name = name.strip_prefix(MICROSOFT).unwrap_or(name);
    if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
        return Some(TimeZone::UTC);
    }
    TimeZone::get(name)
        .ok()
        .or_else(|| windows(name))
        .or_else(|| offset(name))
}

/// Reads which zones there are, before somebody waits for one: the first to ask looks into each of two thousand files.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let read = thread::Builder::new()
            .name("time zones".to_owned())
            .spawn(|| drop(TimeZone::system()));
        // Where there is no thread to be had, whoever asks reads them.
        drop(read);
    });
}

/// Whether this machine knows zones at all: without a time zone database no name is one.
pub fn are_known() -> bool {
    !jiff::tz::db().is_definitively_empty()
}

/// A zone by its name in Windows (CLDR, `windowsZones`).
fn windows(name: &str) -> Option<TimeZone> {
    let zone = WindowsParser::new().parse(name, None)?;
    let mut all = IanaParserExtended::new().iter();
    let found = all.find(|one| one.time_zone == zone)?;
    TimeZone::get(found.canonical).ok()
}

/// A distance from UTC: `+02:00`.
fn offset(text: &str) -> Option<TimeZone> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-" | "\u{2212}", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_one = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    let seconds = sign * (hours * 60 + minutes) * 60;
    is_one
        .then(|| jiff::tz::Offset::from_seconds(seconds).ok())
        .flatten()
        .map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_zone_is_known_by_each_of_its_names() {
        let summer = date(2026, 7, 1).at(12, 0, 0, 0);
        for (name, expected) in [
            ("Europe/Berlin", Some("2026-07-01T10:00:00Z")),
            ("W. Europe Standard Time", Some("2026-07-01T10:00:00Z")),
            ("Pacific Standard Time", Some("2026-07-01T19:00:00Z")),
            ("India Standard Time", Some("2026-07-01T06:30:00Z")),
            ("tzone://Microsoft/Utc", Some("2026-07-01T12:00:00Z")),
            ("UTC", Some("2026-07-01T12:00:00Z")),
            (" +02:00 ", Some("2026-07-01T10:00:00Z")),
            ("-5", Some("2026-07-01T17:00:00Z")),
            ("tzone://Microsoft/Custom", None),
            ("Middle Earth Standard Time", None),
            ("+99:00", None),
            ("é", None),
            ("", None),
        ] {
            let moment = named(name).map(|zone| {
                let there = summer.to_zoned_datetime(zone).unwrap();
                there.timestamp().to_string()
            });
            assert_eq!(moment.as_deref(), expected, "{name}");
        }
    }
}
