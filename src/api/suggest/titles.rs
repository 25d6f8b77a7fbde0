//! What an item is called.

use super::names::{self, Table};
use super::survey::{Place, Survey};
use super::values;

const NAMES: Table = &[
    (10.0, "title"),
    (9.8, "displaytitle"),
    (9.5, "displayname friendlyname headline subject"),
    (9.0, "name heading"),
    (8.8, "fullname"),
    (7.5, "label"),
    (7.0, "summary question topic"),
    (6.5, "message"),
    (6.0, "caption text word filename"),
    (5.5, "shortdescription"),
    (
        5.0,
        "term content description what product nickname login username",
    ),
    (4.5, "display"),
    (4.0, "body place event"),
    (3.5, "slug casenumber"),
    (3.0, "email handle number reference excerpt note notes"),
    (2.5, "code"),
    (2.0, "key entityid"),
    (1.0, "id"),
];

/// What can be said of an item, best first.
pub(super) fn titles<'b, 'a>(survey: &'b Survey<'a>) -> Vec<(f32, &'b Place<'a>)> {
    let mut scored: Vec<_> = survey
        .places
        .iter()
        .filter(|place| place.lists <= 1)
        .map(|place| (score(place, survey), place))
        .filter(|(score, _)| *score > 0.0)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored
}

/// The title of an item: places of which the first that is there wins.
pub(super) struct Title {
    /// The pointers, or one text with blanks.
    pub(super) at: Vec<String>,
    /// Why.
    pub(super) why: String,
    /// Its first values.
    pub(super) shown: Vec<String>,
    /// Whether it is written in HTML.
    pub(super) is_html: bool,
}

/// Chooses the title.
pub(super) fn title(survey: &Survey<'_>) -> Option<Title> {
    /// Further places for items that lack the first.
    const FURTHER: usize = 3;
    let titles = titles(survey);
    let (best_score, best) = *titles.first()?;
    let is_half = best.own_name().to_lowercase().contains("first")
        || best.own_name().to_lowercase().contains("last");
    if let Some(both) = first_and_last(survey).filter(|_| is_half || best_score < 7.5) {
        return Some(both);
    }
    let mut at = vec![pointer(best)];
    let mut why = survey.in_words(best);
    if best.values.len() > 1 && best.tells_apart() {
        why.push_str(", all different");
    }
    let mut lacking: Vec<usize> = (0..survey.items.len())
        .filter(|item| !has(best, *item))
        .collect();
    for (score, place) in titles.iter().skip(1) {
        if lacking.is_empty() || at.len() > FURTHER || *score < best_score - 9.0 {
            break;
        }
        if lacking.iter().any(|item| has(place, *item)) {
            lacking.retain(|item| !has(place, *item));
            at.push(pointer(place));
            why.push_str(&format!("; {} has the others", pointer(place)));
        }
    }
    if !lacking.is_empty() {
        at.push("=Untitled".to_owned());
    }
    Some(Title {
        is_html: best.share_of(values::is_html) > 0.0
            || names::joined(best.own_name()) == "rendered",
        shown: best.first_three(),
        at,
        why,
    })
}

/// People are called by two names.
fn first_and_last(survey: &Survey<'_>) -> Option<Title> {
    let named = |wanted: &[&str]| {
        let mut single = survey
            .single()
            .filter(|place| place.distance < 1.0 && !place.is_of_somebody());
        single.find(|place| wanted.contains(&names::joined(place.own_name()).as_str()))
    };
    let first = named(&["firstname", "givenname", "forename"])?;
    let last = named(&["lastname", "familyname", "surname"])?;
    Some(Title {
        at: vec![format!("={{{}}} {{{}}}", first.at, last.at)],
        why: format!("{}, with {}", survey.in_words(first), last.own_name()),
        shown: first.first_three(),
        is_html: false,
    })
}

/// `{"type": "title", "title": [{"plain_text": "One"}]}`: a member of many says that it is the title, whatever its name.
fn is_said_to_be_one(place: &Place<'_>, survey: &Survey<'_>) -> bool {
    let list = place.at.rsplit_once("/*/").map_or("", |(list, _)| list);
    let Some((member, "title")) = list.rsplit_once('/') else {
        return false;
    };
    let kind = survey.at(&format!("{member}/type"));
    names::joined(place.own_name()) == "plaintext"
        && kind.is_some_and(|kind| kind.share_of(|text| text == "title") > 0.99)
}

