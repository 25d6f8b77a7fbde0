//! The valid word nearest to one that is not.

use super::keys::quoted;

/// The candidate most like `word`; `None` only where there is no candidate.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    // Case and the choice of - or _ are slips of the hand, not differences.
    let plain = |text: &str| text.to_lowercase().replace('-', "_");
    let word = plain(word);
    candidates
        .map(|candidate| {
            (
                strsim::normalized_damerau_levenshtein(&word, &plain(candidate)),
                candidate,
            )
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Words for a word that is none of those that may stand there.
pub(super) fn not_one_of(word: &str, words: &[&str]) -> String {
    let nearest = nearest(word, words.iter().copied())
        .map(|word| format!("; the nearest is \"{word}\""))
        .unwrap_or_default();
    format!("\"{word}\" is not one of {}{nearest}", quoted(words))
}

/// The candidate that `word` may have been meant as; none where none is much like it.
pub fn nearest_word<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found = nearest(word, candidates)?;
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
    (strsim::normalized_damerau_levenshtein(&plain(word), &plain(found)) >= 0.5).then_some(found)
}

/// Words for an unknown key.
pub(super) fn unknown_key<'a>(
    name: &str,
    siblings: impl Iterator<Item = &'a str> + Clone,
) -> String {
    let Some(nearest) = nearest(name, siblings.clone()) else {
        return "unknown key; nothing may stand here".to_owned();
    };
    let all = siblings.collect::<Vec<_>>();
    if all.len() > 1 && strsim::jaro_winkler(name, nearest) < 0.75 {
        format!(
            "unknown key; the nearest valid key is `{nearest}` (valid here: {})",
            all.join(", ")
        )
    } else {
        format!("unknown key; the nearest valid key is `{nearest}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let keys = [
            "domain",
            "issuer",
            "client_id",
            "client_secret_file",
            "scopes",
        ];
        for (typed, meant) in [
            ("domian", "domain"),
            ("clientId", "client_id"),
            ("client-id", "client_id"),
            ("client_secret", "client_secret_file"),
            ("scope", "scopes"),
            ("ISSUER", "issuer"),
        ] {
            assert_eq!(nearest(typed, keys.iter().copied()), Some(meant), "{typed}");
        }
        assert_eq!(nearest("x", std::iter::empty()), None);
    }

    #[test]
    fn what_is_far_from_everything_means_nothing() {
        let names = ["name", "artwork", "created_at"];
        for (word, meant) in [
            ("nmae", Some("name")),
            ("createdAt", Some("created_at")),
            ("artwrok", Some("artwork")),
            ("progress", None),
        ] {
            assert_eq!(nearest_word(word, names.into_iter()), meant, "{word}");
        }
    }

    #[test]
    fn a_far_guess_comes_with_all_that_is_valid() {
        let words = unknown_key("zzz", ["alpha", "beta"].into_iter());
        assert!(words.contains("alpha, beta"), "{words}");
    }
}
