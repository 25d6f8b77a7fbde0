//! How numbers, times and dates are written: by ICU4X, out of CLDR, in the language in use and as people do where the
//! viewer is.

use std::cell::RefCell;
use std::sync::Arc;

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{E, T, YMD};
use icu_datetime::input::{Date, Time};
use icu_datetime::options::YearStyle;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use jiff::civil;
use unic_langid::LanguageIdentifier;

use super::cldr::{OTHER_HOURS, SPACED_PERCENT, TWELVE_HOURS};
use super::{Language, current, fl};
use crate::host::locale::Regions;

/// Between digits and beside them, where no line may end. Not every face has the narrow one.
pub(super) const NO_BREAK: &str = "\u{a0}";
const NARROW_NO_BREAK: &str = "\u{202f}";

/// What numbers and times are written by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Locales {
    numbers: Locale,
    times: Locale,
    spaced_percent: bool,
    /// Whose money it is written as, by our tags: a language, and where it is known the region.
    money: String,
}

impl Locales {
    /// Those of `language` for somebody who lives in `regions`, unless the language was asked for as that of one region.
    pub(super) fn of(language: &Language, asked: Option<&str>, regions: &Regions) -> Self {
        let place = |region: &Option<String>| asked.map(str::to_owned).or_else(|| region.clone());
        let (numbers, times) = (place(&regions.numbers), place(&regions.times));
        let cycle = if counts_to_twelve(language, times.as_deref()) {
            "h12"
        } else {
            "h23"
        };
        let tag = tag(language, numbers.as_deref());
        Self {
            spaced_percent: told_of(&SPACED_PERCENT, language, numbers.as_deref()).unwrap_or(false),
            money: match numbers.as_deref().or_else(|| world(language)) {
                Some(region) => format!("{}-{region}", language.code()),
                None => language.code().to_owned(),
            },
            numbers: tag.parse().unwrap_or(Locale::UNKNOWN),
            times: format!("{}-u-hc-{cycle}", self::tag(language, times.as_deref()))
                .parse()
                .unwrap_or(Locale::UNKNOWN),
        }
    }
}

/// A language of ours, in a region or else where most speak it as our texts do.
fn tag(language: &Language, region: Option<&str>) -> String {
    let mut tag: LanguageIdentifier = language.tag.parse().unwrap_or_default();
    if let Some(region) = region.or_else(|| world(language))
        && let Ok(region) = region.parse()
    {
        tag.region = Some(region);
    }
    tag.to_string()
}

/// English without a country is that of the world, not that of one.
fn world(language: &Language) -> Option<&'static str> {
    (language.tag == "en").then_some("001")
}

/// Whether a clock counts to twelve where `language` is spoken in `region`.
fn counts_to_twelve(language: &Language, region: Option<&str>) -> bool {
    let Some(region) = region else {
        return language.twelve_hours;
    };
    told_of_region(&OTHER_HOURS, language, region).unwrap_or_else(|| TWELVE_HOURS.contains(&region))
}

/// What a table tells of a language in a region, else of the language anywhere.
fn told_of(table: &[(&str, bool)], language: &Language, region: Option<&str>) -> Option<bool> {
    let here = region.and_then(|region| told_of_region(table, language, region));
    let anywhere = table.iter().find(|(place, _)| *place == language.code());
    here.or(anywhere.map(|(_, is_so)| *is_so))
}

fn told_of_region(table: &[(&str, bool)], language: &Language, region: &str) -> Option<bool> {
    let row = table.iter().find(|(place, _)| {
        let rest = place.strip_prefix(language.code());
        rest.and_then(|rest| rest.strip_prefix('-')) == Some(region)
    });
    row.map(|(_, is_so)| *is_so)
}

struct Formatters {
    locales: Arc<Locales>,
    numbers: DecimalFormatter,
    times: NoCalendarFormatter<T>,
    /// By length, from the longest on.
    dates: [FixedCalendarDateTimeFormatter<Gregorian, YMD>; 3],
    weekdays: FixedCalendarDateTimeFormatter<Gregorian, E>,
}

impl Formatters {
    fn load(locales: Arc<Locales>) -> Option<Self> {
        let numbers = DecimalFormatter::try_new(
            (&locales.numbers).into(),
            icu_decimal::options::DecimalFormatterOptions::default(),
        );
        let times = NoCalendarFormatter::try_new((&locales.times).into(), T::hm());
        let dates = |form| FixedCalendarDateTimeFormatter::try_new((&locales.times).into(), form);
        // A year of two digits may be that of another century.
        let short = dates(YMD::short().with_year_style(YearStyle::Full));
        let dates = (dates(YMD::long()), dates(YMD::medium()), short);
        let weekdays = FixedCalendarDateTimeFormatter::try_new((&locales.times).into(), E::long());
        let (Ok(numbers), Ok(times), (Ok(long), Ok(medium), Ok(short)), Ok(weekdays)) =
            (numbers, times, dates, weekdays)
        else {
            tracing::error!(?locales, "numbers and times cannot be written");
            return None;
        };
        Some(Self {
            locales,
            numbers,
            times,
            dates: [long, medium, short],
            weekdays,
        })
    }
}

