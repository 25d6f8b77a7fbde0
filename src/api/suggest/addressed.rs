//! Pictures whose address the reply does not hold: a member names the picture, and the address is made of it.
//!
//! Each row is a habit that more than one server has. It is a guess, is told as one, and is tried where the API can be
//! asked.

use serde_json::Value;
use url::Url;

use super::names;
use super::survey::{Place, Survey};
use super::texts::{Choice, quoted};
use super::titles::pointer;
use super::values;

/// A member that names a picture, and where such a picture is.
struct Habit {
    /// The end of the pointer to the member, in words without marks.
    member: &'static str,
    /// What it looks like.
    is: fn(&str) -> bool,
    /// The address: `{value}` is the member's value, `{id}` the item's; relative to the API's address.
    address: &'static str,
    /// The shape of such pictures.
    shape: &'static str,
}

const HABITS: &[Habit] = &[
    // Emby and what came of it.
    Habit {
        member: "imagetags/primary",
        is: is_word,
        address: "Items/{id}/Images/Primary?tag={value}",
        shape: "wide",
    },
    // Subsonic and the many servers that speak as it does.
    Habit {
        member: "coverart",
        is: is_word,
        address: "getCoverArt?id={value}",
        shape: "square",
    },
    // Photo libraries that send the hash of a thumbnail in the place of its address.
    Habit {
        member: "thumbhash",
        is: is_word,
        address: "assets/{id}/thumbnail?size=preview",
        shape: "wide",
    },
    Habit {
        member: "thumbnailassetid",
        is: is_word,
        address: "assets/{value}/thumbnail?size=preview",
        shape: "wide",
    },
    // Libraries that name the file of a cover on their own disk.
    Habit {
        member: "coverpath",
        is: is_file,
        address: "items/{id}/cover",
        shape: "square",
    },
    // The Movie Database, whose members many other servers hand on.
    Habit {
        member: "posterpath",
        is: is_hashed,
        address: "https://image.tmdb.org/t/p/w500{value}",
        shape: "poster",
    },
    Habit {
        member: "stillpath",
        is: is_hashed,
        address: "https://image.tmdb.org/t/p/w500{value}",
        shape: "wide",
    },
    Habit {
        member: "backdroppath",
        is: is_hashed,
        address: "https://image.tmdb.org/t/p/w780{value}",
        shape: "wide",
    },
    Habit {
        member: "profilepath",
        is: is_hashed,
        address: "https://image.tmdb.org/t/p/w500{value}",
        shape: "poster",
    },
    // The covers of Open Library.
    Habit {
        member: "coveri",
        is: is_number,
        address: "https://covers.openlibrary.org/b/id/{value}-L.jpg",
        shape: "poster",
    },
    Habit {
        member: "coverid",
        is: is_number,
        address: "https://covers.openlibrary.org/b/id/{value}-L.jpg",
        shape: "poster",
    },
];

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace) && !values::is_address(text)
}

fn is_file(text: &str) -> bool {
    text.starts_with('/') && values::is_picture(text)
}

