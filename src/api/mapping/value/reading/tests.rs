//! What values become, by format.

use serde_json::json;

use super::*;

fn told(value: &Value, source: &Source, given: &Given) -> Option<String> {
    match Reading::from(source).read(value, given, Room::Line) {
        Read::Value(value) => Some(value.to_string()),
        Read::Silent => Some(String::new()),
        Read::Nothing => None,
    }
}

#[test]
fn values_are_read_as_what_they_are() {
    use Format::*;
    for (value, format, expected) in [
        (json!(" Dune "), Text, Some("Dune")),
        (json!("Rock &amp; Roll"), Text, Some("Rock &amp; Roll")),
        (json!("Rock &amp; <b>Roll</b>"), Html, Some("Rock & Roll")),
        (json!("<p>One</p><p>Two</p>"), Html, Some("One Two")),
        (json!("<img src=x>"), Html, None),
        (json!("**Rock** & Roll"), Markdown, Some("Rock & Roll")),
        (json!(7), Html, Some("7")),
        (json!(7), Text, Some("7")),
        (json!(true), Text, Some("true")),
        (json!(""), Text, None),
        (json!({}), Text, None),
        (json!(1234.5), Number, Some("1234.5")),
        (json!("12"), Number, Some("12")),
        (json!("NaN"), Number, None),
        (json!(0.4), Percent, Some("40 %")),
        (json!("75%"), Percent, Some("75 %")),
        (json!("7.5 %"), Percent, Some("8 %")),
        (json!("x%"), Percent, None),
        (json!("2026-05-01"), Date, Some("2026-05-01")),
        // A year alone, as some records have; a number is Unix time.
        (json!("2019"), Date, Some("2019")),
        (json!("2019-05"), Date, Some("2019-05")),
        (json!(2019), Date, Some("1970-01-01")),
        (json!("2026-05-01T22:10:00+02:00"), Date, Some("2026-05-01")),
        (
            json!("2026-05-01T22:10:00+02:00"),
            DateTime,
            Some("2026-05-01T20:10:00Z"),
        ),
        (json!("2026-05-01T22:10:00+02:00"), Time, Some("20:10Z")),
        (json!("14:05"), Time, Some("14:05")),
        (json!("2026-05-01"), Time, None),
        (json!("2026-05-01"), Weekday, Some("Friday")),
        (json!("2026-05-01T22:10:00Z"), Weekday, Some("Friday")),
        (
            json!("2026-05-01T22:10:00Z"),
            Relative,
            Some("2026-05-01T22:10:00Z"),
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
        (
            json!("2026-05-01T20:10:00.0000000"),
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
        (json!(222), Duration, Some("3:42")),
        (json!("PT1H42M"), Duration, Some("1:42:00")),
        (json!("soon"), Duration, None),
        (json!(5), Money, None),
    ] {
        let source = Source {
            format,
            ..Source::default()
        };
        let told = told(&value, &source, &Given::default());
        assert_eq!(told.as_deref(), expected, "{value} as {format:?}");
    }
}

#[test]
fn a_time_without_an_offset_is_one_of_its_zone() {
    let source = Source {
        format: Format::DateTime,
        ..Source::default()
    };
    let time = json!("2026-07-01T09:00:00.0000000");
    for (zone, value, expected) in [
        (
            Some("Pacific Standard Time"),
            &time,
            Some("2026-07-01T16:00:00Z"),
        ),
        (Some("Europe/Berlin"), &time, Some("2026-07-01T07:00:00Z")),
        (
            Some("tzone://Microsoft/Utc"),
            &time,
            Some("2026-07-01T09:00:00Z"),
        ),
        (None, &time, Some("2026-07-01T09:00:00Z")),
        // What tells its own offset keeps it; a day is the same everywhere.
        (
            Some("Europe/Berlin"),
            &json!("2026-07-01T09:00:00-01:00"),
            Some("2026-07-01T10:00:00Z"),
        ),
        (
            Some("Europe/Berlin"),
            &json!("2026-07-01"),
            Some("2026-07-01"),
        ),
        (Some("Nowhere"), &time, None),
    ] {
        let given = Given {
            zone: zone.map(str::to_owned),
            ..Given::default()
        };
        assert_eq!(
            told(value, &source, &given).as_deref(),
            expected,
            "{zone:?} {value}"
        );
    }
}

#[test]
fn words_stand_for_values() {
    let words = [
        ("booked", "Booked"),
        ("5", "Available"),
        ("true", "On"),
        ("0", ""),
    ];
    let mut source = Source {
        words: words
            .map(|(is, word)| (is.to_owned(), word.to_owned()))
            .into(),
        ..Source::default()
    };
    let given = Given::default();
    for (value, expected) in [
        (json!("booked"), Some("Booked")),
        (json!(5), Some("Available")),
        (json!(5.0), Some("Available")),
        (json!("5"), Some("Available")),
        (json!(true), Some("On")),
        (json!(0), Some("")),
        (json!("cancelled"), Some("cancelled")),
        (json!(null), None),
        (json!([]), None),
    ] {
        assert_eq!(
            told(&value, &source, &given).as_deref(),
            expected,
            "{value}"
        );
    }
    let _ = source
        .words
        .insert("other".to_owned(), "Elsewhere".to_owned());
    assert_eq!(
        told(&json!("x"), &source, &given).as_deref(),
        Some("Elsewhere")
    );
    assert_eq!(told(&json!(null), &source, &given), None);
    let _ = source.words.insert("other".to_owned(), String::new());
    assert_eq!(told(&json!("x"), &source, &given).as_deref(), Some(""));
}

#[test]
fn an_amount_needs_its_currency() {
    let source = |minor| Source {
        format: Format::Money,
        minor,
        ..Source::default()
    };
    for (value, currency, minor, expected) in [
        (json!("199.00"), Some("USD"), false, Some("199.00 USD")),
        (json!(1999), Some("eur"), true, Some("19.99 EUR")),
        (json!(1200), Some("JPY"), true, Some("1200 JPY")),
        (json!(1200), None, false, None),
        (json!(1200), Some("coins"), false, None),
    ] {
        let given = Given {
            currency: currency.map(str::to_owned),
            ..Given::default()
        };
        assert_eq!(
            told(&value, &source(minor), &given).as_deref(),
            expected,
            "{value} {currency:?}"
        );
    }
}
