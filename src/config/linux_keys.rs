//! Names of Linux's keys (`KEY_*` of `linux/input-event-codes.h`), as LIRC, ir-keytable and evtest print them.

/// A name and its code a line, in the order of the codes; then the older names that some codes have besides.
const KEYS: &str = include_str!("linux_keys.txt");

/// What the names begin with.
const PREFIX: &str = "KEY_";

/// Whether a text is written as one of these names.
pub fn is_written_so(text: &str) -> bool {
    let prefix = text.get(..PREFIX.len());
    prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(PREFIX))
}

/// Every name.
pub fn names() -> impl Iterator<Item = &'static str> {
    keys().map(|(name, _)| name)
}

/// The code of the key with a name.
pub fn code(name: &str) -> Option<u32> {
    let named = |(known, _): &(&str, u32)| known.eq_ignore_ascii_case(name);
    keys().find(named).map(|(_, code)| code)
}

/// The name of the key with a code: the one that evtest prints.
pub fn name(code: u32) -> Option<&'static str> {
    keys()
        .find(|(_, known)| *known == code)
        .map(|(name, _)| name)
}

fn keys() -> impl Iterator<Item = (&'static str, u32)> {
    KEYS.lines().filter_map(|line| {
        let (name, code) = line.split_once(' ')?;
        Some((name, code.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_line_is_a_key_that_is_found_by_its_name() {
        assert_eq!(keys().count(), KEYS.lines().count());
        for (name, found) in keys() {
            assert!(
                is_written_so(name) && (1..=0x2ff).contains(&found),
                "{name}"
            );
            assert_eq!(code(name), Some(found));
        }
        assert_eq!(names().collect::<BTreeSet<_>>().len(), keys().count());
    }

    #[test]
    fn names_and_codes_are_those_of_the_kernel() {
        for (known, number) in [
            ("KEY_ESC", 1),
            ("KEY_OK", 352),
            ("KEY_SELECT", 353),
            ("KEY_NUMERIC_0", 512),
            ("KEY_EPG", 365),
            ("KEY_ROOT_MENU", 618),
        ] {
            assert_eq!(code(known), Some(number));
            assert_eq!(code(&known.to_lowercase()), Some(number));
            assert_eq!(name(number), Some(known));
        }
        // Two names for one key.
        assert_eq!(code("KEY_ZOOM"), code("KEY_FULL_SCREEN"));
        assert_eq!(name(372), Some("KEY_FULL_SCREEN"));
        for unknown in ["KEY_", "KEY_OKAY", "OK", ""] {
            assert_eq!(code(unknown), None);
        }
        assert_eq!((name(0), name(u32::MAX)), (None, None));
    }
}
