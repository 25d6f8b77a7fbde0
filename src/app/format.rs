//! Values of the owner's API as they are written in the viewer's language.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::api::{DisplayValue, When, clock};
use crate::app::i18n::{
    DateLength, date, digits, fl, moment, money, number, percent, time, weekday,
};
use crate::app::pictures::initials;

/// A value in the viewer's language, on the viewer's clock.
pub fn format_value(phrase: &DisplayValue) -> String {
    written(phrase, DateLength::Long)
}

/// A value with its dates as long as they may be to fit; where none does, as short as they get.
pub fn format_to_fit(phrase: &DisplayValue, fits: impl Fn(&str) -> bool) -> String {
    if has_date(phrase) {
        for length in [DateLength::Long, DateLength::Medium] {
            let shown = written(phrase, length);
            if fits(&shown) {
                return shown;
            }
        }
    }
    written(phrase, DateLength::Short)
}

fn has_date(phrase: &DisplayValue) -> bool {
    match phrase {
        DisplayValue::Date(_) | DisplayValue::DateTime(_) => true,
        DisplayValue::Parts(parts) => parts.iter().any(has_date),
        _ => false,
    }
}

fn written(phrase: &DisplayValue, dates: DateLength) -> String {
    let local = |at: Timestamp| at.to_zoned_datetime(TimeZone::system());
    match phrase {
        DisplayValue::Text(text) => text.clone(),
        DisplayValue::Number(value) => number(*value),
        DisplayValue::Percent(share) => percent((share * 100.0).round()),
        DisplayValue::Date(when) => date(when.day(TimeZone::system()), dates),
        DisplayValue::DateTime(When::Day(day)) => date(*day, dates),
        DisplayValue::DateTime(When::Moment(at)) => moment(local(*at).datetime(), dates),
        DisplayValue::Time(at) => time(local(*at).time()),
        DisplayValue::TimeOfDay(at) => time(*at),
        DisplayValue::Weekday(when) => weekday(when.day(TimeZone::system())),
        DisplayValue::Relative(when) => relative(*when, &ZonedDateTime::now()),
        DisplayValue::Duration(span) => digits(&clock_or_hours(*span)),
        DisplayValue::Money(amount) => {
            let is_debt = amount.amount < 0.0;
            money(&amount.digits(), is_debt, amount.currency.code())
        }
        DisplayValue::Parts(parts) => parts.iter().map(|part| written(part, dates)).collect(),
    }
}

/// Letters that stand for a card's title where there is no picture: those of a time or a price say nothing.
pub fn letters_of(title: &DisplayValue) -> String {
    match title {
        DisplayValue::Text(text) => initials(text),
        _ => String::new(),
    }
}

/// Under an hour as a clock counts it, which is how players write a song's length; from there on in hours and minutes.
fn clock_or_hours(span: Duration) -> String {
    if span < HOUR {
        clock(span)
    } else {
        duration(span)
    }
}

const HOUR: Duration = Duration::from_secs(3600);

/// How far off a time is: in minutes and hours within a day, then in days of the calendar.
fn relative(when: When, now: &ZonedDateTime) -> String {
    const DAY: i64 = 24 * 60;
    let zone = now.time_zone().clone();
    let off = when
        .moment()
        .map(|at| at.duration_since(now.timestamp()).as_mins());
    match off {
        Some(0) => return fl!("relative-now"),
        Some(minutes @ 1..60) => return fl!("relative-in-minutes", minutes = minutes),
        Some(past @ -59..0) => {
            let minutes = -past;
            return fl!("relative-minutes-ago", minutes = minutes);
        }
        Some(minutes @ 60..DAY) => {
            let hours = minutes / 60;
            return fl!("relative-in-hours", hours = hours);
        }
        Some(minutes) if -DAY < minutes && minutes < 0 => {
            let hours = -minutes / 60;
            return fl!("relative-hours-ago", hours = hours);
        }
        Some(_) | None => {}
    }
    let off = days_between(now.date(), when.day(zone));
    let (days, months, years) = (off.abs(), (off.abs() / 30).min(11), off.abs() / 365);
    match off {
        0 => fl!("relative-today"),
        1 => fl!("relative-tomorrow"),
        -1 => fl!("relative-yesterday"),
        2..=30 => fl!("relative-in-days", days = days),
        -30..=-2 => fl!("relative-days-ago", days = days),
        31..=364 => fl!("relative-in-months", months = months),
        -364..=-31 => fl!("relative-months-ago", months = months),
        365.. => fl!("relative-in-years", years = years),
        _ => fl!("relative-years-ago", years = years),
    }
}

fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i64 {
    to.duration_since(from).as_hours() / 24
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
mod tests;
