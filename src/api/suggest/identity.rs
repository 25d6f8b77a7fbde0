//! What tells the items of a list apart.

use super::names::{self, Table};
use super::survey::{Place, Survey};
use super::values;

/// Names of what tells items apart, and how much each says.
const NAMES: Table = &[
    (10.0, "id"),
    (9.5, "uuid ratingkey"),
    (9.0, "uid"),
    (8.5, "pk"),
    (8.0, "key identifier"),
    (7.5, "guid"),
    (6.5, "urn"),
    (6.0, "uri"),
    (5.5, "slug sku isbn"),
    (5.0, "number handle login username symbol callsign"),
    (4.5, "code permalink href self fullurl ts"),
    (4.0, "url email hash ref reference"),
    (3.5, "link name"),
    (3.0, "filename path"),
    (2.5, "title"),
];

/// The place that tells the items apart best, and why.
pub(super) fn identity<'b, 'a>(survey: &'b Survey<'a>, list: &str) -> Option<&'b Place<'a>> {
    let scored = survey
        .single()
        .map(|place| (score(place, survey, list), place));
    let (score, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score > 0.5).then_some(best)
}

/// Why it was chosen.
pub(super) fn why(place: &Place<'_>, survey: &Survey<'_>) -> String {
    let apart = match (place.tells_apart(), place.values.len()) {
        (_, 0 | 1) => "",
        (true, _) => ", all different",
        (false, _) => ", not all different",
    };
    format!("{}{apart}", survey.in_words(place))
}

fn score(place: &Place<'_>, survey: &Survey<'_>, list: &str) -> f32 {
    let is_scalar = place.values.iter().all(|(_, value)| {
        value.is_string() || value.as_i64().is_some() || value.as_u64().is_some()
    });
    if !is_scalar {
        return f32::MIN;
    }
    let words = names::words(place.own_name());
    let mut named = names::rank(place.own_name(), NAMES);
    if words.len() > 1 && words.last().is_some_and(|last| last == "id") {
        // `user_id` is a user's own, and everything else's reference to one.
        let of = words.first().map(String::as_str).unwrap_or_default();
        let list = names::joined(list);
        let own = !of.is_empty() && list.trim_end_matches('s') == of.trim_end_matches('s');
        named += if own { 1.4 } else { -2.0 };
    }
    let joined = words.concat();
    if let Some(of) = joined
        .strip_suffix("id")
        .filter(|of| words.len() == 1 && of.len() > 2)
    {
        let list = names::joined(list);
        named = named.max(if list.trim_end_matches('s') == of {
            9.0
        } else {
            5.5
        });
    }
    let number = place.values.len();
    let alike = if number > 1 {
        1.0 - place.different() as f32 / number as f32
    } else {
        0.0
    };
    let is_self = place.names.iter().any(|name| name == "self");
    // The address by which an item calls itself stands among its links.
    let distance = if is_self {
        place.distance.min(1.2)
    } else {
        place.distance
    };
    let mut score = named - 1.2 * distance - 8.0 * (1.0 - survey.share(place));
    if alike > 0.0 {
        score -= 3.0 + 6.0 * alike;
    }
    score -= 3.0 * place.share_of(values::is_address);
    score -= 2.0 * place.share_of(values::is_path);
    score -= 6.0 * place.share_of(values::is_picture);
    score -= 8.0 * place.share_of(|text| values::moment(text).is_some());
    score -= 2.0 * place.share_of(|text| text.contains(char::is_whitespace));
    if place.is_of_somebody() {
        score -= 3.0;
    }
    score
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn found(items: &[Value], list: &str) -> String {
        let survey = Survey::of(&items.iter().collect::<Vec<_>>());
        identity(&survey, list).map_or("none".to_owned(), |place| place.at.clone())
    }

    #[test]
    fn names_and_values_decide_together() {
        for (items, at) in [
            (
                vec![
                    json!({"id": 1, "user_id": 5}),
                    json!({"id": 2, "user_id": 6}),
                ],
                "/id",
            ),
            // The name says id, the values do not.
            (
                vec![json!({"id": 1, "number": 5}), json!({"id": 1, "number": 6})],
                "/number",
            ),
            (
                vec![
                    json!({"user_id": "a", "email": "x"}),
                    json!({"user_id": "b", "email": "x"}),
                ],
                "/user_id",
            ),
            (
                vec![
                    json!({"_id": "a", "_source": {"user": {"id": "k"}}}),
                    json!({"_id": "b"}),
                ],
                "/_id",
            ),
            (
                vec![json!({"added": "2026-01-01", "track": {"id": "1", "album": {"id": "7"}}})],
                "/track/id",
            ),
            (
                vec![
                    json!({"key": "/library/1", "ratingKey": "1"}),
                    json!({"key": "/library/2", "ratingKey": "2"}),
                ],
                "/ratingKey",
            ),
            (
                vec![
                    json!({"_links": {"self": {"href": "/p/1"}}, "title": "a b"}),
                    json!({"_links": {"self": {"href": "/p/2"}}, "title": "a c"}),
                ],
                "/_links/self/href",
            ),
            (vec![json!({"at": true}), json!({"at": false})], "none"),
        ] {
            assert_eq!(found(&items, "users"), at, "{items:?}");
        }
    }

    #[test]
    fn it_says_how_sure_it_is() {
        let items = [json!({"id": 1}), json!({"id": 2})];
        let survey = Survey::of(&items.iter().collect::<Vec<_>>());
        let place = identity(&survey, "").unwrap();
        assert_eq!(why(place, &survey), "in 2 of 2 items, all different");
    }
}
