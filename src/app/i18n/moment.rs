//! Times and dates as they are written in the language in use; how each is put together is in
//! `assets/i18n`, section Times.

use jiff::civil::{Date, DateTime, Time};

use super::{Language, current, fl, language};

/// Regions where a clock counts to twelve twice a day (CLDR, `timeData`).
const TWELVE_HOURS: [&str; 25] = [
    "AE", "AU", "BD", "BH", "CA", "CO", "DO", "EG", "IN", "IQ", "JO", "KR", "KW", "MY", "NZ", "OM",
    "PA", "PH", "PK", "PR", "QA", "SA", "SG", "US", "VE",
];

/// Whether a clock counts to twelve where `language` is spoken in `region`.
pub(super) fn counts_to_twelve(language: &Language, region: Option<&str>) -> bool {
    match region {
        // French speakers in Canada count to 24.
        Some(region) => TWELVE_HOURS.contains(&region) && language.tag != "fr",
        None => language.twelve_hours,
    }
}

/// The time of day, to the minute: `20:15`, `8:15 PM`.
pub fn time(time: Time) -> String {
    let minute = format!("{:02}", time.minute());
    if current::get().twelve {
        let shown = format!("{}:{minute}", (time.hour() + 11) % 12 + 1);
        return if time.hour() < 12 {
            fl!("time-morning", time = shown)
        } else {
            fl!("time-afternoon", time = shown)
        };
    }
    let hour = time.hour();
    if language().two_digit_hour {
        format!("{hour:02}:{minute}")
    } else {
        format!("{hour}:{minute}")
    }
}

/// A day: `24 November 2026`.
pub fn date(date: Date) -> String {
    fl!(
        "time-date",
        day = date.day().to_string(),
        month = date.month(),
        year = date.year().to_string()
    )
}

/// A day and the time of that day.
pub fn moment(at: DateTime) -> String {
    fl!(
        "time-moment",
        date = date(at.date()),
        time = time(at.time())
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{choose, offered};
    use super::*;

    #[test]
    fn a_clock_counts_as_people_do_there() {
        let evening = Time::constant(20, 5, 0, 0);
        let night = Time::constant(0, 30, 0, 0);
        for (tag, expected) in [
            ("en", ["20:05", "0:30"]),
            ("en-GB", ["20:05", "0:30"]),
            ("en-US", ["8:05 PM", "12:30 AM"]),
            ("de", ["20:05", "00:30"]),
            ("fr-CA", ["20:05", "00:30"]),
            ("pt-BR", ["20:05", "00:30"]),
            ("es-ES", ["20:05", "0:30"]),
            ("ja", ["20:05", "0:30"]),
            ("ko", ["오후 8:05", "오전 12:30"]),
            ("zh-CN", ["20:05", "00:30"]),
            ("ar-EG", ["8:05 م", "12:30 ص"]),
            ("ar-MA", ["20:05", "00:30"]),
            ("uk", ["20:05", "00:30"]),
        ] {
            choose(tag);
            assert_eq!([time(evening), time(night)], expected, "{tag}");
        }
    }

    #[test]
    fn a_day_is_written_as_people_do_there() {
        let day = Date::constant(2026, 11, 3);
        let mut told = BTreeSet::new();
        for (tag, expected) in [
            ("en", "3 November 2026"),
            ("de", "3. November 2026"),
            ("fr", "3 novembre 2026"),
            ("es", "3 de noviembre de 2026"),
            ("pt-BR", "3 de novembro de 2026"),
            ("it", "3 novembre 2026"),
            ("uk", "3 листопада 2026 р."),
            ("ar", "3 نوفمبر 2026"),
            ("zh-Hans", "2026年11月3日"),
            ("ja", "2026年11月3日"),
            ("ko", "2026년 11월 3일"),
        ] {
            choose(tag);
            assert_eq!(date(day), expected, "{tag}");
            let _ = told.insert(tag);
        }
        let missing = offered().iter().filter(|there| !told.contains(there.tag));
        let missing: Vec<_> = missing.map(|there| there.tag).collect();
        assert!(missing.is_empty(), "say how a day is written: {missing:?}");
    }
}