fn has(place: &Place<'_>, item: usize) -> bool {
    place.values.iter().any(|(number, _)| *number == item)
}

/// A pointer to one value: of a list the first.
pub(super) fn pointer(place: &Place<'_>) -> String {
    place.at.replace("/*", "/0")
}

fn score(place: &Place<'_>, survey: &Survey<'_>) -> f32 {
    let mut score = names::rank(place.name(), NAMES);
    if score <= 0.0 {
        return 0.0;
    }
    score += match names::joined(place.own_name()).as_str() {
        "english" | "en" | "enus" | "engb" | "rendered" | "default" => -0.1,
        "romaji" | "value" | "display" => -0.3,
        own if own != names::joined(place.name()) => -0.6,
        _ => 0.0,
    };
    let number = place.values.len();
    let different = place.different();
    score += match (number, different) {
        (0 | 1, _) => 0.0,
        (_, 1) => -3.0,
        _ => 2.0 * different as f32 / number as f32,
    };
    score -= 6.0 * (1.0 - survey.share(place));
    score -= 1.3 * place.distance;
    score -= 1.5 * place.lists as f32;
    if !place.is_text() {
        score -= 6.0;
    }
    score -= 10.0 * place.share_of(values::is_address);
    score -= 8.0 * place.share_of(values::is_path);
    score -= 8.0 * place.share_of(|text| values::moment(text).is_some());
    score -= 4.0 * place.share_of(values::is_code);
    score -= 2.5 * place.share_of(|text| !values::has_words(text));
    score += place.share_of(|text| text.trim().contains(' '));
    score -= 3.0 * place.share_of(|text| text.chars().count() > 120);
    score -= 3.0 * place.share_of(|text| text.chars().count() > 400);
    if place.is_of_somebody() {
        score -= 4.5;
    }
    if is_said_to_be_one(place, survey) {
        score += 8.0;
    }
    score
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn found(items: &[Value]) -> Vec<String> {
        let survey = Survey::of(&items.iter().collect::<Vec<_>>());
        title(&survey).map(|title| title.at).unwrap_or_default()
    }

    #[test]
    fn the_name_of_an_item_is_its_own() {
        for (items, at) in [
            (
                vec![
                    json!({"title": "A film", "channelTitle": "C"}),
                    json!({"title": "B film", "channelTitle": "C"}),
                ],
                vec!["/title"],
            ),
            (
                vec![json!({"title": {"rendered": "A &amp; b"}, "author": {"name": "n"}})],
                vec!["/title/rendered"],
            ),
            (
                vec![json!({"title": "A"}), json!({"name": "B"})],
                vec!["/title", "/name"],
            ),
            (
                vec![
                    json!({"description": "same", "filename": "a.jpg"}),
                    json!({"description": "same", "filename": "b.jpg"}),
                ],
                vec!["/filename"],
            ),
            (
                vec![json!({"first_name": "Ada", "last_name": "L.", "email": "x"})],
                vec!["={/first_name} {/last_name}"],
            ),
            (
                vec![json!({"user": {"name": "Ada"}, "message": "It rains"})],
                vec!["/message"],
            ),
            (
                vec![json!({"title": "https://x.example/a", "text": "Words"})],
                vec!["/text"],
            ),
            (
                vec![
                    json!({"properties": {"Task": {"type": "title", "title": [{"plain_text": "One", "href": null}]}, "State": {"type": "status", "status": {"name": "Open"}}}}),
                    json!({"properties": {"Task": {"type": "title", "title": [{"plain_text": "Two", "href": null}]}, "State": {"type": "status", "status": {"name": "Done"}}}}),
                ],
                vec!["/properties/Task/title/0/plain_text"],
            ),
            (
                vec![json!({"title": [{"plain_text": "One"}]})],
                vec!["/title/0/plain_text"],
            ),
        ] {
            assert_eq!(found(&items), at, "{items:?}");
        }
        assert!(found(&[json!({"at": 1})]).is_empty());
    }
}
