//! How an amount of money is written, by the patterns and symbols of CLDR.

use super::cldr::money::{PATTERNS, SYMBOLS};
use super::formats::{self, NO_BREAK};

/// A place by our tags, and those whose forms it has where it has none of its own.
fn above(place: &str) -> impl Iterator<Item = &str> {
    let language = place.split('-').next().unwrap_or(place);
    let region = place.split_once('-').map(|(_, region)| region);
    let world = match (language, region) {
        ("en", Some("US")) | (_, None) => None,
        ("en", Some(_)) => Some("en-001"),
        ("es", Some("EA" | "ES" | "GQ" | "IC" | "PH")) => None,
        ("es", Some(_)) => Some("es-419"),
        _ => None,
    };
    [Some(place), world, Some(language)].into_iter().flatten()
}

/// What people call a currency: its symbol, or its code where it has none there.
fn symbol<'a>(place: &str, code: &'a str) -> &'a str {
    let found = above(place).find_map(|place| {
        let (_, symbols) = SYMBOLS.iter().find(|(there, _)| *there == place)?;
        let mut symbols = symbols.split(' ');
        while let (Some(known), Some(symbol)) = (symbols.next(), symbols.next()) {
            if known == code {
                return Some(symbol);
            }
        }
        None
    });
    found.unwrap_or(code)
}

/// An amount, whose `digits` have the decimal places that are shown.
pub fn money(digits: &str, is_debt: bool, code: &str) -> String {
    let place = formats::place_of_numbers();
    let pattern =
        above(&place).find_map(|place| PATTERNS.iter().find(|(there, ..)| *there == place));
    let (_, amount, debt) = pattern.unwrap_or(&("", "¤\u{a0}0", "-¤\u{a0}0"));
    let symbol = symbol(&place, code);
    // CLDR, currencySpacing: letters do not touch digits.
    let apart = if symbol.ends_with(|c: char| c.is_alphanumeric() || c == '.') {
        format!("¤{NO_BREAK}0")
    } else {
        "¤0".to_owned()
    };
    let pattern = if is_debt { debt } else { amount };
    pattern
        .replace("¤0", &apart)
        .replace('-', "\u{2212}")
        .replace('0', &formats::decimal(digits))
        .replace('¤', &symbol.replace('\u{202f}', NO_BREAK))
}

#[cfg(test)]
mod tests {
    use super::super::{choose, offered};
    use super::*;

    #[test]
    fn an_amount_is_written_as_people_do_there() {
        for (tag, expected) in [
            (
                "en",
                [
                    "US$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "JP¥12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "en-US",
                [
                    "$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "¥12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "en-GB",
                [
                    "US$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "JP¥12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "en-CA",
                [
                    "US$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "JP¥12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "de",
                [
                    "12.345,50 $",
                    "7,50 €",
                    "\u{2212}0,05 £",
                    "12.000 ¥",
                    "1,250 KWD",
                ],
            ),
            (
                "de-AT",
                [
                    "$ 12 345,50",
                    "€ 7,50",
                    "\u{2212}£ 0,05",
                    "¥ 12 000",
                    "KWD 1,250",
                ],
            ),
            (
                "fr",
                [
                    "12 345,50 $US",
                    "7,50 €",
                    "\u{2212}0,05 £GB",
                    "12 000 JPY",
                    "1,250 KWD",
                ],
            ),
            (
                "fr-CA",
                [
                    "12 345,50 $ US",
                    "7,50 €",
                    "\u{2212}0,05 £",
                    "12 000 ¥",
                    "1,250 KWD",
                ],
            ),
            (
                "es",
                [
                    "12.345,50 US$",
                    "7,50 €",
                    "\u{2212}0,05 GBP",
                    "12.000 JPY",
                    "1,250 KWD",
                ],
            ),
            (
                "es-MX",
                [
                    "USD 12,345.50",
                    "EUR 7.50",
                    "\u{2212}GBP 0.05",
                    "JPY 12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "pt-BR",
                [
                    "US$ 12.345,50",
                    "€ 7,50",
                    "\u{2212}£ 0,05",
                    "JP¥ 12.000",
                    "KWD 1,250",
                ],
            ),
            (
                "it",
                [
                    "12.345,50 USD",
                    "7,50 €",
                    "\u{2212}0,05 £",
                    "12.000 JPY",
                    "1,250 KWD",
                ],
            ),
            (
                "uk",
                [
                    "12 345,50 USD",
                    "7,50 EUR",
                    "\u{2212}0,05 GBP",
                    "12 000 ¥",
                    "1,250 KWD",
                ],
            ),
            (
                "ar",
                [
                    "\u{200f}12,345.50 US$",
                    "\u{200f}7.50 €",
                    "\u{200f}\u{2212}0.05 UK£",
                    "\u{200f}12,000 JP¥",
                    "\u{200f}1.250 د.ك.\u{200f}",
                ],
            ),
            (
                "zh-Hans",
                [
                    "US$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "JP¥12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "ja",
                [
                    "$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "￥12,000",
                    "KWD 1.250",
                ],
            ),
            (
                "ko",
                [
                    "US$12,345.50",
                    "€7.50",
                    "\u{2212}£0.05",
                    "JP¥12,000",
                    "KWD 1.250",
                ],
            ),
        ] {
            choose(tag);
            let shown = [
                money("12345.50", false, "USD"),
                money("7.50", false, "EUR"),
                money("0.05", true, "GBP"),
                money("12000", false, "JPY"),
                money("1.250", false, "KWD"),
            ];
            assert_eq!(
                shown.map(|text| text.replace(NO_BREAK, " ")),
                expected,
                "{tag}"
            );
        }
        for language in offered() {
            choose(language.tag);
            let written = PATTERNS.iter().any(|(place, ..)| *place == language.code());
            assert!(written, "CLDR has a pattern for {}", language.tag);
        }
    }
}
