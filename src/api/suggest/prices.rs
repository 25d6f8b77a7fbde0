//! What an item costs.

use super::names::{self, Table};
use super::survey::{Place, Survey};
use super::texts::{Choice, quoted};
use super::titles::pointer;

const PRICES: Table = &[
    (9.5, "price"),
    (9.0, "totalprice amountdue grandtotal"),
    (8.5, "totalamount unitamount"),
    (8.0, "amount cost balance listprice"),
    (7.5, "minprice"),
    (7.0, "fee amountpaid"),
    (6.5, "total"),
    (6.0, "salary"),
    (5.0, "budget"),
    (4.0, "value"),
];

/// What it costs: money where a currency stands with it, else a number.
pub(super) fn price(survey: &Survey<'_>) -> Option<(String, Choice)> {
    let currency = |place: &Place<'_>| {
        let mut currencies: Vec<_> = survey
            .places
            .iter()
            .filter(|other| {
                names::words(other.own_name())
                    .iter()
                    .any(|word| word == "currency")
                    && other.share_of(|text| {
                        text.len() == 3 && text.chars().all(|c| c.is_ascii_alphabetic())
                    }) > 0.9
            })
            .collect();
        currencies.sort_by_key(|other| (other.parent() != place.parent(), other.at.len()));
        currencies.into_iter().next()
    };
    let scored = survey
        .places
        .iter()
        .filter(|place| place.lists <= 1)
        .filter_map(|place| {
            let is_number = place.numbers().len() == place.values.len() && !place.values.is_empty();
            let score = names::rank(place.name(), PRICES)
                - 1.0 * place.distance
                - 0.5 * place.lists as f32
                - 2.0 * (1.0 - survey.share(place));
            (is_number && score > 3.0).then(|| {
                (
                    score + if currency(place).is_some() { 1.0 } else { 0.0 },
                    place,
                )
            })
        });
    let (_, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let at = quoted(&pointer(best));
    let choice = |toml: String, because: &str| Choice {
        toml,
        why: format!("{}{because}", survey.in_words(best)),
        shown: best.first_three(),
        at: best.at.clone(),
    };
    let is_price = names::words(best.own_name())
        .iter()
        .any(|word| word.starts_with("price") || word == "cost" || word == "fee");
    let Some(currency) = currency(best) else {
        if !is_price {
            return None;
        }
        return Some((
            names::label(best.name()),
            choice(
                format!("{{ at = {at}, format = \"number\" }}"),
                ", a number; with currency = \"EUR\" and format = \"money\" it is a price",
            ),
        ));
    };
    let words = names::words(best.own_name());
    let whole = best
        .values
        .iter()
        .all(|(_, value)| value.as_i64().is_some());
    let lower = currency.share_of(|text| text.chars().all(|c| c.is_ascii_lowercase())) > 0.9;
    let in_minor = whole
        && (lower
            || words
                .iter()
                .any(|word| matches!(word.as_str(), "cents" | "minor" | "unit" | "money"))
            || best
                .names
                .iter()
                .any(|name| names::joined(name).ends_with("money")));
    let minor = if in_minor { ", minor = true" } else { "" };
    Some((
        names::label(best.name()),
        choice(
            format!(
                "{{ at = {at}, format = \"money\", currency = {}{minor} }}",
                quoted(&pointer(currency))
            ),
            ", with a currency",
        ),
    ))
}