thread_local! {
    /// Those of the language in use. They belong to the thread that draws.
    static FORMATTERS: RefCell<Option<Formatters>> = const { RefCell::new(None) };
}

fn written(write: impl FnOnce(&Formatters) -> Option<String>) -> Option<String> {
    let wanted = current::get().locales;
    let text = FORMATTERS.with_borrow_mut(|formatters| {
        if formatters
            .as_ref()
            .is_none_or(|ours| ours.locales != wanted)
        {
            *formatters = Formatters::load(wanted);
        }
        formatters.as_ref().and_then(write)
    });
    text.map(|text| text.replace(NARROW_NO_BREAK, NO_BREAK))
}

/// A number, to two decimals: what a person reads at a glance; the API may send more.
pub fn number(value: f64) -> String {
    let exact = format!("{:.2}", value.abs());
    let exact = exact.trim_end_matches('0').trim_end_matches('.');
    let exact = if exact.is_empty() { "0" } else { exact };
    let shown = decimal(exact);
    if value < 0.0 && exact != "0" {
        format!("\u{2212}{shown}")
    } else {
        shown
    }
}

/// A decimal number with all of its places.
pub(super) fn decimal(digits: &str) -> String {
    let shown = written(|ours| {
        let decimal: Decimal = digits.parse().ok()?;
        Some(ours.numbers.format(&decimal).to_string())
    });
    shown.unwrap_or_else(|| digits.to_owned())
}

/// Whose money is written, by our tags.
pub(super) fn place_of_numbers() -> String {
    current::get().locales.money.clone()
}

/// So many of a hundred.
pub fn percent(percent: f64) -> String {
    let number = number(percent);
    let sign = if number.contains(|digit| ('\u{660}'..='\u{669}').contains(&digit)) {
        "\u{66a}"
    } else {
        "%"
    };
    let space = if current::get().locales.spaced_percent {
        NO_BREAK
    } else {
        ""
    };
    format!("{number}{space}{sign}")
}

/// Digits, such as those of a clock that counts down, as the viewer writes them.
pub fn digits(text: &str) -> String {
    let zero = number(0.0).chars().next().map_or(0x30, u32::from);
    let shown = |c: char| {
        let value = c.to_digit(10)?;
        char::from_u32(zero + value)
    };
    text.chars().map(|c| shown(c).unwrap_or(c)).collect()
}

/// A number of seconds, minutes or letters in a text, which are whole and few: its digits alone are the viewer's.
pub(super) fn in_text(value: f64) -> Option<String> {
    (value.fract() == 0.0).then(|| number(value))
}

/// The time of day, to the minute: `20:15`, `8:15 PM`.
pub fn time(time: civil::Time) -> String {
    let field = |value: i8| u8::try_from(value).unwrap_or_default();
    let shown = written(|ours| {
        let time = Time::try_new(field(time.hour()), field(time.minute()), 0, 0).ok()?;
        Some(ours.times.format(&time).to_string())
    });
    shown.unwrap_or_else(|| time.strftime("%H:%M").to_string())
}

/// How much room a date takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLength {
    /// `24 November 2026`
    Long,
    /// `24 Nov 2026`
    Medium,
    /// `24/11/2026`
    Short,
}

/// A day.
pub fn date(day: civil::Date, length: DateLength) -> String {
    let shown = written(|ours| {
        let [long, medium, short] = &ours.dates;
        let dates = match length {
            DateLength::Long => long,
            DateLength::Medium => medium,
            DateLength::Short => short,
        };
        Some(dates.format(&gregorian(day)?).to_string())
    });
    shown.unwrap_or_else(|| day.to_string())
}

/// A day of the week: `Tuesday`.
pub fn weekday(day: civil::Date) -> String {
    let shown = written(|ours| Some(ours.weekdays.format(&gregorian(day)?).to_string()));
    shown.unwrap_or_else(|| day.strftime("%A").to_string())
}

fn gregorian(day: civil::Date) -> Option<Date<Gregorian>> {
    let field = |value: i8| u8::try_from(value).unwrap_or_default();
    Date::try_new_gregorian(day.year().into(), field(day.month()), field(day.day())).ok()
}

/// A day and the time of that day.
pub fn moment(at: civil::DateTime, length: DateLength) -> String {
    fl!(
        "time-moment",
        date = date(at.date(), length),
        time = time(at.time())
    )
}

#[cfg(test)]
mod tests;
