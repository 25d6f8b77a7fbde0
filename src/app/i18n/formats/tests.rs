//! What is written where, against what CLDR says.

use std::collections::BTreeSet;

use jiff::civil;

use super::super::{choice, choose, offered};
use super::*;

/// Somebody whose system has these variables, and who has chosen this language or `auto`.
fn live(language: &str, variables: &[(&str, &str)]) {
    let regions = Regions::of(|name| {
        let set = variables.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| (*value).into())
    });
    current::set(choice(&[language.to_owned()], &regions));
}

const EVENING: civil::Time = civil::Time::constant(20, 5, 0, 0);
const NIGHT: civil::Time = civil::Time::constant(0, 30, 0, 0);

#[test]
fn a_clock_counts_as_people_do_there() {
    for (tag, expected) in [
        ("en", ["20:05", "00:30"]),
        ("en-GB", ["20:05", "00:30"]),
        ("en-US", ["8:05 PM", "12:30 AM"]),
        ("en-IN", ["8:05 PM", "12:30 AM"]),
        ("de", ["20:05", "00:30"]),
        ("fr-CA", ["20 h 05", "00 h 30"]),
        ("pt-BR", ["20:05", "00:30"]),
        ("es-ES", ["20:05", "00:30"]),
        ("es-MX", ["08:05 p.m.", "12:30 a.m."]),
        ("es-419", ["8:05 p.m.", "12:30 a.m."]),
        ("ja", ["20:05", "0:30"]),
        ("ko", ["오후 8:05", "오전 12:30"]),
        ("zh-CN", ["20:05", "00:30"]),
        ("ar-EG", ["٨:٠٥ م", "١٢:٣٠ ص"]),
        ("ar-AE", ["8:05 م", "12:30 ص"]),
        ("ar-MA", ["20:05", "00:30"]),
        ("uk", ["20:05", "00:30"]),
    ] {
        choose(tag);
        let shown = [EVENING, NIGHT].map(|at| time(at).replace(NO_BREAK, " "));
        assert_eq!(shown, expected, "{tag}");
    }
}

#[test]
fn a_clock_counts_to_twelve_in_every_region_where_cldr_does() {
    assert_eq!(
        TWELVE_HOURS
            .iter()
            .filter(|region| region.len() == 2)
            .count(),
        104
    );
    for language in offered() {
        for region in TWELVE_HOURS {
            let french_canada = language.tag == "fr" && region == "CA";
            live(language.tag, &[("LANG", &format!("xx_{region}.UTF-8"))]);
            let evening = time(EVENING);
            let counts = !evening.contains("20") && !evening.contains("٢٠");
            assert_eq!(
                counts, !french_canada,
                "{} {region}: {evening}",
                language.tag
            );
        }
        for region in ["GB", "FR", "BR", "ES", "JP", "DE", "MA", "IL"] {
            live(language.tag, &[("LANG", &format!("xx_{region}.UTF-8"))]);
            let evening = time(EVENING);
            assert!(
                evening.contains("20") || evening.contains("٢٠"),
                "{} {region}: {evening}",
                language.tag
            );
        }
    }
}

/// For the countries that most speakers live in, CLDR's table of regions and its patterns of languages say the same; there
/// are others where it is of two minds (Spanish in Argentina).
#[test]
fn the_table_of_regions_agrees_with_the_patterns_of_cldr() {
    for tag in [
        "en-US",
        "en-GB",
        "es-ES",
        "es-MX",
        "fr-FR",
        "fr-CA",
        "de-DE",
        "de-CH",
        "it-IT",
        "it-CH",
        "pt-BR",
        "pt-PT",
        "uk-UA",
        "ar-EG",
        "ar-MA",
        "zh-Hans-CN",
        "ja-JP",
        "ko-KR",
    ] {
        let locale: Locale = tag.parse().unwrap();
        let patterns = NoCalendarFormatter::try_new((&locale).into(), T::hm()).unwrap();
        let evening = Time::try_new(20, 5, 0, 0).unwrap();
        let evening = patterns.format(&evening).to_string();
        choose(tag);
        assert_eq!(
            time(EVENING),
            evening.replace(NARROW_NO_BREAK, NO_BREAK),
            "{tag}"
        );
    }
}

