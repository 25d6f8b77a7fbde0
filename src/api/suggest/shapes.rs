//! The shape of a picture, by what is said of it.

use super::names;
use super::survey::{Place, Survey};
use super::titles::pointer;

/// Which of several pictures in a list is the one that stands for the item: the path (RFC 9535), and its kind.
pub(super) fn of_kind(best: &Place<'_>, survey: &Survey<'_>) -> Option<(String, String)> {
    let (list, own) = best.at.rsplit_once("/*/")?;
    let is_plain = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let steps: Vec<&str> = list.split('/').skip(1).collect();
    if !is_plain(own) || !steps.iter().all(|step| is_plain(step)) {
        return None;
    }
    let beside = survey.beside(best).filter(|place| {
        let name = names::joined(place.own_name());
        matches!(
            name.as_str(),
            "covertype"
                | "type"
                | "kind"
                | "imagetype"
                | "role"
                | "rel"
                | "purpose"
                | "variant"
                | "usage"
        )
    });
    let kinds: Vec<_> = beside.collect();
    [
        "poster",
        "cover",
        "primary",
        "main",
        "front",
        "thumbnail",
        "thumb",
    ]
    .into_iter()
    .find_map(|wanted| {
        let place = kinds.iter().find(|place| {
            place.different() > 1 && place.texts().any(|text| text.eq_ignore_ascii_case(wanted))
        })?;
        let written = place
            .texts()
            .find(|text| text.eq_ignore_ascii_case(wanted))?;
        let path = format!(
            "$.{}[?@.{}=='{written}'].{own}",
            steps.join("."),
            place.own_name()
        );
        is_plain(place.own_name()).then(|| (path, written.to_owned()))
    })
}

/// The shape of cards that crops nothing that was made whole.
pub(super) fn shape(
    best: &Place<'_>,
    largest: Option<&str>,
    survey: &Survey<'_>,
) -> (&'static str, String) {
    let sized = largest
        .and_then(|at| survey.places.iter().find(|place| pointer(place) == at))
        .unwrap_or(best);
    let beside = |name: &str| {
        survey
            .beside(sized)
            .find(|place| names::joined(place.own_name()) == name)
            .map(Place::numbers)
    };
    if let (Some(widths), Some(heights)) = (beside("width"), beside("height"))
        && let (Some(width), Some(height)) = (
            widths.iter().copied().reduce(f64::max),
            heights.iter().copied().reduce(f64::max),
        )
        && width > 0.0
        && height > 0.0
    {
        let shape = match width / height {
            ratio if ratio < 0.82 => "poster",
            ratio if ratio < 1.22 => "square",
            _ => "wide",
        };
        return (shape, format!("the picture is {width} by {height}"));
    }
    if let Some((_, kind)) = of_kind(best, survey).filter(|(_, kind)| {
        kind.eq_ignore_ascii_case("poster") || kind.eq_ignore_ascii_case("thumbnail")
    }) {
        let shape = if kind.eq_ignore_ascii_case("poster") {
            "poster"
        } else {
            "wide"
        };
        return (shape, format!("the picture is a {kind}"));
    }
    let names: Vec<String> = best
        .names
        .iter()
        .flat_map(|name| names::words(name))
        .collect();
    let says = |words: &[&str]| names.iter().find(|name| words.contains(&name.as_str()));
    let of_item = |words: &[&str]| {
        survey
            .places
            .iter()
            .flat_map(|place| &place.names)
            .find(|name| {
                names::words(name)
                    .iter()
                    .any(|word| words.contains(&word.as_str()))
            })
    };
    if let Some(name) = survey
        .places
        .iter()
        .flat_map(|place| &place.names)
        .find(|name| {
            matches!(
                names::joined(name).as_str(),
                "isbn" | "isbns" | "isbn13" | "pagecount"
            )
        })
    {
        return ("poster", format!("a book, with {name}"));
    }
    if let Some(name) = says(&[
        "backdrop",
        "banner",
        "still",
        "thumbnail",
        "thumbnails",
        "screenshot",
        "preview",
        "wallpaper",
        "hero",
        "background",
    ]) {
        return ("wide", format!("the picture is a {name}"));
    }
    if let Some(name) = says(&["poster", "portrait"]) {
        return ("poster", format!("the picture is a {name}"));
    }
    if let Some(name) = says(&[
        "avatar", "avatars", "icon", "logo", "gravatar", "headshot", "profile", "crest", "emblem",
        "entity",
    ]) {
        return (
            "square",
            format!("the picture is an {name}")
                .replace("an logo", "a logo")
                .replace("an gravatar", "a gravatar")
                .replace("an headshot", "a headshot")
                .replace("an profile", "a profile picture")
                .replace("an crest", "a crest"),
        );
    }
    if says(&["cover", "covers", "coverart", "artwork", "album"]).is_some() {
        if let Some(name) = of_item(&[
            "isbn",
            "pages",
            "volumes",
            "episodes",
            "chapters",
            "publisher",
            "author",
        ]) {
            return ("poster", format!("a cover, of items with {name}"));
        }
        if let Some(name) = of_item(&[
            "artist",
            "artists",
            "album",
            "track",
            "tracks",
            "song",
            "podcast",
            "track_number",
        ]) {
            return ("square", format!("a cover, of items with {name}"));
        }
    }
    if best.is_of_somebody() {
        return ("square", "the picture is of a person".to_owned());
    }
    (
        "wide",
        "nothing says that its pictures are upright or square".to_owned(),
    )
}
