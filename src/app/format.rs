//! Values of the owner's API as they are written in the viewer's language.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::api::{DisplayValue, When};
use crate::app::i18n::{date, fl, moment, number, percent};

/// A value in the viewer's language, on the viewer's clock.
pub fn format_value(phrase: &DisplayValue) -> String {
    match phrase {
        DisplayValue::Text(text) => text.clone(),
        DisplayValue::Number(value) => number(*value),
        DisplayValue::Percent(share) => percent((share * 100.0).round()),
        DisplayValue::Date(When::Day(day)) | DisplayValue::DateTime(When::Day(day)) => date(*day),
        DisplayValue::Date(When::Moment(at)) => {
            date(at.to_zoned_datetime(TimeZone::system()).date())
        }
        DisplayValue::DateTime(When::Moment(at)) => {
            moment(at.to_zoned_datetime(TimeZone::system()).datetime())
        }
        DisplayValue::Duration(span) => duration(*span),
    }
}

/// A time in its two largest units, from a minute on in whole minutes.
pub fn span(span: Duration) -> String {
    let hours = span.as_secs() / 3600;
    match (hours / 24, hours % 24) {
        (0, _) => duration(span),
        (days, hours) => fl!(
            "value-days",
            days = number(days as f64),
            hours = number(hours as f64)
        ),
    }
}

fn duration(span: Duration) -> String {
    let minutes = span.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => fl!("value-seconds", seconds = number(span.as_secs() as f64)),
        (0, minutes) => fl!("value-minutes", minutes = number(minutes as f64)),
        (hours, minutes) => fl!(
            "value-hours",
            hours = number(hours as f64),
            minutes = number(minutes as f64)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n;

    #[test]
    fn numbers_are_written_as_people_do_there() {
        let written = [
            ("en", "1,234,567.5", "\u{2212}0.25", "40%"),
            ("de", "1.234.567,5", "\u{2212}0,25", "40\u{a0}%"),
            ("fr", "1\u{a0}234\u{a0}567,5", "\u{2212}0,25", "40\u{a0}%"),
            ("es", "1.234.567,5", "\u{2212}0,25", "40\u{a0}%"),
            ("pt-BR", "1.234.567,5", "\u{2212}0,25", "40%"),
            ("it", "1.234.567,5", "\u{2212}0,25", "40%"),
            ("uk", "1\u{a0}234\u{a0}567,5", "\u{2212}0,25", "40%"),
            ("ar", "1,234,567.5", "\u{2212}0.25", "40%"),
            ("zh-Hans", "1,234,567.5", "\u{2212}0.25", "40%"),
            ("ja", "1,234,567.5", "\u{2212}0.25", "40%"),
            ("ko", "1,234,567.5", "\u{2212}0.25", "40%"),
        ];
        for language in i18n::offered() {
            let tag = language.tag;
            let row = written.iter().find(|(of, ..)| *of == tag);
            let (_, large, small, share) = row.unwrap_or_else(|| panic!("say how {tag} writes"));
            i18n::choose(tag);
            let shown = [
                DisplayValue::Number(1_234_567.5),
                DisplayValue::Number(-0.25),
                DisplayValue::Number(-0.001),
                DisplayValue::Percent(0.401),
            ]
            .map(|value| format_value(&value));
            assert_eq!(shown, [*large, *small, "0", *share], "{tag}");
        }
    }

    #[test]
    fn a_span_is_told_in_hours_and_minutes() {
        for (seconds, expected) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (3599, "59 min"),
            (6120, "1 h 42 min"),
            (7200, "2 h 0 min"),
        ] {
            let span = DisplayValue::Duration(Duration::from_secs(seconds));
            assert_eq!(format_value(&span), expected, "{seconds}");
        }
    }

    #[test]
    fn a_day_is_the_same_everywhere() {
        let day = jiff::civil::date(2026, 11, 24);
        let shown = format_value(&DisplayValue::Date(When::Day(day)));
        assert_eq!(shown, "24 November 2026");
    }
}
