//! `[device]`: what this box is called, and how boxes that are switched on together keep apart.

use serde::{Deserialize, Serialize};

use super::keys::{Key, Table, ValueKind, join};
use super::suggestion;
use super::table::table;
use crate::host::device_identity;

/// Characters of a name as it is written, and of one whose blanks are filled: host names have up to 64.
const LONGEST: usize = 64;
const LONGEST_FILLED: usize = 128;

/// The blanks of a name.
const BLANKS: &[&str] = &["hostname", "machine-id"];

table! {
    /// `[device]`: the name of this box, and how a fleet starts.
    #[derive(Eq)]
    Device defaults {
        /// what this box is called in User-Agent, diagnostics, doctor, journal and telemetry; {hostname} stands for the
        /// system's name, {machine-id} for an identifier made from the machine's. Servers see it; without it none is
        /// told
        name: Option<String> = None, DeviceName;
        /// seconds over which a fleet spreads what its boxes ask by themselves, at their start and after an outage: each
        /// takes a time of its own among them at each start; a key ends the wait. See docs/operate/fleet.md
        start_spread_seconds: u32 = 0, Whole(0, 3600);
    }
}

impl Device {
    /// The name with its blanks filled; `None` where the configuration has none.
    pub fn name(&self) -> Option<String> {
        let filled = fill(self.name.as_deref()?, |blank| match blank {
            "hostname" => device_identity::hostname(),
            "machine-id" => device_identity::machine_id(),
            _ => None,
        });
        // The file was checked.
        filled.ok()
    }

    /// `User-Agent` (RFC 9110 section 10.1.5): program, version, and the name as a comment.
    pub fn user_agent(&self) -> String {
        let product = concat!("vestibule/", env!("CARGO_PKG_VERSION"));
        match self.name() {
            Some(name) => format!("{product} ({name})"),
            None => product.to_owned(),
        }
    }
}

/// Checks a name as it is written.
pub(super) fn check_name(text: &str) -> Result<(), String> {
    if text.chars().count() > LONGEST {
        return Err(format!("longer than {LONGEST} characters"));
    }
    let outside = fill(text, |_| Some(String::new()))?;
    match outside.chars().find(|c| !may_stand(*c)) {
        None => Ok(()),
        Some(c) => Err(format!(
            "\"{}\" cannot stand in a name that goes into a header: take letters, digits, blanks and marks of ASCII, but \
             no brackets, quotes or backslashes",
            c.escape_debug()
        )),
    }
}

/// What stands unquoted in a comment of a header (RFC 9110 section 5.6.5), and drives neither a log nor a shell.
fn may_stand(c: char) -> bool {
    (c.is_ascii_graphic() || c == ' ') && !"()[]{}<>\"\\'`$".contains(c)
}

/// `text` with its blanks filled by `value`. What a system calls itself may be anything: of that, what can stand in a
/// header is taken, and where there is nothing, "unknown".
fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (blank, after) = after
            .split_once('}')
            .ok_or("a blank is not closed: write } behind it")?;
        if !BLANKS.contains(&blank) {
            return Err(suggestion::not_one_of(blank, BLANKS));
        }
        filled.push_str(before);
        let value = value(blank).unwrap_or_default();
        let before = filled.len();
        filled.extend(value.chars().filter(|c| may_stand(*c)));
        if filled[before..].trim().is_empty() {
            filled.truncate(before);
            filled.push_str("unknown");
        }
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled.trim().chars().take(LONGEST_FILLED).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_can_stand_in_a_header() {
        for good in [
            "box",
            "Lobby 3, left",
            "{hostname}",
            "acme-{machine-id}.{hostname}",
            "a/b:c@d#1",
        ] {
            assert_eq!(check_name(good), Ok(()), "{good}");
        }
        for (bad, words) in [
            ("{hostnam}", "hostname"),
            ("{HOSTNAME}", "hostname"),
            ("${hostname}", "\"$\""),
            ("a{hostname", "not closed"),
            ("a}", "\"}\""),
            ("a (b)", "brackets"),
            ("a\r\nHost: b", "\\r"),
            ("Küche", "\"ü\""),
            (&"x".repeat(65), "64 characters"),
        ] {
            let refused = check_name(bad).unwrap_err();
            assert!(refused.contains(words), "{bad}: {refused}");
        }
    }

    #[test]
    fn blanks_are_filled_with_what_a_header_can_carry() {
        let filled = |text, value: Option<&str>| fill(text, |_| value.map(str::to_owned)).unwrap();
        assert_eq!(filled("tv-{hostname}", Some("lobby")), "tv-lobby");
        assert_eq!(filled("{hostname}", Some("a\r\n(b)\u{e9}c")), "abc");
        for none in [None, Some(""), Some("  "), Some("(\u{fc})")] {
            assert_eq!(filled("tv-{machine-id}", none), "tv-unknown", "{none:?}");
        }
        assert_eq!(
            filled("{hostname}{hostname}", Some(&"x".repeat(99))).len(),
            128
        );
    }

    #[test]
    fn only_a_box_with_a_name_is_told_from_others() {
        let bare = concat!("vestibule/", env!("CARGO_PKG_VERSION"));
        let named = |name: Option<&str>| Device {
            name: name.map(str::to_owned),
            ..Device::default()
        };
        assert_eq!(named(None).user_agent(), bare);
        assert_eq!(named(Some("lobby")).user_agent(), format!("{bare} (lobby)"));
        let host = named(Some("{hostname}")).name().unwrap();
        assert!(!host.is_empty() && !host.contains('{'), "{host}");
    }
}
