//! Which address of an item is that of its picture.

use super::names::{self, Table};
use super::shapes::{of_kind, shape};
use super::sizes::{is_size_of, list_with_widths, sizes};
use super::survey::{Place, Survey};
use super::texts::{Choice, one_or_list, quoted};
use super::titles::pointer;
use super::values;
/// Sizes that are named one after the other.
const SIZES: usize = 3;

const NAMES: Table = &[
    (9.5, "poster posterpath"),
    (9.2, "coverimage featuredimage mainimage primaryimage"),
    (
        9.0,
        "image images picture thumbnail thumbnails cover covers coverart artwork photo",
    ),
    (
        9.0,
        "featuredmedia entitypicture poster2x3 cardimage imagelinks",
    ),
    (8.5, "img pictures thumb thumbs photos"),
    (
        8.0,
        "preview previews still illustration hero headshot snapshot keyvisual imageset",
    ),
    (
        7.5,
        "backdrop avatar avatars screenshot screenshots portrait",
    ),
    (7.0, "art banner wallpaper crest emblem webformat"),
    (6.5, "logo background"),
    (6.0, "attachments attachment figure flag sprites"),
    (5.5, "gravatar baseurl"),
    (5.0, "icon"),
    (4.0, "media"),
];

/// What a name says that is about a picture and no address of one.
fn is_about(name: &str) -> bool {
    const ABOUT: [&str; 26] = [
        "hash", "blurhash", "id", "ids", "alt", "text", "width", "height", "etag", "color",
        "colour", "version", "count", "type", "ratio", "size", "tag", "tags", "title", "caption",
        "credit", "format", "mode", "name", "filename", "api",
    ];
    names::words(name)
        .last()
        .is_some_and(|last| ABOUT.contains(&last.as_str()))
}

/// Ends of names that say only that an address stands there.
fn without_address(name: &str) -> String {
    let mut words = names::words(name);
    if let Some(last) = words.last_mut() {
        let plain = last.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        last.truncate(plain.max(1));
    }
    while words.len() > 1
        && words.last().is_some_and(|last| {
            matches!(
                last.as_str(),
                "url"
                    | "urls"
                    | "uri"
                    | "path"
                    | "src"
                    | "href"
                    | "link"
                    | "source"
                    | "large"
                    | "small"
                    | "medium"
                    | "big"
                    | "full"
                    | "hd"
                    | "original"
                    | "default"
            )
        })
    {
        let _ = words.pop();
    }
    words.join("_")
}

/// How much the names on the way to a place say that a picture stands there.
fn named(place: &Place<'_>) -> f32 {
    if is_about(place.own_name()) {
        return 0.0;
    }
    let names = place.names.iter().rev().enumerate();
    names
        .map(|(steps, name)| {
            names::rank(name, NAMES).max(names::rank(&without_address(name), NAMES))
                - 0.5 * steps.min(4) as f32
        })
        .fold(0.0, f32::max)
}

fn score(place: &Place<'_>, survey: &Survey<'_>) -> f32 {
    if !place.is_text() || place.lists > 2 {
        return f32::MIN;
    }
    let named = named(place);
    let whole = place.share_of(values::is_address);
    let path = place.share_of(|text| values::is_path(text) || is_relative(text));
    let picture = place.share_of(values::is_picture);
    let says_so = survey.beside(place).any(|other| {
        let name = names::joined(other.own_name());
        matches!(
            name.as_str(),
            "mimetype" | "contenttype" | "mime" | "mediatype" | "type"
        ) && other.texts().any(|text| text.starts_with("image/"))
    });
    let evidence = 4.0 * picture + if says_so { 3.0 } else { 0.0 };
    if whole + path < 0.5 || (named < 4.0 && picture < 0.5) {
        return f32::MIN;
    }
    // A path is a picture's only where its name or its ending says so.
    let is_rooted = place.share_of(values::is_path) > 0.5;
    if whole < 0.5 && named < 6.0 && (picture < 0.5 || !is_rooted) {
        return f32::MIN;
    }
    let number = place.values.len();
    let mut score = named + 3.0 * whole + path + evidence;
    score -= 12.0 * place.share_of(values::is_other_file);
    score -= 0.8 * place.distance + 3.0 * (1.0 - survey.share(place));
    if place.is_of_somebody() {
        score -= 2.5;
    }
    let words = names::words(place.own_name());
    if words.iter().any(|word| word.starts_with("icon")) && place.distance > 0.9 {
        score -= 7.0;
    }
    // Of several by number the largest.
    let size = words
        .last()
        .map(|word| word.trim_start_matches(|c: char| c.is_alphabetic()));
    score += size
        .and_then(|size| size.parse().ok())
        .map_or(0.0, |size: f32| size.min(1000.0) / 2000.0);
    if number > 2 && place.different() == 1 {
        score -= 1.5;
    }
    score
}

