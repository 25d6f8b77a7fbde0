//! What is read aloud of a code: the address in words, then both letter by letter, in groups that can be
//! written down. Pure.

use super::i18n::fl;
use super::widget::user_code::breaths;
use device_flow::UserCode;

/// A line to speak, and how it is written on the screen meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SpokenLine {
    /// For the ear.
    pub(super) say: String,
    /// For the eye.
    pub(super) show: String,
}

/// Everything that is read aloud for a code; `address` is the one a person would type.
pub(super) fn lines(code: &UserCode, address: &str) -> Vec<SpokenLine> {
    let plain = |words: String| SpokenLine {
        say: words.clone(),
        show: words,
    };
    let mixed = is_mixed(&code.user_code);
    let code: Vec<_> = breaths(&code.user_code)
        .iter()
        .map(|group| group.trim())
        .filter(|group| !group.is_empty())
        .map(|group| SpokenLine {
            say: spelled(group, mixed),
            show: apart(group),
        })
        .collect();
    let mut lines = vec![
        plain(fl!("spoken-open")),
        SpokenLine {
            say: in_words(address),
            show: address.to_owned(),
        },
        plain(fl!("spoken-letters")),
    ];
    lines.extend(parts(address).into_iter().map(|part| SpokenLine {
        say: spelled(part, false),
        show: part.to_owned(),
    }));
    lines.push(plain(fl!("spoken-code")));
    lines.extend(code.iter().cloned());
    lines.push(plain(fl!("spoken-again")));
    lines.extend(code);
    lines
}

/// `acme dot eu dot auth0 dot com slash activate`: a person who knows the words need not spell them.
pub(super) fn in_words(address: &str) -> String {
    let mut words = String::new();
    for letter in address.chars() {
        match sign(letter) {
            Some(name) => words.push_str(&format!(" {name} ")),
            None => words.push(letter),
        }
    }
    format!(
        "{}.",
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

/// The parts of an address, each with the sign before it.
fn parts(address: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in address.char_indices() {
        if sign(letter).is_some() && at > start {
            parts.push(&address[start..at]);
            start = at;
        }
    }
    parts.push(&address[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// `Q, T, Z, L.`: commas and stops are where voices pause. Capitals alone are read as letters: a small `a` is
/// a word. Where a code has both, the small ones are named.
fn spelled(part: &str, mixed: bool) -> String {
    let letters: Vec<_> = part
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| match sign(letter) {
            Some(name) => name,
            None if mixed && letter.is_lowercase() => {
                fl!("spoken-small", letter = letter.to_uppercase().to_string())
            }
            None => letter.to_uppercase().to_string(),
        })
        .collect();
    format!("{}.", letters.join(", "))
}

/// `Q T Z L`, as it is spoken.
fn apart(group: &str) -> String {
    let letters: Vec<_> = group.chars().map(String::from).collect();
    letters.join(" ")
}

/// Whether capitals are told from small letters.
fn is_mixed(code: &str) -> bool {
    code.chars().any(char::is_lowercase) && code.chars().any(char::is_uppercase)
}

/// What a sign is called, where it is one.
fn sign(letter: char) -> Option<String> {
    let name = match letter {
        '-' | '–' | '‐' => "dash",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        '_' => "underscore",
        '?' => "question",
        '=' => "equals",
        '&' => "and",
        '%' => "percent",
        '+' => "plus",
        '#' => "hash",
        '~' => "tilde",
        '@' => "at",
        _ => return None,
    };
    Some(fl!("spoken-sign", sign = name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(code: &str) -> UserCode {
        UserCode {
            user_code: code.to_owned(),
            verification_uri: String::new(),
            verification_uri_complete: None,
            message: None,
        }
    }

    fn said(of: &str, address: &str) -> Vec<String> {
        let lines = lines(&code(of), address);
        lines.into_iter().map(|line| line.say).collect()
    }

    #[test]
    fn r21_address_and_code_are_spelled_in_groups() {
        assert_eq!(
            said("QTZL-MCBW", "acme.eu.auth0.com/activate"),
            [
                "On your phone, open this address:",
                "acme dot eu dot auth0 dot com slash activate.",
                "Letter by letter:",
                "A, C, M, E.",
                "dot, E, U.",
                "dot, A, U, T, H, 0.",
                "dot, C, O, M.",
                "slash, A, C, T, I, V, A, T, E.",
                "Check that your phone shows this code:",
                "Q, T, Z, L, dash.",
                "M, C, B, W.",
                "Once more:",
                "Q, T, Z, L, dash.",
                "M, C, B, W.",
            ]
        );
    }

    #[test]
    fn the_screen_shows_what_is_spoken() {
        let lines = lines(&code("482915736"), "a.example/d");
        let shown: Vec<_> = lines.iter().map(|line| line.show.as_str()).collect();
        assert!(
            shown.contains(&"4 8 2") && shown.contains(&"a.example/d"),
            "{shown:?}"
        );
        assert!(shown.contains(&".example") && shown.contains(&"/d"));
    }

    #[test]
    fn odd_codes_are_spelled_too() {
        for (of, expected) in [
            ("wdjb", "W, D, J, B."),
            ("aBc", "small A, B, small C."),
            ("é漢1", "É, 漢, 1."),
            ("A_B", "A, underscore."),
        ] {
            let lines = said(of, "x");
            assert!(lines.iter().any(|line| line == expected), "{of}: {lines:?}");
        }
        // speech-dispatcher takes a line that begins with this for a command.
        let lines = said("!-!-QUIT", "!-!x");
        assert!(
            lines.iter().all(|line| !line.starts_with("!-!")),
            "{lines:?}"
        );
        assert!(said("", "").iter().all(|line| !line.contains('\n')));
    }
}
