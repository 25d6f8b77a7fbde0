//! The address of a picture: chosen among several sizes, and with its blanks filled.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::value::{number, raw};

/// How wide a picture should be, in pixels: a card on a television of 3840 pixels. A smaller one is blurred, a larger one
/// takes time and memory.
const WIDE_ENOUGH: f64 = 640.0;
/// Members that hold an address.
const ADDRESSES: [&str; 6] = ["url", "href", "src", "source_url", "uri", "link"];
/// Members that hold a width.
const WIDTHS: [&str; 2] = ["width", "w"];
/// More sizes of one picture than this are not looked at.
const SIZES: usize = 64;

/// One size of a picture.
#[derive(Debug, Clone, PartialEq)]
struct Sized {
    address: String,
    width: Option<f64>,
}

/// The address that the values which were found say: a text, or what suits best of what has several sizes.
pub(super) fn address(found: &[&Value]) -> Option<String> {
    let sizes = found.iter().take(SIZES).flat_map(|value| sizes(value));
    best(sizes.take(SIZES))
}

/// The sizes that a value has.
fn sizes(value: &Value) -> Vec<Sized> {
    let one = |value: &Value, name: Option<&str>| {
        let text = match value {
            Value::Object(map) => ADDRESSES.iter().find_map(|name| raw(map.get(*name)?)),
            plain => raw(plain),
        };
        let own = WIDTHS.iter().find_map(|name| number(value.get(name)?));
        let width = own.or_else(|| name.and_then(width_of));
        text.map(|address| Sized { address, width })
    };
    match value {
        Value::String(text) if is_srcset(text) => srcset(text),
        Value::Array(list) => list
            .iter()
            .take(SIZES)
            .filter_map(|value| one(value, None))
            .collect(),
        // Sizes by their names: { "small": { "url": … }, … }, { "640": "https://…" }.
        Value::Object(map)
            if !ADDRESSES
                .iter()
                .any(|name| map.get(*name).is_some_and(Value::is_string)) =>
        {
            // A member that is a text may say anything else of the picture.
            let is_one = |name: &str, value: &Value| match value.as_str() {
                Some(text) => {
                    width_of(name).is_some() || text.starts_with("http") || text.starts_with('/')
                }
                None => value.is_object(),
            };
            let sized = map.iter().filter(|(name, value)| is_one(name, value));
            sized
                .take(SIZES)
                .filter_map(|(name, value)| one(value, Some(name)))
                .collect()
        }
        other => one(other, None).into_iter().collect(),
    }
}

/// The smallest that is wide enough, else the widest; where no width is known, the first.
fn best(sizes: impl Iterator<Item = Sized>) -> Option<String> {
    let mut best: Option<Sized> = None;
    for size in sizes {
        let is_better = match best.as_ref().map(|best| (best.width, size.width)) {
            None | Some((None, Some(_))) => true,
            Some((_, None)) => false,
            Some((Some(best), Some(this))) if best < WIDE_ENOUGH => this > best,
            Some((Some(best), Some(this))) => this >= WIDE_ENOUGH && this < best,
        };
        if is_better {
            best = Some(size);
        }
    }
    best.map(|best| best.address)
}

