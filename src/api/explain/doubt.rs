//! What could all be read and still looks wrong: a scale that cannot be meant, or what should differ from card to card
//! and does not.

use std::collections::HashMap;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz;

use crate::api::mapping::card::Card;
use crate::api::mapping::progress::Progress;
use crate::api::mapping::value::{DisplayValue, Money, When};

/// Something of a row that its author may want to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The key in the configuration, such as `card.subtitle`.
    pub part: String,
    /// What looks wrong, and what may be behind it.
    pub what: String,
}

/// Spans of time from here on are no films, songs or programmes.
const LONG: Duration = Duration::from_secs(24 * 3600);
/// A year from here on is no date that anybody plans for.
const FAR: i16 = 2500;

/// What of `cards` looks wrong.
pub(in crate::api) fn doubts(cards: &[Card]) -> Vec<Doubt> {
    let mut parts: Vec<(String, Vec<&DisplayValue>)> = Vec::new();
    for (part, value) in cards.iter().flat_map(values) {
        match parts.iter_mut().find(|(known, _)| *known == part) {
            Some((_, values)) => values.push(value),
            None => parts.push((part, vec![value])),
        }
    }
    let scales = parts.iter().flat_map(|(part, values)| {
        let what = [spans(values), moments(values), shares(values), sums(values)];
        what.into_iter().flatten().map(move |what| Doubt {
            part: part.clone(),
            what,
        })
    });
    let mut found: Vec<Doubt> = scales.collect();
    let ids = cards
        .iter()
        .filter_map(|card| Some(card.sent_id()?.to_string()));
    let same = [
        ("card.id", sameness("id", ids.collect())),
        (
            "card.title",
            sameness("title", cards.iter().map(title).collect()),
        ),
        ("card.progress", progress(cards)),
    ];
    for (part, what) in same {
        found.extend(what.map(|what| Doubt {
            part: part.to_owned(),
            what,
        }));
    }
    found
}

fn title(card: &Card) -> String {
    card.title.to_string()
}

/// What a card shows, by the key of the configuration.
fn values(card: &Card) -> Vec<(String, &DisplayValue)> {
    let mut found = Vec::new();
    let title = [("card.title".to_owned(), &card.title)];
    let subtitle = card.subtitle.iter();
    let subtitle = subtitle.map(|value| ("card.subtitle".to_owned(), value));
    let badges = card.badges.iter();
    let badges = badges.map(|value| ("card.badges".to_owned(), value));
    let details = card.details.iter();
    let details = details.map(|fact| (format!("details.\"{}\"", fact.label), &fact.value));
    for (part, value) in title
        .into_iter()
        .chain(subtitle)
        .chain(badges)
        .chain(details)
    {
        match value {
            DisplayValue::Parts(parts) => {
                found.extend(parts.iter().map(|value| (part.clone(), value)));
            }
            one => found.push((part, one)),
        }
    }
    found
}

/// The one in the middle.
fn middle<T: PartialOrd + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len() / 2).copied()
}

fn spans(values: &[&DisplayValue]) -> Option<String> {
    let spans = values.iter().filter_map(|value| match value {
        DisplayValue::Duration(span) => Some(*span),
        _ => None,
    });
    let spans: Vec<Duration> = spans.collect();
    let shortest = *spans.iter().min()?;
    let usual = middle(spans)?;
    if usual < LONG || shortest.as_secs() < 3600 {
        return None;
    }
    let unit = [
        ("milliseconds", "ms", 1000),
        ("ticks of 100 ns", "ticks", 10_000_000),
    ];
    let unit = unit.into_iter().find(|(_, _, parts)| usual / *parts < LONG);
    let meant = unit.map_or_else(String::new, |(name, unit, _)| {
        format!(": {name}? (unit = \"{unit}\")")
    });
    let of = of_items(shortest >= LONG);
    Some(format!("{} h for {of}{meant}", usual.as_secs() / 3600))
}

/// Of how many items something is said: all of them, or at least the one in the middle.
fn of_items(all: bool) -> &'static str {
    match all {
        true => "every item",
        false => "an item in the middle",
    }
}

