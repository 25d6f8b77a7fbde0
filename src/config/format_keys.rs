//! Which formats read a value by which of its other keys, and what a key says where no format is written.

use super::{Format, Part, Template};

/// The keys that mean something to some formats alone.
pub(super) const BY: [&str; 4] = ["currency", "minor", "zone", "unit"];

const TIMES: [Format; 5] = [
    Format::Date,
    Format::Time,
    Format::Weekday,
    Format::DateTime,
    Format::Relative,
];

/// Whether a value of this format is read by what the key says.
pub(super) fn reads_by(format: Format, key: &str) -> bool {
    match key {
        "currency" | "minor" => format == Format::Money,
        "zone" => TIMES.contains(&format),
        _ => format == Format::Duration || TIMES.contains(&format),
    }
}

/// The format of a value that has these keys and none that is written. Where blanks have formats, each says its own.
pub(super) fn implied(has: impl Fn(&str) -> bool, in_blanks: &[Format]) -> Format {
    if !in_blanks.is_empty() {
        Format::Text
    } else if has("currency") || has("minor") {
        Format::Money
    } else if has("zone") {
        Format::DateTime
    } else if has("unit") {
        Format::Duration
    } else {
        Format::Text
    }
}

/// The formats of the blanks of these places.
pub(super) fn formats_in<'a>(places: impl IntoIterator<Item = &'a str>) -> Vec<Format> {
    let texts = places
        .into_iter()
        .filter_map(|place| Template::parse(place.strip_prefix('=')?).ok());
    let parts = texts.flat_map(|template| template.parts);
    parts
        .filter_map(|part| match part {
            Part::Formatted(_, format) => Some(format),
            _ => None,
        })
        .collect()
}

/// Words for a key that does not belong to the format.
pub(super) fn means_nothing(key: &str, format: Format) -> String {
    let whose = match key {
        "currency" | "minor" => "money",
        "zone" => "date, time, weekday, date-time and relative",
        _ => "duration, date, time, weekday, date-time and relative",
    };
    let word =
        toml::Value::try_from(format).map_or_else(|_| String::new(), |word| word.to_string());
    format!("means nothing to format {word}: it is for {whose}")
}
