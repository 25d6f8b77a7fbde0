//! What stands in the place of a picture that is not there.

/// Up to two letters that stand for `title` where there is no picture.
pub fn initials(title: &str) -> String {
    let mut words = title
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    // "The Expanse" is remembered by its last word as much as by its first.
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_stand_for_a_title() {
        for (title, expected) in [
            ("Dune", "D"),
            ("the expanse", "TE"),
            ("Once Upon a Time in the West", "OW"),
            ("2001: A Space Odyssey", "2O"),
            ("  “Élan” ", "É"),
            ("ßeta", "SS"),
            ("—", ""),
            ("", ""),
        ] {
            assert_eq!(initials(title), expected, "{title}");
        }
    }
}
