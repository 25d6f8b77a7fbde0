//! What values look like, by language.

use super::*;
use crate::api::{Currency, Money};
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
fn a_length_is_counted_as_players_do_and_from_an_hour_on_told() {
    for (seconds, expected) in [
        (0, "0:00"),
        (59, "0:59"),
        (60, "1:00"),
        (222, "3:42"),
        (3599, "59:59"),
        (3600, "1 h 0 min"),
        (6120, "1 h 42 min"),
    ] {
        let span = DisplayValue::Duration(Duration::from_secs(seconds));
        assert_eq!(format_value(&span), expected, "{seconds}");
    }
    i18n::choose("ar-EG");
    let song = DisplayValue::Duration(Duration::from_secs(222));
    assert_eq!(format_value(&song), "٣:٤٢");
}

#[test]
fn a_span_is_told_in_its_units() {
    for (seconds, expected) in [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (90_000, "1 d 1 h"),
    ] {
        assert_eq!(span(Duration::from_secs(seconds)), expected, "{seconds}");
    }
}

#[test]
fn a_day_is_the_same_everywhere() {
    let day = When::Day(jiff::civil::date(2026, 11, 24));
    for (value, expected) in [
        (DisplayValue::Date(day), "24 November 2026"),
        (DisplayValue::DateTime(day), "24 November 2026"),
        (DisplayValue::Weekday(day), "Tuesday"),
        (
            DisplayValue::TimeOfDay(jiff::civil::time(14, 5, 0, 0)),
            "14:05",
        ),
    ] {
        assert_eq!(format_value(&value), expected);
    }
}

#[test]
fn a_day_of_the_week_is_named_in_every_language() {
    let names = [
        ("en", "Tuesday"),
        ("de", "Dienstag"),
        ("fr", "mardi"),
        ("es", "martes"),
        ("pt-BR", "terça-feira"),
        ("it", "martedì"),
        ("uk", "вівторок"),
        ("ar", "الثلاثاء"),
        ("zh-Hans", "星期二"),
        ("ja", "火曜日"),
        ("ko", "화요일"),
    ];
    assert_eq!(names.len(), i18n::offered().len());
    for (tag, expected) in names {
        i18n::choose(tag);
        let day = When::Day(jiff::civil::date(2026, 11, 24));
        assert_eq!(format_value(&DisplayValue::Weekday(day)), expected, "{tag}");
    }
}

#[test]
fn how_far_off_a_time_is() {
    let now: ZonedDateTime = "2026-11-24T20:00:30+01:00[+01:00]".parse().unwrap();
    let at = |text: &str| match text.contains('T') {
        true => When::Moment(text.parse().unwrap()),
        false => When::Day(text.parse().unwrap()),
    };
    for (time, expected) in [
        ("2026-11-24T20:01:00+01:00", "now"),
        ("2026-11-24T20:00:00+01:00", "now"),
        ("2026-11-24T20:01:30+01:00", "in 1 minute"),
        ("2026-11-24T20:05:31+01:00", "in 5 minutes"),
        ("2026-11-24T19:59:00+01:00", "1 minute ago"),
        ("2026-11-24T21:00:30+01:00", "in 1 hour"),
        ("2026-11-25T10:00:30+01:00", "in 14 hours"),
        ("2026-11-24T17:30:00+01:00", "2 hours ago"),
        ("2026-11-25T21:00:00+01:00", "tomorrow"),
        ("2026-11-23T19:00:00+01:00", "yesterday"),
        // 23:30 in UTC is the next day here.
        ("2026-11-26T23:30:00Z", "in 3 days"),
        ("2026-11-24", "today"),
        ("2026-11-25", "tomorrow"),
        ("2026-11-19", "5 days ago"),
        ("2027-01-05", "in 1 month"),
        ("2027-11-23", "in 11 months"),
        ("2026-05-24", "6 months ago"),
        ("2027-11-24", "in 1 year"),
        ("2016-11-24", "10 years ago"),
        ("-009999-01-01", "12033 years ago"),
    ] {
        let shown = relative(at(time), &now).replace(',', "");
        assert_eq!(shown, expected, "{time}");
    }
    for (tag, expected) in [
        ("de", "in 5 Minuten"),
        ("fr", "dans 5 minutes"),
        ("es", "dentro de 5 minutos"),
        ("pt-BR", "em 5 minutos"),
        ("it", "tra 5 minuti"),
        ("uk", "через 5 хвилин"),
        ("ar", "خلال 5 دقائق"),
        ("zh-Hans", "5分钟后"),
        ("ja", "5 分後"),
        ("ko", "5분 후"),
    ] {
        i18n::choose(tag);
        assert_eq!(
            relative(at("2026-11-24T20:05:31+01:00"), &now),
            expected,
            "{tag}"
        );
    }
}

#[test]
fn parts_are_written_one_after_the_other() {
    i18n::choose("de");
    let money = |amount| {
        let currency = Currency::new("EUR").unwrap();
        DisplayValue::Money(Money { amount, currency })
    };
    let range = DisplayValue::Parts(vec![money(7.5), DisplayValue::from(" – "), money(12.0)]);
    assert_eq!(format_value(&range), "7,50\u{a0}€ – 12,00\u{a0}€");
}

#[test]
fn a_date_that_does_not_fit_is_written_shorter_and_nothing_else_is() {
    let day = DisplayValue::Date(When::Day(jiff::civil::date(1999, 12, 7)));
    let parts = |text: &str| DisplayValue::Parts(vec![text.into(), day.clone()]);
    for (value, room, expected) in [
        (day.clone(), 15, "7 December 1999"),
        (day.clone(), 14, "7 Dec 1999"),
        (day.clone(), 9, "07/12/1999"),
        (parts("from "), 15, "from 7 Dec 1999"),
        ("7 December 1999".into(), 9, "7 December 1999"),
    ] {
        let shown = format_to_fit(&value, |words| words.chars().count() <= room);
        assert_eq!(shown, expected, "{value:?} in {room}");
    }
}
