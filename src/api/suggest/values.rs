//! What a value is, whatever it is called.

use serde_json::Value;

/// Longest text that is looked at: what follows says nothing new.
const LOOK: usize = 4000;

/// A text without what no look at it needs.
fn head(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(LOOK)
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Whether there is something at all.
pub(super) fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// A whole address.
pub(super) fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://", "//"];
    let rest = rest.iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        rest.contains('.') || rest.starts_with("localhost") || rest.contains(':')
    }) && !text.contains(char::is_whitespace)
}

/// A path, from the root of a server.
pub(super) fn is_path(text: &str) -> bool {
    text.len() > 1
        && text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(char::is_whitespace)
}

/// What may be followed as a link: an address, a path, or a query alone.
pub(super) fn is_link(text: &str) -> bool {
    is_address(text) || is_path(text) || (text.starts_with('?') && text.contains('='))
}

/// What is a link where its name says so: also a path that is relative to the reply's, with a query.
pub(super) fn is_relative_link(text: &str) -> bool {
    let query = text.split_once('?').map(|(_, query)| query);
    is_link(text)
        || (query.is_some_and(|query| query.contains('=')) && !text.contains(char::is_whitespace))
}

/// The ending of the file that an address names, in lower case.
pub(super) fn ending(text: &str) -> Option<String> {
    let path = text.split(['?', '#']).next()?;
    let file = path.rsplit('/').next()?;
    let (_, ending) = file.rsplit_once('.')?;
    (ending.len() <= 5 && ending.chars().all(|c| c.is_ascii_alphanumeric()))
        .then(|| ending.to_ascii_lowercase())
}

/// A file that holds a picture.
pub(super) fn is_picture(text: &str) -> bool {
    let known = [
        "jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "jfif", "heic", "bmp", "tiff",
    ];
    ending(text).is_some_and(|ending| known.contains(&ending.as_str()))
}

/// A file that holds something else than a picture.
pub(super) fn is_other_file(text: &str) -> bool {
    let known = [
        "mp3", "mp4", "m4a", "m4v", "mkv", "webm", "m3u8", "mpd", "ogg", "flac", "wav", "aac",
        "mov", "avi", "html", "htm", "php", "pdf", "json", "xml", "rss", "zip", "csv", "txt", "ts",
        "js", "css", "md",
    ];
    ending(text).is_some_and(|ending| known.contains(&ending.as_str()))
}

/// The names of the blanks of an address that is a template: `{width}x{height}`; none where it is a query's (RFC 6570).
pub(super) fn blanks(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let name = name.trim_start_matches('%');
        if !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        {
            found.push(name.to_owned());
        }
        rest = after;
    }
    found.dedup();
    found
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    /// A day: `2026-05-01`.
    Day,
    /// A time of a day: `2026-05-01T20:10:00Z`.
    Time,
}

/// A moment as ISO 8601 writes it.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let is_day = digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && bytes.get(4) == Some(&b'-')
        && bytes.get(7) == Some(&b'-');
    match (is_day, bytes.len(), bytes.get(10)) {
        (true, 10, _) => Some(Moment::Day),
        (true, 16.., Some(b'T' | b't' | b' ')) if digits(11..13) => {
            // Midnight to the second is a day that a database has no type for.
            let is_midnight = text.get(11..19).is_some_and(|time| time == "00:00:00");
            Some(if is_midnight {
                Moment::Day
            } else {
                Moment::Time
            })
        }
        _ => None,
    }
}

/// Whether a number may be a moment in seconds or milliseconds since 1970, from 1990 to 2090.
pub(super) fn is_epoch(number: f64) -> bool {
    (631_000_000.0..3_800_000_000.0).contains(&number)
        || (631_000_000_000.0..3_800_000_000_000.0).contains(&number)
}

/// A span of time as ISO 8601 writes it: `PT1H42M`.
pub(super) fn is_iso_span(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    rest.contains(|c: char| c.is_ascii_digit())
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || "YMWDTHS.,".contains(c))
}

/// A number, also where it is written as text.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text
            .trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

/// Text with tags or entities of HTML.
pub(super) fn is_html(text: &str) -> bool {
    let text = head(text);
    let has_tag = ["</", "<br", "<p>", "<p ", "<img ", "<hr"]
        .iter()
        .any(|tag| text.contains(tag));
    has_tag || has_entity(text)
}

fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        after.split_once(';').is_some_and(|(name, _)| {
            let digits = name.strip_prefix('#');
            digits.is_some_and(|digits| {
                !digits.is_empty()
                    && digits.len() < 7
                    && digits.chars().all(|c| c.is_ascii_hexdigit() || c == 'x')
            }) || [
                "amp", "lt", "gt", "quot", "apos", "nbsp", "hellip", "mdash", "ndash", "rsquo",
                "lsquo", "rdquo", "ldquo",
            ]
            .contains(&name)
        })
    })
}

/// Text with the marks of Markdown.
pub(super) fn is_markdown(text: &str) -> bool {
    let text = head(text);
    let in_lines = text.lines().any(|line| {
        let line = line.trim_start();
        let heading = line.trim_start_matches('#');
        let level = line.len() - heading.len();
        ((1..=6).contains(&level) && heading.starts_with(' '))
            || line.starts_with("- [ ] ")
            || line.starts_with("- [x] ")
            || line.starts_with("```")
            || line.starts_with("* ")
            || line.starts_with("> ")
    });
    let has_link = text.split("](").count() > 1 && text.contains('[');
    let bold = text.matches("**").count() >= 2;
    in_lines || has_link || bold
}

/// A word of a machine: hash, UUID, token; no text for people.
pub(super) fn is_code(text: &str) -> bool {
    let text = text.trim();
    if text.contains(char::is_whitespace) || text.len() < 8 {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let hex = text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let marks = text.contains(['=', '+', '/', '|', ':', '_']);
    hex || (digits > 0 && letters > 0 && (text.len() >= 16 || marks) && text.is_ascii())
}

/// Text that people wrote: it has words.
pub(super) fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// What something is worth as the first three words that are told of it.
pub(super) fn told(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests;
