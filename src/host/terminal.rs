//! What the terminal can show that a person reads.

use std::io::IsTerminal;
use std::os::fd::AsFd;

/// Columns and rows of a terminal that does not tell.
const USUAL: (usize, usize) = (80, 24);

/// A terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Characters in a line.
    pub columns: usize,
    /// Lines.
    pub rows: usize,
    /// Whether it shows more than ASCII.
    pub is_utf8: bool,
    /// Whether it shows a picture made of blocks.
    pub draws: bool,
    /// Whether it may be told to change colours.
    pub colours: bool,
}

/// The terminal that `stream` leads to, if it does.
pub fn behind(stream: &(impl IsTerminal + AsFd)) -> Option<Terminal> {
    if !stream.is_terminal() {
        return None;
    }
    let get = |name: &str| std::env::var_os(name)?.into_string().ok();
    let (columns, rows) = size(stream).unwrap_or(USUAL);
    Some(Terminal {
        columns,
        rows,
        is_utf8: is_utf8(get),
        draws: is_utf8(get) && !is_dumb(get),
        colours: has_colours(get),
    })
}

fn size(stream: &impl AsFd) -> Option<(usize, usize)> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    // A serial line may know one and not the other.
    let rows = if size.ws_row > 0 {
        size.ws_row.into()
    } else {
        USUAL.1
    };
    (size.ws_col > 0).then(|| (size.ws_col.into(), rows))
}

/// Whether the locale's characters are those of Unicode (POSIX.1-2017 section 8.2: the first that is set and not
/// empty counts).
fn is_utf8(get: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(&get)
        .find(|value| !value.is_empty());
    let locale = locale.unwrap_or_default();
    let charset = locale.split_once('.').map_or("", |(_, charset)| charset);
    let charset = charset.split('@').next().unwrap_or_default();
    charset.replace('-', "").eq_ignore_ascii_case("utf8")
}

/// Whether colours are shown on `stream`.
pub fn shows_colours(stream: &impl IsTerminal) -> bool {
    let get = |name: &str| std::env::var_os(name)?.into_string().ok();
    are_forced(get) || (stream.is_terminal() && has_colours(get))
}

/// <https://no-color.org>: set and not empty; <https://bixense.com/clicolors>: 0 is no.
fn has_colours(get: impl Fn(&str) -> Option<String>) -> bool {
    let is_refused = get("CLICOLOR").is_some_and(|wish| wish == "0");
    !is_unwanted(&get) && !is_refused && !is_dumb(get)
}

/// Whether they are wanted where there is no terminal, too.
fn are_forced(get: impl Fn(&str) -> Option<String>) -> bool {
    let wish = get("CLICOLOR_FORCE").unwrap_or_default();
    !matches!(wish.as_str(), "" | "0") && !is_unwanted(get)
}

fn is_unwanted(get: impl Fn(&str) -> Option<String>) -> bool {
    get("NO_COLOR").is_some_and(|no| !no.is_empty())
}

/// Whether nothing is known of it but that it shows text.
fn is_dumb(get: impl Fn(&str) -> Option<String>) -> bool {
    get("TERM").is_none_or(|kind| kind.is_empty() || kind == "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + Copy + 'a {
        move |name| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn the_locale_tells_what_can_be_shown() {
        for (set, utf8) in [
            (&[][..], false),
            (&[("LANG", "C")], false),
            (&[("LANG", "C.UTF-8")], true),
            (&[("LANG", "de_DE.utf8")], true),
            (&[("LANG", "de_DE.UTF-8@euro")], true),
            (&[("LANG", "de_DE.ISO-8859-1")], false),
            (&[("LANG", "de_DE")], false),
            (&[("LANG", "C.UTF-8"), ("LC_ALL", "POSIX")], false),
            (&[("LANG", "C"), ("LC_CTYPE", "en_US.UTF-8")], true),
            (&[("LANG", "C.UTF-8"), ("LC_ALL", "")], true),
        ] {
            assert_eq!(is_utf8(with(set)), utf8, "{set:?}");
        }
    }

    #[test]
    fn colours_are_for_terminals_that_have_and_want_them() {
        for (set, colours) in [
            (&[][..], false),
            (&[("TERM", "xterm-256color")], true),
            (&[("TERM", "linux"), ("NO_COLOR", "")], true),
            (&[("TERM", "linux"), ("NO_COLOR", "1")], false),
            (&[("TERM", "dumb")], false),
            (&[("TERM", "linux"), ("CLICOLOR", "0")], false),
            (&[("TERM", "linux"), ("CLICOLOR", "1")], true),
        ] {
            assert_eq!(has_colours(with(set)), colours, "{set:?}");
        }
        for (set, forced) in [
            (&[][..], false),
            (&[("CLICOLOR_FORCE", "0")], false),
            (&[("CLICOLOR_FORCE", "1")], true),
            (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        ] {
            assert_eq!(are_forced(with(set)), forced, "{set:?}");
        }
    }

    #[test]
    fn a_file_is_no_terminal() {
        let file = std::fs::File::open("/dev/null").unwrap();
        assert_eq!(behind(&file), None);
        assert_eq!(size(&file), None);
    }
}
