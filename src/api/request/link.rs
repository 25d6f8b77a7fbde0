//! The `Link` header (RFC 8288): where an API says that more is.

use reqwest::header::{HeaderMap, LINK};
use url::Url;

/// The address of the first link in `headers` with this relation, resolved against `address`.
pub(crate) fn with_relation(headers: &HeaderMap, relation: &str, address: &Url) -> Option<Url> {
    let values = headers.get_all(LINK).iter();
    let mut values = values.filter_map(|value| value.to_str().ok());
    let target = values.find_map(|value| target(value, relation, address))?;
    address.join(target).ok()
}

/// The same in one header, as it is written there.
fn target<'a>(mut value: &'a str, relation: &str, address: &Url) -> Option<&'a str> {
    loop {
        let (_, rest) = value.split_once('<')?;
        let (target, rest) = rest.split_once('>')?;
        let end = outside_quotes(rest, ',');
        let (parameters, more) = rest.split_at(end);
        let has = |one: &str| one.eq_ignore_ascii_case(relation);
        let relations = parameter(parameters, "rel").unwrap_or_default();
        if relations.split_ascii_whitespace().any(has) && is_of(parameters, address) {
            return Some(target.trim());
        }
        value = more;
    }
}

/// Whether a link is of the document at `address`: what follows another one (section 3.2) is no page of this.
fn is_of(parameters: &str, address: &Url) -> bool {
    let plain = |mut url: Url| {
        url.set_fragment(None);
        url
    };
    parameter(parameters, "anchor").is_none_or(|anchor| {
        let anchor = address.join(anchor);
        anchor.is_ok_and(|anchor| plain(anchor) == plain(address.clone()))
    })
}

/// The first parameter of a link with this name, the only one that counts (section 3.3).
fn parameter<'a>(mut parameters: &'a str, wanted: &str) -> Option<&'a str> {
    while let Some(rest) = parameters.trim_start().strip_prefix(';') {
        let end = outside_quotes(rest, ';');
        let (parameter, more) = rest.split_at(end);
        parameters = more;
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.trim().trim_matches('"'));
        }
    }
    None
}

/// Where `wanted` first stands outside quotes, or the end.
fn outside_quotes(text: &str, wanted: char) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            c if c == wanted && !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_the_next_page_is_found_however_it_is_written() {
        let address = Url::parse("https://api.example/v1/list?page=1").unwrap();
        let next = "https://api.example/v1/list?page=2";
        for (links, found) in [
            (
                &[r#"<https://api.example/v1/list?page=2>; rel="next""#][..],
                Some(next),
            ),
            (
                &[r#"<?page=0>; rel="prev", <?page=2>; rel="next", <?page=9>; rel="last""#],
                Some(next),
            ),
            (&["<?page=2>;rel=next"], Some(next)),
            (
                &["<?page=2> ; title=\"a, b; rel=x <c>\" ; REL=\"last NEXT\""],
                Some(next),
            ),
            (&["<?page=0>; rel=prev", "<?page=2>; rel=next"], Some(next)),
            (&[r#"<?page=2>; rel="prev"; rel="next""#], None),
            (&["<?page=2>; title=\"\\\"; rel=next\""], None),
            (&["<?page=2>"], None),
            (&["<?page=2>; rel=next; anchor=\"/other\""], None),
            (&["<?page=2>; rel=next; anchor=\"?page=1#top\""], Some(next)),
            (
                &["<?page=2>; rel=\"http://rel.example/x next\""],
                Some(next),
            ),
            (&["<?page=2>; rel=nextish"], None),
            (&["?page=2; rel=next", "", "<", "<>;", "<?page=2"], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for link in links {
                let _ = headers.append(LINK, link.parse().unwrap());
            }
            let url = with_relation(&headers, "next", &address);
            assert_eq!(url.as_ref().map(Url::as_str), found, "{links:?}");
        }
    }
}