fn moments(values: &[&DisplayValue]) -> Option<String> {
    let whens = values.iter().filter_map(|value| match value {
        DisplayValue::Date(when)
        | DisplayValue::DateTime(when)
        | DisplayValue::Weekday(when)
        | DisplayValue::Relative(when) => Some(day(when)),
        DisplayValue::Time(moment) => Some(day(&When::Moment(*moment))),
        _ => None,
    });
    let days: Vec<Date> = whens.collect();
    let all = days.len();
    // Seconds that are read as milliseconds all fall into the first month.
    let early = days
        .iter()
        .filter(|day| (day.year(), day.month()) == (1970, 1));
    let early = early.count();
    let is_far = |day: &Date| day.year() >= FAR;
    let every = days.iter().all(is_far);
    let usual = middle(days)?;
    if is_far(&usual) {
        return Some(format!(
            "the year {} for {}: a smaller unit than is read? (unit = \"ms\" is thousandths of a second since 1970)",
            usual.year(),
            of_items(every)
        ));
    }
    match early {
        0 => None,
        n if n == all => Some(
            "January 1970 for every item: a larger unit than is read? (unit = \"s\" is seconds since 1970)"
                .to_owned(),
        ),
        n => Some(format!(
            "January 1970 for {n} of {all} items: does 0 stand for no date there?"
        )),
    }
}

fn day(when: &When) -> Date {
    match when {
        When::Day(day) => *day,
        When::Moment(moment) => tz::Offset::UTC.to_datetime(*moment).date(),
    }
}

fn shares(values: &[&DisplayValue]) -> Option<String> {
    let shares = values.iter().filter_map(|value| match value {
        DisplayValue::Percent(share) => Some(*share),
        _ => None,
    });
    let shares: Vec<f64> = shares.collect();
    let every = shares.iter().all(|share| *share > 2.0);
    let usual = middle(shares)?;
    (usual > 2.0).then(|| {
        format!(
            "{:.0} % for {}: format \"percent\" takes 0 to 1, and the API seems to send 0 to 100",
            usual * 100.0,
            of_items(every)
        )
    })
}

/// Prices that end in no cents may be written in cents.
fn sums(values: &[&DisplayValue]) -> Option<String> {
    let sums = values.iter().filter_map(|value| match value {
        DisplayValue::Money(sum) if sum.currency.decimals() > 0 => Some(*sum),
        _ => None,
    });
    let sums: Vec<Money> = sums.collect();
    let are_whole = sums.len() > 1 && sums.iter().all(|sum| sum.amount.fract() == 0.0);
    let usual = middle(sums.iter().map(|sum| sum.amount.abs()).collect())?;
    let first = sums.first()?;
    (are_whole && usual >= 100.0).then(|| {
        format!(
            "{first} and no fraction in any item: 100 times too much? (minor = true reads cents)"
        )
    })
}

fn progress(cards: &[Card]) -> Option<String> {
    let shares = cards.iter().filter_map(|card| match card.progress {
        Some(Progress::Part(part)) => Some(part),
        // That of a clock needs no scale.
        Some(Progress::Clock { .. }) | None => None,
    });
    let shares: Vec<f32> = shares.collect();
    let is_full = shares.len() > 1 && shares.iter().all(|share| *share >= 1.0);
    is_full.then(|| {
        "1.00 for every item: does the API send 0 to 100, or seconds? (progress = { value = \"…\", max = … } says of what)"
            .to_owned()
    })
}