/// The width that a name begins with: `640`, `48x48`, `640w`.
fn width_of(name: &str) -> Option<f64> {
    let digits = name.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// Whether a text names several sizes as `srcset` does (HTML, section 4.8.4.2.1): an address has no blanks.
fn is_srcset(text: &str) -> bool {
    let descriptor = text.trim().rsplit(' ').next().unwrap_or_default();
    text.trim().contains(' ') && width_of(descriptor).is_some() && descriptor.ends_with(['w', 'x'])
}

fn srcset(text: &str) -> Vec<Sized> {
    let sizes = text.split(", ").filter_map(|size| {
        let (address, descriptor) = size.trim().trim_end_matches(',').rsplit_once(' ')?;
        let width = width_of(descriptor);
        Some(Sized {
            address: address.trim().to_owned(),
            width,
        })
    });
    sizes.take(SIZES).collect()
}

/// An address as it is asked for: without the entities of HTML, which RSS and WordPress leave in, and with its blanks filled
/// where the configuration says by what.
pub(super) fn filled(address: &str, fill: &BTreeMap<String, String>) -> String {
    let address = without_entities(address);
    if fill.is_empty() {
        return address.into_owned();
    }
    let mut filled = String::new();
    let mut rest: &str = &address;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((blank, after)) = after.split_once('}') else {
            break;
        };
        // Twitch writes `%{width}` where it writes `{width}` elsewhere.
        filled.push_str(before.strip_suffix('%').unwrap_or(before));
        filled.push_str(&expanded(blank, fill));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// A blank as RFC 6570 expands it (levels 1 to 3); a name that is not there is nothing.
fn expanded(blank: &str, fill: &BTreeMap<String, String>) -> String {
    let operator = blank.chars().next().filter(|c| "?&/+#.;".contains(*c));
    let names = blank.trim_start_matches(|c| Some(c) == operator).split(',');
    let values = names.filter_map(|name| {
        let name = name.trim_end_matches('*');
        let value = fill.get(name)?;
        Some(match operator {
            Some('?' | '&' | ';') => format!("{name}={value}"),
            _ => value.clone(),
        })
    });
    let values: Vec<_> = values.collect();
    let (first, between) = match operator {
        Some('?') => ("?", "&"),
        Some('&') => ("&", "&"),
        Some('/') => ("/", "/"),
        Some('.') => (".", "."),
        Some(';') => (";", ";"),
        Some('#') => ("#", ","),
        _ => ("", ","),
    };
    if values.is_empty() {
        return String::new();
    }
    format!("{first}{}", values.join(between))
}

fn without_entities(address: &str) -> Cow<'_, str> {
    if !address.contains('&') {
        return Cow::Borrowed(address);
    }
    let plain = ["&amp;", "&#038;", "&#38;", "&#x26;"];

    plain.iter().fold(Cow::Borrowed(address), |text, entity| {
        match text.contains(entity) {
            true => Cow::Owned(text.replace(entity, "&")),
            false => text,
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn of_several_sizes_the_smallest_that_is_wide_enough_is_chosen() {
        for (value, expected) in [
            (json!("https://a/x.jpg"), Some("https://a/x.jpg")),
            (json!({"url": "u", "width": 10}), Some("u")),
            (
                json!([{"url": "l", "width": 1200}, {"url": "m", "width": 640}, {"url": "s", "width": 64}]),
                Some("m"),
            ),
            (
                json!([{"url": "s", "width": 64}, {"url": "m", "width": "300"}]),
                Some("m"),
            ),
            (
                json!([{"href": "s", "w": 100}, {"href": "l", "w": 2000}, {"href": "xl", "w": 4000}]),
                Some("l"),
            ),
            (
                json!([{"url": "first", "width": null}, {"url": "second", "width": null}]),
                Some("first"),
            ),
            (json!([{"name": "no address"}, {"url": "u"}]), Some("u")),
            (json!(["a", "b"]), Some("a")),
            (
                json!({"default": {"url": "d", "width": 120}, "high": {"url": "h", "width": 480}, "maxres": {"url": "x", "width": 1280}}),
                Some("x"),
            ),
            (json!({"48x48": "l", "16x16": "s"}), Some("l")),
            (json!({"200": "s", "800": "m", "1600": "l"}), Some("m")),
            (json!("a.jpg 300w, b.jpg 768w, c.jpg 1536w"), Some("b.jpg")),
            (json!("a.jpg 1x, b.jpg 2x"), Some("b.jpg")),
            (json!("my holiday.jpg"), Some("my holiday.jpg")),
            (
                json!({"alt": "A cat", "large": "https://a/l.jpg", "count": 3}),
                Some("https://a/l.jpg"),
            ),
            (json!({"alt": "A cat", "width": 300}), None),
            (json!([]), None),
            (json!({}), None),
            (json!(null), None),
            (json!([[["deep"]]]), None),
        ] {
            assert_eq!(address(&[&value]).as_deref(), expected, "{value}");
        }
        let each = [
            json!({"url": "s", "width": 64}),
            json!({"url": "m", "width": 700}),
        ];
        assert_eq!(address(&[&each[0], &each[1]]).as_deref(), Some("m"));
    }

    #[test]
    fn blanks_of_an_address_are_filled() {
        let fill = [("width", "640"), ("height", "360"), ("v", "large")];
        let fill: BTreeMap<_, _> = fill
            .map(|(name, by)| (name.to_owned(), by.to_owned()))
            .into();
        for (address, expected) in [
            (
                "https://c/u-{width}x{height}.jpg",
                "https://c/u-640x360.jpg",
            ),
            (
                "https://c/u-%{width}x%{height}.jpg",
                "https://c/u-640x360.jpg",
            ),
            ("https://c/i/{v}.jpg", "https://c/i/large.jpg"),
            (
                "https://c/i{?width,height}",
                "https://c/i?width=640&height=360",
            ),
            ("https://c/i{?width,crop*}", "https://c/i?width=640"),
            ("https://c/i?a=1{&width}", "https://c/i?a=1&width=640"),
            ("https://c{/v}", "https://c/large"),
            ("https://c/i{?crop}", "https://c/i"),
            (
                "https://c/i.jpg?a=1&amp;b=2&#038;c=3",
                "https://c/i.jpg?a=1&b=2&c=3",
            ),
            ("https://c/{open", "https://c/{open"),
            ("https://c/%20{é}", "https://c/%20"),
        ] {
            assert_eq!(filled(address, &fill), expected, "{address}");
        }
        // Nothing says by what: the blanks may be part of the address.
        assert_eq!(
            filled("https://c/{width}", &BTreeMap::new()),
            "https://c/{width}"
        );
    }
}
