//! The page of an item for people, which a phone can open.

use url::Url;

use super::Line;
use super::names;
use super::survey::Survey;
use super::texts::quoted;
use super::values;

/// Where it stands.
pub(super) fn page(survey: &Survey<'_>, address: Option<&Url>) -> Option<Line> {
    const NAMES: names::Table = &[
        (10.0, "htmlurl htmllink weburl"),
        (9.5, "permalinkurl weblink webviewlink"),
        (9.0, "permalink shareurl pageurl externalurls externalurl"),
        (
            8.5,
            "producturl canonicalurl viewurl infolink infourl watchurl",
        ),
        (8.0, "html joinurl orderstatusurl"),
        (7.5, "siteurl"),
        (7.0, "link"),
        (6.0, "website homepage"),
        (5.5, "url"),
        (3.0, "uri href"),
    ];

    let host = address.and_then(Url::host_str);
    let scored = survey.single().filter_map(|place| {
        let is_page = |text: &str| {
            values::is_address(text) && !values::is_picture(text) && values::blanks(text).is_empty()
        };
        let own = names::rank(place.own_name(), NAMES);
        let above = place.names.iter().rev().nth(1).map_or(0.0, |above| {
            names::rank(above, &[(9.0, "externalurls html"), (8.0, "web")])
        });
        // A page that somebody hosts for people.
        let words = names::words(place.own_name());
        let hosted = match words.first().map(String::as_str) {
            Some("hosted") if words.len() > 1 => 8.0,
            _ => 0.0,
        };
        let mut score =
            own.max(above).max(hosted) - 1.0 * place.distance - 2.0 * (1.0 - survey.share(place));
        let to_api = |text: &str| {
            text.contains("/api/")
                || text.contains("://api.")
                || Url::parse(text).is_ok_and(|url| url.host_str() == host && host.is_some())
        };
        score -= 4.0 * place.share_of(to_api);
        if place.is_of_somebody()
            || names::words(place.own_name()).iter().any(|word| {
                matches!(
                    word.as_str(),
                    "self" | "api" | "edit" | "download" | "feed" | "repository"
                )
            })
        {
            score -= 5.0;
        }
        (score > 4.5 && place.share_of(is_page) > 0.9).then_some((score, place))
    });
    let (_, place) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Line {
        shown: place.first_three(),
        ..Line::plain(
            "qr",
            quoted(&place.at),
            format!("a page for people, {}", survey.in_words(place)),
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_that_is_hosted_for_people_is_theirs() {
        let item = json!({"hosted_bill_url": "https://pay.example/b/1", "bill_pdf": "https://pay.example/b/1/pdf"});
        let found = page(&Survey::of(&[&item]), None).unwrap();
        assert_eq!(found.value, "\"/hosted_bill_url\"");
        let item = json!({"bill_pdf": "https://pay.example/b/1/pdf"});
        assert!(page(&Survey::of(&[&item]), None).is_none());
    }
}
