//! The page of an item, to go on with on the phone, and which addresses are offered as one.

use url::Url;

use super::item::Item;
use super::lookup::Lookup;

/// Longest address that is offered, in bytes: 69 modules with their quiet zone, each of ten pixels.
const LONGEST: usize = 300;

/// The page of `item`; none where it has none, or one that is not offered.
pub(super) fn page(at: &Lookup, item: &Item<'_>) -> Option<Url> {
    found(at, item)?.ok()
}

/// Why the page that `item` has is not offered; none where it has none, or one that is.
pub(in crate::api) fn why_not_offered(at: &Lookup, item: &Item<'_>) -> Option<&'static str> {
    found(at, item)?.err()
}

fn found(at: &Lookup, item: &Item<'_>) -> Option<Result<Url, &'static str>> {
    let written = at.raw(item)?;
    if written.len() > LONGEST {
        return Some(Err(TOO_LONG));
    }
    let address = item.address?.join(&written).ok()?;
    Some(refusal(&address).map_or(Ok(address), Err))
}

const TOO_LONG: &str =
    "the address is longer than 300 bytes, and no phone would read its code from the sofa";

/// Why an address is not offered: not on the web, written so that it looks like another host's, or too long to be
/// scanned.
fn refusal(address: &Url) -> Option<&'static str> {
    if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
        return Some("the address is not on the web (http or https)");
    }
    if !address.username().is_empty() || address.password().is_some() {
        return Some(
            "user information stands in the address, which makes it look like another host's",
        );
    }
    (address.as_str().len() > LONGEST).then_some(TOO_LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_that_say_whose_they_are_are_offered() {
        let long = format!("https://example.com/{}", "a".repeat(LONGEST));
        for (address, words) in [
            ("ftp://example.com/a", Some("not on the web")),
            ("javascript:alert(1)", Some("not on the web")),
            ("mailto:ada@example.com", Some("not on the web")),
            ("data:text/html,a", Some("not on the web")),
            (
                "https://bank.example@evil.example/",
                Some("user information"),
            ),
            ("https://:word@evil.example/", Some("user information")),
            (long.as_str(), Some("longer than 300 bytes")),
            ("https://www.example.com/a?b=c", None),
            ("http://box.local:8080/", None),
        ] {
            let why = refusal(&Url::parse(address).unwrap());
            assert_eq!(why.is_some(), words.is_some(), "{address}: {why:?}");
            assert!(
                why.unwrap_or_default().contains(words.unwrap_or_default()),
                "{address}: {why:?}"
            );
        }
    }
}
