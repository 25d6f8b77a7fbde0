//! Values of every format, as each language writes them.

use std::time::{Duration, Instant};

use jiff::{Timestamp, civil};

use super::{LONG, Sample, Shown, ada, cards, fill, formed, painted};
use crate::api::{Card, Currency, DisplayValue, Fact, Money, Page, Progress, When};
use crate::app::pictures::Pictures;
use crate::app::screen::detail::Detail;
use crate::app::screen::home::measure;
use crate::app::screen::home::rows::Rows;
use crate::app::theme::Look;
use crate::config::Shape::{Text, Wide};

/// Rows of cards that say a value of each format, and a detail screen that says them all.
pub(in crate::app) fn all(look: &Look) -> Vec<Sample> {
    let configured = formed(&[Text, Wide, Wide]);
    let mut rows = Rows::new(&configured, &measure(look), Instant::now());
    fill(&mut rows, 0, Ok(Page::whole(spoken())));
    fill(&mut rows, 1, Ok(Page::whole(pictured())));
    fill(&mut rows, 2, Ok(Page::whole(prices())));
    let card = Card {
        id: "all".to_owned(),
        title: range(),
        subtitle: Some(DisplayValue::Relative(off(95))),
        body: Some(DisplayValue::from(
            "Two words of a page:\n\n• the first of a list\n• the second\n\nA line\nand the next.",
        )),
        details: values()
            .into_iter()
            .map(|(label, value)| Fact {
                label: std::sync::Arc::new(label.into()),
                value,
            })
            .collect(),
        progress: running(),
        badges: vec![money(7.5, "EUR"), DisplayValue::Percent(0.25), clock(14, 5)],
        ..Card::default()
    };
    let detail = |name, row: usize, card: &Card| Sample {
        name,
        pictures: Pictures::default(),
        account: ada(),
        shown: Shown::Detail(Detail::new(rows.get(row).unwrap(), card, true, look)),
    };
    let mut samples = vec![
        detail("detail_formats", 1, &card),
        detail("detail_formats_words", 0, &card),
    ];
    samples.push(Sample {
        name: "home_formats",
        pictures: painted(look, &rows),
        account: ada(),
        shown: Shown::Rows(rows),
    });
    samples
}

/// A value of each format.
fn values() -> Vec<(&'static str, DisplayValue)> {
    let day = When::Day(civil::date(2026, 9, 30));
    vec![
        ("number", DisplayValue::Number(1_234_567.5)),
        ("percent", DisplayValue::Percent(0.25)),
        ("date", DisplayValue::Date(day)),
        ("time", clock(20, 15)),
        ("weekday", DisplayValue::Weekday(day)),
        ("date-time", DisplayValue::DateTime(off(60 * 24 * 40))),
        ("relative", DisplayValue::Relative(off(60 * 24 * 12))),
        (
            "duration",
            DisplayValue::Duration(Duration::from_secs(6_120)),
        ),
        ("money", money(-1_234_567.5, "USD")),
        ("parts", range()),
    ]
}

fn spoken() -> Vec<Card> {
    let titles = [
        "Staff meeting",
        "Physiotherapy",
        "Train to Graz",
        "Lunch",
        LONG,
    ];
    let said = values().into_iter().chain([
        ("song", DisplayValue::Duration(Duration::from_secs(222))),
        ("now", DisplayValue::Relative(off(0))),
        ("soon", DisplayValue::Relative(off(5))),
        ("before", DisplayValue::Relative(off(-125))),
    ]);
    said.zip(titles.into_iter().cycle())
        .map(|((id, value), title)| Card {
            id: id.to_owned(),
            title: title.into(),
            subtitle: Some(value),
            progress: running().filter(|_| id == "time"),
            ..Card::default()
        })
        .collect()
}

fn pictured() -> Vec<Card> {
    let values = values().into_iter().cycle();
    let cards = cards(1, 10).into_iter().zip(values);
    cards
        .map(|(card, (_, value))| Card {
            subtitle: Some(value.clone()),
            badges: vec![value, DisplayValue::Relative(off(5))],
            progress: running(),
            ..card
        })
        .collect()
}

/// Amounts of the currencies whose symbols are of scripts and forms of their own.
fn prices() -> Vec<Card> {
    let codes = [
        "KWD", "UAH", "INR", "ILS", "KRW", "VND", "PHP", "XOF", "THB", "JPY", "NGN", "CRC", "GEL",
        "GHS", "SAR", "CHF",
    ];
    let card = |code: &str| Card {
        id: code.to_owned(),
        title: money(1_234.5, code),
        subtitle: Some(money(-0.5, code)),
        ..Card::default()
    };
    codes.map(card).into()
}

fn money(amount: f64, code: &str) -> DisplayValue {
    let currency = Currency::new(code).unwrap();
    DisplayValue::Money(Money { amount, currency })
}

fn clock(hour: i8, minute: i8) -> DisplayValue {
    DisplayValue::TimeOfDay(civil::time(hour, minute, 0, 0))
}

fn range() -> DisplayValue {
    DisplayValue::Parts(vec![clock(13, 0), DisplayValue::from(" – "), clock(14, 30)])
}

/// So many minutes from now, and a little.
fn off(minutes: i64) -> When {
    let seconds = minutes * 60 + 20 * minutes.signum();
    When::Moment(Timestamp::now() + jiff::SignedDuration::from_secs(seconds))
}

/// What began half an hour ago and ends in an hour.
fn running() -> Option<Progress> {
    let at = |minutes| off(minutes).moment();
    Some(Progress::Clock {
        from: at(-30)?,
        to: at(60)?,
    })
}