#[test]
fn the_system_says_where_somebody_lives_and_the_viewer_which_language_it_is() {
    let us = ("LANG", "en_US.UTF-8");
    for (language, variables, expected) in [
        ("en", &[us][..], ["8:05 PM", "3,456.5", "November 3, 2026"]),
        ("de", &[us], ["8:05 PM", "3.456,5", "3. November 2026"]),
        (
            "en",
            &[us, ("LC_TIME", "en_GB.UTF-8")],
            ["20:05", "3,456.5", "3 November 2026"],
        ),
        (
            "en",
            &[us, ("LC_NUMERIC", "de_AT.UTF-8")],
            ["8:05 PM", "3.456,5", "November 3, 2026"],
        ),
        (
            "en",
            &[us, ("LC_ALL", "en_IE.UTF-8@euro")],
            ["20:05", "3,456.5", "3 November 2026"],
        ),
        (
            "en",
            &[us, ("LC_ALL", "C.UTF-8")],
            ["20:05", "3,456.5", "3 November 2026"],
        ),
        (
            "en",
            &[us, ("LC_ALL", ""), ("LC_TIME", "")],
            ["8:05 PM", "3,456.5", "November 3, 2026"],
        ),
        ("en", &[], ["20:05", "3,456.5", "3 November 2026"]),
        // Who asks for a language as that of a region lives there.
        ("de-AT", &[us], ["20:05", "3 456,5", "3. November 2026"]),
        (
            "es",
            &[("LANG", "es_ES.UTF-8")],
            ["20:05", "3456,5", "3 de noviembre de 2026"],
        ),
        (
            "es",
            &[("LANG", "es_MX")],
            ["08:05 p.m.", "3,456.5", "3 de noviembre de 2026"],
        ),
        (
            "it",
            &[("LANG", "it_IT")],
            ["20:05", "3456,5", "3 novembre 2026"],
        ),
        (
            "pt-BR",
            &[("LANG", "pt_PT")],
            ["20:05", "3456,5", "3 de novembro de 2026"],
        ),
        (
            "ar",
            &[("LANG", "ar_EG.UTF-8")],
            ["٨:٠٥ م", "٣٬٤٥٦٫٥", "٣ نوفمبر ٢٠٢٦"],
        ),
        (
            "ar",
            &[("LANG", "ar_MA")],
            ["20:05", "3.456,5", "3 نونبر 2026"],
        ),
        (
            "ar",
            &[("LANG", "ar_AE")],
            ["8:05 م", "3,456.5", "3 نوفمبر 2026"],
        ),
    ] {
        live(language, variables);
        let shown = [
            time(EVENING),
            number(3_456.5),
            date(civil::Date::constant(2026, 11, 3), DateLength::Long),
        ];
        assert_eq!(
            shown.map(|text| text.replace(NO_BREAK, " ")),
            expected,
            "{language} {variables:?}"
        );
    }
}

#[test]
fn digits_are_the_viewers_in_every_text() {
    live("ar", &[("LANG", "ar_EG.UTF-8")]);
    assert_eq!(percent(40.0), "٤٠٪");
    assert_eq!(digits("14:32"), "١٤:٣٢");
    assert_eq!(number(-1_234.5), "\u{2212}١٬٢٣٤٫٥");
    let text = fl!("still-there-seconds", seconds = 45);
    assert!(text.contains("٤٥") && !text.contains("45"), "{text}");
    live("ar", &[("LANG", "ar_MA.UTF-8")]);
    assert_eq!(percent(40.0), "40%");
    assert_eq!(digits("14:32"), "14:32");
}

#[test]
fn large_numbers_are_grouped_as_people_do_there() {
    for (tag, expected) in [
        ("en-IN", ["1,234", "12,345", "12,34,567"]),
        ("es", ["1234", "12.345", "1.234.567"]),
        ("it", ["1234", "12.345", "1.234.567"]),
        ("pt-PT", ["1234", "12 345", "1 234 567"]),
        ("es-MX", ["1,234", "12,345", "1,234,567"]),
        ("fr", ["1 234", "12 345", "1 234 567"]),
        ("de-AT", ["1 234", "12 345", "1 234 567"]),
    ] {
        choose(tag);
        let shown =
            [1_234.0, 12_345.0, 1_234_567.0].map(|value| number(value).replace(NO_BREAK, " "));
        assert_eq!(shown, expected, "{tag}");
    }
}

#[test]
fn a_day_is_written_as_people_do_there() {
    let day = civil::Date::constant(2026, 11, 3);
    let mut told = BTreeSet::new();
    for (tag, long, medium, short) in [
        ("en", "3 November 2026", "3 Nov 2026", "03/11/2026"),
        ("en-US", "November 3, 2026", "Nov 3, 2026", "11/3/2026"),
        ("de", "3. November 2026", "03.11.2026", "03.11.2026"),
        ("fr", "3 novembre 2026", "3 nov. 2026", "03/11/2026"),
        ("es", "3 de noviembre de 2026", "3 nov 2026", "3/11/2026"),
        (
            "pt-BR",
            "3 de novembro de 2026",
            "3 de nov. de 2026",
            "03/11/2026",
        ),
        ("it", "3 novembre 2026", "3 nov 2026", "03/11/2026"),
        ("uk", "3 листопада 2026 р.", "3 лист. 2026 р.", "03.11.2026"),
        (
            "ar",
            "3 نوفمبر 2026",
            "03\u{200f}/11\u{200f}/2026",
            "3\u{200f}/11\u{200f}/2026",
        ),
        ("zh-Hans", "2026年11月3日", "2026年11月3日", "2026/11/3"),
        ("ja", "2026年11月3日", "2026/11/03", "2026/11/03"),
        ("ko", "2026년 11월 3일", "2026/11/3", "2026/11/3"),
    ] {
        choose(tag);
        let written = [DateLength::Long, DateLength::Medium, DateLength::Short]
            .map(|length| date(day, length).replace(NO_BREAK, " "));
        assert_eq!(written, [long, medium, short], "{tag}");
        let _ = told.insert(tag);
    }
    let missing = offered().iter().filter(|there| !told.contains(there.tag));
    let missing: Vec<_> = missing.map(|there| there.tag).collect();
    assert!(missing.is_empty(), "say how a day is written: {missing:?}");
}