/// `/kUX5ourGUJDG0yvEeS3uooZS0dS.jpg`: a file by its hash, in no folder.
fn is_hashed(text: &str) -> bool {
    values::is_picture(text) && text.rfind('/') == Some(0) && text.len() > 5
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// A picture by a habit.
pub(super) struct Addressed {
    pub(super) choice: Choice,
    pub(super) shape: &'static str,
    pub(super) note: String,
}

/// The picture of items whose id stands at `id`, by the first habit whose member they have.
pub(super) fn picture(
    survey: &Survey<'_>,
    id: Option<&str>,
    base: Option<&Url>,
    reply: &Value,
) -> Option<Addressed> {
    if let Some(found) = by_image_server(survey, reply) {
        return Some(found);
    }
    HABITS.iter().find_map(|habit| {
        let found = survey
            .places
            .iter()
            .filter(|place| place.lists == 0 && bears(place, habit));
        let place = found.min_by(|a, b| a.distance.total_cmp(&b.distance))?;
        let mut address = habit
            .address
            .replace("{value}", &format!("{{{}}}", pointer(place)));
        if address.contains("{id}") {
            address = address.replace("{id}", &format!("{{{}}}", id?));
        }
        let own = values::is_address(&address);
        let before = if own {
            String::new()
        } else {
            base.map_or_else(|| "/".to_owned(), Url::to_string)
        };
        Some(Addressed {
            choice: Choice {
                toml: quoted(&format!("={before}{address}")),
                why: format!(
                    "a guess by {}, {}; the reply holds no address of a picture",
                    place.own_name(),
                    survey.in_words(place)
                ),
                shown: place.first_three(),
                at: place.at.clone(),
            },
            shape: habit.shape,
            note: "card.image is a guess: look whether the pictures come (vestibule config try)"
                .to_owned(),
        })
    })
}

/// The International Image Interoperability Framework: the reply names the server, each item its picture's identifier
/// (Image API 3.0 section 2.1).
fn by_image_server(survey: &Survey<'_>, reply: &Value) -> Option<Addressed> {
    let members = reply
        .as_object()?
        .values()
        .filter_map(Value::as_object)
        .flatten();
    let top = reply.as_object()?.iter();
    let server = top.chain(members).find(|(name, value)| {
        names::words(name).iter().any(|word| word == "iiif")
            && value.as_str().is_some_and(values::is_address)
    })?;
    let server = server.1.as_str()?.trim_end_matches('/');
    let place = survey.single().find(|place| {
        matches!(
            names::joined(place.own_name()).as_str(),
            "imageid" | "iiifid"
        ) && place.distance < 1.3
    })?;
    Some(Addressed {
        choice: Choice {
            toml: quoted(&format!(
                "={server}/{{{}}}/full/843,/0/default.jpg",
                place.at
            )),
            why: format!(
                "the reply names an image server (IIIF), {}",
                survey.in_words(place)
            ),
            shown: place.first_three(),
            at: place.at.clone(),
        },
        shape: "wide",
        note: "card.image is a guess: look whether the pictures come (vestibule config try)"
            .to_owned(),
    })
}

fn bears(place: &Place<'_>, habit: &Habit) -> bool {
    let wanted: Vec<&str> = habit.member.split('/').collect();
    let names: Vec<String> = place.names.iter().map(|name| names::joined(name)).collect();
    let ends =
        names.len() >= wanted.len()
            && names.iter().rev().zip(wanted.iter().rev()).enumerate().all(
                |(step, (name, wanted))| match step {
                    0 => name.ends_with(wanted),
                    _ => name == wanted,
                },
            );
    ends && place.values.iter().any(|(_, value)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (habit.is)(&text)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_picture_that_is_only_named_has_an_address_all_the_same() {
        let base = Url::parse("https://media.example/api/").unwrap();
        for (item, toml) in [
            (
                json!({"Id": "a", "ImageTags": {"Primary": "t1"}}),
                "=https://media.example/api/Items/{/Id}/Images/Primary?tag={/ImageTags/Primary}",
            ),
            (
                json!({"Id": "a", "coverArt": "al-7"}),
                "=https://media.example/api/getCoverArt?id={/coverArt}",
            ),
            (
                json!({"Id": "a", "media": {"coverPath": "/srv/a/cover.jpg"}}),
                "=https://media.example/api/items/{/Id}/cover",
            ),
            (
                json!({"Id": "a", "poster_path": "/kUX5ourGUJDG0yvEeS3uooZS0dS.jpg"}),
                "=https://image.tmdb.org/t/p/w500{/poster_path}",
            ),
            (
                json!({"Id": "a", "posterPath": "/kUX5our.jpg"}),
                "=https://image.tmdb.org/t/p/w500{/posterPath}",
            ),
        ] {
            let items = [item];
            let survey = Survey::of(&items.iter().collect::<Vec<_>>());
            let found = picture(&survey, Some("/Id"), Some(&base), &json!({})).unwrap();
            assert_eq!(found.choice.toml, quoted(toml));
        }
        for item in [
            json!({"Id": "a", "coverArt": "https://i.example/a.jpg"}),
            json!({"Id": "a", "poster_path": "/posters/a.jpg"}),
            json!({"Id": "a", "poster_path": "a.jpg"}),
        ] {
            let items = [item];
            let survey = Survey::of(&items.iter().collect::<Vec<_>>());
            assert!(picture(&survey, Some("/Id"), Some(&base), &json!({})).is_none());
        }
    }
}
