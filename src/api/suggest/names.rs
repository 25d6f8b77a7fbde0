//! What a member's name says: `thumbnailUrl`, `thumbnail_url` and `Thumbnail-URL` say the same.

/// The words of a name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(index + 1);
        let is_new_word = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
                || (before.is_some_and(|before| before.is_uppercase())
                    && after.is_some_and(|after| after.is_lowercase())));
        if is_new_word {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The words of a name as one: `display_name` is `displayname`.
pub(super) fn joined(name: &str) -> String {
    words(name).concat()
}

/// A name for people: `release_date` is "Release date".
pub(super) fn label(name: &str) -> String {
    let mut words = words(name);
    if words.len() > 1
        && words
            .last()
            .is_some_and(|last| matches!(last.as_str(), "at" | "on" | "ms" | "ticks" | "seconds"))
    {
        let _ = words.pop();
    }
    for word in &mut words {
        if matches!(
            word.as_str(),
            "hd" | "uhd"
                | "4k"
                | "8k"
                | "nsfw"
                | "tv"
                | "id"
                | "url"
                | "sd"
                | "vr"
                | "dvd"
                | "cd"
                | "pdf"
        ) {
            *word = word.to_uppercase();
        }
    }
    let text = words.join(" ");
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}

/// Names by what they say: how much, and those that say so, without capitals and marks.
pub(super) type Table = &'static [(f32, &'static str)];

/// What a table says of exactly this name.
pub(super) fn worth(name: &str, table: Table) -> Option<f32> {
    let has = |names: &str| names.split(' ').any(|known| known == name);
    let row = table.iter().find(|(_, names)| has(names));
    row.map(|(worth, _)| *worth)
}

/// What a table says of a name: all of it as one word, else its last word for less, else its first for little.
pub(super) fn rank(name: &str, table: Table) -> f32 {
    let words = words(name);
    let of = |word: &str| worth(word, table);
    let whole = of(&words.concat());
    if let Some(whole) = whole {
        return whole;
    }
    let pair = |at: usize| Some(words.get(at..at + 2)?.concat());
    let last_two = words.len().checked_sub(2).and_then(pair);
    let last_two = last_two.and_then(|pair| of(&pair)).map(|worth| worth - 1.0);
    let last = words.last().and_then(|word| of(word)).map(|worth| {
        // Of a name of many words the last says less.
        worth - 1.5 - 0.5 * words.len().saturating_sub(2) as f32
    });
    let first = words
        .first()
        .and_then(|word| of(word))
        .map(|worth| worth - 5.5);
    [last_two, last, first]
        .into_iter()
        .flatten()
        .fold(0.0, f32::max)
}

/// Names that are members' of every value and say nothing themselves: what is above them does.
pub(super) fn is_generic(name: &str) -> bool {
    const GENERIC: [&str; 26] = [
        "rendered",
        "value",
        "content",
        "raw",
        "plain",
        "plaintext",
        "en",
        "eng",
        "enus",
        "engb",
        "english",
        "de",
        "default",
        "romaji",
        "native",
        "simpletext",
        "formatted",
        "localized",
        "main",
        "medium",
        "primary",
        "0",
        "display",
        "preferred",
        "und",
        "userpreferred",
    ];
    let name = joined(name);
    GENERIC.contains(&name.as_str()) || name.is_empty()
}

/// Words for people and for those who made something: what stands below is not the item's own.
pub(super) fn is_person(name: &str) -> bool {
    const PEOPLE: [&str; 30] = [
        "user",
        "owner",
        "author",
        "creator",
        "assignee",
        "reporter",
        "sender",
        "organizer",
        "actor",
        "person",
        "account",
        "by",
        "modifiedby",
        "createdby",
        "requestedby",
        "uploader",
        "channel",
        "publisher",
        "seller",
        "customer",
        "member",
        "host",
        "editor",
        "reviewer",
        "profile",
        "artist",
        "from",
        "submitter",
        "poster",
        "performer",
    ];
    let words = words(name);
    let last = words.last().map(String::as_str).unwrap_or_default();
    let whole = words.concat();
    let last = last.strip_suffix('s').unwrap_or(last);
    // A poster is a picture wherever it has an address of its own.
    PEOPLE.contains(&whole.as_str()) || PEOPLE.contains(&last) || whole.ends_with("by")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_every_spelling() {
        for (name, found) in [
            ("thumbnailUrl", "thumbnail url"),
            ("thumbnail_url", "thumbnail url"),
            ("HTMLLink", "html link"),
            ("@odata.nextLink", "odata next link"),
            ("PlaybackPositionTicks", "playback position ticks"),
            ("wp:featuredmedia", "wp featuredmedia"),
            ("is4k", "is4k"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), found, "{name}");
        }
        assert_eq!(label("release_date"), "Release date");
        assert_eq!(label("CreatedAt"), "Created");
    }

    #[test]
    fn the_end_of_a_name_says_most() {
        const TABLE: Table = &[(10.0, "title"), (9.0, "name displayname")];
        let order = [
            "title",
            "name",
            "album_name",
            "channel_host_name",
            "title_sort",
            "x",
        ];
        let ranks = order.map(|name| rank(name, TABLE));
        assert!(ranks.is_sorted_by(|a, b| a > b), "{ranks:?}");
        assert_eq!(rank("displayName", TABLE), 9.0);
    }
}