/// Whether what should differ does not, or not everywhere.
fn sameness(what: &str, texts: Vec<String>) -> Option<String> {
    let all = texts.len();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let (most, count) = counts.iter().max_by_key(|(_, count)| **count)?;
    if all > 1 && *count == all {
        let most = crate::api::text::line(most, crate::api::text::NAME);
        return Some(format!("every item has the {what} {most}"));
    }
    // Two films of one name are no fault.
    let repeated: usize = counts.values().filter(|count| **count > 1).sum();
    (what == "id" && repeated > 0).then(|| {
        format!("{repeated} of {all} items have an id that another one has, too: actions may reach the wrong one")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::mapping::card::Fact;
    use crate::api::mapping::value::Currency;

    fn with(values: &[DisplayValue]) -> Vec<Card> {
        let card = |(index, value): (usize, &DisplayValue)| Card {
            id: index.to_string(),
            title: index.to_string().as_str().into(),
            subtitle: Some(value.clone()),
            ..Card::default()
        };
        values.iter().enumerate().map(card).collect()
    }

    fn told(cards: &[Card]) -> String {
        let found = doubts(cards).into_iter();
        let found = found.map(|doubt| format!("{}: {}", doubt.part, doubt.what));
        found.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_scale_that_cannot_be_meant_is_doubted() {
        let span = |seconds| DisplayValue::Duration(Duration::from_secs(seconds));
        let at = |seconds| {
            DisplayValue::DateTime(When::Moment(jiff::Timestamp::from_second(seconds).unwrap()))
        };
        let euros = |amount| {
            DisplayValue::Money(Money {
                amount,
                currency: Currency::new("EUR").unwrap(),
            })
        };
        for (values, words) in [
            (
                vec![span(222_000), span(181_000)],
                "61 h for every item: milliseconds? (unit = \"ms\")",
            ),
            (
                vec![span(2_220_000_000)],
                "ticks of 100 ns? (unit = \"ticks\")",
            ),
            (vec![span(222), span(7_200), span(400_000)], ""),
            (
                vec![at(1_700_000), at(1_800_000)],
                "January 1970 for every item: a larger unit",
            ),
            (
                vec![at(0), at(1_700_000_000)],
                "January 1970 for 1 of 2 items: does 0 stand for no date there?",
            ),
            (vec![at(1_700_000_000)], ""),
            (vec![at(200_000_000_000)], "the year 8307"),
            (vec![DisplayValue::Percent(40.0)], "4000 % for every item"),
            (vec![DisplayValue::Percent(1.2)], ""),
            (
                vec![euros(1999.0), euros(499.0)],
                "1999.00 EUR and no fraction",
            ),
            (vec![euros(19.99), euros(5.0)], ""),
            (
                vec![DisplayValue::Parts(vec![span(222_000)])],
                "61 h for every item",
            ),
        ] {
            let told = told(&with(&values));
            match words {
                "" => assert_eq!(told, "", "{values:?}"),
                words => assert!(
                    told.starts_with("card.subtitle: ") && told.contains(words),
                    "{told}"
                ),
            }
        }
        let fact = Fact {
            label: std::sync::Arc::new("Length".into()),
            value: span(222_000),
        };
        let card = Card {
            details: vec![fact],
            ..Card::default()
        };
        assert!(told(&[card]).starts_with("details.\"Length\": 61 h"));
    }

    #[test]
    fn what_should_differ_and_does_not_is_doubted() {
        let card = |id: &str, title: &str, progress: Option<f32>| Card {
            id: id.to_owned(),
            title: title.into(),
            progress: progress.map(Progress::Part),
            ..Card::default()
        };
        let same = told(&[card("a", "Item", Some(1.0)), card("b", "Item", Some(1.0))]);
        assert!(
            same.contains("card.title: every item has the title Item"),
            "{same}"
        );
        assert!(
            same.contains("card.progress: 1.00 for every item"),
            "{same}"
        );
        let own_id = crate::api::mapping::card::OwnId::Other("a".into());
        let again = Card {
            own_id,
            ..card(" a#2", "B", None)
        };
        let same = told(&[card("a", "A", None), again.clone()]);
        assert_eq!(same, "card.id: every item has the id \"a\"");
        let some = told(&[card("a", "A", None), again, card("c", "C", Some(1.0))]);
        assert!(some.starts_with("card.id: 2 of 3 items"), "{some}");
        assert_eq!(
            told(&[card("a", "A", Some(1.0)), card("b", "B", Some(0.5))]),
            ""
        );
        assert_eq!(told(&[card("a", "A", Some(1.0))]), "");
    }
}