/// A path that is relative to where the reply stands, of a file that is a picture.
fn is_relative(text: &str) -> bool {
    values::is_picture(text)
        && text.contains('/')
        && !text.contains(char::is_whitespace)
        && !text.contains(':')
}

/// The picture of an item, and the form that suits it.
pub(super) struct Picture {
    pub(super) choice: Choice,
    /// The shape of the row's cards, and why.
    pub(super) shape: (&'static str, String),
    /// What is left to the owner.
    pub(super) note: Option<String>,
    /// Whether it stands there with its host.
    pub(super) is_whole: bool,
    /// Whether it shows another than the item.
    pub(super) is_of_somebody: bool,
}

/// Chooses the picture.
pub(super) fn picture(survey: &Survey<'_>) -> Option<Picture> {
    let scored: Vec<(f32, &Place<'_>)> = survey
        .places
        .iter()
        .map(|place| (score(place, survey), place))
        .filter(|(score, _)| *score > 4.5)
        .collect();
    let best = scored
        .iter()
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, place)| *place)?;
    // A list of widths says more than the one address beside it.
    let parent = format!("{}/", best.parent());
    let beside = scored.iter().filter(|(_, place)| {
        best.lists == 0
            && parent.len() > 1
            && place.at.starts_with(&parent)
            && list_with_widths(place, survey).is_some()
    });
    let in_widths = beside.max_by(|a, b| a.0.total_cmp(&b.0));
    let best = in_widths.map_or(best, |(_, place)| *place);
    let sizes = sizes(best, survey);
    let blanks: Vec<String> = best.texts().next().map(values::blanks).unwrap_or_default();
    let mut why = survey.in_words(best);
    let mut note = None;
    let toml = if !blanks.is_empty() {
        why.push_str(", with blanks in its address");
        let fill: Vec<String> = blanks
            .iter()
            .map(|blank| {
                let value = filled(blank);
                if value.starts_with('"') {
                    note = Some(format!(
                        "which {blank} there are, the API's documentation says"
                    ));
                }
                format!("{} = {value}", quoted_key(blank))
            })
            .collect();
        format!(
            "{{ at = {}, fill = {{ {} }} }}",
            quoted(&pointer(best)),
            fill.join(", ")
        )
    } else if let Some((path, kind)) = of_kind(best, survey) {
        why.push_str(&format!(", the {kind} among several"));
        quoted(&path)
    } else if let Some(list) = list_with_widths(best, survey) {
        why.push_str(", in several widths");
        format!("{{ at = {} }}", quoted(&list))
    } else if sizes.len() > 1 {
        why.push_str(&format!(", in {} sizes", sizes.len()));
        let best_first: Vec<String> = sizes.iter().take(SIZES).map(|(at, _)| at.clone()).collect();
        one_or_list(&best_first)
    } else {
        // Other pictures stand in for items that lack this one.
        let lacking = |item: usize| !best.values.iter().any(|(number, _)| *number == item);
        let mut further: Vec<_> = scored
            .iter()
            .filter(|(_, place)| {
                place.at != best.at
                    && place.values.iter().any(|(item, _)| lacking(*item))
                    && !is_size_of(&place.at, best)
            })
            .collect();
        further.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut at = vec![pointer(best)];
        at.extend(further.first().map(|(_, place)| pointer(place)));
        one_or_list(&at)
    };
    let is_relative = best.share_of(values::is_address) < 0.5;
    if is_relative {
        why.push_str(", relative to the reply's address");
    }
    Some(Picture {
        shape: shape(best, sizes.first().map(|(at, _)| at.as_str()), survey),
        choice: Choice {
            toml,
            why,
            shown: best.first_three(),
            at: best.at.clone(),
        },
        note,
        is_whole: !is_relative,
        is_of_somebody: best.is_of_somebody(),
    })
}

fn quoted_key(name: &str) -> String {
    match name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// What goes into a blank of an address.
fn filled(blank: &str) -> &'static str {
    match names::joined(blank).as_str() {
        "w" | "width" | "maxwidth" => "640",
        "h" | "height" | "maxheight" => "360",
        "size" | "s" | "px" | "resolution" => "640",
        "f" | "format" | "ext" | "extension" => "\"jpg\"",
        "c" | "crop" => "\"bb\"",
        _ => "\"large\"",
    }
}

#[cfg(test)]
mod tests;
